"""Three classes of evidence as types, so that a number cannot be asked for what its class does not know.

* `ObservedCount`: x of y observations, made where teams went. It has a share and a coverage, and no interval, margin of
  error, trend, difference or projection: asking for one raises `RefusedFigureError` with the reason and with what to
  ask for instead.
* `ProbabilityEstimate`: from units drawn with known probabilities. It has a standard error, an interval, and a
  difference to another one.
* `ModelEstimate`: what follows from stated assumptions. Its interval is credible, not confident, and it carries its
  model card.

Sources: AAPOR, Guidance on Reporting Precision for Nonprobability Samples (2016); Declaration of Principles for
International Election Observation (2005), on methodology that is published with its limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import isfinite, sqrt
from typing import NoReturn

from paragraph8.domain.figures import Basis, Figure, Kind, RefusedFigureError


class EvidenceClass(StrEnum):
    """What a number rests on. Never two of them in one table."""

    COUNT = "count"
    PROBABILITY = "probability"
    MODEL = "model"


@dataclass(frozen=True, kw_only=True)
class ObservedCount:
    """`numerator` of `denominator` units observed; `left_out` says how many more gave no answer, by reason."""

    numerator: int
    denominator: int
    n_stations: int | None = None
    n_teams: int | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)

    evidence = EvidenceClass.COUNT

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.numerator} of {self.denominator} is no share")

    def share(self) -> Fraction | None:
        """The share of the units observed, exactly; `None` where nothing answered. It speaks of those units alone."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    def interval(self, *, level: float = 0.95) -> NoReturn:  # noqa: ARG002 - no level makes it possible
        """Refused: an interval says how far a random draw may have missed, and nothing was drawn."""
        raise RefusedFigureError("interval-on-observations")

    def margin_of_error(self, *, level: float = 0.95) -> NoReturn:  # noqa: ARG002
        """Refused, for the same reason."""
        raise RefusedFigureError("margin-on-observations")

    def standard_error(self) -> NoReturn:
        """Refused, for the same reason."""
        raise RefusedFigureError("margin-on-observations")

    def trend(self, *earlier: Evidence) -> NoReturn:  # noqa: ARG002
        """Refused: other teams at other stations at another time."""
        raise RefusedFigureError("trend-on-observations")

    def difference(self, other: Evidence) -> NoReturn:  # noqa: ARG002
        """Refused: it would be a difference of routes as much as of conduct."""
        raise RefusedFigureError("comparison-of-observations")

    def projection(self, population: int) -> NoReturn:  # noqa: ARG002
        """Refused: the stations visited stand for themselves alone."""
        raise RefusedFigureError("projection-on-observations")


@dataclass(frozen=True, kw_only=True)
class ProbabilityEstimate:
    """A number estimated from a declared sample.

    `value` with its `variance` (of the estimator, in squared units of the value), `df` degrees of freedom and `n`
    sampling units with an answer; `low` and `high` bound it at `level` by `method`. `sample` names the draw: two
    estimates of one draw move together.
    """

    value: float
    variance: float
    df: float
    n: int
    low: float
    high: float
    level: float = 0.95
    method: str = "korn-graubard"
    sample: str = ""

    evidence = EvidenceClass.PROBABILITY

    def __post_init__(self) -> None:
        if not all(map(isfinite, (self.value, self.variance, self.low, self.high))) or self.variance < 0:
            raise ValueError(f"{self.value} with variance {self.variance} is no estimate")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} lies outside its interval from {self.low} to {self.high}")

    def standard_error(self) -> float:
        """The square root of the variance."""
        return sqrt(self.variance)

    def interval(self) -> tuple[float, float]:
        """The bounds at `level`."""
        return self.low, self.high


@dataclass(frozen=True, kw_only=True)
class ModelEstimate:
    """A number that a model gives under stated assumptions; `card` names the page with model, assumptions and data cut.

    The bounds are those of a credible interval. A model without a card is not accepted.
    """

    value: float
    low: float
    high: float
    card: str
    level: float = 0.95

    evidence = EvidenceClass.MODEL

    def __post_init__(self) -> None:
        if not self.card.strip():
            raise ValueError("a model estimate names its model card")
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} lies outside its interval from {self.low} to {self.high}")

    def interval(self) -> tuple[float, float]:
        """The bounds of the credible interval at `level`."""
        return self.low, self.high

    def difference(self, other: Evidence) -> NoReturn:  # noqa: ARG002
        """Refused: a model is no measurement."""
        raise RefusedFigureError("model-is-no-measurement")


Evidence = ObservedCount | ProbabilityEstimate | ModelEstimate


def class_of(figure: Figure) -> EvidenceClass:
    """The class of a figure by its basis: whatever was counted, copied or said whole is a count."""
    return {Basis.PROBABILITY: EvidenceClass.PROBABILITY, Basis.MODEL: EvidenceClass.MODEL}.get(
        figure.basis, EvidenceClass.COUNT
    )


def evidence_of(figure: Figure) -> ObservedCount | ProbabilityEstimate:
    """A share of observations, or an estimate, as the type that knows what may be asked of it.

    Raises `RefusedFigureError` for an estimate without an interval ("too-few-for-interval"), and `ValueError` for a
    figure of another kind: a count of people, a register line.
    """
    if figure.basis is Basis.PROBABILITY and figure.kind is Kind.ESTIMATE:
        interval = figure.interval_or_refuse()
        if figure.estimate is None or figure.estimate.value is None or figure.estimate.standard_error is None:
            raise RefusedFigureError("too-few-for-interval", figure.key)
        return ProbabilityEstimate(
            value=float(figure.estimate.value),
            variance=float(figure.estimate.standard_error) ** 2,
            df=figure.estimate.df,
            n=figure.estimate.n,
            low=float(interval.low),
            high=float(interval.high),
            level=float(interval.level),
            method=interval.method,
            sample=f"{figure.key.app}.{figure.key.dimension('sample')}",
        )
    if figure.basis is Basis.OBSERVED and figure.numerator is not None and figure.denominator is not None:
        return ObservedCount(
            numerator=figure.numerator,
            denominator=figure.denominator,
            n_stations=figure.n_stations,
            n_teams=figure.n_teams,
            left_out=dict(figure.left_out),
        )
    raise ValueError(f"{figure.key} is neither a share of observations nor an estimate from a sample")
