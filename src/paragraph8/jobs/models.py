"""Jobs: what a person started and may watch."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    """It looked at what it was given and said no; nothing was changed. `result` says why."""
    BROKEN = "broken"
    """It stopped half-way, by a fault or because the process ended; what it began was taken back."""


class Job(models.Model):
    """Work that takes longer than a page may. `arguments` hold identifiers alone, never a person's words or names;
    `result` is what its room makes of it (JSON). `done` of `total` is in units of the room's own, `total` 0 while
    unknown."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="jobs")
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in State], default=State.WAITING.value)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (State.DONE, State.REFUSED, State.BROKEN)

    @property
    def per_cent(self) -> int:
        """How much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
