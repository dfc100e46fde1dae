"""Drawn stops: in the team's own area, seen at their hour, replaced by the next reserve and no other."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from fractions import Fraction

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.missions.models import Area
from paragraph8.missions.operations import NewStation, add_stations, add_teams
from paragraph8.samples import refusals
from paragraph8.samples.frames import Covering, frame_of
from paragraph8.samples.models import Draw, Stop
from paragraph8.samples.queries import design_of, my_stops, next_stop_at, standing, stops_for
from paragraph8.samples.refusals import RefusedSampleError
from paragraph8.samples.stops import plan_stops, replace
from paragraph8.statistics.sampling.design import Method, Request

from .drawing import CLOSE, drawn

FIRST = NOW + timedelta(hours=1)


@pytest.fixture
def core(mission: SmallMission) -> Draw:
    """Two stops each for T1 and T3 in A and for T2 in a district of B; the rest of B has no team."""
    area_b = mission.row.areas.get(code="B")
    inner = Area.objects.create(mission=mission.row, code="B-in", name={"en": "In"}, parent=area_b, path="B/B-in/")
    add_teams(mission=mission.row, codes=["T3"], by=SERVER, now=NOW)
    add_stations(
        mission=mission.row,
        stations=[NewStation(key=f"A{n}", area="A") for n in range(3, 11)]
        + [NewStation(key=f"I{n}", area="B-in") for n in range(6)],
        by=SERVER,
        now=NOW,
    )
    for code, area in (("T1", mission.row.areas.get(code="A")), ("T3", mission.row.areas.get(code="A")), ("T2", inner)):
        mission.row.teams.filter(code=code).update(area=area)
    return drawn(
        mission,
        purpose=Purpose.CORE,
        strata_by=StrataBy.TEAM,
        per_team=2,
        request=Request(method=Method.SIMPLE, n=0, reserves=1),
    )


def test_core_stops_have_the_probability_of_their_teams_area(core: Draw) -> None:
    design = design_of(core)
    assert [(s.code, s.there, s.drawn) for s in design.strata] == [("A", 10, 4), ("B-in", 6, 2)]
    assert {(u.stratum, u.probability) for u in design.drawn} == {("A", Fraction(2, 5)), ("B-in", Fraction(1, 3))}


def test_stations_in_no_teams_area_are_counted_and_left_out(mission: SmallMission, core: Draw) -> None:
    built = frame_of(mission.row, strata_by=StrataBy.TEAM, kinds=["regular"])
    assert built.uncovered == 2  # B1 and B2 lie in B, outside the district
    assert not {"B1", "B2"} & set(built.frame.stations)
    assert Covering.of(mission.row).innermost("B/") == ""


def test_each_team_gets_its_stops_in_its_own_area(core: Draw) -> None:
    made = plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    assert Counter(stop.team.code for stop in made) == {"T1": 2, "T3": 2, "T2": 2}
    assert {stop.station.key for stop in made} == set(design_of(core).by_station)
    assert all(stop.station.key[0] == ("I" if stop.team.code == "T2" else "A") for stop in made)
    assert {(stop.order, stop.show_at) for stop in made} == {(1, FIRST), (2, FIRST + timedelta(minutes=90))}


def test_a_stop_appears_at_its_hour_and_to_its_own_team(mission: SmallMission, core: Draw) -> None:
    plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    team = mission.teams["T1"]
    team.refresh_from_db()
    observer = mission.viewer(Role.OBSERVER, team="T1")
    for moment, n, coming in (
        (FIRST - timedelta(seconds=1), 0, FIRST),
        (FIRST, 1, FIRST + timedelta(minutes=90)),
        (FIRST + timedelta(minutes=90), 2, None),
    ):
        assert len(stops_for(team, now=moment)) == n
        seen = my_stops(mission.row, viewer=observer, now=moment)
        assert [stop.team.code for stop in seen] == ["T1"] * n
        assert next_stop_at(mission.row, viewer=observer, now=moment) == coming


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.OPERATIONS, Role.ANALYST, Role.SECURITY])
def test_the_mission_sees_due_stops_of_all_teams_only_after_polls_close(
    mission: SmallMission, core: Draw, role: Role
) -> None:
    plan_stops(draw=core, first=FIRST, minutes=0, by=SERVER, now=NOW)
    assert my_stops(mission.row, viewer=mission.viewer(role), now=FIRST) == []
    assert len(my_stops(mission.row, viewer=mission.viewer(role), now=CLOSE)) == 6


def test_who_has_nothing_to_do_with_deployment_sees_no_stop(mission: SmallMission, core: Draw) -> None:
    with pytest.raises(NotAllowedError):
        my_stops(mission.row, viewer=mission.viewer(Role.PRESS), now=CLOSE)


def test_planning_again_replaces_the_plan(core: Draw) -> None:
    plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    plan_stops(draw=core, first=FIRST, minutes=0, by=SERVER, now=NOW)
    assert Stop.objects.count() == 6
    assert set(Stop.objects.values_list("show_at", flat=True)) == {FIRST}
    assert LogEntry.objects.filter(kind="stops.planned").count() == 2


def test_planned_again_a_stop_stays_with_its_team_and_what_was_shown_keeps_its_hour(
    mission: SmallMission, core: Draw
) -> None:
    plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    before = {stop.station.key: (stop.pk, stop.team.code, stop.show_at) for stop in Stop.objects.all()}
    mission.row.teams.filter(code="T3").update(dissolved_at=NOW)
    later = FIRST + timedelta(minutes=30)
    plan_stops(draw=core, first=later, minutes=60, by=SERVER, now=later)
    own = list(Stop.objects.filter(team__code="T1").order_by("order"))
    assert [stop.order for stop in own] == [1, 2, 3, 4]
    assert [stop.show_at for stop in own] == [FIRST, later, later + timedelta(hours=1), later + timedelta(hours=2)]
    assert before[own[0].station.key] == (own[0].pk, "T1", FIRST)
    assert {before[stop.station.key][1] for stop in own[2:]} == {"T3"}
    assert not Stop.objects.filter(team__code="T3").exists()
    assert {stop.station.key for stop in Stop.objects.all()} == set(before)


def test_stops_of_an_earlier_draw_for_the_same_purpose_end(mission: SmallMission, core: Draw) -> None:
    plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    for purpose, held in ((Purpose.OTHER, 6), (Purpose.CORE, 0)):
        again = drawn(
            mission,
            purpose=purpose,
            strata_by=StrataBy.TEAM,
            per_team=1,
            request=Request(method=Method.SIMPLE, n=0, reserves=1),
        )
        plan_stops(draw=again, first=FIRST, minutes=90, by=SERVER, now=NOW)
        assert Stop.objects.filter(draw=core).count() == held
        assert Stop.objects.filter(draw=again).count() == 3


def test_without_areas_of_teams_nothing_is_planned(mission: SmallMission) -> None:
    with pytest.raises(RefusedSampleError) as caught:
        plan_stops(draw=drawn(mission), first=FIRST, minutes=0, by=SERVER, now=NOW)
    assert caught.value.text == refusals.NO_TEAMS
    with pytest.raises(RefusedSampleError):
        drawn(mission, strata_by=StrataBy.TEAM, per_team=2)


# Reserves


def test_the_next_reserve_steps_in_and_keeps_the_hour(mission: SmallMission, core: Draw) -> None:
    plan_stops(draw=core, first=FIRST, minutes=90, by=SERVER, now=NOW)
    stop = Stop.objects.filter(team__code="T2").first()
    out, reserve = stop.station.key, design_of(core).reserves_of("B-in")[0]
    row = replace(draw=core, station=out, reason="the road is flooded", by=SERVER, now=NOW)
    assert (row.out, row.reserve, row.stratum) == (out, reserve, "B-in")
    stop.refresh_from_db()
    assert (stop.station.key, stop.show_at) == (reserve, FIRST)
    states = {one.station: (one.replaced, one.gone) for one in standing(core, viewer=SERVER, now=NOW)}
    assert states[out] == ("", reserve)
    assert states[reserve] == (out, "")
    assert design_of(core).by_station[out]
    body = json.loads(LogEntry.objects.get(kind="draw.replaced").body)
    assert out not in str(body)
    assert "flooded" not in str(body)


def test_a_replacement_needs_a_station_of_the_sample_a_reason_and_a_reserve(core: Draw) -> None:
    station = next(unit.station for unit in design_of(core).drawn if unit.stratum == "A")
    other = next(unit.station for unit in design_of(core).drawn if unit.stratum == "A" and unit.station != station)

    def refused(why, **facts) -> None:
        with pytest.raises(RefusedSampleError) as caught:
            replace(**{"draw": core, "station": station, "reason": "r", "by": SERVER, "now": NOW, **facts})
        assert caught.value.text == why

    refused(refusals.NO_WORDS, reason="  ")
    refused(refusals.NOT_IN_SAMPLE, station="B1")
    refused(refusals.CLOSED, now=CLOSE)
    replace(draw=core, station=station, reason="r", by=SERVER, now=NOW)
    refused(refusals.NOT_IN_SAMPLE)
    refused(refusals.NO_RESERVE, station=other)


def test_nobody_in_the_field_replaces_a_station(mission: SmallMission, core: Draw) -> None:
    station = design_of(core).drawn[0].station
    for role in (Role.OBSERVER, Role.LONG_TERM, Role.COORDINATOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowedError):
            replace(draw=core, station=station, reason="r", by=mission.viewer(role, team="T1"), now=NOW)
