"""The methods: each takes stations of one stratum and a stream of chance, and gives the places of those drawn.

Probabilities are masses over one common denominator, so that nothing is ever rounded but in Brewer's method.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import numpy as np

from .randomness import Stream


def simple(there: int, n: int, chance: Stream) -> list[int]:
    """Simple random sampling without replacement: the first n of a random order, in the order in which they came."""
    places = list(range(there))
    chance.shuffle(places, n)
    return places[:n]


def systematic(sizes: Sequence[int], n: int, chance: Stream) -> list[int]:
    """Every k-th from a random start along the sizes laid end to end; sizes of 1 make it systematic sampling with a
    fractional interval, voters make it probability proportional to size. No n·size may exceed the total.
    """
    total = sum(sizes)
    start = chance.below(total)
    drawn, at = [], 0
    ends = list(accumulate(size * n for size in sizes))
    for k in range(n):
        point = start + k * total
        while ends[at] <= point:
            at += 1
        drawn.append(at)
    return drawn


def brewer(sizes: Sequence[int], n: int, chance: Stream) -> list[int]:
    """Draw by draw with exactly the probabilities n·size/total (Brewer 1975, as Tillé 2006 generalised it).

    At each draw a remaining station has the chance proportional to π(R - π)/(R - π·r), with R what is left of the sum
    of all π, and r how many draws are left.
    """
    pi = np.asarray(sizes, dtype=float) * n / float(sum(sizes))
    left = float(n)
    there = np.ones(len(pi), dtype=bool)
    drawn = []
    for draws in range(n, 0, -1):
        weights = np.where(there, pi * (left - pi) / np.maximum(left - pi * draws, 1e-12), 0.0)
        sums = np.cumsum(weights)
        place = int(np.searchsorted(sums, chance.unit() * sums[-1], side="right"))
        place = min(place, len(pi) - 1)
        drawn.append(place)
        left -= float(pi[place])
        there[place] = False
    return drawn


def certain(sizes: Sequence[int], n: int) -> list[int]:
    """Places of those so large that their probability n·size/total would reach 1; taken out, those that then reach it
    are looked for again, until none does.
    """
    found: list[int] = []
    left = set(range(len(sizes)))
    total = sum(sizes)
    while len(found) < n:
        more = sorted(place for place in left if (n - len(found)) * sizes[place] >= total)
        if not more:
            break
        found += more
        left.difference_update(more)
        total -= sum(sizes[place] for place in more)
    return sorted(found)


def proportions(sizes: Sequence[int], n: int) -> list[Fraction]:
    """Inclusion probabilities proportional to size, those of the certain ones 1; they add up to n."""
    sure = set(certain(sizes, n))
    total = sum(size for place, size in enumerate(sizes) if place not in sure)
    rest = n - len(sure)
    return [Fraction(1) if place in sure else Fraction(rest * size, total) for place, size in enumerate(sizes)]
