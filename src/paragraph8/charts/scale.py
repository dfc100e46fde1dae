"""Axes: from numbers to places, with ticks at round numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Axis:
    """From `low` to `high` in the unit of the data; `ticks` are numbers with the words that stand at them."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError(f"an axis from {self.low} to {self.high} has no length")

    def at(self, value: float) -> float:
        """Where a value stands between 0 and 1; what lies outside stands at the edge."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def axis(low: float, high: float, say: Callable[[float], str], *, most: int = 5) -> Axis:
    """An axis that holds both numbers, with at most `most` steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        high = low + 1
    step = _step((high - low) / most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = [round(n * step, 10) for n in range(first, last + 1)]
    return Axis(values[0], values[-1], tuple((value, say(value)) for value in values))


def _step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))
