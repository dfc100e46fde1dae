"""When teams are to be heard from, when they were, and who looked after those that were not.

Where people are is the most dangerous thing this system knows. So these tables are not append-only as evidence is: what
is older than the security officer needs is deleted (`operations.erase_check_ins`), and only the log keeps that
something was there, without whom or where.
"""

from __future__ import annotations

from django.db import models

from paragraph8.domain.check_ins import How
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.recalls import WORDINGS, Call, Channel
from paragraph8.domain.text import Text


class Schedule(models.Model):
    """When the teams of an area and of a kind of observer are to be heard from; no area and no kind: all.

    The closest one holds: that of the deepest area, then that of the kind. Either `times` ("08:00") or `every` so many
    minutes between `opens` and `closes`, in the zone of the team's area on that day.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="check_in_schedules")
    area = models.ForeignKey("missions.Area", on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=30, blank=True)
    times = models.JSONField(default=list)
    every = models.PositiveSmallIntegerField(null=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    grace = models.PositiveSmallIntegerField(default=5)
    early = models.PositiveSmallIntegerField(default=60)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    begun = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["mission", "area", "kind"], name="one_schedule_for_area_and_kind"),
            models.UniqueConstraint(
                fields=["mission", "kind"], condition=models.Q(area=None), name="one_schedule_for_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.area or '*'} {self.kind or '*'}"

    @property
    def what(self) -> Text | None:
        """What the people are whom it is for; `None` for everybody."""
        return FUNCTIONS[Function(self.kind)] if self.kind else None


class CheckIn(models.Model):
    """A team was heard from at `at`. Where, if it said so: a station of the list, or a few words."""

    team = models.ForeignKey("missions.Team", on_delete=models.CASCADE, related_name="check_ins")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=[(h.value, h.value) for h in How])
    needs_help = models.BooleanField(default=False)
    station = models.ForeignKey("missions.Station", on_delete=models.SET_NULL, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    noted_at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        indexes = (models.Index(fields=["team", "at"], name="check_in_of_team"),)

    def __str__(self) -> str:
        return f"check-in {self.pk}"


class Acknowledgement(models.Model):
    """Somebody looks after a team that was not heard from when it was due (or that asked for help at `due`)."""

    team = models.ForeignKey("missions.Team", on_delete=models.CASCADE, related_name="acknowledgements")
    due = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"


class Recall(models.Model):
    """A message to teams, drafted for every channel in each language: `short` for SMS, `long` for app and e-mail."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="recalls")
    call = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Call])
    teams = models.ManyToManyField("missions.Team", related_name="+")
    short = models.JSONField()
    long = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"recall {self.pk}"

    @property
    def title(self) -> Text:
        """What it calls on teams to do."""
        return WORDINGS[Call(self.call)].title


class RecallSent(models.Model):
    """Somebody sent a recall through a channel and noted so here."""

    recall = models.ForeignKey(Recall, on_delete=models.CASCADE, related_name="sent")
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["recall", "channel"], name="recall_sent_once"),)

    def __str__(self) -> str:
        return f"{self.recall} by {self.channel}"
