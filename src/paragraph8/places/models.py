"""What the room keeps besides areas, lists and stations: files on their way in, and the mission's own map."""

from __future__ import annotations

from django.db import models


class Upload(models.Model):
    """A file of stations or areas on its way in. The bytes are kept by `sha256`; `head` is what the page shows of them
    (columns, first rows, sheets), `mapping` how they are read, `findings` what was found (counts and the first
    problems), and the file of `report_sha256` every problem. `list` is what a station list became."""

    STATIONS, AREAS = "stations", "areas"

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=10, choices=[(STATIONS, STATIONS), (AREAS, AREAS)])
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sheet = models.CharField(max_length=255, blank=True)
    source = models.TextField(blank=True)
    dated = models.DateField(null=True)
    head = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    findings = models.JSONField(default=dict)
    report_sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    list = models.ForeignKey("missions.StationList", on_delete=models.SET_NULL, null=True, related_name="uploads")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    applied_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class CountryMap(models.Model):
    """The mission's own map: outlines of areas as paths of one drawing of `width` by `height`, by code of the area.

    `property` is the one that named the areas in the file of `sha256`; `source` says whose outlines they are.
    """

    mission = models.OneToOneField("missions.Mission", on_delete=models.CASCADE, related_name="country_map")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    property = models.CharField(max_length=100)
    source = models.TextField()
    shapes = models.JSONField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.name
