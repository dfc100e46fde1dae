"""Tables: rows out of the bytes of a CSV file, whatever was done to it on the way.

Nothing is lost and nothing is guessed silently: every line of the file becomes part of a row, or is listed with its
text, or was empty and is counted. The quoting is that of RFC 4180; a quotation mark that never closes costs its own
line and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .row_problems import LISTED, RowProblem, row_problem
from .table_bytes import decoded_lines
from .table_errors import NOT_A_TABLE, NotATableError

__all__ = ["NOT_A_TABLE", "NotATableError", "RowProblem", "Table", "TableRow", "read_table"]

MOST_LINES_OF_A_RECORD = 30
"""A quoted cell may hold line breaks; a record that has not closed by then is taken for a broken quote."""
_SAMPLE = 50
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DECLARED = re.compile(r"sep=(.)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class TableRow:
    """One record. `number` is the line of the file on which it starts, `lines` how many lines it takes.

    `extra` holds cells beyond the columns of the file. Then nobody can tell which cell belongs to which column.
    """

    number: int
    cells: Mapping[str, str]
    extra: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True, kw_only=True)
class Table:
    """What was read. `lines` = `header_lines` + `empty_lines` + lines of `rows` + `listed`, always.

    `unnamed` are the columns to which the header gives no name; `header_line` is the line on which it stands. For the
    `sheet` of a workbook, lines are the rows that the spreadsheet program numbers; `encoding` then says "xlsx".
    """

    columns: tuple[str, ...]
    unnamed: frozenset[str]
    header_line: int
    rows: tuple[TableRow, ...]
    problems: tuple[RowProblem, ...]
    encoding: str
    separator: str
    lines: int
    header_lines: int
    empty_lines: int
    sheet: str = ""

    @cached_property
    def listed(self) -> tuple[RowProblem, ...]:
        """The lines that became no row, each with its text."""
        return tuple(problem for problem in self.problems if problem.code in LISTED)


def read_table(data: bytes, *, separators: str = ",;\t|") -> Table:
    """The table in a CSV file; what is wrong with it stands in `problems`, in the order of the file.

    The encoding (UTF-8, UTF-16, else an old code page) and the separator are found out. Raises `NotATableError` when no
    line holds anything, or when the bytes are a spreadsheet program's workbook.
    """
    if data.startswith(_WORKBOOKS):
        raise NotATableError("workbook")
    lines, encoding, problems = decoded_lines(data)
    filled = [number for number, line in enumerate(lines) if line.strip(f" \0{separators}")]
    if not filled:
        raise NotATableError("empty")
    declared = _DECLARED.match(lines[filled[0]].strip()) if len(filled) > 1 else None
    start = filled[1] if declared else filled[0]
    separator = declared[1] if declared else _separator(lines[start : start + _SAMPLE], separators)
    return _Reading(lines, _Splitter(separator), problems).table(start, encoding, declared_lines=1 if declared else 0)


def header_columns(header: Sequence[str], index: int) -> tuple[tuple[str, ...], frozenset[str], list[RowProblem]]:
    """The names of the columns, each once; which of them the header does not give; and what is wrong with it.

    `index` counts the line of the header from 0.
    """
    columns: dict[str, None] = {}
    unnamed: set[str] = set()
    problems: list[RowProblem] = []
    for position, cell in enumerate(header, start=1):
        given = cell.replace("\x00", "").strip()
        name = base = given or f"#{position}"
        copy = 1
        while name in columns:
            copy += 1
            name = f"{base}#{copy}"
        if not given:
            unnamed.add(name)
        elif copy > 1:
            problems.append(row_problem(index + 1, _shown(base), "duplicate-column", name=_shown(name)))
        columns[name] = None
    return tuple(columns), frozenset(unnamed), problems


class _Splitter:
    """Splits the text of one record at one separator."""

    def __init__(self, separator: str) -> None:
        mark = re.escape(separator)
        self.separator = separator
        self._cell = re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|([^"{mark}][^{mark}]*)?)({mark}|\Z)')

    def split(self, text: str) -> list[str] | None:
        """The cells; `None` when a quote never closes or something other than the separator follows it."""
        if '"' not in text:
            return text.split(self.separator)
        cells, position = [], 0
        while match := self._cell.match(text, position):
            quoted, plain, end = match.groups()
            cells.append(quoted.replace('""', '"') if quoted is not None else plain or "")
            if not end:
                return cells
            position = match.end()
        return None

    def split_plainly(self, text: str) -> list[str]:
        """The cells when quotes are taken for letters, except a pair around a whole cell."""
        return [
            cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
            for cell in text.split(self.separator)
        ]


def _separator(sample: Sequence[str], separators: str) -> str:
    """The separator at which most lines have as many cells as the header; then the one that makes more cells."""

    def agreement(separator: str) -> tuple[int, int]:
        splitter = _Splitter(separator)
        counts = [len(splitter.split(line) or splitter.split_plainly(line)) for line in sample if line.strip()]
        return (counts.count(counts[0]) if counts[0] > 1 else 0, counts[0])

    return max(separators, key=agreement)


class _Reading:
    """The walk through the lines of one file."""

    def __init__(self, lines: Sequence[str], splitter: _Splitter, problems: Sequence[RowProblem]) -> None:
        self.lines = lines
        self.splitter = splitter
        self.problems = list(problems)
        self.empty_lines = 0
        self.unnamed: frozenset[str] = frozenset()

    def table(self, start: int, encoding: str, *, declared_lines: int) -> Table:
        self.empty_lines = start - declared_lines
        header, taken = self._header(start)
        columns, self.unnamed, problems = header_columns(header, start)
        self.problems += problems
        rows = tuple(self._rows(start + taken, header, columns))
        for name in sorted(self.unnamed):
            if any(name in row.cells for row in rows):
                self._problem(start, name, "unnamed-column", name=name)
        return Table(
            columns=columns,
            unnamed=self.unnamed,
            header_line=start + 1,
            rows=rows,
            problems=tuple(sorted(self.problems)),
            encoding=encoding,
            separator=self.splitter.separator,
            lines=len(self.lines),
            header_lines=declared_lines + taken,
            empty_lines=self.empty_lines,
        )

    def _header(self, start: int) -> tuple[list[str], int]:
        """The cells of the header and how many lines it takes. It may break lines only if the next line agrees."""
        cells = self.splitter.split(self.lines[start])
        if cells is not None:
            return cells, 1
        taken, joined = self._joined(start)
        following = self.lines[start + taken : start + taken + 1]
        if joined and following and len(self.splitter.split(following[0]) or ()) == len(joined):
            return joined, taken
        self._problem(start, "", "broken-quote", raw=self.lines[start])
        return self.splitter.split_plainly(self.lines[start]), 1

    def _rows(self, start: int, header: Sequence[str], columns: tuple[str, ...]) -> Iterator[TableRow]:
        names = [cell.strip() for cell in header]
        index = start
        while index < len(self.lines):
            cells, taken = self._record(index, columns)
            if not any(cell.strip() for cell in cells):
                self.empty_lines += taken
            elif [cell.strip() for cell in cells] == names:
                self._problem(index, "", "repeated-header", raw=self.lines[index])
            elif len(cells) == 1 and len(columns) > 2:
                self._problem(index, "", "unsplit-line", raw=self.lines[index])
            else:
                yield self._row(index, taken, cells, columns)
            index += taken

    def _record(self, index: int, columns: tuple[str, ...]) -> tuple[list[str], int]:
        """The cells that start on this line and how many lines they take; one cell when it cannot be split."""
        line = self.lines[index]
        cells = self.splitter.split(line)
        if cells is not None:
            return cells, 1
        taken, joined = self._joined(index)
        if len(joined) == len(columns):
            return joined, taken
        cells = self.splitter.split_plainly(line)
        if len(cells) != len(columns):
            return [line], 1
        broken = next(name for name, cell in zip(columns, cells, strict=True) if '"' in cell)
        self._problem(index, broken, "broken-quote", raw=line)
        return cells, 1

    def _joined(self, index: int) -> tuple[int, list[str]]:
        """How many lines the record takes if its quotes close on a later line, and its cells; none if they do not."""
        text = self.lines[index]
        for taken, line in enumerate(self.lines[index + 1 : index + MOST_LINES_OF_A_RECORD], start=2):
            text = f"{text}\n{line}"
            if '"' in line and (cells := self.splitter.split(text)) is not None:
                return taken, cells
        return 1, []

    def _row(self, index: int, taken: int, cells: list[str], columns: tuple[str, ...]) -> TableRow:
        count = len(cells)
        if count < len(columns):
            self._problem(index, columns[count], "too-short", cells=count, columns=len(columns))
            cells = cells + [""] * (len(columns) - count)
        extra = cells[len(columns) :]
        while extra and not extra[-1].strip():
            extra.pop()
        if extra:
            self._problem(index, "", "too-long", cells=count, columns=len(columns))
        named = dict(zip(columns, cells, strict=False))
        if any("\x00" in cell for cell in cells):
            named = {name: self._without_nul(index, name, cell) for name, cell in named.items()}
            extra = [_shown(cell) for cell in extra]
        # A column without a name is kept where it holds something; else a trailing separator would change every row.
        kept = {name: cell for name, cell in named.items() if cell or name not in self.unnamed}
        return TableRow(index + 1, kept, tuple(extra), taken)

    def _without_nul(self, index: int, column: str, cell: str) -> str:
        if "\x00" not in cell:
            return cell
        self._problem(index, column, "nul-character", cell=cell)
        return _shown(cell)

    def _problem(self, index: int, column: str, code: str, **details: str | int) -> None:
        shown = {name: _shown(value) if isinstance(value, str) else value for name, value in details.items()}
        self.problems.append(row_problem(index + 1, column, code, **shown))


def _shown(text: str) -> str:
    """NUL cannot be stored by every database; its picture can."""
    return text.replace("\x00", "␀")
