"""Plans: made by a job, changed by hand while they are drafts, accepted one at a time."""

from __future__ import annotations

from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NOBODY, NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.deployment.days import stops_of
from paragraph8.deployment.editing import Change, change_plan
from paragraph8.deployment.models import Assignment, Mode, Plan, PlanState
from paragraph8.deployment.models import Role as StopRole
from paragraph8.deployment.operations import accept_plan, copy_plan, set_areas
from paragraph8.deployment.parameters import Parameters, moment
from paragraph8.deployment.queries import plans_of, stations_of
from paragraph8.deployment.refusals import RefusedError
from paragraph8.jobs.models import State
from paragraph8.missions.models import Station

from .conftest import Planning


def day(plan: Plan, team: str) -> list[Assignment]:
    return list(plan.stops.filter(team__code=team).select_related("station").order_by("position"))


def refusal(run: Any) -> str:
    with pytest.raises(RefusedError) as refused:
        run()
    assert refused.value.words
    return refused.value.reason


# Making


def test_usually_a_team_gets_an_area_and_no_stop(mission: SmallMission, plan_of: Planning) -> None:
    plan = plan_of(Mode.AREA)
    assert plan.state == PlanState.DRAFT
    assert not plan.stops.exists()
    listed = stations_of(mission.row, mission.teams["T1"], viewer=SERVER)
    assert {station.key[0] for station in listed} == {"A"}
    assert listed.count() == 14


def test_a_suggestion_is_one_opening_and_one_count(plan_of: Planning) -> None:
    plan = plan_of(Mode.SUGGESTED)
    for team in ("T1", "T2"):
        assert [stop.role for stop in day(plan, team)] == ["opening", "count"]


def test_a_route_is_a_day_in_the_areas_of_the_team(plan_of: Planning) -> None:
    plan = plan_of(Mode.ROUTE)
    assert plan.quality["unmet"] == []
    for team, area in (("T1", "A"), ("T2", "B")):
        stops = day(plan, team)
        assert [stop.role for stop in stops] == ["opening", "voting", "voting", "voting", "count"]
        assert {stop.station.key[0] for stop in stops} == {area}
        assert all(stop.station.kind != "commission" for stop in stops)


def test_after_the_count_the_team_follows_the_protocol_when_the_mission_wants_it(plan_of: Planning) -> None:
    plan = plan_of(Mode.SUGGESTED, parameters={"tabulation": True})
    last = day(plan, "T1")[-1]
    assert (last.role, last.station.key, last.position) == (StopRole.TABULATION, "AC", 3)
    assert last.arrive == day(plan, "T1")[-2].leave + last.drive


def test_a_citizen_observer_stays_at_one_station_all_day(plan_of: Planning) -> None:
    plan = plan_of(Mode.ALL_DAY)
    for team in ("T1", "T2"):
        (stop,) = day(plan, team)
        assert (stop.role, stop.arrive, stop.leave) == (StopRole.ALL_DAY, 390, 20 * 60 + 150)
    assert plan.quality["unmet"] == []


def test_teams_of_one_plan_may_get_different_things_and_share_no_station(plan_of: Planning) -> None:
    plan = plan_of(modes={"T1": Mode.ROUTE, "T2": Mode.ALL_DAY})
    assert (len(day(plan, "T1")), len(day(plan, "T2"))) == (5, 1)
    keys = list(plan.stops.values_list("station__key", flat=True))
    assert len(set(keys)) == len(keys)


def test_the_same_seed_gives_the_same_stops(plan_of: Planning) -> None:
    once, twice = plan_of(seed=5), plan_of(seed=5)
    assert [(s.station_id, s.arrive) for s in day(once, "T1")] == [(s.station_id, s.arrive) for s in day(twice, "T1")]


def test_a_plan_needs_a_date_a_list_teams_and_stations(mission: SmallMission, plan_of: Planning) -> None:
    assert refusal(lambda: plan_of(modes={})) == "no-team"
    assert refusal(lambda: plan_of(modes={"T9": Mode.AREA})) == "no-team"
    mission.row.election_date = None
    assert refusal(plan_of) == "no-date"
    assert not Plan.objects.exists()


def test_a_job_that_finds_no_station_says_so_and_the_plan_never_counts(
    mission: SmallMission, plan_of: Planning
) -> None:
    Station.objects.filter(list=mission.row.station_list).update(kind="commission")
    plan = plan_of()
    assert (plan.state, plan.reason) == (PlanState.REFUSED, "no-station")
    assert plan.job is not None
    plan.job.refresh_from_db()
    assert (plan.job.state, plan.job.result) == (State.REFUSED, {"reason": "no-station"})
    for act in (
        lambda: accept_plan(plan=plan, by=SERVER, now=NOW),
        lambda: copy_plan(plan=plan, by=SERVER, now=NOW),
        lambda: change_plan(plan=plan, team="T1", change=Change(what="lock"), by=SERVER, now=NOW),
    ):
        assert refusal(act) == "refused"
    assert LogEntry.objects.filter(kind="plan.refused").count() == 1


def test_a_plan_whose_work_fails_says_so_and_another_can_be_made(
    plan_of: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paragraph8.deployment import solving

    def fails(*_: Any, **__: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(solving, "assign", fails)
        with pytest.raises(MemoryError):
            plan_of()
    plan = Plan.objects.get()
    assert (plan.state, plan.reason, plan.stops.count()) == (PlanState.REFUSED, "broken", 0)
    assert plan_of().state == PlanState.DRAFT


def test_clocks_of_the_day_are_those_of_the_place(mission: SmallMission) -> None:
    assert moment(mission.row, 7 * 60).isoformat() == "2019-06-09T07:00:00+06:00"
    assert moment(mission.row, 25 * 60).isoformat() == "2019-06-10T01:00:00+06:00"


def test_supplied_times_of_the_roads_are_believed(plan_of: Planning) -> None:
    slow = tuple(("A", f"A{n}", 90) for n in range(1, 13))
    quick = plan_of(Mode.ROUTE).quality["drive"]
    assert plan_of(Mode.ROUTE, parameters={"table": (("A", "A", 90), *slow)}).quality["drive"] > quick


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OBSERVER, Role.SECURITY, Role.LONG_TERM])
def test_only_who_deploys_makes_changes_and_accepts(mission: SmallMission, plan_of: Planning, role: Role) -> None:
    plan, somebody = plan_of(), mission.viewer(role, "T1")
    for act in (
        lambda: plan_of(by=somebody),
        lambda: accept_plan(plan=plan, by=somebody, now=NOW),
        lambda: copy_plan(plan=plan, by=somebody, now=NOW),
        lambda: change_plan(plan=plan, team="T1", change=Change(what="lock"), by=somebody, now=NOW),
        lambda: set_areas(mission=mission.row, team=mission.teams["T1"], codes=[], by=somebody, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            act()


# Accepting


def test_one_plan_holds_and_those_before_stay(plan_of: Planning) -> None:
    first, second = plan_of(accept=True), plan_of(seed=2, accept=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (PlanState.REPLACED, PlanState.ACCEPTED)
    assert first.stops.exists()
    assert refusal(lambda: accept_plan(plan=first, by=SERVER, now=NOW)) == "not-a-draft"


def test_the_log_fixes_a_plan_by_its_digest_and_names_no_place(plan_of: Planning) -> None:
    plan_of(accept=True)
    bodies = list(LogEntry.objects.filter(subject__startswith="plan:").values_list("kind", "body"))
    assert [kind for kind, _ in bodies] == ["plan.begun", "plan.solved", "plan.accepted"]
    assert "digest" in bodies[-1][1]
    assert "A1" not in "".join(body for _, body in bodies)


# By hand


def test_an_accepted_plan_is_changed_through_a_draft_of_it(plan_of: Planning) -> None:
    plan = plan_of(accept=True)
    remove = Change(what="remove", stop=day(plan, "T1")[1].pk)
    assert refusal(lambda: change_plan(plan=plan, team="T1", change=remove, by=SERVER, now=NOW)) == "not-a-draft"
    draft = copy_plan(plan=plan, by=SERVER, now=NOW)
    assert [s.station_id for s in day(draft, "T1")] == [s.station_id for s in day(plan, "T1")]
    change = Change(what="remove", stop=day(draft, "T1")[1].pk)
    change_plan(plan=draft, team="T1", change=change, by=SERVER, now=NOW)
    assert (len(day(draft, "T1")), len(day(plan, "T1"))) == (4, 5)


def test_a_change_gives_new_times_and_a_new_quality(plan_of: Planning) -> None:
    plan = plan_of()
    before = {stop.station.key for stop in day(plan, "T1")}
    new = next(key for key in (f"A{n}" for n in range(1, 13)) if key not in before)
    change_plan(plan=plan, team="T1", change=Change(what="add", station=new), by=SERVER, now=NOW)
    stops = day(plan, "T1")
    assert [stop.role for stop in stops] == ["opening", "voting", "voting", "voting", "voting", "count"]
    assert [stop.arrive for stop in stops] == sorted(stop.arrive for stop in stops)
    assert all(stop.arrive for stop in stops)
    plan.refresh_from_db()
    assert plan.quality["stops"] == 11


def test_what_a_hand_breaks_is_allowed_and_named(plan_of: Planning) -> None:
    plan = plan_of()
    change_plan(plan=plan, team="T1", change=Change(what="remove", stop=day(plan, "T1")[0].pk), by=SERVER, now=NOW)
    free = next(k for k in (f"B{n}" for n in range(1, 13)) if not plan.stops.filter(station__key=k).exists())
    change_plan(plan=plan, team="T1", change=Change(what="add", station=free), by=SERVER, now=NOW)
    plan.refresh_from_db()
    assert {("no-opening", "T1"), ("outside", "T1")} <= {(lack["lack"], lack["team"]) for lack in plan.quality["unmet"]}


def test_stops_move_are_locked_given_and_exchanged(plan_of: Planning) -> None:
    plan = plan_of()

    def change(whose: str, **what: Any) -> None:
        change_plan(plan=plan, team=whose, change=Change(**what), by=SERVER, now=NOW)

    second, third = day(plan, "T1")[1:3]
    change("T1", what="later", stop=second.pk)
    assert [stop.pk for stop in day(plan, "T1")[1:3]] == [third.pk, second.pk]
    change("T1", what="earlier", stop=second.pk)
    assert [stop.pk for stop in day(plan, "T1")[1:3]] == [second.pk, third.pk]
    change("T1", what="earlier", stop=second.pk)
    assert day(plan, "T1")[0].role == "opening"
    change("T1", what="lock", stop=second.pk)
    assert day(plan, "T1")[1].locked
    theirs = day(plan, "T2")[1]
    change("T1", what="exchange", stop=second.pk, station=theirs.station.key)
    assert day(plan, "T1")[1].station == theirs.station
    assert day(plan, "T2")[1].station == second.station
    change("T1", what="give", stop=day(plan, "T1")[2].pk, team="T2")
    assert (len(day(plan, "T1")), len(day(plan, "T2"))) == (4, 6)


def test_what_makes_no_sense_is_refused_in_words(plan_of: Planning) -> None:
    plan = plan_of()
    mine, theirs = day(plan, "T1"), day(plan, "T2")

    def refused(whose: str = "T1", **what: Any) -> str:
        return refusal(lambda: change_plan(plan=plan, team=whose, change=Change(**what), by=SERVER, now=NOW))

    assert refused(what="add", station="nowhere") == "unknown-station"
    assert refused(what="add", station=mine[1].station.key) == "twice"
    assert refused(what="add", station=theirs[1].station.key) == "taken"
    free = next(k for k in (f"A{n}" for n in range(1, 13)) if not plan.stops.filter(station__key=k).exists())
    assert refused(what="add", station=free, role=StopRole.COUNT) == "role-twice"
    assert refused(what="remove", stop=theirs[0].pk) == "no-stop"
    assert refused(what="exchange", stop=mine[0].pk, station="nowhere") == "no-such-stop"
    assert refused(what="give", stop=mine[0].pk, team="T2") == "role-twice"
    assert refused(what="give", stop=mine[1].pk, team="T9") == "unknown-team"
    assert refused("T9", what="lock") == "unknown-team"


def test_locked_stops_stay_when_the_plan_is_worked_out_again(plan_of: Planning) -> None:
    plan = plan_of()
    kept = day(plan, "T1")[2]
    change_plan(plan=plan, team="T1", change=Change(what="lock", stop=kept.pk), by=SERVER, now=NOW)
    again = plan_of(seed=99, keep=plan)
    stop = again.stops.get(station=kept.station)
    assert (stop.team.code, stop.role, stop.locked) == ("T1", kept.role, True)


def test_when_a_team_drops_out_the_others_keep_their_stops(mission: SmallMission, plan_of: Planning) -> None:
    set_areas(mission=mission.row, team=mission.teams["T1"], codes=["A", "B"], by=SERVER, now=NOW)
    plan = plan_of()
    again = plan_of(keep=plan, without="T2")
    assert {s.station_id for s in day(plan, "T1")} <= {s.station_id for s in day(again, "T1")}
    assert not day(again, "T2")
    assert list(again.teams.values_list("team__code", flat=True)) == ["T1"]


# Areas


def test_areas_given_to_a_team_go_before_its_own(mission: SmallMission) -> None:
    team = mission.teams["T1"]
    set_areas(mission=mission.row, team=team, codes=["B"], by=SERVER, now=NOW)
    assert {station.key[0] for station in stations_of(mission.row, team, viewer=SERVER)} == {"B"}
    set_areas(mission=mission.row, team=team, codes=[], by=SERVER, now=NOW)
    assert {station.key[0] for station in stations_of(mission.row, team, viewer=SERVER)} == {"A"}
    assert refusal(lambda: set_areas(mission=mission.row, team=team, codes=["Z"], by=SERVER, now=NOW)) == "unknown-area"


# Who sees what


def test_a_team_member_knows_of_the_accepted_plan_and_the_own_stops_alone(
    mission: SmallMission, plan_of: Planning
) -> None:
    draft = plan_of()
    observer = mission.viewer(Role.OBSERVER, "T1")
    assert list(plans_of(mission.row, viewer=observer)) == []
    accept_plan(plan=draft, by=SERVER, now=NOW)
    assert [plan.pk for plan in plans_of(mission.row, viewer=observer)] == [draft.pk]
    assert {stop.team.code for stop in stops_of(draft, viewer=observer, now=NOW)} == {"T1"}


def test_an_outsider_learns_nothing(mission: SmallMission, plan_of: Planning) -> None:
    plan = plan_of()
    for ask in (
        lambda: plans_of(mission.row, viewer=NOBODY),
        lambda: stops_of(plan, viewer=NOBODY, now=NOW),
        lambda: stations_of(mission.row, mission.teams["T1"], viewer=NOBODY),
    ):
        with pytest.raises(NotAllowedError):
            ask()


def test_parameters_come_back_as_they_were_kept() -> None:
    said = Parameters(table=(("a", "b", 5),), bases={"T1": (48.5, 67.25)}, closes=1300)
    assert Parameters.of(said.to_json()) == said
    assert Parameters.of({}) == Parameters()
