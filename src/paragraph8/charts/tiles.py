"""A cartogram of equal tiles: each area at its place, shaded by one number, with the number written on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .drawing import Chart, element, table, text, together

TALL = 62
GAP = 3
LIGHT = frozenset({"q4", "q5"})
"""Shades on which the words are light."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One area: `row` and `column` from 1, a short name, a value and a note on it, its shade ("q1" to "q5", or "none"
    where there is nothing to shade by). `corner` marks it with a triangle; `told` is read out instead of the tile, and
    `address` is where it leads."""

    row: int
    column: int
    name: str
    value: str
    note: str
    shade: str = "none"
    corner: bool = False
    told: str = ""
    address: str = ""
    cells: tuple[str, ...] = ()


def tiles(name: str, title: str, description: str, *, places: Sequence[Tile], header: Sequence[str]) -> Chart:
    """The chart. Two areas on one place cannot both be seen and are refused."""
    taken = [(tile.row, tile.column) for tile in places]
    if len(set(taken)) < len(taken):
        raise ValueError(f"{name}: two tiles on one place")
    columns = max((tile.column for tile in places), default=1)
    rows = max((tile.row for tile in places), default=1)
    kept, cells = table(header, (tile.cells for tile in places))
    return Chart(
        name=name,
        title=title,
        description=description,
        height=rows * TALL,
        body=together(_tile(tile, 100 / columns) for tile in places),
        header=kept,
        rows=cells,
    )


def _tile(tile: Tile, width: float) -> str:
    ink = "light" if tile.shade in LIGHT else "dark"
    inside = [
        element("title", escape(tile.told or f"{tile.name}: {tile.value}")),
        element("rect", x=0, y=0, width="100%", height="100%", class_=tile.shade),
        text(tile.name, 7, 16, kind=ink),
        text(tile.value, 7, 35, kind=f"{ink} value"),
        text(tile.note, 7, 51, kind=ink),
    ]
    if tile.corner:
        corner = element("path", d="M0 0H-14L0 14z", class_="corner")
        inside.append(element("svg", corner, x="100%", overflow="visible"))
    drawn = element(
        "svg",
        *inside,
        x=f"{width * (tile.column - 1):g}%",
        y=TALL * (tile.row - 1),
        width=f"{width - 0.6:g}%",
        height=TALL - GAP,
    )
    return element("a", drawn, href=tile.address, aria_label=tile.told) if tile.address else drawn
