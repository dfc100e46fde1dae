"""Figures of the quick count: estimates from a drawn sample. They are the room's own until the gate is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from paragraph8.domain.figures import (
    Audience,
    Basis,
    Figure,
    FigureSpec,
    Key,
    Kind,
    Origin,
    Population,
    Unit,
)
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.methods import Rows
from paragraph8.statistics.methods import compute as compute_method
from paragraph8.statistics.quickcount.nights import Night
from paragraph8.statistics.quickcount.plans import Base, CountPlan

from . import titles
from .models import Plan
from .populations import POPULATION, is_open, plan_as_of, rows_of

APP = "quickcount"
_METHOD = {
    "share": "quick-share@1",
    "lead": "quick-lead@1",
    "turnout": "quick-turnout@1",
    "returns": "quick-returns@1",
}
_DIMENSIONS: Mapping[str, tuple[frozenset[str], ...]] = {
    "share": (frozenset({"contestant"}),),
    "lead": (frozenset(), frozenset({"contestant", "over"})),
    "turnout": (frozenset(),),
    "returns": (frozenset(),),
}
"""Which sets of dimensions the key of each measure may have."""


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """What can be computed under the newest plan; nothing in a mission that planned no quick count."""
    plan = Plan.objects.filter(mission=mission).order_by("-version").first()
    return [_spec(mission, plan.plan(), key) for key in _offered(plan.plan())] if plan else []


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures as of a change; a key of another app, measure or contestant is left out of the answer, and everything
    before a plan was fixed."""
    plan = plan_as_of(mission, as_of)
    wanted = [key for key in keys if plan is not None and _known(key, plan.plan())]
    if plan is None or not wanted:
        return {}
    rows = rows_of(plan, as_of=as_of)
    night = Night.of(rows)
    return {key: _figure(mission, plan, night, key, as_of) for key in wanted}


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:
    """The plan and the stations of the sample, as of a change."""
    plan = plan_as_of(mission, as_of)
    return {} if plan is None else {POPULATION: Population(POPULATION, tuple(rows_of(plan, as_of=as_of)))}


def population_of(key: Key) -> str:  # noqa: ARG001 - the contract of evidence apps
    """All figures rest on the one night."""
    return POPULATION


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:
    """The stations behind a figure with what each contributed; for the public none: they are protected."""
    plan = plan_as_of(mission, as_of)
    if audience is not Audience.ROOM or key.app != APP or plan is None:
        return []
    from paragraph8.statistics.methods import outcomes

    found = rows_of(plan, as_of=as_of)
    said = outcomes(_METHOD[key.measure], found, key)
    return [
        {
            "row": row["report"] or "",
            "station": row["station"],
            "team": row["team"],
            "area": row["area"],
            "outcome": outcome,
        }
        for row, outcome in zip(found[1:], said[1:], strict=True)
        if row["report"]
    ]


def _offered(plan: CountPlan) -> Iterable[Key]:
    yield Key.of(APP, "returns")
    for contestant in plan.contestants:
        yield Key.of(APP, "share", contestant=contestant)
    yield Key.of(APP, "lead")
    if plan.ballots:
        yield Key.of(APP, "turnout")


def _known(key: Key, plan: CountPlan) -> bool:
    """Whether the key names a figure of the plan, with nothing in it that does not exist."""
    named = frozenset(name for name, _ in key.dimensions)
    if key.app != APP or named not in _DIMENSIONS.get(key.measure, ()):
        return False
    if key.measure == "turnout" and not plan.ballots:
        return False
    contestants = [key.dimension(name) for name in ("contestant", "over") if key.dimension(name)]
    return set(contestants) <= set(plan.contestants) and len(set(contestants)) == len(contestants)


def _spec(mission: Mission, plan: CountPlan, key: Key) -> FigureSpec:
    return FigureSpec(
        key=key,
        title=_title(mission, plan, key),
        kind=Kind.SHARE if key.measure == "returns" else Kind.ESTIMATE,
        unit=_unit(plan, key),
        audience=Audience.ROOM,
    )


def _title(mission: Mission, plan: CountPlan, key: Key) -> Text:
    return titles.title_of(mission, plan, key)


def _unit(plan: CountPlan, key: Key) -> Unit:
    if key.measure == "returns":
        return Unit.STATION
    if key.measure == "turnout":
        return Unit.VOTER
    return Unit.VOTE if plan.base_is is Base.VALID else Unit.BALLOT


def _figure(mission: Mission, plan: Plan, night: Night, key: Key, as_of: int) -> Figure:
    method = _METHOD[key.measure]
    tally = compute_method(method, cast(Rows, night), key)
    counted = key.measure == "returns"
    return Figure(
        key=key,
        kind=Kind.SHARE if counted else Kind.ESTIMATE,
        basis=Basis.OBSERVED if counted else Basis.PROBABILITY,
        origin=Origin(mission.origin),
        unit=_unit(night.plan, key),
        title=_title(mission, night.plan, key),
        as_of=as_of,
        method=method,
        numerator=tally.numerator,
        denominator=tally.denominator,
        left_out=tally.left_out,
        n_stations=tally.n_stations,
        interval=tally.interval,
        estimate=tally.estimate,
        audience=Audience.PUBLIC if is_open(plan, as_of) else Audience.ROOM,
    )
