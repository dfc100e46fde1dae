"""The sheets of an XLSForm, out of a workbook or out of its form as text.

As text all sheets stand in one CSV file: a line with the name of the sheet in the first column, then its header and
its rows with the first column empty.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from paragraph8.domain.importing.row_problems import RowProblem
from paragraph8.domain.importing.sheets import NotATableError, Table, read_sheet, sheet_names
from paragraph8.domain.importing.table_bytes import decoded_lines

from .findings import Finding, finding

SURVEY, CHOICES, SETTINGS, RULES = "survey", "choices", "settings", "p8_rules"
SHEETS = (SURVEY, CHOICES, SETTINGS, RULES)
MOST_ROWS = {SURVEY: 3_000, CHOICES: 20_000, SETTINGS: 10, RULES: 500}
MOST_COLUMNS, MOST_CHARACTERS = 200, 10_000
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_SEPARATORS = ",;\t"
_TOLD = ("formula-cell", "error-cell", "merged-cells", "rounded-number")
"""Problems of cells that can change what a form says."""


class FormRefusedError(ValueError):
    """The file is no XLSForm that can be read. `findings` say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(found.code for found in findings))
        self.findings = findings


@dataclass(frozen=True)
class Row:
    """A row of a sheet; `number` is the one that the spreadsheet program, or the editor of the text, shows."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """What stands in a column; empty where nothing does."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class Sheet:
    """One sheet; a column that the header names twice is there once."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """The sheets that matter, and what was found while they were read."""

    sheets: Mapping[str, Sheet]
    findings: tuple[Finding, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """A sheet; an empty one where there is none."""
        return self.sheets.get(name, Sheet())


def read_workbook(data: bytes) -> Workbook:
    """The sheets of an XLSForm. Raises `FormRefusedError` for what is none, or should not be opened."""
    try:
        book = _of_package(data) if data.startswith(_WORKBOOKS) else _of_text(data)
    except NotATableError as error:
        raise FormRefusedError(finding("not-a-workbook", said=error.text())) from error
    if not book.sheet(SURVEY).rows:
        raise FormRefusedError(finding("no-survey"))
    for name, sheet in book.sheets.items():
        _hold_against_bounds(name, sheet)
    return book


def _of_package(data: bytes) -> Workbook:
    names = {name.strip().lower(): name for name in sheet_names(data)}
    with zipfile.ZipFile(BytesIO(data)) as package:
        if any("vbaproject" in name.lower() for name in package.namelist()):
            raise FormRefusedError(finding("macros"))
    if SURVEY not in names:
        raise FormRefusedError(finding("no-survey"))
    sheets, findings = {}, []
    for name in SHEETS:
        if name in names:
            try:
                table = read_sheet(data, sheet=names[name])
            except NotATableError as error:
                if error.reason == "empty":
                    continue
                raise
            sheets[name] = _sheet_of(table)
            findings += [_problem(name, problem) for problem in table.problems if problem.code in _TOLD]
    return Workbook(sheets, tuple(findings))


def _sheet_of(table: Table) -> Sheet:
    columns = tuple(name for name in table.columns if name not in table.unnamed)
    rows = (
        Row(row.number, {name: row.cells[name].strip() for name in columns if row.cells.get(name, "").strip()})
        for row in table.rows
    )
    return Sheet(columns, tuple(row for row in rows if row.cells))


def _problem(sheet: str, problem: RowProblem) -> Finding:
    return finding("cell", sheet=sheet, row=problem.row, said=problem.text())


def _of_text(data: bytes) -> Workbook:
    lines, _encoding, _problems = decoded_lines(data)
    if not any(line.strip() for line in lines):
        raise NotATableError("empty")
    sheets: dict[str, Sheet] = {}
    for name, rows in _sections(lines):
        header = rows[0][1] if rows else []
        columns = tuple(dict.fromkeys(cell.strip() for cell in header if cell.strip()))
        found = []
        for number, cells in rows[1:]:
            named = {column.strip(): cell.strip() for column, cell in zip(header, cells, strict=False) if cell.strip()}
            named.pop("", None)
            if named:
                found.append(Row(number, named))
        sheets.setdefault(name, Sheet(columns, tuple(found)))
    return Workbook(sheets)


def _sections(lines: Sequence[str]) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """The known sheets with their lines behind the first column, which names the sheet."""
    name = ""
    rows: list[tuple[int, list[str]]] = []
    for number, cells in _records(lines):
        first = cells[0].strip() if cells else ""
        if first:
            if name in SHEETS:
                yield name, rows
            name, rows = first.lower(), []
        elif any(cell.strip() for cell in cells):
            rows.append((number, cells[1:]))
    if name in SHEETS:
        yield name, rows


def _records(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in lines if line.strip()), "")
    separator = next((sign for sign in _SEPARATORS if first.strip('"').lower().startswith(f"{SURVEY}{sign}")), "")
    separator = separator or max(_SEPARATORS, key=first.count)
    reader = csv.reader(StringIO("\n".join(lines)), delimiter=separator)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise FormRefusedError(finding("broken-text", row=begins)) from error


def _hold_against_bounds(name: str, sheet: Sheet) -> None:
    if len(sheet.rows) > MOST_ROWS[name] or len(sheet.columns) > MOST_COLUMNS:
        raise FormRefusedError(finding("too-large", sheet=name, n=len(sheet.rows), most=MOST_ROWS[name]))
    for row in sheet.rows:
        if any(len(cell) > MOST_CHARACTERS for cell in row.cells.values()):
            raise FormRefusedError(finding("long-cell", sheet=name, row=row.number, most=MOST_CHARACTERS))
