"""Jobs: what a person started and may watch."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.utils import timezone

PAST = timedelta(days=1)
"""No job waits so long for its turn."""


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

    def moment(self) -> datetime:
        """What time it is for the work: the machine's clock. A simulated mission may be set up in the past, in jobs
        that were started there and are done at once; then it is the moment of their start."""
        now = timezone.now()
        return self.started_at if self.mission.simulated and now - self.started_at > PAST else now

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (State.DONE, State.REFUSED, State.BROKEN)

    @property
    def per_cent(self) -> int:
        """How much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
