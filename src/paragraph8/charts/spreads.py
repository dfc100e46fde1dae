"""The spread of a number over the stations visited, moment by moment: the middle half, the median, the extremes.

A box is a spread of what was seen; it is no margin of error, and no line joins the boxes, because different stations
stand in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Chart, box, element, line, table, text, together
from .scale import Axis

LEFT, RIGHT = 15.0, 100.0
HEIGHT = 190
TOP = 10
FOOT = 44


@dataclass(frozen=True, kw_only=True)
class Box:
    """One moment: its name, the words under it (how many stations), and five numbers; none where they are too few."""

    name: str
    note: str
    five: tuple[float, float, float, float, float] | None = None


@dataclass(frozen=True)
class Point:
    """A number that somebody else announced for a moment, by the place of the moment."""

    place: int
    value: float


def spreads(
    name: str,
    title: str,
    description: str,
    *,
    boxes: Sequence[Box],
    axis: Axis,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    beside: Sequence[Point] = (),
) -> Chart:
    """The chart, boxes in the order given; `beside` are another source's numbers, drawn as hollow diamonds."""
    width = (RIGHT - LEFT) / max(1, len(boxes))
    middles = [LEFT + width * (place + 0.5) for place in range(len(boxes))]
    drawn = [_grid(axis)]
    drawn += [_box(each, x, min(width * 0.4, 6), axis) for each, x in zip(boxes, middles, strict=True)]
    drawn += [_diamond(middles[point.place] + width * 0.3, _y(point.value, axis)) for point in beside]
    kept, cells = table(header, rows)
    return Chart(
        name=name,
        title=title,
        description=description,
        height=TOP + HEIGHT + FOOT,
        body=together(drawn),
        header=kept,
        rows=cells,
    )


def _grid(axis: Axis) -> str:
    drawn = []
    for place, (value, words) in enumerate(axis.ticks):
        y = _y(value, axis)
        drawn.append(line(LEFT, y, RIGHT, y, "grid" if place else "base"))
        drawn.append(text(words, LEFT - 1, y + 4, anchor="end"))
    return together(drawn)


def _box(each: Box, x: float, width: float, axis: Axis) -> str:
    foot = TOP + HEIGHT
    words = text(each.name, x, foot + 18, anchor="middle", kind="name") + text(each.note, x, foot + 35, anchor="middle")
    if each.five is None:
        return words
    least, low, middle, high, greatest = (_y(value, axis) for value in each.five)
    return words + together(
        [
            line(x, greatest, x, least, "reach"),
            box(x - width / 2, high, width, max(low - high, 1), "mid"),
            line(x - width / 2 - 0.6, middle, x + width / 2 + 0.6, middle, "median"),
        ]
    )


def _diamond(x: float, y: float) -> str:
    """A small square on its corner; its own drawing, since a path knows no per cent."""
    shape = element("path", d="M0-6 6 0 0 6-6 0z", class_="beside")
    return element("svg", shape, x=f"{x:g}%", y=y, overflow="visible")


def _y(value: float, axis: Axis) -> float:
    return round(TOP + HEIGHT * (1 - axis.at(value)), 1)
