"""Rows of the mission log."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

CLOSING = "mission.closed"
"""The entry with which the log of a mission ends."""


class LogEntry(models.Model):
    """One write, appended in the same transaction as what it records.

    The mission is a plain number and not a foreign key: the log outlives what it speaks of. `body` is canonical JSON
    that names the subject and the hashes of what was stored, never a secret and never a person's words; `digest`
    covers mission, kind, subject, actor, time and body.
    """

    mission_id = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=100)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()
    body = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["mission_id"], condition=models.Q(kind=CLOSING), name="audit_closings"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Unsequenced(models.Model):
    """An entry that has no change number yet. A database trigger adds it with the entry; the sequencer removes it."""

    entry = models.OneToOneField(LogEntry, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)

    def __str__(self) -> str:
        return str(self.pk)


class Change(models.Model):
    """The place of an entry in the one sequence of the log.

    `number` is what `as_of` means everywhere. `chain` is SHA-256 over the chain before it, the number and the entry's
    digest, so that no entry can be taken out, put in or moved without every later link showing it.
    """

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(LogEntry, on_delete=models.PROTECT)
    mission_id = models.BigIntegerField(null=True, db_index=True)
    at = models.DateTimeField()
    chain = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["mission_id", "number"], name="change_of_mission"),)

    def __str__(self) -> str:
        return str(self.number)
