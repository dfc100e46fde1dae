"""The figures of one population of observations, from their counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Self

from paragraph8.domain.figures import Key

from .counts import ROWS, Counts, Pair, Question, Row
from .selection import Selection, Where
from .shapes import THRESHOLD, Shapes, Tally


class Tallies(Counts):
    """The counts of a population, and the tallies that figures are made of: what they cost does not grow with the rows.

    There is no other way to a figure of observations: `METHODS` and with them rooms, releases and `p8 verify` make
    tallies of the rows they have; the worker keeps tallies and updates them.
    """

    def __init__(self, only: Collection[str] | None = None, pairs: Iterable[Pair] = ()) -> None:
        super().__init__(only, pairs)
        self._selections: dict[Where, Selection] = {}
        self._shapes: dict[tuple[Question, Where], Shapes] = {}
        self._as_of = (self.version, 0, 0)

    @classmethod
    def of(cls, rows: Sequence[Row], keys: Iterable[Key] | None = None) -> Self:
        """The counts of these rows: of everything in them, or of what the figures of these keys need."""
        tallies = cls() if keys is None else cls.needed(keys)
        tallies.add(rows)
        return tallies

    @classmethod
    def needed(cls, keys: Iterable[Key]) -> Self:
        """Empty counts of what the figures of these keys need."""
        asked = {(key.dimension("question"), key.dimension("of")) for key in keys}
        return cls({one for one, two in asked if one and not two}, {(one, two) for one, two in asked if two})

    def answer(self, key: Key) -> Tally:
        """Rows with one of the answers, of the rows that answered; by station when `unit=station`."""
        shapes, area = self._of(key.dimension("question"), key), key.dimension("area")
        wanted = key.dimension("answer") or f"{THRESHOLD}{key.dimension('n', '1')}"
        if key.dimension("unit") == "station":
            return shapes.stations(wanted, area, self._of(ROWS, key).unplaced)
        return shapes.share(wanted, area)

    at_least = answer

    def count(self, key: Key) -> Tally:
        """The rows themselves."""
        return self._of(ROWS, key).count(key.dimension("area"))

    def spread(self, key: Key) -> Tally:
        """Five numbers of the rows that give a whole number; quartiles are the nearest observed values."""
        return self._of(key.dimension("question"), key).spread(key.dimension("area"))

    def part(self, key: Key) -> Tally:
        """Σ question / Σ of, over rows where both are whole numbers.

        Raises `KeyError` when these counts were not made for the pair.
        """
        return self._of((key.dimension("question"), key.dimension("of")), key).part(key.dimension("area"))

    def _of(self, question: Question, key: Key) -> Shapes:
        """What is said to the question where the key looks, in every area, as of the last change of a count."""
        self._forget_what_changed()
        where = (key.dimension("setting"), key.dimension("kind"))
        if (question, where) not in self._shapes:
            if where not in self._selections:
                self._selections[where] = Selection(self.places, self.crews, where)
            self._shapes[question, where] = self._shapes_of(question, self._selections[where])
        return self._shapes[question, where]

    def _shapes_of(self, question: Question, selected: Selection) -> Shapes:
        known = self.known(question)
        lines = list(known.shapes.values())
        return Shapes(
            shapes=tuple(known.shapes),
            columns=selected.columns,
            at_places=selected.at_places(self.lines.at_places, lines),
            of_crews=selected.of_crews(self.lines.of_crews, lines),
            numbers=selected.numbers(self.numbers[question]),
            numbers_at=selected.numbers_at(self.numbers_at[question]),
        )

    def _forget_what_changed(self) -> None:
        as_of = (self.version, len(self.places), len(self.crews))
        if self._as_of[0] != as_of[0]:
            self._shapes = {}
        if self._as_of[1:] != as_of[1:]:
            self._selections = {}
        self._as_of = as_of
