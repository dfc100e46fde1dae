"""How many stations each stratum gets, in whole stations, adding up exactly."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from .refusals import RefusedDrawError


class Allocation(StrEnum):
    """By what the stations are shared out."""

    PROPORTIONAL = "proportional"
    """By the number of stations in the stratum."""
    NEYMAN = "neyman"
    """By the number of stations times their standard deviation: most where they differ most."""
    EQUAL = "equal"
    """As many in each."""
    GIVEN = "given"
    """As somebody wrote it down."""


def allocate(
    n: int,
    sizes: Mapping[str, int],
    *,
    allocation: Allocation = Allocation.PROPORTIONAL,
    minimum: int = 2,
    spreads: Mapping[str, Fraction] | None = None,
    given: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Stratum → how many to draw, from stratum → how many there are (N_h).

    Every stratum first gets the minimum, or all its stations when it has fewer; each further station goes where
    w²/(k(k+1)) is largest, with k what the stratum has by then and w its weight: N_h, N_h·S_h, or 1. That is the
    integer allocation with the smallest variance among all of that total (Wright 2012), and none gets more than it has.
    Ties go to the stratum that comes first. Raises `RefusedDrawError`.
    """
    for stratum, there in sizes.items():
        if there < 1:
            raise RefusedDrawError("empty-stratum", stratum=stratum)
    if allocation is Allocation.GIVEN:
        return _given(n, sizes, given or {})
    there = sum(sizes.values())
    if n < 1:
        raise RefusedDrawError("too-few", n=n)
    if n > there:
        raise RefusedDrawError("too-many", n=n, there=there)
    if minimum < 1:
        raise RefusedDrawError("no-minimum")
    weights = _weights(sizes, allocation, spreads or {})
    got = {stratum: min(minimum, size) for stratum, size in sizes.items()}
    left = n - sum(got.values())
    if left < 0:
        raise RefusedDrawError("fewer-than-minimum", minimum=minimum, strata=len(sizes), needed=sum(got.values()), n=n)
    order = {stratum: place for place, stratum in enumerate(sizes)}
    waiting = [
        (-_priority(weights[stratum], got[stratum]), order[stratum], stratum)
        for stratum in sizes
        if got[stratum] < sizes[stratum]
    ]
    heapq.heapify(waiting)
    for _ in range(left):
        _, place, stratum = waiting[0]
        got[stratum] += 1
        if got[stratum] < sizes[stratum]:
            heapq.heapreplace(waiting, (-_priority(weights[stratum], got[stratum]), place, stratum))
        else:
            heapq.heappop(waiting)
    return got


def _given(n: int, sizes: Mapping[str, int], given: Mapping[str, int]) -> dict[str, int]:
    unknown = next((stratum for stratum in given if stratum not in sizes), None)
    if unknown is not None:
        raise RefusedDrawError("empty-stratum", stratum=unknown)
    for stratum, there in sizes.items():
        asked = given.get(stratum, 0)
        if asked < 1:
            raise RefusedDrawError("no-minimum")
        if asked > there:
            raise RefusedDrawError("stratum-too-small", stratum=stratum, n=asked, there=there)
    if sum(given.values()) != n:
        raise RefusedDrawError("bad-request", field=f"n {n}, {sum(given.values())}")
    return {stratum: given[stratum] for stratum in sizes}


def _weights(sizes: Mapping[str, int], allocation: Allocation, spreads: Mapping[str, Fraction]) -> dict[str, Fraction]:
    match allocation:
        case Allocation.EQUAL:
            return dict.fromkeys(sizes, Fraction(1))
        case Allocation.NEYMAN:
            for stratum in spreads:
                if stratum not in sizes:
                    raise RefusedDrawError("empty-stratum", stratum=stratum)
            for stratum in sizes:
                if spreads.get(stratum, Fraction(-1)) < 0:
                    raise RefusedDrawError("no-spread", stratum=stratum)
            if not any(spreads.values()):
                raise RefusedDrawError("all-spreads-zero")
            return {stratum: size * spreads[stratum] for stratum, size in sizes.items()}
        case _:
            return {stratum: Fraction(size) for stratum, size in sizes.items()}


def _priority(weight: Fraction, k: int) -> Fraction:
    return weight * weight / (k * (k + 1))
