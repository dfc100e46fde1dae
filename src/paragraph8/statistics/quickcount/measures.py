"""Figures of a quick count from its rows: what a room and `p8 verify` compute alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from paragraph8.domain.estimates import Estimate, Interval, Scale, decimal_string
from paragraph8.domain.figures import Key
from paragraph8.statistics.estimation import estimates
from paragraph8.statistics.shapes import Tally

from .counts import Count, Limits, limits
from .looks import Spending
from .nights import PLAN, Night, State
from .plans import Adjustment
from .response import empty_strata, single_strata
from .traces import Look, look_at, trace

Rows = Sequence[Mapping[str, Any]] | Night
"""Rows, or those of a night already read."""
NO_REPORT = "no-report"
KEPT_APART = "kept-apart"
INCOMPLETE = "incomplete"
METHOD = "wald-t"
"""Estimate ± t·SE with the degrees of freedom of the design."""
SINGLE = "adjust"
NOTHING = 1e-15
"""A standard error below it is rounding and not chance."""


def share(rows: Rows, key: Key) -> Tally:
    """The share of one contestant (`contestant`) of the votes or ballots that the plan counts."""
    night = Night.of(rows)
    look = _look(night)
    if look.count is None:
        return _tally(night, look, None, None, Scale.SHARE)
    found = look.count.share(key.dimension("contestant"))
    return _tally(night, look, found, limits(found, level=look.level), Scale.SHARE)


def lead(rows: Rows, key: Key) -> Tally:
    """How far one contestant (`contestant`) is ahead of another (`over`), or without these the first of the second."""
    night = Night.of(rows)
    look = _look(night)
    if look.count is None:
        return _tally(night, look, None, None, Scale.POINTS)
    one, other = key.dimension("contestant"), key.dimension("over")
    found = look.count.margin(one, other) if one else look.count.lead
    return _tally(night, look, found, limits(found, level=look.level, least=-1.0), Scale.POINTS)


def turnout(rows: Rows, key: Key) -> Tally:  # noqa: ARG001 - methods have one signature
    """The share of registered voters who voted."""
    night = Night.of(rows)
    look = _look(night)
    found = look.count.turnout if look.count else None
    bounds = limits(found, level=look.level) if found else None
    return _tally(night, look, found, bounds, Scale.SHARE, n=None if found is None else found.n)


def returns(rows: Rows, key: Key) -> Tally:  # noqa: ARG001
    """How many of the stations drawn are in and used."""
    night = Night.of(rows)
    used = night.returns.n
    return Tally(
        numerator=used,
        denominator=night.returns.sample.n,
        n_stations=night.returns.sample.n,
    )


def outcomes(rows: Sequence[Mapping[str, Any]], key: Key) -> list[str]:  # noqa: ARG001
    """Of each row: "in", why its station is not, and "plan" for the row of the plan."""
    return [PLAN if row["row"] == PLAN else _outcome(State(row["state"])) for row in rows]


def _outcome(state: State) -> str:
    return {State.IN: "in", State.OUT: NO_REPORT, State.APART: KEPT_APART}[state]


def _states(night: Night) -> list[State]:
    used, came = night.returns.used, night.returns.came
    return [State.IN if use else State.APART if here else State.OUT for use, here in zip(used, came, strict=True)]


def _look(night: Night) -> Look:
    """What the night says, at the level of an interim look until the gate is open. Where the error is spent look by
    look, the level depends on the looks before this one."""
    if night.plan.looks.spending is Spending.FIXED:
        return look_at(night, moment=float("inf"), last=night.open)
    arrivals = night.returns.arrived[night.returns.came]
    return trace(night, now=float(arrivals.max()) if arrivals.size else float("inf"))[-1]


def _tally(
    night: Night,
    look: Look,
    found: estimates.Estimate | None,
    bounds: Limits | None,
    scale: Scale,
    n: int | None = None,
) -> Tally:
    sample, back = night.returns.sample, night.returns
    used = back.n if n is None else n
    empty = empty_strata(back)
    places = {name: place for place, name in enumerate(sample.strata)}
    unreached = int(sum(sample.populations[places[name]] for name in empty))
    known = found is not None and found.df >= 1
    estimate = Estimate(
        value=None if found is None else decimal_string(found.value),
        standard_error=decimal_string(found.se if found.se > NOTHING else 0.0) if known and found is not None else None,
        df=max(found.df, 0) if found is not None else 0,
        n=used,
        reported=back.n,
        drawn=sample.n,
        population=int(sample.populations.sum()),
        scale=scale,
        strata=len(sample.strata),
        strata_empty=len(empty),
        strata_single=len(single_strata(back)),
        unreached=unreached,
        single=SINGLE,
        scheme=f"stratified, {_applied(look.count, night.plan.adjustment).value}",
        design_effect=None,
    )
    interval = None
    if known and bounds is not None:
        interval = Interval(
            low=decimal_string(bounds.low),
            high=decimal_string(bounds.high),
            level=decimal_string(look.level),
            method=METHOD,
        )
    return Tally(
        estimate=estimate,
        interval=interval,
        left_out=_left_out(back.n - used, night),
        n_stations=used,
    )


def _applied(count: Count | None, asked: Adjustment) -> Adjustment:
    return count.weighted.applied if count else asked


def _left_out(without: int, night: Night) -> tuple[tuple[str, int], ...]:
    """Why stations drawn are not among those that answered; `without` are used and say nothing of this quantity."""
    reasons = Counter(_outcome(state) for state in _states(night) if state is not State.IN)
    if without:
        reasons[INCOMPLETE] += without
    return tuple(sorted(reasons.items()))
