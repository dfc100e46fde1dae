"""Declared designs: how the rows of a sample came to be, which is what every variance rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from .columns import F64, Codes, Flags, distinct_pairs, encode, flags, frozen, numbers, per_stage
from .refusals import RefusedEstimateError
from .stages import Single, Stage, collapsed, group_populations

if TYPE_CHECKING:
    from paragraph8.statistics.sampling import design as drawing


class Adjusting(Protocol):
    """What calibration leaves on a design: the part of the scores that the known totals do not explain."""

    def residuals(self, scores: F64) -> F64:
        """Weighted scores [rows, k] in, weighted residuals [rows, k] out."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class SampleDesign:
    """A sample and how it was drawn: one weight per row, the strata, and the units of each stage.

    Make it with `declare` or `from_draw`. `strata` are the labels of the declared strata, in the order of their codes,
    and `units` those of first-stage units; `stratum_of_unit` [units] are codes of strata, `drawn_from` [strata] the
    numbers of units there were (infinity: not known). `stages[0]` has the strata as they count for the variance, which
    are fewer where single ones are collapsed. `weighted` is false where neither weights nor populations were given, so
    that totals mean nothing.
    """

    weights: F64
    stages: tuple[Stage, ...]
    strata: tuple[Any, ...]
    units: tuple[Any, ...]
    stratum_of_unit: Codes
    drawn_from: F64
    singles: Single = Single.FAIL
    collapse: Mapping[Any, Any] | None = None
    adjusting: Adjusting | None = None
    weighted: bool = True

    @classmethod
    def declare(
        cls,
        *,
        weights: Any = None,
        strata: Any = None,
        units: Any = None,
        populations: Any = None,
        singles: Single = Single.FAIL,
        collapse: Mapping[Any, Any] | None = None,
        rows: int | None = None,
    ) -> SampleDesign:
        """The design of a sample with one row per observed element.

        * `weights` [rows]: one over the probability of the row; without them the product over the stages of N/n.
        * `strata` [rows]: labels of first-stage strata.
        * `units`: labels of sampled units [rows], or a list of such columns, one per stage; without them each row is a
          unit. The same label in two strata, or in two units of the stage before, means two units.
        * `populations`: the units there were in the stratum of the row [rows], or one number for all rows, or a list of
          these, one per stage (at a later stage: in the unit of the stage before). Infinity or None where it is not
          known or drawing was with replacement: no correction is made then. A later stage without populations counts
          as drawn with replacement.
        * `singles`, `collapse` ({stratum: stratum}, made before the answers were known): what becomes of strata with a
          single sampled unit; the rule is asked for when a variance is computed.
        * `rows`: how many there are, where no column says so.

        Raises `RefusedEstimateError` for columns of different lengths, weights that are no numbers above 0, empty
        labels, populations that vary within a stratum or are smaller than the sample.
        """
        if units is None and rows is None:
            rows = _rows_of(weights, strata, populations)
        columns = per_stage(units if units is not None or not rows else np.arange(rows))
        rows = len(columns[0]) if rows is None else rows
        if rows == 0:
            raise RefusedEstimateError("no-rows")
        group, names = (
            (np.zeros(rows, dtype=np.int64), ("all",)) if strata is None else encode(strata, rows=rows, what="strata")
        )
        labels = names
        given = _populations(populations, rows=rows, stages=len(columns))
        stages: list[Stage] = []
        told: tuple[Any, ...] = ()
        for number, (column, population) in enumerate(zip(columns, given, strict=True), start=1):
            codes, inner = encode(column, rows=rows, what=f"units of stage {number}")
            unit, outer = distinct_pairs(group, codes)
            label = np.empty(len(outer), dtype=np.int64)
            label[unit] = codes
            sampled = np.bincount(outer, minlength=len(names)).astype(np.float64)
            names = tuple(map(str, names))
            stages.append(
                Stage(
                    unit_of_row=frozen(unit),
                    group_of_unit=frozen(outer),
                    sampled=frozen(sampled),
                    population=frozen(group_populations(population, group, sampled, names, stage=number)),
                    names=names,
                )
            )
            names = tuple(inner[code] for code in label)
            told = told or names
            group = unit
        first = stages[0]
        return cls(
            weights=frozen(_weights(weights, stages, rows)),
            stages=(_collapsed_stage(first, labels, collapse), *stages[1:]),
            strata=labels,
            units=told,
            stratum_of_unit=first.group_of_unit,
            drawn_from=first.population,
            singles=Single.named(singles),
            collapse=collapse,
            weighted=weights is not None or populations is not None,
        )

    @classmethod
    def from_draw(
        cls,
        draw: drawing.Design,
        stations: Sequence[str],
        *,
        arrivals: bool = True,
        singles: Single = Single.FAIL,
        collapse: Mapping[Any, Any] | None = None,
    ) -> SampleDesign:
        """The design of the rows that came from a recorded draw; `stations` [rows] names the station of each.

        The stations are the units. Those taken with certainty are a stratum of their own, which adds nothing. Draws
        without replacement and with equal chances are corrected for the finite population; draws by size are estimated
        as if with replacement (Hansen and Hurwitz). With `arrivals`, the weights of the stations that are there speak
        for those of their stratum that are not: each is multiplied by drawn/arrived.
        Raises `RefusedEstimateError` (`not-drawn`, `no-rows`).
        """
        unknown = [station for station in stations if station not in draw.by_station]
        if unknown:
            raise RefusedEstimateError("not-drawn", station=unknown[0])
        drawn = [draw.by_station[station] for station in stations]
        labels = [(unit.stratum, unit.certain) for unit in drawn]
        there = {label: len(found) for label, found in _stations_by_stratum(drawn).items()}
        sizes = {(s.code, True): float(s.certain) for s in draw.strata}
        taken = {(s.code, True): s.certain for s in draw.strata}
        taken |= {(s.code, False): s.drawn - s.certain for s in draw.strata}
        for stratum in draw.strata:
            sizes[stratum.code, False] = np.inf if draw.method.by_size else float(stratum.there - stratum.certain)
        weights = [
            float(1 / unit.probability) * (taken[label] / there[label] if arrivals else 1)
            for unit, label in zip(drawn, labels, strict=True)
        ]
        return cls.declare(
            weights=weights,
            strata=[f"{code} (certain)" if sure else code for code, sure in labels],
            units=list(stations),
            populations=[sizes[label] for label in labels],
            singles=singles,
            collapse=collapse,
        )

    @property
    def n(self) -> int:
        """Rows."""
        return len(self.weights)

    @property
    def n_units(self) -> int:
        """Sampled units of the first stage."""
        return len(self.stratum_of_unit)

    @property
    def n_strata(self) -> int:
        """Strata as they count for the variance."""
        return len(self.stages[0].sampled)

    @property
    def df(self) -> int:
        """Degrees of freedom: sampled units less strata."""
        return self.n_units - self.n_strata

    def df_of(self, domain: Any) -> int:
        """Degrees of freedom of a domain [rows, yes or no]: sampled units that have members less strata that have."""
        units, strata = self.reach(flags(domain, rows=self.n))
        return units - strata

    def reach(self, domain: Flags) -> tuple[int, int]:
        """How many sampled units, and how many strata, have rows in a domain [rows]."""
        first = self.stages[0]
        present = np.bincount(first.unit_of_row[domain], minlength=self.n_units) > 0
        return int(present.sum()), len(np.unique(first.group_of_unit[present]))

    @property
    def single_strata(self) -> tuple[str, ...]:
        """The strata with a single sampled unit, after collapsing, of which no variance can be computed."""
        first = self.stages[0]
        return tuple(first.names[code] for code in np.flatnonzero(first.open_singles))

    @cached_property
    def kish(self) -> float:
        """Kish's design effect of unequal weights, n Σw²/(Σw)²: their price where answers do not depend on them."""
        return self.kish_of(np.ones(self.n, dtype=bool))

    def kish_of(self, domain: Any) -> float:
        """Kish's design effect of a domain [rows, yes or no]. Raises `RefusedEstimateError` (`empty-domain`)."""
        weights = self.weights[flags(domain, rows=self.n)]
        if not weights.size:
            raise RefusedEstimateError("empty-domain", name="Kish")
        return float(weights.size * np.sum(weights**2) / np.sum(weights) ** 2)

    def with_rule(self, singles: Single) -> SampleDesign:
        """The same design with another rule for strata with a single sampled unit."""
        return replace(self, singles=Single.named(singles))


def _rows_of(weights: Any, strata: Any, populations: Any) -> int:
    for column in (weights, strata, per_stage(populations)[0]):
        if hasattr(column, "__len__"):
            return len(column)
    raise RefusedEstimateError("no-rows")


def _populations(values: Any, *, rows: int, stages: int) -> Iterator[F64 | None]:
    columns = per_stage(values)
    if len(columns) > stages:
        raise RefusedEstimateError("populations-without-stages", populations=len(columns), stages=stages)
    for number in range(stages):
        value = columns[number] if number < len(columns) else None
        if value is None:
            yield None
            continue
        column = np.full(rows, value, dtype=np.float64) if np.ndim(value) == 0 else np.asarray(value)
        if column.dtype.kind == "f" and np.isinf(column).any():
            finite = np.where(np.isposinf(column), np.nan, column)
            checked = numbers(finite, rows=rows, what="populations").copy()
            checked[np.isposinf(column)] = np.inf
            yield checked
        else:
            yield numbers(column, rows=rows, what="populations")


def _weights(values: Any, stages: list[Stage], rows: int) -> F64:
    if values is not None:
        weights = numbers(values, rows=rows, what="weights").copy()
        wrong = np.flatnonzero(~(weights > 0))
        if wrong.size:
            raise RefusedEstimateError("bad-weight", row=int(wrong[0]), value=f"{weights[wrong[0]]:g}")
        return weights
    if all(np.isinf(stage.population).all() for stage in stages):
        return np.ones(rows)
    weights = np.ones(rows)
    for stage in stages:
        weights *= (stage.population / stage.sampled)[stage.group_of_unit][stage.unit_of_row]
    if np.isinf(weights).any():
        raise RefusedEstimateError("weights-needed")
    return weights


def _collapsed_stage(first: Stage, labels: tuple[Any, ...], mapping: Mapping[Any, Any] | None) -> Stage:
    if not mapping:
        return first
    joined = collapsed(first.sampled, first.population, labels, mapping)
    kept, code = np.unique(joined, return_inverse=True)
    return Stage(
        unit_of_row=first.unit_of_row,
        group_of_unit=frozen(code[first.group_of_unit]),
        sampled=frozen(np.bincount(code, weights=first.sampled)),
        population=frozen(np.bincount(code, weights=first.population)),
        names=tuple(" + ".join(str(labels[h]) for h in np.flatnonzero(joined == one)) for one in kept),
    )


def _stations_by_stratum(drawn: Sequence[drawing.Drawn]) -> dict[tuple[str, bool], set[str]]:
    found: dict[tuple[str, bool], set[str]] = {}
    for unit in drawn:
        found.setdefault((unit.stratum, unit.certain), set()).add(unit.station)
    return found
