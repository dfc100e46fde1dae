"""The mission's own numbers as a table: what somebody who computes them again has to come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Any

from paragraph8.domain.figures import Figure, Key, Kind

from .tables import Cell, Column, Holds, Table

DIMENSIONS = ("form", "sample", "question", "answer", "n", "of", "unit", "area")
"""Parts of a key that have a column of their own; `per` is the one called `unit` in the key."""
_DIGITS = Context(prec=17)

COLUMNS = (
    Column("key"),
    Column("app"),
    Column("measure"),
    Column("form"),
    Column("sample"),
    Column("question"),
    Column("answer"),
    Column("at_least"),
    Column("part_of"),
    Column("per"),
    Column("area"),
    Column("other"),
    Column("title"),
    Column("kind"),
    Column("value", Holds.NUMBER),
    Column("numerator", Holds.WHOLE),
    Column("denominator", Holds.WHOLE),
    Column("standard_error", Holds.NUMBER),
    Column("low", Holds.NUMBER),
    Column("high", Holds.NUMBER),
    Column("level", Holds.NUMBER),
    Column("interval"),
    Column("df", Holds.WHOLE),
    Column("n", Holds.WHOLE),
    Column("left_out", Holds.WHOLE),
    Column("left_out_by_reason"),
    Column("spread"),
    Column("data"),
    Column("unit"),
    Column("basis"),
    Column("audience"),
    Column("n_stations", Holds.WHOLE),
    Column("n_teams", Holds.WHOLE),
    Column("n_areas", Holds.WHOLE),
    Column("as_of", Holds.WHOLE),
    Column("method"),
    Column("source"),
    Column("origin"),
)


def numbers(figures: Iterable[Figure], data: Mapping[Key, str]) -> Table:
    """`figures.csv`, in the order of the keys. `n` is how many units the number rests on: the denominator of a share,
    the answers behind an estimate, the count itself. `data` is the
    file that the number is computed from, where it is in the folder."""
    ordered = sorted(figures, key=lambda figure: str(figure.key))
    return Table.of("figures", COLUMNS, [_row(figure, data) for figure in ordered])


def _row(figure: Figure, data: Mapping[Key, str]) -> list[Cell]:
    said = dict(figure.key.dimensions)
    interval, estimate = figure.interval, figure.estimate
    cells: Mapping[str, Any] = {
        "key": str(figure.key),
        "app": figure.key.app,
        "measure": figure.key.measure,
        "form": said.get("form"),
        "sample": said.get("sample"),
        "question": said.get("question"),
        "answer": said.get("answer"),
        "at_least": said.get("n"),
        "part_of": said.get("of"),
        "per": said.get("unit"),
        "area": said.get("area"),
        "other": ";".join(f"{name}={value}" for name, value in figure.key.dimensions if name not in DIMENSIONS) or None,
        "title": str(figure.title),
        "kind": figure.kind.value,
        "value": _value(figure),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "standard_error": estimate.standard_error if estimate else None,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "level": interval.level if interval else None,
        "interval": interval.method if interval else None,
        "df": estimate.df if estimate else None,
        "n": _n(figure),
        "left_out": figure.left_out_total(),
        "left_out_by_reason": "; ".join(f"{reason} {n}" for reason, n in figure.left_out) or None,
        "spread": " ".join(map(str, figure.spread)) or None,
        "data": data.get(figure.key),
        "unit": figure.unit.value,
        "basis": figure.basis.value,
        "audience": figure.audience.value,
        "n_stations": figure.n_stations,
        "n_teams": figure.n_teams,
        "n_areas": figure.n_areas,
        "as_of": figure.as_of,
        "method": figure.method,
        "source": figure.source or None,
        "origin": figure.origin.value,
    }
    return [cells[column.name] for column in COLUMNS]


def _value(figure: Figure) -> str | None:
    """The number: of a share the quotient in seventeen digits, from which numerator by denominator comes back."""
    if figure.estimate is not None:
        return figure.estimate.value
    if figure.kind is Kind.SHARE:
        if not figure.denominator:
            return None
        return format(_DIGITS.divide(Decimal(figure.numerator or 0), Decimal(figure.denominator)), "f")
    return None if figure.value is None else str(figure.value)


def _n(figure: Figure) -> int | None:
    if figure.estimate is not None:
        return figure.estimate.n
    return figure.denominator if figure.kind is Kind.SHARE else figure.value
