"""Counting observations: answers, stations behind them, and what was left out.

The columns of a population are encoded once as numpy arrays; every figure of a form, by area and by answer, is then a
handful of `bincount`s. The same class serves a single figure and a whole election night, so there is one code path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paragraph8.domain.answers import Missing, answer_from_json
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Key

Codes = NDArray[np.int64]
SEVERAL = "+"
"""Joins the answer codes of one key: `answer=bad+very-bad`."""
PARTS = ("area", "setting", "kind")
"""Dimensions that divide the rows by where they come from."""
REGULAR = "regular"
"""The type of a station whose row names none."""
MIXED = "several-reasons"
"""A station whose forms have different reasons for having no answer."""


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


@dataclass(frozen=True)
class _Column:
    """One coded column: `codes[i]` is the position in `names`, −1 where the row has none."""

    codes: Codes
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str | None]) -> _Column:
        names: dict[str, int] = {}
        codes = np.fromiter(
            (-1 if value is None else names.setdefault(value, len(names)) for value in values), np.int64, len(values)
        )
        return cls(codes, tuple(names))


@dataclass
class Observations:
    """The rows of one form, column by column. `rows` are canonical JSON objects as in `methods`."""

    rows: Sequence[Mapping[str, Any]]
    stations: _Column
    teams: _Column
    areas: _Column
    _parts: dict[str, _Column] = field(default_factory=dict)
    _values: dict[str, _Values] = field(default_factory=dict)
    _outcomes: dict[tuple[str, str], tuple[Codes, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]] | Observations) -> Observations:
        """Encode the columns of the rows, unless that is done."""
        if isinstance(rows, Observations):
            return rows
        return cls(
            rows,
            _Column.of([row["station"] for row in rows]),
            _Column.of([row["team"] for row in rows]),
            _Column.of([row["area"] for row in rows]),
        )

    def answer(self, key: Key) -> Tally:
        """Rows with one of the answers, of the rows that answered; by station when `unit=station`."""
        within = self._within(key)
        codes, names = self._coded(key)
        if key.dimension("unit") == "station":
            return self._by_station(codes, names, within)
        return self._tally(codes, names, within)

    at_least = answer

    def count(self, key: Key) -> Tally:
        """The rows themselves."""
        within = self._within(key)
        return self._reach(Tally(value=int(within.sum())), within)

    def part(self, key: Key) -> Tally:
        """Σ question / Σ of, over rows where both are whole numbers."""
        within = self._within(key)
        numbers = list(zip(self._raw(key.dimension("question")), self._raw(key.dimension("of")), strict=True))
        both = np.fromiter((isinstance(a, int) and isinstance(b, int) for a, b in numbers), bool, len(numbers))
        used = within & both
        kept = [
            (a, b)
            for (a, b), use in zip(numbers, used, strict=True)
            if use and isinstance(a, int) and isinstance(b, int)
        ]
        reasons = Counter(
            reason(b if isinstance(a, int) else a)
            for (a, b), inside, use in zip(numbers, within, both, strict=True)
            if inside and not use
        )
        tally = Tally(
            numerator=sum(a for a, _ in kept),
            denominator=sum(b for _, b in kept),
            left_out=tuple(sorted(reasons.items())),
        )
        return self._reach(tally, used)

    def spread(self, key: Key) -> Tally:
        """Five numbers of the rows that give a whole number; quartiles are the nearest observed values."""
        within = self._within(key)
        raw = self._raw(key.dimension("question"))
        given = np.fromiter((isinstance(value, int) for value in raw), bool, len(raw))
        used = within & given
        numbers = np.array([value for value, use in zip(raw, used, strict=True) if use], dtype=np.int64)
        reasons = Counter(
            reason(value) for value, inside, use in zip(raw, within, given, strict=True) if inside and not use
        )
        five = np.quantile(numbers, [0, 0.25, 0.5, 0.75, 1], method="inverted_cdf") if len(numbers) else ()
        tally = Tally(
            value=len(numbers),
            spread=tuple(int(number) for number in five),
            left_out=tuple(sorted(reasons.items())),
        )
        return self._reach(tally, used)

    def outcomes(self, key: Key) -> list[str]:
        """Of each row: "in", "out", the reason it was left out, or "elsewhere" when it is of another area."""
        within = self._within(key)
        if key.measure in ("answer", "at-least"):
            codes, names = self._coded(key)
            said = [names[code] for code in codes]
        elif key.dimension("question"):
            questions = [name for name in (key.dimension("question"), key.dimension("of")) if name]
            raws = [self._raw(question) for question in questions]
            said = ["/".join(_spell(value) for value in values) for values in zip(*raws, strict=True)]
        else:
            said = ["in"] * len(self.rows)
        return [word if inside else "elsewhere" for word, inside in zip(said, within, strict=True)]

    def _tally(self, codes: Codes, names: tuple[str, ...], within: NDArray[np.bool_]) -> Tally:
        counts = np.bincount(codes[within], minlength=len(names))
        answered = within & (codes < 2)
        tally = Tally(
            numerator=int(counts[0]),
            denominator=int(counts[0] + counts[1]),
            left_out=_left_out(names, counts),
        )
        return self._reach(tally, answered)

    def _by_station(self, codes: Codes, names: tuple[str, ...], within: NDArray[np.bool_]) -> Tally:
        """A station is in when any of its forms is, out when any answered and none is in, else left out."""
        placed = within & (self.stations.codes >= 0)
        n = len(self.stations.names)
        seen = np.zeros((n, len(names)), dtype=bool)
        seen[self.stations.codes[placed], codes[placed]] = True
        is_in, is_out = seen[:, 0], seen[:, 1] & ~seen[:, 0]
        silent = seen.any(axis=1) & ~is_in & ~is_out
        reasons: Counter[str] = Counter()
        for row in seen[silent]:
            positions = np.flatnonzero(row)
            reasons[names[positions[0]] if len(positions) == 1 else MIXED] += 1
        unplaced = int((within & (self.stations.codes < 0)).sum())
        if unplaced:
            reasons[FORMS_WITHOUT_STATION] += unplaced
        answered = placed & (codes < 2)
        tally = Tally(
            numerator=int(is_in.sum()),
            denominator=int(is_in.sum() + is_out.sum()),
            left_out=tuple(sorted(reasons.items())),
        )
        return self._reach(tally, answered)

    def _reach(self, tally: Tally, used: NDArray[np.bool_]) -> Tally:
        """The tally with the stations, teams and areas that the used rows come from."""
        return replace(
            tally,
            n_stations=_distinct(self.stations, used),
            n_teams=_distinct(self.teams, used),
            n_areas=_distinct(self.areas, used),
        )

    def _within(self, key: Key) -> NDArray[np.bool_]:
        """Which rows the key is about: of its area, in its setting, at stations of its type."""
        inside = np.ones(len(self.rows), dtype=bool)
        for name in PARTS:
            value = key.dimension(name)
            if value:
                column = self._part(name)
                position = column.names.index(value) if value in column.names else -2
                inside &= column.codes == position
        return inside

    def _part(self, name: str) -> _Column:
        """The column that a dimension of `PARTS` divides the rows by."""
        if name == "area":
            return self.areas
        if name not in self._parts:
            without = REGULAR if name == "kind" else None
            placed = (row.get(name, without) if row["station"] is not None else None for row in self.rows)
            self._parts[name] = _Column.of(list(placed))
        return self._parts[name]

    def _coded(self, key: Key) -> tuple[Codes, tuple[str, ...]]:
        """Codes of the rows for the key's question: 0 in, 1 out, 2… reasons; with the names of the codes."""
        question = key.dimension("question")
        wanted = key.dimension("answer") or f">={key.dimension('n', '1')}"
        if (question, wanted) not in self._outcomes:
            self._outcomes[question, wanted] = self._said_of(question).outcomes(wanted)
        return self._outcomes[question, wanted]

    def _raw(self, question: str) -> list[Said]:
        values = self._said_of(question)
        return [values.distinct[code] for code in values.codes.tolist()]

    def _said_of(self, question: str) -> _Values:
        if question not in self._values:
            column = self._columns.get(question) or (None,) * len(self.rows)
            self._values[question] = _Values.of(column, self._set_aside)
        return self._values[question]

    @cached_property
    def _set_aside(self) -> list[int]:
        """Places of the rows that were set aside: they answer every question with that reason."""
        return [place for place, row in enumerate(self.rows) if "set_aside" in row]

    @cached_property
    def _columns(self) -> dict[str, tuple[Any, ...]]:
        """All answers turned from rows into columns in one pass."""
        given: list[Mapping[str, Any]] = [row["answers"] for row in self.rows]
        questions = sorted(set().union(*given))
        if not questions:
            return {}
        together = itemgetter(*questions)

        def cells(answers: Mapping[str, Any]) -> tuple[Any, ...]:
            try:
                found = together(answers)
            except KeyError:
                return tuple(map(answers.get, questions))
            return found if len(questions) > 1 else (found,)

        return dict(zip(questions, zip(*map(cells, given), strict=True), strict=True))


Said = str | int | frozenset[str] | tuple[str]
"""What a row says, hashable: a code, a number, several codes, or (in a tuple of one) why there is no answer."""


_REASONS: dict[Any, tuple[str]] = {reason.value: (reason.value,) for reason in Missing}
_SET_ASIDE = _REASONS[Missing.SET_ASIDE.value]


def _said(value: Any) -> Said:
    if isinstance(value, tuple | frozenset):
        return value
    answer = answer_from_json(value)
    if isinstance(answer, Missing):
        return _REASONS[answer.value]
    return frozenset(answer) if isinstance(answer, tuple) else answer


def reason(said: Said) -> str:
    """Why what a row says is no number or choice."""
    return said[0] if isinstance(said, tuple) else Missing.UNREADABLE.value


class _Places(dict[Any, int]):
    """Numbers what rows say, in the order in which it is first seen; `distinct` tells it back."""

    def __init__(self) -> None:
        super().__init__()
        self.distinct: dict[Said, int] = {}

    def __missing__(self, key: Any) -> int:
        self[key] = place = self.distinct.setdefault(_said(key), len(self.distinct))
        return place


class _Reasons(dict[Any, int]):
    """Numbers reasons by their spelling, in the same places."""

    def __init__(self, places: _Places) -> None:
        super().__init__()
        self.places = places

    def __missing__(self, key: Any) -> int:
        self[key] = place = self.places[_said({"missing": key})]
        return place


@dataclass(frozen=True)
class _Values:
    """One question's answers: `codes[i]` is the position in `distinct` of what row i says."""

    codes: Codes
    distinct: tuple[Said, ...]

    @classmethod
    def of(cls, column: Sequence[Any], set_aside: Sequence[int]) -> _Values:
        """Code a column of canonical answers (they hold no booleans and no fractions, which would pass for integers).

        This is the hot loop of an election night, over a million cells: what was seen before costs one look-up.
        """
        places = _Places()
        reasons = _Reasons(places)
        try:
            codes = [
                places[value] if type(value) is not dict else reasons[value["missing"] if len(value) == 1 else None]
                for value in column
            ]
        except (TypeError, KeyError):
            # Lists of codes have no hash, and a shape that no answer has must not stop the count.
            codes = [places[_said(value)] for value in column]
        for place in set_aside:
            codes[place] = places[_SET_ASIDE]
        return cls(np.array(codes, dtype=np.int64), tuple(places.distinct))

    def outcomes(self, wanted: str) -> tuple[Codes, tuple[str, ...]]:
        """Codes 0 in, 1 out, 2… reasons, with their names; `wanted` is answer codes or ">=n"."""
        names = {"in": 0, "out": 1}
        spelled = [_outcome(value, wanted) for value in self.distinct]
        table = np.array([names.setdefault(name, len(names)) for name in spelled] or [0], dtype=np.int64)
        return table[self.codes], tuple(names)


def _outcome(value: Said, wanted: str) -> str:
    if wanted.startswith(">="):
        if not isinstance(value, int):
            return reason(value)
        return "in" if value >= int(wanted[2:]) else "out"
    answers = wanted.split(SEVERAL)
    if isinstance(value, str):
        return "in" if value in answers else "out"
    if isinstance(value, frozenset):
        return "out" if value.isdisjoint(answers) else "in"
    return reason(value)


def _left_out(names: tuple[str, ...], counts: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((name, int(n)) for name, n in zip(names[2:], counts[2:], strict=True) if n))


def _distinct(column: _Column, used: NDArray[np.bool_]) -> int:
    codes = column.codes[used]
    return int(np.count_nonzero(np.bincount(codes[codes >= 0]))) if len(codes) else 0


def _spell(value: Said) -> str:
    return str(value) if isinstance(value, int) else reason(value)
