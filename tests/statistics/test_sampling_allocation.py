"""Allocations add up, hold their minimum, and are the best of their kind; margins as the handbook has them."""

from __future__ import annotations

import csv
import os
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.statistics.sampling.allocation import Allocation, allocate
from paragraph8.statistics.sampling.margins import (
    design_effect,
    margin_of_share,
    margin_of_strata,
    quantile,
    size_for_share,
    size_for_spread,
    whole,
)
from paragraph8.statistics.sampling.refusals import RefusedDrawError

strata = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 400), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(sizes=strata, minimum=st.integers(1, 5), share=st.floats(0, 1), allocation=st.sampled_from(list(Allocation)[:3]))
def test_every_allocation_adds_up_within_its_bounds(sizes, minimum, share, allocation) -> None:
    least = sum(min(minimum, size) for size in sizes.values())
    n = least + round(share * (sum(sizes.values()) - least))
    spreads = {stratum: Fraction(k + 1, 10) for k, stratum in enumerate(sizes)}
    got = allocate(n, sizes, allocation=allocation, minimum=minimum, spreads=spreads)
    assert list(got) == list(sizes)
    assert sum(got.values()) == n
    assert all(min(minimum, size) <= got[stratum] <= size for stratum, size in sizes.items())


def test_a_proportional_allocation_is_proportional() -> None:
    assert allocate(100, {"a": 5000, "b": 3000, "c": 2000}) == {"a": 50, "b": 30, "c": 20}


def test_no_other_whole_numbers_have_a_smaller_variance_than_neyman() -> None:
    sizes, spreads = {"a": 12, "b": 9, "c": 7}, {"a": Fraction(1, 10), "b": Fraction(4, 10), "c": Fraction(3, 10)}
    got = allocate(11, sizes, allocation=Allocation.NEYMAN, minimum=2, spreads=spreads)

    def variance(shares: tuple[int, ...]) -> Fraction:
        return sum(
            (
                Fraction(sizes[h]) ** 2 * spreads[h] ** 2 / n * (1 - Fraction(n, sizes[h]))
                for h, n in zip(sizes, shares, strict=True)
            ),
            Fraction(0),
        )

    every = [shares for shares in product(range(2, 13), range(2, 10), range(2, 8)) if sum(shares) == 11]
    assert variance(tuple(got.values())) == min(variance(shares) for shares in every)


def test_equal_shares_stop_at_what_a_stratum_has() -> None:
    assert allocate(12, {"a": 100, "b": 2, "c": 50}, allocation=Allocation.EQUAL) == {"a": 5, "b": 2, "c": 5}


def test_given_numbers_are_taken_as_they_are_or_refused() -> None:
    sizes = {"a": 10, "b": 3}
    assert allocate(5, sizes, allocation=Allocation.GIVEN, given={"a": 3, "b": 2}) == {"a": 3, "b": 2}
    for n, given_, code in (
        (7, {"a": 3, "b": 4}, "stratum-too-small"),
        (5, {"a": 5}, "no-minimum"),
        (9, {"a": 3, "b": 2}, "bad-request"),
    ):
        with pytest.raises(RefusedDrawError) as caught:
            allocate(n, sizes, allocation=Allocation.GIVEN, given=given_)
        assert caught.value.code == code


def test_an_empty_stratum_is_refused() -> None:
    with pytest.raises(RefusedDrawError) as caught:
        allocate(5, {"a": 10, "b": 0})
    assert caught.value.code == "empty-stratum"


# Margins


def test_the_size_for_peru_is_the_exact_one() -> None:
    assert round(size_for_share(0.0032, z=2.58, there=14_570_774), 2) == 160_717.26


def test_margins_of_stations_are_those_of_the_handbook() -> None:
    for n, at_95, at_99 in ((1020, 3.07, 4.03), (816, 3.43, 4.51), (324, 5.44, 7.16)):
        assert margin_of_share(n, z=1.96) == pytest.approx(at_95 / 100, abs=6e-5)
        assert margin_of_share(n, z=2.576) == pytest.approx(at_99 / 100, abs=6e-5)


def test_a_size_gives_back_the_margin_that_it_was_computed_from() -> None:
    n = size_for_share(0.03, z=1.96, share=0.4, there=9_970)
    assert whole(n) == 929
    variance = 0.4 * 0.6 / n * (1 - n / 9_970)
    assert 1.96 * variance**0.5 == pytest.approx(0.03, rel=1e-3)
    assert size_for_spread(0.03, z=1.96, spread=0.24**0.5, there=9_970) == pytest.approx(n)


def test_a_proportional_stratified_margin_is_that_of_simple_sampling_with_the_same_share() -> None:
    assert margin_of_strata([(500, 50), (300, 30)], z=1.96) == pytest.approx(margin_of_share(80, z=1.96, there=800))
    assert margin_of_strata([(500, 50), (300, 0)], z=1.96) is None
    assert margin_of_share(0, z=1.96) is None
    assert margin_of_share(100, z=1.96, there=100) == 0


def test_design_effects_are_those_of_the_plan() -> None:
    assert design_effect(5, 0.1) == pytest.approx(1.4)
    assert design_effect(10, 0.05) == pytest.approx(1.45)
    assert margin_of_share(400, z=1.96, design_effect=4) == pytest.approx(2 * margin_of_share(400, z=1.96))
    assert quantile(0.95) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize("bad", [{"margin": 0}, {"margin": -1}, {"spread": 0}, {"z": 0}, {"there": 0}])
def test_a_margin_or_spread_that_is_none_is_refused(bad: dict[str, float]) -> None:
    asked = {"margin": 0.03, "z": 1.96, "spread": 0.5, **bad}
    with pytest.raises(RefusedDrawError):
        size_for_spread(asked.pop("margin"), **asked)


# A real frame


@pytest.mark.reference
def test_the_real_frame_of_mexico_2018_is_allocated_like_the_committee_did() -> None:
    """156,899 stations in 350 strata, 7,787 drawn."""
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        pytest.skip("real data: set P8_REFERENCE_DATA to the folder that holds mexico-2018-frame.csv")
    sizes: Counter[str] = Counter()
    with (Path(folder) / "mexico-2018-frame.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            sizes[row["estrato"]] += int(row["stations"])
    assert (len(sizes), sum(sizes.values())) == (350, 156_899)
    got = allocate(7_787, sizes)
    assert sum(got.values()) == 7_787
    assert all(abs(got[h] - 7_787 * sizes[h] / 156_899) < 1 for h in sizes)
    equal = allocate(7_787, sizes, allocation=Allocation.EQUAL)
    assert (
        Counter(equal.values()) == {22: 263, 23: 87}
        or max(equal.values()) - min(n for h, n in equal.items() if n < sizes[h]) <= 1
    )
