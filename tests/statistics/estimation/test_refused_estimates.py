"""Every way in which a sample can be told wrongly is answered, in three languages."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.refusals import REFUSALS, RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import (
    Quantity,
    by_domain,
    covariance,
    difference,
    estimate,
    mean,
    proportion,
    ratio,
    scores,
    shares,
    total,
)

Y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
STRATA = ["a", "a", "a", "b", "b", "b"]
DESIGN = SampleDesign.declare(strata=STRATA, populations=[30, 30, 30, 60, 60, 60])
TWO = estimate(DESIGN, [Quantity(name=n, measure=Measure.MEAN, top=Y * k) for n, k in (("y", 1), ("z", 2))])


def declare(**columns):
    return lambda: SampleDesign.declare(**columns)


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("no-rows", declare()),
        ("no-rows", declare(weights=[])),
        ("wrong-length", declare(weights=[1, 2, 3], strata=STRATA)),
        ("wrong-length", declare(weights=[1] * 6, units=[1, 2, 3])),
        ("wrong-length", declare(strata=STRATA, populations=[9, 9])),
        ("wrong-length", lambda: mean(DESIGN, Y[:5])),
        ("wrong-length", lambda: mean(DESIGN, Y, domain=Y[:5] > 0)),
        ("wrong-length", lambda: ratio(DESIGN, Y, Y[:5])),
        ("wrong-length", lambda: covariance(DESIGN, np.ones((5, 1)))),
        ("wrong-length", lambda: TWO.contrast([1.0])),
        ("wrong-length", lambda: TWO.function(lambda t: t[0], lambda _: [1.0])),
        ("wrong-shape", declare(weights=np.ones((6, 2)))),
        ("wrong-shape", lambda: mean(DESIGN, np.ones((6, 2)))),
        ("not-numbers", declare(weights=["1", "2"])),
        ("not-numbers", lambda: mean(DESIGN, ["1"] * 6)),
        ("not-numbers", lambda: mean(DESIGN, np.array([1, None, "x", 1, 1, 1], dtype=object))),
        ("not-finite", lambda: mean(DESIGN, np.where(Y > 0, Y, np.inf))),
        ("bad-weight", declare(weights=[1, np.nan])),
        ("bad-weight", declare(weights=[1, None])),
        ("bad-weight", declare(weights=[1, -1])),
        ("bad-weight", declare(weights=[1, 0])),
        ("not-finite", declare(weights=[1, np.inf])),
        ("weights-needed", declare(strata=[1, 1, 2, 2], populations=[9, 9, np.inf, np.inf])),
        ("weights-needed", declare(units=[[1, 1, 2], [1, 2, 3]], populations=[9] * 3)),
        ("no-label", declare(strata=["a", ""])),
        ("no-label", declare(strata=["a", None])),
        ("no-label", declare(units=[1.0, np.nan])),
        ("no-label", declare(strata=np.ma.masked_array(["a", "b"], mask=[False, True]))),
        ("mixed-labels", declare(strata=np.array(["a", 1], dtype=object))),
        ("mixed-labels", declare(strata=["a", 1])),
        ("mixed-labels", declare(strata=[["a"], ["b", "c"]])),
        ("no-label", declare(strata=["a", float("nan")])),
        ("no-label", declare(strata=["a", np.nan, "b"])),
        ("mixed-labels", declare(strata=[["a", "b"], ["b", "c"]])),
        ("wrong-shape", declare(strata=np.array([["a", "b"], ["b", "c"]]))),
        ("wrong-shape", declare(weights=[[1], [1, 2]])),
        ("mixed-labels", declare(strata=np.array([1, "a"], dtype=object))),
        ("mixed-labels", declare(strata=np.array([(1, 2), None, 3], dtype=object)[[0, 2]])),
        ("bad-population", declare(populations=[9, np.nan])),
        ("bad-population", declare(populations=[9, 0])),
        ("bad-population", declare(populations=[0.5, 0.5])),
        ("not-finite", declare(populations=[-np.inf, 9])),
        ("population-varies", declare(populations=[9, 8])),
        ("more-than-population", declare(populations=1, rows=2)),
        ("more-than-population", declare(units=[[1, 1, 2], [1, 2, 3]], populations=[[9, 9, 9], [1, 1, 1]])),
        ("populations-without-stages", declare(units=[1, 2], populations=[[9, 9], [1, 1]])),
        ("no-weights", lambda: total(SampleDesign.declare(strata=STRATA), Y)),
        ("single-unit", lambda: mean(SampleDesign.declare(strata=["a", "b", "b"]), [1, 2, 3])),
        (
            "single-unit",
            lambda: mean(SampleDesign.declare(weights=[1] * 3, units=[[1, 1, 2], [1, 2, 3]], populations=9), [1, 2, 3]),
        ),
        (
            "single-unit",
            lambda: mean(
                SampleDesign.declare(units=[[1, 1, 2], [1, 2, 3]], populations=[[9] * 3, [9, 9, 8]]), [1, 2, 3]
            ),
        ),
        ("all-single", lambda: mean(SampleDesign.declare(strata=["a", "b"], singles=Single.AVERAGE), [1, 2])),
        ("collapse-nowhere", declare(strata=["a", "b", "b"], collapse={"a": "c"})),
        ("collapse-nowhere", declare(strata=["a", "b", "b"], collapse={"a": "c", "c": "a"})),
        ("collapse-nowhere", declare(strata=["a", "b", "b"], collapse={"a": "a"})),
        ("not-a-domain", lambda: mean(DESIGN, Y, domain=[0, 1, 2, 3, 4, 5])),
        ("not-a-domain", lambda: DESIGN.df_of([1, 0, 1, 0, 1, 0])),
        ("empty-domain", lambda: mean(DESIGN, Y, domain=Y > 9)),
        ("empty-domain", lambda: total(DESIGN, Y, domain=Y > 9)),
        ("empty-domain", lambda: mean(DESIGN, np.full(6, np.nan))),
        ("empty-domain", lambda: by_domain(DESIGN, Y, [None] * 6)),
        ("empty-domain", lambda: by_domain(DESIGN, [1, 1, 1, None, None, None], STRATA)),
        ("empty-domain", lambda: shares(DESIGN, [""] * 6)),
        ("empty-domain", lambda: difference(DESIGN, Y, Y > 0, Y > 9)),
        ("empty-domain", lambda: DESIGN.kish_of(Y > 9)),
        ("no-such-group", lambda: TWO["x"]),
        ("no-such-group", lambda: TWO[2]),
        ("no-such-group", lambda: TWO.difference("y", "x")),
        ("not-a-proportion", lambda: proportion(DESIGN, Y * 2)),
        ("missing-in-total", lambda: total(DESIGN, np.where(Y > 0, Y, np.nan))),
        ("zero-denominator", lambda: ratio(DESIGN, Y, np.zeros(6))),
        ("no-such-measure", lambda: by_domain(DESIGN, Y, STRATA, measure="share")),
        ("no-such-measure", lambda: difference(DESIGN, Y, Y > 0, Y < 1, measure="contrast")),
        ("no-such-rule", declare(strata=STRATA, singles="forget")),
        ("no-such-rule", lambda: DESIGN.with_rule("forget")),
        ("not-smooth", lambda: TWO.function(lambda t: float("nan") * t[0])),
        ("not-smooth", lambda: TWO.function(lambda t: t[0], lambda _: [np.inf, 0])),
        ("not-a-level", lambda: TWO["y"].interval(level=95)),
        ("no-degrees", lambda: mean(DESIGN, Y, domain=[True] + [False] * 5).interval()),
    ],
)
def test_what_cannot_be_estimated_is_refused(code, asked):
    with pytest.raises(RefusedEstimateError) as refused:
        asked()
    assert refused.value.code == code
    words = refused.value.text()
    assert words.languages() == {"en", "kk", "ru"}
    assert not any("{" in string for _, string in words.strings)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_written_in_three_languages_about_the_same_facts(code):
    strings = dict(REFUSALS[code].strings)
    assert set(strings) == {"en", "kk", "ru"}
    facts = {tag: {part.split("}")[0] for part in string.split("{")[1:]} for tag, string in strings.items()}
    assert facts["en"] == facts["kk"] == facts["ru"]


def test_a_refusal_says_which_row_is_wrong():
    with pytest.raises(RefusedEstimateError) as refused:
        SampleDesign.declare(weights=[1, 2, -3])
    assert "row 2 is -3" in str(refused.value.text())


def test_the_scores_of_a_mean_add_to_nothing():
    found = scores(DESIGN, [Quantity(name="y", measure=Measure.MEAN, top=Y)])
    assert found.shape == (6, 1)
    assert found.sum() == pytest.approx(0, abs=1e-15)


def test_masked_and_missing_answers_are_no_members():
    masked = np.ma.masked_array(Y, mask=[False, False, True, False, False, False])
    gaps = [1, 0, None, 1, 0, 1]
    assert mean(DESIGN, masked).n == mean(DESIGN, gaps).n == 5
    assert mean(DESIGN, masked).variance == mean(DESIGN, gaps).variance
