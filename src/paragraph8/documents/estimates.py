"""An estimate on an evidence card: everything that a reader needs to compute its interval again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from paragraph8.domain.estimates import Estimate, Interval, Scale
from paragraph8.domain.figures import Figure
from paragraph8.wording.languages import empty_value
from paragraph8.wording.numbers import format_decimals, format_integer

from .labels import LABELS

_CENT = Decimal("0.01")


def estimate_facts(figure: Figure, language: str) -> Iterator[tuple[str, str]]:
    """Code of a label and what stands beside it, line by line, in a shipped language."""
    estimate = figure.estimate
    if estimate is None:
        return
    yield "estimated", _quantity(estimate, estimate.value, language)
    yield "standard-error", _quantity(estimate, estimate.standard_error, language, points=True)
    if figure.interval is not None:
        yield "interval", _interval(estimate, figure.interval, language)
    counts = {
        name: format_integer(getattr(estimate, name), language) for name in ("drawn", "population", "reported", "n")
    }
    yield "sample", _said("sample-of", language, scheme=estimate.scheme, **counts)
    yield from (("note", note) for note in estimate_notes(estimate, language))


def estimate_notes(estimate: Estimate, language: str) -> Iterator[str]:
    """What a reader has to know besides: reserves that stepped in, strata that are silent, strata with one report."""
    if estimate.replaced:
        yield _said("replaced", language, n=format_integer(estimate.replaced, language))
    if estimate.strata_empty:
        silent = {name: format_integer(getattr(estimate, name), language) for name in ("strata", "unreached")}
        yield _said("strata-empty", language, n=format_integer(estimate.strata_empty, language), **silent)
    if estimate.strata_single:
        n = format_integer(estimate.strata_single, language)
        yield _said("strata-single", language, n=n, single=estimate.single)


def _interval(estimate: Estimate, interval: Interval, language: str) -> str:
    return _said(
        "interval-of",
        language,
        low=_quantity(estimate, interval.low, language),
        high=_quantity(estimate, interval.high, language),
        level=format_decimals((Decimal(interval.level) * 100).quantize(Decimal(1)), 0, language),
        method=interval.method,
        df=format_integer(estimate.df, language),
    )


def _quantity(estimate: Estimate, spelled: str | None, language: str, *, points: bool = False) -> str:
    """A number of an estimate with two decimals: of a per cent, of percentage points, or of the number itself."""
    if spelled is None:
        return empty_value(language)
    number = Decimal(spelled)
    if estimate.scale in (Scale.TOTAL, Scale.MEAN):
        return format_decimals(number.quantize(_CENT, ROUND_HALF_UP), 2, language)
    shown = format_decimals(number.scaleb(2).quantize(_CENT, ROUND_HALF_UP), 2, language)
    return _said("per-cent-of" if estimate.scale is Scale.SHARE and not points else "points", language, n=shown)


def _said(code: str, language: str, **values: str) -> str:
    return LABELS[code].shown(language).string.format(**values)
