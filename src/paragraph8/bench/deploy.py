"""A draw, and a day for each team."""

from __future__ import annotations

from typing import Any

from .machine import Result, timed, with_machine


def deploy() -> Result:
    """A draw from a frame of 10,000 stations in 17 regions, and a whole day for each of 140 teams, on one core."""
    stations, teams, areas = 10_000, 140, 17
    from paragraph8.planning.routing import assign

    problem = _country(stations, teams, areas)
    drawing, drawn = timed(lambda: _drawn(problem, 500))
    seconds, plan = timed(lambda: assign(problem, seed=2019))
    square, square_plan = timed(lambda: assign(_square(), seed=2019))
    found = plan.quality
    return with_machine(
        {
            "bench": "deploy",
            "stations": stations,
            "teams": teams,
            "drawn": len(drawn),
            "draw_seconds": drawing,
            "draw_limit_seconds": 2.0,
            "stops": found.stops,
            "driving_minutes": found.drive,
            "driving_minutes_of_a_team": _spread(found.minutes),
            "visits_of_a_team": _spread(found.visits),
            "variation_of_visits": f"{found.visits.variation / 1000:.2f}",
            "variation_of_minutes": f"{found.minutes.variation / 1000:.2f}",
            "constraints_unmet": len(found.unmet),
            "counts_far_from_a_centre": len(found.far_from_centre),
            "square_seconds": square,
            "square_minutes": square_plan.quality.drive,
            "square_visited": f"{square_plan.quality.stops} of 120",
            "square_minutes_of_general_solvers": "1979 (PyVRP 0.14), 2030 (OR-tools 9.15), 117 of 120 visited",
            "seconds": seconds,
            "limit_seconds": 60.0,
        }
    )


def _spread(load: Any) -> str:
    return f"{load.least} to {load.most}, median {load.median}"


def _country(stations: int, teams: int, areas: int) -> Any:
    """A country of regions, each with towns, villages around them, a few stations that close early and one commission
    that tabulates; the teams of a region sleep in its middle."""
    import numpy as np

    from paragraph8.planning.routes import Problem, Station, Team, Wanted
    from paragraph8.planning.travel import Point

    chance = np.random.default_rng(2019)
    middles = np.column_stack([chance.uniform(43, 53, areas), chance.uniform(50, 85, areas)])

    def near(region: int, spread: float, *path: str) -> Point:
        north, east = middles[region] + chance.normal(0, spread, 2) * (1, 1.5)
        return Point(float(north), float(east), path)

    places = [
        Station(
            key=f"S{n}",
            at=near(n % areas, 0.1 if n % 5 < 2 else 0.7, f"A{n % areas}", f"A{n % areas}-{n // areas % 12}"),
            closes=14 * 60 if n % 50 == 0 else 20 * 60,
        )
        for n in range(stations)
    ]
    centres = [Station(key=f"C{n}", at=near(n, 0.02, f"A{n}"), centre=True) for n in range(areas)]
    crews = [
        Team(code=f"T{n}", base=near(n % areas, 0.0, f"A{n % areas}"), areas=frozenset({f"A{n % areas}"}))
        for n in range(teams)
    ]
    return Problem(teams=tuple(crews), stations=(*places, *centres), wanted=Wanted())


def _square() -> Any:
    """12 teams of one base, 120 stations in 80 × 80 km, half an hour each: the shape of the problem that two general
    solvers were tried on (their stations were others)."""
    import numpy as np

    from paragraph8.planning.routes import Problem, Station, Team, Wanted
    from paragraph8.planning.travel import Point

    chance = np.random.default_rng(1)
    north, east = 1 / 111.195, 1 / (111.195 * float(np.cos(np.radians(48))))
    return Problem(
        teams=tuple(Team(code=f"T{n}", base=Point(48 + 40 * north, 67 + 40 * east, ("A",))) for n in range(12)),
        stations=tuple(
            Station(key=f"S{n}", at=Point(48 + float(y) * north, 67 + float(x) * east, ("A",)))
            for n, (x, y) in enumerate(chance.uniform(0, 80, (120, 2)))
        ),
        wanted=Wanted(opening_before=0, opening_stays=0, count_before=0, count_stays=30, balance=0),
    )


def _drawn(problem: Any, n: int) -> tuple[str, ...]:
    """The codes that the sample room would draw: simple random in each region, shared out by its stations."""
    from paragraph8.statistics.sampling.design import Method, Request
    from paragraph8.statistics.sampling.drawing import draw
    from paragraph8.statistics.sampling.frame import Frame

    polling = [station for station in problem.stations if not station.centre]
    frame = Frame.of(
        stations=[station.key for station in polling],
        strata=[station.at.path[0] for station in polling],
    )
    return tuple(unit.station for unit in draw(frame, Request(method=Method.SIMPLE, n=n), seed=bytes(32)).drawn)
