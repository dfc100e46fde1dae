"""A day of observation as a problem and as a plan: teams, stations, what each team is to do, and who stops where when.

Minutes are counted from local midnight of election day and may run past 1,440. Who solves it is `planning.routing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .travel import Point, Travel


class StopRole(StrEnum):
    """What a team does at a stop."""

    OPENING = "opening"
    VOTING = "voting"
    COUNT = "count"
    ALL_DAY = "all-day"
    """One observer at one station from before the opening until the count is over."""


@dataclass(frozen=True, kw_only=True)
class Station:
    """A place that can be visited. `centre`: the seat of a commission that tabulates; nobody observes voting there.

    `weight` is how much it is wanted: a station of weight 1 is worth a detour of `Wanted.detour_minutes`.
    """

    key: str
    at: Point
    opens: int = 7 * 60
    closes: int = 20 * 60
    weight: float = 0.0
    centre: bool = False


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team: where it sleeps, in which areas it works (codes of any level; empty means everywhere), from when to when.

    `base` without coordinates stands in the middle of its stations that have some.
    """

    code: str
    base: Point = field(default_factory=Point)
    areas: frozenset[str] = frozenset()
    starts: int = 5 * 60 + 30
    ends: int = 27 * 60


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What each team is to do. `visits` counts opening and count too; with fewer than `least` something is missing."""

    opening: bool = True
    count: bool = True
    visits: int = 10
    least: int = 8
    visit_minutes: int = 30
    opening_before: int = 30
    opening_stays: int = 30
    count_before: int = 30
    count_stays: int = 150
    centre_minutes: int = 30
    """A count further than this from every tabulation centre is named in the quality."""
    reach_minutes: int = 150
    """Stations further than this from the base are looked at only where there are few others."""
    detour_minutes: float = 20.0
    balance: float = 0.2
    """How much an uneven load costs: 0 nothing."""
    shared: bool = False
    """Whether two teams may stop at one station."""


@dataclass(frozen=True)
class Fixed:
    """A stop that stays where it is: the team, the station, the role."""

    team: str
    station: str
    role: StopRole


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything that a plan rests on."""

    teams: tuple[Team, ...]
    stations: tuple[Station, ...]
    travel: Travel = field(default_factory=Travel)
    wanted: Wanted = field(default_factory=Wanted)
    fixed: tuple[Fixed, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no plan can be made of."""
        for what, names in (("team", [t.code for t in self.teams]), ("station", [s.key for s in self.stations])):
            if len(set(names)) != len(names):
                raise ValueError(f"a {what} is named twice")
        known = ({team.code for team in self.teams}, {station.key for station in self.stations})
        for stop in self.fixed:
            if stop.team not in known[0] or stop.station not in known[1]:
                raise ValueError(f"fixed stop {stop.station} of {stop.team}: no such team or station")


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One stop of a plan. `drive` is the minutes on the road to it."""

    station: str
    role: StopRole
    arrive: int
    leave: int
    drive: int


@dataclass(frozen=True)
class Route:
    """One team's day. `back` is the minutes from the last stop to the base."""

    stops: tuple[Stop, ...]
    back: int = 0

    @property
    def drive(self) -> int:
        """Minutes on the road in all."""
        return sum(stop.drive for stop in self.stops) + self.back


class Lack(StrEnum):
    """What a plan leaves unmet."""

    NO_OPENING = "no-opening"
    NO_COUNT = "no-count"
    FEW_VISITS = "few-visits"
    LATE_OPENING = "late-opening"
    CLOSED = "closed"
    """The station is closed during the visit, or closes before it is over."""
    LATE_COUNT = "late-count"
    LATE_RETURN = "late-return"
    OUTSIDE = "outside"
    """The station lies outside the team's areas."""
    TWICE = "twice"
    """Two teams stop at one station."""
    OVERLAP = "overlap"
    """The team cannot be there in time after the stop before."""


@dataclass(frozen=True)
class Unmet:
    """One thing that a plan leaves unmet, with the team and the station it concerns."""

    lack: Lack
    team: str
    station: str = ""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Least, middle and most over the teams, and the coefficient of variation in thousandths (0: all alike)."""

    least: int
    median: int
    most: int
    variation: int


@dataclass(frozen=True, kw_only=True)
class Quality:
    """How good a plan is, and on what it rests."""

    teams: int
    stops: int
    drive: int
    visits: Spread
    minutes: Spread
    unmet: tuple[Unmet, ...]
    far_from_centre: tuple[str, ...]
    """Teams whose count is far from every tabulation centre, as far as coordinates are known."""
    centres: int
    by_area: int
    """Legs whose time was taken from the area structure, because a coordinate is missing."""
    legs: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Routes by team code, and their quality."""

    routes: Mapping[str, Route]
    quality: Quality
    seed: int


class UnsolvableError(ValueError):
    """There is nothing to plan with: no team or no station. `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
