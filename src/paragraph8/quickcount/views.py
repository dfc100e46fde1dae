"""The pages of the room: what the sample says, the plan, the gate, and the trace for machines."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import latest_forms, stamp
from paragraph8.statistics.quickcount.refusals import RefusedCountError

from . import operations, queries
from .count_page import count_page, csv_rows
from .forms import AtForm, ChoiceForm, PlanForm, ShutForm
from .plan_page import plan_lines
from .queries import UnknownPlanError
from .refusals import RefusedPlanError
from .titles import contestant_names

UNPROCESSABLE = 422


@page("quick-count")
def quick_count(request: PageRequest, mission: Mission) -> HttpResponse:
    """Shares, lead, turnout, response, trace, tipping point, gate, comparison; at any moment of the night."""
    asked = AtForm(request.GET if "at" in request.GET else None, mission=mission)
    at: datetime | None = asked.cleaned_data["at"] if asked.is_bound and asked.is_valid() else None
    return _count(request, mission, ShutForm(), asked=asked, at=at)


@page("quick-count", unknown=UnknownPlanError, posts=True)
def gate(request: PageRequest, mission: Mission) -> HttpResponse:
    """Open the gate, or shut it; looked at, it is the page of the count."""
    if request.method != "POST":
        return redirect("quick_count", mission.slug)
    shut = ShutForm(request.POST)
    now = timezone.now()
    try:
        match request.POST.get("do"):
            case "shut":
                reason = shut.cleaned_data["reason"] if shut.is_valid() else ""
                operations.shut_gate(mission=mission, reason=reason, by=request.viewer, now=now)
                messages.success(request, _("The figures are the room's own again."))
            case "open":
                operations.open_gate(mission=mission, by=request.viewer, now=now)
                messages.success(request, _("The gate is open: the figures may leave the room."))
        return redirect("quick_count", mission.slug)
    except RefusedPlanError as refused:
        return _count(request, mission, shut, refused=refused.text)


@page("quick-count", question=gettext_lazy("What is counted, and under which rules?"), posts=True)
def plan(request: PageRequest, mission: Mission) -> HttpResponse:
    """The versions of the plan, and the form for another one: first sample and form, then the rest."""
    viewer = request.viewer
    may_plan = viewer.may(Action.DRAW_SAMPLE, mission.pk)
    if request.method == "POST":
        viewer.require(Action.DRAW_SAMPLE, mission.pk)
    choice = ChoiceForm(
        request.GET or None,
        draws=queries.drawn_samples(mission, viewer=viewer) if may_plan else (),
        declared=list(queries.declared_samples(mission, viewer=viewer)) if may_plan else (),
        known=latest_forms(mission),
    )
    form = None
    if may_plan and choice.is_bound and choice.is_valid():
        basis, asked = choice.chosen()
        posted = request.POST if request.method == "POST" else None
        form = PlanForm(posted, mission=mission, form=asked, contestants=contestant_names(mission))
        if form.is_bound and form.is_valid():
            try:
                fixed = operations.fix_plan(
                    mission=mission,
                    basis=basis,
                    plan=form.plan(),
                    reason=form.cleaned_data["reason"],
                    by=viewer,
                    now=timezone.now(),
                )
            except RefusedPlanError as refused:
                form.add_error(None, _said(refused.text))
            except RefusedCountError as refused:
                form.add_error(None, _said(refused.text()))
            else:
                messages.success(request, _("Plan %(version)s is fixed.") % {"version": fixed.version})
                return redirect("quick_count", mission.slug)
    context = {
        "choice": choice,
        "form": form,
        "may_plan": may_plan,
        "plans": plan_lines(mission, viewer=viewer),
        "stamp": stamp(mission, viewer=viewer),
    }
    refused_input = request.method == "POST"
    return render(request, "quickcount/plan.html", context, status=UNPROCESSABLE if refused_input else 200)


@page("quick-count", unknown=UnknownPlanError)
def trace_file(request: PageRequest, mission: Mission) -> HttpResponse:
    """The trace as CSV; before the gate is open for few."""
    text = io.StringIO()
    rows = csv_rows(mission, viewer=request.viewer, now=timezone.now())
    if not rows:
        raise UnknownPlanError(mission.slug)
    csv.writer(text).writerows(rows)
    headers = {"Content-Disposition": f'attachment; filename="{mission.slug}-quick-count.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _count(
    request: PageRequest,
    mission: Mission,
    shut: ShutForm,
    *,
    asked: AtForm | None = None,
    at: datetime | None = None,
    refused: Text | None = None,
) -> HttpResponse:
    viewer = request.viewer
    context: dict[str, Any] = {
        "shown": count_page(mission, viewer=viewer, now=timezone.now(), at=at),
        "asked": asked or AtForm(None, mission=mission),
        "shut": shut,
        "refused": refused,
        "may_plan": viewer.may(Action.DRAW_SAMPLE, mission.pk),
        "stamp": stamp(mission, viewer=viewer),
    }
    wrong = refused is not None or (asked is not None and asked.is_bound and not asked.is_valid())
    return render(request, "quickcount/count.html", context, status=UNPROCESSABLE if wrong else 200)


def _said(text: Text) -> str:
    return text.shown(get_language() or "en").string
