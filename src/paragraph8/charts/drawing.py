"""SVG as text: elements, and the frame that every chart stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from .style import STYLE

_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """An element with children that are markup already. `class_` is class, `text_anchor` is text-anchor; an attribute
    that is `None` or empty is left out. Values are escaped."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_spelled(value))}"'
        for name, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>" if children else f"<{tag}{written}/>"


def text(words: str, x: float, y: float, *, anchor: str = "", kind: str = "") -> str:
    """Words at a place: `x` in per cent of the width, `y` in pixels at the foot of the letters; `anchor` is "middle"
    or "end"."""
    return element("text", escape(words), x=percent(x), y=y, text_anchor=anchor, class_=kind)


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """A line between two places."""
    return element("line", x1=percent(x1), y1=y1, x2=percent(x2), y2=y2, class_=kind)


def box(x: float, y: float, width: float, height: float, kind: str) -> str:
    """A rectangle; `x` and `width` in per cent. What is on the drawing is at least a hair wide."""
    return element(
        "rect", x=percent(x), y=y, width=percent(max(width, 0.1)), height=max(round(height, 2), 0), class_=kind
    )


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """A dot."""
    return element("circle", cx=percent(x), cy=y, r=radius, class_=kind)


def percent(x: float) -> str:
    """A place or width across, in per cent of the drawing's width."""
    return f"{_spelled(round(x, 2))}%"


def _spelled(value: str | float | None) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing and the same data as a table.

    `name` is unique on the page (it makes the identifiers); `title` names what is drawn and `description` says in words
    what a reader would see, with its numbers. `header` and `rows` are the table that stands beside the drawing.
    """

    name: str
    title: str
    description: str
    height: int
    body: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not _NAME.match(self.name):
            raise ValueError(f"{self.name!r} cannot be the name of a chart")
        if not self.title.strip() or not self.description.strip():
            raise ValueError(f"{self.name}: a chart needs a title and a description")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"{self.name}: a row of its table has not {len(self.header)} cells")

    @property
    def svg(self) -> str:
        """The drawing for a page, as wide as its place; the page's stylesheet colours it."""
        return self._drawn("", width="100%", height=self.height)

    def standalone(self, width: int) -> str:
        """The drawing with its own colours, `width` pixels wide: a file, or a picture in a document."""
        return self._drawn(element("style", STYLE), xmlns="http://www.w3.org/2000/svg", width=width, height=self.height)

    def _drawn(self, style: str, **size: str | float) -> str:
        title, told = f"{self.name}-title", f"{self.name}-told"
        return element(
            "svg",
            element("title", escape(self.title), id=title),
            element("desc", escape(self.description), id=told),
            style,
            self.body,
            **size,
            class_="chart",
            role="img",
            aria_labelledby=f"{title} {told}",
        )


def together(parts: Iterable[str]) -> str:
    """Markup after markup."""
    return "".join(parts)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows as a chart keeps them."""
    return tuple(header), tuple(tuple(row) for row in rows)
