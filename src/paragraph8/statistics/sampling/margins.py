"""How large a sample must be, and how wide its margin will be. Planning arithmetic, not estimates."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from statistics import NormalDist

from .refusals import RefusedDrawError

CONFIDENCE = 0.95
"""At which margins are shown before a draw."""


def quantile(confidence: float) -> float:
    """z of a two-sided level of confidence: 0.95 → 1.96."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def size_for_share(margin: float, *, z: float, share: float = 0.5, there: float | None = None) -> float:
    """n = p(1 - p) / ((e/z)² + p(1 - p)/N), unrounded, of units drawn one by one (Estok, Nevitte and Cowan 2002).

    For stations as units use `size_for_spread`: voters of one station resemble each other.
    """
    variance = share * (1 - share)
    return size_for_spread(margin, z=z, spread=sqrt(variance), there=there)


def size_for_spread(margin: float, *, z: float, spread: float, there: float | None = None) -> float:
    """n = S² / ((e/z)² + S²/N), unrounded; S is the standard deviation between stations within strata.

    Raises `RefusedDrawError` when margin, z or S is no positive number.
    """
    if not (margin > 0 and z > 0 and spread > 0) or (there is not None and there < 1):
        raise RefusedDrawError("bad-request", field="e, z, S, N")
    variance = spread * spread
    return variance / ((margin / z) ** 2 + (variance / there if there else 0.0))


def whole(n: float) -> int:
    """The next whole station: a margin promised is kept."""
    return ceil(n - 1e-9)


def margin_of_share(
    n: int, *, z: float, share: float = 0.5, there: int | None = None, design_effect: float = 1.0
) -> float | None:
    """e = z √(deff p(1 - p)/n · (1 - n/N)); `None` for an empty sample."""
    return margin_of_strata([(there or 0, n)], z=z, share=share, design_effect=design_effect) if n else None


def margin_of_strata(
    strata: Sequence[tuple[int, int]], *, z: float, share: float = 0.5, design_effect: float = 1.0
) -> float | None:
    """The same for a stratified sample of (N_h, n_h): e = z √(deff Σ W_h² p(1 - p)/n_h · (1 - n_h/N_h)), W_h = N_h/N.

    An N_h of 0 means a stratum without end. `None` where a stratum has nothing drawn.
    """
    total = sum(there for there, _ in strata)
    if not strata or any(n < 1 for _, n in strata):
        return None
    variance = 0.0
    for there, n in strata:
        weight = there / total if total else 1.0
        rest = 1 - n / there if there else 1.0
        variance += weight**2 * share * (1 - share) / n * rest
    return z * sqrt(design_effect * variance)


def design_effect(per_cluster: float, correlation: float) -> float:
    """deff = 1 + (b - 1)ρ for b stations a team, of which two differ less than two of any teams."""
    return 1 + (per_cluster - 1) * correlation
