"""Ratings: what several observers answered about the same units, as codes and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .columns import F64, Codes, encode
from .refusals import RefusedEstimateError


@dataclass(frozen=True, kw_only=True, eq=False)
class Ratings:
    """`codes` [units, observers], -1 for none; `counts` [units, categories] of the units `there`, with answers."""

    codes: Codes
    counts: F64
    categories: tuple[Any, ...]
    there: Codes

    @classmethod
    def of(cls, ratings: Any, *, categories: Sequence[Any] | None = None) -> Ratings:
        """From a table [units, observers]; `categories` are all possible answers, in their order.

        Raises `RefusedEstimateError` (`wrong-table`, `unknown-category`, `no-pairs`).
        """
        try:
            table = ratings if isinstance(ratings, np.ndarray) else np.array(ratings, dtype=object)
        except ValueError:
            raise RefusedEstimateError("wrong-table") from None
        if isinstance(table, np.ma.MaskedArray):
            table = np.ma.filled(table.astype(object), None)
        if table.ndim != 2 or table.shape[1] < 2:
            raise RefusedEstimateError("wrong-table")
        codes, labels = encode(table.ravel(), rows=None, what="ratings", gaps=True)
        if categories is not None:
            place = {label: at for at, label in enumerate(categories)}
            strange = [label for label in labels if label not in place]
            if strange:
                raise RefusedEstimateError("unknown-category", label=strange[0])
            codes = np.array([*(place[label] for label in labels), -1], dtype=np.int64)[codes]
            labels = tuple(categories)
        codes = codes.reshape(table.shape)
        counts = np.stack([(codes == at).sum(axis=1) for at in range(len(labels))], axis=1).astype(np.float64)
        there = np.flatnonzero(counts.sum(axis=1) > 0)
        if not (counts.sum(axis=1) >= 2).any():
            raise RefusedEstimateError("no-pairs")
        return cls(codes=codes, counts=counts[there], categories=labels, there=there)


def side_by_side(one: Any, other: Any) -> Any:
    """Two columns as one table. Raises `RefusedEstimateError` (`wrong-table`)."""
    first, second = np.asarray(one, dtype=object), np.asarray(other, dtype=object)
    if first.ndim != 1 or first.shape != second.shape:
        raise RefusedEstimateError("wrong-table")
    return np.column_stack([first, second])


def cluster_codes(clusters: Any, rows: int) -> Codes:
    """A code for the cluster of each unit. Raises `RefusedEstimateError` (`no-label`, `wrong-length`)."""
    return encode(clusters, rows=rows, what="clusters")[0]
