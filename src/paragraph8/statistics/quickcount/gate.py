"""The release gate: what has to be true before a quick count is said aloud, fixed in advance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from .refusals import RefusedCountError
from .response import by_kind, empty_strata, overall
from .returns import Returns


class Condition(StrEnum):
    """What the gate asks."""

    RETURNS = "returns"
    """Enough of the whole sample is in."""
    KIND = "kind"
    """Enough of each kind of station is in."""
    EMPTY = "empty"
    """Hardly any stratum is without a report."""
    DOUBTFUL = "doubtful"
    """The reports kept apart could not change the leader, whatever they hold."""
    STEADY = "steady"
    """The last looks lie inside the present limits."""
    TIME = "time"
    """The hour before which nothing is said has come."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What was fixed in advance. Shares from 0 to 1; `opens_at` in the seconds of `Returns.arrived`, or `None`.

    The defaults are those of statements of practice: 85 % of the sample, 70 % of each kind, no empty stratum, the last
    three looks inside the last interval.
    """

    overall: float = 0.85
    kind: float = 0.70
    empty: int = 0
    steady: int = 3
    opens_at: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.overall <= 1 or not 0 <= self.kind <= 1 or self.empty < 0 or self.steady < 0:
            raise RefusedCountError("bad-rule", field="0 < overall ≤ 1, 0 ≤ kind ≤ 1, empty ≥ 0, steady ≥ 0")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One condition: what was wanted, what was found (`None`: it cannot be said), whether it is met.

    Units: shares for returns and kinds (`subject` is the kind), strata for empty ones, a lead for doubtful reports
    (wanted: above 0), looks inside for steady ones, seconds for the time.
    """

    condition: Condition
    met: bool
    wanted: float
    found: float | None
    subject: str = ""


@dataclass(frozen=True)
class Verdict:
    """All conditions in their order."""

    checks: tuple[Check, ...]

    @property
    def open(self) -> bool:
        """Whether every condition is met."""
        return all(check.met for check in self.checks)

    @property
    def unmet(self) -> tuple[Check, ...]:
        """Why it is shut."""
        return tuple(check for check in self.checks if not check.met)


def judge(
    returns: Returns,
    rule: Rule,
    *,
    leader: int,
    second: int,
    looks_inside: Sequence[bool] = (),
    now: float | None = None,
) -> Verdict:
    """Whether a quick count may be said aloud.

    `leader` and `second` are places among the contestants. `looks_inside` says of the latest looks before this one, in
    their order, whether they lie inside the present limits; fewer looks than the rule asks for are not enough.
    """
    whole = overall(returns)
    checks = [
        Check(
            condition=Condition.RETURNS, met=_at_least(whole.rate, rule.overall), wanted=rule.overall, found=whole.rate
        )
    ]
    for group in by_kind(returns):
        if group.group:
            met = _at_least(group.rate, rule.kind)
            checks.append(
                Check(condition=Condition.KIND, met=met, wanted=rule.kind, found=group.rate, subject=group.group)
            )
    empty = len(empty_strata(returns))
    checks.append(Check(condition=Condition.EMPTY, met=empty <= rule.empty, wanted=rule.empty, found=empty))
    worst = lead_at_worst(returns, leader=leader, second=second)
    checks.append(Check(condition=Condition.DOUBTFUL, met=worst is not None and worst > 0, wanted=0, found=worst))
    last = list(looks_inside)[-rule.steady :] if rule.steady else []
    checks.append(
        Check(condition=Condition.STEADY, met=sum(last) >= rule.steady, wanted=rule.steady, found=float(sum(last)))
    )
    if rule.opens_at is not None:
        met = now is not None and now >= rule.opens_at
        checks.append(Check(condition=Condition.TIME, met=met, wanted=rule.opens_at, found=now))
    return Verdict(tuple(checks))


def lead_at_worst(returns: Returns, *, leader: int, second: int) -> float | None:
    """The lead if every vote at the stations kept apart were the second's; `None` while nothing is in.

    A station kept apart is given as many votes as it has registered voters, or as the largest station that is in where
    that is not known; weights are N_h / (r_h + q_h). With nothing kept apart it is the lead itself.
    """
    sample, used = returns.sample, returns.used
    apart = returns.came & returns.doubtful
    if not used.any():
        return None
    both = np.bincount(sample.stratum[used | apart], minlength=len(sample.strata))
    weight = (sample.populations / np.maximum(both, 1))[sample.stratum]
    most = np.where(np.isnan(sample.registered), np.nanmax(returns.base[used]), sample.registered)
    against = float((weight * most)[apart].sum())
    y = returns.votes[used]
    ahead = float((weight[used] * (y[:, leader] - y[:, second])).sum())
    votes = float((weight[used] * returns.base[used]).sum())
    return (ahead - against) / (votes + against) if votes + against > 0 else None


def _at_least(found: float | None, wanted: float) -> bool:
    return found is not None and found >= wanted
