"""A sample as its reports come in: the sums of `moments`, kept up to date by each report, correction and withdrawal.

A report adds its answers to the counts of its unit, and changes the sums of that unit's stratum by the difference of
before and after; a withdrawal does the same with minus, a correction with both. The estimates are computed from the
sums by the same function as those of a whole file, and `self_check` counts everything again to say that they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .cells import Answers, Cells, check_cells, strata_of, weight_of_unit
from .columns import F64
from .designs import SampleDesign
from .moments import ALL, SD, SDD, SN, SND, SNN, THERE, Moments, Proportions, Strata
from .refusals import RefusedEstimateError
from .stages import collapsed

Counts = npt.NDArray[np.int64]

_ANSWERS = bytes([0, 1, *range(128, 256)])
"""The bytes that an answer may be: no, yes, and what is below 0."""
_COUNTS = np.array([[0, 0, 1], [0, 1, 1]], dtype=np.int64)
"""Yes and answered, of no answer, no and yes."""
_ONE = np.int8(1)


@dataclass(frozen=True, slots=True)
class Answered:
    """A report. `id` stays the same when it is corrected; `unit` and `domain` are labels of the sampled unit and of the
    domain it belongs to (None: none); `answers` [questions] are 1 yes, 0 no, below 0 no answer."""

    id: str
    unit: Any
    domain: Any
    answers: Sequence[int] | npt.NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class Check:
    """What counting everything again found.

    `difference` is the largest between a sum, a share or a standard error and the same one counted again, relative to
    its size (or to one answer, or to the largest sum of its kind, whichever is more).
    """

    reports: int
    difference: float
    counts_agree: bool

    @property
    def agrees(self) -> bool:
        """Whether all counts are the same and all numbers agree to 1e-12."""
        return self.counts_agree and self.difference <= 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class Sample:
    """Reports as a whole file has them: `answers` [rows, questions] and `domains` [rows] of the rows of `design`."""

    design: SampleDesign
    answers: Answers
    domains: npt.NDArray[Any]


class LiveState:
    """The state of one sample, changed by `update` and `withdraw` and read by `proportions`. For one thread."""

    def __init__(
        self,
        design: SampleDesign,
        *,
        questions: Sequence[str],
        domains: Iterable[Any] = (),
        arrivals: bool = True,
    ) -> None:
        """No report yet. `design` is that of the units drawn, such as one row for each; labels of units are told apart
        without their strata. `domains` are the labels that reports may name.

        With `arrivals`, the units of which a report is in are the sample: by weights multiplied with drawn/arrived they
        speak for those of their stratum that are still out, and a stratum without any takes no part. Without, all units
        drawn are the sample, and one without reports counts with nothing.
        Raises `RefusedEstimateError` (`cells-need-one-stage`, `cells-need-rows`, `weights-within-unit`, `label-twice`).
        """
        check_cells(design)
        self._design = design
        self._weights = weight_of_unit(design)
        self._strata, relative = strata_of(design)
        self._relative = (np.ones(design.n_units) if relative is None else relative).tolist()
        self._stratum_of = design.stratum_of_unit.tolist()
        self._arrivals = arrivals
        self._units = _places(design.units)
        self._domains = _places(tuple(domains))
        self._names = tuple(_places((ALL, *map(str, self._domains))))
        self.questions = tuple(questions)
        size = len(self.questions)
        self._sums = np.zeros((len(self._names), len(self._strata.names), 6, size))
        self._counts = np.zeros((len(self._names), 2, size), dtype=np.int64)
        self._nothing = np.zeros((2, size), dtype=np.int64)
        self._cells: dict[tuple[int, int], Counts] = {}
        self._reports_of = np.zeros(design.n_units, dtype=np.int64)
        self._reports: dict[str, tuple[int, int, bytes]] = {}

    def __len__(self) -> int:
        return len(self._reports)

    def __contains__(self, report: str) -> bool:
        return report in self._reports

    def update(self, report: Answered) -> None:
        """Take in a report, or the correction of the one with its id.

        Raises `RefusedEstimateError` (`unknown-unit`, `unknown-domain`, `wrong-length`, `not-an-answer`,
        `not-numbers`); nothing is changed then.
        """
        unit, domain, answers = self._read(report)
        known = self._reports.get(report.id)
        change = _counts(answers)
        if known is not None:
            before = _counts(known[2])
            if known[:2] == (unit, domain):
                change -= before
            else:
                self._move(known[0], known[1], -before, -1)
        self._move(unit, domain, change, known is None or known[:2] != (unit, domain))
        self._reports[report.id] = (unit, domain, answers)

    def withdraw(self, report: str) -> None:
        """Take a report out again. Raises `RefusedEstimateError` (`unknown-report`)."""
        known = self._reports.pop(report, None)
        if known is None:
            raise RefusedEstimateError("unknown-report", report=report)
        unit, domain, answers = known
        self._move(unit, domain, -_counts(answers), -1)

    @property
    def moments(self) -> Moments:
        """A copy of the sums as they are now, with the weights of the units that are in."""
        return Moments(
            strata=self._strata_now(),
            domains=self._names,
            questions=self.questions,
            sums=self._sums.copy(),
            counts=self._counts.copy(),
        )

    def proportions(self) -> Proportions:
        """All proportions as of now.

        Raises `RefusedEstimateError` (`single-unit`, `all-single`, `collapse-nowhere`).
        """
        return self.moments.proportions()

    @property
    def absent_strata(self) -> tuple[str, ...]:
        """The strata of which no report is in: with `arrivals`, the estimates do not speak for them."""
        return tuple(self._strata.names[place] for place in np.flatnonzero(self._arrived() == 0))

    def sample(self) -> Sample:
        """All reports that are in, as a whole file would have them, for `taylor` and for the check.

        Without `arrivals` a unit that has no report is a row without answers.
        Raises `RefusedEstimateError` (`no-rows`).
        """
        kept = list(self._reports.values())
        silent = [] if self._arrivals else np.flatnonzero(self._reports_of == 0).tolist()
        unit = np.array([*(unit for unit, _, _ in kept), *silent], dtype=np.int64)
        table = np.frombuffer(b"".join(answers for _, _, answers in kept), dtype=np.int8)
        labels = (None, *self._domains)
        stratum = self._design.stratum_of_unit[unit]
        domains = np.empty(len(unit), dtype=object)
        domains[:] = [*(labels[domain] for _, domain, _ in kept), *(None for _ in silent)]
        design = SampleDesign.declare(
            weights=(self._weights[unit] * self._raised()[stratum]) if len(unit) else None,
            strata=[self._design.strata[code] for code in stratum],
            units=unit,
            populations=self._design.drawn_from[stratum],
            singles=self._design.singles,
            collapse=self._design.collapse,
        )
        quiet = np.full((len(silent), len(self.questions)), -1, dtype=np.int8)
        rows = np.vstack([table.reshape(len(kept), len(self.questions)), quiet])
        return Sample(design=replace(design, weighted=self._design.weighted), answers=rows, domains=domains)

    def self_check(self) -> Check:
        """Count everything again from the reports by the way of a whole file, and compare sums, estimates and errors.

        Raises what `proportions` raises.
        """
        sample, now = self.sample(), self.moments
        again = Cells.of(sample.design, sample.answers, domains=sample.domains, questions=self.questions).moments
        found, expected = now.proportions(), again.proportions()
        there = [now.strata.names.index(name) for name in again.strata.names]
        rows = [now.domains.index(name) for name in again.domains]
        silent = sorted(set(range(len(now.domains))) - set(rows))
        counts_agree = (
            np.array_equal(now.counts[rows], again.counts)
            and np.array_equal(found.dfs[rows], expected.dfs)
            and np.array_equal(now.sums[rows][:, there, THERE], again.sums[:, :, THERE])
            and not now.counts[silent].any()
            and not now.sums[silent][:, :, THERE].any()
            and not np.delete(now.sums, there, axis=1)[:, :, THERE].any()
        )
        greatest = again.weighed[0].max(axis=0).max(axis=-1, keepdims=True)
        grain = 1 / np.maximum(again.counts[:, 1], 1)
        difference = max(
            _apart(now.weighed[rows][:, there], again.weighed, least=greatest[[SD, SD, SDD, SDD, SDD, THERE]]),
            _apart(found.values[rows], expected.values, least=grain),
            _apart(found.ses[rows], expected.ses, least=grain),
        )
        return Check(reports=len(self), difference=difference, counts_agree=bool(counts_agree))

    def _read(self, report: Answered) -> tuple[int, int, bytes]:
        unit = _place(self._units, report.unit)
        if unit is None:
            raise RefusedEstimateError("unknown-unit", unit=report.unit)
        domain = 0 if report.domain is None else _place(self._domains, report.domain)
        if domain is None:
            raise RefusedEstimateError("unknown-domain", domain=report.domain)
        if report.domain is not None:
            domain += 1
        answers = np.asarray(report.answers)
        if answers.shape != (len(self.questions),):
            raise RefusedEstimateError("wrong-length", what="answers", n=answers.size, rows=len(self.questions))
        if answers.dtype.kind not in "biu":
            raise RefusedEstimateError("not-numbers", what="answers")
        if answers.dtype != np.int8:
            answers = answers.astype(np.int64).clip(-1, 2).astype(np.int8)
        packed = answers.tobytes()
        if packed.translate(None, _ANSWERS):
            raise RefusedEstimateError("not-an-answer", value=int(np.asarray(report.answers).max()))
        return unit, domain, packed

    def _move(self, unit: int, domain: int, change: Counts, reports: int) -> None:
        self._reports_of[unit] += reports
        self._shift(unit, 0, change)
        if domain:
            self._shift(unit, domain, change)

    def _shift(self, unit: int, domain: int, change: Counts) -> None:
        """Add a change of yeses and answers [2, questions] to the counts of a unit in a domain, and to its sums."""
        old = self._cells.get((unit, domain), self._nothing)
        new = old + change
        by = np.empty((6, change.shape[1]))
        by[SN : SD + 1] = change
        by[SNN : SDD + 1 : 2] = change * (old + new)
        by[SND] = new[0] * new[1] - old[0] * old[1]
        by[THERE] = np.minimum(new[1], 1) - np.minimum(old[1], 1)
        if (times := self._relative[unit]) != 1:
            by[SN : SD + 1] *= times
            by[SNN : SDD + 1] *= times * times
        self._sums[domain, self._stratum_of[unit]] += by
        self._counts[domain] += change
        self._cells[unit, domain] = new

    def _arrived(self) -> F64:
        units = self._design.stratum_of_unit[self._reports_of > 0]
        return np.bincount(units, minlength=len(self._strata.names)).astype(np.float64)

    def _raised(self) -> F64:
        """By how much the weights of each stratum speak for units that are still out."""
        if not self._arrivals:
            return np.ones(len(self._strata.names))
        return self._strata.sampled / np.maximum(self._arrived(), 1)

    def _strata_now(self) -> Strata:
        if not self._arrivals:
            return self._strata
        arrived = self._arrived()
        joined = collapsed(arrived, self._strata.population, self._design.strata, self._design.collapse or {})
        return replace(self._strata, weight=self._strata.weight * self._raised(), sampled=arrived, joined=joined)


def _counts(answers: bytes) -> Counts:
    """Yes and answered, 0 or 1: [2, questions]."""
    return _COUNTS.take(np.frombuffer(answers, dtype=np.int8) + _ONE, axis=1, mode="clip")


def _places(labels: tuple[Any, ...]) -> dict[Any, int]:
    places = {label: place for place, label in enumerate(labels)}
    if len(places) < len(labels):
        twice = next(label for place, label in enumerate(labels) if places[label] != place)
        raise RefusedEstimateError("label-twice", label=twice)
    return places


def _place(places: dict[Any, int], label: Any) -> int | None:
    try:
        return places.get(label)
    except TypeError:
        return None


def _apart(one: F64, other: F64, *, least: F64) -> float:
    """The largest difference, relative to the number or to the `least` that matters; gaps must be gaps in both."""
    if not np.array_equal(np.isnan(one), np.isnan(other)):
        return float("inf")
    size = np.maximum(np.maximum(np.abs(one), np.abs(other)), least)
    return float(np.nanmax(np.abs(one - other) / np.where(size > 0, size, 1.0), initial=0.0))
