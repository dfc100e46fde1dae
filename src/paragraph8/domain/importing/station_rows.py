"""Station lists: the rows of a table become stations, and what is wrong with a row is said of that row.

A row that cannot be a station (no number, a number that stands there already, no known area) is a finding that
blocks; a cell that says nothing usable is left unknown and said. Nothing is guessed: an unknown number of voters
stays unknown and is no zero.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from paragraph8.domain.missions import StationKind
from paragraph8.domain.places import AreaLine, StationLine
from paragraph8.domain.text import Text

from .area_names import AreaError, AreaNames
from .cells import whole_number
from .dates import read_date
from .row_problems import RowProblem, row_problem
from .station_headings import LEVELS, is_urban, station_kind
from .station_problems import BLOCKING
from .tables import Table, TableRow

LONGEST_NUMBER = 60
LONGEST_LABEL = 200
LONGEST_ADDRESS = 300
MOST_VOTERS = 100_000
_FAR = 25.0
"""Degrees from the middle of the list beyond which a place is suspected."""
_SIGN = re.compile(r"^(?:№|no\.?|nr\.?|#)\s*(?=\d)", re.IGNORECASE)
_DECIMAL = re.compile(r"-?\d{1,3}(?:[.,]\d+)?\Z", re.ASCII)
_BROKEN = re.compile(r"\ufffd|[ÐÑ][\u0080-\u00bf\u0400-\u045f°±µ]|Ã[\u0080-\u00bf©]|[À-ÿ]{4,}")


@dataclass(frozen=True, kw_only=True)
class StationMapping:
    """How a list is read. `columns` is meaning → column; `language` that of the names of areas; with `per_area` the
    numbers begin anew in each first-level area, so that its code becomes part of the key; with `bring_areas` the list
    brings areas that the mission does not know; with `leave_out` rows that cannot be taken are left out."""

    columns: Mapping[str, str]
    language: str = "en"
    per_area: bool = False
    bring_areas: bool = True
    leave_out: bool = False


@dataclass(frozen=True, kw_only=True)
class StationIntake:
    """What a list holds. `rows` counts the rows of the table, `left_out` those that became no station."""

    stations: tuple[StationLine, ...]
    areas: tuple[AreaLine, ...]
    problems: tuple[RowProblem, ...]
    rows: int
    left_out: int

    def blocking(self) -> bool:
        """Whether some row could not be taken."""
        return any(problem.code in BLOCKING for problem in self.problems)


def read_stations(
    table: Table, mapping: StationMapping, areas: Iterable[AreaLine], *, dated: date | None = None
) -> StationIntake:
    """The stations of a table. `areas` are those that the mission knows."""
    return _Reading(table, mapping, areas, dated).intake()


class _RowError(ValueError):
    def __init__(self, column: str, code: str, **details: str | int) -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.details = details


class _Reading:
    """The walk through the rows of one list."""

    def __init__(self, table: Table, mapping: StationMapping, areas: Iterable[AreaLine], dated: date | None) -> None:
        self.table = table
        self.mapping = mapping
        self.dated = dated
        self.areas = AreaNames(areas, bring=mapping.bring_areas, language=mapping.language)
        self.problems: list[RowProblem] = list(table.problems)
        self.first_rows: dict[str, int] = {}
        self.left_out = 0
        columns = mapping.columns
        self.levels = [columns[level] for level in LEVELS if columns.get(level)]
        self.names = [(tag, columns[f"name_{tag}"]) for tag in ("en", "kk", "ru") if columns.get(f"name_{tag}")]
        self.listed = [column for column in columns.values() if column]

    def intake(self) -> StationIntake:
        stations = self._placed(list(self._stations()))
        return StationIntake(
            stations=tuple(line for _, line in stations),
            areas=self.areas.used(line.area for _, line in stations),
            problems=tuple(sorted(self.problems)),
            rows=len(self.table.rows),
            left_out=self.left_out,
        )

    def _stations(self) -> Iterator[tuple[int, StationLine]]:
        for row in self.table.rows:
            try:
                yield row.number, self._station(row)
            except _RowError as error:
                self.left_out += 1
                self.problems.append(row_problem(row.number, error.column, error.code, **error.details))

    def _station(self, row: TableRow) -> StationLine:
        if row.extra:
            raise _RowError("", "cells-shifted")
        self._look_at_letters(row)
        area = self._area(row)
        key = self._key(row, area)
        self._look_at_date(row)
        name = {tag: self._cut(row, column, LONGEST_LABEL) for tag, column in self.names}
        name = {tag: said for tag, said in name.items() if said}
        latitude, longitude = self._coordinates(row)
        return StationLine(
            key=key,
            area=area,
            label=next((name[tag] for tag in (self.mapping.language, *name) if name.get(tag)), ""),
            name=Text.of(name),
            address=self._cut(row, self._column("address"), LONGEST_ADDRESS),
            kind=self._kind(row),
            registered=self._voters(row),
            urban=self._urban(row),
            latitude=latitude,
            longitude=longitude,
        )

    def _column(self, meaning: str) -> str:
        return self.mapping.columns.get(meaning, "")

    def _cell(self, row: TableRow, meaning: str) -> str:
        return " ".join(row.cells.get(self._column(meaning), "").split())

    def _cut(self, row: TableRow, column: str, most: int) -> str:
        cell = " ".join(row.cells.get(column, "").split())
        if len(cell) > most:
            self.problems.append(row_problem(row.number, column, "cell-cut", most=most))
        return cell[:most]

    def _look_at_letters(self, row: TableRow) -> None:
        for column in self.listed:
            cell = row.cells.get(column, "")
            if not cell.isascii() and (found := _BROKEN.search(cell)):
                raise _RowError(column, "broken-letters", cell=cell[max(0, found.start() - 10) : found.end() + 20])

    def _key(self, row: TableRow, area: str) -> str:
        column = self._column("number")
        number = "".join(_SIGN.sub("", self._cell(row, "number")).split())
        if not number:
            raise _RowError(column, "no-number")
        if len(number) > LONGEST_NUMBER:
            raise _RowError(column, "number-too-long", cell=number)
        key = f"{self.areas.top(area)}-{number}"[:100] if self.mapping.per_area and area else number
        first = self.first_rows.setdefault(key, row.number)
        if first != row.number:
            raise _RowError(column, "duplicate-number", number=number, first=first)
        return key

    def _area(self, row: TableRow) -> str:
        coded = self._cell(row, "area")
        try:
            if coded:
                return self.areas.coded(coded)
            if not self.levels:
                return ""
            return self.areas.found(tuple(row.cells.get(column, "") for column in self.levels))
        except AreaError as error:
            column = self._column("area") if coded else self.levels[0]
            raise _RowError(column, error.code, **error.details) from None

    def _kind(self, row: TableRow) -> StationKind:
        cell = self._cell(row, "kind")
        kind = station_kind(cell) if cell else StationKind.REGULAR
        if kind is None:
            self._say(row, "kind", "unknown-type", cell=cell)
        return kind or StationKind.REGULAR

    def _urban(self, row: TableRow) -> bool | None:
        cell = self._cell(row, "urban")
        urban = is_urban(cell) if cell else None
        if cell and urban is None:
            self._say(row, "urban", "unknown-setting", cell=cell)
        return urban

    def _voters(self, row: TableRow) -> int | None:
        cell = self._cell(row, "registered").replace("−", "-")
        if not cell:
            return None
        voters = whole_number(cell, no_fraction=True)
        if voters is None:
            self._say(row, "registered", "voters-not-a-number", cell=cell)
        elif voters < 0:
            self._say(row, "registered", "voters-negative", cell=cell)
        elif voters > MOST_VOTERS:
            self._say(row, "registered", "voters-too-many", cell=cell)
        else:
            return voters
        return None

    def _coordinates(self, row: TableRow) -> tuple[float | None, float | None]:
        cells = self._cell(row, "latitude"), self._cell(row, "longitude")
        if not any(cells):
            return None, None
        if not all(_DECIMAL.match(cell.replace("−", "-")) for cell in cells):
            self._say(row, "latitude", "coordinates-unreadable", cell=", ".join(cells))
            return None, None
        latitude, longitude = (float(cell.replace("−", "-").replace(",", ".")) for cell in cells)
        if abs(latitude) > 90 and abs(longitude) <= 90 and abs(latitude) <= 180:
            self._say(row, "latitude", "coordinates-swapped", latitude=cells[0], longitude=cells[1])
        elif abs(latitude) > 90 or abs(longitude) > 180 or (latitude == 0 and longitude == 0):
            self._say(row, "latitude", "coordinates-out-of-range", latitude=cells[0], longitude=cells[1])
        else:
            return latitude, longitude
        return None, None

    def _placed(self, stations: list[tuple[int, StationLine]]) -> list[tuple[int, StationLine]]:
        """The stations without places that only make sense the other way round, seen from the middle of the list."""
        places = [(line.latitude, line.longitude) for _, line in stations if line.kind is not StationKind.ABROAD]
        known = [(y, x) for y, x in places if y is not None and x is not None]
        if len(known) < 3:
            return stations
        middle = median(y for y, _ in known), median(x for _, x in known)
        return [(number, self._unless_swapped(number, line, middle)) for number, line in stations]

    def _unless_swapped(self, number: int, line: StationLine, middle: tuple[float, float]) -> StationLine:
        y, x = line.latitude, line.longitude
        if y is None or x is None or line.kind is StationKind.ABROAD or _near((y, x), middle):
            return line
        if not _near((x, y), middle):
            return line
        column = self._column("latitude")
        self.problems.append(row_problem(number, column, "coordinates-swapped", latitude=f"{y:g}", longitude=f"{x:g}"))
        return StationLine(**{**vars(line), "latitude": None, "longitude": None})

    def _look_at_date(self, row: TableRow) -> None:
        cell = self._cell(row, "dated")
        if not cell:
            return
        read = read_date(cell)
        if read.either:
            self._say(row, "dated", "date-doubtful", cell=cell)
        elif read.day is None:
            self._say(row, "dated", "date-unreadable", cell=cell)
        elif self.dated and read.day != self.dated:
            self._say(row, "dated", "date-differs", cell=read.day.isoformat(), dated=self.dated.isoformat())

    def _say(self, row: TableRow, meaning: str, code: str, **details: str | int) -> None:
        self.problems.append(row_problem(row.number, self._column(meaning), code, **details))


def _near(place: tuple[float, float], middle: tuple[float, float]) -> bool:
    return math.dist(place, middle) <= _FAR
