"""A file of completed forms as other people's programs save it again, for tests of the import."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paragraph8.domain.forms import Kind
from paragraph8.domain.importing.mapping import Mapping, load_mapping
from paragraph8.domain.importing.tables import Table

_HERE = Path(__file__).parent
SMALL_MAPPING = (_HERE / "small_mapping.toml").read_text()
SMALL = load_mapping(SMALL_MAPPING.encode())
KOSOVO = load_mapping((_HERE.parent / "examples/kosovo-2013/mapping.toml").read_bytes())

RESAVINGS = ((";", "latin-1", False), ("\t", "utf-8-sig", False), ("|", "utf-16", False), (",", "utf-8", True))
"""Separator, encoding and whether every cell is quoted."""
TOUCHED_ROWS = 3
ADDED_LINES = 2
"""What `soiled_lines` does to a sheet."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A header and its rows, as Python's own `csv` reads and writes them."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, data: bytes) -> Sheet:
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        return cls(header=tuple(header), rows=tuple(map(tuple, rows)))

    def records(self, column: str) -> list[str]:
        """The cells of one column."""
        place = self.header.index(column)
        return [row[place] for row in self.rows]

    def reordered(self, seed: int) -> Sheet:
        """Rows and columns in another order."""
        shuffle = random.Random(seed)  # noqa: S311 - test data
        places = list(range(len(self.header)))
        rows = list(self.rows)
        shuffle.shuffle(places)
        shuffle.shuffle(rows)
        return Sheet(
            header=tuple(self.header[place] for place in places),
            rows=tuple(tuple(row[place] for place in places) for row in rows),
        )

    def changed(self, row: int, column: str, cell: str) -> Sheet:
        """One cell replaced."""
        cells = list(self.rows[row])
        cells[self.header.index(column)] = cell
        return replace(self, rows=(*self.rows[:row], tuple(cells), *self.rows[row + 1 :]))

    def lines(self, separator: str, *, quote_all: bool = False) -> list[str]:
        """The lines of the file, header first; no cell of these sheets breaks a line."""
        lines = []
        for row in (self.header, *self.rows):
            line = io.StringIO()
            quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
            csv.writer(line, delimiter=separator, quoting=quoting, lineterminator="").writerow(row)
            lines.append(line.getvalue())
        return lines


def saved(lines: Sequence[str], encoding: str, newline: str = "\r\n") -> bytes:
    """The bytes of a file; "utf-8-sig" and "utf-16" bring a byte order mark."""
    return "".join(line + newline for line in lines).encode(encoding)


def soiled_lines(sheet: Sheet, separator: str, *, quote_all: bool) -> list[str]:
    """The sheet in another order with dirt: three rows touched, two lines added.

    A code that no scale knows, a row without a station, a quote that never closes; a header in the middle, a footer.
    """
    sheet = sheet.changed(0, "PA07M1P", "22").changed(1, "NrQV", "N/A").changed(1, "NRVV", "N/A")
    for column in ("ParTj01", "ParTj02", "ParTj03", "PM05-TJ1", "PM05-TJ2", "PM05-TJ3"):
        sheet = sheet.changed(2, column, "")
    lines = sheet.changed(2, "EQV", "BROKEN").reordered(11).lines(separator, quote_all=quote_all)
    lines = [line.replace('"BROKEN"' if quote_all else "BROKEN", '"BROKEN') for line in lines]
    middle = len(lines) // 2
    return [*lines[:middle], lines[0], *lines[middle:], "Gjithsej"]


def small_sheet(mapping: Mapping, rows: int = 40) -> Sheet:
    """Invented forms with every column of the mapping: answers of its scales, numbers, gaps, quotes and separators."""
    draw = random.Random(2013)  # noqa: S311 - test data
    questions = list(mapping.form().questions())
    keys = mapping.stations_by
    header = (mapping.record, *keys.columns(), keys.area, keys.label, *(question.column for question in questions))
    return Sheet(
        header=header,
        rows=tuple(
            (
                str(number),
                f"{draw.randint(10, 19)}0{draw.randint(1, 6)}{draw.choice('eE')}",
                draw.choice(["01R", "01r", "1", "2D", "02d"]),
                draw.choice(["Prishtinë", "Gjilan", "Mitrovicë e Jugut", "Deçan"]),
                draw.choice(["N/A", "Shkolla Pranvera", 'Sh.F. "Lulja", kati 2', "Objekti; salla | e vogël"]),
                *(_cell(mapping, question.code, question.kind, draw) for question in questions),
            )
            for number in range(1, rows + 1)
        ),
    )


def _cell(mapping: Mapping, code: str, kind: Kind, draw: random.Random) -> str:
    if draw.random() < 0.15:
        return draw.choice(["", "N/A"])
    match kind:
        case Kind.CHOICE:
            scale = mapping.form().scale(mapping.form().question(code))
            return _spelling(mapping, code, draw.choice(scale.codes()))
        case Kind.INTEGER:
            return str(draw.randint(0, 900))
        case _:
            return draw.choice(["Partia Ë", "Lista, e gjelbër", ""])


def _spelling(mapping: Mapping, question: str, code: str) -> str:
    """A way in which the mapping knows that answer, with blanks and capitals where nobody minds them."""
    spellings = mapping.cells[question].scale.spellings
    return f" {next(cell for cell, meant in spellings.items() if meant == code).upper()}"


def accounted(table: Table) -> int:
    """The lines of the file by what became of them; must be all of them."""
    return table.header_lines + table.empty_lines + sum(row.lines for row in table.rows) + len(table.listed)
