"""Reading teams: who is in which, since when, with which car and phone, and who has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.domain.missions import Subject
from paragraph8.domain.people import Function, Status
from paragraph8.missions.models import Area, Institution, Mission, Team
from paragraph8.missions.queries import teams_seen
from paragraph8.roster.models import Person, StatusStep

from .models import Apart, AreaLanguage, Proposal, Seat
from .names import called

TRAVELLING = (Function.LTO, Function.STO, Function.PARLIAMENTARIAN)
"""Who travels in teams."""
GONE = (Status.WITHDRAWN, Status.REVOKED)
"""Who holds one of these on a day is no longer there."""


class UnknownTeamError(LookupError):
    """No such team, as far as the viewer may know."""


class UnknownProposalError(LookupError):
    """No such proposal."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in a team, or without one. `status` is empty while the roster says nothing of the day."""

    person: Person
    name: str
    status: str
    since: date | None = None

    @property
    def gone(self) -> bool:
        """Whether the roster says that the person is no longer there."""
        return self.status in GONE


@dataclass(frozen=True, kw_only=True)
class TeamRow:
    """A team with its people. `same_car` and `same_phone`: another team has the same one."""

    team: Team
    members: tuple[Member, ...]
    locked: bool
    same_car: bool = False
    same_phone: bool = False

    @property
    def since(self) -> date | None:
        """Since when these people are this team."""
        return max((member.since for member in self.members if member.since), default=None)

    @property
    def kind(self) -> str:
        """What its people are; empty when nobody is in it."""
        return self.members[0].person.function if self.members else ""

    @property
    def wounded(self) -> bool:
        """Whether somebody of it is no longer there."""
        return any(member.gone for member in self.members)


def statuses(people: Iterable[int], *, day: date) -> dict[int, str]:
    """What each person was on the day: the newest step that held then. Who has none is left out."""
    steps = StatusStep.objects.filter(person_id__in=list(people), day__lte=day).order_by("day", "pk")
    return dict(steps.values_list("person_id", "status"))


def people_seen(mission: Mission, *, viewer: Viewer) -> QuerySet[Person]:
    """The travelling people of whom the viewer may know: of somebody with an institution its own, those of none, and
    those of institutions that share their roster with it."""
    people = mission.people.filter(function__in=TRAVELLING)
    institution = viewer.institutions.get(mission.pk)
    if institution is None:
        return people
    shared = mission.sharings.filter(reader_id=institution, subject=Subject.ROSTER).values("owner_id")
    return people.filter(Q(institution_id=institution) | Q(institution=None) | Q(institution_id__in=shared))


def teams_of(mission: Mission, *, day: date, viewer: Viewer) -> list[TeamRow]:
    """The teams that the viewer may see and that are not dissolved, by code."""
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_TEAMS, subject=Subject.ROSTER)
    ids = {} if seen.ids is None else {"pk__in": seen.ids}
    teams = mission.teams.filter(dissolved_at=None, **ids).select_related("institution", "area", "lock")
    return _rows(list(teams.order_by("code")), day, viewer)


def team_of(mission: Mission, pk: int, *, day: date, viewer: Viewer) -> TeamRow:
    """One team, dissolved or not. Raises `UnknownTeamError`."""
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_TEAMS, subject=Subject.ROSTER)
    team = mission.teams.filter(pk=pk).select_related("institution", "area", "lock").first()
    if team is None or (seen.ids is not None and team.pk not in seen.ids):
        raise UnknownTeamError(pk)
    return _rows([team], day, viewer)[0]


def history_of(team: Team, *, viewer: Viewer) -> list[tuple[Seat, str]]:
    """Everybody who was ever in the team, the newest first, each with what the person is called."""
    viewer.require(Action.SEE_TEAMS, team.mission_id)
    seats = list(team.seats.select_related("person").order_by("-since", "-pk"))
    names = called({seat.person for seat in seats}, viewer=viewer)
    return [(seat, names[seat.person_id]) for seat in seats]


def without_team(mission: Mission, *, day: date, viewer: Viewer) -> list[Member]:
    """Travelling people who are in no team, are not gone, and of whom the viewer may know; only for who sees the teams
    of the whole mission."""
    if viewer.require(Action.SEE_TEAMS, mission.pk) is not Scope.MISSION:
        return []
    people = list(people_seen(mission, viewer=viewer).exclude(seats__until=None, seats__isnull=False))
    members = _members([(person, None) for person in people], day, viewer)
    return [member for member in members if not member.gone]


def seated(mission: Mission, *, day: date, viewer: Viewer) -> list[Member]:
    """People who are in a team now, by code: whom a team can exchange somebody for."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    seats = Seat.objects.filter(team__mission=mission, until=None, person__in=people_seen(mission, viewer=viewer))
    found = [(seat.person, seat.since) for seat in seats.select_related("person").order_by("person__code")]
    return _members(found, day, viewer)


def kinds_of(mission: Mission, *, viewer: Viewer) -> dict[int, str]:
    """Team → what its people are. Teams without people are left out."""
    viewer.require(Action.SEE_TEAMS, mission.pk)
    seats = Seat.objects.filter(team__mission=mission, until=None)
    return dict(seats.order_by("person__code").values_list("team_id", "person__function"))


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two people kept apart, with what they are called."""

    row: Apart
    names: tuple[str, str]


def pairs_apart(mission: Mission, *, viewer: Viewer) -> list[Pair]:
    """Who must not travel together."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    seen = people_seen(mission, viewer=viewer)
    rows = list(Apart.objects.filter(first__in=seen, second__in=seen).select_related("first", "second").order_by("pk"))
    names = called({person for row in rows for person in (row.first, row.second)}, viewer=viewer)
    return [Pair(row=row, names=(names[row.first_id], names[row.second_id])) for row in rows]


def languages_asked(mission: Mission) -> dict[int, frozenset[str]]:
    """Area → the languages of which it asks one, its own and, where it has none, those of the area above it."""
    own: dict[int, set[str]] = {}
    for area_id, language in AreaLanguage.objects.filter(area__mission=mission).values_list("area_id", "language"):
        own.setdefault(area_id, set()).add(language)
    if not own:
        return {}
    areas = list(mission.areas.only("pk", "path", "parent_id").order_by("path"))
    asked: dict[int, frozenset[str]] = {}
    for area in areas:
        asked[area.pk] = frozenset(own.get(area.pk) or asked.get(area.parent_id or 0, frozenset()))
    return asked


def areas_to_choose(mission: Mission) -> list[Area]:
    """The areas that a team can be given: those of the first two levels, by path."""
    return [area for area in mission.areas.order_by("path", "code") if area.path.count("/") <= 2]


def institutions_to_choose(mission: Mission, *, viewer: Viewer) -> list[Institution]:
    """The institutions whose teams the viewer may arrange."""
    own = viewer.institutions.get(mission.pk)
    return list(mission.institutions.all() if own is None else mission.institutions.filter(pk=own))


def open_proposals(mission: Mission, *, viewer: Viewer) -> list[Proposal]:
    """Proposals that wait for a decision, the newest first."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    rows = mission.team_proposals.filter(accepted_at=None, discarded_at=None).order_by("-pk")
    return [row for row in rows[:20] if proposal_is_of(row, viewer)]


def proposal_of(mission: Mission, pk: int, *, viewer: Viewer) -> Proposal:
    """One proposal. Raises `UnknownProposalError`."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    row = mission.team_proposals.filter(pk=pk).first()
    if row is None or not proposal_is_of(row, viewer):
        raise UnknownProposalError(pk)
    return row


def proposal_is_of(proposal: Proposal, viewer: Viewer) -> bool:
    """Whether the proposal was made for what the viewer arranges: the mission, or one institution's own."""
    own: int | None = viewer.institutions.get(proposal.mission_id)
    return own is None or proposal.body.get("institution") == own


def _rows(teams: list[Team], day: date, viewer: Viewer) -> list[TeamRow]:
    seats = list(Seat.objects.filter(team__in=teams, until=None).select_related("person").order_by("person__code"))
    members = _members([(seat.person, seat.since) for seat in seats], day, viewer)
    of_team: dict[int, list[Member]] = {}
    for seat, member in zip(seats, members, strict=True):
        of_team.setdefault(seat.team_id, []).append(member)
    cars = Counter(team.car for team in teams if team.car)
    phones = Counter(team.phone for team in teams if team.phone)
    return [
        TeamRow(
            team=team,
            members=tuple(of_team.get(team.pk, ())),
            locked=hasattr(team, "lock"),
            same_car=cars[team.car] > 1,
            same_phone=phones[team.phone] > 1,
        )
        for team in teams
    ]


def _members(people: list[tuple[Person, date | None]], day: date, viewer: Viewer) -> list[Member]:
    names = called([person for person, _ in people], viewer=viewer)
    held = statuses([person.pk for person, _ in people], day=day)
    return [
        Member(person=person, name=names[person.pk], status=held.get(person.pk, ""), since=since)
        for person, since in people
    ]
