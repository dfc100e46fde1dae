"""Adding people, roles and devices."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from paragraph8.audit.operations import append
from paragraph8.domain.canonical import sha256

from .models import Device, Membership, User
from .permissions import Action, Role, Viewer


class TeamlessObserverError(ValueError):
    """An observer sees the reports of the own team, and so needs one."""


@transaction.atomic
def add_member(
    *,
    username: str,
    password: str,
    mission_id: int,
    role: Role,
    team_id: int | None = None,
    institution_id: int | None = None,
    area_ids: Collection[int] = (),
    by: Viewer,
    now: datetime,
) -> Membership:
    """Give a person a role in the mission; the account is made when there is none of that name.

    An existing account keeps its password. Raises `NotAllowedError`, `TeamlessObserverError`, and `ValueError` when a
    new account's password is too weak.
    """
    by.require(Action.MANAGE_MISSION, mission_id)
    if role is Role.OBSERVER and team_id is None:
        raise TeamlessObserverError("An observer belongs to a team (--team CODE).")
    user = User.objects.filter(username=username).first() or _new_user(username, password)
    membership, _ = Membership.objects.update_or_create(
        user=user,
        mission_id=mission_id,
        defaults={"role": role.value, "team_id": team_id, "institution_id": institution_id},
    )
    membership.areas.set(area_ids)
    append(
        mission_id=mission_id,
        kind="member.added",
        subject=f"user:{user.pk}",
        body={"role": role.value, "team": team_id, "institution": institution_id, "areas": sorted(area_ids)},
        by=by.name,
        now=now,
    )
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: Viewer, now: datetime) -> None:
    """Take a person's role in the mission away; the account stays, and so does what the person did."""
    by.require(Action.MANAGE_MISSION, membership.mission_id)
    mission_id, user_id = membership.mission_id, membership.user_id
    membership.delete()
    append(mission_id=mission_id, kind="member.removed", subject=f"user:{user_id}", body={}, by=by.name, now=now)


@transaction.atomic
def make_founder(*, username: str, password: str, by: Viewer, now: datetime) -> User:
    """Let a person make missions; the account is made when there is none of that name. Only a command on the server
    may. Raises `PermissionError`, and `ValueError` when a new account's password is too weak."""
    if not by.system:
        raise PermissionError("founders are named on the server")
    user = User.objects.filter(username=username).first() or _new_user(username, password)
    user.founder = True
    user.save(update_fields=["founder"])
    append(mission_id=None, kind="founder.named", subject=f"user:{user.pk}", body={}, by=by.name, now=now)
    return user


@transaction.atomic
def found(*, user: User, mission_id: int, now: datetime) -> Membership:
    """Make the founder of a mission that has no member yet its head. Raises `PermissionError` otherwise."""
    if not user.founder or Membership.objects.filter(mission_id=mission_id).exists():
        raise PermissionError("only who has just made the mission")
    return add_member(
        username=user.username,
        password="",
        mission_id=mission_id,
        role=Role.HEAD,
        by=Viewer(user.username, roles={mission_id: Role.HEAD}),
        now=now,
    )


def _new_user(username: str, password: str) -> User:
    try:
        validate_password(password)
        User.username_validator(username)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    return User.objects.create_user(username=username, password=password)


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
