"""What came in by hour against what was expected: small bars under a step, one row for each form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .drawing import Chart, box, element, line, table, text, together

ROW = 74
BARS = 44
FOOT = 22


@dataclass(frozen=True, kw_only=True)
class Hours:
    """One row: its name, the words before it (how many), and for each hour how many came and how many were expected.
    `None` where nothing was planned, so that no step claims that none were expected."""

    name: str
    note: str
    came: tuple[int, ...]
    expected: tuple[int, ...] | None = None


def hours(
    name: str,
    title: str,
    description: str,
    *,
    rows: Sequence[Hours],
    labels: Sequence[str],
    header: Sequence[str],
    cells: Sequence[Sequence[str]],
    now: float | None = None,
) -> Chart:
    """The chart. `labels` name the hours; `now` is where the present stands between 0 and 1. Each row has a scale of
    its own, since a hundred visits and one opening do not fit one."""
    for row in rows:
        if len(row.came) != len(labels) or (row.expected is not None and len(row.expected) != len(labels)):
            raise ValueError(f"{name}: {row.name} has not {len(labels)} hours")
    foot = len(rows) * ROW
    drawn = [_row(row, place * ROW, len(labels)) for place, row in enumerate(rows)]
    if now is not None:
        drawn.append(line(100 * now, 20, 100 * now, foot, "mark"))
    width = 100 / max(1, len(labels))
    axis = (
        text(words, width * (place + 0.5), foot + 14, anchor="middle", kind="alt" if place % 2 else "")
        for place, words in enumerate(labels)
    )
    kept, listed = table(header, cells)
    return Chart(
        name=name,
        title=title,
        description=description,
        height=foot + FOOT,
        body=together([*drawn, *axis]),
        header=kept,
        rows=listed,
    )


def _row(row: Hours, top: float, n: int) -> str:
    foot = top + 22 + BARS
    most = max([*row.came, *(row.expected or ()), 1])
    width = 100 / max(1, n)
    drawn = [
        # One text, the number first: where a phone is too narrow for both, the end of the name is what is cut.
        element(
            "text",
            element("tspan", escape(row.note), class_="value"),
            element("tspan", escape(row.name), class_="name", dx="0.6em"),
            x=0,
            y=top + 14,
        ),
        line(0, foot + 0.5, 100, foot + 0.5, "base"),
    ]
    for place, came in enumerate(row.came):
        if came:
            tall = BARS * came / most
            drawn.append(box(width * (place + 0.08), foot - tall, width * 0.84, tall, "bar"))
    for place, due in enumerate(row.expected or ()):
        if due:
            y = round(foot - BARS * due / most, 1)
            drawn.append(line(width * place, y, width * (place + 1), y, "step"))
    return together(drawn)
