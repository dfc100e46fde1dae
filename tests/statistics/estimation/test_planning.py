"""Sizes and margins against published samples and by simulation."""

from __future__ import annotations

import gzip
import math
import os
from pathlib import Path

import numpy as np
import pytest

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.planning import (
    design_effect,
    effective_n,
    expected,
    handbook_bounds,
    margin_of_spread,
    minimum_detectable_difference,
    quantile,
    size_for_difference,
    size_for_share,
    size_for_spread,
    spread_of_margin,
    station_spread,
    to_be_drawn,
)
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.taylor import ratio


def test_the_handbook_of_peru():
    """Peru 2001: the book rounds 0.0032² and prints 163,185 voters; the formula gives 160,717.26."""
    voters = size_for_share(0.0032, z=2.58, there=14_570_774)
    assert voters == pytest.approx(160_717.26, abs=0.005)
    assert to_be_drawn(163_185 / 160) == 1_020


def test_between_voters_and_stations():
    narrow, wide = handbook_bounds(1_020, voters=160, z=2.58)
    assert narrow == pytest.approx(0.0032, abs=5e-5)
    assert wide == pytest.approx(0.0403, abs=2e-4)
    for stations, at_95, at_99 in ((816, 3.43, 4.51), (324, 5.44, 7.15)):
        assert handbook_bounds(stations, voters=1, z=1.96)[1] == pytest.approx(at_95 / 100, abs=6e-5)
        assert handbook_bounds(stations, voters=1, z=2.576)[1] == pytest.approx(at_99 / 100, abs=1e-4)


def test_spreads_behind_published_margins():
    """Mexico 2018: an SE of .1593 points from 6,307 of 156,899 stations. Kenya 2022: 1,000 stations, ± 2.1 points."""
    assert spread_of_margin(0.1593, 6_307, z=1, there=156_899) == pytest.approx(12.9, abs=0.05)
    assert spread_of_margin(2.1, 1_000, z=quantile(0.95)) == pytest.approx(33.9, abs=0.05)


def test_a_spread_gives_back_its_margin():
    for there in (None, 9_000):
        margin = margin_of_spread(800, z=1.96, spread=0.129, there=there)
        assert spread_of_margin(margin, 800, z=1.96, there=there) == pytest.approx(0.129)
        assert size_for_spread(margin, z=1.96, spread=0.129, there=there) == pytest.approx(800)


def test_stations_of_the_last_election_say_how_wide_the_margin_will_be():
    """Two thousand stations in four strata: the planned margin is what samples of 200 turn out to have."""
    random = np.random.default_rng(5)
    strata = np.repeat(np.arange(4), 500)
    valid = random.integers(150, 900, 2_000)
    chance = np.clip(0.3 + 0.1 * strata + 0.12 * random.normal(size=2_000), 0.02, 0.98)
    votes = random.binomial(valid, chance)
    planned = station_spread(votes, valid, strata=strata)
    assert planned.ratio == pytest.approx(votes.sum() / valid.sum())
    assert planned.stations == 2_000
    assert len(planned.spreads) == 4
    margin = margin_of_spread(200, z=1.0, spread=planned.spread, there=2_000)
    estimates, errors = [], []
    for _ in range(300):
        rows = np.concatenate([random.permutation(np.flatnonzero(strata == h))[:50] for h in range(4)])
        found = ratio(SampleDesign.declare(strata=strata[rows], populations=500), votes[rows], valid[rows])
        estimates.append(found.value)
        errors.append(found.se)
    assert margin == pytest.approx(np.mean(errors), rel=0.03)
    assert margin == pytest.approx(np.std(estimates), rel=0.13)
    unstratified = station_spread(votes, valid)
    assert unstratified.spread > 1.2 * planned.spread


def test_voters_as_cases_would_promise_far_too_much():
    """p(1 - p) of 200 × 500 voters is a margin of a third of a point where stations make it one and a half."""
    as_voters = 1.96 * math.sqrt(0.25 / (200 * 500))
    assert margin_of_spread(200, z=1.96, spread=0.12) > 4 * as_voters


def test_clusters_and_gaps():
    assert design_effect(5, 0.1) == pytest.approx(1.4)
    assert design_effect(10, 0.05) == pytest.approx(1.45)
    assert design_effect(3, 0.3) == pytest.approx(1.6)
    assert effective_n(450, 1.5) == 300
    assert to_be_drawn(900, response=0.9) == 1_000
    assert to_be_drawn(901, response=0.9) == 1_002
    plan = expected(500, spread=0.5, there=10_000, per_cluster=5, correlation=0.1, response=0.8)
    assert (plan.n, plan.design_effect, plan.effective) == (400, pytest.approx(1.4), pytest.approx(400 / 1.4))
    assert plan.margin == pytest.approx(1.959964 * 0.5 * math.sqrt(1.4 * 0.96 / 400), rel=1e-6)


def test_the_smallest_difference_is_found_as_often_as_promised():
    size = 250
    smallest = minimum_detectable_difference(size, size, spread=0.4)
    assert size_for_difference(smallest, spread=0.4) == pytest.approx(size)
    random = np.random.default_rng(6)
    means = random.normal(scale=0.4 / math.sqrt(size), size=(20_000, 2))
    t = (means[:, 0] + smallest - means[:, 1]) / (0.4 * math.sqrt(2 / size))
    assert np.mean(np.abs(t) > 1.96) == pytest.approx(0.8, abs=0.012)
    assert minimum_detectable_difference(size, size, spread=0.4, design_effect=4) == pytest.approx(2 * smallest)
    assert minimum_detectable_difference(100, 100, spread=0.5, other_spread=0.2) < minimum_detectable_difference(
        100, 100, spread=0.5
    )


@pytest.mark.reference
def test_a_published_margin_implies_more_than_the_spread_of_stations():
    """Mexico's 6,307 reports differ by 11.3 points within strata; uneven returns made it as bad as 12.9."""
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        pytest.skip("real data: set P8_REFERENCE_DATA to the folder that holds mexico-2018-reports.txt.gz")
    text = gzip.decompress((Path(folder) / "mexico-2018-reports.txt.gz").read_bytes()).decode("latin-1")
    lines = [line.split("|") for line in text.splitlines()[1:]]
    at = {name.strip(): place for place, name in enumerate(lines[0])}
    rows = [line for line in lines[1:] if len(line) >= len(at) and line[at["TOTAL"]].strip().isdigit()]
    rows = [line for line in rows if int(line[at["TOTAL"]]) > 0]
    found = station_spread(
        [float(line[at["AMLO"]]) for line in rows],
        [float(line[at["TOTAL"]]) for line in rows],
        strata=[line[at["ID_ESTRATO_F"]] for line in rows],
    )
    assert found.stations == 6_307
    assert found.spread == pytest.approx(0.113, abs=0.001)
    assert spread_of_margin(0.001593, 6_307, z=1, there=156_899) > found.spread


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: margin_of_spread(0, z=1.96, spread=0.1),
        lambda: margin_of_spread(100, z=1.96, spread=-0.1),
        lambda: margin_of_spread(100, z=1.96, spread=0.1, there=50),
        lambda: spread_of_margin(0.02, 100, z=1.96, there=100),
        lambda: effective_n(100, 0),
        lambda: to_be_drawn(100, response=0),
        lambda: to_be_drawn(100, response=1.2),
        lambda: expected(100, spread=0.5, per_cluster=0.5),
        lambda: expected(100, spread=math.inf),
        lambda: minimum_detectable_difference(100, 100, spread=0.5, power=1),
        lambda: size_for_difference(0, spread=0.5),
        lambda: handbook_bounds(0, voters=100, z=1.96),
    ],
)
def test_what_cannot_be_planned_is_refused(attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == "not-a-plan"
    assert refusal.value.text().languages() == {"en", "kk", "ru"}


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("not-a-level", lambda: expected(100, spread=0.5, level=95)),
        ("zero-denominator", lambda: station_spread([0, 0], [0, 0])),
        ("no-rows", lambda: station_spread([], [])),
        ("no-label", lambda: station_spread([1, None], [10, 20])),
        ("wrong-length", lambda: station_spread([1, 2], [10, 20, 30])),
    ],
)
def test_bad_columns_are_refused(code, attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == code
