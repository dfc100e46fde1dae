"""Random designs with unequal weights: `svy` calibrates, tests and halves them to the same numbers.

Its raking regresses without weights, as R's `rake` does; it stops where it is told to.
"""

from __future__ import annotations

import warnings

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.statistics.estimation.calibration import greg, post_stratify, rake
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.hypotheses import independence
from paragraph8.statistics.estimation.quantiles import quantile
from paragraph8.statistics.estimation.taylor import mean

FEW = settings(max_examples=25, deadline=None)


class Drawn:
    """Three strata, clusters of four rows, unequal weights, two margins that no cell of is empty."""

    def __init__(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        stratum = np.repeat(["a", "b", "c"], 40)
        place = np.tile(np.arange(40), 3)
        self.frame = pl.DataFrame(
            {
                "stratum": stratum,
                "unit": [f"{h}{i // 4}" for h, i in zip(stratum, place, strict=True)],
                "weight": random.uniform(1, 9, 120),
                "N": np.repeat([30, 25, 40], 40),
                "one": np.where(place % 4 == 0, "x", random.choice(["x", "y"], 120)),
                "other": np.where(place % 5 == 0, "p", random.choice(["p", "q", "r"], 120)),
                "y": random.normal(50, 10, 120),
                "x": random.uniform(1, 5, 120),
            }
        )
        self.size = float(self["weight"].sum())

    def __getitem__(self, name: str) -> np.ndarray:
        return self.frame[name].to_numpy()

    def ours(self) -> SampleDesign:
        return SampleDesign.declare(
            weights=self["weight"], strata=self["stratum"], units=self["unit"], populations=self["N"]
        )

    def theirs(self) -> svy.Sample:
        return svy.Sample(self.frame, svy.Design(stratum="stratum", psu="unit", wgt="weight", pop_size="N"))


drawn = st.integers(0, 2**32 - 1).map(Drawn)


def same(ours, theirs: svy.Sample) -> None:
    other = theirs.estimation.mean("y").estimates[0]
    assert (ours.value, ours.se) == pytest.approx((other.est, other.se), rel=1e-8)


@FEW
@given(drawn)
def test_post_stratification(sample):
    totals = {"x": sample.size * 0.55, "y": sample.size * 0.45}
    theirs = sample.theirs().weighting.poststratify(totals, cells="one")
    same(mean(post_stratify(sample.ours(), sample["one"], totals).design, sample["y"]), theirs)


@FEW
@given(drawn)
def test_raking(sample):
    totals = {
        "one": {"x": sample.size * 0.55, "y": sample.size * 0.45},
        "other": {"p": sample.size * 0.4, "q": sample.size * 0.35, "r": sample.size * 0.25},
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sample.theirs().weighting.rake(controls=totals, tol=1e-12, max_iter=1_000)
    margins = {"one": sample["one"], "other": sample["other"]}
    same(mean(rake(sample.ours(), margins, totals, regression="plain").design, sample["y"]), theirs)


@FEW
@given(drawn)
def test_regression(sample):
    totals = [sample.size * 1.05, float(sample["weight"] @ sample["x"]) * 1.08]
    theirs = sample.theirs().weighting.calibrate_matrix(
        aux_vars=np.column_stack([np.ones(120), sample["x"]]), controls=totals
    )
    ours = greg(sample.ours(), {"all": 1, "x": sample["x"]}, dict(zip(("all", "x"), totals, strict=True)))
    same(mean(ours.design, sample["y"]), theirs)


@FEW
@given(drawn)
def test_tables(sample):
    ours = independence(sample.ours(), sample["one"], sample["other"])
    theirs = sample.theirs().categorical.tabulate("one", "other").stats.f
    assert (ours.f, ours.df1, ours.df2, ours.p_value) == pytest.approx(
        (theirs.value, theirs.df_num, theirs.df_den, theirs.p_value), rel=1e-8
    )


@FEW
@given(drawn)
def test_medians(sample):
    ours = quantile(sample.ours(), sample["y"])
    theirs = sample.theirs().estimation.median("y", q_method="higher").estimates[0]
    assert (ours.value, ours.low, ours.high) == pytest.approx((theirs.est, theirs.lci, theirs.uci), rel=1e-12)
