"""Drawing numbers so that every machine draws the same ones.

Only additions, comparisons and `Random.random` are used: logarithms and powers may differ in the last digit from one
mathematics library to another, and a report that differs in one number has another hash.
"""

from __future__ import annotations

from random import Random


def bell(rng: Random, centre: float, spread: float) -> float:
    """A number around `centre` with standard deviation `spread`, never more than six of them away."""
    return centre + spread * (sum(rng.random() for _ in range(12)) - 6)


def few(rng: Random, mean: float) -> int:
    """A whole number from zero on, mostly small, with the given mean."""
    n = 0
    while rng.random() * (mean + 1) < mean:
        n += 1
    return n
