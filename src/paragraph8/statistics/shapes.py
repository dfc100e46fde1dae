"""One question of one population: how many rows say what, and where; and the figures that follow from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np

from paragraph8.domain.estimates import Estimate, Interval
from paragraph8.domain.figures import FORMS_WITHOUT_STATION

from .columns import Columns, Division, Mask, Table
from .said import Said, outcome, reason

MIXED = "several-reasons"
"""A station whose forms have different reasons for having no answer."""
THRESHOLD = ">="
"""Begins what is wanted of a number; anything else that is wanted is codes of answers."""


@dataclass(frozen=True)
class Tally:
    """What a method counted. Fields that a method does not fill stay `None` or empty."""

    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    spread: tuple[int, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    n_stations: int | None = None
    n_teams: int | None = None
    n_areas: int | None = None
    interval: Interval | None = None
    estimate: Estimate | None = None


class Kind(Enum):
    """Which answers a figure rests on; the others are left out of it."""

    CODES = (str, frozenset)
    NUMBERS = (int,)
    ALL = (str, frozenset, int, tuple)

    @classmethod
    def wanted_by(cls, wanted: str) -> Kind:
        """The answers that can be what is wanted."""
        return cls.NUMBERS if wanted.startswith(THRESHOLD) else cls.CODES


@dataclass
class Shapes:
    """What is said to one question. Each shape of an answer has a line in both tables. `numbers` says how often each
    number is given in each division, `numbers_at` at each place."""

    shapes: tuple[Said, ...]
    columns: Columns
    at_places: Table
    of_crews: Table
    numbers: Mapping[tuple[Any, Division], int]
    numbers_at: Mapping[tuple[Any, int], int]

    def __post_init__(self) -> None:
        self._answers: dict[Kind, Answers] = {}
        self._saying: dict[str, list[int]] = {}

    def share(self, wanted: str, area: str) -> Tally:
        """Rows that say what is wanted, of the rows that say anything of its kind."""
        answers, column = self.answers(Kind.wanted_by(wanted)), self.columns.column(area)
        return answers.tally(
            column,
            numerator=self._rows_saying(wanted)[column],
            denominator=answers.rows[column],
            left_out=answers.left_out[column],
        )

    def stations(self, wanted: str, area: str, unplaced: Sequence[int]) -> Tally:
        """A station is in when any of its rows is, out when any answered and none is in, else left out. `unplaced` are
        the rows without a station, by area."""
        answers, column = self.answers(Kind.wanted_by(wanted)), self.columns.column(area)
        is_in = self.columns.of_stations(self._places_saying(wanted), column)
        answered, silent = answers.stations(column)
        return answers.tally(
            column,
            placed=True,
            numerator=int(is_in.sum()),
            denominator=answered,
            left_out=_by_reason({**silent, FORMS_WITHOUT_STATION: unplaced[column]}),
        )

    def count(self, area: str) -> Tally:
        """The rows."""
        answers, column = self.answers(Kind.ALL), self.columns.column(area)
        return answers.tally(column, value=answers.rows[column])

    def spread(self, area: str) -> Tally:
        """Five numbers of those that are given."""
        answers, column = self.answers(Kind.NUMBERS), self.columns.column(area)
        return answers.tally(
            column, value=answers.rows[column], spread=_five(self._given(area)), left_out=answers.left_out[column]
        )

    def part(self, area: str) -> Tally:
        """The sums of the first and of the second numbers that are given."""
        answers, column, given = self.answers(Kind.NUMBERS), self.columns.column(area), self._given(area)
        return answers.tally(
            column,
            numerator=sum(first * times for (first, _), times in given),
            denominator=sum(second * times for (_, second), times in given),
            left_out=answers.left_out[column],
        )

    def answers(self, kind: Kind) -> Answers:
        """The answers of one kind."""
        if kind not in self._answers:
            self._answers[kind] = Answers(self, kind)
        return self._answers[kind]

    @cached_property
    def seen(self) -> Mask:
        """Whether anybody says it at the place."""
        return self.at_places > 0

    @cached_property
    def unplaced(self) -> list[int]:
        """How many rows have no station, by area."""
        return _added(self.columns.by_area(self.of_crews * ~self.columns.placed))

    @cached_property
    def by_area(self) -> list[list[int]]:
        """How many rows say it, shape by shape."""
        return self.columns.by_area(self.of_crews)

    def _rows_saying(self, wanted: str) -> list[int]:
        if wanted not in self._saying:
            self._saying[wanted] = (
                self._numbers_from(_least(wanted))
                if wanted.startswith(THRESHOLD)
                else _added([self.by_area[line] for line in self._lines_saying(wanted)], self.columns.nowhere + 1)
            )
        return self._saying[wanted]

    def _places_saying(self, wanted: str) -> Mask:
        if not wanted.startswith(THRESHOLD):
            return _any_of(self.seen, self._lines_saying(wanted))
        least, found = _least(wanted), np.zeros(self.seen.shape[1], dtype=bool)
        found[[place for number, place in self.numbers_at if number >= least]] = True
        return found

    def _lines_saying(self, wanted: str) -> list[int]:
        return [line for line, shape in enumerate(self.shapes) if outcome(shape, wanted) == "in"]

    def _numbers_from(self, least: int) -> list[int]:
        rows = [0] * (self.columns.nowhere + 1)
        for (number, of), times in self.numbers.items():
            if number >= least:
                rows[self.columns.areas[of.area]] += times
                rows[self.columns.whole] += times
        return rows

    def _given(self, area: str) -> list[tuple[Any, int]]:
        """The numbers of an area with how often they are given, in order."""
        given: dict[Any, int] = {}
        for (number, of), times in self.numbers.items():
            if not area or of.area == area:
                given[number] = given.get(number, 0) + times
        return sorted(given.items())


class Answers:
    """The answers of one kind to one question: what stands in the denominators of figures, and what does not."""

    def __init__(self, shapes: Shapes, kind: Kind) -> None:
        self.shapes, self.columns = shapes, shapes.columns
        self._stations: dict[int, tuple[int, dict[str, int]]] = {}
        self.lines: list[int] = []
        self.reasons: dict[str, list[int]] = {}
        """Lines of other answers by the reason why they do not count."""
        for line, shape in enumerate(shapes.shapes):
            if isinstance(shape, kind.value):
                self.lines.append(line)
            else:
                self.reasons.setdefault(reason(shape), []).append(line)

    def tally(self, column: int, *, placed: bool = False, **counted: Any) -> Tally:
        """What was counted, with the stations, teams and areas that it comes from."""
        stations, teams, areas = self._reach_of_placed if placed else self._reach
        return Tally(n_stations=stations[column], n_teams=teams[column], n_areas=areas[column], **counted)

    @cached_property
    def rows(self) -> list[int]:
        """How many answers there are, by area."""
        return self._rows_of(self.lines)

    @cached_property
    def left_out(self) -> list[tuple[tuple[str, int], ...]]:
        """How many rows do not count for which reason, by area."""
        rows = {name: self._rows_of(lines) for name, lines in self.reasons.items()}
        return [
            _by_reason({name: of_areas[column] for name, of_areas in rows.items()})
            for column in range(self.columns.nowhere + 1)
        ]

    def stations(self, column: int) -> tuple[int, dict[str, int]]:
        """At how many stations there is an answer, and at how many there is none, by reason."""
        if column not in self._stations:
            self._stations[column] = self._counted_stations(column)
        return self._stations[column]

    def _counted_stations(self, column: int) -> tuple[int, dict[str, int]]:
        answered = self._stations_of(self.lines, column)
        silent = {name: self._stations_of(lines, column) & ~answered for name, lines in self.reasons.items()}
        times = np.sum([*silent.values(), np.zeros(len(answered), dtype=int)], axis=0)
        reasons = {name: int((said & (times == 1)).sum()) for name, said in silent.items()}
        return int(answered.sum()), {**reasons, MIXED: int((times > 1).sum())}

    def _stations_of(self, lines: Sequence[int], column: int) -> Mask:
        return self.columns.of_stations(_any_of(self.shapes.seen, lines), column)

    @cached_property
    def _reach(self) -> tuple[list[int], list[int], list[int]]:
        return self._reached(self._crews)

    @cached_property
    def _reach_of_placed(self) -> tuple[list[int], list[int], list[int]]:
        return self._reached(self._crews & self.columns.placed)

    def _reached(self, crews: Mask) -> tuple[list[int], list[int], list[int]]:
        places = _any_of(self.shapes.seen, self.lines)
        return self.columns.stations(places), self.columns.teams(crews), self.columns.reached(crews)

    @cached_property
    def _crews(self) -> Mask:
        return _any_of(self.shapes.of_crews > 0, self.lines)

    def _rows_of(self, lines: Sequence[int]) -> list[int]:
        return _added([self.shapes.by_area[line] for line in lines], self.columns.nowhere + 1)


def _any_of(table: Mask, lines: Sequence[int]) -> Mask:
    """Which columns have something in any of the lines."""
    found: Mask = np.logical_or.reduce(table[lines], axis=0)
    return found


def _least(wanted: str) -> int:
    return int(wanted[len(THRESHOLD) :])


def _added(lines: Sequence[Sequence[int]], width: int = 0) -> list[int]:
    """The lines added up, column by column."""
    return [sum(column) for column in zip(*lines, strict=True)] if lines else [0] * width


def _by_reason(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, n) for name, n in counts.items() if n))


def _five(given: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Least, quartiles and greatest of numbers in order: each quartile is the first number that at least this part of
    all numbers does not pass (the inverse of the empirical distribution function)."""
    if not given:
        return ()
    until = list(accumulate(times for _, times in given))
    ranks = [max(1, -(-until[-1] * quarter // 4)) for quarter in range(5)]
    return tuple(next(number for (number, _), last in zip(given, until, strict=True) if last >= rank) for rank in ranks)
