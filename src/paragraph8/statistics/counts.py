"""Counts of one form's observations, kept up with every report, correction and withdrawal.

Everything that a figure of observations says follows from how many rows say what at which station, and how many in
which team. A row that comes adds one to each of these counts, a row that goes takes one away, and a row that changes
does both; so it cannot matter whether they grew one by one through the night or were made from all rows at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .columns import REGULAR, Codes, Crew, Division, Place, Table
from .said import NOT_ASKED, SET_ASIDE, Said, reason, said

Row = Mapping[str, Any]
"""A row of an observation population: `{"row", "station", "team", "area", "answers": {question: answer}}`, with
`"setting"` (urban, rural) and `"kind"` (of a station that is not a regular one) where they are known, and `"set_aside"`
where the mission set the report aside."""
NUMBER = 0
"""Stands for every number among the shapes of answers; which number it was is counted apart."""
ROWS = ""
"""The question that nobody answers: its counts are those of the rows."""
FIRST_ROOM = 64
Pair = tuple[str, str]
"""Two questions whose numbers are added up together, over the rows that give both."""
Question = str | Pair


class Lines:
    """Two tables with a line for each thing that is said to each question: how many rows say it at each place, and how
    many of each crew. There is room for more lines and columns than are in use."""

    def __init__(self) -> None:
        self.n = 0
        self.at_places: Table = np.zeros((FIRST_ROOM, FIRST_ROOM), np.int32)
        self.of_crews: Table = np.zeros((FIRST_ROOM, FIRST_ROOM), np.int32)

    def add(self) -> int:
        """The number of a new, empty line."""
        self.n += 1
        self.make_room(0, 0)
        return self.n - 1

    def make_room(self, places: int, crews: int) -> None:
        """Let the tables grow to what there is."""
        self.at_places = _grown(self.at_places, self.n, places)
        self.of_crews = _grown(self.of_crews, self.n, crews)

    def copy(self, source: int, line: int) -> None:
        """Let a line count what another counts."""
        self.at_places[line] = self.at_places[source]
        self.of_crews[line] = self.of_crews[source]


class Known(dict[Any, int]):
    """What was said to one question → the line that counts it. `shapes` has a line for each thing that can be told
    apart: a code, several codes, `NUMBER`, a reason."""

    def __init__(self, question: Question, lines: Lines) -> None:
        super().__init__()
        self.question, self.lines = question, lines
        self.shapes: dict[Said, int] = {}
        self[None] = self.line(NOT_ASKED)
        self.line(SET_ASIDE)

    def __missing__(self, value: str) -> int:
        self[value] = line = self.line(value)
        return line

    def line(self, shape: Said) -> int:
        """The line of a shape."""
        if shape not in self.shapes:
            self.shapes[shape] = self.lines.add()
        return self.shapes[shape]


Given = tuple[int, Question, Any]
"""That a row, by its place in the batch, answers a question with a number."""


class Counts:
    """The counts of one population. `only` names the questions that are counted, all that come where it is `None`."""

    def __init__(self, only: Collection[str] | None = None, pairs: Iterable[Pair] = ()) -> None:
        self.lines = Lines()
        self.places: dict[Place, int] = {}
        self.crews: dict[Crew, int] = {}
        """Both number what there is, in the order in which it was first seen."""
        self.numbers: defaultdict[Question, Counter[tuple[Any, Division]]] = defaultdict(Counter)
        """How often each number is given in each division."""
        self.numbers_at: defaultdict[Question, Counter[tuple[Any, int]]] = defaultdict(Counter)
        """How often each number is given at each place."""
        self.version = 0
        """Grows with each change of a count."""
        self._open = only is None
        self._asked: dict[str, Known] = {ROWS: Known(ROWS, self.lines)}
        for question in only or ():
            self._ask(question)
        self._pairs = {pair: Known(pair, self.lines) for pair in pairs}

    def known(self, question: Question) -> Known:
        """The lines of a question; of one that no row answers, those of the rows."""
        if isinstance(question, tuple):
            return self._pairs[question]
        return self._asked.get(question, self._asked[ROWS])

    def update(self, old: Row | None, new: Row | None) -> None:
        """A row came (`old` is `None`), went (`new` is `None`) or changed. Some 30 µs for a row of sixty answers."""
        if old is not None:
            self.add([old], -1)
        if new is not None:
            self.add([new])

    def add(self, rows: Sequence[Row], times: int = 1) -> None:
        """Count the rows; with `times` −1 count them no longer, which is for rows that are counted."""
        if not rows:
            return
        self.version += 1
        if self._open:
            for question in set().union(*(row["answers"] for row in rows)) - self._asked.keys():
                self._ask(question)
        codes, numbers = self._coded(rows)
        divisions = [_division(row) for row in rows]
        places = np.array([self._place(row, of) for row, of in zip(rows, divisions, strict=True)], dtype=np.int64)
        crews = np.array([self._crew(row, of) for row, of in zip(rows, divisions, strict=True)], dtype=np.int64)
        self.lines.make_room(len(self.places), len(self.crews))
        _count(self.lines.of_crews, codes, crews, times)
        here = places >= 0
        _count(self.lines.at_places, codes[here], places[here], times)
        for position, question, number in numbers:
            _count_one(self.numbers[question], (number, divisions[position]), times)
            if here[position]:
                _count_one(self.numbers_at[question], (number, int(places[position])), times)

    def _ask(self, question: str) -> None:
        """Count a question from now on: rows of before did not answer it."""
        known = self._asked[question] = Known(question, self.lines)
        for shape in (NOT_ASKED, SET_ASIDE):
            self.lines.copy(self._asked[ROWS].shapes[shape], known.shapes[shape])

    def _coded(self, rows: Sequence[Row]) -> tuple[Codes, list[Given]]:
        """For each row the line of each question, and the numbers that were given.

        This is the hot loop of an election night, over millions of cells: what was seen before costs one look-up.
        """
        numbers: list[Given] = []
        asked = list(self._asked.items())
        aside = [known.shapes[SET_ASIDE] for known in (*self._asked.values(), *self._pairs.values())]

        def other(position: int, known: Known, value: Any) -> int:
            if type(value) is int or (type(value) is tuple and len(value) == 2):
                numbers.append((position, known.question, value))
                return known.line(NUMBER)
            return known.line(value if type(value) is tuple else said(value))

        codes: list[list[int]] = []
        for position, row in enumerate(rows):
            if "set_aside" in row:
                codes.append(aside)
                continue
            answer = row["answers"].get
            of_row = [
                known[value]
                if type(value := answer(question)) is str or value is None
                else other(position, known, value)
                for question, known in asked
            ]
            of_row += [other(position, known, _both(row["answers"], pair)) for pair, known in self._pairs.items()]
            codes.append(of_row)
        return np.array(codes, dtype=np.int64), numbers

    def _place(self, row: Row, of: Division) -> int:
        if row["station"] is None:
            return -1
        return self.places.setdefault(Place(row["station"], of), len(self.places))

    def _crew(self, row: Row, of: Division) -> int:
        return self.crews.setdefault(Crew(row["team"], of, row["station"] is not None), len(self.crews))


def _division(row: Row) -> Division:
    if row["station"] is None:
        return Division(row["area"], None, None)
    return Division(row["area"], row.get("setting"), row.get("kind", REGULAR))


def _both(answers: Mapping[str, Any], pair: Pair) -> tuple[Any, ...]:
    """The two numbers, or (in a tuple of one) why they are not there."""
    one, two = (said(answers.get(question)) for question in pair)
    if isinstance(one, int) and isinstance(two, int):
        return (one, two)
    return (reason(two if isinstance(one, int) else one),)


def _count(table: Table, codes: Codes, columns: Codes, times: int) -> None:
    """Add `times` where the lines of each row meet its column."""
    if len(codes) == 1:
        table[codes[0], columns[0]] += times
        return
    flat = codes * table.shape[1] + columns[:, None]
    np.add.at(table.reshape(-1), flat.reshape(-1), np.int32(times))


def _count_one(counter: Counter[Any], thing: Any, times: int) -> None:
    counter[thing] += times
    if not counter[thing]:
        del counter[thing]


def _grown(table: Table, lines: int, columns: int) -> Table:
    height, width = table.shape
    if lines <= height and columns <= width:
        return table
    room = (height if lines <= height else 2 * lines, width if columns <= width else 2 * columns)
    larger = np.zeros(room, np.int32)
    larger[:height, :width] = table
    return larger
