"""What a mission sets up before anybody reports. Texts are JSON objects language tag → string."""

from __future__ import annotations

import json

from django.db import models

from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.text import Text


class Mission(models.Model):
    """One observation mission to one election. `origin` marks everything that comes out of it."""

    slug = models.SlugField(unique=True, max_length=60)
    title = models.JSONField()
    format = models.CharField(max_length=30, default="full")
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin], default=Origin.REAL.value)
    languages = models.JSONField(default=list)
    zone = models.CharField(max_length=60, default="UTC")
    election_date = models.DateField(null=True)
    notice = models.JSONField(default=dict)
    contacts = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.slug

    @property
    def simulated(self) -> bool:
        """Whether anything in it is simulated; then every page and file says so."""
        return self.origin != Origin.REAL

    def name(self) -> Text:
        """The title in its languages."""
        return Text.of(self.title)


class Institution(models.Model):
    """One of the institutions that observe together, in the order of mention."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="institutions")
    code = models.CharField(max_length=30)
    name = models.JSONField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="institution_code"),)

    def __str__(self) -> str:
        return self.code


class Area(models.Model):
    """A first-level area: region, municipality. `at` is row/column in the tile cartogram, empty where there is none."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    zone = models.CharField(max_length=60, blank=True)
    at = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="area_code"),)
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Station(models.Model):
    """A polling station. `key` is what reports name, normalised; `registered` the voters on its list, if known."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="stations")
    key = models.CharField(max_length=100)
    label = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="stations")
    registered = models.PositiveIntegerField(null=True)
    urban = models.BooleanField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "key"], name="station_key"),)

    def __str__(self) -> str:
        return self.label or self.key


class Team(models.Model):
    """A team of observers, known by its code alone."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="teams")
    code = models.CharField(max_length=30)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="team_code"),)

    def __str__(self) -> str:
        return self.code


class Contestant(models.Model):
    """Somebody who stands. `source` says who says so."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="contestants")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    gender = models.CharField(max_length=1, choices=[("f", "f"), ("m", "m"), ("x", "x")], blank=True)
    nominator = models.JSONField(default=dict)
    status = models.CharField(max_length=20, default="registered")
    source = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="contestant_code"),)

    def __str__(self) -> str:
        return self.code


class RegisterLine(models.Model):
    """A total taken from a register with its source: registered voters, stations, members of the mission, countries."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="register")
    register = models.CharField(max_length=30)
    code = models.CharField(max_length=60)
    institution = models.CharField(max_length=30, blank=True)
    n = models.PositiveBigIntegerField()
    source = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "register", "code"], name="register_line"),)

    def __str__(self) -> str:
        return f"{self.register} {self.code}"


class FormVersion(models.Model):
    """One version of a form, fixed once stored. `body` is canonical JSON of `domain.forms`."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="forms")
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code", "version"], name="form_version"),)

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def form(self) -> Form:
        """The form itself."""
        return form_from_json(json.loads(self.body))
