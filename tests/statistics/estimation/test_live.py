"""Reports that come one by one end in the same numbers as all of them at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.statistics.estimation.cells import Cells
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.live import Answered, LiveState
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import proportion

QUESTIONS = ("open", "secret", "queue", "count", "turned away")
REGIONS = ("east", "north", "south")
STRATA = np.repeat([0, 1, 2, 3], [6, 8, 5, 7])
DRAWN = [f"S{k:02d}" for k in range(26)]
POPULATIONS = np.array([40, 60, 30, 90])[STRATA]
DESIGN = SampleDesign.declare(strata=STRATA, units=DRAWN, populations=POPULATIONS)


def state(design: SampleDesign = DESIGN, **also) -> LiveState:
    return LiveState(design, questions=QUESTIONS, domains=REGIONS, **also)


def reports(n: int, seed: int = 1, units=DRAWN) -> list[Answered]:
    """Reports of drawn stations; two teams of one station may stand in different regions."""
    rng = np.random.default_rng(seed)
    return [
        Answered(
            f"r{k}",
            str(rng.choice(units)),
            [None, *REGIONS][rng.integers(0, 4)],
            rng.choice([-1, 0, 1], 5, p=[0.2, 0.5, 0.3]).astype(np.int8),
        )
        for k in range(n)
    ]


def whole(kept: list[Answered], *, weights: np.ndarray | None = None) -> tuple[SampleDesign, Cells]:
    """The same reports as one file, declared by hand: stations that are in speak for those of their stratum."""
    place = {unit: code for code, unit in enumerate(DRAWN)}
    at = np.array([place[report.unit] for report in kept])
    strata = STRATA[at]
    arrived = {h: len({report.unit for report, s in zip(kept, strata, strict=True) if s == h}) for h in set(strata)}
    drawn = np.bincount(STRATA)
    base = (POPULATIONS / drawn[STRATA] if weights is None else weights)[at]
    design = SampleDesign.declare(
        weights=base * np.array([drawn[h] / arrived[h] for h in strata]),
        strata=strata,
        units=[report.unit for report in kept],
        populations=POPULATIONS[at],
    )
    table = np.array([report.answers for report in kept])
    domains = [report.domain for report in kept]
    return design, Cells.of(design, table, domains=domains, questions=QUESTIONS)


def same(live: LiveState, cells: Cells) -> None:
    one, other = live.proportions(), cells.proportions()
    assert one.domains == other.domains
    np.testing.assert_array_equal(one.n, other.n)
    np.testing.assert_array_equal(one.dfs, other.dfs)
    np.testing.assert_allclose(one.values, other.values, rtol=1e-12)
    np.testing.assert_allclose(one.variances, other.variances, rtol=1e-12)


def test_reports_one_by_one_are_the_same_as_all_at_once():
    live, kept = state(), reports(300)
    for report in kept:
        live.update(report)
    design, cells = whole(kept)
    same(live, cells)
    y = np.array([float(report.answers[1]) if report.answers[1] >= 0 else np.nan for report in kept])
    north = np.array([report.domain == "north" for report in kept])
    direct, found = proportion(design, y, domain=north), live.proportions().of("north", "secret")
    assert found.value == pytest.approx(direct.value, rel=1e-12)
    assert found.variance == pytest.approx(direct.variance, rel=1e-12)
    assert (found.n, found.df) == (direct.n, direct.df)


def test_corrections_and_withdrawals_leave_what_stands():
    live, first, second = state(), reports(300), reports(300, seed=2)
    for report in first:
        live.update(report)
    for report in second[:150]:
        live.update(report)
    same_place = [
        Answered(report.id, report.unit, report.domain, 1 - np.abs(report.answers)) for report in first[150:200]
    ]
    for report in same_place:
        live.update(report)
    for report in first[200:280]:
        live.withdraw(report.id)
    assert len(live) == 220
    assert "r199" in live
    assert "r200" not in live
    same(live, whole([*second[:150], *same_place, *first[280:]])[1])
    check = live.self_check()
    assert check.agrees
    assert check.reports == 220


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 7), st.sampled_from(DRAWN), st.sampled_from([None, *REGIONS]), st.integers(0, 242)),
        st.integers(0, 7),
    ),
    max_size=60,
)


@given(CHANGES)
@settings(max_examples=60, deadline=None)
def test_any_night_leaves_what_stands_at_its_end(changes):
    """Reports, corrections, withdrawals in any order; three answers to each of five questions are a number to 242."""
    live, standing = state(DESIGN.with_rule(Single.CERTAINTY)), {}
    for change in changes:
        if isinstance(change, int):
            if f"r{change}" in standing:
                live.withdraw(f"r{change}")
                del standing[f"r{change}"]
            continue
        number, unit, domain, said = change
        report = Answered(f"r{number}", unit, domain, [said // 3**k % 3 - 1 for k in range(5)])
        live.update(report)
        standing[report.id] = report
    if not standing:
        assert not live.moments.sums.any()
        return
    found = live.proportions()
    for question in range(5):
        said = [report.answers[question] for report in standing.values() if report.answers[question] >= 0]
        assert found.n[0, question] == len(said)
    assert live.self_check().agrees


def test_everything_withdrawn_is_nothing():
    live = state()
    for report in reports(60):
        live.update(report)
    for report in reports(60):
        live.withdraw(report.id)
    assert not live.moments.sums.any()
    assert np.isnan(live.proportions().values).all()
    assert live.absent_strata == ("0", "1", "2", "3")


def test_stations_of_unequal_weight():
    weights = np.random.default_rng(4).uniform(1, 9, 26)
    drawn = SampleDesign.declare(weights=weights, strata=STRATA, units=DRAWN, populations=POPULATIONS)
    live, kept = state(drawn), reports(200)
    for report in [*reports(200, seed=9), *kept]:
        live.update(report)
    same(live, whole(kept, weights=weights)[1])
    assert live.self_check().agrees


def test_of_weights_that_are_no_whole_numbers_nothing_is_left_behind():
    """Once every yes is withdrawn the share is 0 and not nearly 0, which would have another interval."""
    rng = np.random.default_rng(6)
    drawn = SampleDesign.declare(weights=rng.uniform(1, 9, 26), strata=STRATA, units=DRAWN, populations=POPULATIONS)
    live = state(drawn)
    for report in reports(200):
        live.update(report)
    for report in reports(200):
        live.update(Answered(report.id, report.unit, report.domain, np.minimum(report.answers, 0)))
    assert live.moments.sums[:, :, 0].any()
    assert not live.proportions().values.any()
    assert not live.proportions().variances.any()
    assert live.self_check().agrees


def test_a_stratum_of_which_nothing_is_in_takes_no_part():
    live, kept = state(), reports(80, units=DRAWN[:14])
    for report in kept:
        live.update(report)
    assert live.absent_strata == ("2", "3")
    same(live, whole(kept)[1])
    assert live.self_check().agrees


def test_all_units_drawn_are_the_sample_where_arrivals_do_not_count():
    live, kept = state(arrivals=False), reports(40, units=DRAWN[::2])
    for report in kept:
        live.update(report)
    sample = live.sample()
    assert sample.design.n == 40 + 13
    assert sample.design.df == 26 - 4
    y = np.where(sample.answers[:, 0] < 0, np.nan, sample.answers[:, 0])
    found = live.proportions().of("all", "open")
    assert found.variance == pytest.approx(proportion(sample.design, y).variance, rel=1e-12)
    assert live.self_check().agrees
    assert live.proportions().variances[0, 0] != state_of(kept).proportions().variances[0, 0]


def state_of(kept: list[Answered]) -> LiveState:
    live = state()
    for report in kept:
        live.update(report)
    return live


def test_a_stratum_with_one_arrival_follows_the_rule_or_the_list():
    few = [*reports(50, units=DRAWN[:14]), Answered("x", "S15", "north", [1, 0, 1, -1, 0])]
    with pytest.raises(RefusedEstimateError, match="single-unit"):
        state_of(few).proportions()
    sure = state(DESIGN.with_rule(Single.CERTAINTY))
    listed = state(
        SampleDesign.declare(strata=STRATA, units=DRAWN, populations=POPULATIONS, collapse={2: 3, 3: 1, 1: 0})
    )
    for report in few:
        sure.update(report)
        listed.update(report)
    assert sure.self_check().agrees
    assert listed.self_check().agrees
    assert sure.proportions().values[0, 0] == listed.proportions().values[0, 0]
    assert sure.proportions().variances[0, 0] != listed.proportions().variances[0, 0]
    listed.update(Answered("y", "S14", "north", [1, 0, 1, -1, 0]))
    assert listed.self_check().agrees


def test_the_self_check_finds_a_wrong_sum():
    live = state_of(reports(100))
    assert live.self_check().agrees
    live._sums[1, 0, 0, 0] += 1e-6
    check = live.self_check()
    assert not check.agrees
    assert check.counts_agree
    assert check.difference > 1e-9
    live = state_of(reports(100))
    live._counts[2, 1, 1] += 1
    assert not live.self_check().counts_agree


@pytest.mark.parametrize(
    ("code", "report"),
    [
        ("unknown-unit", Answered("r", "S99", None, [1] * 5)),
        ("unknown-unit", Answered("r", ["S01"], None, [1] * 5)),
        ("unknown-domain", Answered("r", "S01", "moon", [1] * 5)),
        ("unknown-domain", Answered("r", "S01", ["north"], [1] * 5)),
        ("unknown-domain", Answered("r", "S01", "", [1] * 5)),
        ("wrong-length", Answered("r", "S01", None, [1] * 4)),
        ("wrong-length", Answered("r", "S01", None, np.ones((1, 5), dtype=np.int8))),
        ("not-an-answer", Answered("r", "S01", None, [1, 0, 2, 0, 0])),
        ("not-an-answer", Answered("r", "S01", None, [1, 0, 300, 0, 0])),
        ("not-numbers", Answered("r", "S01", None, ["1"] * 5)),
        ("not-numbers", Answered("r", "S01", None, [1.0, None, 0.0, 0.0, 0.0])),
    ],
)
def test_a_report_that_cannot_be_read_changes_nothing(code, report):
    live = state_of(reports(50))
    before = live.moments
    with pytest.raises(RefusedEstimateError) as refused:
        live.update(Answered("r7", report.unit, report.domain, report.answers))
    assert refused.value.code == code
    assert refused.value.text().languages() == {"en", "kk", "ru"}
    np.testing.assert_array_equal(before.sums, live.moments.sums)
    assert len(live) == 50


def test_only_what_is_there_can_be_withdrawn():
    with pytest.raises(RefusedEstimateError, match="unknown-report"):
        state().withdraw("r1")


def test_answers_of_any_whole_number_or_yes_and_no_are_read():
    live = state()
    for k, answers in enumerate(([1, 0, -9, 1, 0], np.array([True, False, True, True, False]), np.zeros(5, np.uint8))):
        live.update(Answered(f"r{k}", "S01", None, answers))
        live.update(Answered(f"s{k}", "S02", None, answers))
    assert live.proportions().n.tolist()[0] == [6, 6, 4, 6, 6]


def test_a_live_state_needs_one_weight_for_a_unit_and_one_unit_for_a_label():
    with pytest.raises(RefusedEstimateError, match="weights-within-unit") as refused:
        state(SampleDesign.declare(weights=[1.0, 2.0, 3.0], units=["a", "a", "b"]))
    assert "Unit a" in str(refused.value.text())
    with pytest.raises(RefusedEstimateError, match="label-twice"):
        state(SampleDesign.declare(strata=[1, 1, 2, 2], units=["a", "b", "b", "c"]))
    with pytest.raises(RefusedEstimateError, match="label-twice"):
        LiveState(DESIGN, questions=QUESTIONS, domains=["x", "x"])
    with pytest.raises(RefusedEstimateError, match="label-twice"):
        LiveState(DESIGN, questions=QUESTIONS, domains=["all", "x"])
