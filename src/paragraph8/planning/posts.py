"""One observer, one station, all day: whom to send where, so that the roads are short."""

from __future__ import annotations

import numpy as np

from .route_quality import quality
from .routes import Plan, Problem, StopRole, UnsolvableError
from .timetable import Ground, timetable
from .travel import Indices, Minutes

FAR = 1e9
MOST_PASSES = 6


def post(problem: Problem) -> Plan:
    """Give every team one station of its areas, by the shortest roads first, then exchanging between two teams while
    that shortens them. There is no chance in it. With fewer stations than teams some teams get none.

    Raises `UnsolvableError`.
    """
    if not problem.teams:
        raise UnsolvableError("no-team")
    if all(station.centre for station in problem.stations):
        raise UnsolvableError("no-station")
    ground = Ground(problem)
    minutes = _minutes(ground)
    given = np.full(len(problem.teams), -1, dtype=np.intp)
    names = {team.code: n for n, team in enumerate(problem.teams)}
    free = minutes.copy()
    for stop in problem.fixed:
        given[names[stop.team]] = ground.place[stop.station]
        free[names[stop.team], :] = FAR
        free[:, ground.place[stop.station]] = FAR
    kept = given >= 0
    _shortest_first(free, given)
    _exchange(minutes, given, kept)
    routes = {
        team.code: timetable(ground, n, [(int(given[n]), StopRole.ALL_DAY)] if given[n] >= 0 else [])
        for n, team in enumerate(problem.teams)
    }
    return Plan(routes=routes, quality=quality(ground, routes), seed=0)


def _minutes(ground: Ground) -> Minutes:
    """Minutes from each team's base to each station that it may have; `FAR` for the others."""
    found = np.full((len(ground.problem.teams), len(ground.problem.stations)), FAR)
    for n, places in enumerate(ground.within):
        if places:
            there = np.array(places, dtype=np.intp)
            found[n, there] = ground.roads.minutes(np.array([ground.base(n)], dtype=np.intp), there)
    return found


def _shortest_first(free: Minutes, given: Indices) -> None:
    """Teams that have the fewest stations to choose from come first, so that none is left over without need."""
    choices = (free < FAR).sum(axis=1)
    for n in np.argsort(choices, kind="stable").tolist():
        if given[n] < 0 and choices[n]:
            place = int(free[n].argmin())
            if free[n, place] < FAR:
                given[n] = place
                free[:, place] = FAR


def _exchange(minutes: Minutes, given: Indices, kept: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> None:
    movable = [n for n in range(len(given)) if given[n] >= 0 and not kept[n]]
    for _ in range(MOST_PASSES):
        changed = False
        for n in movable:
            others = np.array(movable, dtype=np.intp)
            mine, theirs = given[n], given[others]
            gain = minutes[n, mine] + minutes[others, theirs] - minutes[n, theirs] - minutes[others, mine]
            best = int(gain.argmax())
            if gain[best] > 1e-6:
                other = int(others[best])
                given[n], given[other] = given[other], given[n]
                changed = True
        if not changed:
            return
