"""Estimates as figures carry them: numbers computed from a declared sample, spelled as decimal strings.

Canonical JSON has no fractions, and two machines may differ in the last bit of a sum. So an estimate is written with
fifteen digits, and whoever computes it again must come within one part in a thousand million.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from math import isfinite
from typing import Any

AGREEMENT = Decimal("1e-9")
"""How far, relative to the greater of the two, a recomputed number may lie from the one that was published."""
_DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN)
_SPELLED = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,40})?\Z")


class Scale(StrEnum):
    """What the value of an estimate measures."""

    SHARE = "share"
    """From 0 to 1, of the figure's unit."""
    POINTS = "points"
    """A difference of two shares, from -1 to 1."""
    TOTAL = "total"
    MEAN = "mean"


@dataclass(frozen=True)
class Interval:
    """Bounds of an estimate at a confidence level, all as decimal strings; never for basis *observed*."""

    low: str
    high: str
    level: str
    method: str

    def __post_init__(self) -> None:
        for spelled in (self.low, self.high, self.level):
            if not is_decimal(spelled):
                raise ValueError(f"{spelled!r} is not a decimal number in its one spelling")
        if Decimal(self.low) > Decimal(self.high):
            raise ValueError(f"the interval from {self.low} to {self.high} is turned round")

    def agrees(self, other: Interval) -> bool:
        """Whether two computations gave the same bounds."""
        return (
            close(self.low, other.low)
            and close(self.high, other.high)
            and (self.level, self.method) == (other.level, other.method)
        )


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A number estimated from a declared sample, with what says how surely.

    `value`, `standard_error`, `design_effect` are decimal strings; `None` where the reports do not give them.
    `n` sampling units gave an answer, of `reported` with a usable report, of `drawn`, of `population` in the frame.
    `strata_empty` strata have no report, and their `unreached` units of the frame are spoken for by nobody;
    `strata_single` have one, whose variance follows the rule named by `single`. `replaced` reserves stand in for
    stations that could not be reached. `scheme` is how the sample was drawn, as `sampling.design` spells it.
    """

    value: str | None
    standard_error: str | None
    df: int
    n: int
    reported: int
    drawn: int
    population: int
    scale: Scale = Scale.SHARE
    strata: int = 1
    strata_empty: int = 0
    strata_single: int = 0
    unreached: int = 0
    replaced: int = 0
    single: str = ""
    scheme: str = ""
    design_effect: str | None = None

    def __post_init__(self) -> None:
        for spelled in (self.value, self.standard_error, self.design_effect):
            if spelled is not None and not is_decimal(spelled):
                raise ValueError(f"{spelled!r} is not a decimal number in its one spelling")
        if not 0 <= self.n <= self.reported <= self.drawn <= self.population:
            counts = (self.n, self.reported, self.drawn, self.population)
            raise ValueError(f"answers, reports, drawn and frame do not fit: {counts}")

    def number(self) -> Decimal:
        """The value. Raises `ValueError` where there is none."""
        if self.value is None:
            raise ValueError("there is no value")
        return Decimal(self.value)

    def agrees(self, other: Estimate) -> bool:
        """Whether two computations gave the same: counts exactly, numbers to one part in a thousand million."""
        numbers = ("value", "standard_error", "design_effect")
        mine, theirs = asdict(self), asdict(other)
        return all(close(mine[name], theirs[name]) if name in numbers else mine[name] == theirs[name] for name in mine)

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; the inverse of `estimate_from_json`."""
        return {**asdict(self), "scale": self.scale.value}


def estimate_from_json(data: Mapping[str, Any]) -> Estimate:
    """The estimate that `Estimate.to_json` wrote. Raises `TypeError` or `ValueError` on anything else."""
    counts = [data[name] for name in data if name not in _TEXTS]
    if any(not isinstance(n, int) or isinstance(n, bool) or n < 0 for n in counts):
        raise ValueError("a count of the estimate is not a whole number")
    return Estimate(**{**data, "scale": Scale(data["scale"])})


_TEXTS = ("value", "standard_error", "design_effect", "scale", "single", "scheme")


def decimal_string(number: float) -> str:
    """A number in fifteen significant digits, without exponent and without trailing zeros. Raises `ValueError` for
    what is no finite number."""
    if not isfinite(number):
        raise ValueError(f"{number} is no number that can be written down")
    rounded = _DIGITS.create_decimal(repr(float(number)))
    spelled = f"{rounded:f}"
    spelled = spelled.rstrip("0").rstrip(".") if "." in spelled else spelled
    return "0" if spelled in ("-0", "") else spelled


def is_decimal(spelled: object) -> bool:
    """Whether this is a decimal number as `decimal_string` writes it."""
    return isinstance(spelled, str) and bool(_SPELLED.match(spelled)) and spelled != "-0"


def close(one: str | None, other: str | None) -> bool:
    """Whether two spelled numbers are the same but for rounding; two missing ones are."""
    if one is None or other is None:
        return one is other
    a, b = Decimal(one), Decimal(other)
    return abs(a - b) <= AGREEMENT * max(abs(a), abs(b)) or abs(a - b) <= Decimal("1e-15")
