"""How the stations that are in speak for the whole country: by stratum, by response cell, or fitted to the kinds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from paragraph8.statistics.estimation.calibration import post_stratify
from paragraph8.statistics.estimation.designs import SampleDesign
from paragraph8.statistics.estimation.stages import Single

from .plans import LEAST_CELL, Adjustment
from .refusals import RefusedCountError
from .returns import Codes, Floats, Returns

LEAST_UNITS = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Weighted:
    """The design of the stations that are in (in the order of `Returns.used`), and how it was adjusted: `applied`
    differs from what was asked where there was too little to do that with."""

    design: SampleDesign
    asked: Adjustment
    applied: Adjustment


def weighted(returns: Returns, *, adjustment: Adjustment, least_cell: int = LEAST_CELL) -> Weighted:
    """The sample design of what is in: weights N_h / r_h, or those of response cells, and the finite population.

    Strata without a report have no weight: the estimate is silent about them. A stratum or cell with a single report is
    compared with the mean of all (R `survey`, "adjust"). Raises `RefusedCountError` for fewer than two stations, and
    where no stratum has two.
    """
    used = returns.used
    if used.sum() < LEAST_UNITS or not (returns.returned >= LEAST_UNITS).any():
        raise RefusedCountError("too-few-returns", n=int(used.sum()))
    if adjustment is Adjustment.CELLS:
        cells, there = response_cells(returns, least=least_cell)
        applied = adjustment if len(there) > len(returns.sample.strata) else Adjustment.STRATA
        return Weighted(design=_design(cells[used], there), asked=adjustment, applied=applied)
    design = _design(returns.sample.stratum[used], returns.sample.populations)
    if adjustment is Adjustment.KINDS and fits_kinds(returns):
        return Weighted(design=_fitted(design, returns), asked=adjustment, applied=adjustment)
    return Weighted(design=design, asked=adjustment, applied=Adjustment.STRATA)


def fits_kinds(returns: Returns) -> bool:
    """Whether the number of stations of every kind is known, every station has a kind, and each kind has two in."""
    kind = returns.sample.kind
    if not len(returns.sample.kinds) or (kind < 0).any() or np.isnan(returns.sample.kind_populations).any():
        return False
    there = np.bincount(kind[returns.used], minlength=len(returns.sample.kinds))
    return bool((there >= LEAST_UNITS).all())


def response_cells(returns: Returns, *, least: int = LEAST_CELL) -> tuple[Codes, Floats]:
    """For each drawn station its response cell, and for each cell the stations there are, N_c.

    Within a stratum each kind with at least `least` reports is a cell; the others are one cell together, which joins
    that with most reports where it has fewer than `least` itself. So a stratum has one cell unless two kinds in it are
    well answered. N_c is that of the frame, or N_h n_c / n_h where the frame does not know its kinds.
    """
    sample = returns.sample
    n_kinds = len(sample.kinds) + 1
    kind = np.where(sample.kind < 0, n_kinds - 1, sample.kind)
    flat = sample.stratum * n_kinds + kind
    shape = (len(sample.strata), n_kinds)
    back = np.bincount(flat[returns.used], minlength=shape[0] * n_kinds).reshape(shape)
    drawn = np.bincount(flat, minlength=shape[0] * n_kinds).reshape(shape)
    cells = np.empty(sample.n, dtype=np.int64)
    there: list[float] = []
    for h in range(shape[0]):
        groups = _groups(back[h], least)
        known = np.append(sample.cell_populations[h], 0.0)
        if np.isnan(known).any():
            known = sample.populations[h] * drawn[h] / drawn[h].sum()
        known[-1] += sample.populations[h] - known.sum()
        for group in groups:
            inside = (sample.stratum == h) & np.isin(kind, group)
            cells[inside] = len(there)
            there.append(float(known[group].sum()))
    return cells, np.array(there)


def _groups(back: Codes, least: int) -> list[Codes]:
    """The kinds of a stratum, grouped into cells by how many reports each has."""
    own = np.flatnonzero(back >= least)
    rest = np.flatnonzero(back < least)
    if len(own) == 0:
        return [rest]
    if len(rest) == 0:
        return [np.array([kind]) for kind in own]
    if back[rest].sum() >= least:
        return [*(np.array([kind]) for kind in own), rest]
    most = own[int(np.argmax(back[own]))]
    return [np.concatenate([[kind], rest]) if kind == most else np.array([kind]) for kind in own]


def _design(groups: Codes, there: Floats) -> SampleDesign:
    return SampleDesign.declare(strata=groups, populations=there[groups], singles=Single.ADJUST)


def _fitted(design: SampleDesign, returns: Returns) -> SampleDesign:
    kinds = returns.sample.kind[returns.used]
    totals = {code: float(n) for code, n in enumerate(returns.sample.kind_populations)}
    fitted, _factors = post_stratify(design, kinds, totals)
    return fitted
