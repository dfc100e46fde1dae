"""How the estimate moved as returns came in: one look after another, with what was known then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .counts import Count, Limits, estimate, limits
from .nights import Night, seconds
from .plans import CountPlan
from .refusals import RefusedCountError

MOST_LOOKS = 200


@dataclass(frozen=True, eq=False, kw_only=True)
class Look:
    """One look: its moment in seconds, the part of the sample that was in (0 to 1), and what the returns said by then;
    `refused` says why they said nothing. `limits` are those of the contestants in their order, at `level`."""

    moment: float
    n: int
    returned: float
    level: float
    count: Count | None = None
    limits: tuple[Limits, ...] = ()
    refused: RefusedCountError | None = None


def moments(plan: CountPlan, *, now: float, arrivals: Sequence[float] = ()) -> list[float]:
    """The looks until now, in seconds: those that the plan fixed, and now as the last one. Where it fixed none, one
    each `minutes` from the first return on, at round times. When the last look and the last return are over, the last
    one is the later of these. Raises `RefusedCountError` for more than 200.
    """
    step = 60.0 * plan.minutes
    over = max([*arrivals, *([seconds(plan.last)] if plan.last else [])], default=now)
    now = min(now, over)
    if plan.first:
        start, end = seconds(plan.first), min(seconds(plan.last) if plan.last else now, now)
    else:
        came = [moment for moment in arrivals if moment <= now]
        if not came:
            return [now]
        start, end = min(came) // step * step + step, now
    n = int((end - start) // step) + 1 if end >= start else 0
    if n > MOST_LOOKS:
        raise RefusedCountError("bad-rule", field=f"> {MOST_LOOKS}")
    found = [start + step * place for place in range(n)]
    return [*(moment for moment in found if moment < now), now]


def planned(first: datetime, last: datetime, minutes: int) -> list[datetime]:
    """The moments of the looks of a plan."""
    n = int((last - first).total_seconds() // (60 * minutes)) + 1
    return [first + timedelta(minutes=minutes * place) for place in range(max(n, 0))]


def trace(night: Night, *, now: float) -> list[Look]:
    """Each look until now, the last one being now. Limits are as wide as the plan says for an interim look; those
    of the last are final ones where the gate is open."""
    arrivals = [float(moment) for moment in night.returns.arrived[night.returns.came]]
    looks: list[Look] = []
    before = 0.0
    every = moments(night.plan, now=now, arrivals=arrivals)
    for place, moment in enumerate(every):
        last = night.open and place == len(every) - 1
        look = look_at(night, moment=moment, before=before, last=last)
        looks.append(look)
        before = max(before, look.returned)
    return looks


def look_at(night: Night, *, moment: float, before: float = 0.0, last: bool = False) -> Look:
    """What was known at a moment. `before` is the part of the sample that was in at the look before."""
    returns = night.returns.until(moment)
    part = returns.n / returns.sample.n
    level = night.plan.looks.level(returned=part, before=min(before, part), last=last)
    try:
        count = estimate(returns, adjustment=night.plan.adjustment, least_cell=night.plan.least_cell)
    except RefusedCountError as refused:
        return Look(moment=moment, n=returns.n, returned=part, level=level, refused=refused)
    return Look(
        moment=moment,
        n=returns.n,
        returned=part,
        level=level,
        count=count,
        limits=tuple(limits(share, level=level) for share in count.shares),
    )


def inside_last(looks: Sequence[Look]) -> tuple[bool, ...]:
    """Of each look before the last that said something: whether every contestant's share at it lies inside the limits
    of the last one. Looks that drift out say that what comes late is unlike what came early."""
    if not looks or looks[-1].count is None:
        return ()
    bounds = looks[-1].limits
    return tuple(
        all(limit.low <= value <= limit.high for limit, value in zip(bounds, look.count.shares.values, strict=True))
        for look in looks[:-1]
        if look.count is not None
    )


def drifting(looks: Sequence[Look], *, last: int = 3) -> bool:
    """Whether any of the `last` looks before this one lies outside the limits of this one."""
    return not all(inside_last(looks)[-last:]) if last else False
