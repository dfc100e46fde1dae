"""What may be said against a series of earlier elections: a record, a first time.

Rows of a series: `{"row", "election": "2005-12-04", "n", "source"}` for each earlier election; one row
`{"row": "current", "election", "n", "figure", "source"}` for the election observed, which names the figure that `n`
comes from; and one row `{"row": "span", "since", "complete"}` that says from when on the series claims to hold every
election, and whether it does.

Both methods refuse without a complete series: a gap is no evidence that nothing happened in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.contests import Gap
from paragraph8.domain.figures import Key, RefusedFigureError

from .observations import Tally

CURRENT, SPAN = "current", "span"
"""Identifiers of the two rows that are no earlier election."""


@dataclass(frozen=True)
class _Series:
    """The election observed, and all elections before it within the span."""

    current: int
    before: tuple[int, ...]


def record(rows: Sequence[Mapping[str, Any]], key: Key) -> Tally:
    """1 when the current number is greater than that of every earlier election, otherwise 0.

    x₀ > max(x₁ … xₙ); a number that was reached before is no record. Raises `RefusedFigureError` ("no-series").
    """
    series = _series(rows, key)
    return Tally(value=int(series.current > max(series.before)))


def first_time(rows: Sequence[Mapping[str, Any]], key: Key) -> Tally:
    """1 when the current number is above zero and that of every earlier election is zero, otherwise 0.

    x₀ > 0 and x₁ = … = xₙ = 0. Raises `RefusedFigureError` ("no-series").
    """
    series = _series(rows, key)
    return Tally(value=int(series.current > 0 and not any(series.before)))


def series_outcomes(rows: Sequence[Mapping[str, Any]], key: Key) -> list[str]:  # noqa: ARG001 - a series is one
    """Of each row, in row order, whether it was compared: the current number and the earlier ones within the span."""
    since, before = _bounds(rows)
    return ["in" if row["row"] == CURRENT or _within(row, since, before) else "out" for row in rows]


def gap(rows: Sequence[Mapping[str, Any]]) -> Gap | None:
    """Why nothing can be said against the series; nothing when it can."""
    special = {str(row["row"]): row for row in rows if row["row"] in (CURRENT, SPAN)}
    since, day = _bounds(rows)
    earlier = [row["n"] for row in rows if _within(row, since, day)]
    if SPAN not in special:
        return Gap.NO_SPAN
    if special[SPAN]["complete"] is not True:
        return Gap.INCOMPLETE
    if CURRENT not in special or special[CURRENT]["n"] is None:
        return Gap.NO_CURRENT
    if not earlier:
        return Gap.NO_EARLIER
    return Gap.UNKNOWN_NUMBER if None in earlier else None


def _series(rows: Sequence[Mapping[str, Any]], key: Key) -> _Series:
    if gap(rows) is not None:
        raise RefusedFigureError("no-series", key)
    since, day = _bounds(rows)
    current = next(row["n"] for row in rows if row["row"] == CURRENT)
    return _Series(current, tuple(row["n"] for row in rows if _within(row, since, day)))


def _bounds(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    since = next((str(row["since"]) for row in rows if row["row"] == SPAN), "")
    day = next((str(row["election"]) for row in rows if row["row"] == CURRENT), "")
    return since, day


def _within(row: Mapping[str, Any], since: str, day: str) -> bool:
    """Dates are ISO 8601, so that their order is that of their letters."""
    return row["row"] not in (CURRENT, SPAN) and since <= str(row["election"]) < day
