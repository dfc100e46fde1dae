"""The invented vote tabulation: its numbers are R's, and any language can make its rows."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.taylor import Quantity, by_domain, estimate, mean, proportion, ratio, total

from .printed import agree, agrees
from .stations import design, reported, sample


def test_the_generator_makes_the_rows_of_the_reference():
    drawn = sample()
    assert len(drawn["h"]) == 174
    sums = {name: int(drawn[name].sum()) for name in ("R", "B", "A", "C", "I", "O", "neg", "urb", "rep")}
    assert sums == {
        "R": 133053, "B": 83912, "A": 32051, "C": 23376, "I": 808, "O": 27677, "neg": 28, "urb": 76, "rep": 127,
    }  # fmt: skip
    assert [int(drawn[name][0]) for name in "RBAC"] == [669, 305, 88, 120]


def test_the_design():
    assert (design().n, design().n_strata, design().df) == (174, 12, 162)
    assert design().weights.sum() == pytest.approx(5286, rel=1e-14)


@pytest.mark.parametrize(
    ("top", "bottom", "value", "se"),
    [
        ("A", "V", ".4038477125", ".0059204949"),
        ("C", "V", ".2676775729", ".0055414508"),
        ("B", "R", ".6342693765", ".0086001813"),
    ],
)
def test_shares_and_turnout(top, bottom, value, se):
    drawn = sample()
    agree(ratio(design(), drawn[top], drawn[bottom]), value, se)


def test_the_lead_is_one_ratio_and_the_same_as_the_contrast_of_two_shares():
    drawn = sample()
    lead = ratio(design(), drawn["A"] - drawn["C"], drawn["V"])
    agree(lead, ".1361701396", ".0090130852")
    both = estimate(
        design(),
        [Quantity(name=name, measure=Measure.RATIO, top=drawn[name], bottom=drawn["V"]) for name in ("A", "C")],
    )
    contrast = both.difference("A", "C")
    assert contrast.value == pytest.approx(lead.value, rel=1e-12)
    assert contrast.variance == pytest.approx(lead.variance, rel=1e-12)
    assert contrast.variance > both["A"].variance + both["C"].variance


def test_the_total_of_ballots():
    agree(total(design(), sample()["B"]), "2610694.3264170", "80113.2350166")


def test_the_share_of_negative_stations_and_its_design_effect():
    found = proportion(design(), sample()["neg"])
    agree(found, ".1818226589", ".0322977833")
    assert agrees(found.design_effect, "1.25438946083")


def test_the_share_of_negative_stations_in_towns_and_villages():
    drawn = sample()
    found = by_domain(design(), drawn["neg"], drawn["urb"], measure=Measure.PROPORTION)
    agree(found["False"], ".2134643536", ".0464510074")
    agree(found["True"], ".1368242209", ".0418864140")
    agree(found.difference("False", "True"), ".0766401327", ".0630028006")
    assert found["True"].df == 64


def test_the_share_of_a_contestant_in_towns_and_villages():
    drawn = sample()
    found = by_domain(design(), drawn["A"], drawn["urb"], x=drawn["V"], measure=Measure.RATIO)
    agree(found["False"], ".4125982230", ".0081047769")
    agree(found["True"], ".3904705456", ".0117583390")


def test_the_stations_that_reported_speak_for_their_strata():
    there, arrived = reported()
    assert arrived.n == 127
    agree(ratio(arrived, there["A"], there["V"]), ".3971930478", ".0055309383")
    agree(ratio(arrived, there["C"], there["V"]), ".2759659598", ".0058178820")
    agree(proportion(arrived, there["neg"]), ".1392695840", ".0291052634")


# Smooth functions of several estimates


def quantities():
    drawn = sample()
    return [Quantity(name=name, measure=Measure.TOTAL, top=drawn[name]) for name in ("A", "C", "V")]


def test_a_ratio_is_a_smooth_function_of_two_totals():
    drawn = sample()
    totals = estimate(design(), quantities())
    direct = ratio(design(), drawn["A"], drawn["V"])
    given = totals.function(lambda t: t[0] / t[2], lambda t: [1 / t[2], 0, -t[0] / t[2] ** 2])
    numeric = totals.function(lambda t: t[0] / t[2])
    assert given.value == numeric.value == pytest.approx(direct.value, rel=1e-13)
    assert given.variance == pytest.approx(direct.variance, rel=1e-11)
    assert numeric.variance == pytest.approx(direct.variance, rel=1e-8)


def test_the_slope_of_a_crooked_function_is_found():
    totals = estimate(design(), quantities())
    odds = totals.function(lambda t: np.log(t[0] / t[1]) ** 3)
    by_hand = totals.function(
        lambda t: np.log(t[0] / t[1]) ** 3,
        lambda t: 3 * np.log(t[0] / t[1]) ** 2 * np.array([1 / t[0], -1 / t[1], 0]),
    )
    assert odds.variance == pytest.approx(by_hand.variance, rel=1e-8)
    assert odds.variance > 0


def test_a_mean_of_a_constant_has_no_variance_and_no_design_effect():
    found = mean(design(), np.full(174, 7.0))
    assert found.value == pytest.approx(7, rel=1e-14)
    assert found.se == pytest.approx(0, abs=1e-14)
