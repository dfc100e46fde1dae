"""Columns as they come in: numbers, yes or no, and labels, checked row by row; labels become codes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from .refusals import RefusedEstimateError

F64 = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Coded:
    """Labels that are coded already: `codes` [rows] count in `labels`, which are distinct and sorted; -1 is missing."""

    codes: Codes
    labels: tuple[Any, ...]

    def __len__(self) -> int:
        return len(self.codes)


def numbers(values: Any, *, rows: int | None, what: str) -> F64:
    """One column of finite numbers, NaN where a value is missing; masked values are missing.

    Raises `RefusedEstimateError` (`wrong-shape`, `wrong-length`, `not-numbers`, `not-finite`).
    """
    if is_masked(values):
        values = np.ma.filled(values.astype(float), np.nan)
    try:
        column = np.asarray(values)
    except ValueError as error:
        raise RefusedEstimateError("wrong-shape", what=what) from error
    if column.dtype.kind not in "fiub":
        column = _from_objects(column, what)
    column = _column(column.astype(np.float64, copy=False), rows, what)
    infinite = np.flatnonzero(np.isinf(column))
    if infinite.size:
        raise RefusedEstimateError("not-finite", what=what, row=int(infinite[0]))
    return column


def flags(values: Any, *, rows: int) -> Flags:
    """Yes or no for each row. Raises `RefusedEstimateError` (`not-a-domain`, `wrong-length`)."""
    column = np.asarray(values)
    if is_masked(values) or column.dtype.kind != "b":
        raise RefusedEstimateError("not-a-domain")
    return _column(column, rows, "domain")


def encode(values: Any, *, rows: int | None, what: str, gaps: bool = False) -> tuple[Codes, tuple[Any, ...]]:
    """Labels as codes 0 … k-1 and the sorted labels that they stand for.

    A missing label (None, NaN, empty text) is refused, or has code -1 where `gaps` are allowed.
    Raises `RefusedEstimateError` (`wrong-shape`, `wrong-length`, `no-label`, `mixed-labels`).
    """
    if isinstance(values, Coded):
        return _coded(values, rows, what, gaps=gaps)
    column = _column(_labels(values, what), rows, what)
    if column.dtype.kind not in "USO":
        return _encode_numbers(column, what, gaps=gaps)
    labels = column.tolist()
    try:
        distinct = set(labels)
    except TypeError as error:
        raise RefusedEstimateError("mixed-labels", what=what) from error
    empty = {label for label in distinct if label is None or label == "" or label != label}  # noqa: PLR0124
    if empty and not gaps:
        row = next(row for row, label in enumerate(labels) if label in empty)
        raise RefusedEstimateError("no-label", what=what, row=row)
    names = sorted(_of_one_kind(distinct - empty, what))
    code_of = dict.fromkeys(empty, -1) | {name: code for code, name in enumerate(names)}
    codes = np.fromiter(map(code_of.__getitem__, labels), dtype=np.int64, count=len(labels))
    return codes, tuple(name.item() if isinstance(name, np.generic) else name for name in names)


def per_stage(values: Any) -> list[Any]:
    """What was given for each stage: a list of columns is one for each, anything else is the first stage alone."""
    if isinstance(values, list | tuple) and any(_is_column(value) for value in values):
        return list(values)
    return [values]


def frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same array, which nobody writes to any more."""
    view = array.view()
    view.flags.writeable = False
    return view


def sums(codes: Codes, values: F64, size: int) -> F64:
    """Sums of the rows of `values` [n, k] by code: [size, k]."""
    return np.stack([np.bincount(codes, weights=column, minlength=size) for column in values.T], axis=1)


def is_masked(values: Any) -> bool:
    """Whether values are a masked array; numpy loads those, which takes time, for whoever made one."""
    masked = sys.modules.get("numpy.ma")
    return masked is not None and isinstance(values, masked.MaskedArray)


def _is_column(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str | bytes)


def _column(column: npt.NDArray[Any], rows: int | None, what: str) -> npt.NDArray[Any]:
    if column.ndim != 1:
        raise RefusedEstimateError("wrong-shape", what=what)
    if rows is not None and len(column) != rows:
        raise RefusedEstimateError("wrong-length", what=what, n=len(column), rows=rows)
    return column


def _coded(values: Coded, rows: int | None, what: str, *, gaps: bool) -> tuple[Codes, tuple[Any, ...]]:
    """The codes of the labels that occur."""
    codes = _column(values.codes, rows, what)
    missing = np.flatnonzero(codes < 0)
    if missing.size and not gaps:
        raise RefusedEstimateError("no-label", what=what, row=int(missing[0]))
    there = np.bincount(codes[codes >= 0], minlength=len(values.labels)) > 0
    rank = np.append(np.cumsum(there) - 1, -1)
    return rank[codes], tuple(values.labels[place] for place in np.flatnonzero(there))


def _from_objects(column: npt.NDArray[Any], what: str) -> F64:
    if column.dtype.kind != "O" or any(isinstance(value, str | bytes) for value in column.flat):
        raise RefusedEstimateError("not-numbers", what=what)
    try:
        return np.array([np.nan if value is None else float(value) for value in column.flat]).reshape(column.shape)
    except (TypeError, ValueError) as error:
        raise RefusedEstimateError("not-numbers", what=what) from error


def _labels(values: Any, what: str) -> npt.NDArray[Any]:
    """Labels as an array in which a text stays a text and a number a number."""
    if isinstance(values, list | tuple):
        column = np.empty(len(values), dtype=object)
        try:
            column[:] = values
        except ValueError as error:
            raise RefusedEstimateError("wrong-shape", what=what) from error
        return column
    column = np.asarray(values)
    if is_masked(values):
        column = column.astype(object)
        column[np.ma.getmaskarray(values)] = None
    return column


def _encode_numbers(column: npt.NDArray[Any], what: str, *, gaps: bool) -> tuple[Codes, tuple[Any, ...]]:
    missing = np.isnan(column) if column.dtype.kind == "f" else np.zeros(len(column), dtype=bool)
    if not missing.any():
        codes, labels = _ranks(column)
        return codes, tuple(labels.tolist())
    if not gaps:
        raise RefusedEstimateError("no-label", what=what, row=int(np.flatnonzero(missing)[0]))
    codes = np.full(len(column), -1, dtype=np.int64)
    codes[~missing], labels = _ranks(column[~missing])
    return codes, tuple(labels.tolist())


def _of_one_kind(labels: set[Any], what: str) -> set[Any]:
    kinds = (str, bytes, (int, float, np.number, np.bool_))
    if labels and not any(all(isinstance(label, kind) for label in labels) for kind in kinds):
        raise RefusedEstimateError("mixed-labels", what=what)
    return labels


def _ranks(column: npt.NDArray[Any]) -> tuple[Codes, npt.NDArray[Any]]:
    """The rank of each label among the distinct ones; whole numbers that lie close together need no sorting."""
    if column.dtype.kind in "iu" and column.size and int(column.max()) < 2**62:
        least = int(column.min())
        reach = int(column.max()) - least + 1
        if reach <= 4 * column.size + 1024:
            shifted = column.astype(np.int64) - least
            there = np.bincount(shifted, minlength=reach) > 0
            return (np.cumsum(there) - 1)[shifted], np.flatnonzero(there) + least
    labels, codes = np.unique(column, return_inverse=True)
    return codes.reshape(-1).astype(np.int64), labels


def distinct_pairs(outer: Codes, inner: Codes) -> tuple[Codes, Codes]:
    """Codes of the distinct pairs (outer, inner), and the outer code of each pair."""
    width = int(inner.max()) + 1
    codes, pairs = _ranks(outer * width + inner)
    return codes, pairs // width
