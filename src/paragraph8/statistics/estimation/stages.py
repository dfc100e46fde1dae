"""One stage of a sample: which units were taken from which groups, and what single units do to the variance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from .columns import F64, Codes, Flags, sums
from .refusals import RefusedEstimateError


class Single(StrEnum):
    """What becomes of a stratum with a single sampled unit, of which no variance can be computed."""

    FAIL = "fail"
    """Refuse: the default, and the only rule while a sample is planned."""
    CERTAINTY = "certainty"
    """It adds nothing, as if it had been taken with certainty (R `survey`: "certainty" and "remove")."""
    AVERAGE = "average"
    """It adds what the other strata add on average (R `survey`: "average")."""
    ADJUST = "adjust"
    """Its total is compared with the mean of all units of the stage (R `survey` 4.5: "adjust")."""

    @classmethod
    def named(cls, name: str) -> Single:
        """The rule of a name. Raises `RefusedEstimateError` (`no-such-rule`)."""
        try:
            return cls(name)
        except ValueError as error:
            raise RefusedEstimateError("no-such-rule", rule=name, rules=", ".join(cls)) from error


@dataclass(frozen=True, kw_only=True, eq=False)
class Stage:
    """One stage. A *group* is a stratum at the first stage, and a unit of the stage before at a later one.

    `unit_of_row` [rows] and `group_of_unit` [units] are codes, `sampled` [groups] counts the units taken, `population`
    [groups] those that were there (infinity: not known, or drawn with replacement), `names` [groups] is what people
    call the groups.
    """

    unit_of_row: Codes
    group_of_unit: Codes
    sampled: F64
    population: F64
    names: tuple[str, ...]

    @property
    def fraction(self) -> F64:
        """The share of each group that was taken, 0 where the population is not known."""
        return self.sampled / self.population

    @property
    def open_singles(self) -> Flags:
        """The groups of which one unit was taken while there were more."""
        return alone(self.sampled, self.population)

    def variance(self, scores: F64, *, number: int, factor: F64, singles: Single) -> F64:
        """Σ_g factor_g (1 - f_g) n_g/(n_g - 1) Σ_i (z_gi - z̄_g)(z_gi - z̄_g)ᵀ; z_gi sums the scores of a unit.

        `scores` [rows, k] are weighted, `number` counts stages from 1, `factor` [groups] is the part of the population
        for which the stages before speak. Raises `RefusedEstimateError` (`single-unit`, `all-single`).
        """
        totals = sums(self.unit_of_row, scores, len(self.group_of_unit))
        centres = sums(self.group_of_unit, totals, len(self.sampled)) / self.sampled[:, None]
        single = self.open_singles & (factor > 0)
        if singles is Single.FAIL and single.any():
            name = self.names[int(np.flatnonzero(single)[0])]
            raise RefusedEstimateError("single-unit", stage=number, n=int(single.sum()), group=name)
        if singles is Single.ADJUST:
            centres[single] = totals.mean(axis=0)
        spread = self.sampled / np.maximum(self.sampled - 1, 1)
        scale = factor * np.clip(1 - self.fraction, 0, 1) * spread
        away = totals - centres[self.group_of_unit]
        found: F64 = away.T @ (away * scale[self.group_of_unit, None])
        if singles is Single.AVERAGE and single.any():
            if single.all():
                raise RefusedEstimateError("all-single", stage=number)
            found *= len(single) / (len(single) - int(single.sum()))
        return found


def group_populations(
    values: F64 | None, group_of_row: Codes, sampled: F64, names: tuple[str, ...], *, stage: int
) -> F64:
    """The population of each group from a column that says it in every row.

    Raises `RefusedEstimateError` (`bad-population`, `population-varies`, `more-than-population`).
    """
    if values is None:
        return np.full(len(sampled), np.inf)
    wrong = np.flatnonzero(~(values >= 1))
    if wrong.size:
        raise RefusedEstimateError("bad-population", row=int(wrong[0]), value=_number(values[wrong[0]]))
    found = np.empty(len(sampled))
    found[group_of_row] = values
    varies = np.flatnonzero(found[group_of_row] != values)
    if varies.size:
        group = int(group_of_row[varies[0]])
        one, other = _number(values[varies[0]]), _number(found[group])
        raise RefusedEstimateError("population-varies", stage=stage, group=names[group], one=one, other=other)
    beyond = np.flatnonzero(sampled > found)
    if beyond.size:
        group = int(beyond[0])
        raise RefusedEstimateError(
            "more-than-population",
            stage=stage,
            group=names[group],
            sampled=int(sampled[group]),
            population=_number(found[group]),
        )
    return found


def alone(sampled: F64, population: F64) -> Flags:
    """Whether a group has a single sampled unit, of which no variance can be computed, while there were more."""
    return np.asarray((sampled == 1) & (population > 1 + 1e-7))


def collapsed(sampled: F64, population: F64, labels: tuple[Any, ...], mapping: Mapping[Any, Any]) -> Codes:
    """The stratum in which each stratum counts for the variance: every stratum with a single sampled unit joins the one
    that the list made in advance names for it, or the next on the way that has a unit in the sample.

    `sampled` and `population` [strata] count units. A stratum that the list does not name stays alone, and the rule for
    single units speaks. The order of strata makes no difference. Raises `RefusedEstimateError` (`collapse-nowhere`).
    """
    place = {label: code for code, label in enumerate(labels)}
    joined = np.arange(len(labels))
    for code in np.flatnonzero(alone(sampled, population)):
        if labels[code] not in mapping:
            continue
        target = _next_there(labels[code], place, sampled, mapping)
        old, new = joined[code], joined[target]
        joined[joined == max(old, new)] = min(old, new)
    return joined


def _next_there(label: Any, place: Mapping[Any, int], sampled: F64, mapping: Mapping[Any, Any]) -> int:
    seen, at = {label}, label
    while at in mapping:
        at = mapping[at]
        if at in seen:
            break
        if at in place and sampled[place[at]] > 0:
            return place[at]
        seen.add(at)
    raise RefusedEstimateError("collapse-nowhere", stratum=label)


def _number(value: float) -> str:
    return f"{value:g}"
