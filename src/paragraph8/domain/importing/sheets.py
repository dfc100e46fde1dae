"""Sheets: rows out of a CSV file or of one sheet of a workbook, in the same `Table`.

`read_sheet` is what rooms call for anything that a person uploads. For CSV it is `tables.read_table`. Of a workbook
it takes what was typed, and trusts nothing that was computed: a formula's stored result may be years old. Rows keep
the numbers that the spreadsheet program shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from .row_problems import RowProblem, row_problem
from .sheet_layout import Layout, Place, layout, place_name
from .table_errors import NotATableError
from .tables import Table, TableRow, header_columns, read_table
from .workbook_package import Package, Sheet

__all__ = ["NotATableError", "Sheet", "Table", "read_sheet", "sheet_names", "sheets_of"]

_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
_LOOKED_AT = 20
"""Rows in which the names of the columns are looked for."""
_MOST_MERGED = 10_000
_EXACT = 10**15
"""From here on a spreadsheet program rounds the digits of a number."""

Value = str | float | bool | date | time | timedelta


def read_sheet(data: bytes, *, sheet: str = "") -> Table:
    """The table in a CSV file or in one sheet of an XLSX workbook.

    `sheet` names the sheet; without it the only visible one is taken, else the first that begins with names of
    columns. Raises `NotATableError` with a text for the reader.
    """
    if not data.startswith(_WORKBOOKS):
        return read_table(data)
    package = Package(data)
    book = _Book(package, data)
    chosen = book.chosen(sheet)
    return _SheetReading(book, chosen).table()


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """The worksheets of a workbook in its order; none for a CSV file. Raises `NotATableError`."""
    return Package(data).sheets if data.startswith(_WORKBOOKS) else ()


def sheet_names(data: bytes) -> tuple[str, ...]:
    """The names of the worksheets in the order of the workbook; none for a CSV file. Raises `NotATableError`."""
    return tuple(sheet.name for sheet in sheets_of(data))


class _Book:
    """The reader of values, allowed near a sheet only when its layout is known to be within bounds."""

    def __init__(self, package: Package, data: bytes) -> None:
        from python_calamine import CalamineError, PasswordError, load_workbook

        self.sheets = package.sheets
        self._package = package
        self._layouts: dict[str, Layout] = {}
        self._refusals = (CalamineError, OSError, ValueError)
        try:
            self._book = load_workbook(BytesIO(data))
        except PasswordError as error:
            raise NotATableError("locked-workbook") from error
        except self._refusals as error:
            raise NotATableError("broken-workbook") from error

    def layout(self, sheet: Sheet) -> Layout:
        if sheet.name not in self._layouts:
            self._layouts[sheet.name] = layout(self._package.pieces(sheet.part))
        return self._layouts[sheet.name]

    def cells(self, sheet: Sheet) -> Any:
        self.layout(sheet)
        try:
            return self._book.get_sheet_by_name(sheet.name)
        except self._refusals as error:
            raise NotATableError("broken-workbook") from error

    def chosen(self, name: str) -> Sheet:
        """The sheet of that name; without a name the only visible one, else the first that looks like a list."""
        names = ", ".join(sheet.name for sheet in self.sheets) or "–"
        if name:
            for sheet in self.sheets:
                if sheet.name == name:
                    return sheet
            raise NotATableError("unknown-sheet", sheet=name, sheets=names)
        visible = [sheet for sheet in self.sheets if not sheet.hidden] or list(self.sheets)
        if len(visible) == 1:
            return visible[0]
        for sheet in visible:
            if self._begins_with_names(sheet):
                return sheet
        raise NotATableError("which-sheet", sheets=names)

    def _begins_with_names(self, sheet: Sheet) -> bool:
        """Whether its first broad row holds words, each once, and something stands below."""
        rows = [[_text(value) for value in row] for row in self.cells(sheet).to_python(nrows=_LOOKED_AT)]
        start = _header_row(rows)
        names = [cell for cell in rows[start] if cell.strip()] if rows else []
        words = [cell for cell in names if any(letter.isalpha() for letter in cell)]
        below = any(cell.strip() for row in rows[start + 1 :] for cell in row)
        return len(names) > 1 and len(set(names)) == len(names) and len(words) * 2 > len(names) and below


class _SheetReading:
    """The walk through the rows of one sheet."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self.sheet = sheet
        self.layout = book.layout(sheet)
        self.cells = book.cells(sheet)
        self.problems = _about_the_book(book.sheets, sheet, self.layout)
        self.long: list[Place] = []
        self.empty = 0

    def table(self) -> Table:
        lines = [self._texts(number, row) for number, row in enumerate(self.cells.iter_rows(), start=1)]
        while lines and not lines[-1]:
            lines.pop()
        if not lines:
            raise NotATableError("empty")
        start = _header_row(lines)
        for index in range(start):
            self._above(index, lines[index])
        header = [" ".join(cell.split()) for cell in lines[start]]
        width = max(len(line) for line in lines[start:])
        columns, unnamed, problems = header_columns(header + [""] * (width - len(header)), start)
        self.problems += problems
        rows = tuple(self._rows(lines, start, header, columns, unnamed))
        self._say_unnamed(start, unnamed, rows)
        self._say_cells(start, len(lines), columns)
        return Table(
            columns=columns,
            unnamed=unnamed,
            header_line=start + 1,
            rows=rows,
            problems=tuple(sorted(self.problems)),
            encoding="xlsx",
            separator="",
            lines=len(lines),
            header_lines=1,
            empty_lines=self.empty,
            sheet=self.sheet.name,
        )

    def _texts(self, number: int, row: Sequence[Value]) -> list[str]:
        """The cells of a row as text, without what was computed and without the empty ones at the end."""
        cells = [_text(value) for value in row]
        for column, value in enumerate(row, start=1):
            if isinstance(value, float) and abs(value) >= _EXACT:
                self.long.append((number, column))
        if self.layout.formulas:
            cells = [
                "" if (number, column) in self.layout.formulas else cell for column, cell in enumerate(cells, start=1)
            ]
        while cells and not cells[-1].strip():
            cells.pop()
        return cells

    def _above(self, index: int, cells: Sequence[str]) -> None:
        if cells:
            self.problems.append(row_problem(index + 1, "", "above-header", raw=" ".join(" ".join(cells).split())))
        else:
            self.empty += 1

    def _rows(
        self, lines: Sequence[list[str]], start: int, header: Sequence[str], columns: Sequence[str], unnamed: Set[str]
    ) -> Iterator[TableRow]:
        for number, cells in enumerate(lines[start + 1 :], start=start + 2):
            if not cells:
                self.empty += 1
            elif cells[0] == header[0] and [" ".join(cell.split()) for cell in cells] == header:
                self.problems.append(row_problem(number, "", "repeated-header", raw="\t".join(cells)))
            else:
                named = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
                yield (
                    TableRow(number, {name: cell for name, cell in named.items() if cell or name not in unnamed})
                    if unnamed
                    else TableRow(number, named)
                )

    def _say_unnamed(self, start: int, unnamed: Set[str], rows: Sequence[TableRow]) -> None:
        for name in sorted(unnamed):
            if any(name in row.cells for row in rows):
                self.problems.append(row_problem(start + 1, name, "unnamed-column", name=name))

    def _say_cells(self, start: int, last: int, columns: Sequence[str]) -> None:
        """Formulas, failed formulas, rounded numbers and merged cells from the header down, by row and column."""

        def say(place: Place, code: str, **details: str) -> None:
            row, column = place
            if start < row <= last and column <= len(columns):
                self.problems.append(row_problem(row, columns[column - 1], code, **details))

        for place in self.layout.formulas - self.layout.errors.keys():
            say(place, "formula-cell", cell=place_name(place))
        for place, value in self.layout.errors.items():
            say(place, "error-cell", cell=place_name(place), value=value)
        for place in self.long:
            say(place, "rounded-number", cell=place_name(place))
        for place, name in self._merged(start, last):
            say(place, "merged-cells", range=name)

    def _merged(self, start: int, last: int) -> Iterator[tuple[Place, str]]:
        """Each row of each merged range below the header."""
        told = 0
        for (top, left), (bottom, right) in self.cells.merged_cell_ranges or ():
            name = f"{place_name((top + 1, left + 1))}:{place_name((bottom + 1, right + 1))}"
            for row in range(max(top, start) + 1, min(bottom + 1, last) + 1):
                told += 1
                if told > _MOST_MERGED:
                    raise NotATableError("too-many-merged", sheet=self.sheet.name)
                yield (row, left + 1), name


def _about_the_book(sheets: Sequence[Sheet], read: Sheet, found: Layout) -> list[RowProblem]:
    """What concerns no single row: sheets that were not read, sheets and rows that are hidden."""
    problems = []
    others = [sheet.name for sheet in sheets if sheet is not read and not sheet.hidden]
    hidden = [sheet.name for sheet in sheets if sheet is not read and sheet.hidden]
    if others:
        problems.append(row_problem(0, "", "other-sheets", sheet=read.name, sheets=", ".join(others)))
    if hidden:
        problems.append(row_problem(0, "", "hidden-sheets", sheets=", ".join(hidden)))
    if read.hidden:
        problems.append(row_problem(0, "", "hidden-sheet-read", sheet=read.name))
    if found.hidden_rows:
        problems.append(row_problem(0, "", "hidden-rows", n=found.hidden_rows))
    return problems


def _header_row(lines: Sequence[Sequence[str]]) -> int:
    """The index of the row with the names of columns: the first that fills at least half as many cells as the fullest
    of the first rows. Titles and notes above a list fill one or two."""
    filled = [sum(bool(cell.strip()) for cell in line) for line in lines[:_LOOKED_AT]]
    most = max(filled, default=0)
    return next((index for index, n in enumerate(filled) if n and n * 2 >= most), 0)


def _text(value: Value) -> str:
    """A cell as text: numbers without a decimal zero, dates and times as ISO 8601 writes them."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return _moment(value)


def _number(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        if value.time() == time():
            return value.date().isoformat()
    if isinstance(value, datetime | time):
        value = value.replace(microsecond=0)
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return value.isoformat()
