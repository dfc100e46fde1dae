"""What was sent, byte for byte. Nothing here is ever changed; what it says is read in `review`."""

from __future__ import annotations

from django.db import models


class Report(models.Model):
    """One body from an authenticated sender, whatever it is. `uid` was made by the sender (or of the bytes).

    `rehearsal`: the mission rehearsed when it came in, or the sender says that it was begun in a rehearsal. It never
    enters a figure.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="reports")
    uid = models.UUIDField()
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    channel = models.CharField(max_length=20)
    device = models.ForeignKey("accounts.Device", on_delete=models.PROTECT, null=True)
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, null=True)
    received_at = models.DateTimeField()
    rehearsal = models.BooleanField(default=False)
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "uid"], name="one_report_per_uid"),)

    def __str__(self) -> str:
        return str(self.uid)


class Conflict(models.Model):
    """Another body under the identifier of a report that is kept already. Both stay; somebody has to look."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="conflicts")
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    channel = models.CharField(max_length=20)
    device = models.ForeignKey("accounts.Device", on_delete=models.PROTECT, null=True)
    received_at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "sha256"], name="one_conflict_per_content"),)

    def __str__(self) -> str:
        return f"{self.report} {self.sha256[:12]}"
