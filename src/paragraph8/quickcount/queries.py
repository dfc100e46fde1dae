"""Reading plans, gate steps and the night itself."""

from __future__ import annotations

from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.queries import latest_change
from paragraph8.missions.models import Mission
from paragraph8.samples.models import Draw
from paragraph8.samples.queries import draws_of
from paragraph8.statistics.quickcount.gate import Verdict, judge
from paragraph8.statistics.quickcount.nights import Night
from paragraph8.statistics.quickcount.traces import Look, inside_last, trace

from .models import DeclaredSample, GateStep, Plan
from .populations import plan_as_of, rows_of


class UnknownPlanError(LookupError):
    """No plan of a quick count, as far as the viewer may know."""


def plan_now(mission: Mission, *, as_of: int | None = None) -> Plan:
    """The plan in force. Raises `UnknownPlanError` where nothing was fixed."""
    found = plan_as_of(mission, latest_change() if as_of is None else as_of)
    if found is None:
        raise UnknownPlanError(mission.slug)
    return found


def plans_of(mission: Mission, *, viewer: Viewer) -> list[Plan]:
    """Every version, newest first, whether it has a change number yet or not."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    plans = Plan.objects.filter(mission=mission).select_related("draw__request", "sample")
    return list(plans.order_by("-version"))


def gate_steps_of(plan: Plan, *, viewer: Viewer) -> list[GateStep]:
    """When the gate was opened and shut, newest first."""
    viewer.require(Action.SEE_FIGURES, plan.mission_id)
    return list(plan.gate_steps.order_by("-pk"))


def may_see_interim(mission: Mission, *, viewer: Viewer) -> bool:
    """Whether somebody may see figures while the gate is shut: those who analyse and those who answer for it."""
    return viewer.may(Action.FREEZE, mission.pk)


def drawn_samples(mission: Mission, *, viewer: Viewer) -> list[Draw]:
    """Draws of the sample room that a plan may rest on, newest first."""
    return list(draws_of(mission, viewer=viewer))


def declared_samples(mission: Mission, *, viewer: Viewer) -> QuerySet[DeclaredSample]:
    """Samples that were drawn elsewhere, newest first."""
    viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    return DeclaredSample.objects.filter(mission=mission).defer("body").order_by("-pk")


def night_of(plan: Plan, *, as_of: int) -> Night:
    """Plan and returns as of a change, for operations and pages that ask who wants to know."""
    return Night.of(rows_of(plan, as_of=as_of))


def verdict_of(night: Night, *, now: float, looks: list[Look] | None = None) -> Verdict:
    """Whether the conditions are met by the moment `now`, in seconds."""
    looks = trace(night, now=now) if looks is None else looks
    last = looks[-1]
    leader, second = (last.count.leader, last.count.second) if last.count else (0, 1)
    returns = night.returns.until(now)
    inside = inside_last(looks)
    return judge(returns, night.plan.rule, leader=leader, second=second, looks_inside=inside, now=now)
