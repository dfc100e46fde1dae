"""Random designs: another library, `svy`, finds the same estimates, errors, degrees of freedom and design effects.

Where it is known to differ it is not asked, or asked for what it does. A secondary unit that stands alone in its
primary unit it takes as certain without a word, and ours is told to. Its Wilson interval corrects for degrees of
freedom twice; its logit, beta and Wilson intervals of 0 events are NaN; its jackknife knows no finite populations; its
raking stops at 1e-8. Intervals, replication and calibration have tests of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Estimate, Measure
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import by_domain, mean, proportion, ratio, shares, total


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A sample of random shape: what is drawn decides how many strata, units and rows, the seed their numbers."""

    frame: pl.DataFrame
    finite: bool
    stages: int

    def ours(self) -> SampleDesign:
        column = {name: self.frame[name].to_numpy() for name in ("weight", "stratum", "unit", "second", "N", "M")}
        units = [column["unit"], column["second"]] if self.stages == 2 else column["unit"]
        populations = [column["N"], column["M"]] if self.stages == 2 else column["N"]
        design = SampleDesign.declare(
            weights=column["weight"],
            strata=column["stratum"],
            units=units,
            populations=populations if self.finite else None,
        )
        return replace(design, singles=Single.CERTAINTY) if self.stages == 2 else design

    def theirs(self) -> svy.Sample:
        second = "second" if self.stages == 2 else None
        populations = svy.PopSize(psu="N", ssu="M") if self.stages == 2 else "N"
        return svy.Sample(
            self.frame,
            svy.Design(
                stratum="stratum", psu="unit", ssu=second, wgt="weight", pop_size=populations if self.finite else None
            ),
        )

    def __getitem__(self, name: str) -> np.ndarray:
        return self.frame[name].to_numpy()


@st.composite
def samples(draw) -> Drawn:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = []
    for stratum in range(draw(st.integers(1, 4))):
        for unit in range(draw(st.integers(2, 6))):
            for second in range(draw(st.integers(1, 4))):
                for _ in range(draw(st.integers(1, 3))):
                    rows.append((f"h{stratum}", f"h{stratum}u{unit}", f"h{stratum}u{unit}s{second}"))  # noqa: PERF401
    n = len(rows)
    stratum, unit, second = zip(*rows, strict=True)
    population = {label: int(rng.integers(6, 40)) for label in dict.fromkeys(stratum)}
    within = {label: int(rng.integers(4, 20)) for label in dict.fromkeys(unit)}
    frame = pl.DataFrame(
        {
            "stratum": stratum,
            "unit": unit,
            "second": second,
            "weight": rng.uniform(1, 9, n),
            "N": [population[label] for label in stratum],
            "M": [within[label] for label in unit],
            "y": rng.normal(50, 20, n),
            "x": rng.uniform(1, 3, n),
            "yes": rng.integers(0, 2, n),
            "group": rng.choice(["a", "b", "c"], n),
        }
    )
    return Drawn(frame=frame, finite=draw(st.booleans()), stages=draw(st.sampled_from([1, 2])))


def same(ours: Estimate, theirs) -> None:
    assert ours.value == pytest.approx(theirs.est, rel=1e-10)
    assert ours.se == pytest.approx(theirs.se, rel=1e-9, abs=1e-10)


@given(samples())
@settings(max_examples=80, deadline=None)
def test_means_totals_and_ratios(drawn):
    design, other = drawn.ours(), drawn.theirs().estimation
    ours, theirs = mean(design, drawn["y"]), other.mean("y", deff="wr").estimates[0]
    same(ours, theirs)
    assert (ours.df, ours.n) == (theirs.df, theirs.n)
    assert ours.design_effect_replace == pytest.approx(theirs.deff, rel=1e-9)
    same(total(design, drawn["y"]), other.total("y").estimates[0])
    same(ratio(design, drawn["y"], drawn["x"]), other.ratio("y", "x").estimates[0])


@given(samples())
@settings(max_examples=50, deadline=None)
def test_shares(drawn):
    found = {level.y_level: level for level in drawn.theirs().estimation.prop("group").estimates}
    for ours in shares(drawn.ours(), drawn["group"]):
        same(ours, found[ours.name])


@given(samples())
@settings(max_examples=80, deadline=None)
def test_domains(drawn):
    design, other = drawn.ours(), drawn.theirs().estimation
    for measure, theirs in ((Measure.MEAN, other.mean("y", by="group")), (Measure.TOTAL, other.total("y", by="group"))):
        ours = by_domain(design, drawn["y"], drawn["group"], measure=measure)
        found = {level.by_level[0]: level for level in theirs.estimates}
        assert set(ours.names) == set(found)
        for one in ours:
            same(one, found[one.name])
            assert (one.df, one.n) == (found[one.name].df, found[one.name].n)
    some = drawn["group"] != "a"
    if some.any():
        theirs = other.prop("yes", where=svy.col("group") != "a").estimates
        ours = proportion(design, drawn["yes"], domain=some)
        if 0 < ours.value < 1:
            same(ours, next(level for level in theirs if str(level.y_level) == "1"))


@pytest.mark.parametrize(
    ("rule", "method"),
    [(Single.CERTAINTY, "skip"), (Single.AVERAGE, "scale"), (Single.ADJUST, "center")],
)
def test_rules_for_strata_with_a_single_unit(rule, method):
    rng = np.random.default_rng(8)
    stratum = np.repeat(["a", "b", "c", "d"], [1, 4, 5, 1])
    frame = pl.DataFrame(
        {
            "stratum": stratum,
            "unit": [f"u{k}" for k in range(11)],
            "weight": rng.uniform(1, 9, 11),
            "y": rng.normal(50, 20, 11),
        }
    )
    design = SampleDesign.declare(
        weights=frame["weight"].to_numpy(), strata=stratum, units=frame["unit"].to_numpy(), singles=rule
    )
    other = svy.Sample(
        frame,
        svy.Design(stratum="stratum", psu="unit", wgt="weight", singleton=svy.Singleton(svy.SingletonMethod(method))),
    ).estimation
    same(mean(design, frame["y"].to_numpy()), other.mean("y").estimates[0])
    same(total(design, frame["y"].to_numpy()), other.total("y").estimates[0])
