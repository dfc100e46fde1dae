"""Enrolment: a code that is prepared with the pack, activated by the desk when the observer calls, redeemed once."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q

from paragraph8.audit.operations import append
from paragraph8.domain.canonical import sha256

from .codes import MistypedError, new_code, read_code
from .models import Device, Enrolment, FailedTries
from .permissions import Action, Viewer

LASTS = timedelta(hours=24)
"""How long an activated code can be redeemed."""
MOST_TRIES = 20
"""Wrong codes of one mission within a minute, after which every refusal says only that there were too many."""
ATTEMPTS = 5


class Refusal(StrEnum):
    """Why a code opens nothing."""

    MISTYPED = "mistyped"
    UNKNOWN = "unknown"
    """No code of this mission; also one that a newer code replaced."""
    NOT_ACTIVATED = "not-activated"
    USED = "used"
    EXPIRED = "expired"
    TOO_MANY = "too-many"


class RefusedCodeError(ValueError):
    """The code opens nothing."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Prepared:
    """A code that was prepared; it can be read this once."""

    enrolment: Enrolment
    code: str


def prepare_enrolment(*, mission_id: int, team_id: int, device_name: str, by: Viewer, now: datetime) -> Prepared:
    """A new code for a device of a team. Those of the same team and device that nobody has redeemed stop counting."""
    prepared = reserve_enrolment(mission_id=mission_id, team_id=team_id, device_name=device_name, by=by, now=now)
    hand_out(enrolments=[prepared.enrolment], by=by, now=now)
    return prepared


def reserve_enrolment(*, mission_id: int, team_id: int, device_name: str, by: Viewer, now: datetime) -> Prepared:
    """A code that opens nothing before `hand_out`, and replaces none until then: whoever prints many may be stopped in
    the middle, and nobody is left without a code that counts."""
    by.require(Action.MANAGE_DEPLOYMENT, mission_id)
    for _ in range(ATTEMPTS):
        try:
            return _reserve(mission_id, team_id, device_name, by, now)
        except IntegrityError:
            # Somebody else took the number between our look and our write.
            continue
    raise RuntimeError("no free number for an enrolment was found")


@transaction.atomic
def hand_out(*, enrolments: Sequence[Enrolment], by: Viewer, now: datetime) -> None:
    """From now on these codes can be activated, and earlier ones of the same teams and devices that nobody has redeemed
    stop counting."""
    for enrolment in enrolments:
        by.require(Action.MANAGE_DEPLOYMENT, enrolment.mission_id)
        earlier = Enrolment.objects.filter(
            mission_id=enrolment.mission_id,
            team_id=enrolment.team_id,
            device_name=enrolment.device_name,
            number__lt=enrolment.number,
        )
        earlier.filter(redeemed_at=None, withdrawn_at=None).update(withdrawn_at=now)
        enrolment.withdrawn_at = None
        enrolment.save(update_fields=["withdrawn_at"])
        _log(enrolment, "enrolment.prepared", by.name, now)


@transaction.atomic
def _reserve(mission_id: int, team_id: int, device_name: str, by: Viewer, now: datetime) -> Prepared:
    code = new_code()
    newest = Enrolment.objects.filter(mission_id=mission_id).aggregate(newest=Max("number"))["newest"]
    enrolment = Enrolment.objects.create(
        mission_id=mission_id,
        team_id=team_id,
        number=(newest or 0) + 1,
        device_name=device_name,
        code_sha256=sha256(read_code(code).encode()),
        prepared_at=now,
        prepared_by=by.name,
        withdrawn_at=now,
    )
    return Prepared(enrolment, code)


@transaction.atomic
def activate_enrolment(*, enrolment: Enrolment, by: Viewer, now: datetime, lasts: timedelta = LASTS) -> bool:
    """From now on, and for so long, the code can be redeemed; false when it was redeemed or replaced before. Again
    activating gives it the full time again."""
    by.require(Action.MANAGE_DEPLOYMENT, enrolment.mission_id)
    changed = Enrolment.objects.filter(pk=enrolment.pk, redeemed_at=None, withdrawn_at=None).update(
        activated_at=now, activated_by=by.name, expires_at=now + lasts
    )
    enrolment.refresh_from_db()
    if changed:
        _log(enrolment, "enrolment.activated", by.name, now)
    return bool(changed)


@transaction.atomic
def withdraw_enrolment(*, enrolment: Enrolment, by: Viewer, now: datetime) -> bool:
    """From now on the code opens nothing, for a lost pack; false when it was redeemed or replaced before."""
    by.require(Action.MANAGE_DEPLOYMENT, enrolment.mission_id)
    changed = Enrolment.objects.filter(pk=enrolment.pk, redeemed_at=None, withdrawn_at=None).update(withdrawn_at=now)
    enrolment.refresh_from_db()
    if changed:
        _log(enrolment, "enrolment.withdrawn", by.name, now)
    return bool(changed)


@dataclass(frozen=True)
class Enrolled:
    """What the phone gets: its device, and the token, which can be read this once."""

    device: Device
    token: str


def redeem(*, slug: str, typed: str, now: datetime) -> Enrolled:
    """Make the phone that knows the code a device. Of two that come at once, one gets it.

    A code of twenty signs cannot be guessed at any rate; the limit keeps whoever tries from learning why a code is
    refused, and from filling the table. It never keeps a right code out. Raises `RefusedCodeError`.
    """
    try:
        code = read_code(typed)
    except MistypedError as error:
        # It cannot be a code, and says so of itself: no try at guessing.
        raise RefusedCodeError(Refusal.MISTYPED) from error
    try:
        return _redeem(slug, sha256(code.encode()), now)
    except RefusedCodeError as error:
        if _too_many(slug, now):
            raise RefusedCodeError(Refusal.TOO_MANY) from error
        raise


@transaction.atomic
def _redeem(slug: str, digest: str, now: datetime) -> Enrolled:
    enrolment = Enrolment.objects.filter(mission__slug=slug, code_sha256=digest).select_related("team").first()
    # Compared once more without an early end; where there is none, with something, so that both take as long.
    same = hmac.compare_digest(enrolment.code_sha256 if enrolment else sha256(b""), digest)
    if enrolment is None or not same or enrolment.withdrawn_at is not None:
        raise RefusedCodeError(Refusal.UNKNOWN)
    if enrolment.redeemed_at is not None:
        raise RefusedCodeError(Refusal.USED)
    if enrolment.activated_at is None:
        raise RefusedCodeError(Refusal.NOT_ACTIVATED)
    won = Enrolment.objects.filter(
        Q(expires_at__gt=now), pk=enrolment.pk, redeemed_at=None, withdrawn_at=None
    ).update(redeemed_at=now)  # fmt: skip
    if not won:
        enrolment.refresh_from_db()
        raise RefusedCodeError(Refusal.USED if enrolment.redeemed_at else Refusal.EXPIRED)
    token = secrets.token_urlsafe(32)
    enrolment.device = Device.objects.create(
        mission_id=enrolment.mission_id,
        team_id=enrolment.team_id,
        name=_free_name(enrolment),
        token_sha256=sha256(token.encode()),
    )
    enrolment.save(update_fields=["device"])
    _log(enrolment, "enrolment.redeemed", f"device:{enrolment.device.pk}", now)
    return Enrolled(enrolment.device, token)


def _free_name(enrolment: Enrolment) -> str:
    taken = Device.objects.filter(mission_id=enrolment.mission_id, name=enrolment.device_name).exists()
    return f"{enrolment.device_name}-{enrolment.number}" if taken else enrolment.device_name


def _too_many(slug: str, now: datetime) -> bool:
    """Count one more failed try; whether there were too many in this minute. Nothing is counted for no mission."""
    minute = now.replace(second=0, microsecond=0)
    mission_id = Enrolment.objects.filter(mission__slug=slug).values_list("mission_id", flat=True).first()
    if mission_id is None:
        return False
    row, _ = FailedTries.objects.get_or_create(mission_id=mission_id, minute=minute)
    if row.n < MOST_TRIES:
        FailedTries.objects.filter(pk=row.pk).update(n=F("n") + 1)
    return row.n >= MOST_TRIES


def _log(enrolment: Enrolment, kind: str, by: str, now: datetime) -> None:
    append(
        mission_id=enrolment.mission_id,
        kind=kind,
        subject=f"enrolment:{enrolment.pk}",
        body={"number": enrolment.number, "team": enrolment.team_id},
        by=by,
        now=now,
    )
