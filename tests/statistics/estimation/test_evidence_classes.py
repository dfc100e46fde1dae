"""Classes of evidence: what a count of observations does not know, and what compares with what."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from paragraph8.domain.estimates import Estimate, Interval
from paragraph8.domain.figures import REFUSALS, Basis, Figure, Key, Kind, Origin, RefusedFigureError, Unit
from paragraph8.domain.text import Text
from paragraph8.statistics.estimation.comparisons import compare, trend
from paragraph8.statistics.estimation.evidence_classes import (
    EvidenceClass,
    ModelEstimate,
    ObservedCount,
    ProbabilityEstimate,
    class_of,
    evidence_of,
)

COUNT = ObservedCount(numerator=45, denominator=412, n_stations=398, n_teams=60)
MODEL = ModelEstimate(value=0.14, low=0.09, high=0.21, card="models/boxes")


def estimate(value: float, error: float, *, sample: str = "1", **changes: Any) -> ProbabilityEstimate:
    facts: dict[str, Any] = {"df": 100, "n": 120, "low": max(value - 2 * error, 0), "high": value + 2 * error}
    return ProbabilityEstimate(value=value, variance=error**2, sample=sample, **{**facts, **changes})


REFUSED: list[tuple[Callable[[], Any], str]] = [
    (COUNT.interval, "interval-on-observations"),
    (COUNT.margin_of_error, "margin-on-observations"),
    (COUNT.standard_error, "margin-on-observations"),
    (lambda: COUNT.trend(COUNT), "trend-on-observations"),
    (lambda: COUNT.difference(COUNT), "comparison-of-observations"),
    (lambda: COUNT.projection(9_900), "projection-on-observations"),
    (lambda: MODEL.difference(MODEL), "model-is-no-measurement"),
    (lambda: compare(COUNT, COUNT), "comparison-of-observations"),
    (lambda: compare(COUNT, estimate(0.2, 0.03)), "comparison-of-observations"),
    (lambda: compare(estimate(0.2, 0.03), COUNT), "comparison-of-observations"),
    (lambda: compare(estimate(0.2, 0.03), MODEL), "model-is-no-measurement"),
    (lambda: compare(estimate(0.2, 0.03), estimate(0.3, 0.03)), "paired-samples"),
    (lambda: trend((estimate(0.2, 0.03), COUNT)), "trend-on-observations"),
]


@pytest.mark.parametrize(("ask", "reason"), REFUSED)
def test_what_a_class_does_not_know_is_refused_in_three_languages(ask: Callable[[], Any], reason: str) -> None:
    with pytest.raises(RefusedFigureError) as refused:
        ask()
    assert refused.value.reason == reason
    said = dict(refused.value.text().strings)
    assert set(said) == {"en", "kk", "ru"}
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("interval-on-observations", ("reach", "draw a sample")),
        ("margin-on-observations", ("coverage", "sample drawn at random")),
        ("trend-on-observations", ("coverage", "samples drawn at random")),
        ("comparison-of-observations", ("side by side", "samples drawn at random")),
        ("projection-on-observations", ("coverage", "sample drawn at random")),
        ("no-sample", ("eday.answer", "random stops for each team")),
    ],
)
def test_a_refusal_names_what_to_do_instead(code: str, instead: tuple[str, ...]) -> None:
    english = REFUSALS[code].shown("en").string
    assert all(words in english for words in instead)


def test_a_count_has_a_share_and_no_number_beyond_it() -> None:
    assert COUNT.share() == Fraction(45, 412)
    assert ObservedCount(numerator=0, denominator=0).share() is None
    names = {name for name, _ in inspect.getmembers(COUNT) if not name.startswith("_")}
    assert not names & {"variance", "low", "high", "df", "value"}


def test_classes_never_mix() -> None:
    kinds = {COUNT.evidence, estimate(0.2, 0.03).evidence, MODEL.evidence}
    assert kinds == set(EvidenceClass)


@pytest.mark.parametrize(("numerator", "denominator"), [(5, 4), (-1, 4)])
def test_a_count_that_is_no_share_is_no_count(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        ObservedCount(numerator=numerator, denominator=denominator)


def test_a_model_without_a_card_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="model card"):
        ModelEstimate(value=0.1, low=0.0, high=0.2, card=" ")


def test_two_samples_drawn_apart_have_a_difference() -> None:
    found = compare(estimate(0.20, 0.03), estimate(0.32, 0.04, sample="2"))
    assert found.value == pytest.approx(0.12)
    assert found.standard_error == pytest.approx(0.05)
    assert found.low == pytest.approx(0.12 - 0.10)
    assert found.high == pytest.approx(0.12 + 0.10)
    assert found.df == pytest.approx(0.05**4 / (0.03**4 / 100 + 0.04**4 / 100))
    assert found.decided
    # 2.4 standard errors at some 190 degrees of freedom.
    assert found.p == pytest.approx(0.01738, abs=1e-4)


def test_the_same_stations_seen_twice_have_a_smaller_error() -> None:
    apart = compare(estimate(0.2, 0.03), estimate(0.25, 0.03, sample="2"))
    paired = compare(estimate(0.2, 0.03), estimate(0.25, 0.03), covariance=0.0006)
    assert paired.standard_error < apart.standard_error
    assert paired.high - paired.low < apart.high - apart.low
    assert not apart.decided


def test_no_events_twice_are_no_proof_of_no_difference() -> None:
    none = estimate(0.0, 0.0, low=0.0, high=0.03)
    again = estimate(0.0, 0.0, low=0.0, high=0.05, sample="2")
    found = compare(none, again)
    assert (found.value, found.p, found.df) == (0.0, None, None)
    assert (found.low, found.high) == (pytest.approx(-0.03), pytest.approx(0.05))


def test_a_trend_is_each_against_the_one_before() -> None:
    steps = trend((estimate(0.2, 0.03), estimate(0.3, 0.03, sample="2"), estimate(0.25, 0.03, sample="3")))
    assert [round(step.value, 10) for step in steps] == [0.1, -0.05]


@pytest.mark.parametrize("covariance", [0.002, float("nan")])
def test_an_impossible_covariance_is_not_used(covariance: float) -> None:
    with pytest.raises(ValueError, match="covariance"):
        compare(estimate(0.2, 0.03), estimate(0.25, 0.03), covariance=covariance)


def test_intervals_at_two_levels_are_not_combined() -> None:
    with pytest.raises(ValueError, match="two levels"):
        compare(estimate(0.2, 0.03), estimate(0.25, 0.03, sample="2", level=0.99))


def figure(basis: Basis, **changes: Any) -> Figure:
    facts: dict[str, Any] = {
        "key": Key.of("eday", "answer", form="f", question="q", answer="a", sample="1"),
        "kind": Kind.SHARE,
        "basis": basis,
        "origin": Origin.SIMULATED,
        "unit": Unit.OBSERVATION,
        "title": Text.of("a"),
        "as_of": 1,
        "method": "answer@1",
    }
    return Figure(**{**facts, **changes})


TOLD = Estimate(value="0.18", standard_error="0.03", df=162, n=174, reported=174, drawn=178, population=5286)
BOUNDS = Interval(low="0.12", high="0.26", level="0.95", method="korn-graubard")


def test_a_figure_becomes_the_type_of_its_basis() -> None:
    observed = figure(Basis.OBSERVED, numerator=3, denominator=8)
    assert isinstance(evidence_of(observed), ObservedCount)
    drawn = figure(Basis.PROBABILITY, kind=Kind.ESTIMATE, estimate=TOLD, interval=BOUNDS)
    found = evidence_of(drawn)
    assert isinstance(found, ProbabilityEstimate)
    assert (found.value, found.n, found.interval()) == (0.18, 174, (0.12, 0.26))
    assert [class_of(observed), class_of(drawn)] == [EvidenceClass.COUNT, EvidenceClass.PROBABILITY]


def test_an_observed_figure_can_hold_neither_interval_nor_estimate() -> None:
    with pytest.raises(RefusedFigureError):
        figure(Basis.OBSERVED, numerator=1, denominator=2, interval=BOUNDS)
    with pytest.raises(RefusedFigureError):
        figure(Basis.OBSERVED, kind=Kind.ESTIMATE, estimate=TOLD)


@pytest.mark.parametrize("basis", [Basis.REGISTER, Basis.REPORTED, Basis.ASSESSED])
def test_only_samples_and_models_estimate(basis: Basis) -> None:
    with pytest.raises(ValueError, match="estimates nothing"):
        figure(basis, kind=Kind.ESTIMATE, estimate=TOLD, interval=BOUNDS)


def test_a_share_that_nobody_drew_and_nobody_observed_has_no_interval_either() -> None:
    with pytest.raises(RefusedFigureError) as refused:
        figure(Basis.REGISTER, numerator=1, denominator=2).interval_or_refuse()
    assert refused.value.reason == "nothing-drawn"
