"""Dates as people type them: three styles, and the one case in which nobody can tell day from month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?\Z", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})[-./](\d{4})(?:\s*(?:г\.?|ж\.?))?\Z", re.ASCII)
_EARLIEST = 1900


@dataclass(frozen=True)
class ReadDate:
    """A date; `doubtful` when day and month could be the other way round."""

    day: date
    doubtful: bool = False


def read_date(cell: str) -> ReadDate | None:
    """The date of a cell: 2019-06-09, 09.06.2019, or 9/6/2019. `None` when it is none.

    With points and hyphens the day stands first. With strokes, both orders are in use: 6/25/2019 can only be the
    American one, and 3/4/2019 is read with the day first and doubtful.
    """
    cell = " ".join(cell.split())
    if match := _YEAR_FIRST.match(cell):
        year, month, day = (int(part) for part in match.groups())
        return _read(year, month, day)
    if not (match := _YEAR_LAST.match(cell)):
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] != "/":
        return _read(year, second, first)
    if second > 12:
        return _read(year, first, second)
    return _read(year, second, first, doubtful=first <= 12 and first != second)


def _read(year: int, month: int, day: int, *, doubtful: bool = False) -> ReadDate | None:
    if year < _EARLIEST:
        return None
    try:
        return ReadDate(date(year, month, day), doubtful)
    except ValueError:
        return None
