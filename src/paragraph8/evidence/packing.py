"""Figures in few bytes, and read back one at a time.

A snapshot is written with every batch of reports and read by every page, so that what never changes from one to the
next stands apart. The *legend* says of each quantity what it is: its key without an area, its title, kind and unit.
The *cells* are the numbers alone, for the whole mission and area by area, line by line in the order of the legend.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.figures import Audience, Basis, Figure, Interval, Key, Kind, Origin, RowsDigest, Unit
from paragraph8.domain.text import Text

AREA = "area"
WHOLE = ""
"""Stands for the whole mission among the areas."""
Line = list[Any]
"""What a legend says of one quantity: kind, basis, origin, unit, title, method, inputs, source, audience."""
Cell = list[Any]
"""value, numerator, denominator, left out, stations, teams, areas, spread, interval, rows; what is nothing at its end
is left out."""
LONGEST = 10
"""Of a cell."""
QUICK = 1
"""Compression that costs little time; the cells shrink to a fifth."""


@dataclass(frozen=True)
class Packed:
    """What is stored: both parts are compressed JSON."""

    legend: bytes
    cells: bytes


def pack(figures: Iterable[Figure]) -> Packed:
    """The figures, packed, but for their `as_of`: all have that of the snapshot."""
    legend: dict[str, Line] = {}
    first: dict[Key, Figure] = {}
    cells: dict[str, dict[str, Cell]] = {}
    for figure in figures:
        area, whole = figure.key.dimension(AREA), figure.key.without(AREA)
        if not _alike(first.setdefault(whole, figure), figure):
            area, whole = WHOLE, figure.key
        name = str(whole)
        if name not in legend:
            legend[name], cells[name] = _line(figure), {}
        cells[name][area] = _cell(figure)
    areas = sorted({area for line in cells.values() for area in line})
    table = [_shortened([line.get(area) for area in areas]) for line in cells.values()]
    return Packed(_compressed(list(legend.items())), _compressed({"areas": areas, "cells": table}))


class Figures(Mapping[Key, Figure]):
    """Packed figures by key. Each is made when it is asked for: a page needs few of the thousands."""

    def __init__(self, packed: Packed, as_of: int) -> None:
        self.as_of = as_of
        self._legend: dict[str, Line] = dict(_read(packed.legend))
        held = _read(packed.cells)
        self._places: dict[str, int] = {area: place for place, area in enumerate(held["areas"])}
        self._cells: dict[str, list[Cell | None]] = dict(zip(self._legend, held["cells"], strict=True))

    def __getitem__(self, key: Key) -> Figure:
        name, area = str(key), WHOLE
        if name not in self._legend:
            name, area = str(key.without(AREA)), key.dimension(AREA)
        line, place = self._cells.get(name, []), self._places.get(area, len(self._places))
        cell = line[place] if place < len(line) else None
        if cell is None:
            raise KeyError(key)
        return _figure(key, self._legend[name], cell, self.as_of)

    def __iter__(self) -> Iterator[Key]:
        for name, line in self._cells.items():
            key = Key.parse(name)
            for area, cell in zip(self._places, line, strict=False):
                if cell is not None:
                    yield key.within(area) if area else key

    def __len__(self) -> int:
        return sum(len(line) - line.count(None) for line in self._cells.values())


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures of one quantity differ in nothing but area and numbers."""
    return one is other or _line(one) == _line(other)


def _line(figure: Figure) -> Line:
    return [
        figure.kind.value,
        figure.basis.value,
        figure.origin.value,
        figure.unit.value,
        figure.title.to_json(),
        figure.method,
        [str(key) for key in figure.inputs],
        figure.source,
        figure.audience.value,
    ]


def _cell(figure: Figure) -> Cell:
    interval, rows = figure.interval, figure.rows
    return _shortened(
        [
            figure.value,
            figure.numerator,
            figure.denominator,
            dict(figure.left_out) or None,
            figure.n_stations,
            figure.n_teams,
            figure.n_areas,
            list(figure.spread) or None,
            [interval.low, interval.high, interval.level, interval.method] if interval else None,
            [rows.population, rows.n, rows.sha256] if rows else None,
        ]
    )


def _figure(key: Key, line: Line, cell: Cell, as_of: int) -> Figure:
    kind, basis, origin, unit, title, method, inputs, source, audience = line
    filled = cell + [None] * (LONGEST - len(cell))
    value, numerator, denominator, left_out, stations, teams, areas, spread, interval, rows = filled
    return Figure(
        key=key,
        kind=Kind(kind),
        basis=Basis(basis),
        origin=Origin(origin),
        unit=Unit(unit),
        title=Text.of(title),
        as_of=as_of,
        method=method,
        value=value,
        numerator=numerator,
        denominator=denominator,
        spread=tuple(spread or ()),
        left_out=tuple(sorted((left_out or {}).items())),
        n_stations=stations,
        n_teams=teams,
        n_areas=areas,
        interval=Interval(*interval) if interval else None,
        rows=RowsDigest(*rows) if rows else None,
        inputs=tuple(Key.parse(each) for each in inputs),
        source=source,
        audience=Audience(audience),
    )


def _shortened(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values


def _compressed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), QUICK)


def _read(stored: bytes) -> Any:
    return json.loads(zlib.decompress(stored))
