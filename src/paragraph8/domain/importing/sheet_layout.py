"""How a worksheet is laid out: how far its cells reach, which are formulas or errors, how many rows are hidden.

The reader of values keeps a whole rectangle in memory, so that one stray cell at the far end would fill it; and it
gives the stored result of a formula without saying that there is one. Both are looked up here by one walk through the
XML itself, which declares nothing and builds no tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from .table_errors import NotATableError

MOST_CELLS = 8_000_000
"""Rows times columns of the rectangle that holds all cells."""
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_DIGITS = "0123456789"

Place = tuple[int, int]
"""Row from 1 and column from 1."""


@dataclass
class Layout:
    """What was found. `formulas` holds the places of formulas, `errors` what stands in cells of failed ones."""

    rows: int = 0
    columns: int = 0
    hidden_rows: int = 0
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)


def layout(pieces: Iterable[bytes]) -> Layout:
    """The layout of the sheet with this XML.

    Raises `NotATableError` when its cells reach further than can be read, or the XML is none.
    """
    walk = _Walk()
    try:
        for piece in pieces:
            walk.parser.Parse(piece, False)
        walk.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        if isinstance(error, NotATableError):
            raise
        raise NotATableError("broken-workbook") from error
    if walk.found.rows * max(walk.found.columns, 1) > MOST_CELLS:
        raise NotATableError("huge-workbook")
    return walk.found


def place_name(place: Place) -> str:
    """The place as a spreadsheet program writes it: (4, 2) → "B4"."""
    row, column = place
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


class _Walk:
    """Follows rows and cells; a cell that does not say where it stands is right of the one before it."""

    def __init__(self) -> None:
        self.found = Layout()
        self.row = self.column = 0
        self.failed = False
        self.value: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.declared

    def declared(self, *_: object) -> None:
        raise NotATableError("declaring-workbook")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":  # by far the most elements are these two
            if self.failed:
                self.value = []
                self.parser.CharacterDataHandler = self.value.append
        elif name == "c":
            self.cell(attributes)
        else:
            self.other(name.rpartition(":")[2], attributes)

    def other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = _number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
            self.found.hidden_rows += attributes.get("hidden") in ("1", "true")
        elif name == "c":
            self.cell(attributes)
        elif name == "f":
            self.found.formulas.add((self.row, self.column))

    def cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            letters = place.rstrip(_DIGITS)
            self.column = _column(letters)
            self.row = _number(place[len(letters) :])
        self.failed = attributes.get("t") == "e"
        self.found.columns = max(self.found.columns, self.column)
        self.found.rows = max(self.found.rows, self.row)

    def end(self, name: str) -> None:
        if self.value is not None and name.rpartition(":")[2] == "v":
            self.found.errors[self.row, self.column] = "".join(self.value)
            self.value = None
            self.parser.CharacterDataHandler = None


@lru_cache(maxsize=4096)
def _number(row: str) -> int:
    number = int(row) if row.isascii() and row.isdigit() else 0
    if not 0 < number <= _LAST_ROW:
        raise NotATableError("broken-workbook")
    return number


@lru_cache(maxsize=4096)
def _column(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    if not (name.isascii() and name.isalpha() and number <= _LAST_COLUMN):
        raise NotATableError("broken-workbook")
    return number
