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

from paragraph8.domain.figures import Basis, Figure, Key, figure_from_json

AREA = "area"
WHOLE = ""
"""Stands for the whole mission among the areas."""
SAME = ("kind", "basis", "origin", "unit", "title", "method", "inputs", "source", "audience")
"""What a legend says of a quantity: it does not change from one report to the next, nor from area to area."""
NUMBERS = ("value", "numerator", "denominator", "left_out", "n_stations", "n_teams", "n_areas", "spread")
"""What a cell holds, in this order; after it what else a figure has, under its name. What is nothing at its end is
left out."""
NOTHING: dict[str, Any] = {"left_out": {}, "spread": [], "interval": None, "rows": None}
"""What a figure has where its cell holds nothing; `None` for all other numbers."""
Line = dict[str, Any]
Cell = list[Any]
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
        return figure_from_json({**self._legend[name], **_numbers(cell), "key": str(key), "as_of": self.as_of})

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
    return one is other or all(getattr(one, name) == getattr(other, name) for name in SAME)


def _line(figure: Figure) -> Line:
    data = figure.to_json()
    return {name: data[name] for name in SAME}


def _cell(figure: Figure) -> Cell:
    cell: Cell = [
        figure.value,
        figure.numerator,
        figure.denominator,
        dict(figure.left_out) or None,
        figure.n_stations,
        figure.n_teams,
        figure.n_areas,
        list(figure.spread) or None,
    ]
    if figure.basis is not Basis.OBSERVED or figure.rows:
        known = {"key", "as_of", *SAME, *NUMBERS}
        cell.append({name: value for name, value in figure.to_json().items() if name not in known} or None)
    return _shortened(cell)


def _numbers(cell: Cell) -> dict[str, Any]:
    """The fields of a figure that its cell holds."""
    held = dict(zip(NUMBERS, cell, strict=False))
    more = cell[len(NUMBERS)] if len(cell) > len(NUMBERS) else {}
    found = {name: held.get(name) for name in NUMBERS} | NOTHING
    return found | {name: value for name, value in held.items() if value is not None} | (more or {})


def _shortened(values: list[Any]) -> list[Any]:
    while values and values[-1] is None:
        values.pop()
    return values


def _compressed(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), QUICK)


def _read(stored: bytes) -> Any:
    return json.loads(zlib.decompress(stored))
