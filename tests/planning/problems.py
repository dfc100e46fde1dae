"""Problems to plan: a plain without hills, and a large country."""

from __future__ import annotations

from typing import Any

import numpy as np

from paragraph8.planning.routes import Problem, Station, Team, Wanted
from paragraph8.planning.travel import Point

KILOMETRES_A_DEGREE = 111.195
MIDDLE = 48.0


def at(x: float, y: float, *path: str) -> Point:
    """A place so many kilometres east and north of 48° N, 67° E."""
    across = KILOMETRES_A_DEGREE * np.cos(np.radians(MIDDLE))
    return Point(MIDDLE + y / KILOMETRES_A_DEGREE, 67 + x / across, path or ("A",))


def plain(*, stations: int = 120, teams: int = 12, side: float = 80, seed: int = 1, **wanted: Any) -> Problem:
    """Teams of one base in the middle of a square, and stations drawn evenly over it: the shape of the routing test
    that two general solvers were tried on."""
    chance = np.random.default_rng(seed)
    usual = {"opening_before": 0, "opening_stays": 0, "count_before": 0, "count_stays": 30, "balance": 0.0}
    return Problem(
        teams=tuple(Team(code=f"T{n:02d}", base=at(side / 2, side / 2)) for n in range(teams)),
        stations=tuple(Station(key=f"S{n:03d}", at=at(*chance.uniform(0, side, 2))) for n in range(stations)),
        wanted=Wanted(**{**usual, **wanted}),
    )
