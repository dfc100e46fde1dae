"""Who travels together, since when; what keeps people apart; proposals that wait to be accepted."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q


class Seat(models.Model):
    """Somebody's place in a team from the day `since` on, up to and not including the day `until`; empty: still.

    A seat is ended and never removed, so that who travelled together on any day can be told.
    """

    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("roster.Person", on_delete=models.PROTECT, related_name="seats")
    since = models.DateField()
    until = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person"], condition=Q(until=None), name="one_seat_at_a_time"),)

    def __str__(self) -> str:
        return f"{self.person} in {self.team}"


class Lock(models.Model):
    """A team that somebody locked by hand: no proposal and no repair takes it apart."""

    team = models.OneToOneField("missions.Team", on_delete=models.CASCADE, primary_key=True, related_name="lock")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"{self.team} locked"


class Apart(models.Model):
    """Two people who must not travel together; why is nobody's business here. `first` has the lower number."""

    first = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("roster.Person", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["first", "second"], name="apart_once"),)

    def __str__(self) -> str:
        return f"{self.first} not with {self.second}"


class AreaLanguage(models.Model):
    """A language (ISO 639) of which, or of another one asked for there, somebody in each team of the area speaks."""

    area = models.ForeignKey("missions.Area", on_delete=models.CASCADE, related_name="asked_languages")
    language = models.CharField(max_length=8)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "language"], name="area_language_once"),)

    def __str__(self) -> str:
        return f"{self.area}: {self.language}"


class Origin(StrEnum):
    """What a proposal came from."""

    PAIRING = "pairing"
    REPAIR = "repair"


class Proposal(models.Model):
    """Teams as a solver proposes them. Nothing changes before somebody accepts, and nobody can once teams or people
    have changed since: `base` is the digest of both as they were.

    `body` holds codes alone: the teams as they are to be, the differences, and the quality.
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="team_proposals")
    origin = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Origin])
    body = models.JSONField()
    base = models.CharField(max_length=64)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.CharField(max_length=150, blank=True)
    discarded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.origin} {self.pk}"

    @property
    def open(self) -> bool:
        """Whether somebody may still decide."""
        return self.accepted_at is None and self.discarded_at is None
