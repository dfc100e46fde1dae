"""Calibrated weights meet their totals, and their variances are those of R `survey` 4.5."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.calibration import greg, indicators, post_stratify, rake
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.taylor import mean, proportion, ratio, total

from . import stations
from .printed import agree, agrees
from .schools import Schools

KINDS = {"E": 4421, "H": 755, "M": 1018}


@pytest.mark.reference
def test_post_stratified_schools():
    schools = Schools("apiclus1")
    design, g = post_stratify(schools.design(), schools["stype"], KINDS)
    agree(mean(design, schools["api00"]), "642.3107882", "23.92048645")
    agree(total(design, schools["enroll"]), "3680892.945", "406292.6363")
    agree(mean(design, schools["api00"], domain=schools.yes("awards")), "650.3806704", "21.60593099")
    assert design.weights == pytest.approx(schools.design().weights * g)


@pytest.mark.reference
def test_raked_schools():
    schools = Schools("apiclus1")
    margins = {"stype": schools["stype"], "sch.wide": schools["sch.wide"]}
    design, _ = rake(schools.design(), margins, {"stype": KINDS, "sch.wide": {"No": 1072, "Yes": 5122}})
    agree(mean(design, schools["api00"]), "641.2303209", "23.70361689")
    agree(total(design, schools["enroll"]), "3647280.148", "400603.2569")
    # R stopped at 1e-10 here.
    assert design.weights.min() == pytest.approx(29.8706754926, rel=1e-11)
    assert design.weights.max() == pytest.approx(67.1255292413, rel=1e-11)


@pytest.mark.reference
def test_schools_by_regression():
    schools = Schools("apiclus1")
    kinds = indicators(schools["stype"])
    auxiliaries = {"all": 1, "H": kinds["H"], "M": kinds["M"], "api99": schools["api99"]}
    totals = {"all": 6194, "H": 755, "M": 1018, "api99": 3914069}
    linear = greg(schools.design(), auxiliaries, totals)
    # R stops at 1e-7, so that its ninth digit is not always ours.
    found = mean(linear.design, schools["api00"])
    assert (found.value, found.se) == pytest.approx((665.3090712, 3.441753116), rel=2e-9)
    found = total(linear.design, schools["enroll"])
    assert (found.value, found.se) == pytest.approx((3638487.204, 385524.4274), rel=2e-9)
    assert linear.design.weights.min() == pytest.approx(14.1680975, abs=1e-7)
    assert linear.design.weights.max() == pytest.approx(62.0515251, abs=1e-7)
    raking = greg(schools.design(), auxiliaries, totals, distance="raking")
    found = mean(raking.design, schools["api00"])
    assert (found.value, found.se) == pytest.approx((665.393796, 3.437753539), rel=2e-9)
    logit = greg(schools.design(), auxiliaries, totals, distance="logit", bounds=(0.6, 1.6))
    found = mean(logit.design, schools["api00"])
    assert (found.value, found.se) == pytest.approx((665.4098553, 3.410268269), rel=5e-9)
    assert agrees(logit.least, "0.6121432")
    assert agrees(logit.most, "1.5994262")


@pytest.mark.reference
def test_stratified_schools_by_regression():
    schools = Schools("apistrat")
    design, _ = greg(schools.design(), {"all": 1, "api99": schools["api99"]}, {"all": 6194, "api99": 3914069})
    agree(mean(design, schools["api00"]), "664.6439959", "1.90304086")
    agree(total(design, schools["enroll"]), "3677873.905", "110966.1739")


def thirds(there):
    return np.array(["h 1-4", "h 5-8", "h 9-12"])[(there["h"] - 1) // 4]


def all_thirds():
    found = dict.fromkeys(("h 1-4", "h 5-8", "h 9-12"), 0)
    for h, there in stations.N.items():
        found[list(found)[(h - 1) // 4]] += there
    return found


URBAN = {True: 2100, False: 5286 - 2100}


def test_post_stratified_stations():
    there, design = stations.reported()
    adjusted, _ = post_stratify(design, there["urb"], URBAN)
    agree(ratio(adjusted, there["A"], there["V"]), "0.3995959265", "0.0060108253")
    agree(proportion(adjusted, there["neg"]), "0.1373007006", "0.0285034354")


def test_raked_stations():
    """R regresses without the weights; with them, as for every other calibration, the errors differ a little."""
    there, design = stations.reported()
    margins, totals = {"urb": there["urb"], "third": thirds(there)}, {"urb": URBAN, "third": all_thirds()}
    as_r, _ = rake(design, margins, totals, regression="plain")
    agree(ratio(as_r, there["A"], there["V"]), "0.3984937428", "0.0058669149")
    agree(proportion(as_r, there["neg"]), "0.1376405584", "0.0292633658")
    assert agrees(as_r.weights.min(), "17.5507592363")
    assert agrees(as_r.weights.max(), "157.8018844647")
    ours, _ = rake(design, margins, totals)
    assert ours.weights == pytest.approx(as_r.weights)
    assert ratio(ours, there["A"], there["V"]).se == pytest.approx(0.0058726852, abs=1e-10)
    # R's other way to the same weights, calibrate(calfun = "raking"), regresses with them.
    columns = {**indicators(there["urb"]), **indicators(thirds(there))}
    by_distance, _ = greg(design, columns, {str(k): v for k, v in {**URBAN, **all_thirds()}.items()}, distance="raking")
    assert by_distance.weights == pytest.approx(ours.weights, rel=1e-9)
    assert proportion(by_distance, there["neg"]).se == pytest.approx(proportion(ours, there["neg"]).se, rel=1e-9)


def test_variances_of_raking_are_true_where_weights_differ():
    """Strata drawn at rates of 1, 4 and 16 per cent, whose margins matter differently: the mean of 250 samples."""
    random = np.random.default_rng(1)
    there, taken = np.array([3000, 1500, 500]), np.array([40, 60, 80])
    strata = np.repeat(np.arange(3), there)
    one = random.integers(0, 2, 5000) ^ (random.random(5000) < 0.2 * strata)
    other = random.integers(0, 3, 5000)
    y = 2 * one * (1 + 2 * strata) + other * (1 - strata) + random.normal(size=5000) * (1 + strata)
    totals = {
        name: dict(zip(*np.unique(column, return_counts=True), strict=True))
        for name, column in (("one", one), ("other", other))
    }
    means, weighted, plain = [], [], []
    for _ in range(250):
        rows = np.concatenate([random.permutation(np.flatnonzero(strata == h))[: taken[h]] for h in range(3)])
        design = SampleDesign.declare(strata=strata[rows], populations=there[strata[rows]])
        margins = {"one": one[rows], "other": other[rows]}
        ours = mean(rake(design, margins, totals).design, y[rows])
        means.append(ours.value)
        weighted.append(ours.variance)
        plain.append(mean(rake(design, margins, totals, regression="plain").design, y[rows]).variance)
    # The variance of 250 means is itself known to about 9 %.
    assert np.mean(weighted) == pytest.approx(np.var(means), rel=0.25)
    assert np.mean(plain) > 1.8 * np.mean(weighted)


def test_stations_by_regression():
    there, design = stations.reported()
    adjusted, _ = greg(
        design, {"all": 1, "urb": there["urb"], "R": there["R"]}, {"all": 5286, "urb": 2100, "R": 760 * 5286}
    )
    agree(ratio(adjusted, there["A"], there["V"]), "0.4001496132", "0.0059264637")
    agree(total(adjusted, there["A"]), "1006163.3507294", "25180.8281126")


def test_what_is_known_has_no_error():
    """The total of an auxiliary is met, with a standard error of 0."""
    there, design = stations.reported()
    calibrations = (
        greg(design, {"all": 1, "R": there["R"]}, {"all": 5286, "R": 4_000_000}),
        greg(design, {"all": 1, "R": there["R"]}, {"all": 5286, "R": 4_000_000}, distance="raking"),
        greg(design, {"all": 1, "R": there["R"]}, {"all": 5286, "R": 4_000_000}, distance="logit", bounds=(0.5, 2)),
        greg(design, {"all": 1, "R": there["R"]}, {"all": 5286, "R": 4_000_000}, bounds=(0.5, 1.5)),
    )
    for design_after, _ in calibrations:
        found = total(design_after, there["R"])
        assert found.value == pytest.approx(4_000_000, rel=1e-9)
        assert found.se < 1e-3
    raked, _ = rake(design, {"urb": there["urb"]}, {"urb": URBAN})
    assert total(raked, there["urb"]).se < 1e-6


def test_raking_one_margin_is_post_stratification():
    there, design = stations.reported()
    one, _ = post_stratify(design, there["urb"], URBAN)
    other, _ = rake(design, {"urb": there["urb"]}, {"urb": URBAN})
    by_regression, _ = greg(design, {"u": there["urb"], "r": ~there["urb"]}, {"u": 2100, "r": 3186})
    for way in (other, by_regression):
        assert way.weights == pytest.approx(one.weights, rel=1e-10)
        assert proportion(way, there["neg"]).se == pytest.approx(proportion(one, there["neg"]).se, rel=1e-10)


def test_calibrating_twice_to_the_same_changes_nothing():
    there, design = stations.reported()
    once, _ = post_stratify(design, there["urb"], URBAN)
    twice, g = post_stratify(once, there["urb"], URBAN)
    assert g == pytest.approx(1)
    assert proportion(twice, there["neg"]).se == pytest.approx(proportion(once, there["neg"]).se, rel=1e-12)


def test_auxiliaries_may_repeat_each_other():
    there, design = stations.reported()
    plain, _ = greg(design, {"all": 1, "u": there["urb"]}, {"all": 5286, "u": 2100})
    repeated, _ = greg(
        design, {"all": 1, "u": there["urb"], "r": ~there["urb"]}, {"all": 5286, "u": 2100, "r": 5286 - 2100}
    )
    assert repeated.weights == pytest.approx(plain.weights, rel=1e-9)
    assert proportion(repeated, there["neg"]).se == pytest.approx(proportion(plain, there["neg"]).se, rel=1e-9)


def test_a_sample_without_weights_gets_them_from_the_totals():
    design = SampleDesign.declare(rows=4)
    adjusted, _ = post_stratify(design, ["a", "a", "b", "b"], {"a": 10, "b": 30})
    assert total(adjusted, [1, 1, 1, 1]).value == pytest.approx(40)


TWELVE = SampleDesign.declare(weights=np.full(12, 10.0))
HALVES = ["a"] * 6 + ["b"] * 6
RUNNING = np.arange(12.0)


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("no-total", lambda: post_stratify(TWELVE, HALVES, {"a": 60})),
        ("nobody-in-cell", lambda: post_stratify(TWELVE, HALVES, {"a": 60, "b": 50, "c": 10})),
        ("bad-total", lambda: post_stratify(TWELVE, HALVES, {"a": 60, "b": -1})),
        ("bad-total", lambda: post_stratify(TWELVE, HALVES, {"a": 60, "b": 0})),
        ("bad-total", lambda: post_stratify(TWELVE, HALVES, {"a": 60, "b": "many"})),
        ("no-label", lambda: post_stratify(TWELVE, [*HALVES[:-1], None], {"a": 60, "b": 50})),
        ("no-margins", lambda: rake(TWELVE, {}, {})),
        ("no-total", lambda: rake(TWELVE, {"x": HALVES}, {})),
        (
            "totals-disagree",
            lambda: rake(TWELVE, {"x": HALVES, "y": HALVES[::-1]}, {"x": {"a": 60, "b": 60}, "y": {"a": 50, "b": 60}}),
        ),
        (
            "not-converged",
            lambda: rake(TWELVE, {"x": HALVES, "y": HALVES}, {"x": {"a": 60, "b": 60}, "y": {"a": 50, "b": 70}}),
        ),
        ("no-such-method", lambda: rake(TWELVE, {"x": HALVES}, {"x": {"a": 60, "b": 60}}, regression="ridge")),
        ("no-margins", lambda: greg(TWELVE, {}, {})),
        ("no-total", lambda: greg(TWELVE, {"x": RUNNING}, {})),
        ("bad-total", lambda: greg(TWELVE, {"x": RUNNING}, {"x": float("inf")})),
        ("no-label", lambda: greg(TWELVE, {"x": [*RUNNING[:-1], None]}, {"x": 600})),
        ("no-such-method", lambda: greg(TWELVE, {"x": RUNNING}, {"x": 600}, distance="chi")),
        ("bad-bounds", lambda: greg(TWELVE, {"x": RUNNING}, {"x": 600}, distance="logit")),
        ("bad-bounds", lambda: greg(TWELVE, {"x": RUNNING}, {"x": 600}, distance="logit", bounds=(1.1, 2))),
        ("not-converged", lambda: greg(TWELVE, {"x": RUNNING}, {"x": 6000}, distance="logit", bounds=(0.5, 2))),
        ("not-converged", lambda: greg(TWELVE, {"x": RUNNING, "y": RUNNING}, {"x": 600, "y": 700})),
        ("negative-weight", lambda: greg(TWELVE, {"1": 1, "x": RUNNING}, {"1": 120, "x": 100})),
    ],
)
def test_what_cannot_be_calibrated_is_refused(code, attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == code
    text = refusal.value.text()
    assert text.languages() == {"en", "kk", "ru"}
    assert "{" not in str(text)
