"""Cells from a Parquet file: one row per report, read by polars (the extra "big")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from .cells import Answers, Cells
from .columns import Coded
from .designs import SampleDesign
from .refusals import RefusedEstimateError
from .stages import Single


def cells_of_parquet(
    path: Path | str,
    *,
    questions: Sequence[str],
    units: str | None = None,
    strata: str | None = None,
    weights: str | None = None,
    populations: str | None = None,
    domains: str | None = None,
    singles: Single = Single.FAIL,
    collapse: Mapping[Any, Any] | None = None,
) -> Cells:
    """The cells of a file; all other arguments name its columns, as `SampleDesign.declare` and `Cells.of` take them.

    Labels are texts or whole numbers; answers are whole numbers (1 yes, 0 no, below 0 no answer) or yes/no, and empty
    where there is none. Memory: rows × questions bytes, twice.
    Raises `RefusedEstimateError` (`no-polars`, `bad-file`, `unknown-column`, and what the design and the cells refuse).
    """
    named = [name for name in (units, strata, weights, populations, domains) if name is not None]
    frame = _read(path, [*named, *questions])
    if not frame.height:
        raise RefusedEstimateError("no-rows")
    design = SampleDesign.declare(
        weights=_numbers(frame, weights),
        strata=_labels(frame, strata),
        units=_labels(frame, units),
        populations=_numbers(frame, populations),
        singles=singles,
        collapse=collapse,
        rows=frame.height,
    )
    return Cells.of(design, _answers(frame, questions), domains=_labels(frame, domains), questions=questions)


def _read(path: Path | str, names: list[str]) -> Any:
    try:
        import polars
    except ImportError as error:
        raise RefusedEstimateError("no-polars") from error
    try:
        schema = polars.read_parquet_schema(path)
        unknown = [name for name in names if name not in schema]
        if unknown:
            raise RefusedEstimateError("unknown-column", column=unknown[0])
        return polars.read_parquet(path, columns=list(dict.fromkeys(names)))
    except (OSError, polars.exceptions.PolarsError) as error:
        raise RefusedEstimateError("bad-file", reason=str(error).splitlines()[0]) from error


def _labels(frame: Any, name: str | None) -> Any:
    """A column of labels; texts are coded by polars, which is faster than sorting them here."""
    if name is None:
        return None
    import polars

    column = frame[name]
    if column.dtype in (polars.Categorical, polars.Enum):
        column = column.cast(polars.String)
    if column.dtype != polars.String:
        return column.to_numpy() if not column.null_count() else np.array(column.to_list(), dtype=object)
    names = column.drop_nulls().unique().sort()
    names = names.filter(names != "")
    codes = column.replace({"": None}).cast(polars.Enum(names)).to_physical().cast(polars.Int64).fill_null(-1)
    return Coded(codes=codes.to_numpy(), labels=tuple(names.to_list()))


def _numbers(frame: Any, name: str | None) -> Any:
    if name is None:
        return None
    if not frame[name].dtype.is_numeric():
        raise RefusedEstimateError("not-numbers", what=name)
    return frame[name].to_numpy()


def _answers(frame: Any, questions: Sequence[str]) -> Answers:
    """The answers as int8 [rows, questions]."""
    import polars

    for name in questions:
        kind = frame.schema[name]
        if kind != polars.Boolean and not kind.is_integer():
            raise RefusedEstimateError("not-numbers", what=name)
        if kind != polars.Boolean and (frame[name].max() or 0) > 1:
            raise RefusedEstimateError("not-an-answer", value=frame[name].max())
    wide = {name for name, kind in frame.schema.items() if kind.is_signed_integer() and kind != polars.Int8}
    narrow = [polars.col(name).clip(-1, 1) if name in wide else polars.col(name) for name in questions]
    found = frame.select(narrow).cast(polars.Int8).fill_null(-1).to_numpy(order="c")
    return np.asarray(found)
