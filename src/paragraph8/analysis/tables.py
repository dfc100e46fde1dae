"""Tables as files: CSV that no spreadsheet takes for formulas and that reads the same everywhere, and Parquet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from typing import Any

Cell = str | int | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so would be run as a formula by a spreadsheet."""
GUARD = "'"
"""What stands before such a text."""
PARQUET_EXTRA = "polars"
"""The package of the extra `big` that writes Parquet."""


class Holds(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    """A decimal number, given as its spelling."""


@dataclass(frozen=True)
class Column:
    """A column by the name that its header gives."""

    name: str
    holds: Holds = Holds.TEXT


@dataclass(frozen=True)
class Table:
    """Rows of cells in the order of the columns. `None` is a quantity that there is not; in CSV an empty cell."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Table:
        """The table. Raises `ValueError` for a row of another width or a name that stands twice."""
        names = [column.name for column in columns]
        if len(set(names)) < len(names):
            raise ValueError(f"{name}: a column stands twice")
        kept = tuple(tuple(row) for row in rows)
        if any(len(row) != len(columns) for row in kept):
            raise ValueError(f"{name}: a row has another number of cells than there are columns")
        return cls(name, tuple(columns), kept)

    def csv(self) -> bytes:
        """UTF-8, comma, LF, header row. A text that a spreadsheet would run stands behind an apostrophe."""
        guards = [column.holds is Holds.TEXT for column in self.columns]
        lines = [",".join(_quoted(_guarded(column.name)) for column in self.columns)]
        for row in self.rows:
            cells = (_guarded(cell) if guard else cell for cell, guard in zip(row, guards, strict=True))
            lines.append(",".join(map(_quoted, cells)))
        return ("\n".join(lines) + "\n").encode()

    def parquet(self) -> bytes:
        """The same as Parquet, with the texts as they are: nothing runs them. Needs the extra `big`."""
        import polars

        kinds = {Holds.TEXT: polars.String, Holds.WHOLE: polars.Int64, Holds.NUMBER: polars.Float64}
        columns = list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.columns)
        series = [
            polars.Series(column.name, [_number(cell, column.holds) for cell in cells], dtype=kinds[column.holds])
            for column, cells in zip(self.columns, columns, strict=True)
        ]
        out = io.BytesIO()
        polars.DataFrame(series).write_parquet(out, compression="zstd", statistics=False)
        return out.getvalue()


def writes_parquet() -> bool:
    """Whether the extra that writes Parquet is installed."""
    return find_spec(PARQUET_EXTRA) is not None


def _guarded(cell: Cell) -> Cell:
    return GUARD + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _quoted(cell: Cell) -> str:
    """The cell as CSV (RFC 4180). The `csv` module leaves a lone carriage return without quotes."""
    text = "" if cell is None else str(cell)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text


def _number(cell: Cell, holds: Holds) -> Any:
    return float(cell) if holds is Holds.NUMBER and cell is not None else cell
