"""Cells say the same as the rows they were counted from, for every domain and question."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.cells import Cells, _sorted
from paragraph8.statistics.estimation.columns import Coded
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import mean, proportion

REGIONS = np.array(["east", "north", "south", "west"])


class Night:
    """A night of reports: 6 strata of 3 to 12 units, some hundred reports, regions that cross the units."""

    def __init__(self, seed: int, *, rows: int = 400, questions: int = 11, units: int = 12) -> None:
        rng = np.random.default_rng(seed)
        self.strata = rng.integers(0, 6, rows)
        self.units = rng.integers(0, units, rows)
        self.populations = 30 + 5 * self.strata
        self.weights = 2.5 + self.strata
        self.domains = np.where(rng.random(rows) < 0.1, "", rng.choice(REGIONS, rows))
        self.answers = rng.choice([-1, 0, 1], (rows, questions), p=[0.15, 0.6, 0.25]).astype(np.int8)
        self.answers[:, 0] = 0
        self.answers[:, 1] = 1
        self.answers[self.domains == "west", 2] = -1

    def design(self, **also) -> SampleDesign:
        columns = {"weights": self.weights, "strata": self.strata, "units": self.units}
        return SampleDesign.declare(**{**columns, "populations": self.populations, **also})

    def y(self, question: int) -> np.ndarray:
        answer = self.answers[:, question].astype(float)
        return np.where(answer < 0, np.nan, answer)


def compare(night: Night, design: SampleDesign, cells: Cells) -> None:
    """Every proportion of the cells is the one of `taylor`, to 1e-12."""
    found = cells.proportions()
    for domain in ("all", *REGIONS):
        for question, name in enumerate(cells.questions):
            members = np.ones(design.n, dtype=bool) if domain == "all" else night.domains == domain
            if not (members & (night.answers[:, question] >= 0)).any():
                assert found.n[found.domains.index(domain), question] == 0
                continue
            one, other = proportion(design, night.y(question), domain=members), found.of(domain, name)
            assert (one.n, one.units, one.strata, one.df) == (other.n, other.units, other.strata, other.df)
            assert other.value == pytest.approx(one.value, rel=1e-12, abs=1e-15)
            assert other.variance == pytest.approx(one.variance, rel=1e-12, abs=1e-17)
            if one.value not in (0, 1) and one.design_effect is not None and one.variance > 1e-12:
                assert other.design_effect == pytest.approx(one.design_effect, rel=1e-10)
                assert other.design_effect_replace == pytest.approx(one.design_effect_replace, rel=1e-10)


@pytest.mark.parametrize("seed", range(4))
def test_cells_say_what_the_rows_say(seed):
    night = Night(seed)
    compare(night, night.design(), Cells.of(night.design(), night.answers, domains=night.domains))


def test_weights_that_differ_between_units():
    night = Night(10)
    night.weights = 1.0 + night.units / 7 + night.strata
    design = night.design()
    cells = Cells.of(design, night.answers, domains=night.domains)
    assert cells.weighed is None
    compare(night, design, cells)


def test_weights_that_differ_within_units():
    night = Night(11)
    night.weights = np.random.default_rng(2).uniform(1, 5, len(night.units))
    design = night.design()
    cells = Cells.of(design, night.answers, domains=night.domains)
    assert cells.weighed is not None
    compare(night, design, cells)


def test_a_design_without_strata_or_populations():
    night = Night(12)
    design = SampleDesign.declare(units=night.units, rows=len(night.units))
    cells = Cells.of(design, night.answers, domains=night.domains)
    found = cells.proportions().of("north", "q4")
    one = proportion(design, night.y(3), domain=night.domains == "north")
    assert found.variance == pytest.approx(one.variance, rel=1e-12)


def test_more_reports_in_a_cell_than_a_byte_holds():
    night = Night(13, rows=9000, questions=3, units=2)
    design = night.design(weights=None, singles=Single.CERTAINTY)
    compare(night, design, Cells.of(design, night.answers, domains=night.domains))
    one_cell = SampleDesign.declare(units=np.arange(9000) % 2, rows=9000)
    counted = Cells.of(one_cell, night.answers)
    assert counted.yes.sum() == (night.answers == 1).sum()
    assert counted.answered.max() == 4500
    assert counted.yes.dtype == np.uint32


def test_units_with_more_reports_than_a_byte_holds_in_small_cells():
    """Each cell fits into a byte and the sum over domains does not."""
    rows = 4 * 200 * 2
    units, domains = np.arange(rows) % 2, REGIONS[np.arange(rows) // 2 % 4]
    answers = np.ones((rows, 1), dtype=np.int8)
    design = SampleDesign.declare(units=units)
    cells = Cells.of(design, answers, domains=domains)
    assert cells.answered.dtype == np.uint8
    assert cells.proportions().n.tolist() == [[1600], [400], [400], [400], [400]]
    assert cells.moments.sums[0, 0, 0, 0] == 1600


@pytest.mark.parametrize("rule", [Single.CERTAINTY, Single.AVERAGE, Single.ADJUST])
def test_rules_for_single_units_are_the_same(rule):
    night = Night(14)
    night.units[night.strata == 2] = 5
    design = night.design(singles=rule)
    assert design.single_strata == ("2",)
    compare(night, design, Cells.of(design, night.answers, domains=night.domains))


def test_collapsed_strata_are_the_same():
    night = Night(15)
    night.units[night.strata == 2] = 5
    night.units[night.strata == 5] = 1
    design = night.design(collapse={2: 5, 5: 0})
    assert design.n_strata == 4
    compare(night, design, Cells.of(design, night.answers, domains=night.domains))


def test_a_single_unit_is_refused_without_a_rule():
    night = Night(14)
    night.units[night.strata == 2] = 5
    with pytest.raises(RefusedEstimateError, match="single-unit") as refused:
        Cells.of(night.design(), night.answers).proportions()
    assert refused.value.details["group"] == "2"
    alone = SampleDesign.declare(strata=[1, 2], singles=Single.AVERAGE)
    with pytest.raises(RefusedEstimateError, match="all-single"):
        Cells.of(alone, [[1], [0]]).proportions()


def test_the_order_of_rows_and_the_coding_of_answers_make_no_difference():
    night, turn = Night(16), np.random.default_rng(1).permutation(400)
    plain = Cells.of(night.design(), night.answers, domains=night.domains).proportions()
    turned = Cells.of(
        SampleDesign.declare(
            weights=night.weights[turn],
            strata=night.strata[turn],
            units=night.units[turn],
            populations=night.populations[turn],
        ),
        night.answers[turn],
        domains=night.domains[turn],
    ).proportions()
    wide = Cells.of(night.design(), night.answers.astype(np.int64) * 3 // 2, domains=night.domains).proportions()
    numbers = np.where(night.answers < 0, np.nan, night.answers)
    floats = Cells.of(night.design(), numbers, domains=night.domains).proportions()
    masked = np.ma.masked_array(np.maximum(night.answers, 0), mask=night.answers < 0)
    hidden = Cells.of(night.design(), masked, domains=night.domains).proportions()
    columns = Cells.of(night.design(), np.asfortranarray(night.answers), domains=night.domains).proportions()
    for other in (turned, wide, floats, hidden, columns):
        np.testing.assert_array_equal(plain.n, other.n)
        np.testing.assert_allclose(plain.values, other.values, rtol=1e-13)
        np.testing.assert_allclose(plain.variances, other.variances, rtol=1e-12)


def test_yes_and_no_without_missing_answers():
    night = Night(17)
    found = Cells.of(night.design(), night.answers == 1, questions=list("abcdefghijk")).proportions()
    assert found.domains == ("all",)
    assert found.of("all", "d").n == 400


@pytest.mark.parametrize("reach", [1 << 10, 1 << 20, 1 << 40])
def test_codes_of_any_reach_are_sorted_in_the_order_of_rows(reach):
    codes = np.random.default_rng(reach).integers(0, reach, 5000)
    codes[::3] = codes[0]
    order, starts, distinct = _sorted(codes, reach)
    np.testing.assert_array_equal(order, np.argsort(codes, kind="stable"))
    expected, firsts = np.unique(codes, return_counts=True)
    np.testing.assert_array_equal(distinct, expected)
    np.testing.assert_array_equal(starts, np.cumsum(firsts) - firsts)


def test_coded_domains_are_the_same_as_labels():
    night = Night(18)
    names = ("east", "nowhere", "north", "south", "west")
    place = {name: code for code, name in enumerate(names)} | {"": -1}
    coded = Coded(codes=np.array([place[name] for name in night.domains]), labels=names)
    one = Cells.of(night.design(), night.answers, domains=night.domains).proportions()
    other = Cells.of(night.design(), night.answers, domains=coded).proportions()
    assert one.domains == other.domains == ("all", *REGIONS)
    np.testing.assert_array_equal(one.variances, other.variances)


def test_a_share_of_none_and_of_all_has_no_variance_and_one_that_nobody_answered_has_no_value():
    found = Cells.of(Night(1).design(), Night(1).answers, domains=Night(1).domains).proportions()
    assert found.of("north", "q1").value == 0
    assert found.of("north", "q1").variance == 0
    assert found.of("north", "q2").value == 1
    assert found.of("north", "q2").variance == pytest.approx(0, abs=1e-30)
    west = found.domains.index("west")
    assert np.isnan(found.values[west, 2])
    assert found.n[west, 2] == found.dfs[west, 2] == 0
    with pytest.raises(RefusedEstimateError, match="empty-domain"):
        found.of("west", "q3")


def test_later_stages_can_be_carried_only_where_they_add_nothing():
    night = Night(19)
    later = np.arange(400)
    whole = night.design(units=[night.units, later])
    with pytest.raises(RefusedEstimateError, match="cells-need-one-stage"):
        Cells.of(whole, night.answers)
    with_replacement = night.design(units=[night.units, later], populations=None)
    found = Cells.of(with_replacement, night.answers).proportions().of("all", "q5")
    assert found.variance == pytest.approx(mean(with_replacement, night.y(4)).variance, rel=1e-12)


class Explained:
    """A calibration that explains everything."""

    def residuals(self, scores):
        return scores * 0


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("cells-need-rows", lambda d, a: Cells.of(adjusted(d), a)),
        ("wrong-shape", lambda d, a: Cells.of(d, a[:, 0])),
        ("wrong-shape", lambda d, a: Cells.of(d, a[:, :0])),
        ("wrong-length", lambda d, a: Cells.of(d, a[:9])),
        ("wrong-length", lambda d, a: Cells.of(d, a, questions=["one"])),
        ("wrong-length", lambda d, a: Cells.of(d, a, domains=["x"])),
        ("label-twice", lambda d, a: Cells.of(d, a, domains=["all", "north"] * 200)),
        ("not-an-answer", lambda d, a: Cells.of(d, a + 2)),
        ("not-an-answer", lambda d, a: Cells.of(d, a + 0.5)),
        ("not-numbers", lambda d, a: Cells.of(d, a.astype(str))),
        ("no-such-group", lambda d, a: Cells.of(d, a).proportions().of("north", "q1")),
        ("no-such-group", lambda d, a: Cells.of(d, a).proportions().of("all", "q99")),
    ],
)
def test_what_cells_refuse(code, asked):
    night = Night(20)
    with pytest.raises(RefusedEstimateError) as refused:
        asked(night.design(), night.answers)
    assert refused.value.code == code
    assert refused.value.text().languages() == {"en", "kk", "ru"}


def adjusted(design: SampleDesign) -> SampleDesign:
    from dataclasses import replace

    return replace(design, adjusting=Explained())


def test_a_calibration_leaves_only_what_it_does_not_explain():
    night = Night(21)
    assert mean(adjusted(night.design()), night.y(4)).variance == 0
