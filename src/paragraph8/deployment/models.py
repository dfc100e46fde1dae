"""Who goes where: plans and their stops, areas of teams, the reports that are expected, packs."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from paragraph8.domain.selection import Selection
from paragraph8.missions.models import Station


class Mode(StrEnum):
    """What a plan gives a team."""

    AREA = "area"
    """An area and its station list; the team goes its own route and records where it went."""
    SUGGESTED = "suggested"
    """The same, and the suggestion of one opening and one count."""
    ROUTE = "route"
    """Every stop of the day is suggested."""
    ALL_DAY = "all-day"
    """One station, from before the opening until the count is over."""


class Role(StrEnum):
    """What a team does at a stop."""

    OPENING = "opening"
    VOTING = "voting"
    COUNT = "count"
    TABULATION = "tabulation"
    ALL_DAY = "all-day"


class PlanState(StrEnum):
    """How far a plan is."""

    SOLVING = "solving"
    REFUSED = "refused"
    """The job said no, or ended half-way; `reason` says why. It holds no stop."""
    DRAFT = "draft"
    ACCEPTED = "accepted"
    """The one that holds."""
    REPLACED = "replaced"
    """Was accepted until another one was."""


class Plan(models.Model):
    """One version of who goes where. `reason` is a code of `refusals.REFUSED`, `parameters` the JSON of
    `parameters.Parameters`, `quality` that of `planning.routes.Quality`. Only a draft can be changed; a change of an
    accepted plan is another draft."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in PlanState])
    reason = models.CharField(max_length=20, blank=True, default="")
    station_list = models.ForeignKey("missions.StationList", on_delete=models.PROTECT, related_name="+")
    seed = models.PositiveBigIntegerField()
    parameters = models.JSONField(default=dict)
    quality = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    made_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mission", "number"], name="plan_number"),
            models.UniqueConstraint(fields=["mission"], condition=models.Q(state="accepted"), name="one_accepted_plan"),
        )

    def __str__(self) -> str:
        return f"plan {self.number}"


class PlanTeam(models.Model):
    """A team in a plan, and what the plan gives it. `back` is the minutes on the road after the last stop."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="teams")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=[(m.value, m.value) for m in Mode])
    back = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "team"], name="team_once_in_plan"),)

    def __str__(self) -> str:
        return f"{self.team} {self.mode}"


class TeamArea(models.Model):
    """An area in which a team works, with everything below it. A team without any works in that of its own row."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="team_areas")
    team = models.ForeignKey("missions.Team", on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey("missions.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["team", "area"], name="area_once_for_team"),)

    def __str__(self) -> str:
        return f"{self.team} {self.area}"


class Assignment(models.Model):
    """A stop of a team's day that the mission named; it was not drawn, and no estimate rests on it. `arrive`, `leave`
    and `drive` are minutes, the first two from local midnight of election day."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="stops")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="+")
    station = models.ForeignKey("missions.Station", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Role])
    position = models.PositiveSmallIntegerField()
    arrive = models.PositiveIntegerField()
    leave = models.PositiveIntegerField()
    drive = models.PositiveIntegerField(default=0)
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "team", "position"], name="stop_position"),)
        ordering = ("team_id", "position")

    def __str__(self) -> str:
        return f"{self.team} {self.position} {self.role}"

    @property
    def selection(self) -> Selection:
        """Why the team is there."""
        return Selection.SUGGESTED


class DrawnVisit(models.Model):
    """When a plan has a team at a drawn stop. The stop itself, its team and its station stand in the room of samples
    alone; a visit counts as long as the stop is with the same team. `position` numbers the whole day, suggested stops
    included."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="drawn_visits")
    stop = models.ForeignKey("samples.Stop", on_delete=models.CASCADE, related_name="+")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Role])
    position = models.PositiveSmallIntegerField()
    arrive = models.PositiveIntegerField()
    leave = models.PositiveIntegerField()
    drive = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "stop"], name="drawn_stop_once_in_plan"),)
        ordering = ("team_id", "position")

    def __str__(self) -> str:
        return f"{self.team} {self.position} {self.role}"

    locked = False

    @property
    def station(self) -> Station:
        """Where: the reserve, where one has stepped in."""
        return self.stop.station

    @property
    def selection(self) -> Selection:
        """Why the team is there."""
        return Selection.DRAWN


class Rule(models.Model):
    """What every team of a mode is expected to send: at least `n` of a form between two minutes of election day. Rules
    are the mission's own data; `mode` is empty for every team."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="report_rules")
    mode = models.CharField(max_length=10, blank=True, choices=[(m.value, m.value) for m in Mode])
    form = models.CharField(max_length=60)
    n = models.PositiveSmallIntegerField(default=1)
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.n} {self.form} {self.mode}"


class Expected(models.Model):
    """One report that a team should send, made when a plan was accepted. `stop` or `rule` is why; `n`-th of that rule.
    What drawn stops ask for is counted from the stops themselves, as they stand.

    Expectations of a plan that no longer holds stay with it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="expected")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=60)
    station = models.ForeignKey("missions.Station", on_delete=models.PROTECT, null=True, related_name="+")
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    stop = models.ForeignKey(Assignment, on_delete=models.CASCADE, null=True, related_name="expected")
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, related_name="expected")
    nth = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["plan", "team", "form"], name="expected_of_team"),)

    def __str__(self) -> str:
        return f"{self.team} {self.form} {self.nth}"


class PackSet(models.Model):
    """The packs of some teams, made at once: a ZIP file kept under its SHA-256. Its enrolment codes stand in the file
    alone."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="packs")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="packs")
    language = models.CharField(max_length=10)
    n = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"packs {self.pk}"
