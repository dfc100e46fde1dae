"""Reading teams: who is in which, since when, with which car and phone, and who has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.domain.missions import Subject
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Institution, Mission, Team
from paragraph8.missions.queries import teams_seen
from paragraph8.roster.models import Person
from paragraph8.roster.rows import steps_of
from paragraph8.statistics.roster import Standing, standing

from .models import Apart, AreaLanguage, Proposal, Seat
from .names import called

TRAVELLING = (Function.LTO, Function.STO, Function.PARLIAMENTARIAN)
"""Who travels in teams."""


class UnknownTeamError(LookupError):
    """No such team, as far as the viewer may know."""


class UnknownProposalError(LookupError):
    """No such proposal."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """Somebody in a team, or without one, as the roster has the person on a day. `until` is set for who leaves on a
    later day; `coming` is who comes on a later day."""

    person: Person
    name: str
    standing: Standing
    since: date | None = None
    until: date | None = None
    coming: bool = False

    @property
    def function(self) -> Text:
        """What the person does in the mission."""
        return FUNCTIONS[Function(self.person.function)]

    @property
    def gone(self) -> bool:
        """Whether the person is no longer part of the mission."""
        return is_gone(self.person, self.standing)


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


def standings(mission: Mission, people: Sequence[Person], *, day: date) -> dict[int, Standing]:
    """How each person stands on the day, by number, as the roster counts."""
    return {pk: standing(steps, day.isoformat()) for pk, steps in steps_of(mission, people).items()}


def is_gone(person: Person, held: Standing) -> bool:
    """Whether the person is no longer part of the mission, or the entry was joined with another one."""
    return held.ended is not None or person.merged_into_id is not None


def travelling(mission: Mission, *, viewer: Viewer) -> QuerySet[Person]:
    """The travelling people of whom the viewer may know: of somebody with an institution its own, those of none, and
    those of institutions that share their roster with it."""
    people = mission.people.filter(function__in=TRAVELLING, merged_into=None)
    institution = viewer.institutions.get(mission.pk)
    if institution is None:
        return people
    shared = mission.sharings.filter(reader_id=institution, subject=Subject.ROSTER).values("owner_id")
    return people.filter(
        Q(institution_id=institution) | Q(also_id=institution) | Q(institution=None) | Q(institution_id__in=shared)
    )


def teams_of(mission: Mission, *, day: date, viewer: Viewer) -> list[TeamRow]:
    """The teams that the viewer may see and that are not dissolved, by code."""
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_TEAMS, subject=Subject.ROSTER)
    ids = {} if seen.ids is None else {"pk__in": seen.ids}
    teams = mission.teams.filter(dissolved_at=None, **ids).select_related("institution", "area", "lock")
    return _rows(mission, list(teams.order_by("code")), day, viewer)


def team_of(mission: Mission, pk: int, *, day: date, viewer: Viewer) -> TeamRow:
    """One team, dissolved or not. Raises `UnknownTeamError`."""
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_TEAMS, subject=Subject.ROSTER)
    team = mission.teams.filter(pk=pk).select_related("institution", "area", "lock").first()
    if team is None or (seen.ids is not None and team.pk not in seen.ids):
        raise UnknownTeamError(pk)
    return _rows(mission, [team], day, viewer)[0]


def history_of(team: Team, *, viewer: Viewer) -> list[tuple[Seat, str]]:
    """Everybody who was ever in the team, the newest first, each with what the person is called."""
    viewer.require(Action.SEE_TEAMS, team.mission_id)
    seats = list(team.seats.select_related("person").order_by("-since", "-pk"))
    names = called([seat.person for seat in seats], team.mission, viewer=viewer)
    return [(seat, names[seat.person_id]) for seat in seats]


def without_team(mission: Mission, *, day: date, viewer: Viewer) -> list[Member]:
    """Travelling people who are in no team, are not gone, and of whom the viewer may know; only for who sees the teams
    of the whole mission."""
    if viewer.require(Action.SEE_TEAMS, mission.pk) is not Scope.MISSION:
        return []
    people = list(travelling(mission, viewer=viewer).exclude(seats__until=None, seats__isnull=False))
    members = _members(mission, [(person, None) for person in people], day, viewer)
    return [member for member in members if not member.gone]


def seated(mission: Mission, *, day: date, viewer: Viewer) -> list[Member]:
    """People who are in a team now, by code: whom a team can exchange somebody for."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    seats = Seat.objects.filter(team__mission=mission, until=None, person__in=travelling(mission, viewer=viewer))
    found: list[tuple[Person, date | None]] = [
        (seat.person, seat.since) for seat in seats.select_related("person").order_by("person__code")
    ]
    return _members(mission, found, day, viewer)


def everybody(mission: Mission, *, day: date, viewer: Viewer) -> list[Member]:
    """All travelling people who are not gone and whom the viewer may arrange with, in a team or not, by code."""
    viewer.require(Action.MANAGE_TEAMS, mission.pk)
    people = travelling(mission, viewer=viewer).order_by("code")
    return [m for m in _members(mission, [(person, None) for person in people], day, viewer) if not m.gone]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The teams at a glance. `spare` are people without one; `wounded` counts teams that lost somebody."""

    teams: tuple[TeamRow, ...]
    spare: tuple[Member, ...]

    @property
    def wounded(self) -> int:
        """How many teams have lost somebody."""
        return sum(row.wounded for row in self.teams)

    @property
    def unequipped(self) -> int:
        """How many teams have no car or no telephone."""
        return sum(not (row.team.car and row.team.phone) for row in self.teams)


def overview(mission: Mission, *, day: date, viewer: Viewer) -> Overview:
    """What the page of the room shows."""
    return Overview(
        teams=tuple(teams_of(mission, day=day, viewer=viewer)),
        spare=tuple(without_team(mission, day=day, viewer=viewer)),
    )


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
    seen = travelling(mission, viewer=viewer)
    rows = list(Apart.objects.filter(first__in=seen, second__in=seen).select_related("first", "second").order_by("pk"))
    names = called([person for row in rows for person in (row.first, row.second)], mission, viewer=viewer)
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


def _rows(mission: Mission, teams: list[Team], day: date, viewer: Viewer) -> list[TeamRow]:
    here = Q(until=None) | Q(until__gt=day)
    seats = list(Seat.objects.filter(here, team__in=teams).select_related("person").order_by("person__code", "pk"))
    members = _members(mission, [(seat.person, seat.since) for seat in seats], day, viewer)
    of_team: dict[int, list[Member]] = {}
    for seat, member in zip(seats, members, strict=True):
        dated = replace(member, until=seat.until, coming=seat.since > day)
        of_team.setdefault(seat.team_id, []).append(dated)
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


def _members(mission: Mission, people: list[tuple[Person, date | None]], day: date, viewer: Viewer) -> list[Member]:
    everybody = [person for person, _ in people]
    names = called(everybody, mission, viewer=viewer)
    held = standings(mission, everybody, day=day)
    return [
        Member(person=person, name=names[person.pk], standing=held[person.pk], since=since) for person, since in people
    ]
