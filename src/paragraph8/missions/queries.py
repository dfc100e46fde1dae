"""Reading what the mission set up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import OuterRef, Q, QuerySet, Subquery

from paragraph8.accounts.permissions import Action, NotAllowedError, Scope, Viewer
from paragraph8.audit.models import Change
from paragraph8.audit.queries import heard_until, latest_change, trail
from paragraph8.domain.forms import Form, Status, form_from_json
from paragraph8.domain.missions import Subject

from .models import Area, FormVersion, Mission


class UnknownMissionError(LookupError):
    """No mission of that slug, as far as the viewer may know."""


def mission_of(slug: str, *, viewer: Viewer, action: Action = Action.SEE_MISSION) -> Mission:
    """The mission, if the viewer may do the action in it.

    Raises `UnknownMissionError` when there is none or the viewer is an outsider to it, `NotAllowedError` when the
    viewer belongs to it without the permission.
    """
    mission = Mission.objects.filter(slug=slug).first()
    if mission is None or not viewer.may(Action.SEE_MISSION, mission.pk):
        raise UnknownMissionError(slug)
    viewer.require(action, mission.pk)
    return mission


def missions_of(viewer: Viewer) -> list[Mission]:
    """The missions that the viewer may see, by slug."""
    missions = Mission.objects.order_by("slug")
    return list(missions if viewer.system else missions.filter(pk__in=viewer.roles))


@dataclass(frozen=True)
class StoredForm:
    """A form version with its row."""

    pk: int
    form: Form
    status: Status


def forms_of(mission: Mission) -> list[StoredForm]:
    """All form versions of the mission, in the order in which they were stored. The newest step of a version, which
    the forms room keeps, is its status; a version without steps is published."""
    steps = FormVersion.objects.filter(pk=OuterRef("pk")).order_by("-steps__pk").values("steps__status")
    versions = FormVersion.objects.filter(mission=mission).order_by("pk").annotate(status=Subquery(steps[:1]))
    return [
        StoredForm(pk, _form(body), Status(status or Status.PUBLISHED))
        for pk, body, status in versions.values_list("pk", "body", "status")
    ]


def offered_forms(mission: Mission) -> dict[str, StoredForm]:
    """By code the version that phones get and on which reports are expected: the newest published one."""
    return {stored.form.code: stored for stored in forms_of(mission) if stored.status is Status.PUBLISHED}


def latest_forms(mission: Mission) -> dict[str, Form]:
    """By code the version that figures and lists speak of: the newest published one, else the newest retired one,
    whose reports still count. A form that was never more than a draft is not among them."""
    return newest(forms_of(mission), Status.RETIRED, Status.PUBLISHED)


def known_forms(mission: Mission) -> dict[str, Form]:
    """By code a version to name the form by, drafts included: somebody may have sent a report on one."""
    return newest(forms_of(mission), *ANY)


ANY = (Status.DRAFT, Status.RETIRED, Status.PUBLISHED)
"""Every status; a form is named by its newest published version, where it has one."""


def newest(stored: Iterable[StoredForm], *statuses: Status) -> dict[str, Form]:
    """By code the newest version that has one of the statuses; a later one of these goes before all earlier ones."""
    some = sorted((each for each in stored if each.status in statuses), key=lambda each: statuses.index(each.status))
    return {each.form.code: each.form for each in some}


def areas_of(mission: Mission) -> dict[str, Area]:
    """Areas of every level by code."""
    return {area.code: area for area in mission.areas.all()}


def first_level_areas_of(mission: Mission) -> dict[str, Area]:
    """The areas that figures are asked for, by code."""
    return {area.code: area for area in mission.areas.filter(parent=None)}


@dataclass(frozen=True)
class TeamsSeen:
    """Of which teams a viewer sees something; `ids` is `None` for all. `teamless`: also what belongs to no team."""

    ids: frozenset[int] | None
    teamless: bool = False

    def where(self, team: str) -> Q:
        """The condition on a query whose field `team` names the team ("report__team")."""
        if self.ids is None:
            return Q()
        seen = Q(**{f"{team}_id__in": self.ids})
        return seen | Q(**{f"{team}_id": None}) if self.teamless else seen


def teams_seen(mission: Mission, *, viewer: Viewer, action: Action, subject: Subject) -> TeamsSeen:
    """The teams of which the viewer may see the subject: the scope of the action in the role's row of the table, and
    for somebody of one institution what the others share with it. Raises `NotAllowedError`."""
    scope = viewer.require(action, mission.pk)
    if scope in (Scope.TEAM, Scope.SELF):
        return TeamsSeen(frozenset({viewer.teams.get(mission.pk, 0)}))
    institution = viewer.institutions.get(mission.pk)
    if scope is Scope.MISSION and institution is None:
        return TeamsSeen(None)
    teams = mission.teams.all()
    if scope is Scope.AREAS:
        paths = mission.areas.filter(pk__in=viewer.areas.get(mission.pk, ())).values_list("path", flat=True)
        below = Q(pk=viewer.teams.get(mission.pk, 0))
        for path in paths:
            below |= Q(area__path__startswith=path)
        teams = teams.filter(below)
    if institution is not None:
        shared = mission.sharings.filter(reader_id=institution, subject=subject).values("owner_id")
        teams = teams.filter(Q(institution_id=institution) | Q(institution=None) | Q(institution_id__in=shared))
    return TeamsSeen(frozenset(teams.values_list("pk", flat=True)), teamless=scope is Scope.MISSION)


def require_tables(mission: Mission, *, viewer: Viewer) -> None:
    """Live tables count the reports of every team, so that somebody of one institution sees them only where every
    other institution that has teams shares its tables. Raises `NotAllowedError`."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    if not sees_tables(mission, viewer=viewer):
        raise NotAllowedError(viewer, Action.SEE_FIGURES, mission.pk)


def sees_tables(mission: Mission, *, viewer: Viewer) -> bool:
    """Whether nothing but the role's own permission stands between the viewer and the live tables."""
    institution = viewer.institutions.get(mission.pk)
    if institution is None or viewer.system:
        return True
    shared = mission.sharings.filter(reader_id=institution, subject=Subject.TABLES).values("owner_id")
    others = mission.teams.exclude(institution=None).exclude(institution_id=institution)
    return not others.exclude(institution_id__in=shared).exists()


@dataclass(frozen=True)
class Stamp:
    """What a page knew: up to which change of the mission, and when the last report within it came in."""

    change: int
    heard: datetime | None


def stamp(mission: Mission, *, viewer: Viewer, as_of: int | None = None) -> Stamp:
    """The stamp of a page that shows the mission as of a change, or as of its last one."""
    viewer.require(Action.SEE_MISSION, mission.pk)
    change = latest_change(mission.pk) if as_of is None else as_of
    return Stamp(change, heard_until(change, mission.pk))


def log_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Change]:
    """The mission's log, newest first."""
    viewer.require(Action.SEE_LOG, mission.pk)
    return trail(mission.pk)


def device_names(mission: Mission, *, viewer: Viewer) -> dict[str, str]:
    """Names of the mission's devices as actors of the log: "device:7" → "desk-1"."""
    viewer.require(Action.SEE_LOG, mission.pk)
    return {f"device:{pk}": name for pk, name in mission.devices.values_list("pk", "name")}


@lru_cache(maxsize=256)
def _form(body: str) -> Form:
    return form_from_json(json.loads(body))
