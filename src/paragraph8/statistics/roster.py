"""Counting people by the day: who is present, who is accredited, from how many countries.

Rows name nobody: `{"row": code, "on": day, "institution", "function", "category", "country", "gender", "steps"}`.
`steps` are `[status, day]` in the order in which they were recorded; days are written YYYY-MM-DD, so that they compare
as texts. `on` is the day of the change as of which the rows were taken: the day that is counted where a key names none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.figures import Key
from paragraph8.domain.people import ENDINGS, Category, Gender, Status

from .observations import Tally

DAY = "day"
"""The dimension of a key that names the day; every other dimension names a field of the row."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Standing:
    """Where a person stands on a day. `last` is the newest step that holds by then, `since` its day."""

    accredited: bool = False
    arrived: bool = False
    ended: Status | None = None
    last: Status | None = None
    since: str = ""

    @property
    def present(self) -> bool:
        """Arrived, and neither withdrawn nor without accreditation since."""
        return self.arrived and self.ended is None


def standing(steps: Iterable[Sequence[str]], day: str) -> Standing:
    """Follow the steps that hold on the day, by their days; those of one day in the order in which they were recorded.

    A withdrawal ends accreditation and stay: who comes back is accredited and arrives anew. A revocation ends the
    accreditation; a new one makes a person who has not left present again.
    """
    accredited = arrived = False
    ended: Status | None = None
    last: Status | None = None
    since = ""
    for status, held in sorted(((Status(status), held) for status, held in steps if held <= day), key=_day_of):
        match status:
            case Status.ACCREDITED:
                accredited, ended = True, None
            case Status.ARRIVED:
                arrived = True
                ended = None if ended is Status.WITHDRAWN else ended
            case Status.NOMINATED:
                ended = None if ended is Status.WITHDRAWN else ended
            case Status.WITHDRAWN:
                accredited = arrived = False
                ended = status
            case Status.REVOKED:
                accredited, ended = False, status
        last, since = status, held
    return Standing(accredited, arrived, ended, last, since)


def people_present(rows: Sequence[Row], key: Key) -> Tally:
    """How many people are present on the day, each once."""
    return Tally(value=sum(_chosen(rows, key, _present)))


def people_accredited(rows: Sequence[Row], key: Key) -> Tally:
    """How many people hold an accreditation on the day, each once."""
    return Tally(value=sum(_chosen(rows, key, _accredited)))


def countries_present(rows: Sequence[Row], key: Key) -> Tally:
    """How many countries sent somebody who is present on the day, each once; who was sent by no country adds none."""
    chosen = zip(rows, _chosen(rows, key, _from_abroad), strict=True)
    return Tally(value=len({row["country"] for row, counts in chosen if counts}))


def present_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Of each row, whether it is counted."""
    return _outcomes(rows, key, _present)


def accredited_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Of each row, whether it is counted."""
    return _outcomes(rows, key, _accredited)


def countries_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Of each row, whether its country is counted."""
    return _outcomes(rows, key, _from_abroad)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The sums of one day that a statement prints, and whether they add up. Codes are those of the rows; "" is none."""

    day: str
    present: int
    accredited: int
    awaited: int
    countries: int
    without_country: int
    categories: Mapping[str, int]
    functions: Mapping[str, int]
    institutions: Mapping[str, int]
    institution_countries: Mapping[str, int]
    genders: Mapping[str, int]

    @property
    def adds_up(self) -> bool:
        """Whether categories, functions, institutions and genders each make the whole."""
        parts = (self.categories, self.functions, self.institutions, self.genders)
        return all(sum(part.values()) == self.present for part in parts)


def sums(rows: Sequence[Row], day: str) -> Sums:
    """The sums of a day. `awaited` are those who have neither arrived nor left."""
    standings = [standing(row["steps"], day) for row in rows]
    present = [row for row, held in zip(rows, standings, strict=True) if held.present]
    abroad = {(row["institution"], row["country"]) for row in present if row["country"]}
    return Sums(
        day=day,
        present=len(present),
        accredited=sum(held.accredited for held in standings),
        awaited=sum(held.last is not None and not held.arrived and held.last not in ENDINGS for held in standings),
        countries=len({country for _, country in abroad}),
        without_country=sum(not row["country"] for row in present),
        categories={category.value: 0 for category in Category} | Counter(row["category"] for row in present),
        functions=Counter(row["function"] for row in present),
        institutions=Counter(row["institution"] for row in present),
        institution_countries=Counter(institution for institution, _ in abroad),
        genders={gender.value: 0 for gender in Gender} | Counter(row["gender"] for row in present),
    )


@dataclass(frozen=True)
class Move:
    """Somebody who stands elsewhere on a later day than on an earlier one."""

    row: str
    before: Standing
    after: Standing

    @property
    def counted(self) -> int:
        """What it does to the sum of those present: 1, 0 or -1."""
        return int(self.after.present) - int(self.before.present)


def moves(rows: Iterable[Row], since: str, until: str) -> list[Move]:
    """Who stands elsewhere on the later day, in the order of the rows."""
    found = (Move(row["row"], standing(row["steps"], since), standing(row["steps"], until)) for row in rows)
    return [move for move in found if move.before != move.after]


def _day_of(step: tuple[Status, str]) -> str:
    return step[1]


def _present(row: Row, day: str) -> bool:
    return standing(row["steps"], day).present


def _accredited(row: Row, day: str) -> bool:
    return standing(row["steps"], day).accredited


def _from_abroad(row: Row, day: str) -> bool:
    return bool(row["country"]) and _present(row, day)


def _chosen(rows: Sequence[Row], key: Key, counts: Callable[[Row, str], bool]) -> list[bool]:
    fields = key.without(DAY).dimensions
    day = key.dimension(DAY)
    return [all(row[name] == value for name, value in fields) and counts(row, day or row["on"]) for row in rows]


def _outcomes(rows: Sequence[Row], key: Key, counts: Callable[[Row, str], bool]) -> list[str]:
    return ["in" if chosen else "out" for chosen in _chosen(rows, key, counts)]
