"""Who is asking."""

from __future__ import annotations

from django.db.models import F, QuerySet

from paragraph8.domain.canonical import sha256

from .models import Device, Enrolment, Membership, User
from .permissions import Action, Role, Viewer


def viewer_of(user: User) -> Viewer:
    """The viewer that a signed-in person is."""
    memberships = list(Membership.objects.filter(user=user).annotate(closed_at=F("mission__closed_at")))
    areas: dict[int, set[int]] = {}
    if any(membership.role == Role.LONG_TERM for membership in memberships):
        for mission_id, area_id in Membership.objects.filter(user=user, areas__isnull=False).values_list(
            "mission_id", "areas"
        ):
            areas.setdefault(mission_id, set()).add(area_id)
    return Viewer(
        name=user.get_username(),
        roles={membership.mission_id: Role(membership.role) for membership in memberships},
        teams={membership.mission_id: membership.team_id for membership in memberships if membership.team_id},
        areas={mission_id: frozenset(held) for mission_id, held in areas.items()},
        institutions={
            membership.mission_id: membership.institution_id for membership in memberships if membership.institution_id
        },
        closed=frozenset(membership.mission_id for membership in memberships if membership.closed_at),
        founder=user.founder,
    )


def device_of(token: str) -> Device | None:
    """The device of a token, revoked or not."""
    return Device.objects.filter(token_sha256=sha256(token.encode())).select_related("mission").first()


def enrolments_of(mission_id: int, *, viewer: Viewer) -> QuerySet[Enrolment]:
    """Codes for phones, open ones first, then the newest first."""
    viewer.require(Action.MANAGE_DEPLOYMENT, mission_id)
    return (
        Enrolment.objects.filter(mission_id=mission_id)
        .select_related("team", "device")
        .order_by(F("redeemed_at").asc(nulls_first=True), F("withdrawn_at").asc(nulls_first=True), "-number")
    )
