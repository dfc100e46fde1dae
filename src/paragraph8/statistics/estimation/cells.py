"""Cells: the yeses and answers of each sampled unit in each domain, counted from a million reports in one pass.

A report answers each question with yes, no, or nothing. Rows are put in the order of their cells; answers become bytes
of 0 and 1, eight of which are added at once as one 64-bit number. A byte holds 255, and so no more rows than that are
added before the sums are widened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import F64, Codes, encode, frozen, is_masked
from .designs import SampleDesign
from .moments import ALL, SD, SDD, SN, SND, SNN, THERE, Moments, Proportions, Strata
from .refusals import RefusedEstimateError

Answers = npt.NDArray[np.int8]
Counts = npt.NDArray[np.unsignedinteger[Any]]

_AT_ONCE = 16_384
"""Rows whose answers are counted together; they stay in the cache."""
_BYTE = 255
_PAIR = 65_535
"""The most that a byte, and two, can hold."""
_BLOCK = 512
"""Units whose moments are added together."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Counts of a sample by unit and domain.

    Cells are sorted by domain, then unit: `unit` and `domain` [cells] are codes (the last domain code is of reports in
    none), `yes` and `answered` [cells, questions] counts of reports. Where reports of one unit have different weights,
    `weighed` [2, cells, questions] holds the weighted sums of both.
    """

    design: SampleDesign
    domains: tuple[str, ...]
    questions: tuple[str, ...]
    unit: Codes
    domain: Codes
    yes: Counts
    answered: Counts
    weighed: F64 | None = None

    @classmethod
    def of(
        cls,
        design: SampleDesign,
        answers: Any,
        *,
        domains: Any = None,
        questions: Sequence[str] | None = None,
    ) -> Cells:
        """The cells of the rows of a design.

        `answers` [rows, questions]: 1 yes, 0 no, below 0 (or NaN, or False/True for no/yes) no answer; best int8 in
        C order. `domains` [rows]: the label of the domain of each row, such as its region; None or "" is in none.
        Domains may cross units. `questions` are names.
        Raises `RefusedEstimateError` (`wrong-length`, `wrong-shape`, `not-an-answer`, `cells-need-one-stage`,
        `cells-need-rows`, `label-twice` for a domain called "all").
        """
        check_cells(design)
        table = as_answers(answers, rows=design.n)
        if domains is None:
            place, labels = np.zeros(design.n, dtype=np.int64), ()
        else:
            place, labels = encode(domains, rows=design.n, what="domains", gaps=True)
            place = np.where(place < 0, len(labels), place)
            if ALL in labels:
                raise RefusedEstimateError("label-twice", label=ALL)
        names = tuple(questions) if questions is not None else tuple(f"q{k + 1}" for k in range(table.shape[1]))
        if len(names) != table.shape[1]:
            raise RefusedEstimateError("wrong-length", what="questions", n=len(names), rows=table.shape[1])
        units = design.n_units
        order, starts, cells = _sorted(place * units + design.stages[0].unit_of_row, units * (len(labels) + 1))
        yes, answered = _counted(table, order, starts)
        return cls(
            design=design,
            domains=tuple(map(str, labels)),
            questions=names,
            unit=frozen(cells % units),
            domain=frozen(cells // units),
            yes=frozen(yes),
            answered=frozen(answered),
            weighed=None if one_weight_per_unit(design) else _weighed(table, design.weights, order, starts),
        )

    @cached_property
    def moments(self) -> Moments:
        """The sums over units that the estimates are computed from."""
        strata, relative = strata_of(self.design, by_unit=self.weighed is None)
        wanted = (ALL, *self.domains)
        shape = (len(wanted), len(strata.names), 6, len(self.questions))
        sums = np.zeros(shape)
        bounds = np.searchsorted(self.domain, np.arange(len(self.domains) + 1))
        for place in range(len(wanted) - 1):
            these = slice(bounds[place], bounds[place + 1])
            top, bottom = (values[these] for values in self._values)
            self._add(sums[place + 1], self.unit[these], top, bottom, relative)
        units, top, bottom = self._by_unit()
        self._add(sums[0], units, top, bottom, relative)
        if relative is None and self.weighed is None:
            counts = sums[:, :, [SN, SD]].sum(axis=1).astype(np.int64)
        else:
            pieces = [slice(None), *(slice(*bounds[place : place + 2]) for place in range(len(wanted) - 1))]
            counts = np.stack([self._counts(these) for these in pieces])
        return Moments(strata=strata, domains=wanted, questions=self.questions, sums=sums, counts=counts)

    def proportions(self) -> Proportions:
        """All proportions, of everything and of each domain. Raises `RefusedEstimateError` (`single-unit`, …)."""
        return self.moments.proportions()

    @property
    def _values(self) -> tuple[Any, Any]:
        return (self.yes, self.answered) if self.weighed is None else (self.weighed[0], self.weighed[1])

    def _counts(self, these: slice) -> Codes:
        """Reports that said yes, and that answered, in some of the cells: [2, questions]."""
        return np.stack([values[these].sum(axis=0, dtype=np.int64) for values in (self.yes, self.answered)])

    def _by_unit(self) -> tuple[Codes, Any, Any]:
        """Yeses and answers of each unit in all domains together."""
        order, starts, units = _sorted(self.unit, self.design.n_units)
        rows = np.bincount(self.design.stages[0].unit_of_row, minlength=1).max()
        top, bottom = (_added(values, order, starts, fits=rows <= _BYTE) for values in self._values)
        return units, top, bottom

    def _add(self, sums: F64, units: Codes, top: Any, bottom: Any, relative: F64 | None) -> None:
        """Add the moments of units, which are sorted by stratum, to `sums` [strata, 6, questions]."""
        stratum = self.design.stratum_of_unit[units]
        of_block: Any = _moments_of_block
        if relative is None and bottom.dtype == np.uint8 and int(bottom.max(initial=0)) ** 2 * _BLOCK <= _PAIR:
            of_block = _moments_of_small
        for start in range(0, len(units), _BLOCK):
            block = slice(start, start + _BLOCK)
            times = None if relative is None else relative[units[block], None]
            firsts = _firsts(stratum[block])
            sums[stratum[block][firsts]] += of_block(top[block], bottom[block], firsts, times)


def _moments_of_block(top: Any, bottom: Any, firsts: Codes, times: F64 | None) -> F64:
    """The six sums [strata, 6, questions] over the units of each stratum, the first of which stand at `firsts`."""
    n, d = top.astype(np.float64), bottom.astype(np.float64)
    if times is not None:
        n, d = n * times, d * times
    parts = [np.add.reduceat(values, firsts, axis=0) for values in (n, d, n * n, n * d, d * d)]
    return np.stack([*parts, np.add.reduceat(d > 0, firsts, axis=0, dtype=np.float64)], axis=1)


def _moments_of_small(top: Any, bottom: Any, firsts: Codes, _times: None) -> F64:
    """The same where no sum is above 65,535: four of them are added at once as one 64-bit number."""
    units, questions = top.shape
    lanes = np.zeros((units, 6, -(-questions // 4) * 4), dtype=np.uint16)
    used = lanes[:, :, :questions]
    used[:, SN], used[:, SD] = top, bottom
    np.multiply(used[:, SN], used[:, SN], out=used[:, SNN])
    np.multiply(used[:, SN], used[:, SD], out=used[:, SND])
    np.multiply(used[:, SD], used[:, SD], out=used[:, SDD])
    used[:, THERE] = bottom > 0
    added = np.add.reduceat(lanes.reshape(units, -1).view(np.uint64), firsts, axis=0)
    found = added.view(np.uint16).reshape(len(firsts), 6, -1)[:, :, :questions]
    return np.asarray(found.astype(np.float64))


def check_cells(design: SampleDesign) -> None:
    """Refuse a design that sums of first-stage units cannot carry (`cells-need-one-stage`, `cells-need-rows`)."""
    if design.adjusting is not None:
        raise RefusedEstimateError("cells-need-rows")
    first, later = design.stages[0], design.stages[1:]
    if later and np.isfinite(first.population).any() and not all((s.fraction >= 1 - 1e-7).all() for s in later):
        raise RefusedEstimateError("cells-need-one-stage")


def strata_of(design: SampleDesign, *, by_unit: bool = True) -> tuple[Strata, F64 | None]:
    """The strata of a design, and the weight of each unit as a multiple of its stratum's (None: all are 1).

    The weight of a stratum is that of its first unit; with `by_unit` false it is 1, for sums that are weighed already.
    """
    scale = np.ones(len(design.strata))
    relative = None
    if by_unit:
        of_unit = weight_of_unit(design)
        scale[design.stratum_of_unit[::-1]] = of_unit[::-1]
        relative = of_unit / scale[design.stratum_of_unit]
        relative = None if (relative == 1).all() else relative
    joined = np.zeros(len(design.strata), dtype=np.int64)
    joined[design.stratum_of_unit] = design.stages[0].group_of_unit
    strata = Strata(
        names=tuple(map(str, design.strata)),
        weight=scale,
        sampled=np.bincount(design.stratum_of_unit, minlength=len(design.strata)).astype(np.float64),
        population=design.drawn_from,
        joined=joined,
        singles=design.singles,
    )
    return strata, relative


def one_weight_per_unit(design: SampleDesign) -> bool:
    """Whether all rows of a unit have the same weight."""
    return bool((_last_weights(design)[design.stages[0].unit_of_row] == design.weights).all())


def weight_of_unit(design: SampleDesign) -> F64:
    """The weight of each unit's rows. Raises `RefusedEstimateError` (`weights-within-unit`)."""
    found, of_row = _last_weights(design), design.stages[0].unit_of_row
    wrong = np.flatnonzero(found[of_row] != design.weights)
    if wrong.size:
        raise RefusedEstimateError("weights-within-unit", unit=design.units[int(of_row[wrong[0]])])
    return found


def as_answers(answers: Any, *, rows: int | None) -> Answers:
    """Answers as int8 [rows, questions], below 0 where there is none.

    Raises `RefusedEstimateError` (`wrong-shape`, `wrong-length`, `not-numbers`, `not-an-answer`).
    """
    table = np.asarray(answers)
    if is_masked(answers):
        table = np.ma.filled(answers.astype(np.float64), np.nan)
    if table.ndim != 2 or not table.shape[1]:
        raise RefusedEstimateError("wrong-shape", what="answers")
    if rows is not None and len(table) != rows:
        raise RefusedEstimateError("wrong-length", what="answers", n=len(table), rows=rows)
    if table.dtype.kind not in "biuf":
        raise RefusedEstimateError("not-numbers", what="answers")
    if table.dtype.kind == "f":
        table = np.where(np.isnan(table), -1, table)
        odd = table[(table >= 0) & (table != 0) & (table != 1)]
        if odd.size:
            raise RefusedEstimateError("not-an-answer", value=f"{odd[0]:g}")
    if table.size and table.dtype.kind != "b" and table.max() > 1:
        raise RefusedEstimateError("not-an-answer", value=int(table.max()))
    if table.dtype.kind in "if" and table.dtype != np.int8:
        table = np.maximum(table, -1)
    return np.ascontiguousarray(table.astype(np.int8, copy=False))


def _last_weights(design: SampleDesign) -> F64:
    of_unit = np.empty(design.n_units)
    of_unit[design.stages[0].unit_of_row] = design.weights
    return of_unit


def _sorted(codes: Codes, reach: int) -> tuple[Codes, Codes, Codes]:
    """The order that sorts codes below `reach`, the first place of each distinct one, and the distinct ones."""
    if reach <= 1 << 16:
        order = np.argsort(codes.astype(np.uint16), kind="stable")
    elif reach <= 1 << 32:
        narrow = codes.astype(np.uint32)
        order = np.argsort((narrow & 0xFFFF).astype(np.uint16), kind="stable")
        order = order[np.argsort((narrow >> 16).astype(np.uint16)[order], kind="stable")]
    else:
        order = np.argsort(codes, kind="stable")
    sorted_codes = codes[order]
    starts = _firsts(sorted_codes)
    return order, starts, sorted_codes[starts]


def _firsts(codes: Codes) -> Codes:
    """The places where sorted codes change, from 0."""
    return np.flatnonzero(np.concatenate([[len(codes) > 0], codes[1:] != codes[:-1]])).astype(np.int64)


def _pieces(starts: Codes, rows: int) -> Iterator[tuple[slice, slice]]:
    """Runs of whole cells of about `_AT_ONCE` rows: (cells, rows)."""
    first = 0
    while first < len(starts):
        last = max(int(np.searchsorted(starts, starts[first] + _AT_ONCE, side="right")) - 1, first + 1)
        end = int(starts[last]) if last < len(starts) else rows
        if rows - starts[first] <= _AT_ONCE:
            last, end = len(starts), rows
        yield slice(first, last), slice(int(starts[first]), end)
        first = last


def _counted(table: Answers, order: Codes, starts: Codes) -> tuple[Counts, Counts]:
    """Yeses and answers of each cell."""
    rows, questions = table.shape
    wide = -(-questions // 8)
    split, cell_of = _split(starts, rows)
    counts = [np.empty((len(split), wide), dtype=np.uint64) for _ in range(2)]
    whole = table.view(np.dtype((np.void, questions))).ravel()
    for cells, these in _pieces(split, rows):
        taken = whole[order[these]].view(np.int8).reshape(-1, questions)
        bits = np.zeros((len(taken), wide), dtype=np.uint64)
        bytes_ = bits.view(np.bool_)[:, :questions]
        for into, is_in in zip(counts, (np.equal, np.greater_equal), strict=True):
            is_in(taken, 1 if into is counts[0] else 0, out=bytes_)
            np.add.reduceat(bits, split[cells] - these.start, axis=0, out=into[cells])
    narrow = [each.view(np.uint8)[:, :questions] for each in counts]
    if len(split) == len(starts):
        return narrow[0], narrow[1]
    firsts = _firsts(cell_of)
    yes, answered = (np.add.reduceat(each, firsts, axis=0, dtype=np.uint32) for each in narrow)
    return yes, answered


def _split(starts: Codes, rows: int) -> tuple[Codes, Codes]:
    """The starts of cells cut into parts of at most 255 rows, and the cell of each part."""
    lengths = np.diff(np.append(starts, rows))
    parts = -(-lengths // _BYTE)
    cell_of = np.repeat(np.arange(len(starts)), parts)
    within = np.arange(len(cell_of)) - np.repeat(np.cumsum(parts) - parts, parts)
    return starts[cell_of] + within * _BYTE, cell_of


def _weighed(table: Answers, weights: F64, order: Codes, starts: Codes) -> F64:
    """Sums of the weights of yeses and of answers of each cell: [2, cells, questions]."""
    found = np.empty((2, len(starts), table.shape[1]))
    for cells, these in _pieces(starts, len(table)):
        taken, weight = table[order[these]], weights[order[these], None]
        at = starts[cells] - these.start
        found[0, cells] = np.add.reduceat((taken == 1) * weight, at, axis=0)
        found[1, cells] = np.add.reduceat((taken >= 0) * weight, at, axis=0)
    return found


def _added(values: Any, order: Codes, starts: Codes, *, fits: bool) -> Any:
    """Sums of rows in an order, from each start to the next; `fits` says that no byte overflows."""
    taken = values[order]
    if taken.dtype != np.uint8:
        return np.add.reduceat(taken, starts, axis=0)
    if not fits:
        return np.add.reduceat(taken, starts, axis=0, dtype=np.uint32)
    wide = -(-taken.shape[1] // 8) * 8
    padded = np.zeros((len(taken), wide), dtype=np.uint8)
    padded[:, : taken.shape[1]] = taken
    summed = np.add.reduceat(padded.view(np.uint64), starts, axis=0)
    return summed.view(np.uint8)[:, : taken.shape[1]]
