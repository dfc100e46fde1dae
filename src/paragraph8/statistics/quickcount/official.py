"""The quick count beside the official figure: consistent with it or not, never a confirmation of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Agreement(StrEnum):
    """What may be said of an official figure. An interval that holds it does not confirm it: it also holds others."""

    CONSISTENT = "consistent"
    """The official figure lies inside the limits."""
    NOT_CONSISTENT = "not-consistent"
    """It lies outside them."""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """One quantity, all from 0 to 1: the estimate with its limits at the level, and with those that hold for the whole
    family at once."""

    name: str
    official: float
    value: float
    low: float
    high: float
    low_family: float
    high_family: float

    @property
    def agreement(self) -> Agreement:
        """At the level of this quantity alone."""
        return _agreement(self.official, self.low, self.high)

    @property
    def agreement_family(self) -> Agreement:
        """At the level at which all quantities of the family hold together."""
        return _agreement(self.official, self.low_family, self.high_family)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Every contestant and the lead. `family` is how many quantities are compared at once; each is looked at with
    limits of 1 − (1 − level)/family as well (Bonferroni), so that one in twenty families goes wrong and not one in
    twenty quantities."""

    rows: tuple[Compared, ...]
    lead: Compared
    level: float
    family: int

    @property
    def agreement(self) -> Agreement:
        """Of the official result as a whole: consistent when every quantity is, at the level of the family."""
        every = (*self.rows, self.lead)
        apart = any(row.agreement_family is Agreement.NOT_CONSISTENT for row in every)
        return Agreement.NOT_CONSISTENT if apart else Agreement.CONSISTENT


def family_level(level: float, family: int) -> float:
    """The level of each of `family` intervals with which all hold together at `level` (Bonferroni)."""
    return 1 - (1 - level) / max(family, 1)


def shares_of(votes: Mapping[str, int], *, base: int | None = None) -> dict[str, float]:
    """Official votes as shares of `base`, or of all votes named without it; nothing where that is zero."""
    whole = base if base is not None else sum(votes.values())
    return {name: n / whole for name, n in votes.items()} if whole > 0 else {}


def _agreement(official: float, low: float, high: float) -> Agreement:
    return Agreement.CONSISTENT if low <= official <= high else Agreement.NOT_CONSISTENT
