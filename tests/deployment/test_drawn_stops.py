"""Drawn stops on the days of a plan: planned around, hidden until their hour, counted as expected, printed nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import Role
from paragraph8.audit.models import LogEntry
from paragraph8.deployment.days import day_of, hidden_of, stops_of, unmet_of
from paragraph8.deployment.editing import Change, change_plan
from paragraph8.deployment.expectations import GRACE, NewRule, set_rules
from paragraph8.deployment.models import DrawnVisit, Mode, Plan, PlanState
from paragraph8.deployment.models import Role as StopRole
from paragraph8.deployment.operations import accept_plan, copy_plan
from paragraph8.deployment.parameters import moment
from paragraph8.deployment.queries import Awaited, Came, expected
from paragraph8.deployment.refusals import RefusedError
from paragraph8.domain.selection import Purpose, Selection
from paragraph8.missions.models import Station
from paragraph8.samples.models import Stop

from .conftest import MORNING, Planning, given

EARLY = NOW - timedelta(days=1)
CLOSED = NOW + timedelta(hours=3)
"""When polls have closed for the sample of the tests."""
Sequenced = Callable[[], int]


def visits(plan: Plan, team: str) -> list[DrawnVisit]:
    return list(plan.drawn_visits.filter(team__code=team).select_related("stop__station").order_by("position"))


def keys_of(plan: Plan, team: str) -> list[tuple[str, str]]:
    stops = [stop for stop in stops_of(plan, viewer=SERVER, now=NOW) if stop.team.code == team]
    return [(stop.station.key, stop.selection.value) for stop in stops]


def refusal(run: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        run()
    assert refused.value.words
    return refused.value.reason


# Planning around them


def test_a_route_is_planned_around_the_drawn_stops_of_the_team(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5", "A6"], "T2": ["B5"]})
    plan = plan_of(Mode.ROUTE)
    for team, drawn, n in (("T1", {"A5", "A6"}, 5), ("T2", {"B5"}, 5)):
        stops = keys_of(plan, team)
        assert len(stops) == n
        assert {key for key, why in stops if why == Selection.DRAWN} == drawn
        assert [stop.role for stop in visits(plan, team)] == [StopRole.VOTING] * len(drawn)
    assert plan.quality["unmet"] == []
    assert not set(plan.stops.values_list("station__key", flat=True)) & {"A5", "A6", "B5"}


def test_a_team_is_not_at_a_drawn_stop_before_it_is_shown(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"]}, show_at=moment(mission.row, 15 * 60))
    plan = plan_of(Mode.ROUTE)
    (visit,) = visits(plan, "T1")
    assert visit.arrive >= 15 * 60
    assert plan.quality["unmet"] == []


def test_whoever_gets_a_suggestion_or_goes_an_own_way_has_times_for_drawn_stops_besides(
    mission: SmallMission, plan_of: Planning
) -> None:
    given(mission, {"T1": ["A5", "A6", "A7"], "T2": ["B5"]})
    plan = plan_of(modes={"T1": Mode.SUGGESTED, "T2": Mode.AREA})
    roles = [stop.role for stop in stops_of(plan, viewer=SERVER, now=NOW) if stop.team.code == "T1"]
    assert roles == ["opening", "voting", "voting", "voting", "count"]
    (alone,) = visits(plan, "T2")
    assert (alone.stop.station.key, alone.arrive >= 420) == ("B5", True)
    assert not plan.stops.filter(team__code="T2").exists()
    assert plan.quality["unmet"] == []


def test_a_citizen_observer_is_posted_where_the_draw_says(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"]})
    plan = plan_of(Mode.ALL_DAY)
    assert keys_of(plan, "T1") == [("A5", "drawn")]
    assert [why for _key, why in keys_of(plan, "T2")] == ["suggested"]
    assert visits(plan, "T1")[0].role == StopRole.ALL_DAY


def test_nobody_else_is_sent_to_a_station_that_is_drawn_for_a_team(mission: SmallMission, plan_of: Planning) -> None:
    Station.objects.filter(list=mission.row.station_list).exclude(key__in=["A1", "A2", "A3"]).update(kind="commission")
    for code in ("T1", "T2"):
        mission.teams[code].area = mission.row.areas.get(code="A")
        mission.teams[code].save()
    given(mission, {"T1": ["A1", "A2"]})
    plan = plan_of(modes={"T1": Mode.ROUTE, "T2": Mode.SUGGESTED})
    assert {key for key, _why in keys_of(plan, "T2")} <= {"A3"}


def test_what_cannot_be_planned_is_refused_in_words(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5", "A6"]})
    assert refusal(lambda: plan_of(Mode.ALL_DAY)) == "two-drawn"
    Stop.objects.filter(station__key="A6").delete()
    Stop.objects.update(show_at=moment(mission.row, 9 * 60))
    assert refusal(lambda: plan_of(Mode.ALL_DAY)) == "shown-late"
    assert refusal(lambda: plan_of(by=mission.viewer(Role.OPERATIONS))) == "drawn-given"
    assert not Plan.objects.exists()
    assert plan_of(modes={"T2": Mode.ROUTE}, by=mission.viewer(Role.OPERATIONS)).state == PlanState.DRAFT


def test_when_a_team_drops_out_the_drawn_stops_of_the_others_stay_where_they_are(
    mission: SmallMission, plan_of: Planning
) -> None:
    given(mission, {"T1": ["A5"], "T2": ["B5"]})
    plan = plan_of()
    again = plan_of(keep=plan, without="T2")
    assert ("A5", "drawn") in keys_of(again, "T1")
    assert {key for key, why in keys_of(plan, "T1")} <= {key for key, why in keys_of(again, "T1")}


def test_a_stop_that_came_after_the_plan_is_on_the_day_all_the_same(mission: SmallMission, plan_of: Planning) -> None:
    plan = plan_of(accept=True)
    given(mission, {"T1": ["A5"]}, show_at=moment(mission.row, 600))
    loose = stops_of(plan, viewer=SERVER, now=NOW, team=mission.teams["T1"])[-1]
    assert (loose.station.key, loose.arrive, loose.leave, loose.pk) == ("A5", 600, 20 * 60, None)


def test_a_reserve_that_steps_in_takes_the_place_in_the_plan(mission: SmallMission, plan_of: Planning) -> None:
    (stop,) = given(mission, {"T1": ["A5"]})
    plan = plan_of(accept=True)
    stop.station = mission.row.stations.get(key="A9")
    stop.save()
    assert ("A9", "drawn") in keys_of(plan, "T1")
    assert ("A5", "drawn") not in keys_of(plan, "T1")


def test_a_stop_that_goes_to_another_team_leaves_the_day_of_the_first(mission: SmallMission, plan_of: Planning) -> None:
    (stop,) = given(mission, {"T1": ["A5"]})
    plan = plan_of(accept=True)
    stop.team = mission.teams["T2"]
    stop.save()
    assert "A5" not in {key for key, _why in keys_of(plan, "T1")}
    assert ("A5", "drawn") in keys_of(plan, "T2")


# By hand


def test_a_hand_moves_what_was_suggested_and_never_what_was_drawn(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"]})
    plan = plan_of()
    visit = visits(plan, "T1")[0]

    def change(**what: Any) -> None:
        change_plan(plan=plan, team="T1", change=Change(**what), by=SERVER, now=NOW)

    assert refusal(lambda: change(what="exchange", stop=plan.stops.first().pk, station="A5")) == "no-such-stop"
    assert refusal(lambda: change(what="add", station="A5")) == "twice"
    for stop in plan.stops.filter(team__code="T1", role="voting"):
        change(what="later", stop=stop.pk)
        change(what="remove", stop=stop.pk)
    assert [(v.stop_id, v.role) for v in visits(plan, "T1")] == [(visit.stop_id, "voting")]
    assert [
        role
        for _p, role in sorted(
            (s.position, s.role) for s in stops_of(plan, viewer=SERVER, now=NOW, team=mission.teams["T1"])
        )
    ] == [
        "opening",
        "voting",
        "count",
    ]


def test_nobody_finds_a_drawn_station_by_trying(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"]}, show_at=NOW)
    plan, operations = plan_of(), mission.viewer(Role.OPERATIONS)
    change_plan(plan=plan, team="T2", change=Change(what="add", station="A5"), by=operations, now=EARLY)
    plan.refresh_from_db()
    assert ("twice", "T2", "A5") in {(x["lack"], x["team"], x["station"]) for x in plan.quality["unmet"]}
    assert "A5" not in {lack["station"] for lack in unmet_of(plan, viewer=operations, now=EARLY)}
    assert "A5" in {lack["station"] for lack in unmet_of(plan, viewer=SERVER, now=EARLY)}


def test_a_draft_keeps_the_times_of_drawn_stops_and_keeps_them_hidden(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"], "T2": ["B5"]})
    plan = plan_of()
    draft = copy_plan(plan=plan, by=SERVER, now=NOW)
    assert [v.arrive for v in visits(draft, "T1")] == [v.arrive for v in visits(plan, "T1")]
    seen = stops_of(draft, viewer=mission.viewer(Role.OPERATIONS), now=EARLY)
    assert Selection.DRAWN not in {stop.selection for stop in seen}


# Who sees them, and when


def test_a_drawn_stop_is_hidden_from_its_team_until_its_time(mission: SmallMission, plan_of: Planning) -> None:
    given(mission, {"T1": ["A5"], "T2": ["B5"]}, show_at=MORNING)
    plan = plan_of(Mode.ALL_DAY, accept=True)
    observer, head = mission.viewer(Role.OBSERVER, "T1"), mission.viewer(Role.HEAD)
    operations = mission.viewer(Role.OPERATIONS)
    assert [s.station.key for s in stops_of(plan, viewer=head, now=EARLY)] == ["A5", "B5"]
    for somebody in (observer, operations):
        assert stops_of(plan, viewer=somebody, now=EARLY) == []
    assert hidden_of(plan, viewer=observer, now=EARLY) == {"T1": 1}
    assert [s.station.key for s in stops_of(plan, viewer=observer, now=MORNING)] == ["A5"]
    assert stops_of(plan, viewer=operations, now=MORNING) == []
    assert [s.station.key for s in stops_of(plan, viewer=operations, now=CLOSED)] == ["A5", "B5"]


def test_the_log_of_a_plan_says_nothing_of_drawn_stations(mission: SmallMission, plan_of: Planning) -> None:
    from paragraph8.deployment.operations import stops_digest

    given(mission, {"T1": ["A5"]})
    plan = plan_of(accept=True)
    before = stops_digest(plan)
    Stop.objects.update(station=mission.row.stations.get(key="A9"))
    assert stops_digest(plan) == before
    assert "A5" not in "".join(LogEntry.objects.values_list("body", flat=True))


def test_the_page_of_the_own_team_needs_no_plan(mission: SmallMission) -> None:
    given(mission, {"T1": ["A5"]}, show_at=MORNING)
    team = mission.viewer(Role.OBSERVER, "T1")
    early, later = (day_of(mission.row, mission.teams["T1"], viewer=team, now=now) for now in (EARLY, MORNING))
    assert ([stop.station.key for stop in early.stops], early.hidden) == ([], 1)
    assert ([stop.station.key for stop in later.stops], later.hidden) == (["A5"], 0)


# What the phone fetches


def schedule(mission: SmallMission, now: Any, *, team: str = "T1", token: str = "", slug: str = "small") -> Any:
    from django.test import Client

    given_token = token or mission.tokens[team]
    headers = {"Authorization": f"Bearer {given_token}", "X-P8-Simulated-Now": now.isoformat()}
    return Client().get(f"/api/missions/{slug}/schedule", headers=headers)


@pytest.fixture
def clock(settings: Any) -> None:
    settings.SIMULATED_CLOCK = True


@pytest.mark.usefixtures("clock")
def test_a_phone_fetches_each_stop_of_its_team_from_its_hour_and_none_before(
    mission: SmallMission, plan_of: Planning
) -> None:
    stops = given(mission, {"T1": ["A5", "A6"], "T2": ["B5"]}, show_at=MORNING)
    Stop.objects.filter(pk=stops[1].pk).update(show_at=MORNING + timedelta(hours=6))
    plan_of(Mode.AREA, accept=True)
    told = {}
    for name, now in (("early", EARLY), ("morning", MORNING), ("noon", MORNING + timedelta(hours=6))):
        response = schedule(mission, now)
        assert (response.status_code, response.headers["Cache-Control"]) == (200, "private, no-store")
        told[name] = response.json()
        keys = [stop["station"] for stop in told[name]["stops"]]
        assert [key in response.content.decode() for key in ("A5", "A6", "B5")] == [
            key in keys for key in ("A5", "A6", "B5")
        ]
        assert [report["station"] for report in told[name]["reports"]] == keys
    assert [sorted(stop["station"] for stop in each["stops"]) for each in told.values()] == [[], ["A5"], ["A5", "A6"]]
    following = [MORNING, MORNING + timedelta(hours=6), None]
    assert [each["next_at"] for each in told.values()] == [at and at.isoformat() for at in following]
    stop = told["morning"]["stops"][0]
    assert (stop["selection"], stop["role"], stop["shown_from"]) == ("drawn", "voting", MORNING.isoformat())
    assert {form["form"] for form in told["noon"]["forms"]} == {"counting", "opening", "voting"}


@pytest.mark.usefixtures("clock")
def test_a_phone_fetches_suggested_stops_as_soon_as_the_plan_holds(mission: SmallMission, plan_of: Planning) -> None:
    plan = plan_of(Mode.SUGGESTED)
    assert schedule(mission, EARLY).json()["stops"] == []
    accept_plan(plan=plan, by=SERVER, now=NOW)
    told = schedule(mission, EARLY).json()
    assert [(stop["role"], stop["selection"]) for stop in told["stops"]] == [
        ("opening", "suggested"),
        ("count", "suggested"),
    ]
    assert {report["selection"] for report in told["reports"]} == {"suggested"}


def test_no_other_device_fetches_it(mission: SmallMission, plan_of: Planning) -> None:
    from paragraph8.accounts.operations import revoke_device
    from paragraph8.missions.operations import create_mission

    create_mission(slug="other", title=mission.row.name(), by=SERVER, now=NOW)
    assert schedule(mission, NOW, token="nobody").status_code == 401
    assert schedule(mission, NOW, slug="other").status_code == 403
    revoke_device(device=mission.devices["T1"], by=SERVER, now=NOW)
    assert schedule(mission, NOW).json()["error"] == "device-closed"


# What is expected


def asked(mission: SmallMission, change: int, now: Any, viewer: Any = SERVER) -> list[Awaited]:
    return expected(mission.row, as_of=change, now=now, viewer=viewer)


def report(mission: SmallMission, form: str, station: str, at: int) -> None:
    ended = moment(mission.row, at).isoformat()
    mission.send(mission.body(station, form=form, started=ended, finished=ended), team="T1")


def test_drawn_stops_are_expected_at_their_station_in_their_time(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    given(mission, {"T1": ["A5"]})
    plan = plan_of(modes={"T1": Mode.AREA}, accept=True)
    (visit,) = visits(plan, "T1")
    (one,) = asked(mission, sequenced(), NOW)
    assert (one.team, one.form, one.station, one.by_rule, one.came) == ("T1", "voting", "A5", False, Came.MISSING)
    assert (one.begins, one.ends) == (moment(mission.row, visit.arrive), moment(mission.row, visit.leave + GRACE))
    report(mission, "voting", "A1", visit.leave)
    assert asked(mission, sequenced(), NOW)[0].came is Came.MISSING
    report(mission, "voting", "A5", visit.leave)
    assert asked(mission, sequenced(), NOW)[0].came is Came.RECEIVED


def test_they_are_expected_without_a_plan_and_as_they_stand(mission: SmallMission, sequenced: Sequenced) -> None:
    from samples.drawing import drawn

    drawn(mission, purpose=Purpose.CORE)
    (stop,) = given(mission, {"T1": ["A5"]}, show_at=moment(mission.row, 600))
    (one,) = asked(mission, sequenced(), NOW)
    assert (one.station, one.begins, one.ends) == ("A5", stop.show_at, moment(mission.row, 20 * 60 + GRACE))
    stop.station = mission.row.stations.get(key="A9")
    stop.save()
    assert [each.station for each in asked(mission, sequenced(), NOW)] == ["A9"]


def test_without_a_plan_a_sample_of_posts_expects_the_whole_day(mission: SmallMission, sequenced: Sequenced) -> None:
    given(mission, {"T1": ["A5"]})
    found = asked(mission, sequenced(), NOW)
    assert {(each.form, each.station) for each in found} == {(f, "A5") for f in ("opening", "voting", "counting")}


def test_a_post_that_was_drawn_is_expected_to_send_all_of_the_day(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    given(mission, {"T1": ["A5"]})
    plan = plan_of(modes={"T1": Mode.ALL_DAY})
    n = accept_plan(plan=plan, by=SERVER, now=NOW)
    found = asked(mission, sequenced(), NOW)
    assert {(each.form, each.station) for each in found} == {(f, "A5") for f in ("opening", "voting", "counting")}
    assert n == len(found) == 3


def test_a_rule_for_any_team_leaves_out_what_drawn_stops_ask_for(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    given(mission, {"T1": ["A5"]})
    plan_of(Mode.AREA, accept=True)
    rule = NewRule(form="voting", n=3, begins=480, ends=1200)
    assert set_rules(mission=mission.row, rules=[rule], by=SERVER, now=NOW) == 4
    found = asked(mission, sequenced(), NOW)
    assert [(each.team, each.by_rule) for each in found].count(("T2", True)) == 3
    assert [(each.team, each.by_rule) for each in found].count(("T1", False)) == 1


def test_the_place_of_a_drawn_stop_is_expected_but_not_told(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    given(mission, {"T1": ["A5"], "T2": ["B5"]})
    plan_of(Mode.ALL_DAY, accept=True)
    change, operations = sequenced(), mission.viewer(Role.OPERATIONS)
    assert {each.station for each in asked(mission, change, EARLY, viewer=operations)} == {""}
    assert {each.station for each in asked(mission, change, CLOSED, viewer=operations)} == {"A5", "B5"}
    team = mission.viewer(Role.OBSERVER, "T1")
    assert {each.station for each in asked(mission, change, EARLY, viewer=team)} == {""}
    assert {each.station for each in asked(mission, change, MORNING, viewer=team)} == {"A5"}
