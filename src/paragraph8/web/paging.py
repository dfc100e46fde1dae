"""Long lists in pages. A page begins after the last row of the one before, so that rows which come in meanwhile neither
hide nor repeat anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

Row = TypeVar("Row")
ModelRow = TypeVar("ModelRow", bound=Model)

MOST_DIGITS = 18
"""More digits than any row number has."""


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows; `further` is where the next page begins, empty on the last; `first` whether this is the first."""

    rows: tuple[Row, ...]
    further: str
    first: bool


def older(rows: QuerySet[ModelRow], before: int | None, *, by: str = "pk") -> Page[ModelRow]:
    """The newest rows below `before`; `by` is a field of whole numbers, unique among the rows."""
    some = rows.filter(**{f"{by}__lt": before}) if before is not None else rows
    found = list(some.order_by(f"-{by}")[: settings.PAGE_ROWS + 1])
    more = len(found) > settings.PAGE_ROWS
    shown = tuple(found[: settings.PAGE_ROWS])
    return Page(shown, str(getattr(shown[-1], by)) if more else "", before is None)


def after(rows: Sequence[Mapping[str, Any]], name: str, last: str) -> Page[Mapping[str, Any]]:
    """The rows behind the one whose `name` is `last`; the rows are in the order of that name."""
    rest = [row for row in rows if str(row[name]) > last]
    shown = tuple(rest[: settings.PAGE_ROWS])
    return Page(shown, str(shown[-1][name]) if len(rest) > len(shown) else "", not last)


def number_in(query: Mapping[str, Any], name: str) -> int | None:
    """A row number out of an address; anything else counts as not given."""
    value = str(query.get(name, ""))
    return int(value) if value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS else None
