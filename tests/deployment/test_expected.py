"""Who should send what, and when: so that what is missing can be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NOBODY, NotAllowedError, Role
from paragraph8.deployment.expectations import GRACE, NewRule, set_rules, usual_rules
from paragraph8.deployment.models import Mode
from paragraph8.deployment.parameters import Parameters, moment
from paragraph8.deployment.queries import Awaited, Came, by_form, by_hour, expected
from paragraph8.deployment.refusals import RefusedError

from .conftest import Planning

NIGHT = NOW + timedelta(hours=12)
Sequenced = Callable[[], int]


def rules(mission: SmallMission, *said: NewRule) -> int:
    return set_rules(mission=mission.row, rules=list(said), by=SERVER, now=NOW)


def asked(mission: SmallMission, change: int, now: datetime = NIGHT, viewer: Any = SERVER) -> list[Awaited]:
    return expected(mission.row, as_of=change, now=now, viewer=viewer)


def came(found: list[Awaited], **which: str) -> Counter[Came]:
    return Counter(each.came for each in found if all(getattr(each, name) == value for name, value in which.items()))


def report(mission: SmallMission, form: str, station: str, at: int, team: str = "T1") -> None:
    """A visit that ended so many minutes after midnight."""
    ended = moment(mission.row, at).isoformat()
    mission.send(mission.body(station, form=form, started=ended, finished=ended), team=team)


VOTING = NewRule(form="voting", n=4, begins=8 * 60, ends=20 * 60, mode="area")


def test_without_a_plan_nothing_is_expected(mission: SmallMission, sequenced: Sequenced) -> None:
    rules(mission, VOTING)
    assert asked(mission, sequenced()) == []


def test_every_stop_is_expected_to_send_the_form_of_what_is_done_there(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    plan = plan_of(accept=True)
    found = asked(mission, sequenced())
    assert Counter((each.team, each.form) for each in found) == {
        (team, form): n for team in ("T1", "T2") for form, n in (("opening", 1), ("voting", 3), ("counting", 1))
    }
    first = plan.stops.filter(team__code="T1").order_by("position")[0]
    opening = next(each for each in found if (each.team, each.form) == ("T1", "opening"))
    assert (opening.station, opening.by_rule) == (first.station.key, False)
    assert opening.ends == moment(mission.row, first.leave + GRACE)


def test_teams_of_an_own_route_are_expected_to_keep_the_rules_evenly_over_the_day(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    found = [each for each in asked(mission, sequenced()) if each.team == "T1"]
    assert [each.ends for each in found] == [moment(mission.row, hour * 60) for hour in (11, 14, 17, 20)]
    assert all(each.by_rule and not each.station for each in found)


def test_a_report_is_in_time_early_late_missing_or_not_due(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    for at in (7 * 60 + 30, 10 * 60, 17 * 60 + 30):
        report(mission, "voting", "A1", at)
    change = sequenced()
    late = asked(mission, change, now=moment(mission.row, 21 * 60))
    assert [each.came for each in late if each.team == "T1"] == [Came.EARLY, Came.RECEIVED, Came.LATE, Came.MISSING]
    noon = asked(mission, change, now=moment(mission.row, 12 * 60))
    assert came(noon, team="T2") == {Came.MISSING: 1, Came.WAITING: 3}


def test_what_had_not_come_as_of_a_change_is_missing_then(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    before = sequenced()
    report(mission, "voting", "A1", 9 * 60)
    after = sequenced()
    assert came(asked(mission, before), team="T1") == {Came.MISSING: 4}
    assert came(asked(mission, after), team="T1") == {Came.MISSING: 3, Came.RECEIVED: 1}


def test_a_report_answers_the_stop_at_its_station_and_otherwise_the_first_open_one(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    plan = plan_of(accept=True)
    stops = list(plan.stops.filter(team__code="T1", role="voting").order_by("position").select_related("station"))
    report(mission, "voting", stops[2].station.key, stops[2].leave)
    report(mission, "voting", "B9", stops[0].leave)
    found = [each for each in asked(mission, sequenced()) if (each.team, each.form) == ("T1", "voting")]
    answered = {each.station: each.came for each in found}
    assert answered == {
        stops[0].station.key: Came.RECEIVED,
        stops[1].station.key: Came.MISSING,
        stops[2].station.key: Came.RECEIVED,
    }


def test_a_report_of_another_team_or_form_or_set_aside_answers_nothing(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    from paragraph8.capture.models import Report
    from paragraph8.review.operations import correct

    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    report(mission, "opening", "A1", 9 * 60)
    report(mission, "voting", "A1", 9 * 60)
    sequenced()
    kept = Report.objects.get(pk=Report.objects.order_by("-pk").values("pk")[:1])
    correct(report=kept, kind="set-aside", question="", value=True, reason="Practice.", by=SERVER, now=NOW)
    assert came(asked(mission, sequenced()), team="T1") == {Came.MISSING: 4}
    assert came(asked(mission, sequenced()), team="T2") == {Came.MISSING: 4}


def test_it_is_counted_by_form_and_by_hour(mission: SmallMission, plan_of: Planning, sequenced: Sequenced) -> None:
    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    report(mission, "voting", "A1", 9 * 60)
    found = asked(mission, sequenced())
    (line,) = by_form(found)
    assert (line.of, line.expected, line.received, line.missing) == ("voting", 8, 1, 7)
    assert [(tally.hour, tally.expected) for tally in by_hour(found)] == [
        (moment(mission.row, hour * 60), 2) for hour in (11, 14, 17, 20)
    ]


def test_a_team_sees_what_is_expected_of_itself(mission: SmallMission, plan_of: Planning, sequenced: Sequenced) -> None:
    plan_of(accept=True)
    change = sequenced()
    assert {each.team for each in asked(mission, change, viewer=mission.viewer(Role.OBSERVER, "T1"))} == {"T1"}
    with pytest.raises(NotAllowedError):
        asked(mission, change, viewer=NOBODY)


def test_security_learns_that_a_report_came_and_not_which(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    rules(mission, VOTING)
    plan_of(Mode.AREA, accept=True)
    report(mission, "voting", "A1", 9 * 60)
    change = sequenced()
    assert [each.report for each in asked(mission, change) if each.came is Came.RECEIVED] != [""]
    found = asked(mission, change, viewer=mission.viewer(Role.SECURITY))
    assert [each.report for each in found if each.came is Came.RECEIVED] == [""]


def test_rules_are_the_missions_own_and_take_effect_at_once(
    mission: SmallMission, plan_of: Planning, sequenced: Sequenced
) -> None:
    plan_of(Mode.AREA, accept=True)
    assert asked(mission, sequenced()) == []
    assert rules(mission, VOTING) == 8
    assert rules(mission, NewRule(form="counting", n=1, begins=1200, ends=1400)) == 2
    assert {each.form for each in asked(mission, sequenced())} == {"counting"}


def test_usual_rules_are_those_of_the_forms_that_there_are(mission: SmallMission) -> None:
    usual = usual_rules(mission.row, Parameters())
    assert [(rule.form, rule.n, rule.mode) for rule in usual] == [
        ("opening", 1, "area"),
        ("voting", 6, "area"),
        ("counting", 1, "area"),
        ("voting", 6, "suggested"),
    ]


def test_rules_for_forms_that_do_not_exist_or_end_before_they_begin_are_refused(mission: SmallMission) -> None:
    for wrong, reason in (
        (NewRule(form="x", n=1, begins=0, ends=1), "unknown-form"),
        (NewRule(form="voting", n=1, begins=2, ends=1), "window"),
    ):
        with pytest.raises(RefusedError) as refused:
            rules(mission, wrong)
        assert refused.value.reason == reason
    with pytest.raises(NotAllowedError):
        set_rules(mission=mission.row, rules=[], by=mission.viewer(Role.OBSERVER, "T1"), now=NOW)
