"""Estimates of the three school samples are those of R `survey` 4.5, to every digit printed."""

from __future__ import annotations

import numpy as np
import pytest

from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.estimates import Measure
from paragraph8.statistics.estimation.refusals import RefusedEstimateError
from paragraph8.statistics.estimation.stages import Single
from paragraph8.statistics.estimation.taylor import by_domain, difference, mean, proportion, ratio, total

from .printed import agree, agrees
from .schools import Schools

pytestmark = pytest.mark.reference

SAMPLES = ("apistrat", "apiclus1", "apiclus2")


@pytest.fixture(params=SAMPLES)
def schools(request) -> Schools:
    return Schools(request.param)


def said(schools: Schools, *by_sample: str):
    """What the reference says of this sample."""
    return dict(zip(SAMPLES, by_sample, strict=True))[schools.name].split()


def test_the_design_has_its_rows_and_degrees_of_freedom(schools):
    n, df = said(schools, "200 197", "183 14", "126 39")
    assert (schools.design().n, schools.design().df) == (int(n), int(df))


def test_the_mean(schools):
    found = mean(schools.design(), schools["api00"])
    agree(
        found,
        *said(schools, "662.2873632 9.408940803", "644.1693989 23.54224069", "670.8118081 30.09902738"),
    )
    without, with_replacement = said(
        schools, "1.204457269 1.165566171", "9.345869451 9.069748362", "6.250513756 6.096952703"
    )
    assert agrees(found.design_effect, without)
    assert agrees(found.design_effect_replace, with_replacement)


def test_a_total_over_those_who_have_a_value(schools):
    enrolled = schools["enroll"]
    found = total(schools.design(), np.nan_to_num(enrolled), domain=~np.isnan(enrolled))
    agree(found, *said(schools, "3687177.532 114641.7161", "3404940.135 932235.027", "2639272.93 799637.7736"))


def test_a_ratio(schools):
    found = ratio(schools.design(), schools["api.stu"], schools["enroll"])
    agree(
        found,
        *said(schools, ".8369568869 .007757103167", ".8497087417 .008386297169", ".8197370421 .01885056331"),
    )


def test_a_proportion(schools):
    found = proportion(schools.design(), schools.yes("sch.wide"))
    agree(found, *said(schools, ".8279480114 .02434478011", ".8743169399 .02035947724", ".7512915129 .06639498843"))


def test_the_mean_of_each_domain(schools):
    found = by_domain(schools.design(), schools["api00"], schools["stype"])
    numbers = said(
        schools,
        "674.43 12.38247979 625.82 14.93712919 636.6 16.21470731",
        "648.8680556 22.36240889 618.5714286 38.02024936 631.44 31.60946523",
        "692.8104009 29.92660424 598.3406593 17.69416713 642.352 45.0913163",
    )
    for place, name in enumerate("EHM"):
        agree(found[name], *numbers[2 * place : 2 * place + 2])


def test_the_proportion_of_each_domain(schools):
    found = by_domain(schools.design(), schools.yes("awards"), schools["stype"], measure=Measure.PROPORTION)
    numbers = said(
        schools,
        ".73 .0441120855 .32 .06439505051 .48 .06959660266",
        ".7708333333 .0290458694 .4285714286 .1456499748 .52 .1166355296",
        ".7887323944 .05001815203 .1483516484 .08537528483 .448 .1707819875",
    )
    for place, name in enumerate("EHM"):
        agree(found[name], *numbers[2 * place : 2 * place + 2])


def test_the_degrees_of_freedom_of_a_domain_are_those_of_the_units_that_have_members(schools):
    found = by_domain(schools.design(), schools["api00"], schools["stype"])
    assert list(found.dfs) == [int(df) for df in said(schools, "99 49 49", "14 7 11", "34 13 20")]


def test_a_mean_within_a_domain(schools):
    found = mean(schools.design(), schools["api00"], domain=schools.yes("comp.imp"))
    agree(found, *said(schools, "676.4022861 11.71467877", "648.406015 22.47502152", "717.1682744 32.79669053"))


def test_a_total_within_a_domain(schools):
    there = schools.yes("comp.imp") & ~np.isnan(schools["enroll"])
    found = total(schools.design(), np.nan_to_num(schools["enroll"]), domain=there)
    agree(found, *said(schools, "2098255.2 139639.8327", "2406419.896 645443.808", "1576047.505 469081.6525"))


def test_a_ratio_within_a_domain(schools):
    found = ratio(schools.design(), schools["api.stu"], schools["enroll"], domain=schools["stype"] == "E")
    agree(found, *said(schools, ".851816306 .007032359593", ".8532672346 .0125336086", ".8229203332 .0189517"))


def test_the_difference_of_two_domains_that_share_units(schools):
    elementary = schools["stype"] == "E"
    found = difference(schools.design(), schools.yes("awards"), elementary, ~elementary, measure=Measure.PROPORTION)
    agree(found, *said(schools, ".3181331075 .06553339909", ".2836538462 .08721783967", ".4669731351 .1218715341"))
    assert found.df == schools.design().df
    assert found.n == schools.design().n


def test_without_a_finite_population():
    schools = Schools("apiclus1")
    agree(mean(schools.design(finite=False), schools["api00"]), "644.1693989", "23.77901072")
    agree(total(schools.design(finite=False), schools["enroll"]), "3404940.135", "941610.7409")


def test_two_stages_drawn_with_replacement():
    schools = Schools("apiclus2")
    agree(mean(schools.design(finite=False), schools["api00"]), "670.8118081", "30.71157631")
    enrolled = schools["enroll"]
    found = total(schools.design(finite=False), np.nan_to_num(enrolled), domain=~np.isnan(enrolled))
    assert agrees(found.se, "820261.1465")


def test_filtering_rows_before_the_design_is_declared_gives_the_wrong_error():
    """A domain keeps the units without members; a filter loses them. Both numbers are R's."""
    schools = Schools("apiclus1")
    domain = schools.yes("awards") & (schools["stype"] == "H")
    right = total(schools.design(finite=False), schools["enroll"], domain=domain)
    filtered = SampleDesign.declare(weights=schools["pw"][domain], units=schools["dnum"][domain])
    wrong = total(filtered, schools["enroll"][domain])
    assert agrees(right.se, "88583.14")
    assert agrees(wrong.se, "60456.05")
    assert agrees(mean(schools.design(finite=False), schools["api00"], domain=domain).se, "50.4303")
    assert agrees(mean(filtered, schools["api00"][domain]).se, "54.4709")


def test_filtering_a_stratified_sample_gives_the_wrong_error():
    schools = Schools("apistrat")
    domain = schools.yes("comp.imp")
    filtered = SampleDesign.declare(weights=schools["pw"][domain], strata=schools["stype"][domain])
    assert agrees(total(schools.design(finite=False), schools["enroll"], domain=domain).se, "142420.32")
    assert agrees(total(filtered, schools["enroll"][domain]).se, "81228.23")
    assert agrees(mean(schools.design(finite=False), schools["api00"], domain=domain).se, "11.8645")
    assert agrees(mean(filtered, schools["api00"][domain]).se, "11.8957")


def test_weights_follow_from_the_populations():
    schools = Schools("apiclus2")
    found = total(schools.design(weights=False), np.ones(126))
    assert found.value == pytest.approx(np.sum(757 / 40 * schools["fpc2"] / sampled(schools["dnum"])), rel=1e-12)


def sampled(units: np.ndarray) -> np.ndarray:
    """How many rows the unit of each row has."""
    return np.array([np.sum(units == unit) for unit in units])


# Strata with a single sampled unit


def one_high_school(singles: Single, **also) -> tuple[Schools, np.ndarray, SampleDesign]:
    """The stratified sample of which one school is left in stratum H; its weight is then 755."""
    schools = Schools("apistrat")
    high = schools["stype"] == "H"
    kept = ~high | (np.cumsum(high) == 1)
    design = SampleDesign.declare(
        strata=schools["stype"][kept], populations=schools["fpc"][kept], singles=singles, **also
    )
    return schools, kept, design


@pytest.mark.parametrize(
    ("rule", "of_mean", "of_total"),
    [
        (Single.CERTAINTY, "9.231096975", "91370.83316"),
        (Single.AVERAGE, "11.30573868", "111905.9593"),
        (Single.ADJUST, "23.33370908", "1607470.144"),
    ],
)
def test_a_rule_for_a_stratum_with_a_single_unit(rule, of_mean, of_total):
    schools, kept, design = one_high_school(rule)
    agree(mean(design, schools["api00"][kept]), "642.9284517", of_mean)
    agree(total(design, schools["enroll"][kept]), "4324624.02", of_total)


def test_a_single_unit_is_refused_where_no_rule_is_named():
    schools, kept, design = one_high_school(Single.FAIL)
    assert design.single_strata == ("H",)
    with pytest.raises(RefusedEstimateError, match="single-unit") as refused:
        mean(design, schools["api00"][kept])
    assert "such as H" in str(refused.value.text())


def test_a_single_unit_joins_the_stratum_of_the_list():
    schools, kept, design = one_high_school(Single.FAIL, collapse={"H": "M"})
    by_hand = SampleDesign.declare(
        weights=design.weights,
        strata=np.where(schools["stype"][kept] == "E", "E", "H or M"),
        populations=np.where(schools["stype"][kept] == "E", 4421, 755 + 1018),
    )
    assert mean(design, schools["api00"][kept]).se == pytest.approx(mean(by_hand, schools["api00"][kept]).se, rel=1e-12)
    assert design.df == by_hand.df == 151 - 2
