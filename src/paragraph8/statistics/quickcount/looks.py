"""How wide the limits of an interim look are, fixed before the night.

Whoever looks ten times at a 95 % interval and stops at the look that pleases has no 95 % interval. Either every look
before the last has a level fixed in advance (99 %), or the error is spent look by look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from .refusals import RefusedCountError

LEAST_ALPHA = 1e-6
"""Limits are never asked for at a smaller error: no sample supports a statement about one night in a million."""


class Spending(StrEnum):
    """How the error of several looks is kept in hand."""

    FIXED = "fixed"
    """Every interim look at one wide level."""
    OBRIEN_FLEMING = "obrien-fleming"
    """The error is spent as the sample comes in, hardly any of it early (Lan and DeMets 1983)."""


@dataclass(frozen=True, kw_only=True)
class Looks:
    """The levels of a night: `final` for the look at which the gate is open, `interim` for all before it."""

    final: float = 0.95
    interim: float = 0.99
    spending: Spending = Spending.FIXED

    def __post_init__(self) -> None:
        if not 0.5 <= self.final < 1 or not self.final <= self.interim < 1:
            raise RefusedCountError("bad-rule", field="0.5 ≤ final ≤ interim < 1")

    def level(self, *, returned: float, before: float = 0.0, last: bool = False) -> float:
        """The two-sided level of a look when `returned` of the sample (0 to 1) is in, and `before` was at the look
        before it.

        FIXED: `final` at the last look, else `interim`. O'BRIEN–FLEMING: 1 − (α(t) − α(t′)) with the error spent by t,
        α(t) = 2 − 2Φ(z/√t), z the quantile of the final level; at the last look what is left of it. The increments
        add up to the error of the night, so that all looks together hold it (union bound; conservative).
        Raises `RefusedCountError` for parts outside 0…1.
        """
        if not 0 <= before <= returned <= 1:
            raise RefusedCountError("bad-rule", field="0 ≤ before ≤ returned ≤ 1")
        if self.spending is Spending.FIXED:
            return self.final if last else self.interim
        until = 1 - self.final if last else self._spent(returned)
        return 1 - max(until - self._spent(before), LEAST_ALPHA)

    def _spent(self, t: float) -> float:
        if t <= 0:
            return 0.0
        z = NormalDist().inv_cdf((1 + self.final) / 2)
        return 2 - 2 * NormalDist().cdf(z / sqrt(t))
