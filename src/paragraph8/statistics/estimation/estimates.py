"""What an estimate carries: its value and variance, and everything that says how far it may be trusted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from paragraph8.domain.figures import Basis

from .columns import F64, Codes, Flags
from .refusals import RefusedEstimateError

if TYPE_CHECKING:
    from .designs import SampleDesign


class Measure(StrEnum):
    """What is estimated."""

    TOTAL = "total"
    MEAN = "mean"
    RATIO = "ratio"
    PROPORTION = "proportion"
    CONTRAST = "contrast"
    """A sum of estimates with given factors, such as a difference."""
    FUNCTION = "function"
    """Any other smooth function of estimates."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One estimate. Its unit is that of the answers: a share is between 0 and 1, never a percentage.

    `n` rows, `units` first-stage units and `strata` are those that have members of the domain with an answer; `df` are
    units less strata. `method` names how the variance was computed, `basis` the class of evidence. `design_effect` is
    the variance over that of a simple random sample of the same n without replacement, `design_effect_replace` with
    replacement; None where they are not defined (a contrast, a function, a spread of 0).
    """

    name: str
    value: float
    variance: float
    df: int
    n: int
    units: int
    strata: int
    measure: Measure
    method: str = "taylor"
    basis: Basis = Basis.PROBABILITY
    design_effect: float | None = None
    design_effect_replace: float | None = None

    @property
    def se(self) -> float:
        """The standard error."""
        return math.sqrt(self.variance)

    @property
    def effective_n(self) -> float | None:
        """The size of a simple random sample with replacement that would say as much."""
        return self.n / self.design_effect_replace if self.design_effect_replace else None

    def interval(self, *, level: float = 0.95, method: str | None = None) -> Any:
        """A confidence interval: Korn-Graubard for a proportion, else estimate ± t·SE with `df`.

        Raises `RefusedEstimateError` (`no-degrees` where there is no variance to speak of, `not-a-level`,
        `no-such-method`).
        """
        if not 0 < level < 1:
            raise RefusedEstimateError("not-a-level", level=level)
        if self.df < 1:
            raise RefusedEstimateError("no-degrees", df=self.df)
        intervals = import_module("paragraph8.statistics.estimation.intervals")
        chosen = method or ("korn-graubard" if self.measure is Measure.PROPORTION else "wald")
        return intervals.interval(self.value, self.variance, self.n, self.df, level=level, method=chosen)


@dataclass(frozen=True, kw_only=True, eq=False)
class Estimates:
    """Several estimates from one sample with their covariances.

    `values` [k], `covariance` [k, k] and all others are in the order of `names`. `members` [rows, k] says on which rows
    of the `design` each estimate rests: from them come n and degrees of freedom of whatever is computed from several.
    """

    names: tuple[str, ...]
    values: F64
    covariance: F64
    measures: tuple[Measure, ...]
    design: SampleDesign = field(repr=False)
    members: Flags = field(repr=False)
    design_effects: F64
    design_effects_replace: F64
    method: str = "taylor"
    basis: Basis = Basis.PROBABILITY

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[Estimate]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, key: str | int) -> Estimate:
        """One of them, by name or place. Raises `RefusedEstimateError` (`no-such-group`)."""
        at = self._place(key)
        units, strata = self.design.reach(self.members[:, at])
        return Estimate(
            name=self.names[at],
            value=float(self.values[at]),
            variance=float(self.covariance[at, at]),
            df=units - strata,
            n=int(self.members[:, at].sum()),
            units=units,
            strata=strata,
            measure=self.measures[at],
            method=self.method,
            basis=self.basis,
            design_effect=_defined(self.design_effects[at]),
            design_effect_replace=_defined(self.design_effects_replace[at]),
        )

    @property
    def variances(self) -> F64:
        """The variances [k]."""
        return np.diagonal(self.covariance)

    @property
    def ses(self) -> F64:
        """The standard errors [k]."""
        return np.sqrt(self.variances)

    @property
    def dfs(self) -> Codes:
        """The degrees of freedom [k]."""
        reach = [self.design.reach(column) for column in self.members.T]
        return np.array([units - strata for units, strata in reach], dtype=np.int64)

    @property
    def n(self) -> Codes:
        """The rows that each rests on [k]."""
        return np.asarray(self.members.sum(axis=0, dtype=np.int64))

    def contrast(self, weights: Mapping[str, float] | Sequence[float], *, name: str = "contrast") -> Estimate:
        """Σ a_j θ_j with variance aᵀVa: `weights` are the a_j, by name (others 0) or one for each estimate.

        A difference is `contrast({"E": 1, "H": -1})`. `n` and `df` are those of all rows on which a part with a factor
        other than 0 rests.
        Raises `RefusedEstimateError` (`no-such-group`, `wrong-length`).
        """
        factors = np.zeros(len(self))
        if isinstance(weights, Mapping):
            for key, factor in weights.items():
                factors[self._place(key)] = factor
        else:
            if len(weights) != len(self):
                raise RefusedEstimateError("wrong-length", what="contrast", n=len(weights), rows=len(self))
            factors[:] = weights
        return self._derived(float(factors @ self.values), factors[None, :], name, Measure.CONTRAST)

    def difference(self, one: str | int, other: str | int) -> Estimate:
        """θ_one - θ_other, with the covariance between them. Raises `RefusedEstimateError` (`no-such-group`)."""
        first, second = self.names[self._place(one)], self.names[self._place(other)]
        return self.contrast({first: 1.0, second: -1.0}, name=f"{first} - {second}")

    def function(
        self,
        f: Callable[[F64], float],
        gradient: Callable[[F64], Any] | None = None,
        *,
        name: str = "function",
    ) -> Estimate:
        """Any smooth f(θ) with variance ∇fᵀ V ∇f (delta method; Wolter 2007, ch. 6).

        `f` takes the values [k]; `gradient` gives ∂f/∂θ [k] and is computed by central differences where it is not
        given (relative error about 1e-9). Raises `RefusedEstimateError` (`not-smooth`, `wrong-length`).
        """
        value = float(f(self.values.copy()))
        slope = self._slope(f) if gradient is None else np.asarray(gradient(self.values.copy()), dtype=np.float64)
        if slope.shape != (len(self),):
            raise RefusedEstimateError("wrong-length", what="gradient", n=slope.size, rows=len(self))
        if not (math.isfinite(value) and np.isfinite(slope).all()):
            raise RefusedEstimateError("not-smooth")
        return self._derived(value, slope[None, :], name, Measure.FUNCTION)

    def _slope(self, f: Callable[[F64], float]) -> F64:
        """Central differences of the fourth order, with steps that fit the size of each estimate."""
        steps = np.maximum(np.abs(self.values), np.maximum(self.ses, 1e-8)) * 2e-4
        slope = np.empty(len(self))
        for place, step in enumerate(steps):
            away = np.zeros(len(self))
            away[place] = step
            near = float(f(self.values + away)) - float(f(self.values - away))
            far = float(f(self.values + 2 * away)) - float(f(self.values - 2 * away))
            slope[place] = (8 * near - far) / (12 * step)
        return slope

    def _derived(self, value: float, slope: F64, name: str, measure: Measure) -> Estimate:
        variance = float((slope @ self.covariance @ slope.T)[0, 0])
        rows: Flags = self.members[:, slope[0] != 0].max(axis=1, initial=False)
        units, strata = self.design.reach(rows)
        return Estimate(
            name=name,
            value=value,
            variance=max(variance, 0.0),
            df=units - strata,
            n=int(rows.sum()),
            units=units,
            strata=strata,
            measure=measure,
            method=self.method,
            basis=self.basis,
        )

    def _place(self, key: str | int) -> int:
        if isinstance(key, str) and key in self.names:
            return self.names.index(key)
        if not isinstance(key, str) and -len(self) <= key < len(self):
            return range(len(self))[key]
        raise RefusedEstimateError("no-such-group", name=key)


def _defined(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
