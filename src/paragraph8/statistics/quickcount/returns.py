"""The stations drawn, and what has come in from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .refusals import RefusedCountError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]
TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class DrawnSample:
    """The stations drawn at random within strata, each with an equal chance within its stratum.

    `stratum[i]` and `kind[i]` are places in `strata` and `kinds` (kind −1: not known). `populations[h]` is N_h,
    how many stations stratum h has; `kind_populations[c]` how many there are of a kind and `cell_populations[h, c]`
    how many of the kind in the stratum, both nan where not known. `registered` are voters on the list, nan where not
    known.
    """

    stations: tuple[str, ...]
    strata: tuple[str, ...]
    stratum: Codes
    populations: Floats
    kinds: tuple[str, ...]
    kind: Codes
    kind_populations: Floats
    cell_populations: Floats
    registered: Floats

    @classmethod
    def of(
        cls,
        stations: Sequence[str],
        *,
        strata: Sequence[str],
        populations: Mapping[str, int],
        kinds: Sequence[str] | None = None,
        kind_populations: Mapping[str, int] | None = None,
        cell_populations: Mapping[tuple[str, str], int] | None = None,
        registered: Sequence[float | None] | None = None,
    ) -> DrawnSample:
        """The sample from columns of equal length.

        Raises `RefusedCountError` for no or uneven columns, a station named twice, a stratum without a population, and
        for more stations drawn than there are.
        """
        n = len(stations)
        if not n:
            raise RefusedCountError("no-stations")
        if any(len(column) != n for column in (strata, kinds, registered) if column is not None):
            raise RefusedCountError("uneven")
        _refuse_repeated(stations)
        names, stratum = _coded(strata)
        _refuse_populations(names, stratum, populations)
        kind_names, kind = _coded(kinds if kinds is not None else [""] * n, unknown="")
        of_kind, of_cell = kind_populations or {}, cell_populations or {}
        if of_cell and not of_kind:
            of_kind = {c: sum(there for (_, kind), there in of_cell.items() if kind == c) for c in kind_names}
        cells = [[float(of_cell.get((h, c), 0 if of_cell else np.nan)) for c in kind_names] for h in names]
        return cls(
            stations=tuple(stations),
            strata=names,
            stratum=stratum,
            populations=np.array([populations[name] for name in names], dtype=np.float64),
            kinds=kind_names,
            kind=kind,
            kind_populations=np.array([of_kind.get(name, np.nan) for name in kind_names], dtype=np.float64),
            cell_populations=np.array(cells, dtype=np.float64).reshape(len(names), len(kind_names)),
            registered=_numbers(registered if registered is not None else [None] * n),
        )

    @property
    def n(self) -> int:
        """How many stations were drawn."""
        return len(self.stations)

    @property
    def drawn(self) -> Codes:
        """Stations drawn in each stratum, n_h."""
        return np.bincount(self.stratum, minlength=len(self.strata))


@dataclass(frozen=True, eq=False, kw_only=True)
class Returns:
    """What has come in from the sample, row by row as its stations stand.

    `votes[i, k]` are the votes of contestant k at station i, `base[i]` the votes that shares are of (all valid votes,
    or all ballots counted: the plan says which), `ballots[i]` those who voted; nan where nothing was reported.
    `arrived[i]` is when the report came, in seconds from any moment; nan while it is out. `doubtful[i]` says that the
    report is in and kept apart until somebody has looked: it counts as missing.
    """

    sample: DrawnSample
    contestants: tuple[str, ...]
    votes: Floats
    base: Floats
    ballots: Floats
    arrived: Floats
    doubtful: Mask

    @classmethod
    def of(
        cls,
        sample: DrawnSample,
        *,
        contestants: Sequence[str],
        votes: ArrayLike,
        base: ArrayLike,
        arrived: ArrayLike | None = None,
        ballots: ArrayLike | None = None,
        doubtful: ArrayLike | None = None,
    ) -> Returns:
        """The returns from arrays: `votes` n × k, the others n. Without `arrived` every station with a base is in.

        Raises `RefusedCountError` for arrays of other shapes, fewer than two contestants, and for a station that is
        used and reports a number below zero or more votes for contestants than its base.
        """
        n, k = sample.n, len(contestants)
        if k < 2 or len(set(contestants)) != k:
            raise RefusedCountError("too-few-contestants")
        y, x = np.asarray(votes, dtype=np.float64), np.asarray(base, dtype=np.float64)
        b = np.full(n, np.nan) if ballots is None else np.asarray(ballots, dtype=np.float64)
        t = np.where(np.isnan(x), np.nan, 0.0) if arrived is None else np.asarray(arrived, dtype=np.float64)
        kept_apart = np.zeros(n, dtype=bool) if doubtful is None else np.asarray(doubtful, dtype=bool)
        if y.shape != (n, k) or any(column.shape != (n,) for column in (x, b, t, kept_apart)):
            raise RefusedCountError("uneven")
        made = cls(
            sample=sample, contestants=tuple(contestants), votes=y, base=x, ballots=b, arrived=t, doubtful=kept_apart
        )
        made._refuse_impossible()
        return made

    def _refuse_impossible(self) -> None:
        used = self.used
        wrong = (self.votes < 0).any(axis=1) | (self.base < 0) | (self.votes.sum(axis=1) > self.base + TOLERANCE)
        if (wrong & used).any():
            raise RefusedCountError("not-counts", station=self.sample.stations[int(np.argmax(wrong & used))])

    @property
    def came(self) -> Mask:
        """Stations from which anything has come."""
        return ~np.isnan(self.arrived)

    @property
    def used(self) -> Mask:
        """Stations whose report is in, complete and not kept apart: those that an estimate rests on."""
        complete = ~np.isnan(self.base) & ~np.isnan(self.votes).any(axis=1)
        return self.came & complete & ~self.doubtful

    @property
    def n(self) -> int:
        """How many stations are used, r."""
        return int(self.used.sum())

    @property
    def returned(self) -> Codes:
        """Used stations in each stratum, r_h."""
        return np.bincount(self.sample.stratum[self.used], minlength=len(self.sample.strata))

    def until(self, moment: float) -> Returns:
        """The returns as they were known at a moment: what came later is out again."""
        with np.errstate(invalid="ignore"):
            arrived = np.where(self.arrived <= moment, self.arrived, np.nan)
        return replace(self, arrived=arrived)


def _coded(labels: Sequence[str], *, unknown: str | None = None) -> tuple[tuple[str, ...], Codes]:
    names = tuple(sorted({label for label in labels if label != unknown}))
    places = {name: place for place, name in enumerate(names)}
    return names, np.fromiter((places.get(label, -1) for label in labels), np.int64, len(labels))


def _numbers(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _refuse_repeated(stations: Sequence[str]) -> None:
    seen: set[str] = set()
    for station in stations:
        if station in seen:
            raise RefusedCountError("station-twice", station=station)
        seen.add(station)


def _refuse_populations(names: Sequence[str], stratum: Codes, populations: Mapping[str, int]) -> None:
    drawn = np.bincount(stratum, minlength=len(names))
    for name, n in zip(names, drawn.tolist(), strict=True):
        if name not in populations:
            raise RefusedCountError("no-population", stratum=name)
        if n > populations[name]:
            raise RefusedCountError("too-many-drawn", stratum=name, drawn=n, there=populations[name])
