"""Results as somebody gives them: lines out of a table, and what of them does not add up.

Nothing is corrected, averaged or filled in. A line that cannot be read refuses the file; numbers that contradict each
other are the author's, and are listed as findings beside them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from .contests import Count
from .importing.cells import whole_number
from .importing.tables import Table, TableRow
from .names import folded

MOST_ROWS = 200_000
MOST_PROBLEMS = 200
"""So many problems of rows are listed; the file is refused with the first."""
COLUMNS = ("line", "contestant", "area", "station", "n", "share")
NEEDED = ("line",)
_PER_CENT = re.compile(r"\s*%\Z")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, or with the file; `reason` is a code of the room's refusals, `facts` fill its words."""

    reason: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True)
class ReportedLine:
    """One line. `share` is the per cent as printed, with a point: "5.20" says something else than "5.2"."""

    line: Count
    contestant: str = ""
    area: str = ""
    station: str = ""
    n: int | None = None
    share: str = ""

    def place(self) -> tuple[str, str]:
        """Where it was counted; empty twice for the whole."""
        return self.area, self.station


@dataclass(frozen=True)
class Known:
    """What the mission has: spellings of contestants (folded) → codes, of areas → codes, and keys of stations."""

    contestants: Mapping[str, frozenset[str]]
    areas: Mapping[str, str]
    stations: frozenset[str]


@dataclass(frozen=True)
class Read:
    """What the file says; `lines` hold only when there is no problem. `problems_in_all` counts those not listed too."""

    lines: tuple[ReportedLine, ...]
    problems: tuple[Problem, ...]
    problems_in_all: int


@dataclass
class _Reading:
    known: Known
    lines: list[ReportedLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def row(self, row: TableRow) -> None:
        """Read one row into a line, or note what is wrong with it."""
        cells = {name: " ".join(row.cells.get(column, "").split()) for name, column in self.columns.items()}
        before = len(self.problems)
        line = self._line(row.number, cells.get("line", ""))
        contestant = self._contestant(row.number, cells.get("contestant", ""), line)
        area = self._area(row.number, cells.get("area", ""))
        station = cells.get("station", "")
        if station and station not in self.known.stations:
            self._wrong("row-station", row=row.number, value=station)
        n, share = self._number(row.number, cells.get("n", "")), self._share(row.number, cells.get("share", ""))
        if len(self.problems) > before or line is None:
            return
        if n is None and not share:
            self._wrong("row-empty", row=row.number)
            return
        identity = (line.value, contestant, area, station)
        if identity in self.first:
            self._wrong("row-twice", row=row.number, first=self.first[identity])
            return
        self.first[identity] = row.number
        self.lines.append(ReportedLine(line, contestant, area, station, n, share))

    columns: dict[str, str] = field(default_factory=dict)

    def _wrong(self, reason: str, **facts: str | int) -> None:
        self.problems.append(Problem(reason, facts))

    def _line(self, row: int, value: str) -> Count | None:
        try:
            return Count(value.casefold().replace(" ", "-").replace("_", "-"))
        except ValueError:
            self._wrong("row-line", row=row, value=value, known=", ".join(Count))
            return None

    def _contestant(self, row: int, value: str, line: Count | None) -> str:
        if line is not Count.VOTES:
            return ""
        found = self.known.contestants.get(folded(value), frozenset())
        if len(found) != 1:
            self._wrong("row-ambiguous" if found else "row-contestant", row=row, value=value)
            return ""
        return next(iter(found))

    def _area(self, row: int, value: str) -> str:
        if value and folded(value) not in self.known.areas:
            self._wrong("row-area", row=row, value=value)
        return self.known.areas.get(folded(value), "") if value else ""

    def _number(self, row: int, value: str) -> int | None:
        n = whole_number(value) if value else None
        if value and (n is None or n < 0):
            self._wrong("row-number", row=row, value=value)
            return None
        return n

    def _share(self, row: int, value: str) -> str:
        if not value:
            return ""
        plain = _PER_CENT.sub("", value).replace(",", ".").strip()
        try:
            share = Decimal(plain)
        except InvalidOperation:
            share = Decimal(-1)
        if not (share.is_finite() and 0 <= share <= 100 and re.fullmatch(r"\d+(\.\d+)?", plain)):
            self._wrong("row-share", row=row, value=value)
            return ""
        return plain


def read_results(table: Table, known: Known) -> Read:
    """The lines of a table whose columns are named as in `COLUMNS`, in any order and case; others are ignored."""
    columns = {folded(column).replace(" ", ""): column for column in table.columns}
    named = {name: columns[name] for name in COLUMNS if name in columns}
    if "line" not in named or not {"n", "share"} & named.keys():
        return Read((), (Problem("no-columns", {"found": ", ".join(table.columns)}),), 1)
    if not table.rows:
        return Read((), (Problem("no-rows", {}),), 1)
    if len(table.rows) > MOST_ROWS:
        return Read((), (Problem("too-many-rows", {"most": MOST_ROWS}),), 1)
    reading = _Reading(known, columns=named)
    for row in table.rows:
        reading.row(row)
    return Read(tuple(reading.lines), tuple(reading.problems[:MOST_PROBLEMS]), len(reading.problems))
