"""Declaring a sample, fixing a plan, opening the gate and shutting it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.audit.queries import latest_change
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.domain.forms import Kind
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import latest_forms
from paragraph8.samples.models import Draw
from paragraph8.samples.queries import design_of
from paragraph8.statistics.quickcount.gate import Verdict
from paragraph8.statistics.quickcount.nights import seconds
from paragraph8.statistics.quickcount.plans import CountPlan
from paragraph8.statistics.quickcount.traces import MOST_LOOKS

from . import refusals
from .models import DeclaredSample, GateStep, Plan
from .populations import any_reported, is_open
from .queries import night_of, plan_now, verdict_of
from .refusals import RefusedPlanError, filled
from .sampled import Chosen, Frame, chosen_for, declared_frame, frame_behind, packed


@transaction.atomic
def declare_sample(
    *, mission: Mission, name: str, source: str, frame: Frame, stations: Sequence[Chosen], by: Viewer, now: datetime
) -> DeclaredSample:
    """Keep a sample that was drawn elsewhere, with what it was drawn from.

    Raises `RefusedPlanError` in a mission whose format rests on no sample and without a source, and
    `RefusedCountError` for a sample that does not fit its frame.
    """
    by.require(Action.DRAW_SAMPLE, mission.pk)
    if not mission.kind.observes_systematically:
        raise RefusedPlanError(refusals.FORMAT)
    if not source.strip():
        raise RefusedPlanError(refusals.NO_SOURCE)
    _fitting(frame, stations)
    body = packed(frame, stations)
    entry = append(
        mission_id=mission.pk,
        kind="sample.declared",
        subject=f"mission:{mission.pk}",
        body={"sha256": sha256(body), "n": len(stations), "strata": len(frame.strata)},
        by=by.name,
        now=now,
    )
    return DeclaredSample.objects.create(
        mission=mission,
        name=name.strip()[:120] or source.strip()[:120],
        source=source.strip()[:500],
        body=zlib.compress(body, 6),
        sha256=sha256(body),
        n=len(stations),
        at=now,
        by=by.name,
        entry=entry,
    )


@transaction.atomic
def fix_plan(
    *,
    mission: Mission,
    basis: Draw | DeclaredSample,
    plan: CountPlan,
    by: Viewer,
    now: datetime,
    reason: str = "",
) -> Plan:
    """Fix what is counted and under which rules, before the first return. A later version needs a reason, and one that
    is fixed when returns have come in says so for ever.

    Raises `RefusedPlanError` for a form, question or contestant that the mission does not have, a sample drawn by size,
    looks that cannot be, and a further version without a reason.
    """
    by.require(Action.DRAW_SAMPLE, mission.pk)
    Mission.objects.select_for_update().only("pk").get(pk=mission.pk)
    _refuse_unknown(mission, plan)
    _refuse_looks(plan)
    draw = basis if isinstance(basis, Draw) else None
    if draw is not None and design_of(draw).method.by_size:
        raise RefusedPlanError(refusals.BY_SIZE)
    last = Plan.objects.filter(mission=mission).aggregate(last=Max("version"))["last"] or 0
    if last and not reason.strip():
        raise RefusedPlanError(refusals.NO_REASON)
    frame = frame_behind(basis) if isinstance(basis, Draw) else declared_frame(basis)
    body = canonical({"plan": plan.to_json(), "frame": frame.to_json()}).decode()
    row = Plan(
        mission=mission,
        version=last + 1,
        draw=draw,
        sample=None if isinstance(basis, Draw) else basis,
        body=body,
        sha256=sha256(body.encode()),
        late=False,
        reason=reason.strip(),
        at=now,
        by=by.name,
    )
    stations = [chosen.station for chosen in chosen_for(row)]
    row.late = any_reported(mission, plan.form, stations, as_of=latest_change())
    facts = {"version": row.version, "sha256": row.sha256, "n": len(stations), "late": row.late}
    row.entry = _log(mission, "quick-count.planned", row, facts, by, now)
    row.save(force_insert=True)
    return row


@transaction.atomic
def open_gate(*, mission: Mission, by: Viewer, now: datetime) -> GateStep:
    """Let the figures out of the room, as the head of mission alone may: only when every condition is met.

    Raises `NotAllowedError`, `UnknownPlanError`, and `RefusedPlanError` while the gate is open or a condition unmet.
    """
    by.require(Action.RELEASE, mission.pk)
    Mission.objects.select_for_update().only("pk").get(pk=mission.pk)
    as_of = latest_change()
    plan = plan_now(mission, as_of=as_of)
    if is_open(plan, as_of) or _waits(plan, opened=True):
        raise RefusedPlanError(refusals.OPEN_ALREADY)
    verdict = verdict_of(night_of(plan, as_of=as_of), now=now.timestamp())
    if not verdict.open:
        raise RefusedPlanError(refusals.SHUT)
    entry = _log(mission, "quick-count.opened", plan, _facts(plan, as_of, verdict), by, now)
    return _step(plan, entry, opened=True, as_of=as_of, verdict=verdict)


@transaction.atomic
def shut_gate(*, mission: Mission, reason: str, by: Viewer, now: datetime) -> GateStep:
    """Take the figures back into the room. What was said aloud stays said, and the log keeps when it was open.

    Raises `NotAllowedError`, `UnknownPlanError`, and `RefusedPlanError` without a reason and while it is shut.
    """
    by.require(Action.RELEASE, mission.pk)
    Mission.objects.select_for_update().only("pk").get(pk=mission.pk)
    as_of = latest_change()
    plan = plan_now(mission, as_of=as_of)
    newest = plan.gate_steps.order_by("-pk").first()
    if newest is None or not newest.opened:
        raise RefusedPlanError(refusals.SHUT_ALREADY)
    if not reason.strip():
        raise RefusedPlanError(refusals.NO_WORDS)
    verdict = verdict_of(night_of(plan, as_of=as_of), now=now.timestamp())
    entry = _log(mission, "quick-count.shut", plan, _facts(plan, as_of, verdict), by, now)
    return _step(plan, entry, opened=False, as_of=as_of, verdict=verdict, reason=reason.strip())


def _waits(plan: Plan, *, opened: bool) -> bool:
    """Whether the newest step, numbered by the sequencer or not, is of that kind."""
    newest = plan.gate_steps.order_by("-pk").first()
    return newest is not None and newest.opened is opened


def _facts(plan: Plan, as_of: int, verdict: Verdict) -> dict[str, Any]:
    return {"version": plan.version, "change": as_of, "verdict": sha256(_told(verdict))}


def _told(verdict: Verdict) -> bytes:
    """The conditions as they were, canonical JSON."""
    return canonical(
        [
            [check.condition.value, check.subject, check.met, str(check.wanted), str(check.found)]
            for check in verdict.checks
        ]
    )


def _step(plan: Plan, entry: LogEntry, *, opened: bool, as_of: int, verdict: Verdict, reason: str = "") -> GateStep:
    return GateStep.objects.create(
        plan=plan,
        opened=opened,
        as_of=as_of,
        verdict=_told(verdict).decode(),
        reason=reason,
        at=entry.at,
        by=entry.actor,
        entry=entry,
    )


def _log(mission: Mission, kind: str, plan: Plan, facts: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(
        mission_id=mission.pk, kind=kind, subject=f"count-plan:{plan.version}", body=facts, by=by.name, now=now
    )


def _refuse_unknown(mission: Mission, plan: CountPlan) -> None:
    form = latest_forms(mission).get(plan.form)
    if form is None:
        raise RefusedPlanError(refusals.NO_FORM)
    for code in plan.questions:
        question = form.question(code)
        if question is None or question.kind is not Kind.INTEGER:
            raise RefusedPlanError(filled(refusals.NO_QUESTION, question=code))
    known = set(mission.contestants.values_list("code", flat=True))
    for contestant in plan.contestants:
        if contestant not in known:
            raise RefusedPlanError(filled(refusals.NO_CONTESTANT, contestant=contestant))


def _refuse_looks(plan: CountPlan) -> None:
    if not plan.first or not plan.last:
        return
    looks = (seconds(plan.last) - seconds(plan.first)) / (60 * plan.minutes)
    if not 0 <= looks <= MOST_LOOKS:
        raise RefusedPlanError(refusals.BAD_LOOKS)


def _fitting(frame: Frame, stations: Sequence[Chosen]) -> None:
    from paragraph8.statistics.quickcount.returns import DrawnSample

    DrawnSample.of(
        [row.station for row in stations],
        strata=[row.stratum for row in stations],
        populations=frame.strata,
        kinds=[row.kind for row in stations],
        cell_populations={(stratum, kind): n for stratum, kind, n in frame.cells},
        registered=[row.registered for row in stations],
    )
