"""The quick count beside the official figure: consistent with it or not, never a confirmation of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.statistics.estimation.estimates import Estimate

from .counts import Count, limits


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


def compare(count: Count, official: Mapping[str, float], *, level: float = 0.95) -> Comparison | None:
    """The quick count beside an official result given as shares (0 to 1) of the same whole; `None` when it lacks a
    contestant of the count. The lead is that of the count's own first over its second."""
    names = count.returns.contestants
    if not set(names) <= official.keys():
        return None
    family = len(names) + 1
    every = family_level(level, family)

    def compared(name: str, estimate: Estimate, said: float, least: float) -> Compared:
        alone, together = (limits(estimate, level=each, least=least) for each in (level, every))
        return Compared(
            name=name,
            official=said,
            value=estimate.value,
            low=alone.low,
            high=alone.high,
            low_family=together.low,
            high_family=together.high,
        )

    ahead = official[names[count.leader]] - official[names[count.second]]
    return Comparison(
        rows=tuple(compared(name, count.share(name), official[name], 0.0) for name in names),
        lead=compared("lead", count.lead, ahead, -1.0),
        level=level,
        family=family,
    )


def family_level(level: float, family: int) -> float:
    """The level of each of `family` intervals with which all hold together at `level` (Bonferroni)."""
    return 1 - (1 - level) / max(family, 1)


def _agreement(official: float, low: float, high: float) -> Agreement:
    return Agreement.CONSISTENT if low <= official <= high else Agreement.NOT_CONSISTENT
