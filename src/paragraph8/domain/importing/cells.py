"""Cells: what somebody typed into one field of a form, read as an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from paragraph8.domain.answers import Answer, Missing
from paragraph8.domain.forms import Kind, minutes

DAY = 24 * 60
"""Minutes of a day."""
_MOST_DIGITS = 15
_WHOLE = re.compile(r"(-?\d+)(?:[.,]0+)?\Z", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+\Z", re.ASCII)
_POINTED = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f'’,.]\d{3})+\Z", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?\Z", re.ASCII)
_ALIKE = {ord(dash): "-" for dash in "‐‑‒–—−"} | dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff"))


@lru_cache(maxsize=8192)
def unspaced(text: str) -> str:
    """The form in which two spellings are compared: one case, no blanks, one kind of dash, composed letters.

    "19:00 -20:00" and "19:00 – 20:00" are the same, and so are "Rrallë Herë" and "rrallë  herë".
    """
    return "".join(unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold().split())


@dataclass(frozen=True)
class Bucket:
    """A span of clock time on an ordered scale, in minutes since midnight; `until` itself belongs to the next."""

    code: str
    start: int
    until: int


@dataclass(frozen=True)
class ScaleCells:
    """How the answers of one scale are written: unspaced spelling → code, and spans for free clock times.

    With `overnight` a time before the first span belongs to the night after: the count that ended at 0:15.
    """

    spellings: Mapping[str, str]
    buckets: tuple[Bucket, ...] = ()
    overnight: bool = False

    def code(self, cell: str) -> str | None:
        """The code that the cell stands for; `None` when it fits no answer."""
        return self.spellings.get(unspaced(cell)) or self._bucket(cell)

    def _bucket(self, cell: str) -> str | None:
        clock = clock_time(cell) if self.buckets else None
        time = minutes(clock) if clock else None
        if time is None:
            return None
        if self.overnight and time < min(bucket.start for bucket in self.buckets):
            time += DAY
        return next((bucket.code for bucket in self.buckets if bucket.start <= time < bucket.until), None)


@dataclass(frozen=True, kw_only=True)
class QuestionCells:
    """How the answers to one question are written in a file.

    What the question itself says is missing comes first, then its scale, then `missing` of the whole file (unspaced
    spelling → reason). `split` parts the codes of a question with several answers.
    """

    kind: Kind
    missing: Mapping[str, Missing]
    own_missing: Mapping[str, Missing] = field(default_factory=dict)
    scale: ScaleCells | None = None
    zero_means_missing: bool = False
    split: str = ";"

    def read(self, cell: str) -> Answer:
        """The answer; `Missing.UNREADABLE` when something is written that is none."""
        plain = unspaced(cell)
        if plain in self.own_missing:
            return self.own_missing[plain]
        code = self.scale.code(cell) if self.scale and self.kind is Kind.CHOICE else None
        if code is not None:
            return code
        if plain in self.missing:
            return self.missing[plain]
        return self._value(cell)

    def _value(self, cell: str) -> Answer:
        match self.kind:
            case Kind.TEXT:
                return cell.strip()
            case Kind.INTEGER:
                number = whole_number(cell)
                if number is None:
                    return Missing.UNREADABLE
                return Missing.NO_ANSWER if number == 0 and self.zero_means_missing else number
            case Kind.TIME:
                return clock_time(cell) or Missing.UNREADABLE
            case Kind.CHOICES:
                return self._codes(cell)
            case _:
                return Missing.UNREADABLE

    def _codes(self, cell: str) -> Answer:
        parts = [part for part in cell.split(self.split) if part.strip()]
        codes = [self.scale.code(part) if self.scale else None for part in parts]
        known = dict.fromkeys(code for code in codes if code is not None)
        return tuple(known) if codes and None not in codes else Missing.UNREADABLE


def whole_number(cell: str, *, no_fraction: bool = False) -> int | None:
    """A whole number as people and spreadsheets write it: "850", "1 099", "850.0".

    `None` when it is none, and for "1.099", which may mean two things; with `no_fraction`, for counts of people, a
    comma or point before three digits stands between thousands.
    """
    text = cell.strip()
    if (_POINTED if no_fraction else _GROUPED).match(text):
        return int(re.sub(r"[^\d-]", "", text))
    match = None if _POINTED.match(text) else _WHOLE.match(text)
    return int(match[1]) if match and len(match[1]) <= _MOST_DIGITS else None


def clock_time(cell: str) -> str | None:
    """A clock time as HH:MM, from "7:05", "19.05" or a spreadsheet's "24:15:00"; `None` when it is no time."""
    match = _CLOCK.match(cell.strip())
    if not match:
        return None
    clock = f"{int(match[1]):02d}:{match[2]}"
    return clock if minutes(clock) is not None else None
