"""Who goes where: every team gets its opening, its count and its visits, in time, and the roads are short."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paragraph8.planning.posts import post
from paragraph8.planning.route_quality import quality, spread
from paragraph8.planning.routes import (
    Fixed,
    Lack,
    Plan,
    Problem,
    Route,
    Station,
    Stop,
    StopRole,
    Team,
    UnsolvableError,
    Wanted,
)
from paragraph8.planning.routing import assign, repair
from paragraph8.planning.timetable import Ground, timetable
from paragraph8.planning.travel import Point, Roads, Travel

from .problems import at, plain

OR_TOOLS, PYVRP = 2030, 1979
"""Minutes that two general solvers drove for a plain of this shape with other stations, at 117 of 120 of them."""


def stops(plan: Plan) -> list[tuple[str, str]]:
    return [(code, stop.station) for code, route in plan.routes.items() for stop in route.stops]


# The plan as a whole


def test_the_plain_is_covered_in_about_the_minutes_of_a_general_solver(capsys: pytest.CaptureFixture[str]) -> None:
    found = assign(plain(), seed=1).quality
    with capsys.disabled():
        print(f"\n  {found.drive} minutes, {found.stops}/120 stations; OR-tools {OR_TOOLS}, PyVRP {PYVRP} (117/120)")
    assert found.stops == 120
    assert found.unmet == ()
    assert found.drive <= 1.1 * PYVRP


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    problem = plain(stations=60, teams=5, visits=8)
    once, twice, other = (assign(problem, seed=seed, rounds=40) for seed in (7, 7, 8))
    assert once == twice
    assert once.routes != other.routes


def test_more_rounds_never_make_the_plan_much_longer() -> None:
    problem = plain(stations=60, teams=6)
    short, long = (assign(problem, seed=3, rounds=rounds).quality.drive for rounds in (1, 300))
    assert long <= short


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    stations=st.integers(1, 60),
    teams=st.integers(1, 6),
    visits=st.integers(1, 9),
    side=st.sampled_from([5.0, 60.0, 400.0]),
    edges=st.tuples(st.booleans(), st.booleans()),
)
def test_whatever_is_planned_can_be_driven(
    seed: int, stations: int, teams: int, visits: int, side: float, edges: tuple[bool, bool]
) -> None:
    """Nobody is anywhere too early, too late, twice, or without the minutes on the road; what could not be planned is
    left out, never squeezed in."""
    problem = plain(
        stations=stations, teams=teams, side=side, seed=seed, visits=visits, least=1, opening=edges[0], count=edges[1]
    )
    plan = assign(problem, seed=seed, rounds=10)
    assert len(set(stops(plan))) == len({station for _, station in stops(plan)})
    allowed = {Lack.NO_OPENING, Lack.NO_COUNT, Lack.FEW_VISITS}
    assert {lack.lack for lack in plan.quality.unmet} <= allowed
    for route in plan.routes.values():
        assert len(route.stops) <= max(visits, sum(edges))
        roles = [stop.role for stop in route.stops]
        assert roles.count(StopRole.OPENING) <= 1 >= roles.count(StopRole.COUNT)
        for before, after in itertools.pairwise(route.stops):
            assert after.arrive >= before.leave + after.drive - 2


@pytest.mark.parametrize("seed", range(6))
def test_a_small_day_is_as_short_as_trying_every_day(seed: int) -> None:
    """One team, five stations, all of them to be visited: every order with every opening and count is tried."""
    problem = plain(stations=5, teams=1, side=60, seed=seed, visits=5)
    ground = Ground(problem)
    best = min(
        timetable(
            ground,
            0,
            [
                (n, StopRole.OPENING if place == 0 else StopRole.COUNT if place == 4 else StopRole.VOTING)
                for place, n in enumerate(order)
            ],
        ).drive
        for order in itertools.permutations(range(5))
    )
    assert assign(problem, seed=1).quality.drive <= best + 3


@pytest.mark.parametrize("seed", range(4))
def test_two_teams_share_six_stations_as_well_as_trying_every_division(seed: int) -> None:
    problem = plain(stations=6, teams=2, side=60, seed=seed, visits=3)
    ground = Ground(problem)
    roles = (StopRole.OPENING, StopRole.VOTING, StopRole.COUNT)
    best = min(
        sum(
            timetable(ground, team, list(zip(order[team * 3 : team * 3 + 3], roles, strict=True))).drive
            for team in (0, 1)
        )
        for order in itertools.permutations(range(6))
    )
    assert assign(problem, seed=1).quality.drive <= best * 1.02 + 3


# Hours, areas, load


def test_a_team_is_at_its_opening_before_the_polls_open_and_at_its_count_before_they_close() -> None:
    problem = plain(stations=60, teams=5, opening_before=30, opening_stays=20, count_before=30, count_stays=120)
    for route in assign(problem, seed=2, rounds=30).routes.values():
        first, last = route.stops[0], route.stops[-1]
        assert (first.role, last.role) == (StopRole.OPENING, StopRole.COUNT)
        assert first.arrive <= 7 * 60 - 30 < first.leave == 7 * 60 + 20
        assert last.arrive <= 20 * 60 - 30 < last.leave == 22 * 60


def test_a_station_that_closes_early_is_visited_early() -> None:
    base = plain(stations=30, teams=3, visits=10)
    early = tuple(
        replace(station, closes=9 * 60, opens=8 * 60) if n % 5 == 0 else station
        for n, station in enumerate(base.stations)
    )
    plan = assign(replace(base, stations=early), seed=1, rounds=50)
    hours = {station.key: station for station in early}
    visits = [stop for route in plan.routes.values() for stop in route.stops if stop.role is StopRole.VOTING]
    assert any(hours[stop.station].closes == 9 * 60 for stop in visits)
    for stop in visits:
        assert hours[stop.station].opens <= stop.arrive
        assert stop.leave <= hours[stop.station].closes


def test_teams_stay_in_their_areas() -> None:
    chance = np.random.default_rng(4)
    stations = tuple(
        Station(key=f"{area}{n}", at=at(*chance.uniform(0, 50, 2), area, f"{area}-{n % 3}"))
        for area in "AB"
        for n in range(30)
    )
    teams = (
        Team(code="north", areas=frozenset({"A"})),
        Team(code="south", areas=frozenset({"B"})),
        Team(code="district", areas=frozenset({"A-1"})),
        Team(code="anywhere"),
    )
    plan = assign(Problem(teams=teams, stations=stations, wanted=Wanted(visits=6, least=4)), seed=1, rounds=40)
    paths = {station.key: station.at.path for station in stations}
    assert plan.quality.unmet == ()
    for code, area in (("north", "A"), ("south", "B"), ("district", "A-1")):
        assert all(area in paths[stop.station] for stop in plan.routes[code].stops)


def test_two_teams_meet_at_no_station_unless_that_is_asked_for() -> None:
    few = plain(stations=4, teams=3, visits=2, least=2)
    apart = assign(few, seed=1, rounds=20)
    assert len({station for _, station in stops(apart)}) == len(stops(apart)) == 4
    together = assign(replace(few, wanted=replace(few.wanted, shared=True)), seed=1, rounds=20)
    assert together.quality.unmet == ()
    assert len(stops(together)) == 6


def test_an_even_load_costs_minutes_and_is_evener() -> None:
    uneven = assign(plain(balance=0.0), seed=1, rounds=100).quality
    even = assign(plain(balance=1.0), seed=1, rounds=100).quality
    assert even.minutes.variation < 0.7 * uneven.minutes.variation
    assert uneven.drive <= even.drive <= 1.15 * uneven.drive
    assert even.visits.variation == 0


def test_a_station_that_is_wanted_more_is_worth_a_detour() -> None:
    base = plain(stations=200, teams=2, visits=5, seed=9)
    far = max(base.stations, key=lambda s: abs((s.at.latitude or 0) - 48.36) + abs((s.at.longitude or 0) - 67.54))
    wanted = tuple(replace(s, weight=10.0) if s.key == far.key else s for s in base.stations)
    plain_plan, with_it = assign(base, seed=1), assign(replace(base, stations=wanted), seed=1)
    assert far.key not in {station for _, station in stops(plain_plan)}
    assert far.key in {station for _, station in stops(with_it)}


# Without coordinates, with a table of times


def test_without_coordinates_areas_stand_for_distances_and_the_quality_says_so() -> None:
    stations = tuple(Station(key=f"S{n}", at=Point(path=(f"A{n % 3}", f"A{n % 3}-{n % 6}"))) for n in range(60))
    teams = tuple(Team(code=f"T{n}", areas=frozenset({f"A{n}"})) for n in range(3))
    plan = assign(Problem(teams=teams, stations=stations, wanted=Wanted(visits=6, least=4)), seed=1, rounds=50)
    assert plan.quality.unmet == ()
    assert plan.quality.by_area == plan.quality.legs > 0
    paths = {station.key: station.at.path for station in stations}
    for route in plan.routes.values():
        assert len({paths[stop.station] for stop in route.stops}) == 1


def test_places_are_the_nearer_the_deeper_the_area_that_they_share() -> None:
    points = [Point(path=path) for path in (("A", "B", "C"), ("A", "B", "C"), ("A", "B", "D"), ("A", "E", "F"), ("G",))]
    here = np.zeros(4, dtype=np.intp)
    minutes = Roads(points, Travel()).minutes(here, np.arange(1, 5))
    assert minutes.tolist() == [15, 37.5, 60, 240]


def test_a_kilometre_takes_as_long_as_speed_and_detour_say() -> None:
    roads = Roads([at(0, 0), at(0, 50)], Travel(speed=50, detour=1.3))
    assert float(roads.minutes(np.array([0]), np.array([1]))[0]) == pytest.approx(78, rel=0.001)


def test_a_supplied_time_goes_before_distance_and_the_more_exact_name_before_the_other() -> None:
    points = [at(0, 0, "A"), at(0, 50, "B"), at(10, 50, "B")]
    table = {("S0", "S1"): 5.0, ("A", "B"): 99.0, ("S2", "S0"): 7.0}
    roads = Roads(points, Travel(table=table), ["S0", "S1", "S2"])
    here, there = np.array([0, 1, 0, 2]), np.array([1, 0, 2, 0])
    assert roads.minutes(here, there).tolist() == [5, 5, 7, 7]
    assert roads.minutes(np.array([1]), np.array([1])).tolist() == [0]


@pytest.mark.parametrize("wrong", [{"speed": 0.0}, {"detour": -1.0}, {"table": {("a", "b"): float("nan")}}])
def test_roads_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="minutes"):
        Travel(**wrong)  # type: ignore[arg-type]


# Fixed stops, repair


def test_a_fixed_stop_stays_and_the_others_are_planned_around_it() -> None:
    base = plain(stations=60, teams=4, visits=6)
    before = assign(base, seed=1, rounds=40)
    far = [Fixed("T00", before.routes["T01"].stops[2].station, StopRole.VOTING), Fixed("T02", "S000", StopRole.OPENING)]
    after = assign(replace(base, fixed=tuple(far)), seed=1, rounds=40, start=before)
    for stop in far:
        assert any((s.station, s.role) == (stop.station, stop.role) for s in after.routes[stop.team].stops)
    assert {lack.lack for lack in after.quality.unmet} <= {Lack.LATE_OPENING}


def test_a_plan_to_begin_from_is_kept_where_nothing_is_gained() -> None:
    base = plain(stations=80, teams=4, visits=6)
    before = assign(base, seed=1, rounds=200)
    again = assign(base, seed=2, rounds=0, start=before)
    assert set(stops(again)) == set(stops(before))


def test_when_a_team_drops_out_nobody_loses_a_stop() -> None:
    base = plain(stations=60, teams=5, visits=8)
    before = assign(base, seed=1, rounds=60)
    after = repair(base, before, without="T02", seed=1)
    assert set(after.routes) == {"T00", "T01", "T03", "T04"}
    for code, route in after.routes.items():
        assert {stop.station for stop in before.routes[code].stops} <= {stop.station for stop in route.stops}
        assert len(route.stops) <= 10
    taken_over = {station for code, station in stops(after)} & {stop.station for stop in before.routes["T02"].stops}
    assert taken_over
    assert not {lack.lack for lack in after.quality.unmet} - {Lack.FEW_VISITS}


# Judging by hand


def test_what_a_hand_has_broken_is_named() -> None:
    problem = plain(stations=6, teams=2, visits=3, least=3)
    ground = Ground(problem)
    roles = (StopRole.OPENING, StopRole.VOTING, StopRole.COUNT)
    day = timetable(ground, 0, list(zip((0, 1, 2), roles, strict=True)))
    late = Route((Stop(station="S003", role=StopRole.OPENING, arrive=500, leave=530, drive=20), *day.stops[1:2]))
    lacks = {(lack.lack, lack.team) for lack in quality(ground, {"T00": day, "T01": late}).unmet}
    assert lacks == {
        (Lack.LATE_OPENING, "T01"),
        (Lack.NO_COUNT, "T01"),
        (Lack.FEW_VISITS, "T01"),
        (Lack.TWICE, "T00"),
        (Lack.TWICE, "T01"),
        *({(Lack.OVERLAP, "T01")} if late.stops[1].arrive < 530 + late.stops[1].drive - 2 else set()),
    }


def test_a_count_far_from_every_commission_is_named() -> None:
    near = Problem(
        teams=(Team(code="T", base=at(0, 0)),),
        stations=(
            Station(key="S", at=at(1, 1)),
            Station(key="O", at=at(2, 1)),
            Station(key="C", at=at(3, 3), centre=True),
        ),
        wanted=Wanted(visits=2, least=2),
    )
    assert assign(near, seed=1).quality.far_from_centre == ()
    far = replace(near, stations=(*near.stations[:2], Station(key="C", at=at(300, 3), centre=True)))
    found = assign(far, seed=1).quality
    assert (found.far_from_centre, found.centres) == (("T",), 1)


def test_the_variation_is_the_deviation_over_the_mean() -> None:
    assert (spread([2, 4]).variation, spread([5, 5]).variation, spread([]).most) == (333, 0, 0)


# One station all day


def test_everybody_gets_one_station_all_day_and_the_roads_are_short() -> None:
    problem = plain(stations=8, teams=4)
    teams = tuple(replace(team, base=problem.stations[n].at) for n, team in enumerate(problem.teams))
    plan = post(replace(problem, teams=teams))
    assert [route.stops[0].station for route in plan.routes.values()] == ["S000", "S001", "S002", "S003"]
    assert plan.quality.drive == 0
    assert plan.quality.unmet == ()
    assert plan.routes["T00"].stops[0].arrive == 7 * 60


def test_with_fewer_stations_than_observers_some_get_none_and_that_is_said() -> None:
    plan = post(plain(stations=2, teams=3))
    assert sum(bool(route.stops) for route in plan.routes.values()) == 2
    assert Lack.NO_OPENING in {lack.lack for lack in plan.quality.unmet}


# What cannot be planned


@pytest.mark.parametrize("solve", [lambda p: assign(p, seed=1), post])
def test_without_teams_or_stations_there_is_nothing_to_plan(solve: object) -> None:
    centre = (Station(key="C", at=at(0, 0), centre=True),)
    for problem, reason in (
        (Problem(teams=(), stations=(Station(key="S", at=at(0, 0)),)), "no-team"),
        (Problem(teams=(Team(code="T"),), stations=()), "no-station"),
        (Problem(teams=(Team(code="T"),), stations=centre), "no-station"),
    ):
        with pytest.raises(UnsolvableError) as refused:
            solve(problem)  # type: ignore[operator]
        assert refused.value.reason == reason


def test_a_problem_that_names_something_twice_or_fixes_the_unknown_is_refused() -> None:
    station, team = Station(key="S", at=at(0, 0)), Team(code="T")
    for wrong in (
        {"teams": (team, team), "stations": (station,)},
        {"teams": (team,), "stations": (station, station)},
        {"teams": (team,), "stations": (station,), "fixed": (Fixed("T", "X", StopRole.COUNT),)},
    ):
        with pytest.raises(ValueError, match=r"twice|no such"):
            Problem(**wrong)  # type: ignore[arg-type]


def test_progress_ends_at_everything() -> None:
    told: list[tuple[int, int]] = []
    assign(plain(stations=40, teams=3, visits=5), seed=1, rounds=100, progress=lambda *said: told.append(said))
    assert told[-1] == (300, 300)
    assert told == sorted(told)
