"""Assigning stops: who goes where on election day, for a seed always the same.

Teams whose areas have no station in common are planned apart. Where there are many more stations than visits, teams of
one area get a sector each, so that together they see the whole of it. See docs/rooms/assignments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from .route_quality import quality
from .route_search import Candidates, Search
from .routes import Plan, Problem, Route, StopRole, UnsolvableError
from .timetable import Ground, Order, timetable
from .travel import Indices, Minutes

LEAST_ROUNDS, MOST_ROUNDS, ALL_ROUNDS = 100, 1500, 6000
"""Rounds of the search for each team: the fewer teams, the more."""
MOST_CANDIDATES = 140
"""So many stations nearest to the middle of its sector are looked at for one team, where there are many more."""
NEAR_BASE = 50
SCARCE = 2.0
"""With fewer stations than this many for each visit, every station is looked at for every team."""
LARGE = 1500

Progress = Callable[[int, int], None]


def assign(
    problem: Problem,
    *,
    seed: int,
    rounds: int | None = None,
    progress: Progress | None = None,
    start: Plan | None = None,
) -> Plan:
    """Plan the day of every team. The same problem and seed give the same plan, on any machine of one architecture.

    `start` is a plan to begin from; what cannot be kept of it is left out. `progress` is told rounds done and in all.
    Raises `UnsolvableError`.
    """
    if not problem.teams:
        raise UnsolvableError("no-team")
    if all(station.centre for station in problem.stations):
        raise UnsolvableError("no-station")
    ground = Ground(problem)
    if rounds is None:
        rounds = max(LEAST_ROUNDS, min(MOST_ROUNDS, ALL_ROUNDS // len(problem.teams)))
    orders: dict[str, Order] = {}
    done, everything = 0, rounds * len(problem.teams)

    def told() -> None:
        nonlocal done
        done += 1
        if progress and (done % 100 == 0 or done == everything):
            progress(done, everything)

    to_centre = _to_centre(ground)
    for number, group in enumerate(_groups(ground)):
        search = _search(ground, group, to_centre, seed=seed * 1000 + number)
        _begin(search, ground, group, start)
        search.run(rounds * len(group), told)
        for n, day, candidates in zip(group, search.days, search.teams, strict=True):
            orders[problem.teams[n].code] = _order(candidates, day.opening, day.voting, day.count)
    routes = {team.code: timetable(ground, n, orders.get(team.code, ())) for n, team in enumerate(problem.teams)}
    if progress:
        progress(everything, everything)
    return Plan(routes=routes, quality=quality(ground, routes), seed=seed)


def repair(problem: Problem, plan: Plan, *, without: str, seed: int, more: int = 2) -> Plan:
    """The plan without a team that dropped out: everybody else keeps every stop, and its stops go to those who can
    take up to `more` visits beyond what was wanted. What nobody can take is left out."""
    left = replace(problem, teams=tuple(team for team in problem.teams if team.code != without))
    if not left.teams:
        raise UnsolvableError("no-team")
    orphaned = {stop.station for stop in plan.routes.get(without, Route(())).stops}
    ground = Ground(left)
    kept = [n for n, station in enumerate(left.stations) if station.key in orphaned]
    orders: dict[str, Order] = {}
    to_centre = _to_centre(ground)
    everybody = list(range(len(left.teams)))
    search = _search(ground, everybody, to_centre, seed=seed, only=kept, plan=plan)
    for n in everybody:
        for stop in plan.routes.get(left.teams[n].code, Route(())).stops:
            search.put(n, ground.place[stop.station], stop.role, fixed=True)
        search.caps[n] = len(search.days[n].stops()) + more
        if search.days[n].opening < 0:
            search.teams[n].may_open[:] = False
        if search.days[n].count < 0:
            search.teams[n].may_count[:] = False
    search.run(0, lambda: None)
    for n, day, candidates in zip(everybody, search.days, search.teams, strict=True):
        orders[left.teams[n].code] = _order(candidates, day.opening, day.voting, day.count)
    routes = {team.code: timetable(ground, n, orders[team.code]) for n, team in enumerate(left.teams)}
    return Plan(routes=routes, quality=quality(ground, routes), seed=seed)


def _order(candidates: Candidates, opening: int, voting: Sequence[int], count: int) -> Order:
    places = candidates.places.tolist()
    order = [(places[opening], StopRole.OPENING)] if opening >= 0 else []
    order += [(places[n], StopRole.VOTING) for n in voting]
    return order + ([(places[count], StopRole.COUNT)] if count >= 0 else [])


def _groups(ground: Ground) -> list[list[int]]:
    """Teams that share a station, directly or through others, stand in one group."""
    leader = list(range(len(ground.problem.teams)))

    def root(n: int) -> int:
        while leader[n] != n:
            n = leader[n]
        return n

    first: dict[int, int] = {}
    seen: dict[frozenset[str], int] = {}
    for n, team in enumerate(ground.problem.teams):
        if team.areas in seen:
            leader[root(n)] = root(seen[team.areas])
            continue
        seen[team.areas] = n
        for place in ground.within[n]:
            other = first.setdefault(place, n)
            leader[root(n)] = root(other)
    groups: dict[int, list[int]] = {}
    for n in range(len(leader)):
        groups.setdefault(root(n), []).append(n)
    return [groups[n] for n in sorted(groups)]


def _search(
    ground: Ground,
    group: Sequence[int],
    to_centre: Minutes,
    *,
    seed: int,
    only: Sequence[int] | None = None,
    plan: Plan | None = None,
) -> Search:
    problem = ground.problem
    pool = sorted({place for n in group for place in ground.within[n]}) if only is None else list(only)
    demand = problem.wanted.visits * len(group)
    scarce = only is not None or (len(pool) <= SCARCE * demand and len(pool) <= LARGE)
    looked = {} if scarce else _sectors(ground, group, seed)
    fixed = _fixed(ground, group, plan)
    teams: list[Candidates] = []
    shared: dict[bytes, Minutes] = {}
    for n in group:
        allowed = set(ground.within[n])
        voting, edges = looked.get(n) or ([place for place in pool if place in allowed], [])
        places = np.array(sorted({*voting, *edges, *fixed[n]}), dtype=np.intp)
        edges_only = np.array(sorted(set(edges) - set(voting) - fixed[n]), dtype=np.intp)
        between = shared.get(places.tobytes())
        made = Candidates(
            problem.teams[n],
            problem.stations,
            places=places,
            edges_only=edges_only,
            base=ground.base(n),
            roads=ground.roads,
            wanted=problem.wanted,
            to_centre=to_centre,
            between=between,
        )
        shared.setdefault(places.tobytes(), made.between)
        teams.append(made)
    return Search(teams, roads=ground.roads, n_stations=len(problem.stations), scarce=scarce, seed=seed)


def _fixed(ground: Ground, group: Sequence[int], plan: Plan | None) -> dict[int, set[int]]:
    """The places of each team's fixed stops, and of its stops in a plan that is kept."""
    codes = {ground.problem.teams[n].code: n for n in group}
    found: dict[int, set[int]] = {n: set() for n in group}
    for stop in ground.problem.fixed:
        if stop.team in codes:
            found[codes[stop.team]].add(ground.place[stop.station])
    for code, n in codes.items() if plan else ():
        found[n] |= {ground.place[stop.station] for stop in plan.routes.get(code, Route(())).stops}  # type: ignore[union-attr]
    return found


def _begin(search: Search, ground: Ground, group: Sequence[int], start: Plan | None) -> None:
    """Fixed stops, then those of the plan to begin from, as far as nobody has them."""
    for index, n in enumerate(group):
        code = ground.problem.teams[n].code
        for stop in ground.problem.fixed:
            if stop.team == code:
                search.put(index, ground.place[stop.station], stop.role, fixed=True)
        if search.days[index].voting:
            # However many visits are fixed, there is room for an opening and a count besides.
            wanted = ground.problem.wanted
            room = len(search.days[index].voting) + wanted.opening + wanted.count
            search.caps[index] = max(search.caps[index], room)
    for index, n in enumerate(group) if start else ():
        day, candidates = search.days[index], search.teams[index]
        for planned in start.routes.get(ground.problem.teams[n].code, Route(())).stops:  # type: ignore[union-attr]
            place = ground.place.get(planned.station, -1)
            there = {StopRole.OPENING: day.opening, StopRole.COUNT: day.count}.get(planned.role, -1)
            full = len(day.stops()) >= search.caps[index]
            if place in candidates.local and search.owner[place] < 0 and there < 0 and not full:
                search.put(index, place, planned.role)


def _to_centre(ground: Ground) -> Minutes:
    """For each station what its distance to the nearest tabulation centre adds to the cost of a count there: half the
    minutes, because the team follows the protocol there and part of that way leads back."""
    centres = np.array([n for n, station in enumerate(ground.problem.stations) if station.centre], dtype=np.intp)
    stations = np.arange(len(ground.problem.stations), dtype=np.intp)
    if not len(centres):
        return np.zeros(len(stations))
    away = np.full(len(stations), np.inf)
    for part in np.array_split(centres, max(1, len(centres) * len(stations) // 2_000_000)):
        away = np.minimum(away, ground.roads.minutes(stations[:, None], part[None, :]).min(axis=1))
    return np.asarray(away / 2)


def _sectors(ground: Ground, group: Sequence[int], seed: int) -> dict[int, tuple[list[int], list[int]]]:
    """For each team the stations that it may visit, and those near its base where it may open or count besides."""
    alike: dict[tuple[frozenset[str], tuple[float | None, float | None]], list[int]] = {}
    for n in group:
        base = ground.bases[n]
        alike.setdefault((ground.problem.teams[n].areas, (base.latitude, base.longitude)), []).append(n)
    found: dict[int, tuple[list[int], list[int]]] = {}
    for number, teams in enumerate(alike.values()):
        pool = np.array(ground.within[teams[0]], dtype=np.intp)
        if not len(pool):
            continue
        here = np.array([ground.base(teams[0])], dtype=np.intp)
        from_base = ground.roads.minutes(here, pool)
        nearest = np.argsort(from_base, kind="stable")
        near = pool[nearest[:NEAR_BASE]].tolist()
        reached = int((from_base <= ground.problem.wanted.reach_minutes).sum())
        least = 3 * ground.problem.wanted.visits * len(teams)
        pool = np.sort(pool[nearest[: min(max(reached, least), MOST_CANDIDATES * len(teams))]])
        for n, sector in zip(teams, _parts(ground, pool, len(teams), seed + number), strict=True):
            found[n] = (sector, near)
    return found


def _parts(ground: Ground, pool: Indices, many: int, seed: int) -> list[list[int]]:
    """The stations in as many parts as there are teams: around centres (k-means, Lloyd 1982, begun with k-means++) or,
    without coordinates, along the area structure."""
    roads = ground.roads
    if not roads.known[pool].all() or many == 1:
        if many == 1:
            return [pool.tolist()[:] if len(pool) <= MOST_CANDIDATES else _nearest(ground, pool, int(pool[len(pool) // 2]))]  # fmt: skip  # noqa: E501
        ordered = sorted(pool.tolist(), key=lambda n: (ground.problem.stations[n].at.path, n))
        return [part.tolist()[:MOST_CANDIDATES] for part in np.array_split(np.array(ordered), many)]
    across = roads.longitude[pool] * np.cos(np.median(roads.latitude[pool]))
    at = np.column_stack([roads.latitude[pool], across])
    middles = _spread_out(at, many, np.random.default_rng(seed))
    for _ in range(20):
        whose = ((at[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        for n in range(many):
            if (whose == n).any():
                middles[n] = at[whose == n].mean(axis=0)
    parts = []
    least = 3 * ground.problem.wanted.visits
    for n in range(many):
        away = ((at - middles[n]) ** 2).sum(axis=1) + np.where(whose == n, 0.0, 1e6)
        size = min(MOST_CANDIDATES, max(least, int((whose == n).sum())))
        parts.append(pool[np.argsort(away, kind="stable")[:size]].tolist())
    return parts


def _nearest(ground: Ground, pool: Indices, middle: int) -> list[int]:
    away = ground.roads.minutes(np.array([middle], dtype=np.intp), pool)
    return [int(n) for n in pool[np.argsort(away, kind="stable")[:MOST_CANDIDATES]]]


def _spread_out(at: Minutes, many: int, chance: np.random.Generator) -> Minutes:
    """Places to begin from, each drawn by the square of its distance to those before (k-means++, Arthur 2007)."""
    chosen = [int(chance.integers(len(at)))]
    while len(chosen) < many:
        away = ((at[:, None, :] - at[chosen][None, :, :]) ** 2).sum(axis=2).min(axis=1)
        total = float(away.sum())
        chosen.append(int(chance.choice(len(at), p=away / total)) if total > 0 else len(chosen) % len(at))
    return at[chosen].copy()
