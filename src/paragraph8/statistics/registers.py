"""Counting in registers: contestants, stations, sourced totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paragraph8.domain.figures import Key

from .observations import Tally


def register_count(rows: Sequence[Mapping[str, Any]], key: Key) -> Tally:
    """How many rows carry, field by field, the values that the key's dimensions name."""
    return Tally(value=len(_matching(rows, key)))


def register_sum(rows: Sequence[Mapping[str, Any]], key: Key) -> Tally:
    """The sum of the field `n` (a whole number) over the rows that the key's dimensions name."""
    return Tally(value=sum(row["n"] for row in _matching(rows, key)))


def register_outcomes(rows: Sequence[Mapping[str, Any]], key: Key) -> list[str]:
    """Of each row, in row order, whether it is among those that the key's dimensions name."""
    return ["in" if _matches(row, key) else "out" for row in rows]


def _matching(rows: Sequence[Mapping[str, Any]], key: Key) -> list[Mapping[str, Any]]:
    return [row for row in rows if _matches(row, key)]


def _matches(row: Mapping[str, Any], key: Key) -> bool:
    return all(str(row.get(name, "")) == value for name, value in key.dimensions)
