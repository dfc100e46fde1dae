"""PVT-A: an invented parallel vote tabulation of 174 stations in 12 strata, the same in any language.

A multiplicative generator (s ← 16807 s mod 2³¹ - 1) draws eight numbers for each station.
"""

from __future__ import annotations

from functools import cache
from math import floor

import numpy as np

from paragraph8.statistics.estimation.designs import SampleDesign

N = {h: 200 + 37 * h for h in range(1, 13)}
"""Stations in each stratum."""


@cache
def sample() -> dict[str, np.ndarray]:
    """Columns h, N, R(egistered), B(allots), A, C, I(nvalid), O(thers), V(alid), neg(ative), urb(an), rep(orted)."""
    state = 20240602
    rows = []

    def chance() -> float:
        nonlocal state
        state = 16807 * state % 2147483647
        return state / 2147483647

    for h in range(1, 13):
        for _ in range(10 + 3 * (h % 4)):
            u = [chance() for _ in range(8)]
            registered = 300 + floor(900 * u[0])
            ballots = floor(registered * (0.45 + 0.35 * u[1]))
            a = floor(ballots * (0.25 + 0.02 * h + 0.2 * (u[2] - 0.5)))
            c = floor(ballots * (0.35 - 0.01 * h + 0.2 * (u[3] - 0.5)))
            invalid = floor(ballots * 0.02 * u[4])
            urban = u[6] < 0.6 - 0.03 * h
            others = ballots - a - c - invalid
            negative, reported = u[5] < 0.10 + 0.01 * h, u[7] < 0.90 - 0.25 * (1 - urban)
            rows.append(
                (h, N[h], registered, ballots, a, c, invalid, others, a + c + others, negative, urban, reported)
            )
    names = ["h", "N", "R", "B", "A", "C", "I", "O", "V", "neg", "urb", "rep"]
    return {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def design() -> SampleDesign:
    """The design of the whole sample: simple random within strata, without replacement."""
    drawn = sample()
    return SampleDesign.declare(strata=drawn["h"], populations=drawn["N"])


def reported() -> tuple[dict[str, np.ndarray], SampleDesign]:
    """The stations that reported, as the sample of their strata."""
    there = {name: column[sample()["rep"]] for name, column in sample().items()}
    return there, SampleDesign.declare(strata=there["h"], populations=there["N"])
