"""Adding people, roles and devices."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from paragraph8.audit.operations import append
from paragraph8.domain.canonical import sha256

from .models import Device, Membership, User
from .permissions import Action, Role, Viewer


@transaction.atomic
def add_member(
    *, username: str, password: str, mission_id: int, role: Role, team_id: int | None = None, by: Viewer, now: datetime
) -> Membership:
    """Give a person a role in the mission; the account is made when there is none of that name.

    An existing account keeps its password. Raises `NotAllowedError`, and `ValueError` when an observer has no team or
    a new account's password is too weak.
    """
    by.require(Action.MANAGE_MISSION, mission_id)
    if role is Role.OBSERVER and team_id is None:
        raise ValueError("An observer belongs to a team (--team CODE).")
    user = User.objects.filter(username=username).first()
    if user is None:
        try:
            validate_password(password)
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        user = User.objects.create_user(username=username, password=password)
    membership, _ = Membership.objects.update_or_create(
        user=user, mission_id=mission_id, defaults={"role": role.value, "team_id": team_id}
    )
    append(
        mission_id=mission_id,
        kind="member.added",
        subject=f"user:{user.pk}",
        body={"role": role.value, "team": team_id},
        by=by.name,
        now=now,
    )
    return membership


@transaction.atomic
def add_device(*, mission_id: int, team_id: int | None, name: str, by: Viewer, now: datetime) -> tuple[Device, str]:
    """Register a device; the token is returned this once and cannot be read again."""
    by.require(Action.MANAGE_MISSION, mission_id)
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        mission_id=mission_id, team_id=team_id, name=name, token_sha256=sha256(token.encode())
    )
    append(
        mission_id=mission_id,
        kind="device.added",
        subject=f"device:{device.pk}",
        body={"name": name, "team": team_id},
        by=by.name,
        now=now,
    )
    return device, token


@transaction.atomic
def revoke_device(*, device: Device, by: Viewer, now: datetime) -> None:
    """From now on the device's token opens nothing. What it sent before stays."""
    by.require(Action.MANAGE_MISSION, device.mission_id)
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=now)
    append(
        mission_id=device.mission_id, kind="device.revoked", subject=f"device:{device.pk}", body={}, by=by.name, now=now
    )
