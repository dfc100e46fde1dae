"""How good a plan is, judged anew from its stops alone: it trusts no solver, and judges what a hand has changed."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

import numpy as np

from .routes import Lack, Quality, Route, Spread, Stop, StopRole, Unmet
from .timetable import Ground

OF_A_COUNT = (StopRole.COUNT, StopRole.ALL_DAY)
ROUNDING = 1
"""Minutes by which rounded times may seem to overlap."""


def quality(ground: Ground, routes: Mapping[str, Route]) -> Quality:
    """The quality of routes by team code; a team without a route has an empty one."""
    problem = ground.problem
    of_team = [routes.get(team.code, Route(())) for team in problem.teams]
    pairs = [pair for n, route in enumerate(of_team) for pair in _legs(ground, n, route)]
    roads = ground.roads
    centres = [n for n, station in enumerate(problem.stations) if station.centre]
    return Quality(
        teams=len(of_team),
        stops=sum(len(route.stops) for route in of_team),
        drive=sum(route.drive for route in of_team),
        visits=spread([len(route.stops) for route in of_team]),
        minutes=spread([route.drive for route in of_team]),
        unmet=tuple(unmet(ground, routes)),
        far_from_centre=tuple(_far(ground, of_team, centres)),
        centres=len(centres),
        by_area=sum(1 for a, b in pairs if not (roads.known[a] and roads.known[b])),
        legs=len(pairs),
    )


def spread(values: Sequence[int]) -> Spread:
    """Least, median, most, and standard deviation over mean in thousandths."""
    if not values:
        return Spread(least=0, median=0, most=0, variation=0)
    mean = sum(values) / len(values)
    deviation = (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5
    return Spread(
        least=min(values),
        median=round(median(values)),
        most=max(values),
        variation=round(1000 * deviation / mean) if mean else 0,
    )


def unmet(ground: Ground, routes: Mapping[str, Route]) -> Iterator[Unmet]:
    """Everything that the plan leaves unmet."""
    wanted = ground.problem.wanted
    for n, team in enumerate(ground.problem.teams):
        stops = routes.get(team.code, Route(())).stops
        all_day = any(stop.role is StopRole.ALL_DAY for stop in stops)
        roles = {stop.role for stop in stops}
        if wanted.opening and not all_day and StopRole.OPENING not in roles:
            yield Unmet(Lack.NO_OPENING, team.code)
        if wanted.count and not all_day and StopRole.COUNT not in roles:
            yield Unmet(Lack.NO_COUNT, team.code)
        if not all_day and len(stops) < min(wanted.least, wanted.visits):
            yield Unmet(Lack.FEW_VISITS, team.code)
        yield from _of_route(ground, n, routes.get(team.code, Route(())))
    if not wanted.shared:
        yield from _shared(ground, routes)


def _of_route(ground: Ground, n: int, route: Route) -> Iterator[Unmet]:
    problem = ground.problem
    team, wanted, left = problem.teams[n], problem.wanted, float(problem.teams[n].starts)
    for stop in route.stops:
        station = problem.stations[ground.place[stop.station]]
        if stop.arrive < left + stop.drive - ROUNDING - 1:
            yield Unmet(Lack.OVERLAP, team.code, stop.station)
        if stop.role in (StopRole.OPENING, StopRole.ALL_DAY) and stop.arrive > _opening(ground, stop) + ROUNDING:
            yield Unmet(Lack.LATE_OPENING, team.code, stop.station)
        if stop.role is StopRole.VOTING and (stop.arrive < station.opens - ROUNDING or stop.leave > station.closes + ROUNDING):  # fmt: skip  # noqa: E501
            yield Unmet(Lack.CLOSED, team.code, stop.station)
        if stop.role is StopRole.COUNT and stop.arrive > station.closes - wanted.count_before + ROUNDING:
            yield Unmet(Lack.LATE_COUNT, team.code, stop.station)
        if team.areas and not team.areas.intersection(station.at.path):
            yield Unmet(Lack.OUTSIDE, team.code, stop.station)
        left = stop.leave
    if route.stops and left + route.back > team.ends + ROUNDING:
        yield Unmet(Lack.LATE_RETURN, team.code, route.stops[-1].station)


def _opening(ground: Ground, stop: Stop) -> int:
    problem = ground.problem
    return problem.stations[ground.place[stop.station]].opens - problem.wanted.opening_before


def _shared(ground: Ground, routes: Mapping[str, Route]) -> Iterator[Unmet]:
    stops = [(team.code, stop.station) for team in ground.problem.teams for stop in routes.get(team.code, Route(())).stops]  # fmt: skip  # noqa: E501
    met = Counter(station for _, station in set(stops))
    for code, station in sorted(set(stops)):
        if met[station] > 1:
            yield Unmet(Lack.TWICE, code, station)


def _legs(ground: Ground, n: int, route: Route) -> list[tuple[int, int]]:
    places = [ground.base(n), *(ground.place[stop.station] for stop in route.stops), ground.base(n)]
    return list(itertools.pairwise(places)) if route.stops else []


def _far(ground: Ground, routes: Sequence[Route], centres: Sequence[int]) -> Iterator[str]:
    """Teams with a count, and no centre near it; without coordinates nothing can be said."""
    known = np.array([n for n in centres if ground.roads.known[n]], dtype=np.intp)
    if not len(known):
        return
    for team, route in zip(ground.problem.teams, routes, strict=True):
        for stop in route.stops:
            place = ground.place[stop.station]
            if stop.role in OF_A_COUNT and ground.roads.known[place]:
                away = ground.roads.minutes(np.array([place], dtype=np.intp), known)
                if float(away.min()) > ground.problem.wanted.centre_minutes:
                    yield team.code
