"""What reports say: readings, their problems, and corrections with author and reason."""

from __future__ import annotations

import json
from typing import Any

from django.db import models


class Correction(models.Model):
    """Somebody corrected a report. The bytes stay; the next reading takes the correction into account.

    `kind` is "answer" (question and value), "station" (value is the station key) or "set-aside" (value true or
    false). `value` is JSON.
    """

    report = models.ForeignKey("capture.Report", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10)
    question = models.CharField(max_length=60, blank=True)
    value = models.TextField()
    reason = models.TextField()
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    entry = models.OneToOneField("audit.LogEntry", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return f"{self.kind} {self.question}"

    def said(self) -> Any:
        """The value itself."""
        return json.loads(self.value)


class Reading(models.Model):
    """What one report says as of one change: form, station and answers after corrections, and what checks found.

    A later change of the report, or of another report at its station, adds a reading; none is ever rewritten, so the
    current answers as of any change are the reading with the highest change number up to it. `answers` is canonical
    JSON without free text. `rehearsal` is that of the report.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.PROTECT, related_name="readings")
    report = models.ForeignKey("capture.Report", on_delete=models.PROTECT, related_name="readings")
    change = models.ForeignKey("audit.Change", on_delete=models.PROTECT)
    form_version = models.ForeignKey("missions.FormVersion", on_delete=models.PROTECT, null=True)
    form_code = models.CharField(max_length=60, blank=True)
    station = models.ForeignKey("missions.Station", on_delete=models.PROTECT, null=True)
    station_key = models.CharField(max_length=200, blank=True)
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    answers = models.TextField()
    problems = models.TextField()
    set_aside = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "change"], name="one_reading_per_change"),)
        indexes = (
            models.Index(fields=["mission", "form_code"], name="reading_form"),
            models.Index(fields=["mission", "station_key"], name="reading_station"),
            models.Index(fields=["mission", "change"], name="reading_change"),
        )

    def __str__(self) -> str:
        return f"{self.report} at {self.change_id}"


class FoundProblem(models.Model):
    """One problem of one reading, as a row so that the desk can count and filter."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="found")
    code = models.CharField(max_length=60, db_index=True)
    rule = models.CharField(max_length=100, blank=True)
    severity = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.code
