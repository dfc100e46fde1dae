"""Tests under the design against R `survey` 4.5, and their habits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.hypotheses import benjamini_hochberg, independence, two_domains
from paragraph8.statistics.estimation.refusals import RefusedEstimateError

from . import stations
from .printed import agree, agrees
from .schools import Schools


@pytest.mark.reference
@pytest.mark.parametrize(
    ("name", "t", "df", "difference", "se", "f", "df1", "df2"),
    [
        (
            "apistrat",
            "4.854518642",
            196,
            ".3181331075",
            ".06553339909",
            "14.169408118",
            "1.885135885",
            "371.3717694",
        ),
        (
            "apiclus1",
            "3.252245724",
            13,
            ".2836538462",
            ".08721783967",
            "5.025875638",
            "1.712002832",
            "23.96803969",
        ),
        (
            "apiclus2",
            "3.831683407",
            38,
            ".4669731351",
            ".1218715341",
            "10.081499129",
            "1.804503667",
            "70.37564299",
        ),
    ],
)
def test_awards_by_kind_of_school(name, t, df, difference, se, f, df1, df2):
    schools = Schools(name)
    elementary = schools["stype"] == "E"
    found = two_domains(schools.design(), schools.yes("awards"), elementary, ~elementary)
    agree(found.difference, difference, se)
    assert agrees(found.t, t)
    assert found.df == df
    assert found.p_value == pytest.approx(2 * stats.t.sf(found.t, df), rel=1e-10)
    table = independence(schools.design(), schools["awards"], schools["stype"])
    assert agrees(table.f, f)
    assert table.df1 == pytest.approx(float(df1), rel=2e-9)
    assert table.df2 == pytest.approx(float(df2), rel=2e-9)
    assert table.p_value == pytest.approx(stats.f.sf(table.f, table.df1, table.df2), rel=1e-10)
    assert (table.rows, table.columns) == (("No", "Yes"), ("E", "H", "M"))


def test_rural_less_urban():
    there, design = stations.sample(), stations.design()
    found = two_domains(design, there["neg"], ~there["urb"], there["urb"], measure=Measure.PROPORTION)
    agree(found.difference, ".0766401327", ".0630028006")
    assert found.df == 161
    assert found.interval.low < 0 < found.interval.high
    shares = two_domains(design, there["A"], ~there["urb"], there["urb"], x=there["V"], measure=Measure.RATIO)
    assert shares.difference.value == pytest.approx(0.4125982230 - 0.3904705456, abs=1e-9)


def test_the_same_stations_twice_are_paired():
    """Two visits to each of 30 stations: what stations have in common cancels out."""
    random = np.random.default_rng(2)
    station = np.tile(np.arange(30), 2)
    first = np.arange(60) < 30
    level = random.normal(size=30)
    y = level[station] + 0.1 * random.normal(size=60) + np.where(first, 0.0, 0.1)
    paired = two_domains(SampleDesign.declare(units=station, weights=np.ones(60)), y, ~first, first)
    apart = y[30:] - y[:30]
    assert paired.difference.value == pytest.approx(apart.mean())
    assert paired.difference.se == pytest.approx(apart.std(ddof=1) / math.sqrt(30))
    unpaired = two_domains(SampleDesign.declare(rows=60), y, ~first, first)
    assert unpaired.difference.se > 5 * paired.difference.se


def test_a_simple_sample_gives_nearly_pearsons_test():
    """Where answers are independent the design effects are n/(n - 1), and F is X² over its degrees of freedom."""
    random = np.random.default_rng(3)
    rows, columns = random.integers(0, 3, 400), random.integers(0, 4, 400)
    table = independence(SampleDesign.declare(rows=400), rows, columns)
    counts = np.zeros((3, 4))
    np.add.at(counts, (rows, columns), 1)
    assert table.pearson == pytest.approx(stats.chi2_contingency(counts, correction=False)[0], rel=1e-10)
    assert np.mean(table.effects) == pytest.approx(1, abs=0.1)
    assert table.f == pytest.approx(table.pearson / 6, rel=0.1)


def test_a_table_may_have_empty_cells_and_missing_answers():
    rows = ["a", "a", "a", "b", "b", "b", None, "a"]
    columns = ["x", "x", "y", "y", "y", "y", "x", ""]
    table = independence(SampleDesign.declare(rows=8), rows, columns)
    assert table.n == 6
    assert math.isfinite(table.f)


def test_true_hypotheses_are_rejected_as_often_as_said():
    """300 clustered samples without a connection: about one in twenty."""
    random = np.random.default_rng(4)
    cluster = np.repeat(np.arange(40), 5)
    design = SampleDesign.declare(units=cluster, weights=np.ones(200))
    small, naive = 0, 0
    for _ in range(300):
        chance = random.beta(2, 2, 40)[cluster]
        rows = random.random(200) < chance
        columns = random.random(40)[cluster] < 0.5
        found = independence(design, rows, columns)
        small += found.p_value < 0.05
        naive += stats.chi2.sf(found.pearson, 1) < 0.05
    assert small / 300 == pytest.approx(0.05, abs=0.04)
    assert naive / 300 > 0.1


def test_many_tests_at_once():
    """The fifteen tests of Benjamini and Hochberg (1995, section 3.2): four stand out at 5 %."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p += [0.7590, 1.0]
    family = benjamini_hochberg(p)
    assert family.found.tolist() == [True] * 4 + [False] * 11
    assert family.adjusted == pytest.approx(stats.false_discovery_control(p))
    order = np.random.default_rng(1).permutation(15)
    assert benjamini_hochberg(np.array(p)[order]).adjusted == pytest.approx(family.adjusted[order])


def test_a_test_that_could_not_be_made_does_not_count():
    family = benjamini_hochberg([0.01, math.nan, 0.04])
    assert family.tests == 2
    assert family.adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert math.isnan(family.adjusted[1])
    assert not family.found[1]
    assert benjamini_hochberg([]).tests == 0


SIX = SampleDesign.declare(rows=6)
YES = np.array([True, True, True, False, False, False])


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("empty-domain", lambda: two_domains(SIX, [1, 2, 3, 4, 5, 6], YES, np.zeros(6, dtype=bool))),
        ("no-degrees", lambda: two_domains(SampleDesign.declare(rows=2), [1, 2], YES[2:4], ~YES[2:4])),
        ("not-a-domain", lambda: two_domains(SIX, [1, 2, 3, 4, 5, 6], YES, [0, 0, 0, 1, 1, 1])),
        ("one-row-or-column", lambda: independence(SIX, ["a"] * 6, list("xyxyxy"))),
        ("empty-domain", lambda: independence(SIX, [None] * 6, list("xyxyxy"))),
        (
            "no-variance",
            lambda: independence(
                SampleDesign.declare(units=[1, 1, 1, 1, 2, 2, 2, 2]), list("aabbaabb"), list("xyxyxyxy")
            ),
        ),
        ("not-a-level", lambda: benjamini_hochberg([0.1], rate=0)),
        ("not-p-values", lambda: benjamini_hochberg([1.1])),
        ("not-numbers", lambda: benjamini_hochberg(["small"])),
    ],
)
def test_what_cannot_be_tested_is_refused(code, attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == code
    assert refusal.value.text().languages() == {"en", "kk", "ru"}
