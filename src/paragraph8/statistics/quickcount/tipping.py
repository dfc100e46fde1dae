"""How different the missing stations would have to be for the leader to change: the tipping point.

No weight can repair what nobody knows about the stations still out. What can be said is how far they would have to
depart from those that are in (a sensitivity analysis for data missing not at random; Rubin 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .returns import Floats, Mask, Returns

SHIFTS = (-0.10, -0.05, 0.05, 0.10)
"""Shifts that are shown beside the tipping point: points taken from the leader at each missing station."""


@dataclass(frozen=True, kw_only=True)
class Missing:
    """Stations of one kind (empty: all) that are still out. `part` is the part of all votes that they speak for,
    `shift` the points that each would have to give less to the leader and more to the second for the lead to be gone;
    `possible` is whether the leader has so many points to lose there."""

    kind: str
    stations: int
    part: float
    shift: float | None
    possible: bool


@dataclass(frozen=True, kw_only=True)
class Tipping:
    """`whole` for all missing stations, `limit` the shift at which the interval of the lead reaches zero, `kinds` when
    the stations of one kind alone depart, `scenarios` the lead after shifts of so many points."""

    lead: float
    whole: Missing
    limit: float | None
    kinds: tuple[Missing, ...]
    scenarios: tuple[tuple[float, float], ...]


def tipping_point(
    returns: Returns, *, lead: float, share: float, margin: float, shifts: Sequence[float] = SHIFTS
) -> Tipping:
    """Where the leader flips. `lead` and the leader's `share` as estimated, `margin` half the interval of the lead.

    The estimate takes the missing stations of a stratum to be like those that are in. Let π be the part of all votes
    that the missing speak for, π = Σ_missing (N_h/n_h) m_h / Σ_drawn (N_h/n_h) m_h, with m_h the mean votes of a
    station that is in (of the whole sample where stratum h is empty). A shift of δ points from the leader to the second
    at every missing station takes 2 π δ from the lead, so that it is gone at δ = lead / (2 π).
    """
    parts = _parts(returns)
    out = ~returns.used
    kinds = tuple(
        _missing(name, out & (returns.sample.kind == code), parts, lead=lead, share=share)
        for code, name in enumerate(returns.sample.kinds)
    )
    whole = _missing("", out, parts, lead=lead, share=share)
    sure = max(lead - margin, 0.0)
    return Tipping(
        lead=lead,
        whole=whole,
        limit=sure / (2 * whole.part) if whole.part else None,
        kinds=kinds,
        scenarios=tuple((shift, lead - 2 * whole.part * shift) for shift in shifts),
    )


def _missing(name: str, which: Mask, parts: Floats, *, lead: float, share: float) -> Missing:
    part = float(parts[which].sum())
    shift = lead / (2 * part) if part else None
    return Missing(
        kind=name,
        stations=int(which.sum()),
        part=part,
        shift=shift,
        possible=shift is not None and shift <= share,
    )


def _parts(returns: Returns) -> Floats:
    """The part of all votes that each drawn station speaks for; they add up to 1."""
    sample, used = returns.sample, returns.used
    n = len(sample.strata)
    r = returns.returned
    votes = np.bincount(sample.stratum[used], weights=returns.base[used], minlength=n)
    mean = np.where(r > 0, votes / np.maximum(r, 1), votes.sum() / max(int(r.sum()), 1))
    speaks = (sample.populations / np.maximum(sample.drawn, 1) * mean)[sample.stratum]
    total = float(speaks.sum())
    return speaks / total if total > 0 else np.zeros_like(speaks)
