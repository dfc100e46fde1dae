"""Everything the page of a quick count prints, put together; the arithmetic is that of the pure package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.queries import change_at, latest_change
from paragraph8.charts import Chart
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.quickcount import response
from paragraph8.statistics.quickcount.counts import Count, estimate, limits, probability_above
from paragraph8.statistics.quickcount.gate import Check, Condition
from paragraph8.statistics.quickcount.nights import Night
from paragraph8.statistics.quickcount.plans import Adjustment, Arrival, CountPlan
from paragraph8.statistics.quickcount.refusals import RefusedCountError
from paragraph8.statistics.quickcount.tipping import Tipping, tipping_point
from paragraph8.statistics.quickcount.traces import Look, drifting, trace
from paragraph8.wording.numbers import format_integer

from . import spoken
from .models import GateStep, Plan
from .official_page import OfficialPage, official_page
from .populations import is_open, plan_as_of
from .queries import gate_steps_of, may_see_interim, night_of, verdict_of
from .titles import contestant_names
from .trace_chart import trace_chart
from .words import ADJUSTMENTS, CONDITIONS, Words, kind_name

MOST_STRATA = 400


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    """A contestant as the table shows it."""

    name: Text
    value: str
    bounds: str
    crossing: str


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """A group of the sample: who is in of how many; `behind` that it is well behind."""

    name: Words
    drawn: int
    returned: int
    doubtful: int
    rate: str
    behind: str = ""


@dataclass(frozen=True, kw_only=True)
class GateLine:
    """A condition in words."""

    words: Words
    subject: Words
    wanted: str
    found: str
    met: bool


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """What the sample says. `others` are the same shares under the adjustments that the plan did not choose."""

    lines: tuple[ShareLine, ...]
    leader: Text
    second: Text
    lead: str
    lead_bounds: str
    no_conclusion: bool
    turnout: str
    turnout_bounds: str
    threshold: str
    level: str
    adjustment: Words
    fell_back: bool
    others: tuple[tuple[Words, tuple[str, ...]], ...]
    tipping: Tipped


@dataclass(frozen=True, kw_only=True)
class Tipped:
    """The tipping point in words: points each missing station would have to move, at the estimate and at its limit."""

    missing: int
    part: str
    shift: str
    limit: str
    possible: bool
    kinds: tuple[tuple[Words, int, str, bool], ...]
    scenarios: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CountPage:
    """The page. `estimated` is empty while nothing can be estimated (`refused` says why) and for who may not see it
    before the gate is open (`sees` is false then)."""

    plan: Plan
    counted: CountPlan
    at: datetime
    open: bool
    sees: bool
    whole: GroupLine
    kinds: tuple[GroupLine, ...]
    strata: tuple[GroupLine, ...]
    empty: tuple[str, ...]
    single: int
    drifts: bool
    gate: tuple[GateLine, ...]
    may_open: bool
    passes: bool
    steps: tuple[GateStep, ...]
    estimated: Estimated | None
    refused: Text | None
    chart: Chart | None
    official: OfficialPage | None


def count_page(mission: Mission, *, viewer: Viewer, now: datetime, at: datetime | None = None) -> CountPage | None:
    """The page at a moment, or now; `None` in a mission that planned no quick count. Raises `NotAllowedError`."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    as_of = latest_change()
    plan = plan_as_of(mission, as_of)
    if plan is None:
        return None
    moment = min(at, now) if at is not None else now
    counted = plan.plan()
    if at is not None and counted.arrival is Arrival.RECEIVED:
        as_of = change_at(moment)
    night = night_of(plan, as_of=as_of)
    looks = trace(night, now=moment.timestamp())
    returns = night.returns.until(moment.timestamp())
    verdict = verdict_of(night, now=moment.timestamp(), looks=looks)
    sees = is_open(plan, latest_change()) or may_see_interim(mission, viewer=viewer)
    last = looks[-1]
    names = contestant_names(mission)
    behind = {row.kind: row for row in response.behind(returns)}
    return CountPage(
        plan=plan,
        counted=counted,
        at=moment,
        open=is_open(plan, latest_change()),
        sees=sees,
        whole=_group(response.overall(returns)),
        kinds=tuple(_group(row, behind=behind.get(row.group)) for row in response.by_kind(returns)),
        strata=tuple(_group(row, kind=False) for row in _worst(response.by_stratum(returns))),
        empty=response.empty_strata(returns),
        single=len(response.single_strata(returns)),
        drifts=sees and drifting(looks, last=counted.rule.steady),
        gate=tuple(_condition(check, sees=sees, zone=mission.zone) for check in verdict.checks),
        may_open=viewer.may(Action.RELEASE, mission.pk),
        passes=verdict.open,
        steps=tuple(gate_steps_of(plan, viewer=viewer)),
        estimated=_estimated(night, last, names) if sees and last.count else None,
        refused=last.refused.text() if last.refused else None,
        chart=trace_chart(looks, night.plan, names, zone=mission.zone) if sees and len(looks) > 1 else None,
        official=official_page(mission, counted, last.count, names, viewer=viewer) if sees and last.count else None,
    )


def csv_rows(mission: Mission, *, viewer: Viewer, now: datetime) -> list[list[str]]:
    """The trace as a table for machines; empty without a plan. Raises `NotAllowedError` for who may not see it yet."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    plan = plan_as_of(mission, latest_change())
    if plan is None:
        return []
    if not is_open(plan, latest_change()):
        viewer.require(Action.FREEZE, mission.pk)
    night = night_of(plan, as_of=latest_change())
    header = ["look", "reports_in", "drawn", "level", "contestant", "share", "standard_error", "low", "high"]
    found = [header]
    for look in trace(night, now=now.timestamp()):
        if look.count is None:
            continue
        moment = datetime.fromtimestamp(look.moment, now.tzinfo).isoformat(timespec="seconds")
        for share, bound in zip(look.count.shares, look.limits, strict=True):
            numbers = [f"{number:.6f}" for number in (share.value, share.se, bound.low, bound.high)]
            row = [moment, str(look.n), str(night.returns.sample.n), f"{look.level:.6g}", share.name, *numbers]
            found.append(row)
    return found


def _worst(rows: Sequence[response.Response]) -> list[response.Response]:
    """The strata that answered least first."""
    return sorted(rows, key=lambda row: (row.rate or 0.0, row.group))[:MOST_STRATA]


def _group(row: response.Response, *, kind: bool = True, behind: response.Behind | None = None) -> GroupLine:
    return GroupLine(
        name=kind_name(row.group) if kind else row.group,
        drawn=row.drawn,
        returned=row.returned,
        doubtful=row.doubtful,
        rate=spoken.whole_per_cent(row.rate) if row.rate is not None else "–",
        behind=spoken.whole_per_cent(behind.others) if behind else "",
    )


def _condition(check: Check, *, sees: bool, zone: str) -> GateLine:
    def said(number: float | None) -> str:
        if number is None:
            return "–"
        match check.condition:
            case Condition.RETURNS | Condition.KIND:
                return spoken.whole_per_cent(number)
            case Condition.DOUBTFUL:
                return spoken.per_cent(number)
            case Condition.TIME:
                return spoken.clock(number, zone)
            case _:
                return format_integer(round(number), spoken.language())

    signs = {Condition.EMPTY: "≤ ", Condition.DOUBTFUL: "> ", Condition.TIME: ""}
    hidden = not sees and check.condition is Condition.DOUBTFUL
    return GateLine(
        words=CONDITIONS[check.condition],
        subject=kind_name(check.subject) if check.subject else "",
        wanted=signs.get(check.condition, "≥ ") + said(check.wanted),
        found="" if hidden else said(check.found),
        met=check.met,
    )


def _estimated(night: Night, look: Look, names: Mapping[str, Text]) -> Estimated | None:
    count, plan = look.count, night.plan
    if count is None:
        return None
    level = look.level
    codes = plan.contestants
    lead = limits(count.lead, level=level, least=-1.0)
    turnout = limits(count.turnout, level=level) if count.turnout else None
    order = sorted(range(len(codes)), key=lambda place: -count.shares.values[place])
    return Estimated(
        lines=tuple(
            ShareLine(
                name=names.get(codes[place], Text.of(codes[place])),
                value=spoken.per_cent(count.shares[place].value),
                bounds=spoken.bounds(look.limits[place]),
                crossing=spoken.probability(probability_above(count.shares[place], plan.threshold)),
            )
            for place in order
        ),
        leader=names.get(codes[count.leader], Text.of(codes[count.leader])),
        second=names.get(codes[count.second], Text.of(codes[count.second])),
        lead=spoken.points(count.lead.value),
        lead_bounds=spoken.bounds(lead),
        no_conclusion=lead.low <= 0,
        turnout=spoken.per_cent(count.turnout.value) if count.turnout else "",
        turnout_bounds=spoken.bounds(turnout) if turnout else "",
        threshold=spoken.level(plan.threshold),
        level=spoken.level(level),
        adjustment=ADJUSTMENTS[count.weighted.applied],
        fell_back=count.weighted.applied is not plan.adjustment,
        others=tuple(_others(count, plan, order)),
        tipping=_tipped(count, margin=count.lead.value - lead.low),
    )


def _others(count: Count, plan: CountPlan, order: Sequence[int]) -> Any:
    """The shares under the adjustments that the plan did not choose: how much the choice matters."""
    for adjustment in Adjustment:
        if adjustment is count.weighted.applied:
            continue
        try:
            other = estimate(count.returns, adjustment=adjustment, least_cell=plan.least_cell)
        except RefusedCountError:
            continue
        if other.weighted.applied is adjustment:
            yield ADJUSTMENTS[adjustment], tuple(spoken.per_cent(float(other.shares.values[place])) for place in order)


def _tipped(count: Count, *, margin: float) -> Tipped:
    share = float(count.shares.values[count.leader])
    found: Tipping = tipping_point(count.returns, lead=count.lead.value, share=share, margin=margin)
    return Tipped(
        missing=found.whole.stations,
        part=spoken.per_cent(found.whole.part),
        shift="" if found.whole.shift is None else spoken.points(found.whole.shift),
        limit="" if found.limit is None else spoken.points(found.limit),
        possible=found.whole.possible,
        kinds=tuple(
            (kind_name(kind.kind), kind.stations, spoken.points(kind.shift), kind.possible)
            for kind in found.kinds
            if kind.shift is not None
        ),
        scenarios=tuple((spoken.points(shift), spoken.points(lead)) for shift, lead in found.scenarios),
    )
