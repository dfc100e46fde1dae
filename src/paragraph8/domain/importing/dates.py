"""Dates as people write them: ISO, day first, month first, or with the name of the month in three languages.

A date that could be read in two ways ("03/04/2019") is never guessed: it is told apart from one that is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?\Z", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\s*(?:г\.?|ж\.?)?\Z", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})\Z", re.ASCII)
_WORDED = re.compile(r"(?:(\d{4})\D*?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([^\W\d_]+)\.?,?(?:\s+(\d{4}))?(?:\s*\D*)\Z")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\Z")

_EARLIEST = 1900


class Order(StrEnum):
    """How a date with slashes is to be read; who brings the file says so."""

    UNKNOWN = ""
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True)
class ReadDate:
    """What a cell says: a day, or that it can be read in two ways (`either`), or neither when it is no date."""

    day: date | None = None
    either: tuple[date, date] | None = None


def read_date(cell: str, order: Order = Order.UNKNOWN) -> ReadDate:
    """The date in a cell. Dots mean day first, as everywhere where they are used; slashes mean nothing by themselves,
    unless one of the two numbers can be no month or both are the same."""
    text = " ".join(cell.split())
    if match := _ISO.match(text):
        return ReadDate(_day(int(match[1]), int(match[2]), int(match[3])))
    if match := _DOTTED.match(text):
        return ReadDate(_day(int(match[3]), int(match[2]), int(match[1])))
    if match := _SLASHED.match(text):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), order)
    if match := _MONTH_FIRST.match(text):
        return ReadDate(_day(int(match[3]), _month(match[1]), int(match[2])))
    if (match := _WORDED.match(text)) and (match[1] or match[4]):
        return ReadDate(_day(int(match[4] or match[1]), _month(match[3]), int(match[2])))
    return ReadDate()


def _slashed(first: int, second: int, year: int, order: Order) -> ReadDate:
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if order is not Order.UNKNOWN:
        return ReadDate(day_first if order is Order.DAY_FIRST else month_first)
    if day_first and month_first and day_first != month_first:
        return ReadDate(either=(day_first, month_first))
    return ReadDate(day_first or month_first)


def _day(year: int, month: int, day: int) -> date | None:
    if year < _EARLIEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of a month by its name or its beginning; 0 for another word."""
    found = {number for name, number in _months().items() if name.startswith(word.casefold())}
    return found.pop() if len(found) == 1 and len(word) > 2 else _months().get(word.casefold(), 0)


@cache
def _months() -> dict[str, int]:
    from babel import Locale

    names: dict[str, int] = {}
    for tag in ("en", "kk", "ru"):
        for form in ("format", "stand-alone"):
            names |= {name.casefold(): number for number, name in Locale(tag).months[form]["wide"].items()}
    return names
