"""Who has answered so far: by stratum and by kind of station, and which kind is well behind.

What breaks quick counts is not the sampling error but that the stations still out are of another kind than those in.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .returns import Codes, Returns

BEHIND = 0.10
"""Ten points less of its stations in than of all others: well behind."""
BEHIND_PART = 2 / 3
"""Early in the night, when few are in: at most two thirds of the others' return is well behind, too."""
DEVIATIONS = 2.0
"""And more than chance gives: so many standard deviations of a difference between two shares."""


@dataclass(frozen=True)
class Response:
    """One group of the sample: stations drawn, used, and kept apart; `group` is empty for the whole sample."""

    group: str
    drawn: int
    returned: int
    doubtful: int = 0

    @property
    def rate(self) -> float | None:
        """Part of the drawn stations that are used, 0 to 1; `None` where none was drawn."""
        return self.returned / self.drawn if self.drawn else None

    @property
    def missing(self) -> int:
        """Drawn stations that are not used."""
        return self.drawn - self.returned


@dataclass(frozen=True)
class Behind:
    """A kind whose return is well behind that of all other kinds together; rates from 0 to 1."""

    kind: str
    rate: float
    others: float


def overall(returns: Returns) -> Response:
    """The whole sample."""
    kept_apart = int((returns.came & returns.doubtful).sum())
    return Response("", returns.sample.n, returns.n, kept_apart)


def by_stratum(returns: Returns) -> tuple[Response, ...]:
    """Each stratum, in the order of their names."""
    return _by(returns, returns.sample.stratum, returns.sample.strata)


def by_kind(returns: Returns) -> tuple[Response, ...]:
    """Each kind of station, and last the stations of no known kind under an empty name, where there are any."""
    sample = returns.sample
    if (sample.kind < 0).any():
        return _by(returns, np.where(sample.kind < 0, len(sample.kinds), sample.kind), (*sample.kinds, ""))
    return _by(returns, sample.kind, sample.kinds)


def empty_strata(returns: Returns) -> tuple[str, ...]:
    """Strata from which no station is used: the estimate is silent about them and says so."""
    return tuple(name for name, r in zip(returns.sample.strata, returns.returned.tolist(), strict=True) if r == 0)


def single_strata(returns: Returns) -> tuple[str, ...]:
    """Strata with one station used of several that there are: they show no variance of their own."""
    rows = zip(returns.sample.strata, returns.returned.tolist(), returns.sample.populations.tolist(), strict=True)
    return tuple(name for name, r, there in rows if r == 1 and there > 1)


def behind(returns: Returns, *, points: float = BEHIND, part: float = BEHIND_PART) -> tuple[Behind, ...]:
    """Kinds whose return is well behind: by `points` (0.10 is ten percentage points) or at most `part` of the rate of
    all others, and by more than two standard deviations of chance, √(p(1−p)(1/n₁ + 1/n₂)) with p of both together.
    """
    groups = [group for group in by_kind(returns) if group.group]
    drawn, used = sum(group.drawn for group in groups), sum(group.returned for group in groups)
    found = []
    for group in groups:
        others = drawn - group.drawn
        if not group.drawn or not others:
            continue
        rate, rest = group.returned / group.drawn, (used - group.returned) / others
        p = used / drawn
        chance = DEVIATIONS * sqrt(p * (1 - p) * (1 / group.drawn + 1 / others))
        if rest - rate > chance and (rest - rate >= points or rate <= part * rest):
            found.append(Behind(group.group, rate, rest))
    return tuple(found)


def _by(returns: Returns, codes: Codes, names: tuple[str, ...]) -> tuple[Response, ...]:
    n = len(names)
    drawn = np.bincount(codes, minlength=n)
    used = np.bincount(codes[returns.used], minlength=n)
    kept_apart = np.bincount(codes[returns.came & returns.doubtful], minlength=n)
    rows = zip(names, drawn.tolist(), used.tolist(), kept_apart.tolist(), strict=True)
    return tuple(Response(*row) for row in rows)
