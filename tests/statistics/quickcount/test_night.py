"""Response, gate, looks, tipping point, trace and comparison: what the night says around the estimate."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Key
from paragraph8.statistics.quickcount import measures, response
from paragraph8.statistics.quickcount.counts import estimate, limits
from paragraph8.statistics.quickcount.gate import Condition, Rule, judge, lead_at_worst
from paragraph8.statistics.quickcount.looks import Looks, Spending
from paragraph8.statistics.quickcount.nights import Night
from paragraph8.statistics.quickcount.official import Agreement, compare, family_level
from paragraph8.statistics.quickcount.plans import CountPlan, plan_from_json
from paragraph8.statistics.quickcount.refusals import RefusedCountError
from paragraph8.statistics.quickcount.tipping import tipping_point
from paragraph8.statistics.quickcount.traces import drifting, inside_last, moments, trace

from .nights import STRATA, returns, sample

PLAN = CountPlan(form="protocol", votes=(("anna", "P1"), ("berik", "P2")), minutes=10)


def test_response_by_stratum_and_kind_adds_up():
    night = returns(out=[6, 7, 16], apart=[0])
    whole = response.overall(night)
    assert (whole.drawn, whole.returned, whole.doubtful, whole.missing) == (30, 26, 1, 4)
    strata = response.by_stratum(night)
    assert [(row.group, row.drawn, row.returned) for row in strata] == [("a", 10, 7), ("b", 10, 9), ("c", 10, 10)]
    kinds = {row.group: (row.drawn, row.returned, row.doubtful) for row in response.by_kind(night)}
    assert kinds == {"rural": (12, 9, 0), "urban": (18, 17, 1)}


def test_a_kind_that_is_well_behind_is_named_and_chance_is_not():
    assert response.behind(returns(out=[6, 16])) == ()  # 83 against 100 per cent of so few is chance
    late = response.behind(returns(out=[6, 7, 8, 16, 17, 18, 26]))
    assert [row.kind for row in late] == ["rural"]
    assert (late[0].rate, late[0].others) == (pytest.approx(5 / 12), 1.0)


def test_stations_of_no_known_kind_are_a_group_of_their_own():
    night = returns(of=sample(kinds=["urban"] * 20 + [""] * 10, cell_populations=None))
    assert [(row.group, row.drawn) for row in response.by_kind(night)] == [("urban", 20), ("", 10)]


def test_the_gate_opens_when_everything_that_was_fixed_is_met():
    verdict = judge(returns(), Rule(), leader=0, second=1, looks_inside=[True] * 3)
    assert verdict.open
    assert [check.condition for check in verdict.checks] == [
        Condition.RETURNS,
        Condition.KIND,
        Condition.KIND,
        Condition.EMPTY,
        Condition.DOUBTFUL,
        Condition.STEADY,
    ]


@pytest.mark.parametrize(
    ("night", "rule", "inside", "unmet"),
    [
        ({"out": range(5)}, {}, (True,) * 3, {Condition.RETURNS}),
        ({"out": [6, 7, 8, 16]}, {}, (True,) * 3, {Condition.KIND}),
        ({"out": range(10)}, {"overall": 0.5, "kind": 0.5}, (True,) * 3, {Condition.EMPTY}),
        ({}, {}, (True, False, True), {Condition.STEADY}),
        ({}, {}, (True, True), {Condition.STEADY}),
        ({"apart": [0, 1, 2], "ahead": 10}, {}, (True,) * 3, {Condition.DOUBTFUL}),
        ({}, {"opens_at": 100.0}, (True,) * 3, {Condition.TIME}),
    ],
)
def test_the_gate_stays_shut_and_says_why(night, rule, inside, unmet):
    verdict = judge(returns(**night), Rule(**rule), leader=0, second=1, looks_inside=inside, now=99.0)
    assert not verdict.open
    assert {check.condition for check in verdict.unmet} == unmet


def test_reports_kept_apart_could_change_the_leader_only_if_the_worst_case_says_so():
    """The worst case gives every registered voter there to the second, with the weights they would have."""
    night = returns(apart=[0], ahead=40)
    used = night.used
    weight = 40 / 10
    ahead = weight * (night.votes[used, 0] - night.votes[used, 1]).sum()
    expected = (ahead - weight * 800) / (weight * 500 * used.sum() + weight * 800)
    assert lead_at_worst(night, leader=0, second=1) == pytest.approx(expected)
    assert lead_at_worst(returns(out=range(30)), leader=0, second=1) is None


def test_interim_limits_are_wider_and_all_looks_together_hold_the_error():
    fixed = Looks()
    assert (fixed.level(returned=0.5), fixed.level(returned=0.9, last=True)) == (0.99, 0.95)
    spending = Looks(spending=Spending.OBRIEN_FLEMING)
    parts = [0.2, 0.5, 0.8]
    levels = [spending.level(returned=part, before=before) for before, part in zip([0.0, *parts], parts, strict=False)]
    levels.append(spending.level(returned=0.9, before=0.8, last=True))
    assert levels[0] > levels[1] > levels[2] > 0.95
    assert sum(1 - level for level in levels) == pytest.approx(0.05, abs=2e-6)
    with pytest.raises(RefusedCountError):
        Looks(final=0.99, interim=0.95)
    with pytest.raises(RefusedCountError):
        fixed.level(returned=0.5, before=0.6)


def test_the_tipping_point_is_where_the_lead_is_gone():
    night = returns(out=[0, 10, 20])
    count = estimate(night)
    found = tipping_point(night, lead=count.lead.value, share=count.shares.values[0], margin=0.01)
    assert found.whole.stations == 3
    assert found.whole.part == pytest.approx(0.1)
    shift = found.whole.shift or 0
    assert count.lead.value - 2 * found.whole.part * shift == pytest.approx(0)
    assert (found.limit or 0) < shift
    moved = dict(found.scenarios)
    assert moved[0.10] == pytest.approx(count.lead.value - 0.02)
    assert sum(kind.part for kind in found.kinds) == pytest.approx(found.whole.part)


def test_the_tipping_point_holds_when_the_missing_stations_really_vote_so():
    """Give the missing stations votes shifted by the tipping point: the lead of the full sample is zero."""
    night = returns(out=[0, 10, 20])
    count = estimate(night)
    found = tipping_point(night, lead=count.lead.value, share=count.shares.values[0], margin=0.0)
    votes = night.votes.copy()
    for stratum, station in enumerate((0, 10, 20)):
        inside = night.used & (night.sample.stratum == stratum)
        mean = votes[inside].mean(axis=0)
        shift = 500 * (found.whole.shift or 0)
        votes[station] = mean + np.array([-shift, shift])
    full = type(night).of(night.sample, contestants=night.contestants, votes=votes, base=[500.0] * 30)
    assert estimate(full).margin("anna", "berik").value == pytest.approx(0, abs=1e-12)


def test_nothing_missing_has_no_tipping_point():
    found = tipping_point(returns(), lead=0.1, share=0.5, margin=0.01)
    assert (found.whole.stations, found.whole.shift, found.limit) == (0, None, None)


def test_an_official_figure_is_consistent_or_not_and_never_confirmed():
    count = estimate(returns())
    own = dict(zip(("anna", "berik"), count.shares.values.tolist(), strict=True))
    same = compare(count, own)
    assert same is not None
    assert same.agreement is Agreement.CONSISTENT
    assert same.family == 3
    other = compare(count, {"anna": own["anna"] + 0.1, "berik": own["berik"] - 0.1})
    assert other is not None
    assert other.agreement is Agreement.NOT_CONSISTENT
    assert compare(count, {"anna": 0.5}) is None
    assert family_level(0.95, 5) == pytest.approx(0.99)


def test_among_many_quantities_one_may_lie_outside_by_chance():
    count = estimate(returns())
    just_outside = limits(count.shares[0], level=0.95).high + 1e-6
    found = compare(count, {"anna": just_outside, "berik": 1 - just_outside})
    assert found is not None
    assert found.rows[0].agreement is Agreement.NOT_CONSISTENT
    assert found.rows[0].agreement_family is Agreement.CONSISTENT


def rows(*, gate: str = "shut", out: tuple[int, ...] = (), plan: CountPlan = PLAN) -> list[dict[str, Any]]:
    """The night of `returns` as sealed rows."""
    night = returns(out=out)
    head = {
        "row": "plan",
        "plan": plan.to_json(),
        "gate": gate,
        "strata": dict.fromkeys(STRATA, 40),
        "kinds": {"urban": 72, "rural": 48},
        "cells": [[h, kind, n] for h in STRATA for kind, n in (("urban", 24), ("rural", 16))],
    }
    found = [head]
    for n in range(30):
        here = n not in out
        votes = dict(zip(("anna", "berik"), map(int, night.votes[n]), strict=True)) if here else None
        found.append(
            {
                "row": f"s{n:02d}",
                "station": f"s{n:02d}",
                "stratum": STRATA[n // 10],
                "kind": "urban" if n % 10 < 6 else "rural",
                "registered": 800,
                "state": "in" if here else "out",
                "arrived": f"2019-06-09T20:{n:02d}:00+00:00" if here else None,
                "votes": votes,
                "base": 500 if here else None,
                "ballots": 510 if here else None,
            }
        )
    return found


def test_rows_tell_the_night_again():
    night = Night.of(rows(out=(3,)))
    assert night.plan == PLAN
    assert night.returns.n == 29
    assert estimate(night.returns).shares.values == pytest.approx(estimate(returns(out=[3])).shares.values)
    canonical(rows())  # whole numbers and texts alone
    with pytest.raises(RefusedCountError):
        Night.of(rows()[1:])


def test_a_figure_has_interim_limits_until_the_gate_is_open():
    key = Key.of("quickcount", "share", contestant="anna")
    shut, opened = (measures.share(rows(gate=gate, out=(3,)), key) for gate in ("shut", "open"))
    assert shut.interval is not None
    assert opened.interval is not None
    assert (shut.interval.level, opened.interval.level) == ("0.99", "0.95")
    assert float(shut.interval.low) < float(opened.interval.low)
    assert opened.estimate is not None
    assert (opened.estimate.n, opened.estimate.drawn, opened.estimate.population) == (29, 30, 120)
    assert opened.left_out == (("no-report", 1),)
    assert measures.outcomes(rows(out=(3,)), key)[:5] == ["plan", "in", "in", "in", "no-report"]


def test_where_the_error_is_spent_a_figure_has_the_level_of_its_look():
    spent = CountPlan(
        form="protocol",
        votes=PLAN.votes,
        looks=Looks(spending=Spending.OBRIEN_FLEMING),
        first="2019-06-09T20:05:00+00:00",
        last="2019-06-09T23:55:00+00:00",
        minutes=10,
    )
    key = Key.of("quickcount", "share", contestant="anna")
    looks = trace(Night.of(rows(plan=spent)), now=1560112140.0)
    tally = measures.share(rows(plan=spent), key)
    assert tally.interval is not None
    assert float(tally.interval.level) == pytest.approx(looks[-1].level)
    assert 0.95 < looks[-1].level < looks[0].level
    nothing = measures.share(rows(plan=spent, out=tuple(range(30))), key)
    assert nothing.interval is None


def test_measures_of_one_night_fit_each_other():
    found = rows(gate="open")
    one, other = (measures.share(found, Key.of("quickcount", "share", contestant=c)) for c in ("anna", "berik"))
    lead = measures.lead(found, Key.of("quickcount", "lead"))
    turned = measures.lead(found, Key.of("quickcount", "lead", contestant="berik", over="anna"))
    assert one.estimate is not None
    assert other.estimate is not None
    assert lead.estimate is not None
    assert turned.estimate is not None
    assert float(lead.estimate.value or 0) == pytest.approx(
        float(one.estimate.value or 0) - float(other.estimate.value or 0)
    )
    assert float(turned.estimate.value or 0) == pytest.approx(-float(lead.estimate.value or 0))
    turnout = measures.turnout(found, Key.of("quickcount", "turnout"))
    assert turnout.estimate is not None
    assert float(turnout.estimate.value or 0) == pytest.approx(510 / 800)
    back = measures.returns(found, Key.of("quickcount", "returns"))
    assert (back.numerator, back.denominator) == (30, 30)


def test_a_night_without_returns_has_figures_without_values():
    none = rows(out=tuple(range(30)))
    tally = measures.share(none, Key.of("quickcount", "share", contestant="anna"))
    assert tally.estimate is not None
    assert (tally.estimate.value, tally.interval, tally.left_out) == (None, None, (("no-report", 30),))


def test_the_trace_has_a_look_for_each_fixed_time_and_one_for_now():
    fixed = CountPlan(
        form="protocol",
        votes=PLAN.votes,
        first="2019-06-09T20:05:00+00:00",
        last="2019-06-09T20:25:00+00:00",
        minutes=10,
    )
    night = Night.of(rows(plan=fixed))
    start = 1560110700.0
    assert moments(fixed, now=start + 720) == [start, start + 600, start + 720]
    looks = trace(night, now=start + 720)
    assert [look.n for look in looks] == [6, 16, 18]
    assert moments(fixed, now=start - 60) == [start - 60]
    late = moments(fixed, now=start + 10_000_000, arrivals=[start + 1500])
    assert late == [start, start + 600, start + 1200, start + 1500]


def test_without_fixed_times_looks_begin_with_the_first_return():
    assert moments(PLAN, now=5000.0, arrivals=[610.0, 2000.0]) == [1200.0, 1800.0, 2000.0]
    assert moments(PLAN, now=100.0) == [100.0]
    with pytest.raises(RefusedCountError):
        moments(PLAN, now=1e9, arrivals=[0.0, 1e9])


def test_a_drift_is_seen():
    steady = trace(Night.of(rows()), now=1560112140.0)
    assert all(inside_last(steady)[-1:])
    drifted = rows()
    for row in drifted[1:11]:  # the first ten stations say something else
        row["votes"] = {"anna": 100, "berik": 400}
    looks = trace(Night.of(drifted), now=1560112140.0)
    assert drifting(looks, last=3) is (not all(inside_last(looks)[-3:]))
    assert not drifting(looks, last=0)


def test_a_plan_survives_its_spelling():
    plan = CountPlan(
        form="protocol",
        votes=(("anna", "P1"), ("berik", "P2")),
        base=("P3",),
        ballots=("P4", "P5"),
        threshold=0.333,
        rule=Rule(overall=0.9, kind=0.75, empty=2, steady=4, opens_at=1560110400.0),
        looks=Looks(final=0.9, interim=0.995, spending=Spending.OBRIEN_FLEMING),
        first="2019-06-09T20:05:00+00:00",
        last="2019-06-09T22:05:00+00:00",
    )
    canonical(plan.to_json())
    assert plan_from_json(plan.to_json()) == plan
    assert plan.questions == ("P1", "P2", "P3", "P4", "P5")


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {**PLAN.to_json(), "threshold": "high"},
        {**PLAN.to_json(), "adjustment": "magic"},
        {**PLAN.to_json(), "votes": [["anna", "P1"]]},
        {**PLAN.to_json(), "gate": None},
        {**PLAN.to_json(), "first": "2019-06-09T20:05:00+00:00"},
    ],
)
def test_what_is_no_plan_is_refused(broken):
    with pytest.raises(RefusedCountError):
        plan_from_json(broken)
