"""Plans are fixed in advance and stay; the gate opens when what was fixed is met, and by the head of mission alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import TABLE, Action, NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.audit.queries import latest_change
from paragraph8.capture.models import Report
from paragraph8.missions.models import Station
from paragraph8.quickcount import refusals
from paragraph8.quickcount.models import DeclaredSample, GateStep, Plan
from paragraph8.quickcount.operations import declare_sample, fix_plan, open_gate, shut_gate
from paragraph8.quickcount.populations import rows_of
from paragraph8.quickcount.queries import UnknownPlanError, night_of
from paragraph8.quickcount.refusals import RefusedPlanError
from paragraph8.quickcount.sampled import Chosen, Frame, chosen_for
from paragraph8.review.operations import correct
from paragraph8.samples.stops import replace as replace_station
from paragraph8.statistics.quickcount.gate import Rule
from paragraph8.statistics.quickcount.refusals import RefusedCountError
from paragraph8.statistics.sampling.design import Method, Request
from samples.drawing import drawn

from .counting import PLAN, Counting, counting

LATER = NOW + timedelta(hours=6)
EASY = replace(PLAN, rule=Rule(overall=0.8, kind=0.0, empty=0, steady=0))


def night(mission: SmallMission, sequenced: Callable[[], int], *, n: int = 20, plan=EASY) -> Counting:
    """The plan fixed, and so many stations reported."""
    count = counting(mission)
    count.fix(plan)
    sequenced()
    for place, station in enumerate(count.stations[:n]):
        count.send(station, (300 + place % 3, 200))
    sequenced()
    return count


def test_a_plan_is_kept_with_the_frame_it_rests_on(mission):
    count = counting(mission)
    plan = count.fix()
    assert (plan.version, plan.late, plan.plan()) == (1, False, PLAN)
    frame = Frame.from_json(json.loads(plan.body)["frame"])
    assert frame.strata == {"A": 22, "B": 22}
    assert frame.kinds == {"rural": 20, "unknown": 4, "urban": 20}
    assert len(count.stations) == 20
    entry = LogEntry.objects.get(kind="quick-count.planned")
    assert json.loads(entry.body) == {"version": 1, "sha256": plan.sha256, "n": 20, "late": False}


def test_a_plan_cannot_be_changed_or_taken_away(mission):
    plan = counting(mission).fix()
    for statement in (lambda: Plan.objects.filter(pk=plan.pk).update(body="{}"), plan.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()


def test_another_plan_is_another_version_with_a_reason(mission):
    count = counting(mission)
    count.fix()
    with pytest.raises(RefusedPlanError) as refused:
        count.fix()
    assert refused.value.text == refusals.NO_REASON
    assert count.fix(reason="Threshold forgotten").version == 2
    assert Plan.objects.count() == 2


def test_a_plan_made_after_the_first_return_says_so_for_ever(mission, sequenced):
    count = night(mission, sequenced, n=1)
    assert count.fix(reason="Late").late is True


def test_a_return_from_outside_the_sample_makes_no_plan_late(mission, sequenced):
    count = counting(mission)
    count.fix()
    outside = next(key for key in Station.objects.values_list("key", flat=True) if key not in count.stations)
    count.send(outside)
    sequenced()
    assert count.fix(reason="Better").late is False


@pytest.mark.parametrize("role", [role for role in Role if Action.DRAW_SAMPLE not in TABLE[role]])
def test_who_draws_no_sample_fixes_no_plan(mission, role):
    count = counting(mission)
    with pytest.raises(NotAllowedError):
        count.fix(by=mission.viewer(role))


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"form": "unknown"}, refusals.NO_FORM),
        ({"votes": (("anna", "P9"), ("berik", "P2"))}, refusals.NO_QUESTION),
        ({"votes": (("anna", "P1"), ("nobody", "P2"))}, refusals.NO_CONTESTANT),
        ({"last": (NOW + timedelta(hours=1)).isoformat()}, refusals.BAD_LOOKS),
        ({"minutes": 1}, refusals.BAD_LOOKS),
    ],
)
def test_a_plan_that_cannot_be_is_refused(mission, changes, text):
    count = counting(mission)
    with pytest.raises(RefusedPlanError) as refused:
        count.fix(replace(PLAN, **changes))
    assert refused.value.text.strings[0][1][:20] == text.strings[0][1][:20]
    assert not Plan.objects.exists()


def test_a_sample_drawn_by_size_is_no_base_for_it(mission):
    count = counting(mission)
    by_size = drawn(mission, request=Request(method=Method.PPS_SYSTEMATIC, n=10, minimum=2, reserves=0))
    with pytest.raises(RefusedPlanError) as refused:
        fix_plan(mission=mission.row, basis=by_size, plan=PLAN, by=SERVER, now=NOW)
    assert refused.value.text == refusals.BY_SIZE
    assert count.plan is None


def test_a_reserve_steps_into_the_sample(mission):
    count = counting(mission)
    count.fix()
    gone = count.stations[0]
    row = replace_station(draw=count.draw, station=gone, reason="Flooded", by=SERVER, now=NOW + timedelta(minutes=9))
    stands = [chosen.station for chosen in chosen_for(count.plan or Plan())]
    assert gone not in stands
    assert stands[0] == row.reserve


FRAME = Frame.of_cells({("north", "urban"): 10, ("north", "rural"): 5, ("south", "rural"): 20})
CHOSEN = [
    Chosen("A1", "north", "urban", 900),
    Chosen("A2", "north", "rural", None),
    Chosen("B1", "south", "rural", 700),
]


def test_a_sample_drawn_elsewhere_is_declared_with_its_source(mission):
    count = counting(mission)
    sample = declare_sample(
        mission=mission.row, name="Ours", source="Drawn on 1 June", frame=FRAME, stations=CHOSEN, by=SERVER, now=NOW
    )
    assert sample.n == 3
    plan = fix_plan(mission=mission.row, basis=sample, plan=PLAN, by=SERVER, now=NOW)
    assert chosen_for(plan) == tuple(CHOSEN)
    assert Frame.from_json(json.loads(plan.body)["frame"]) == FRAME
    assert count.draw.count_plans.count() == 0


def test_a_declared_sample_needs_a_source_and_a_frame_it_fits(mission):
    facts = {"mission": mission.row, "name": "Ours", "by": SERVER, "now": NOW}
    with pytest.raises(RefusedPlanError) as refused:
        declare_sample(**facts, source="  ", frame=FRAME, stations=CHOSEN)
    assert refused.value.text == refusals.NO_SOURCE
    with pytest.raises(RefusedCountError):
        declare_sample(**facts, source="us", frame=FRAME, stations=[Chosen("A1", "west", "urban", None)])
    assert not DeclaredSample.objects.exists()


def test_returns_are_the_ordinary_reports_of_the_sample(mission, sequenced):
    count = night(mission, sequenced, n=18)
    assert count.plan is not None
    found = night_of(count.plan, as_of=latest_change()).returns
    assert found.n == 18


def test_reports_with_severe_problems_are_kept_apart(mission, sequenced):
    count = night(mission, sequenced, n=16)
    first, second, third, fourth = count.stations[16:20]
    count.send(first, (300, 200), P4=100)  # more valid votes than ballots: a problem that blocks
    count.send(second, (300, 200), P1=None)  # half a protocol
    count.send(third, (300, 200), P3=10)  # more votes than valid votes
    count.send(fourth, (300, 200))
    count.send(fourth, (200, 300))  # two protocols that contradict each other
    as_of = sequenced()
    assert count.plan is not None
    rows = {row["row"]: (row["state"], row.get("why")) for row in rows_of(count.plan, as_of=as_of)[1:]}
    assert rows[first] == ("apart", "problem")
    assert rows[second] == ("apart", "incomplete")
    assert rows[third] == ("apart", "impossible")
    assert rows[fourth] == ("apart", "differ")
    assert night_of(count.plan, as_of=as_of).returns.n == 16


def test_a_correction_brings_a_report_into_the_count(mission, sequenced):
    count = night(mission, sequenced, n=16)
    count.send(count.stations[16], (300, 200), P4=100)
    before = sequenced()
    report = Report.objects.order_by("-pk").first()
    correct(report=report, kind="answer", question="P4", value=510, reason="Misread", by=SERVER, now=LATER)
    after = sequenced()
    assert count.plan is not None
    assert [night_of(count.plan, as_of=change).returns.n for change in (before, after)] == [16, 17]


def test_the_same_protocol_twice_is_one_return(mission, sequenced):
    count = night(mission, sequenced, n=16)
    count.send(count.stations[16])
    count.send(count.stations[16])
    assert count.plan is not None
    assert night_of(count.plan, as_of=sequenced()).returns.n == 17


def test_practice_is_in_no_count(mission, sequenced):
    count = night(mission, sequenced, n=16)
    body = json.loads(mission.body(count.stations[16], form="protocol", answers={"P1": 1, "P2": 0, "P3": 1, "P4": 1}))
    mission.send(json.dumps({**body, "rehearsal": True}).encode(), now=LATER)
    assert count.plan is not None
    assert night_of(count.plan, as_of=sequenced()).returns.n == 16


def test_the_head_opens_the_gate_when_everything_is_met(mission, sequenced):
    night(mission, sequenced)
    step = open_gate(mission=mission.row, by=mission.viewer(Role.HEAD), now=LATER)
    assert step.opened
    assert json.loads(LogEntry.objects.get(kind="quick-count.opened").body)["version"] == 1
    with pytest.raises(RefusedPlanError) as refused:
        open_gate(mission=mission.row, by=mission.viewer(Role.HEAD), now=LATER)
    assert refused.value.text == refusals.OPEN_ALREADY


def test_nobody_opens_it_before(mission, sequenced):
    night(mission, sequenced, n=10)
    with pytest.raises(RefusedPlanError) as refused:
        open_gate(mission=mission.row, by=mission.viewer(Role.HEAD), now=LATER)
    assert refused.value.text == refusals.SHUT
    assert not GateStep.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if Action.RELEASE not in TABLE[role]])
def test_nobody_else_opens_it(mission, sequenced, role):
    night(mission, sequenced)
    with pytest.raises(NotAllowedError):
        open_gate(mission=mission.row, by=mission.viewer(role), now=LATER)


def test_it_is_shut_again_with_a_reason(mission, sequenced):
    night(mission, sequenced)
    head = mission.viewer(Role.HEAD)
    with pytest.raises(RefusedPlanError) as refused:
        shut_gate(mission=mission.row, reason="Why not", by=head, now=LATER)
    assert refused.value.text == refusals.SHUT_ALREADY
    open_gate(mission=mission.row, by=head, now=LATER)
    with pytest.raises(RefusedPlanError) as refused:
        shut_gate(mission=mission.row, reason=" ", by=head, now=LATER)
    assert refused.value.text == refusals.NO_WORDS
    shut_gate(mission=mission.row, reason="A protocol was forged", by=head, now=LATER)
    assert [step.opened for step in GateStep.objects.order_by("pk")] == [True, False]


def test_another_plan_stands_behind_its_own_gate(mission, sequenced):
    count = night(mission, sequenced)
    open_gate(mission=mission.row, by=mission.viewer(Role.HEAD), now=LATER)
    sequenced()
    plan = count.fix(EASY, reason="Other")
    as_of = sequenced()
    assert night_of(plan, as_of=as_of).open is False


def test_without_a_plan_there_is_no_gate(mission):
    with pytest.raises(UnknownPlanError):
        open_gate(mission=mission.row, by=SERVER, now=NOW)
