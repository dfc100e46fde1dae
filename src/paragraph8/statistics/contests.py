"""Counting what the contest room keeps: who stands as of a day, voter registers, deadlines, results of an author.

Rows of standings: `{"row", "contestant", "contest", "gender", "status", "day", "n"}`, one per step of a history, `n`
its place in the history. Rows of voter registers: `{"row", "category", "area", "day", "n", "number"}`, `number` their
order. Rows of deadlines: `{"row", "state"}`. Rows of results: `{"row", "line", "contestant", "area", "station", "n"}`.
Days are ISO 8601 and empty where none is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from paragraph8.domain.answers import Missing
from paragraph8.domain.contests import IMPLIED, ON_BALLOT, Count, DeadlineState, Standing
from paragraph8.domain.figures import Key

from .observations import Tally

Row = Mapping[str, Any]
LAST_DAY = "9999-12-31"


def standing(rows: Sequence[Row], key: Key) -> Tally:
    """How many contestants stand as the key says, as of its `day` (the last step when it has none).

    Without `status` and `ever`: who is on the ballot. `status`: whose newest step it is. `ever`: who came at least so
    far at any time until that day. `gender` and `contest` narrow it. A step whose day nobody wrote counts only when no
    day is asked for.
    """
    return Tally(value=len(_counted(rows, key)))


def standing_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Of each step whether it is the one for which its contestant is counted."""
    counted = _counted(rows, key)
    return ["in" if row["row"] in counted else "out" for row in rows]


def _counted(rows: Sequence[Row], key: Key) -> frozenset[str]:
    """Identifiers of the newest steps of the contestants that the key counts."""
    until, status, ever = key.dimension("day"), key.dimension("status"), key.dimension("ever")
    histories: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        fits = all(row[name] == key.dimension(name, row[name]) for name in ("gender", "contest"))
        if fits and (not until or "" < row["day"] <= until):
            histories.setdefault((row["contest"], row["contestant"]), []).append(row)
    counted = set()
    for steps in histories.values():
        newest = max(steps, key=lambda row: row["n"])
        held = Standing(newest["status"])
        been = frozenset().union(*(IMPLIED[Standing(row["status"])] for row in steps))
        if held == status if status else Standing(ever) in been if ever else held in ON_BALLOT:
            counted.add(str(newest["row"]))
    return frozenset(counted)


def newest(rows: Sequence[Row], key: Key) -> Tally:
    """The `n` of the newest row as of the key's `day`, of the same category, contest and area; nothing where there is
    none."""
    row = _newest(rows, key)
    return Tally(value=None if row is None else row["n"])


def newest_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Which row the figure is."""
    chosen = _newest(rows, key)
    return ["in" if row is chosen else "out" for row in rows]


def _newest(rows: Sequence[Row], key: Key) -> Row | None:
    until = key.dimension("day", LAST_DAY)
    fitting = [
        row
        for row in rows
        if row["category"] == key.dimension("category", "all")
        and row["area"] == key.dimension("area")
        and row["day"] <= until
    ]
    return max(fitting, key=lambda row: (row["day"], row["number"]), default=None)


def deadlines(rows: Sequence[Row], key: Key) -> Tally:  # noqa: ARG001 - all deadlines of the calendar
    """Deadlines met in time, of those of which it is known whether they were; open ones and unknown ones left out."""
    states = Counter(DeadlineState(row["state"]) for row in rows)
    decided = (DeadlineState.MET, DeadlineState.LATE, DeadlineState.MISSED)
    left_out = {
        Missing.NOT_APPLICABLE.value: states[DeadlineState.OPEN],
        Missing.NOT_KNOWN.value: states[DeadlineState.NOT_KNOWN],
    }
    return Tally(
        numerator=states[DeadlineState.MET],
        denominator=sum(states[state] for state in decided),
        left_out=tuple(sorted((reason, n) for reason, n in left_out.items() if n)),
    )


def deadline_outcomes(rows: Sequence[Row], key: Key) -> list[str]:  # noqa: ARG001
    """What each deadline contributed."""
    words = {
        DeadlineState.MET: "in",
        DeadlineState.OPEN: Missing.NOT_APPLICABLE.value,
        DeadlineState.NOT_KNOWN: Missing.NOT_KNOWN.value,
    }
    return [words.get(DeadlineState(row["state"]), "out") for row in rows]


def reported(rows: Sequence[Row], key: Key) -> Tally:
    """One number of a version of results, exactly as its author gives it; nothing is summed."""
    return Tally(value=_line(rows, key, key.dimension("line", Count.VOTES.value)))


def reported_share(rows: Sequence[Row], key: Key) -> Tally:
    """Voters who received a ballot, of the registered voters, both as the same author gives them."""
    return Tally(numerator=_line(rows, key, Count.RECEIVED.value), denominator=_line(rows, key, Count.REGISTERED.value))


def reported_outcomes(rows: Sequence[Row], key: Key) -> list[str]:
    """Which lines the figure is made of."""
    wanted = (
        (Count.RECEIVED.value, Count.REGISTERED.value)
        if key.measure == "turnout"
        else (key.dimension("line", Count.VOTES.value),)
    )
    return ["in" if row["line"] in wanted and _at(row, key) else "out" for row in rows]


def _line(rows: Sequence[Row], key: Key, line: str) -> int | None:
    found = [row["n"] for row in rows if row["line"] == line and _at(row, key)]
    return found[0] if found else None


def _at(row: Row, key: Key) -> bool:
    contestant = key.dimension("contestant") if row["line"] == Count.VOTES else ""
    return (row["contestant"], row["area"], row["station"]) == (
        contestant,
        key.dimension("area"),
        key.dimension("station"),
    )
