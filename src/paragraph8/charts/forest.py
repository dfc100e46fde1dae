"""Dots with intervals, one line for each area or group, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Chart, dot, line, table, text, together
from .scale import Axis

ROW = 40
LEFT, RIGHT = 1.5, 98.5
TOP = 8
FOOT = 26


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One group: what it is called, what stands at the right of its name, and where dot and interval stand.

    Without `low` and `high` there is a dot and no interval (observed counts have none). Without `value` nothing is
    drawn, and `note` says why. `weak` is drawn hollow: to be read with care. `cells` is its row of the table.
    """

    name: str
    note: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    weak: bool = False
    cells: tuple[str, ...] = ()


def forest(name: str, title: str, description: str, *, rows: Sequence[Dot], axis: Axis, header: Sequence[str]) -> Chart:
    """The chart, in the order of `rows`: geography rather than ranking, so that nobody reads a league table."""
    foot = TOP + len(rows) * ROW
    grid = together(
        line(_at(axis, value), TOP, _at(axis, value), foot, "base" if value == axis.low else "grid")
        + text(words, _at(axis, value), foot + 17, anchor=_anchor(axis, value))
        for value, words in axis.ticks
    )
    drawn = together(_row(row, TOP + place * ROW, axis) for place, row in enumerate(rows))
    kept, cells = table(header, (row.cells for row in rows))
    return Chart(
        name=name,
        title=title,
        description=description,
        height=foot + FOOT,
        body=grid + drawn,
        header=kept,
        rows=cells,
    )


def _row(row: Dot, top: float, axis: Axis) -> str:
    words = text(row.name, 0, top + 13, kind="name") + text(row.note, 100, top + 13, anchor="end", kind="value")
    if row.value is None:
        return words
    middle = top + 26
    drawn = ""
    if row.low is not None and row.high is not None:
        low, high = _at(axis, row.low), _at(axis, row.high)
        drawn = line(low, middle, high, middle, "whisker") + together(
            line(end, middle - 4, end, middle + 4, "whisker") for end in (low, high)
        )
    return words + drawn + dot(_at(axis, row.value), middle, 5, "weak" if row.weak else "dot")


def _at(axis: Axis, value: float) -> float:
    return LEFT + (RIGHT - LEFT) * axis.at(value)


def _anchor(axis: Axis, value: float) -> str:
    return {axis.low: "", axis.high: "end"}.get(value, "middle")
