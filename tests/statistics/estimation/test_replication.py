"""Replicate weights give the errors of R `survey` 4.5, and those of Taylor for totals."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.calibration import greg, post_stratify
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.hadamard import hadamard
from paragraph8.statistics.estimation.quantiles import quantile, weighted_quantile
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.replication import ReplicateWeights
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import mean, proportion, ratio, total

from . import stations
from .printed import agree, agrees
from .schools import Schools


def mean_of(y):
    return lambda w: w @ y / w.sum()


def ratio_of(y, x):
    return lambda w: (w @ y) / (w @ x)


@pytest.mark.reference
def test_jackknife_of_clusters():
    schools = Schools("apiclus1")
    enrolled = np.nan_to_num(schools["enroll"])
    replicates = ReplicateWeights.of(schools.design())
    found = replicates.estimate(
        lambda w: [
            mean_of(schools["api00"])(w),
            w @ enrolled,
            ratio_of(schools["api.stu"], schools["enroll"])(w),
        ],
        names=("mean", "total", "ratio"),
    )
    agree(found["mean"], "644.1693989", "26.32936059")
    agree(found["total"], "3404940.135", "932235.027")
    agree(found["ratio"], ".8497087417", ".009517085176")
    assert (found["mean"].df, found["mean"].n, found["mean"].method) == (14, 183, "jk1")


@pytest.mark.reference
def test_jackknife_of_strata():
    schools = Schools("apistrat")
    replicates = ReplicateWeights.of(schools.design())
    agree(replicates.estimate(mean_of(schools["api00"]))[0], "662.2873632", "9.408940803")
    agree(replicates.estimate(ratio_of(schools["api.stu"], schools["enroll"]))[0], ".8369568869", ".00777250904")


@pytest.mark.reference
def test_every_replicate_is_calibrated_again():
    schools = Schools("apiclus1")
    kinds = {"E": 4421, "H": 755, "M": 1018}
    post = ReplicateWeights.of(
        schools.design(), recalibrate=lambda design: post_stratify(design, schools["stype"], kinds)
    )
    agree(post.estimate(mean_of(schools["api00"]))[0], "642.3107882", "26.93453537")
    auxiliaries = {
        "all": 1,
        "H": schools["stype"] == "H",
        "M": schools["stype"] == "M",
        "api99": schools["api99"],
    }
    totals = {"all": 6194, "H": 755, "M": 1018, "api99": 3914069}
    regression = ReplicateWeights.of(
        schools.design(), recalibrate=lambda design: greg(design, auxiliaries, totals).design
    )
    assert regression.estimate(mean_of(schools["api00"])).ses[0] == pytest.approx(3.942854484, rel=1e-9)


def test_jackknife_of_stations():
    there = stations.sample()
    replicates = ReplicateWeights.of(stations.design())
    agree(replicates.estimate(ratio_of(there["A"], there["V"]))[0], ".4038477125", ".0059384708")
    agree(replicates.estimate(ratio_of(there["C"], there["V"]))[0], ".2676775729", ".0055547004")


ARRESTS, ALIVE = np.array([120, 78, 185, 228, 670, 530.0]), np.array([25, 24, 30, 49, 80, 70.0])
"""Six ambulances in three areas: people reached, and alive on arrival (Levy and Lemeshow)."""
AMBULANCES = SampleDesign.declare(strata=[1, 1, 2, 2, 3, 3])


@pytest.mark.parametrize(("kind", "se"), [("brr", ".00941840067"), ("fay", ".00952518748"), ("jkn", ".00984645720")])
def test_ambulances(kind, se):
    replicates = ReplicateWeights.of(AMBULANCES, kind)
    assert len(replicates) == (6 if kind == "jkn" else 4)
    agree(replicates.estimate(ratio_of(ALIVE, ARRESTS))[0], ".153506350083", se)
    agree(ratio(AMBULANCES, ALIVE, ARRESTS), ".153506350083", ".00980730360")


def pairs(strata=11):
    random = np.random.default_rng(5)
    labels = np.repeat(np.arange(strata), 6)
    units = np.tile(np.repeat([0, 1], 3), strata)
    y = random.normal(size=6 * strata) + labels
    return SampleDesign.declare(strata=labels, units=units, populations=5 + labels), y


@pytest.mark.parametrize("kind", ["jkn", "brr", "fay"])
def test_totals_have_the_taylor_variance(kind):
    """With finite populations too, in whatever number of strata."""
    for strata in (1, 2, 3, 7, 11, 16):
        design, y = pairs(strata)
        found = ReplicateWeights.of(design, kind, rho=0.5).estimate(lambda w, y=y: w @ y)
        assert found[0].value == pytest.approx(total(design, y).value)
        assert found[0].se == pytest.approx(total(design, y).se, rel=1e-10)


def test_bootstrap_totals_have_the_taylor_variance_on_average():
    there, design = stations.sample(), stations.design()
    found = ReplicateWeights.of(design, "bootstrap", seed=11, replicates=4_000).estimate(
        lambda w: [w @ there["B"], ratio_of(there["A"], there["V"])(w)]
    )
    # A standard error of 4,000 replicates is itself known to about 1.1 %.
    assert found.ses[0] == pytest.approx(total(design, there["B"]).se, rel=0.04)
    assert found.ses[1] == pytest.approx(ratio(design, there["A"], there["V"]).se, rel=0.04)


def test_the_bootstrap_repeats_itself_whatever_the_order_of_rows():
    there, design = stations.sample(), stations.design()
    first = ReplicateWeights.of(design, "bootstrap", seed=3, replicates=100)
    again = ReplicateWeights.of(stations.design(), "bootstrap", seed=3, replicates=100)
    other = ReplicateWeights.of(design, "bootstrap", seed=4, replicates=100)
    assert np.array_equal(first.factors, again.factors)
    assert not np.array_equal(first.factors, other.factors)
    names = np.arange(len(there["h"]))
    order = np.random.default_rng(1).permutation(names)
    plain = SampleDesign.declare(strata=there["h"], units=names, populations=there["N"])
    mixed = SampleDesign.declare(strata=there["h"][order], units=names[order], populations=there["N"][order])
    one = ReplicateWeights.of(plain, "bootstrap", seed=3, replicates=100)
    two = ReplicateWeights.of(mixed, "bootstrap", seed=3, replicates=100)
    assert np.array_equal(one.weights(7)[order], two.weights(7))


def test_the_stream_of_the_bootstrap_is_fixed():
    """These are the numbers that everybody gets from this seed, in every version."""
    design = SampleDesign.declare(units=np.arange(5), weights=np.ones(5))
    replicates = ReplicateWeights.of(design, "bootstrap", seed=2019, replicates=100)
    times = np.rint(replicates.factors[:, :3] * 4 / 5).astype(int).T
    assert times.tolist() == [[1, 1, 1, 0, 1], [0, 1, 2, 1, 0], [0, 0, 1, 2, 1]]


def test_a_functions_error_comes_from_its_replicates():
    there = stations.sample()
    replicates = ReplicateWeights.of(stations.design())
    both = replicates.estimate(
        lambda w: [ratio_of(there["A"], there["V"])(w), ratio_of(there["C"], there["V"])(w)], names=("A", "C")
    )
    lead = both.function(lambda v: v[0] - v[1], name="lead")
    direct = replicates.estimate(ratio_of(there["A"] - there["C"], there["V"]))[0]
    assert (lead.value, lead.se) == pytest.approx((direct.value, direct.se), rel=1e-10)


def test_about_the_estimate_is_no_smaller():
    there = stations.sample()
    about_mean = ReplicateWeights.of(stations.design()).estimate(ratio_of(there["A"], there["V"]))
    about_estimate = ReplicateWeights.of(stations.design(), about_estimate=True).estimate(
        ratio_of(there["A"], there["V"])
    )
    assert about_estimate.ses[0] >= about_mean.ses[0]


def test_a_domain_has_its_own_degrees_of_freedom():
    there, design = stations.sample(), stations.design()
    urban = there["urb"]
    found = ReplicateWeights.of(design).estimate(
        lambda w: (w @ (there["neg"] & urban)) / (w @ urban), domain=urban, measure=Measure.PROPORTION
    )[0]
    linear = proportion(design, there["neg"], domain=urban)
    assert (found.n, found.df, found.value) == (linear.n, linear.df, pytest.approx(linear.value))
    assert found.interval().method == "korn-graubard"


def test_hadamard_rows_are_orthogonal():
    """Orders 28, 36 and 52 would need larger fields; the next one takes their place."""
    orders = [len(hadamard(least)) for least in range(1, 70)]
    assert sorted(set(orders)) == [1, 2, 4, 8, 12, 16, 20, 24, 32, 40, 44, 48, 60, 64, 68, 72]
    for least in orders:
        matrix = hadamard(least)
        order = len(matrix)
        assert order == least
        assert np.array_equal(matrix @ matrix.T, order * np.eye(order))
        assert np.all(matrix[:, 0] == 1)


def test_median():
    values, weights = np.array([5.0, 1.0, 9.0, 3.0]), np.array([1.0, 1.0, 1.0, 1.0])
    assert weighted_quantile(values, weights, 0.5) == 3
    assert weighted_quantile(values, np.array([1.0, 1.0, 5.0, 1.0]), 0.5) == 9
    assert weighted_quantile(values, weights, 0.25) == 1
    assert weighted_quantile(values, weights, 1.0) == 9
    assert np.isnan(weighted_quantile(values, np.zeros(4), 0.5))


def test_woodruffs_interval_holds_the_true_median():
    """Of 150 stratified samples, about 95 of a hundred."""
    random = np.random.default_rng(8)
    strata = np.repeat([0, 1, 2], 40)
    held = []
    for _ in range(150):
        y = random.exponential(size=120) + strata
        found = quantile(SampleDesign.declare(strata=strata, weights=np.ones(120)), y)
        held.append((found.low, found.high))
    reference = np.concatenate([random.exponential(size=200_000) + shift for shift in range(3)])
    true = np.median(reference)
    assert np.mean([low <= true <= high for low, high in held]) == pytest.approx(0.95, abs=0.05)


def test_the_error_of_a_median_agrees_between_woodruff_and_bootstrap():
    there, design = stations.sample(), stations.design()
    woodruff = quantile(design, there["B"].astype(float))
    bootstrap = ReplicateWeights.of(design, "bootstrap", seed=1, replicates=400).estimate(
        lambda w: weighted_quantile(there["B"], w, 0.5)
    )
    assert woodruff.value == bootstrap.values[0]
    assert woodruff.low < woodruff.value < woodruff.high
    assert bootstrap.ses[0] == pytest.approx(woodruff.se, rel=0.4)


def test_single_units():
    strata, populations = ["a", "a", "a", "b"], [9, 9, 9, 9]
    y = np.array([1.0, 2.0, 4.0, 7.0])
    open_ = SampleDesign.declare(strata=strata, populations=populations)
    for kind in ("jkn", "bootstrap"):
        with pytest.raises(RefusedEstimateError, match="single-unit"):
            ReplicateWeights.of(open_, kind, seed=1)
    certain = open_.with_rule(Single.CERTAINTY)
    assert len(ReplicateWeights.of(certain)) == 3
    found = ReplicateWeights.of(certain).estimate(lambda w: w @ y)
    assert found.ses[0] == pytest.approx(total(certain, y).se)


CALIBRATED = post_stratify(SampleDesign.declare(rows=4), ["a", "a", "b", "b"], {"a": 5, "b": 5}).design


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("no-such-method", lambda: ReplicateWeights.of(AMBULANCES, "jk3")),
        ("already-calibrated", lambda: ReplicateWeights.of(CALIBRATED)),
        ("strata-in-jk1", lambda: ReplicateWeights.of(AMBULANCES, "jk1")),
        ("not-two-units", lambda: ReplicateWeights.of(stations.design(), "brr")),
        ("bad-rho", lambda: ReplicateWeights.of(AMBULANCES, "fay", rho=1.0)),
        ("no-seed", lambda: ReplicateWeights.of(AMBULANCES, "bootstrap")),
        ("no-seed", lambda: ReplicateWeights.of(AMBULANCES, "bootstrap", seed=-1)),
        ("few-replicates", lambda: ReplicateWeights.of(AMBULANCES, "bootstrap", seed=1, replicates=50)),
        (
            "no-replicate-value",
            lambda: ReplicateWeights.of(AMBULANCES, "brr").estimate(lambda w: np.log(w[0] if w[0] else np.nan)),
        ),
        ("no-such-group", lambda: ReplicateWeights.of(AMBULANCES).estimate(lambda w: w.sum())["B"]),
        ("not-a-quantile", lambda: quantile(AMBULANCES, ALIVE, 1.0)),
        ("not-a-level", lambda: quantile(AMBULANCES, ALIVE, level=95)),
        ("empty-domain", lambda: quantile(AMBULANCES, ALIVE, domain=np.zeros(6, dtype=bool))),
        (
            "nobody-in-cell",
            lambda: ReplicateWeights.of(
                SampleDesign.declare(rows=3),
                recalibrate=lambda design: post_stratify(design, ["a", "b", "b"], {"a": 5, "b": 5}),
            ).estimate(lambda w: w.sum()),
        ),
    ],
)
def test_what_cannot_be_replicated_is_refused(code, attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == code
    assert refusal.value.text().languages() == {"en", "kk", "ru"}


def test_a_mean_agrees_with_taylor_where_weights_are_simple():
    y = np.array([3.0, 5.0, 8.0, 1.0, 9.0])
    design = SampleDesign.declare(rows=5)
    found = ReplicateWeights.of(design).estimate(mean_of(y))
    assert agrees(found.ses[0], f"{mean(design, y).se:.10f}")
