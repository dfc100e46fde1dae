"""A design is what its columns say, however rows are ordered and units are named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from paragraph8 import statistics
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import by_domain, difference, mean, proportion, shares, total
from paragraph8.statistics.sampling.design import Method, Request
from paragraph8.statistics.sampling.drawing import draw
from paragraph8.statistics.sampling.frame import Frame

RNG = np.random.default_rng(3)
N = 240
STRATA = RNG.integers(0, 4, N)
UNITS = RNG.integers(0, 9, N)
"""Labels that are used again in every stratum."""
WEIGHTS = RNG.uniform(1, 9, N)
Y = RNG.normal(10, 3, N)
GROUPS = RNG.choice(["north", "south", "east"], N)
DESIGN = SampleDesign.declare(weights=WEIGHTS, strata=STRATA, units=UNITS, populations=40 + STRATA)


def test_labels_used_again_in_another_stratum_are_other_units():
    told_apart = SampleDesign.declare(
        weights=WEIGHTS,
        strata=STRATA,
        units=[f"{stratum}/{unit}" for stratum, unit in zip(STRATA, UNITS, strict=True)],
        populations=40 + STRATA,
    )
    assert DESIGN.n_units == told_apart.n_units == len({*zip(STRATA.tolist(), UNITS.tolist(), strict=True)})
    assert mean(DESIGN, Y).variance == pytest.approx(mean(told_apart, Y).variance, rel=1e-13)


@pytest.mark.parametrize(
    "labels",
    [
        np.array(["b", "a", "c", "a"]),
        ["b", "a", "c", "a"],
        np.array(["b", "a", "c", "a"], dtype=object),
        np.array([7, -3, 900_000_000_000, -3]),
        np.array([20, -100, 120, -100], dtype=np.int8),
        [7, -3, 8, -3],
        [2.5, 1.5, 3.5, 1.5],
        np.array([True, False, True, False]),
    ],
)
def test_labels_of_any_kind_name_strata(labels):
    design = SampleDesign.declare(strata=labels, singles=Single.CERTAINTY)
    assert design.strata == tuple(sorted({getattr(label, "item", lambda v=label: v)() for label in labels}))
    assert [design.strata[h] for h in design.stages[0].group_of_unit[design.stages[0].unit_of_row]] == list(labels)


def test_labels_used_again_in_another_unit_are_other_units_of_the_next_stage():
    later = RNG.integers(0, 3, N)
    again = SampleDesign.declare(weights=WEIGHTS, strata=STRATA, units=[UNITS, later], populations=[40 + STRATA, 9])
    own = [f"{s}/{u}/{k}" for s, u, k in zip(STRATA, UNITS, later, strict=True)]
    apart = SampleDesign.declare(weights=WEIGHTS, strata=STRATA, units=[UNITS, own], populations=[40 + STRATA, 9])
    rules = [replace(design, singles=Single.CERTAINTY) for design in (again, apart)]
    assert mean(rules[0], Y).variance == pytest.approx(mean(rules[1], Y).variance, rel=1e-13)
    assert mean(rules[0], Y).variance > mean(DESIGN, Y).variance


def test_the_order_of_rows_makes_no_difference():
    order = RNG.permutation(N)
    turned = SampleDesign.declare(
        weights=WEIGHTS[order], strata=STRATA[order], units=UNITS[order], populations=(40 + STRATA)[order]
    )
    one, other = by_domain(DESIGN, Y, GROUPS), by_domain(turned, Y[order], GROUPS[order])
    assert one.names == other.names
    np.testing.assert_allclose(one.values, other.values, rtol=1e-13)
    np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-11, atol=1e-16)


def test_weights_in_another_scale_change_totals_and_nothing_else():
    heavier = replace(DESIGN, weights=DESIGN.weights * 1000)
    assert mean(heavier, Y).variance == pytest.approx(mean(DESIGN, Y).variance, rel=1e-12)
    assert total(heavier, Y).se == pytest.approx(1000 * total(DESIGN, Y).se, rel=1e-12)
    assert heavier.kish == pytest.approx(DESIGN.kish, rel=1e-12)


def test_a_row_told_twice_with_half_its_weight_is_the_same_row_of_its_unit():
    halves = SampleDesign.declare(
        weights=np.tile(WEIGHTS / 2, 2),
        strata=np.tile(STRATA, 2),
        units=np.tile(UNITS, 2),
        populations=np.tile(40 + STRATA, 2),
    )
    assert mean(halves, np.tile(Y, 2)).variance == pytest.approx(mean(DESIGN, Y).variance, rel=1e-12)


def test_a_domain_is_not_a_filter():
    """Units without members count with 0: in a total they make the spread, and leaving them out hides it."""
    north = (GROUPS == "north") & (UNITS < 4)
    right = total(DESIGN, Y, domain=north)
    filtered = SampleDesign.declare(
        weights=WEIGHTS[north], strata=STRATA[north], units=UNITS[north], populations=(40 + STRATA)[north]
    )
    assert right.value == pytest.approx(total(filtered, Y[north]).value, rel=1e-13)
    assert right.se > 1.05 * total(filtered, Y[north]).se
    assert right.units == filtered.n_units
    zero = total(DESIGN, np.where(north, Y, 0))
    assert right.variance == pytest.approx(zero.variance, rel=1e-12)


def test_a_domain_with_one_unit_in_a_stratum_is_no_single_stratum():
    lonely = (STRATA != 0) | (UNITS[STRATA == 0][0] == UNITS)
    assert mean(DESIGN, Y, domain=lonely).df == DESIGN.df_of(lonely) < DESIGN.df


def test_domains_that_share_units_are_tied():
    groups = by_domain(DESIGN, Y, GROUPS)
    north, south = groups["north"], groups["south"]
    apart = difference(DESIGN, Y, GROUPS == "north", GROUPS == "south")
    assert apart.variance == pytest.approx(groups.difference("north", "south").variance, rel=1e-12)
    assert abs(apart.variance - north.variance - south.variance) > 1e-3 * apart.variance
    assert apart.n == north.n + south.n


def test_shares_add_to_one_and_so_do_their_errors_to_nothing():
    found = shares(DESIGN, GROUPS)
    assert found.values.sum() == pytest.approx(1, rel=1e-13)
    assert found.contrast([1.0, 1.0, 1.0]).se == pytest.approx(0, abs=1e-9)
    assert found["north"].variance == pytest.approx(proportion(DESIGN, GROUPS == "north").variance, rel=1e-12)


def test_a_row_without_a_group_is_in_none():
    found = by_domain(DESIGN, Y, np.where(UNITS == 0, "", GROUPS))
    assert int(found.n.sum()) == int((UNITS != 0).sum())


def test_a_whole_population_has_no_error():
    everyone = SampleDesign.declare(strata=STRATA, populations=np.bincount(STRATA)[STRATA])
    assert total(everyone, Y).value == pytest.approx(Y.sum(), rel=1e-13)
    assert total(everyone, Y).se == 0


def test_a_stratum_taken_whole_is_no_single_stratum():
    taken = SampleDesign.declare(strata=["a", "b", "b"], populations=[1, 9, 9])
    assert taken.single_strata == ()
    assert mean(taken, [1.0, 2.0, 4.0]).se > 0


def test_kish_is_the_price_of_unequal_weights():
    assert SampleDesign.declare(weights=[1.0, 1.0, 3.0, 3.0]).kish == pytest.approx(4 * 20 / 64)
    assert DESIGN.kish_of(GROUPS == "north") >= 1


def test_effective_n_undoes_the_design_effect():
    found = proportion(DESIGN, GROUPS == "north")
    assert found.effective_n == pytest.approx(found.n / found.design_effect_replace)


# Collapsing


def sample(collapse, order=None):
    """Strata a (1 unit), b (1), c (1), d (3), e (3)."""
    labels = np.array(list("abcdddeee"))
    order = np.arange(9) if order is None else order
    return SampleDesign.declare(
        weights=np.arange(1.0, 10)[order], strata=labels[order], populations=np.full(9, 50), collapse=collapse
    )


def test_single_strata_join_those_of_the_list_and_each_other():
    joined = sample({"a": "b", "b": "a", "c": "d", "d": "e"})
    assert joined.stages[0].names == ("a + b", "c + d", "e")
    assert list(joined.stages[0].population) == [100, 100, 50]
    assert joined.df == 9 - 3
    assert joined.strata == tuple("abcde")


def test_a_stratum_without_units_is_passed_on_the_way():
    assert sample({"a": "z", "z": "y", "y": "d", "b": "d", "c": "d"}).stages[0].names == ("a + b + c + d", "e")


def test_collapsing_does_not_depend_on_the_order_of_rows():
    rule = {"a": "b", "b": "d", "c": "e"}
    order = np.random.default_rng(5).permutation(9)
    y = np.arange(9.0) ** 2
    assert sample(rule, order).stages[0].names == sample(rule).stages[0].names == ("a + b + d", "c + e")
    assert mean(sample(rule, order), y[order]).variance == pytest.approx(mean(sample(rule), y).variance, rel=1e-13)


def test_strata_with_two_units_are_never_collapsed():
    rule = {"d": "e", "a": "e", "b": "e", "c": "e"}
    assert sample(rule).stages[0].names == ("a + b + c + e", "d")


def test_a_stratum_taken_whole_is_not_collapsed():
    whole = SampleDesign.declare(strata=list("abb"), populations=[1, 9, 9], collapse={"a": "b"})
    assert whole.stages[0].names == ("a", "b")


def test_a_single_stratum_that_the_list_forgets_follows_the_rule():
    forgotten = sample({"a": "d", "b": "d"})
    assert forgotten.single_strata == ("c",)
    with pytest.raises(RefusedEstimateError, match="single-unit"):
        mean(forgotten, np.arange(9.0))
    assert mean(forgotten.with_rule(Single.CERTAINTY), np.arange(9.0)).se > 0


# From a recorded draw


def frame() -> Frame:
    rng = np.random.default_rng(9)
    return Frame.of(
        [f"S{k:03d}" for k in range(200)],
        strata=["hills" if k % 3 else "plain" for k in range(200)],
        sizes=[*rng.integers(200, 900, 198).tolist(), 90_000, 80_000],
    )


def test_a_draw_becomes_the_design_of_its_stations():
    drawn = draw(frame(), Request(method=Method.SIMPLE, n=40), seed=bytes(32))
    stations = [unit.station for unit in drawn.drawn]
    design = SampleDesign.from_draw(drawn, stations)
    by_hand = SampleDesign.declare(
        strata=[unit.stratum for unit in drawn.drawn],
        populations=[{s.code: s.there for s in drawn.strata}[unit.stratum] for unit in drawn.drawn],
    )
    y = np.arange(40.0)
    assert design.df == 38
    assert total(design, np.ones(40)).value == pytest.approx(200)
    assert mean(design, y).variance == pytest.approx(mean(by_hand, y).variance, rel=1e-13)


def test_two_reports_of_a_station_are_rows_of_one_unit():
    drawn = draw(frame(), Request(method=Method.SIMPLE, n=40), seed=bytes(32))
    stations = [unit.station for unit in drawn.drawn]
    design = SampleDesign.from_draw(drawn, stations + stations[:7])
    assert (design.n, design.n_units) == (47, 40)


def test_stations_that_are_in_speak_for_those_of_their_stratum_that_are_not():
    drawn = draw(frame(), Request(method=Method.SIMPLE, n=40), seed=bytes(32))
    stations = [unit.station for unit in drawn.drawn if unit.station[-1] in "02468"]
    assert total(SampleDesign.from_draw(drawn, stations), np.ones(len(stations))).value == pytest.approx(200)
    plain = SampleDesign.from_draw(drawn, stations, arrivals=False)
    assert total(plain, np.ones(len(stations))).value < 150


def test_stations_taken_with_certainty_add_no_error():
    drawn = draw(frame(), Request(method=Method.PPS_BREWER, n=40), seed=bytes(32))
    certain = np.array([unit.certain for unit in drawn.drawn])
    assert certain.any()
    design = SampleDesign.from_draw(drawn, [unit.station for unit in drawn.drawn])
    big = np.where(certain, 1.0, 0.0)
    assert total(design, big * 1000).se == 0
    assert total(design, 1 - big).se > 0
    assert design.single_strata == ()


def test_rules_are_passed_on_to_the_design_of_a_draw():
    drawn = draw(frame(), Request(method=Method.SIMPLE, n=40), seed=bytes(32))
    plain = next(unit.station for unit in drawn.drawn if unit.stratum == "plain")
    stations = [*(unit.station for unit in drawn.drawn if unit.stratum == "hills"), plain]
    assert SampleDesign.from_draw(drawn, stations).single_strata == ("plain",)
    assert SampleDesign.from_draw(drawn, stations, collapse={"plain": "hills"}).n_strata == 1
    assert SampleDesign.from_draw(drawn, stations, singles="average").singles is Single.AVERAGE


def test_a_station_that_was_not_drawn_has_no_weight():
    drawn = draw(frame(), Request(method=Method.SIMPLE, n=40), seed=bytes(32))
    with pytest.raises(RefusedEstimateError, match="not-drawn"):
        SampleDesign.from_draw(drawn, ["S999"])


# The package


def test_every_name_is_at_hand_from_the_package():
    assert {name for name in statistics.__all__ if getattr(statistics, name) is None} == set()
    assert statistics.SampleDesign is SampleDesign
    assert statistics.Measure is Measure
    assert {"mean", "SampleDesign"} <= set(dir(statistics))
    with pytest.raises(AttributeError):
        _ = statistics.nothing_of_the_kind


def test_what_was_declared_and_estimated_cannot_be_changed():
    found = by_domain(DESIGN, Y, GROUPS)
    for array in (DESIGN.weights, DESIGN.stages[0].unit_of_row, found.values, found.covariance, found.members):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    weights = np.ones(N)
    design = SampleDesign.declare(weights=weights, strata=STRATA)
    weights[:] = 5
    assert design.weights.max() == 1
