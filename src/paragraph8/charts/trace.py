"""Estimates over time with their bands: how each stood as reports came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import Chart, box, dot, element, line, table, text, together
from .scale import Axis

LEFT, RIGHT = 15.0, 99.0
HEIGHT = 240
KEY = 20
FOOT = 40
TONES = ("s1", "s2", "s3", "s4")
FINE = 1000
"""Units of the inner drawing, which is stretched to its place."""


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One estimate: `x` between 0 and 1 along the axis of time (or of reports in), its value, and its interval."""

    x: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Series:
    """One quantity over time. `truth` is a line to compare with, drawn after the fact: an official figure."""

    name: str
    moments: tuple[Moment, ...]
    truth: float | None = None


@dataclass(frozen=True)
class Mark:
    """A moment that the chart names, such as the one at which a gate opened."""

    x: float
    words: str


def trace(
    name: str,
    title: str,
    description: str,
    *,
    series: Sequence[Series],
    across: Sequence[tuple[float, str]],
    axis: Axis,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    marks: Sequence[Mark] = (),
) -> Chart:
    """The chart; `across` are places between 0 and 1 with their words. At most four series: a fifth needs another
    chart."""
    if len(series) > len(TONES):
        raise ValueError(f"{name}: {len(series)} lines cannot be told apart in one chart")
    top = 12 + KEY * len(series)
    foot = top + HEIGHT
    tones = list(zip(series, TONES, strict=False))
    body = [
        _key(tones),
        _grid(axis, top, foot),
        _across(across, foot),
        *(_mark(mark, top, foot) for mark in marks),
        _stretched([shape for each, tone in tones for shape in _shapes(each, tone, axis)], top),
        *(_points(each, tone, axis, top) for each, tone in tones),
    ]
    kept, cells = table(header, rows)
    return Chart(
        name=name,
        title=title,
        description=description,
        height=foot + FOOT,
        body=together(body),
        header=kept,
        rows=cells,
    )


def _key(tones: Sequence[tuple[Series, str]]) -> str:
    return together(
        box(0, 5 + KEY * place, 3, 10, f"{tone} fill") + text(each.name, 4.5, 14 + KEY * place, kind="name")
        for place, (each, tone) in enumerate(tones)
    )


def _grid(axis: Axis, top: float, foot: float) -> str:
    drawn = []
    for place, (value, words) in enumerate(axis.ticks):
        y = round(foot - (foot - top) * axis.at(value), 1)
        drawn.append(line(LEFT, y, RIGHT, y, "grid" if place else "base"))
        drawn.append(text(words, LEFT - 1, y + 4, anchor="end"))
    return together(drawn)


def _across(across: Sequence[tuple[float, str]], foot: float) -> str:
    last = len(across) - 1
    return together(
        text(words, _x(x), foot + 18, anchor="end" if place == last and x > 0.9 else "middle")
        for place, (x, words) in enumerate(across)
    )


def _mark(mark: Mark, top: float, foot: float) -> str:
    """The line of a named moment; its words stand under the axis, on the side that has room."""
    words = text(mark.words, _x(mark.x), foot + 34, anchor="end" if mark.x > 0.5 else "")
    return line(_x(mark.x), top, _x(mark.x), foot + 22, "mark") + words


def _stretched(shapes: Sequence[str], top: float) -> str:
    return element(
        "svg",
        *shapes,
        x=f"{LEFT:g}%",
        y=top,
        width=f"{RIGHT - LEFT:g}%",
        height=HEIGHT,
        viewBox=f"0 0 {FINE} {FINE}",
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _shapes(series: Series, tone: str, axis: Axis) -> list[str]:
    """The band behind the line; a stretch without an interval has none."""
    bounded = [(m.x, m.low, m.high) for m in series.moments if m.low is not None and m.high is not None]
    shapes = []
    if len(bounded) > 1:
        outline = [_fine(x, high, axis) for x, _, high in bounded]
        outline += [_fine(x, low, axis) for x, low, _ in reversed(bounded)]
        shapes.append(element("polygon", points=" ".join(outline), class_=f"{tone} band"))
    if len(series.moments) > 1:
        points = " ".join(_fine(moment.x, moment.value, axis) for moment in series.moments)
        shapes.append(element("polyline", points=points, class_=f"{tone} line"))
    return shapes


def _points(series: Series, tone: str, axis: Axis, top: float) -> str:
    dots = [dot(_x(m.x), _y(m.value, axis, top), 3, f"{tone} fill") for m in series.moments]
    if series.truth is not None:
        y = _y(series.truth, axis, top)
        dots.append(line(LEFT, y, RIGHT, y, f"{tone} truth"))
    return together(dots)


def _x(x: float) -> float:
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, x))


def _y(value: float, axis: Axis, top: float) -> float:
    return round(top + HEIGHT * (1 - axis.at(value)), 1)


def _fine(x: float, value: float, axis: Axis) -> str:
    return f"{FINE * min(1.0, max(0.0, x)):.5g},{FINE * (1 - axis.at(value)):.5g}"
