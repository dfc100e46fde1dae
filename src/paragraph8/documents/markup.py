"""HTML elements as a tree, so that every text and attribute is escaped by the serialiser and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None

_LINES = frozenset(
    {"html", "head", "body", "meta", "title", "link", "style", "header", "nav", "main", "aside", "section", "figure"}
    | {"figcaption", "details", "summary", "div", "p", "h1", "h2", "h3", "ul", "li", "dl", "dt", "dd"}
    | {"table", "caption", "thead", "tbody", "tr"}
)
"""Elements after which the source goes to a new line; space there means nothing."""


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Child) -> Element:
    """An element with its children; `None` children are left out."""
    made = Element(tag, dict(attributes or {}))
    last: Element | None = None
    for child in children:
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif child and last is not None:
            last.tail = (last.tail or "") + child
        elif child:
            made.text = (made.text or "") + child
    return made


def page(root: Element) -> bytes:
    """The bytes of a whole HTML document."""
    _break_lines(root)
    return b"<!doctype html>\n" + tostring(root, encoding="unicode", method="html").encode() + b"\n"


def _break_lines(made: Element) -> None:
    for child in made:
        if child.tag in _LINES and not child.tail:
            child.tail = "\n"
        _break_lines(child)
