"""From an order of stops to arrival and leaving times, whether or not the day can be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .routes import Problem, Route, Station, Stop, StopRole, Team
from .travel import Point, Roads

Order = Sequence[tuple[int, StopRole]]
"""Stations by their place in the problem, with what is done there."""


@dataclass(frozen=True)
class Ground:
    """A problem with its roads: stations by their place in it, and behind them one point for each team's base."""

    problem: Problem

    @cached_property
    def bases(self) -> list[Point]:
        """Where each team sleeps; without coordinates of its own, in the middle of its stations that have some."""
        return [
            team.base if team.base.known else _middle(team, self.within[n], self.problem.stations)
            for n, team in enumerate(self.problem.teams)
        ]

    @cached_property
    def roads(self) -> Roads:
        """Travel between all points."""
        points = [station.at for station in self.problem.stations] + self.bases
        names = [station.key for station in self.problem.stations] + [""] * len(self.bases)
        return Roads(points, self.problem.travel, names)

    @cached_property
    def place(self) -> dict[str, int]:
        """Stations' places by key."""
        return {station.key: n for n, station in enumerate(self.problem.stations)}

    @cached_property
    def within(self) -> list[list[int]]:
        """For each team the stations of its areas, tabulation centres left out."""
        by_areas: dict[frozenset[str], list[int]] = {}
        for team in self.problem.teams:
            if team.areas not in by_areas:
                by_areas[team.areas] = [
                    n
                    for n, station in enumerate(self.problem.stations)
                    if not station.centre and (not team.areas or team.areas.intersection(station.at.path))
                ]
        return [by_areas[team.areas] for team in self.problem.teams]

    def base(self, team: int) -> int:
        """The point where the team sleeps."""
        return len(self.problem.stations) + team


def timetable(ground: Ground, team: int, order: Order) -> Route:
    """Times for the stops in this order. What idle time there is lies evenly between the visits: each starts between
    its earliest and its latest moment, later by the same share as it stands further on in the day."""
    problem = ground.problem
    points = np.array([ground.base(team), *(place for place, _ in order), ground.base(team)], dtype=np.intp)
    legs = ground.roads.minutes(points[:-1], points[1:])
    earliest = _earliest(problem, problem.teams[team], order, legs.tolist())
    latest = _latest(problem, problem.teams[team], order, legs.tolist())
    free = [n for n, (_, role) in enumerate(order) if role is StopRole.VOTING]
    stops: list[Stop] = []
    left = float(problem.teams[team].starts)
    for n, (place, role) in enumerate(order):
        station, leg = problem.stations[place], float(legs[n])
        begin = max(earliest[n], left + leg)
        if role is StopRole.VOTING and latest[n] > earliest[n]:
            begin = max(begin, earliest[n] + (latest[n] - earliest[n]) * free.index(n) / len(free))
        arrive, left = _span(problem, station, role, begin)
        stops.append(Stop(station=station.key, role=role, arrive=round(arrive), leave=round(left), drive=round(leg)))
    return Route(tuple(stops), round(float(legs[-1])) if order else 0)


def _earliest(problem: Problem, team: Team, order: Order, legs: Sequence[float]) -> list[float]:
    """The earliest arrival at each stop; at an opening not earlier than needed."""
    arrivals, left = [], float(team.starts)
    for (place, role), leg in zip(order, legs, strict=False):
        station = problem.stations[place]
        arrive = left + leg
        if role in (StopRole.OPENING, StopRole.ALL_DAY):
            arrive = max(arrive, station.opens - problem.wanted.opening_before)
        elif role is StopRole.VOTING:
            arrive = max(arrive, station.opens)
        arrivals.append(arrive)
        left = _span(problem, station, role, arrive)[1]
    return arrivals


def _latest(problem: Problem, team: Team, order: Order, legs: Sequence[float]) -> list[float]:
    """The latest arrival at each stop that keeps everything after it."""
    moments: list[float] = []
    following = float(team.ends)
    for n in range(len(order) - 1, -1, -1):
        place, role = order[n]
        station, wanted = problem.stations[place], problem.wanted
        if role is StopRole.VOTING:
            following = min(following - legs[n + 1], station.closes) - wanted.visit_minutes
        elif role is StopRole.COUNT:
            following = float(station.closes - wanted.count_before)
        else:
            following = float(station.opens - wanted.opening_before)
        moments.append(following)
    return moments[::-1]


def _span(problem: Problem, station: Station, role: StopRole, arrive: float) -> tuple[float, float]:
    """From when to when a team is there."""
    wanted = problem.wanted
    match role:
        case StopRole.OPENING:
            return arrive, max(arrive, station.opens) + wanted.opening_stays
        case StopRole.VOTING:
            return arrive, max(arrive, station.opens) + wanted.visit_minutes
        case _:
            return arrive, max(arrive, station.closes) + wanted.count_stays


def _middle(team: Team, places: Sequence[int], stations: Sequence[Station]) -> Point:
    known = [stations[n].at for n in places if stations[n].at.known]
    path = team.base.path or (stations[places[0]].at.path[:1] if places and team.areas else ())
    if not known:
        return Point(path=path)
    return Point(float(np.median([p.latitude for p in known])), float(np.median([p.longitude for p in known])), path)
