"""People who sign in, what they are in each mission, and the devices that send."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from .permissions import Role


class User(AbstractUser):
    """Somebody who signs in. What they may do in a mission stands in their memberships, never here; `founder` may make
    new missions, of which they become the head."""

    founder = models.BooleanField(default=False)


class Membership(models.Model):
    """A person's role in one mission; an observer's membership names the team, a long-term observer's the areas.

    Somebody with an institution sees of other institutions what these share (`missions.models.Sharing`); without one,
    everything that the role allows.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, null=True, blank=True)
    institution = models.ForeignKey("missions.Institution", on_delete=models.PROTECT, null=True, blank=True)
    areas = models.ManyToManyField("missions.Area", blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "mission"], name="one_role_per_mission"),)

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Device(models.Model):
    """A phone or desk that sends reports. Its token is shown once; only the token's SHA-256 is kept."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="devices")
    team = models.ForeignKey("missions.Team", on_delete=models.PROTECT, null=True, related_name="devices")
    name = models.CharField(max_length=100)
    token_sha256 = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A code by which one phone becomes a device of a team. It is printed in the team's pack, and only its SHA-256 is
    kept; it opens nothing until the desk activates it, and serves once.

    `number` is what the desk calls it; a newer one of the same team and device replaces it (`withdrawn_at`).
    """

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="enrolments")
    team = models.ForeignKey("missions.Team", on_delete=models.CASCADE, related_name="enrolments")
    number = models.PositiveIntegerField()
    device_name = models.CharField(max_length=100)
    code_sha256 = models.CharField(max_length=64, unique=True)
    prepared_at = models.DateTimeField()
    prepared_by = models.CharField(max_length=150)
    activated_at = models.DateTimeField(null=True)
    activated_by = models.CharField(max_length=150, blank=True)
    expires_at = models.DateTimeField(null=True)
    redeemed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    device = models.OneToOneField(Device, on_delete=models.PROTECT, null=True, related_name="enrolment")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "number"], name="enrolment_number"),)

    def __str__(self) -> str:
        return f"{self.device_name} {self.number}"


class FailedTries(models.Model):
    """How many wrong codes a mission's address was given within one minute."""

    mission = models.ForeignKey("missions.Mission", on_delete=models.CASCADE, related_name="+")
    minute = models.DateTimeField()
    n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["mission", "minute"], name="tries_of_minute"),)

    def __str__(self) -> str:
        return f"{self.minute} {self.n}"
