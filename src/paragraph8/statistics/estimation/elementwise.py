"""Functions of numbers that take arrays as well: what their types promise, and the broadcasting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, overload

import numpy as np

from .columns import F64

Number = float | F64


class Of1(Protocol):
    """f(x)."""

    @overload
    def __call__(self, x: float, /) -> float: ...
    @overload
    def __call__(self, x: F64, /) -> F64: ...


class Of2(Protocol):
    """f(x, a): numbers give a number."""

    @overload
    def __call__(self, x: float, a: float, /) -> float: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, x: Number, a: Number, /) -> F64: ...


class Of3(Protocol):
    """f(x, a, b): numbers give a number."""

    @overload
    def __call__(self, x: float, a: float, b: float, /) -> float: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, x: Number, a: Number, b: Number, /) -> F64: ...


class Quantile1(Protocol):
    """f(p), from below or from above."""

    @overload
    def __call__(self, p: float, /, *, upper: bool = False) -> float: ...
    @overload
    def __call__(self, p: F64, /, *, upper: bool = False) -> F64: ...


class Quantile2(Protocol):
    """f(p, a), from below or from above."""

    @overload
    def __call__(self, p: float, a: float, /, *, upper: bool = False) -> float: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, p: Number, a: Number, /, *, upper: bool = False) -> F64: ...


class Quantile3(Protocol):
    """f(p, a, b), from below or from above."""

    @overload
    def __call__(self, p: float, a: float, b: float, /, *, upper: bool = False) -> float: ...  # type: ignore[overload-overlap]
    @overload
    def __call__(self, p: Number, a: Number, b: Number, /, *, upper: bool = False) -> F64: ...


def elementwise(function: Callable[..., F64]) -> Any:
    """Broadcast the arguments to arrays of one dimension, and give back the shape that came in."""

    def call(*arguments: Any, **options: Any) -> float | F64:
        arrays = np.broadcast_arrays(*(np.asarray(argument, dtype=np.float64) for argument in arguments))
        with np.errstate(all="ignore"):
            result = function(*(array.ravel() for array in arrays), **options)
        return result.reshape(arrays[0].shape) if arrays[0].ndim else float(result[0])

    call.__doc__ = function.__doc__
    call.__name__ = function.__name__
    return call
