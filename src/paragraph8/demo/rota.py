"""Who visits what and when: the simulated day of every team, in the local time of its unit.

A team watches one opening, about ten stations during voting, one count where its last visit ended, and two teams of
three follow the material to a territorial commission.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from .facts import Area
from .places import Station, Team, share_out

VOTING_STATIONS = 1308
"""Distinct stations that voting visits reach."""
REVISITED_ONCE, REVISITED_TWICE = 70, 11
"""Stations with two and with three voting reports: 81 of 1,308, like 66 of 1,068 in the file behind `dirt`."""
TABULATIONS = 90

_URBAN_PULL = 0.7
_FIRST_MINUTE, _LAST_MINUTE = 7 * 60 + 40, 19 * 60 + 15
_SHORT_VISITS = 24
"""Voting visits of less than a quarter of an hour."""


@dataclass(frozen=True)
class Visit:
    """One team at one place for one form; `arrived` and `left` carry the local offset of that day."""

    form: str
    station: str
    team: Team
    arrived: datetime
    left: datetime


def draw_visits(
    rng: Random, areas: Sequence[Area], stations: Sequence[Station], teams: Sequence[Team], day: date
) -> tuple[Visit, ...]:
    """All visits of the election day, team by team."""
    routes = _routes(rng, stations, teams)
    _revisit(rng, routes, teams)
    zones = {area.code: ZoneInfo(area.zone) for area in areas}
    visits: list[Visit] = []
    for team in teams:
        midnight = datetime(day.year, day.month, day.day, tzinfo=zones[team.area])
        visits += _day(rng, team, routes[team.code], midnight)
    visits += _tabulations(rng, stations, visits)
    return tuple(_shortened(rng, visits))


def _routes(rng: Random, stations: Sequence[Station], teams: Sequence[Team]) -> dict[str, list[str]]:
    """Distinct stations, shared out among the teams of a unit; towns are visited more often than villages."""
    crews: dict[str, list[Team]] = defaultdict(list)
    for team in teams:
        crews[team.area].append(team)
    sizes = share_out([len(crew) for crew in crews.values()], VOTING_STATIONS)
    routes: dict[str, list[str]] = {}
    for (area, crew), size in zip(crews.items(), sizes, strict=True):
        polling = [station for station in stations if station.area == area and station.registered is not None]
        pull = {s.key: max(rng.random(), rng.random() * _URBAN_PULL * s.urban) for s in polling}
        chosen = sorted(sorted(pull, key=lambda key: -pull[key])[:size])
        for team, n in zip(crew, share_out([1] * len(crew), len(chosen)), strict=True):
            routes[team.code], chosen = chosen[:n], chosen[n:]
            rng.shuffle(routes[team.code])
    return routes


def _revisit(rng: Random, routes: dict[str, list[str]], teams: Sequence[Team]) -> None:
    """Send somebody a second or third time to some stations: mostly another team, sometimes the same."""
    first = {key: team for team in teams for key in routes[team.code]}
    chosen = rng.sample(sorted(first), REVISITED_ONCE + REVISITED_TWICE)
    for station in [*chosen, *chosen[:REVISITED_TWICE]]:
        home = first[station]
        others = [team for team in teams if team.area == home.area and team != home]
        again = rng.choice(others) if rng.random() < 0.7 else home
        route = routes[again.code]
        route.insert(rng.randrange(1, len(route)), station)


def _day(rng: Random, team: Team, route: Sequence[str], midnight: datetime) -> list[Visit]:
    def visit(form: str, station: str, start: float, end: float) -> Visit:
        return Visit(form, station, team, _at(midnight, start), _at(midnight, end))

    visits = [visit("opening", route[0], rng.uniform(375, 395), rng.uniform(428, 446))]
    slot = (_LAST_MINUTE - _FIRST_MINUTE) / len(route)
    for n, station in enumerate(route):
        start = _FIRST_MINUTE + n * slot + rng.uniform(0, 6)
        visits.append(visit("voting", station, start, start + min(rng.uniform(31, 52), slot - 9)))
    visits.append(visit("counting", route[-1], rng.uniform(1172, 1185), rng.triangular(1310, 1500, 1370)))
    return visits


def _tabulations(rng: Random, stations: Sequence[Station], visits: Sequence[Visit]) -> list[Visit]:
    """Two teams of three go on to a territorial commission, each to one of its own."""
    crews: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.form == "counting":
            crews[visit.team.area].append(visit)
    sizes = share_out([len(crew) for crew in crews.values()], TABULATIONS)
    follow: list[Visit] = []
    for (area, crew), n in zip(crews.items(), sizes, strict=True):
        seats = [station.key for station in stations if station.area == area and station.kind == "commission"]
        early = sorted(crew, key=lambda visit: visit.left)[:n]
        for visit, seat in zip(early, rng.sample(seats, n), strict=True):
            arrived = visit.left + timedelta(minutes=rng.randint(18, 40))
            left = arrived + timedelta(minutes=rng.randint(45, 95))
            follow.append(Visit("tabulation", seat, visit.team, arrived, left))
    return follow


def _shortened(rng: Random, visits: Sequence[Visit]) -> list[Visit]:
    voting = [visit for visit in visits if visit.form == "voting"]
    short = {id(visit) for visit in rng.sample(voting, _SHORT_VISITS)}
    return [
        Visit(v.form, v.station, v.team, v.arrived, v.arrived + timedelta(minutes=rng.randint(7, 14)))
        if id(v) in short
        else v
        for v in visits
    ]


def _at(midnight: datetime, minute: float) -> datetime:
    return midnight + timedelta(minutes=round(minute))
