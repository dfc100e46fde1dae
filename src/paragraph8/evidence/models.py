"""Freezes, and what the figures were: now, and at the moments of the day."""

from __future__ import annotations

from django.db import models


class Freeze(models.Model):
    """Rows, figures and texts as they stood at one change, for one release.

    The rows are those of the change (readings are never rewritten) and their digests stand in the figures; `figures`
    is canonical JSON of `Figure.to_json`, `texts` of the documents. `secret` salts the commitments that the public
    release makes to the rows; it goes into the sealed release only.
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

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_id}"


class Legend(models.Model):
    """What the figures of a mission are, beside their numbers (see `packing`); kept once as long as it is the same."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="legends")
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "sha256"], name="legend_once"),)

    def __str__(self) -> str:
        return self.sha256[:12]


class Snapshot(models.Model):
    """The figures of a mission's rooms as of the last change, computed by the worker so that pages only read."""

    mission = models.OneToOneField("missions.Mission", on_delete=models.CASCADE, related_name="snapshot")
    change_number = models.BigIntegerField()
    legend = models.ForeignKey(Legend, on_delete=models.PROTECT, related_name="+")
    cells = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_number}"


class Moment(models.Model):
    """A snapshot that is kept: the last one of each few minutes, and that of each freeze. `at` is when it was made."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="moments")
    change_number = models.BigIntegerField()
    legend = models.ForeignKey(Legend, on_delete=models.PROTECT, related_name="+")
    cells = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "change_number"], name="moment_once"),)

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_number}"


class SelfCheck(models.Model):
    """The figures of a snapshot were compared with a recomputation from all rows: how many, and how many differed."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="self_checks")
    change_number = models.BigIntegerField()
    n = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mission} at {self.change_number}: {self.differing} of {self.n}"
