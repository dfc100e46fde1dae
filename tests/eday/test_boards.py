"""The room as of a change: kept by the worker or made anew, it is the same; who sees what of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from conftest import COUNT_FORM, NOW, SERVER, SmallMission, small_mission
from deployment.conftest import planned_mission
from paragraph8.accounts.permissions import NOBODY, NotAllowedError, Role
from paragraph8.deployment.expectations import NewRule, set_rules
from paragraph8.deployment.models import Mode
from paragraph8.deployment.operations import accept_plan, make_plan
from paragraph8.deployment.parameters import Parameters, moment
from paragraph8.deployment.queries import expected
from paragraph8.domain.forms import form_from_json
from paragraph8.domain.missions import Format
from paragraph8.eday import attention, intake, visits
from paragraph8.eday.boards import board, made
from paragraph8.eday.models import Board
from paragraph8.eday.moments import UnknownMomentError
from paragraph8.eday.moments import moment as moment_of
from paragraph8.eday.operations import Keeper
from paragraph8.eday.queries import Asked, room
from paragraph8.evidence.operations import snapshot
from paragraph8.jobs.operations import perform
from paragraph8.missions.operations import store_form
from paragraph8.missions.queries import latest_forms
from paragraph8.review.operations import correct

Sequenced = Callable[[], int]


@pytest.fixture
def day(db: None) -> SmallMission:
    """A mission with an election day, two teams that owe two voting reports each by 10 and by 12, and one opening."""
    made_ = planned_mission()
    rules = [
        NewRule(form="opening", n=1, begins=7 * 60, ends=8 * 60),
        NewRule(form="voting", n=2, begins=8 * 60, ends=12 * 60),
    ]
    set_rules(mission=made_.row, rules=rules, by=SERVER, now=NOW)
    modes = dict.fromkeys(made_.teams, Mode.AREA)
    plan = make_plan(mission=made_.row, modes=modes, parameters=Parameters(), seed=1, by=SERVER, now=NOW)
    perform(plan.job)
    plan.refresh_from_db()
    accept_plan(plan=plan, by=SERVER, now=NOW)
    return made_


def at(mission: SmallMission, minute: int) -> datetime:
    return moment(mission.row, minute)


def report(mission: SmallMission, form: str, minute: int, team: str = "T1", station: str = "", **more: object) -> None:
    """A visit that ended and was sent at that minute."""
    ended = at(mission, minute)
    station = station or ("A1" if team == "T1" else "B1")
    body = mission.body(station, form=form, started=ended.isoformat(), finished=ended.isoformat(), **more)
    mission.send(body, team=team, now=ended)


def test_the_workers_board_equals_one_made_from_scratch_at_every_step(day: SmallMission, sequenced: Sequenced) -> None:
    keeper = Keeper()
    for n, (form, team, minute) in enumerate(
        [("opening", "T1", 450), ("voting", "T1", 560), ("opening", "T2", 470), ("voting", "T2", 720)]
    ):
        report(day, form, minute, team)
        if n == 2:
            kept = day.row.reports.order_by("pk").first()
            correct(report=kept, kind="set-aside", value=True, reason="Twice.", by=SERVER, now=NOW)
        change = sequenced()
        stored = keeper.keep(mission=day.row, as_of=change, now=NOW)
        assert stored is not None
        again = made(day.row, as_of=change)
        assert json.loads(stored.body) == json.loads(json.dumps(json.loads(stored.body)))
        assert board(day.row, as_of=change, viewer=SERVER) == again


def test_the_past_stays_as_it_was_known(day: SmallMission, sequenced: Sequenced) -> None:
    keeper = Keeper()
    report(day, "opening", 450)
    early = sequenced()
    keeper.keep(mission=day.row, as_of=early, now=NOW)
    report(day, "opening", 480, "T2")
    kept = day.row.reports.order_by("pk").first()
    correct(report=kept, kind="set-aside", value=True, reason="Twice.", by=SERVER, now=NOW)
    late = sequenced()
    keeper.keep(mission=day.row, as_of=late, now=NOW)
    assert board(day.row, as_of=early, viewer=SERVER).came == (("opening", 7, 1),)
    assert board(day.row, as_of=late, viewer=SERVER).came == (("opening", 8, 1),)


def test_one_board_of_every_few_minutes_stays(day: SmallMission, sequenced: Sequenced) -> None:
    keeper = Keeper()
    for minute in (450, 452, 458, 461, 469, 480):
        report(day, "voting", minute)
        keeper.keep(mission=day.row, as_of=sequenced(), now=NOW)
    assert list(Board.objects.order_by("pk").values_list("heard", flat=True)) == [458, 469, 480]


def test_a_worker_that_starts_again_goes_on(day: SmallMission, sequenced: Sequenced) -> None:
    report(day, "voting", 450)
    Keeper().keep(mission=day.row, as_of=sequenced(), now=NOW)
    report(day, "voting", 500)
    change = sequenced()
    assert Keeper().keep(mission=day.row, as_of=change, now=NOW) is not None
    assert board(day.row, as_of=change, viewer=SERVER).came == (("voting", 7, 1), ("voting", 8, 1))


def test_what_is_expected_agrees_with_the_deployment_room(day: SmallMission, sequenced: Sequenced) -> None:
    for form, minute, team in [
        ("opening", 450, "T1"),
        ("voting", 500, "T1"),
        ("voting", 700, "T1"),
        ("voting", 900, "T2"),
    ]:
        report(day, form, minute, team)
    change = sequenced()
    awaited = expected(day.row, as_of=change, now=at(day, 13 * 60), viewer=SERVER)
    came = intake.intake(board(day.row, as_of=change, viewer=SERVER), latest_forms(day.row), now=13 * 60)
    assert came.due == len(awaited) == 6
    assert came.answered == sum(bool(each.report) for each in awaited) == 4
    assert {row.code: (row.due, row.missing) for row in came.rows if row.due is not None} == {
        "opening": (2, 1),
        "voting": (4, 1),
    }


def test_only_what_is_due_by_the_hour_is_missing(day: SmallMission, sequenced: Sequenced) -> None:
    report(day, "opening", 450)
    kept = board(day.row, as_of=sequenced(), viewer=SERVER)
    forms = latest_forms(day.row)
    assert [intake.intake(kept, forms, now=hour * 60).missing for hour in (7, 8, 10, 12)] == [0, 1, 3, 5]


def test_a_form_that_nobody_planned_for_has_no_expected_number(day: SmallMission, sequenced: Sequenced) -> None:
    report(day, "counting", 22 * 60)
    came = intake.intake(board(day.row, as_of=sequenced(), viewer=SERVER), latest_forms(day.row), now=22 * 60)
    (counting,) = [row for row in came.rows if row.code == "counting"]
    assert (counting.came, counting.due, counting.due_hours) == (1, None, None)


def test_without_a_plan_nothing_is_said_to_be_missing(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body())
    came = intake.intake(board(mission.row, as_of=sequenced(), viewer=SERVER), latest_forms(mission.row), now=1440)
    assert (came.planned, came.due, came.came) == (False, 0, 1)


def test_a_team_is_silent_when_it_owes_a_report_and_was_not_heard_for_long(
    day: SmallMission, sequenced: Sequenced
) -> None:
    report(day, "opening", 450, "T1")
    report(day, "opening", 450, "T2")
    report(day, "voting", 590, "T2")
    kept = board(day.row, as_of=sequenced(), viewer=SERVER)

    def silent(hour: int) -> list[tuple[str, int]]:
        found = attention.silence(day.row, kept, now=hour * 60, viewer=day.viewer(Role.ANALYST))
        return [(row.team.code, row.minutes) for row in found.rows]

    assert silent(9) == [], "nothing is owed yet"
    assert silent(10) == [("T1", 150)]
    assert silent(13) == [("T1", 330), ("T2", 190)]


def test_a_team_that_never_sent_anything_is_silent_from_what_it_owed_first(
    day: SmallMission, sequenced: Sequenced
) -> None:
    report(day, "opening", 450, "T1")
    kept = board(day.row, as_of=sequenced(), viewer=SERVER)
    found = attention.silence(day.row, kept, now=10 * 60, viewer=day.viewer(Role.HEAD))
    assert [(row.team.code, row.last, row.minutes) for row in found.rows] == [("T2", None, 120), ("T1", 450, 150)][::-1]


def test_silence_is_for_who_sees_the_reports_of_those_teams(day: SmallMission, sequenced: Sequenced) -> None:
    kept = board(day.row, as_of=sequenced(), viewer=SERVER)
    for role in (Role.READER, Role.PRESS, Role.TRANSLATOR, Role.OPERATIONS):
        assert attention.silence(day.row, kept, now=900, viewer=day.viewer(role)) is None, role
    institutions = [day.row.institutions.create(code=code, name={}, position=n) for n, code in enumerate("XY")]
    for team, institution in zip(day.teams.values(), institutions, strict=True):
        team.institution = institution
        team.save()
    one = replace(day.viewer(Role.ANALYST), institutions={day.row.pk: institutions[0].pk})
    found = attention.silence(day.row, kept, now=900, viewer=one)
    assert [row.team.code for row in found.rows] == ["T1"]
    assert attention.silent_areas(day.row, kept, now=900, viewer=one) == frozenset()


def test_incidents_are_reports_on_a_form_for_them(day: SmallMission, sequenced: Sequenced) -> None:
    form = form_from_json({**COUNT_FORM, "code": "incident", "process": "incident", "rules": []})
    store_form(mission=day.row, form=form, by=SERVER, now=NOW)
    report(day, "incident", 800)
    kept = board(day.row, as_of=sequenced(), viewer=SERVER)
    forms, areas = latest_forms(day.row), {area.code: area for area in day.row.areas.all()}
    named = attention.incidents(kept, forms, areas, named=True)
    assert (named.total, [(n, str(area)) for area, n in named.areas]) == (1, [(1, "North")])
    assert [incident.minute for incident in named.newest] == [800]
    assert attention.incidents(kept, forms, areas, named=False).newest == ()


@pytest.mark.parametrize(
    ("visited", "frame", "shade"), [(0, 100, "q1"), (9, 1000, "q1"), (10, 1000, "q2"), (5, 100, "q4"), (0, 0, "")]
)
def test_an_area_is_shaded_by_the_part_of_its_stations_that_were_visited(visited: int, frame: int, shade: str) -> None:
    assert visits.tone(visited, frame, visits.scale_of(3, 100)) == shade


def test_a_mission_that_visits_most_stations_has_another_scale() -> None:
    assert visits.tone(30, 100, visits.scale_of(50, 100)) == "q3"


def test_nobody_reads_a_board_without_the_permission(day: SmallMission) -> None:
    with pytest.raises(NotAllowedError):
        board(day.row, as_of=1, viewer=NOBODY)


# The day as it was known


@pytest.fixture
def evening(day: SmallMission, sequenced: Sequenced) -> tuple[SmallMission, dict[int, int]]:
    """Reports at 8, 10 and 15 o'clock, read at once; the change of each."""
    changes = {}
    for minute in (480, 600, 900):
        report(day, "voting", minute)
        changes[minute] = sequenced()
        snapshot(mission=day.row, now=NOW)
    return day, changes


def test_an_hour_is_what_had_come_in_by_then(evening: tuple[SmallMission, dict[int, int]]) -> None:
    day, changes = evening
    late = at(day, 20 * 60)
    for written, minute in (("09:00", 480), ("10:00", 600), ("14:59", 600), ("15:00", 900), ("23:00", 900)):
        shown = room(day.row, Asked(at=written), viewer=SERVER, now=late)
        assert shown.moment.change == changes[minute], written
        assert not shown.moment.live
        assert sum(row.came for row in shown.intake.rows) == {480: 1, 600: 2, 900: 3}[minute]


def test_before_the_first_report_nothing_was_known(evening: tuple[SmallMission, dict[int, int]]) -> None:
    day, _ = evening
    shown = room(day.row, Asked(at="07:00"), viewer=SERVER, now=at(day, 1200))
    assert (shown.moment.change, shown.moment.heard, shown.intake.came) == (0, None, 0)


def test_a_change_is_looked_at_as_of_itself(evening: tuple[SmallMission, dict[int, int]]) -> None:
    day, changes = evening
    shown = room(day.row, Asked(as_of=str(changes[600])), viewer=SERVER, now=at(day, 1200))
    assert (shown.moment.minute, shown.intake.came) == (600, 2)


@pytest.mark.parametrize("asked", [{"as_of": "0"}, {"as_of": "99999"}, {"as_of": "x"}, {"at": "noon"}, {"at": "-1"}])
def test_a_moment_that_there_is_not_is_unknown(
    evening: tuple[SmallMission, dict[int, int]], asked: dict[str, str]
) -> None:
    day, _ = evening
    with pytest.raises(UnknownMomentError):
        room(day.row, Asked(**asked), viewer=SERVER, now=NOW)


def test_the_present_is_now_while_the_day_is_on_and_the_last_report_when_it_is_over(
    evening: tuple[SmallMission, dict[int, int]],
) -> None:
    day, changes = evening
    live = {"live": changes[900], "viewer": SERVER}
    assert moment_of(day.row, now=at(day, 17 * 60), **live).minute == 17 * 60
    assert moment_of(day.row, now=at(day, 900) + timedelta(days=30), **live).minute == 900
    hours = moment_of(day.row, now=at(day, 17 * 60 + 5), **live).hours
    assert [hour.words for hour in hours if hour.come] == ["09:00", "11:00", "13:00", "17:00"]


def test_a_mission_without_an_election_date_has_a_room(sequenced: Sequenced, db: None) -> None:
    mission = small_mission("undated")
    mission.send(mission.body())
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    shown = room(mission.row, Asked(), viewer=SERVER, now=NOW)
    assert shown.intake.came == 1
    mission.row.election_date = date(2013, 11, 3)
    mission.row.save()
    later = room(mission.row, Asked(), viewer=SERVER, now=NOW)
    assert (later.intake.outside, later.intake_chart) == (1, None)


def test_a_mission_without_statistics_counts_and_says_why(day: SmallMission, sequenced: Sequenced) -> None:
    day.row.format = Format.LIMITED.value
    day.row.save()
    report(day, "voting", 600)
    sequenced()
    snapshot(mission=day.row, now=NOW)
    shown = room(day.row, Asked(), viewer=SERVER, now=NOW)
    assert shown.refused is not None
    assert (shown.assessments, shown.worst, shown.coverage, shown.turnout) == ((), (), None, None)
    assert shown.intake.came == 1
