"""The teams of a mission as the solver sees them, on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.canonical import digest
from paragraph8.missions.models import Mission, Team
from paragraph8.planning.travellers import Group, Traveller
from paragraph8.roster.models import Person

from .models import Apart, Seat
from .queries import TRAVELLING, is_gone, languages_asked, standings


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Teams, people who are there, and people without a team, by code.

    `arrived` are those whom the roster says to be in the country. `base` is the digest of all that a proposal rests on:
    who is where, who is there, what is locked, what is asked for.
    """

    day: date
    people: Mapping[str, Person]
    travellers: Mapping[str, Traveller]
    arrived: frozenset[str]
    groups: tuple[Group, ...]
    teams: Mapping[str, Team]
    spare: tuple[str, ...]
    gone: tuple[str, ...]
    apart: frozenset[frozenset[str]]
    base: str


def situation(mission: Mission, *, day: date, by: Viewer) -> Situation:
    """The situation on a day; of somebody with an institution, that of its own people and teams."""
    by.require(Action.MANAGE_TEAMS, mission.pk)
    own = by.institutions.get(mission.pk)
    mine = Q() if own is None else Q(institution_id=own) | Q(institution=None)
    everybody = {person.pk: person for person in mission.people.filter(mine).select_related("institution")}
    held = standings(mission, list(everybody.values()), day=day)
    people = {p.code: p for p in everybody.values() if p.function in TRAVELLING and not is_gone(p, held[p.pk])}
    travellers = {code: _traveller(person) for code, person in people.items()}
    teams = list(mission.teams.filter(mine, dissolved_at=None).select_related("area", "lock").order_by("code"))
    members: dict[int, list[str]] = {}
    for team_id, code in (
        Seat.objects.filter(team__in=teams, until=None).order_by("person__code").values_list("team_id", "person__code")
    ):
        members.setdefault(team_id, []).append(code)
    asked = languages_asked(mission)
    groups = tuple(_group(team, members.get(team.pk, []), asked) for team in teams)
    in_a_team = set(Seat.objects.filter(person__in=everybody, until=None).values_list("person__code", flat=True))
    apart = frozenset(
        frozenset(pair)
        for pair in Apart.objects.filter(first__mission=mission).values_list("first__code", "second__code")
    )
    return Situation(
        day=day,
        people=people,
        travellers=travellers,
        arrived=frozenset(code for code, person in people.items() if held[person.pk].present),
        groups=groups,
        teams={team.code: team for team in teams},
        spare=tuple(sorted(code for code in people if code not in in_a_team)),
        gone=tuple(sorted(code for group in groups for code in group.members if code not in people)),
        apart=apart,
        base=digest(
            {
                "teams": [[g.code, list(g.members), g.area, sorted(g.speaks), g.locked] for g in groups],
                "people": [_seen(traveller) for _, traveller in sorted(travellers.items())],
                "apart": sorted(sorted(pair) for pair in apart),
                "spare": sorted(code for code in people if code not in in_a_team),
            }
        ),
    )


def _traveller(person: Person) -> Traveller:
    return Traveller(
        code=person.code,
        kind=person.function,
        institution=person.institution.code if person.institution else "",
        country=person.country or person.citizenship,
        gender=person.gender,
        missions_before=person.missions_before,
        languages=frozenset(person.languages),
    )


def _group(team: Team, members: list[str], asked: Mapping[int, frozenset[str]]) -> Group:
    return Group(
        members=tuple(members),
        code=team.code,
        area=team.area.code if team.area else "",
        speaks=asked.get(team.area_id or 0, frozenset()),
        locked=hasattr(team, "lock"),
    )


def _seen(person: Traveller) -> list[object]:
    before = -1 if person.missions_before is None else person.missions_before
    return [
        person.code,
        person.kind,
        person.institution,
        person.country,
        person.gender,
        before,
        sorted(person.languages),
    ]
