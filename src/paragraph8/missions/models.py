"""What a mission sets up before anybody reports. Texts are JSON objects language tag → string."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db import models

from paragraph8.domain.contests import Election
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.missions import Format, StationKind, Subject, rehearses
from paragraph8.domain.text import Text


class Mission(models.Model):
    """One observation mission to one election. `origin` marks everything that comes out of it.

    `station_list` is the list in force: the one that reports are read against. `first_round` is the mission whose
    people, stations and forms this one carried over for a second round. While `rehearsing_since` is set, whatever
    comes in is practice and can enter no figure.
    """

    slug = models.SlugField(unique=True, max_length=60)
    title = models.JSONField()
    format = models.CharField(max_length=30, choices=[(f.value, f.value) for f in Format], default=Format.FULL.value)
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin], default=Origin.REAL.value)
    languages = models.JSONField(default=list)
    zone = models.CharField(max_length=60, default="UTC")
    election_date = models.DateField(null=True)
    notice = models.JSONField(default=dict)
    contacts = models.JSONField(default=list)
    station_list = models.ForeignKey("StationList", on_delete=models.PROTECT, null=True, related_name="+")
    first_round = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later_rounds")
    rehearsing_since = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug

    @property
    def kind(self) -> Format:
        """The format."""
        return Format(self.format)

    @property
    def stations(self) -> models.QuerySet[Station]:
        """The stations of the list in force."""
        return Station.objects.filter(list_id=self.station_list_id)

    @property
    def simulated(self) -> bool:
        """Whether anything in it is simulated; then every page and file says so."""
        return self.origin != Origin.REAL

    def rehearses(self, now: datetime) -> bool:
        """Whether what comes in now is practice."""
        return rehearses(self.rehearsing_since, election_date=self.election_date, zone=self.zone, now=now)

    def name(self) -> Text:
        """The title in its languages."""
        return Text.of(self.title)


class Institution(models.Model):
    """One of the institutions that observe together, in the order of mention. `short` is how a text names it after the
    first time; `delegation` what its people are called together, such as "the delegation of the Assembly".
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="institutions")
    code = models.CharField(max_length=30)
    name = models.JSONField()
    short = models.JSONField(default=dict)
    delegation = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="institution_code"),)
        ordering = ("position",)

    def __str__(self) -> str:
        return self.code


class Contact(models.Model):
    """Whom to ask about what, from when to when. A public one stands in statements; a private one never leaves the
    mission. `institution` is empty for the mission as a whole."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="contact_book")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, null=True, related_name="contacts")
    office = models.JSONField()
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    public = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)

    def __str__(self) -> str:
        return self.email or self.phone


class Sharing(models.Model):
    """What one institution lets another see of its own. Where there is no row, nothing is shared."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="sharings")
    owner = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="shares")
    reader = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="reads")
    subject = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Subject])

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "reader", "subject"], name="sharing_once"),)

    def __str__(self) -> str:
        return f"{self.owner} → {self.reader}: {self.subject}"


class AreasInForce(models.Manager["Area"]):
    """The areas that everybody meets: without those that came with a list which is not published yet."""

    def get_queryset(self) -> models.QuerySet[Area]:
        """Areas that are no draft."""
        return super().get_queryset().filter(draft_of=None)


class Area(models.Model):
    """A part of the country, of any depth: region, district, municipality. Figures are asked for first-level areas.

    `path` is the codes from the first level down, each followed by "/": every area below starts with it. `at` is
    row/column in the tile cartogram, for first-level areas that have a place there. `at`, `zone` empty: as above.
    `draft_of` is the unpublished station list that brought the area; only `everything` finds such an area.
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    zone = models.CharField(max_length=60, blank=True)
    at = models.CharField(max_length=10, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=400, blank=True, db_index=True)
    draft_of = models.ForeignKey("StationList", on_delete=models.CASCADE, null=True, related_name="drafted_areas")

    objects = AreasInForce()
    everything = models.Manager["Area"]()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="area_code"),)
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def depth(self) -> int:
        """1 for the first level."""
        return self.path.count("/")

    def title(self) -> Text:
        """The name in its languages; the code where there is none."""
        return Text.of(self.name) if any(self.name.values()) else Text.of(self.code)


class StationList(models.Model):
    """One dated version of the station list. A new list is a new version; stations of an old one never change.

    While its rows are coming in, and until somebody publishes it, `published_at` is empty and nobody meets its
    stations. `staged_at` says that all of them are in. `sha256` and `name` are those of the file it came from.
    `base` is the list that was in force when it came, and `differences` sums up how it differs from that one
    (`domain.places.Differences`); the file of `differences_sha256` holds every single one.
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="station_lists")
    number = models.PositiveIntegerField()
    dated = models.DateField(null=True)
    source = models.TextField(blank=True)
    name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    n = models.PositiveIntegerField(default=0)
    registered = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    staged_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    differences = models.JSONField(default=dict)
    differences_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "number"], name="station_list_number"),)

    def __str__(self) -> str:
        return f"list {self.number}"


class Station(models.Model):
    """A polling station as one station list has it. `key` is what reports name, normalised; the same key in two lists
    is the same station. `registered` is the number of voters on its voter list, if known; `area` the deepest area it
    lies in and `top` the first-level one; `folded` is what searching compares (number, names and address, see
    `domain.transliteration.searched`).
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="all_stations")
    list = models.ForeignKey(StationList, on_delete=models.CASCADE, related_name="stations")
    key = models.CharField(max_length=100)
    label = models.CharField(max_length=200, blank=True)
    name = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True)
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in StationKind], default=StationKind.REGULAR.value
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="stations")
    top = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="stations_below")
    registered = models.PositiveIntegerField(null=True)
    urban = models.BooleanField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    folded = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["list", "key"], name="station_key"),)

    def __str__(self) -> str:
        return self.label or self.key

    def title(self) -> Text:
        """What the station is called, in the languages of its list; else its label, else its key."""
        return Text.of(self.name) if any(self.name.values()) else Text.of(self.label or self.key)


class Team(models.Model):
    """A team of observers, known by its code. Who is in it stands in the teams room."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="teams")
    code = models.CharField(max_length=30)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="teams")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="teams")
    car = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    dissolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="team_code"),)

    def __str__(self) -> str:
        return self.code


class Contest(models.Model):
    """One race of the election day, such as the presidency or one district's seat; several may share a form.

    `early`: called before its regular time; empty where nobody said. `round` counts from 1. `held_on` is empty when the
    contest is held on the election day of the mission.
    """

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="contests")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    kind = models.CharField(max_length=30, choices=[(e.value, e.value) for e in Election])
    system = models.JSONField(default=dict)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="contests")
    early = models.BooleanField(null=True)
    round = models.PositiveSmallIntegerField(default=1)
    held_on = models.DateField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "code"], name="contest_code"),)
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code

    @property
    def day(self) -> date | None:
        """When it is held."""
        return self.held_on or self.mission.election_date


class Contestant(models.Model):
    """Somebody who stands, with the house spelling of the name per language; `spellings` are others that are met.
    `status` is the newest of the history that the contest room keeps; `incumbent` names the office held now, in each
    language. `source` says who says so."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="contestants")
    contest = models.ForeignKey("Contest", on_delete=models.PROTECT, null=True, related_name="contestants")
    code = models.CharField(max_length=60)
    name = models.JSONField()
    spellings = models.JSONField(default=list)
    gender = models.CharField(max_length=1, choices=[("f", "f"), ("m", "m"), ("x", "x")], blank=True)
    nominator = models.JSONField(default=dict)
    incumbent = models.JSONField(default=dict)
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
