"""Coefficients of agreement: worked examples from print, and the same counted again naively."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
import pytest

from paragraph8.statistics.estimation.agreement import Variance, cohen_kappa, gwet_ac1, krippendorff_alpha, percent
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.refusals import RefusedEstimateError

from .printed import agrees
from .schools import Schools

NA = None
FOUR = [
    [1, 1, NA, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [NA, 5, 5, 5],
    [NA, NA, 1, 1],
    [NA, NA, 3, NA],
]
"""Twelve units, four observers, gaps (Krippendorff 2011, example C; Gwet 2014 uses the same)."""

DIAGNOSES = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
"""Two abstractors of 100 records, three diagnoses (Gwet 2014)."""


def spread(table):
    rows = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    return np.array(rows)


def answered(unit):
    return [answer for answer in unit if answer is not None]


def naive_percent(ratings):
    shares = []
    for unit in map(answered, ratings):
        if len(unit) >= 2:
            pairs = list(combinations(unit, 2))
            shares.append(sum(one == other for one, other in pairs) / len(pairs))
    return sum(shares) / len(shares)


def naive_ac1(ratings, categories):
    observed = naive_percent(ratings)
    units = [unit for unit in map(answered, ratings) if unit]
    chance = 0.0
    for category in categories:
        share = sum(unit.count(category) / len(unit) for unit in units) / len(units)
        chance += share * (1 - share) / (len(categories) - 1)
    return (observed - chance) / (1 - chance)


def naive_alpha(ratings, scale):
    units = [unit for unit in map(answered, ratings) if len(unit) >= 2]
    every = sorted(answer for unit in units for answer in unit)
    values = sorted(set(every))

    def apart(c, k):
        if scale == "nominal":
            return float(c != k)
        if scale == "interval":
            return (c - k) ** 2
        if scale == "ratio":
            return ((c - k) / (c + k)) ** 2 if c + k else 0.0
        low, high = min(c, k), max(c, k)
        between = sum(every.count(value) for value in values if low <= value <= high)
        return (between - (every.count(low) + every.count(high)) / 2) ** 2

    n = len(every)
    found = sum(sum(apart(c, k) for c, k in permutations(unit, 2)) / (len(unit) - 1) for unit in units) / n
    chance = sum(apart(c, k) for c, k in permutations(every, 2)) / (n * (n - 1))
    return 1 - found / chance


def naive_kappa(pairs, near):
    n = len(pairs)
    observed = sum(near(a, b) for a, b in pairs) / n
    chance = sum(near(a, b) for a, _ in pairs for _, b in pairs) / n**2
    return (observed - chance) / (1 - chance)


def test_percent_of_four():
    found = percent(FOUR)
    assert agrees(found.value, "0.8181818")
    assert agrees(found.se, "0.12561")
    assert (round(found.low, 3), found.high) == (0.542, 1)
    assert (found.units, found.answers, found.df, found.variance) == (11, 41, 11, "published")


def test_ac1_of_four():
    found = gwet_ac1(FOUR)
    assert agrees(found.value, "0.77544")
    assert agrees(found.se, "0.14295")
    assert agrees(found.expected, "0.1903212")
    assert (round(found.low, 3), found.high) == (0.461, 1)


@pytest.mark.parametrize(
    ("scale", "printed"), [("nominal", "0.743"), ("ordinal", "0.815"), ("interval", "0.849"), ("ratio", "0.797")]
)
def test_alpha_of_four(scale, printed):
    """Krippendorff 2011, section C and D."""
    found = krippendorff_alpha(FOUR, scale=scale)
    assert agrees(found.value, printed)
    assert found.value == pytest.approx(naive_alpha(FOUR, scale), rel=1e-12)
    assert found.value == pytest.approx((found.observed - found.expected) / (1 - found.expected))


def test_the_jackknife_of_alpha_is_near_the_published_error():
    """Gwet 2014 gives .14557 for the nominal alpha of the same data."""
    found = krippendorff_alpha(FOUR)
    assert found.variance is Variance.JACKKNIFE
    assert found.se == pytest.approx(0.14557, rel=0.02)


def test_alpha_of_two():
    """Krippendorff 2011, sections A and B: .095 and .692."""
    binary = np.array([list("0100000010"), list("1110010000")]).T
    assert agrees(krippendorff_alpha(binary).value, "0.095")
    nominal = np.array([list("aabbdcccedda"), list("babbbccceddd")]).T
    assert agrees(krippendorff_alpha(nominal).value, "0.692")


def test_two_abstractors():
    """Printed errors of percent and AC1 divide by n where those of raw ratings divide by n - 1."""
    pairs = spread(DIAGNOSES)
    kappa = cohen_kappa(pairs[:, 0], pairs[:, 1])
    assert agrees(kappa.value, "0.7964094")
    assert agrees(kappa.se, "0.05891072")
    assert (round(kappa.low, 2), round(kappa.high, 3)) == (0.68, 0.913)
    ac1 = gwet_ac1(pairs)
    assert agrees(ac1.value, "0.8493305")
    assert agrees(ac1.se * math.sqrt(99 / 100), "0.04321747")
    assert agrees(percent(pairs).value, "0.89")
    assert agrees(percent(pairs).se * math.sqrt(99 / 100), "0.03128898")
    assert agrees(krippendorff_alpha(pairs).value, "0.7972585")


def test_six_psychiatrists():
    """Fleiss 1971, the first fifteen patients as Gwet 2014 gives them: AC1 .4448007 (.08418757), alpha .4204384."""
    counts = [
        "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006", "10050", "11040",
        "03300", "10050", "02031",
    ]  # fmt: skip
    ratings = [[at for at, n in enumerate(row) for _ in range(int(n))] for row in counts]
    found = gwet_ac1(ratings)
    assert agrees(found.value, "0.4448007")
    assert agrees(found.se, "0.08418757")
    assert agrees(krippendorff_alpha(ratings).value, "0.4204384")


@pytest.mark.reference
def test_kappa_of_a_sample():
    schools = Schools("apiclus1")
    found = cohen_kappa(schools["comp.imp"], schools["sch.wide"], design=schools.design())
    assert agrees(found.value, ".553214576")
    assert agrees(found.se, ".0398575571")
    assert (found.df, found.variance) == (14, "taylor")


def test_counted_naively():
    random = np.random.default_rng(6)
    for _ in range(20):
        table = random.integers(0, 4, (15, 3)).astype(object)
        table[random.random(table.shape) < 0.2] = None
        ratings = table.tolist()
        assert percent(ratings).value == pytest.approx(naive_percent(ratings), rel=1e-12)
        found = gwet_ac1(ratings, categories=range(4)).value
        assert found == pytest.approx(naive_ac1(ratings, range(4)), rel=1e-12)
        for scale in ("nominal", "ordinal", "interval", "ratio"):
            found = krippendorff_alpha(ratings, scale=scale, categories=range(4)).value
            assert found == pytest.approx(naive_alpha(ratings, scale), rel=1e-10, abs=1e-12)
        pairs = [(a, b) for a, b, _ in ratings if a is not None and b is not None]
        first, second = table[:, 0], table[:, 1]
        for kind, near in (
            ("exact", lambda a, b: a == b),
            ("linear", lambda a, b: 1 - abs(a - b) / 3),
            ("quadratic", lambda a, b: 1 - (a - b) ** 2 / 9),
        ):
            found = cohen_kappa(first, second, kind=kind, categories=range(4)).value
            assert found == pytest.approx(naive_kappa(pairs, near), rel=1e-10, abs=1e-12)


def test_kappa_fails_where_nearly_all_say_yes_and_ac1_does_not():
    """95 of 100 pairs agree; the paradox of kappa."""
    pairs = spread([[95, 3], [2, 0]])
    assert cohen_kappa(pairs[:, 0], pairs[:, 1]).value < 0
    assert gwet_ac1(pairs).value > 0.94


def test_an_answer_that_nobody_gave_is_still_a_choice():
    assert gwet_ac1(FOUR, categories=range(1, 8)).value > gwet_ac1(FOUR).value
    every = [["yes", "yes"]] * 8
    assert gwet_ac1(every, categories=["yes", "no"]).value == 1


def test_errors_are_those_of_the_jackknife_nearly():
    random = np.random.default_rng(7)
    truth = random.integers(0, 2, 300)
    ratings = np.array([np.where(random.random(300) < 0.9, truth, 1 - truth) for _ in range(3)]).T
    alone = np.arange(300)
    for way in (percent, gwet_ac1):
        assert way(ratings, clusters=alone).se == pytest.approx(way(ratings).se, rel=0.02)
    one, other = ratings[:, 0], ratings[:, 1]
    assert cohen_kappa(one, other, clusters=alone).se == pytest.approx(cohen_kappa(one, other).se, rel=0.02)
    simple = SampleDesign.declare(rows=300)
    assert cohen_kappa(one, other, design=simple).se == pytest.approx(cohen_kappa(one, other).se, rel=0.01)


def test_teams_make_intervals_wider_where_they_differ():
    """Of ten teams five agree always and five half of the time: 200 visits are not 200 independent ones."""
    random = np.random.default_rng(8)
    team = np.repeat(np.arange(10), 20)
    first = random.integers(0, 2, 200)
    second = np.where(team % 2 == 0, first, random.integers(0, 2, 200))
    ratings = np.column_stack([first, second])
    for way in (percent, gwet_ac1, krippendorff_alpha):
        assert way(ratings, clusters=team).se > 1.5 * way(ratings).se
        assert way(ratings, clusters=team).df == 9
    assert cohen_kappa(first, second, clusters=team).se > 1.5 * cohen_kappa(first, second).se


def test_too_few_units_have_no_interval():
    found = percent([["a", "a"], ["a", "b"]])
    assert (found.value, found.se, found.low) == (0.5, None, None)


def test_labels_may_be_words_and_their_order_is_named():
    grades = ["very bad", "bad", "good", "very good"]
    words = [["good", "very good"], ["bad", "bad"], ["very bad", "bad"], ["good", "good"], ["very good", "very good"]]
    numbers = [[grades.index(one), grades.index(other)] for one, other in words]
    as_words = krippendorff_alpha(words, scale="ordinal", categories=grades)
    assert as_words.value == pytest.approx(krippendorff_alpha(numbers, scale="ordinal").value)
    assert as_words.value > krippendorff_alpha(words).value


SAME = [["yes", "yes"]] * 5
WORDS = [["a", "b"], ["b", "b"], ["a", "a"]]


@pytest.mark.parametrize(
    ("code", "attempt"),
    [
        ("wrong-table", lambda: percent([1, 2, 3])),
        ("wrong-table", lambda: percent([[1], [2]])),
        ("wrong-table", lambda: cohen_kappa([1, 2], [1, 2, 3])),
        ("no-pairs", lambda: percent([[1, None], [None, 2]])),
        ("mixed-labels", lambda: percent([[1, "a"], [2, 2]])),
        ("unknown-category", lambda: gwet_ac1(WORDS, categories=["a", "c"])),
        ("one-category", lambda: gwet_ac1(SAME)),
        ("nothing-varies", lambda: krippendorff_alpha(SAME)),
        ("nothing-varies", lambda: cohen_kappa(["a"] * 4, ["a"] * 4)),
        ("no-order", lambda: krippendorff_alpha(WORDS, scale="ordinal")),
        ("no-order", lambda: cohen_kappa(["a", "b"], ["a", "b"], kind="linear")),
        ("not-numbers", lambda: krippendorff_alpha(WORDS, scale="interval")),
        ("below-zero", lambda: krippendorff_alpha([[-1, 2], [3, 4]], scale="ratio")),
        ("no-such-method", lambda: krippendorff_alpha(WORDS, scale="circular")),
        ("no-such-method", lambda: cohen_kappa(["a", "b"], ["a", "b"], kind="cubic")),
        ("not-a-level", lambda: percent(WORDS, level=95)),
        ("wrong-length", lambda: percent(WORDS, clusters=[1, 2])),
        ("wrong-length", lambda: cohen_kappa(["a", "b"], ["a", "b"], design=SampleDesign.declare(rows=3))),
    ],
)
def test_what_cannot_be_compared_is_refused(code, attempt):
    with pytest.raises(RefusedEstimateError) as refusal:
        attempt()
    assert refusal.value.code == code
    assert refusal.value.text().languages() == {"en", "kk", "ru"}
