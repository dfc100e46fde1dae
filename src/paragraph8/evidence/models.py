"""Freezes and snapshots."""

from __future__ import annotations

from django.db import models


class FreezeRequest(models.Model):
    """What somebody asked to be fixed: under which name, what for, which figures (canonical JSON of their keys), as of
    which change. The freeze itself is worked out in a job."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="freeze_requests")
    name = models.CharField(max_length=120)
    purpose = models.TextField()
    keys = models.TextField()
    change = models.ForeignKey("audit.Change", on_delete=models.PROTECT)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Freeze(models.Model):
    """Rows, figures and texts as they stood at one change, for one release or because somebody asked.

    The rows are those of the change (readings are never rewritten) and their digests stand in the figures; `figures`
    is canonical JSON of `Figure.to_json`, `texts` of the documents. `secret` salts the commitments that the public
    release makes to the rows; it goes into the sealed release only. `request` is what somebody asked for by name; a
    freeze that a release makes for itself has none.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="freezes")
    change = models.ForeignKey("audit.Change", on_delete=models.PROTECT)
    figures = models.TextField()
    texts = models.TextField()
    secret = models.BinaryField()
    digest = models.CharField(max_length=64)
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)
    request = models.OneToOneField(FreezeRequest, on_delete=models.PROTECT, null=True, related_name="freeze")

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_id}"


class Snapshot(models.Model):
    """The figures of a mission's rooms as of the last change, computed by the worker so that pages only read."""

    mission = models.OneToOneField("missions.Mission", on_delete=models.CASCADE, related_name="snapshot")
    change_number = models.BigIntegerField()
    figures = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_number}"
