"""The methods by which figures are computed, each under a name and a version that never changes its meaning.

`compute` in a room and `p8 verify` on a stranger's machine call the same function with the same rows. A method gets
rows (canonical JSON objects) and the key of the figure, whose dimensions are its only parameters; it returns a tally.

Rows of an observation population: `{"row", "station", "team", "area", "answers": {question: answer}}`; those of a
roster stand in `roster.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.figures import Key, Kind

from .contests import (
    deadline_outcomes,
    deadlines,
    newest,
    newest_outcomes,
    reported,
    reported_outcomes,
    reported_share,
    standing,
    standing_outcomes,
)
from .observations import Observations
from .registers import register_count, register_outcomes, register_sum
from .roster import (
    accredited_outcomes,
    countries_outcomes,
    countries_present,
    people_accredited,
    people_present,
    present_outcomes,
)
from .series import first_time, record, series_outcomes
from .shapes import Tally
from .tallies import Tallies

Rows = Sequence[Mapping[str, Any]] | Observations | Tallies
"""Rows; of an observation population also with their tallies, or the tallies alone."""
NO_ROWS = "tallies tell of no single row"


@dataclass(frozen=True)
class Method:
    """One way of computing. `tally` computes; `outcomes` says of each row what it contributed, in row order."""

    name: str
    version: int
    kind: Kind
    tally: Callable[[Rows, Key], Tally]
    outcomes: Callable[[Rows, Key], list[str]]

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


def _answer(rows: Rows, key: Key) -> Tally:
    """Share of observations (or of stations, where any form says so) with one of the answers of the key."""
    return _tallies(rows, key).answer(key)


def _at_least(rows: Rows, key: Key) -> Tally:
    """Share of observations whose whole number is at least `n`."""
    return _tallies(rows, key).at_least(key)


def _part(rows: Rows, key: Key) -> Tally:
    """Sum of one whole number over the sum of another (`of`), over the observations that give both."""
    if isinstance(rows, Observations):
        # The counts of all questions hold no pairs.
        rows = rows.rows
    return _tallies(rows, key).part(key)


def _spread(rows: Rows, key: Key) -> Tally:
    """Least, lower quartile, median, upper quartile, greatest of a whole number."""
    return _tallies(rows, key).spread(key)


def _observations(rows: Rows, key: Key) -> Tally:
    """How many observations, from how many stations, teams and areas."""
    return _tallies(rows, key).count(key)


def _tallies(rows: Rows, key: Key) -> Tallies:
    if isinstance(rows, Tallies):
        return rows
    return rows.tallies if isinstance(rows, Observations) else Tallies.of(rows, [key])


def _answer_outcomes(rows: Rows, key: Key) -> list[str]:
    if isinstance(rows, Tallies):
        raise TypeError(NO_ROWS)
    return Observations.of(rows).outcomes(key)


def _of_plain(
    tally: Callable[[Sequence[Mapping[str, Any]], Key], Tally],
    said: Callable[[Sequence[Mapping[str, Any]], Key], list[str]],
) -> tuple[Callable[[Rows, Key], Tally], Callable[[Rows, Key], list[str]]]:
    """The two functions of a method whose rows are no observations."""
    return (lambda rows, key: tally(_plain(rows), key)), (lambda rows, key: said(_plain(rows), key))


def _plain(rows: Rows) -> Sequence[Mapping[str, Any]]:
    if isinstance(rows, Tallies):
        raise TypeError(NO_ROWS)
    return rows.rows if isinstance(rows, Observations) else rows


METHODS: dict[str, Method] = {
    str(method): method
    for method in (
        Method("answer", 1, Kind.SHARE, _answer, _answer_outcomes),
        Method("at-least", 1, Kind.SHARE, _at_least, _answer_outcomes),
        Method("part", 1, Kind.SHARE, _part, _answer_outcomes),
        Method("spread", 1, Kind.SPREAD, _spread, _answer_outcomes),
        Method("observations", 1, Kind.COUNT, _observations, _answer_outcomes),
        Method("register-count", 1, Kind.COUNT, *_of_plain(register_count, register_outcomes)),
        Method("register-sum", 1, Kind.COUNT, *_of_plain(register_sum, register_outcomes)),
        Method("people-present", 1, Kind.COUNT, *_of_plain(people_present, present_outcomes)),
        Method("people-accredited", 1, Kind.COUNT, *_of_plain(people_accredited, accredited_outcomes)),
        Method("countries-present", 1, Kind.COUNT, *_of_plain(countries_present, countries_outcomes)),
        Method("standing", 1, Kind.COUNT, *_of_plain(standing, standing_outcomes)),
        Method("newest", 1, Kind.COUNT, *_of_plain(newest, newest_outcomes)),
        Method("deadlines", 1, Kind.SHARE, *_of_plain(deadlines, deadline_outcomes)),
        Method("record", 1, Kind.YES_NO, *_of_plain(record, series_outcomes)),
        Method("first-time", 1, Kind.YES_NO, *_of_plain(first_time, series_outcomes)),
        Method("reported", 1, Kind.COUNT, *_of_plain(reported, reported_outcomes)),
        Method("reported-share", 1, Kind.SHARE, *_of_plain(reported_share, reported_outcomes)),
    )
}


def compute(method: str, rows: Rows, key: Key) -> Tally:
    """The tally of a figure from its rows.

    Raises `KeyError` when this version of the software does not know the method.
    """
    return METHODS[method].tally(rows, key)


def outcomes(method: str, rows: Rows, key: Key) -> list[str]:
    """What each row contributed, in row order: "in", "out" or the reason why it was left out.

    These are what a release commits to, figure by figure. Raises `KeyError` on an unknown method.
    """
    return METHODS[method].outcomes(rows, key)
