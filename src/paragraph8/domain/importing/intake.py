"""Intake: the rows of a table turned into reports, by a mapping that somebody wrote for the file.

A row becomes the same bytes under the same identifier however the file was saved: encoding, separator, order of rows
and of columns play no part. So the same file twice, or the same records in a file saved anew, are the same reports.
"""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from paragraph8.domain.answers import Missing, answer_to_json
from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form
from paragraph8.domain.ids import id_of_bytes
from paragraph8.domain.reports import SHAPE
from paragraph8.domain.text import Text

from .cells import QuestionCells, unspaced
from .row_problems import RowProblem, row_problem
from .station_keys import NO_STATION, AreaName, StationColumns, StationKey, area_code, one_station
from .tables import Table, TableRow

_UNREADABLE = answer_to_json(Missing.UNREADABLE)
_NOT_ASKED = answer_to_json(Missing.NOT_ASKED)


@dataclass(frozen=True, kw_only=True)
class MissionFacts:
    """What the mapping says about the mission that `--create` makes."""

    title: Text
    origin: Origin
    languages: tuple[str, ...]
    zone: str
    election_date: date | None
    notice: Text | None


@dataclass(frozen=True, kw_only=True)
class ImportedRow:
    """One row as a report: `body` is canonical JSON in the shape of `reports`, with the cells of the row in it."""

    number: int
    id: uuid.UUID
    body: bytes
    station: StationKey
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a whole file holds. `problems` has those of the table, its columns and its rows, in order of the file."""

    rows: tuple[ImportedRow, ...]
    stations: tuple[StationKey, ...]
    areas: tuple[AreaName, ...]
    problems: tuple[RowProblem, ...]

    @property
    def attached(self) -> int:
        """How many rows belong to a polling station."""
        return sum(row.station.attached for row in self.rows)

    @property
    def not_attached(self) -> int:
        """How many rows are kept without one; each is listed as `no-station` or `too-long`."""
        return len(self.rows) - self.attached


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """How a file of completed forms is read. `cells` tells, question by question, how its answers are written."""

    described: Form
    mission: MissionFacts | None
    record: str
    stations_by: StationColumns
    cells: MappingOf[str, QuestionCells]

    def form(self) -> Form:
        """The form that the mapping describes."""
        return self.described

    def areas(self, table: Table) -> tuple[AreaName, ...]:
        """The areas that the rows name, by code."""
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in table.rows:
            name = self.stations_by.area_cell(self._cells(row))
            if not row.extra and (code := area_code(name)):
                spellings[code][name] += 1
        return tuple(self.stations_by.area_name(code, spellings[code]) for code in sorted(spellings))

    def stations(self, table: Table) -> tuple[StationKey, ...]:
        """The stations that the rows name, by key, each once: under the label and in the area most rows give."""
        seen: defaultdict[str, list[StationKey]] = defaultdict(list)
        for row in table.rows:
            station = self.station(row)
            if station.attached:
                seen[station.key].append(station)
        return tuple(one_station(key, seen[key]) for key in sorted(seen))

    def station(self, row: TableRow) -> StationKey:
        """The station of one row. A row with too many cells has none: they may all have shifted."""
        return self._station(row, self._cells(row))

    def report(self, row: TableRow) -> ImportedRow:
        """The row as a report, and what is wrong with it."""
        cells = self._cells(row)
        station = self._station(row, cells)
        identifier = self._identifier(row, cells)
        problems = [*self._station_problems(row, cells, station)]
        answers = self._answers(row, cells, problems)
        source: dict[str, Any] = {"cells": cells}
        if row.extra:
            source["extra"] = row.extra
        body = {
            "report": SHAPE,
            "id": str(identifier),
            "form": self.described.code,
            "version": self.described.version,
            "station": station.key,
            "answers": answers,
            "source": source,
        }
        return ImportedRow(
            number=row.number, id=identifier, body=canonical(body), station=station, problems=tuple(problems)
        )

    def read(self, table: Table) -> Intake:
        """The whole table: every row a report, and everything that must be listed."""
        rows = tuple(self.report(row) for row in table.rows)
        problems = [
            *table.problems,
            *self._column_problems(table),
            *(problem for row in rows for problem in row.problems),
            *_repeated(rows),
            *self._moving_stations(rows),
        ]
        return Intake(
            rows=rows, stations=self.stations(table), areas=self.areas(table), problems=tuple(sorted(problems))
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        """Folded name of a column → its name in the mapping."""
        named = [question.column for question in self.described.questions()]
        keyed = [self.record, self.stations_by.label, self.stations_by.area, *self.stations_by.columns()]
        return {unspaced(name): name for name in [*keyed, *named] if name}

    def _cells(self, row: TableRow) -> dict[str, str]:
        """The cells under the names of the mapping: a header in another case is the same header."""
        cells: dict[str, str] = {}
        for column, cell in row.cells.items():
            name = self._names.get(unspaced(column), column)
            cells[column if name in row.cells else name] = cell
        return cells

    def _station(self, row: TableRow, cells: MappingOf[str, str]) -> StationKey:
        return NO_STATION if row.extra else self.stations_by.station(cells)

    def _identifier(self, row: TableRow, cells: MappingOf[str, str]) -> uuid.UUID:
        record = cells.get(self.record, "").strip() if self.record and not row.extra else ""
        if record:
            return id_of_bytes(canonical({"form": self.described.code, "record": record}))
        return id_of_bytes(canonical({"form": self.described.code, "cells": cells, "extra": row.extra}))

    def _answers(self, row: TableRow, cells: MappingOf[str, str], problems: list[RowProblem]) -> dict[str, Any]:
        """The answers as JSON; cells that fit no answer are added to `problems`."""
        if row.extra:
            return {question.code: _UNREADABLE for question in self.described.questions()}
        answers: dict[str, Any] = {}
        for question in self.described.questions():
            cell = cells.get(question.column)
            if cell is None:
                answers[question.code] = _NOT_ASKED
                continue
            answer = self.cells[question.code].read(cell)
            if answer is Missing.UNREADABLE:
                problems.append(row_problem(row.number, question.column, "unreadable-cell", cell=cell))
            answers[question.code] = answer_to_json(answer)
        return answers

    def _station_problems(self, row: TableRow, cells: MappingOf[str, str], station: StationKey) -> Iterator[RowProblem]:
        if row.extra:
            return
        if not station.attached:
            yield row_problem(row.number, ", ".join(self.stations_by.columns()), "no-station", station=station.key)
        area = self.stations_by.area_cell(cells)
        if area and not station.area:
            yield row_problem(row.number, self.stations_by.area, "unreadable-area", cell=area)

    def _column_problems(self, table: Table) -> Iterator[RowProblem]:
        """Columns that only the file or only the mapping knows, each once."""
        header = table.header_line
        known = {unspaced(column) for column in table.columns}
        for column in table.columns:
            if unspaced(column) not in self._names and column not in table.unnamed:
                yield row_problem(header, column, "unmapped-column")
        for plain, name in self._names.items():
            if plain not in known:
                yield row_problem(header, name, "missing-column")

    def _moving_stations(self, rows: tuple[ImportedRow, ...]) -> Iterator[RowProblem]:
        first: dict[str, int] = {}
        areas: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.station.attached and row.station.area:
                first.setdefault(row.station.key, row.number)
                areas[row.station.key].add(row.station.area)
        for key, several in areas.items():
            if len(several) > 1:
                named = ", ".join(sorted(several))
                yield row_problem(
                    first[key], self.stations_by.area, "station-in-several-areas", station=key, areas=named
                )


def _repeated(rows: tuple[ImportedRow, ...]) -> Iterator[RowProblem]:
    first: dict[uuid.UUID, ImportedRow] = {}
    for row in rows:
        earlier = first.setdefault(row.id, row)
        if earlier is not row:
            code = "repeated-record" if earlier.body == row.body else "conflicting-record"
            yield row_problem(row.number, "", code, first=earlier.number)
