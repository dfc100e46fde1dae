"""What the room keeps beside the contests and contestants of `missions`. Every row is added and never changed: a change
is a new row, so that the room can be asked as of any change of the log."""

from __future__ import annotations

import uuid

from django.db import models

from paragraph8.domain.contests import Count, Measure, Moment, ResultStage, Standing, Voters


class Written(models.Model):
    """Who wrote a row down, when, and the entry of the log that says so."""

    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.ForeignKey("audit.LogEntry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class StandingStep(Written):
    """One step of a contestant: nominated, registered, refused, … from `day` on; the day may be unknown."""

    contestant = models.ForeignKey("missions.Contestant", on_delete=models.PROTECT, related_name="steps")
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Standing])
    day = models.DateField(null=True)
    reason = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.contestant} {self.status}"


class CalendarEntry(Written):
    """One version of a line of the calendar; the newest of a `code` holds, and `removed` takes the line out.

    `due_on` (with `due_time` where the law names an hour) is the legal deadline, `legal_basis` the article it comes
    from; without one the line is an event. `happened_on` is empty while nobody knows that it happened, and
    `did_not_happen` says that it is known not to have happened.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="calendar")
    code = models.CharField(max_length=60)
    title = models.JSONField()
    legal_basis = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True)
    due_time = models.TimeField(null=True)
    zone = models.CharField(max_length=60)
    happened_on = models.DateField(null=True)
    happened_time = models.TimeField(null=True)
    did_not_happen = models.BooleanField(default=False)
    source = models.CharField(max_length=500)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.code

    def due(self) -> Moment | None:
        """The deadline."""
        return Moment(self.due_on, self.due_time, self.zone) if self.due_on else None

    def happened(self) -> Moment | None:
        """When it happened, as far as anybody knows."""
        return Moment(self.happened_on, self.happened_time, self.zone) if self.happened_on else None


class VoterSnapshot(Written):
    """A total of a voter register as of a day; a later one stands beside it and replaces nothing."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="voter_snapshots")
    category = models.CharField(max_length=20, choices=[(v.value, v.value) for v in Voters], default=Voters.ALL.value)
    area = models.ForeignKey("missions.Area", on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    n = models.PositiveBigIntegerField()
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ("day", "pk")

    def __str__(self) -> str:
        return f"{self.category} {self.day}"


class SeriesRow(Written):
    """One earlier election in a series; the newest row of measure, contest and election holds, and `removed` takes the
    election out. `n` is empty when it is known that there was an election, and not how many."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="series_rows")
    contest = models.ForeignKey("missions.Contest", on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.CharField(max_length=30, choices=[(m.value, m.value) for m in Measure])
    election = models.DateField()
    early = models.BooleanField(null=True)
    n = models.PositiveBigIntegerField(null=True)
    source = models.CharField(max_length=500)
    removed = models.BooleanField(default=False)

    class Meta:
        ordering = ("election", "pk")

    def __str__(self) -> str:
        return f"{self.measure} {self.election}"


class SeriesSpan(Written):
    """From when on a series claims to hold every election, whether it does, and who says so; the newest holds."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="series_spans")
    contest = models.ForeignKey("missions.Contest", on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.CharField(max_length=30, choices=[(m.value, m.value) for m in Measure])
    since = models.DateField()
    complete = models.BooleanField()
    source = models.CharField(max_length=500)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.measure} since {self.since}"


class ResultLine(models.Model):
    """One line of a version of results. `batch` is that of the version: lines come in before the version that makes
    them count, so that a half import is nobody's result. `n` or `share` (per cent as the author printed it) may lack.
    """

    batch = models.UUIDField(db_index=True)
    line = models.CharField(max_length=20, choices=[(c.value, c.value) for c in Count])
    contestant = models.CharField(max_length=60, blank=True)
    area = models.CharField(max_length=60, blank=True)
    station = models.CharField(max_length=100, blank=True)
    n = models.PositiveBigIntegerField(null=True)
    share = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.line} {self.contestant} {self.area} {self.station}"


class ResultUpload(models.Model):
    """A file of results on its way in: what was said of it, and the job that reads it. It is nobody's result."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="result_uploads")
    contest = models.ForeignKey("missions.Contest", on_delete=models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=60)
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ResultStage])
    author = models.JSONField()
    told_on = models.DateField()
    told_time = models.TimeField(null=True)
    source = models.CharField(max_length=500)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    batch = models.UUIDField(unique=True, default=uuid.uuid4)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.code


class ResultVersion(Written):
    """One version of the results as an author gave it; versions stand side by side, and none is averaged or replaced.

    `told_on` (and `told_time`, where known) is when the author gave it, `source` where it can be read; `name` and
    `sha256` are those of the file. `findings` say what of it does not add up, see `domain.result_checks`.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="result_versions")
    contest = models.ForeignKey("missions.Contest", on_delete=models.PROTECT, null=True, related_name="result_versions")
    code = models.CharField(max_length=60)
    stage = models.CharField(max_length=20, choices=[(s.value, s.value) for s in ResultStage])
    author = models.JSONField()
    told_on = models.DateField()
    told_time = models.TimeField(null=True)
    source = models.CharField(max_length=500)
    batch = models.UUIDField(unique=True)
    n = models.PositiveIntegerField()
    findings = models.JSONField(default=list)
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="result_version_code"),)
        ordering = ("told_on", "told_time", "pk")

    def __str__(self) -> str:
        return self.code
