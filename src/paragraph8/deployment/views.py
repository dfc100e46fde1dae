"""Plans: the list, a new one, one of them, one team's day in it; areas of teams."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paragraph8.accounts.permissions import Action, Scope
from paragraph8.domain.selection import Selection
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.web.paging import number_in

from . import days, plan_page, queries
from .drawn_stops import stops_of_teams
from .editing import CHANGES, Change, change_plan
from .forms import AreasForm, PlanForm, StopForm, codes_of_areas
from .models import Plan, PlanState, Role
from .operations import accept_plan, copy_plan, make_plan, set_areas
from .parameters import written
from .queries import UnknownPlanError
from .refusals import REFUSED, RefusedError


@page("deployment")
def deployment(request: PageRequest, mission: Mission) -> HttpResponse:
    """The plans, and what holds; somebody of a team goes to the own day."""
    if request.viewer.scope(Action.SEE_DEPLOYMENT, mission.pk) is Scope.TEAM:
        return redirect("deployment_team", mission.slug)
    plans = list(queries.plans_of(mission, viewer=request.viewer))
    context = {
        "plans": plans,
        "holding": next((each for each in plans if each.state == PlanState.ACCEPTED), None),
        "may_change": request.viewer.may(Action.MANAGE_DEPLOYMENT, mission.pk),
        "ready": mission.election_date is not None and mission.station_list_id is not None,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/deployment.html", context)


@page("deployment", question=gettext_lazy("Whom do we send where, and how?"), posts=True)
def new_plan(request: PageRequest, mission: Mission) -> HttpResponse:
    """What a plan is made with."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    posted = request.POST if request.method == "POST" else None
    teams = queries.teams_of(mission, viewer=request.viewer)
    form = PlanForm(posted, mission=mission, teams=teams)
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        try:
            plan = make_plan(
                mission=mission,
                modes=form.modes(),
                parameters=form.parameters(),
                seed=said["seed"],
                keep=said["keep"],
                without=said["without"],
                by=request.viewer,
                now=timezone.now(),
            )
        except RefusedError as refused:
            form.add_error(None, refused.words)
        else:
            return redirect("deployment_plan", mission.slug, plan.number)
    context = {
        "form": form,
        "teams": teams,
        "drawn": len(stops_of_teams(mission, [team.pk for team in teams])),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/new_plan.html", context, status=422 if form.is_bound else 200)


@page(
    "deployment",
    question=gettext_lazy("Who goes where under this plan, and how good is it?"),
    unknown=UnknownPlanError,
    posts=True,
)
def plan(request: PageRequest, mission: Mission, number: int) -> HttpResponse:
    """One plan; accept it, or make a draft of it."""
    if request.viewer.scope(Action.SEE_DEPLOYMENT, mission.pk) is Scope.TEAM:
        return redirect("deployment_team", mission.slug)
    found = queries.plan_of(mission, number, viewer=request.viewer)
    if request.method == "POST":
        return _act(request, mission, found)
    now = timezone.now()
    members = queries.members_of(found, viewer=request.viewer)
    stops = days.stops_of(found, viewer=request.viewer, now=now)
    hidden = days.hidden_of(found, viewer=request.viewer, now=now)
    areas = queries.areas_given(mission, viewer=request.viewer)
    lines = plan_page.area_lines(mission, found, stops, areas)
    lacks = plan_page.lack_lines(days.unmet_of(found, viewer=request.viewer, now=now))
    context = {
        "plan": found,
        "job": found.job if found.state == PlanState.SOLVING else None,
        "refused": REFUSED.get(found.reason, REFUSED["refused"]) if found.state == PlanState.REFUSED else "",
        "sentences": plan_page.sentences(found),
        "lacks": lacks,
        "teams": plan_page.team_lines(members, stops, hidden, lacks),
        "areas": lines,
        "map": plan_page.area_map(mission, lines, viewer=request.viewer),
        "may_change": request.viewer.may(Action.MANAGE_DEPLOYMENT, mission.pk),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/plan.html", context)


def _act(request: PageRequest, mission: Mission, found: Plan) -> HttpResponse:
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    now = timezone.now()
    try:
        match request.POST.get("do"):
            case "accept":
                n = accept_plan(plan=found, by=request.viewer, now=now)
                told = ngettext(
                    "The plan holds from now on; %(n)s report is expected.",
                    "The plan holds from now on; %(n)s reports are expected.",
                    n,
                )
                messages.success(request, told % {"n": n})
            case "copy":
                draft = copy_plan(plan=found, by=request.viewer, now=now)
                messages.success(request, _("This is a draft with the same stops. Change it, then accept it."))
                return redirect("deployment_plan", mission.slug, draft.number)
            case _:
                pass
    except RefusedError as refused:
        messages.error(request, refused.words)
    return redirect("deployment_plan", mission.slug, found.number)


@page("deployment", question=gettext_lazy("Where does this team go?"), unknown=UnknownPlanError, posts=True)
def day(request: PageRequest, mission: Mission, number: int, code: str) -> HttpResponse:
    """One team's day in a plan, to be changed by hand while it is a draft."""
    if request.viewer.scope(Action.SEE_DEPLOYMENT, mission.pk) is Scope.TEAM:
        return redirect("deployment_team", mission.slug)
    found = queries.plan_of(mission, number, viewer=request.viewer)
    team = queries.team_of(mission, code, viewer=request.viewer)
    member = found.teams.filter(team=team).first()
    if member is None:
        raise UnknownPlanError(code)
    form, status = StopForm(auto_id="stop-%s"), 200
    if request.method == "POST":
        request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
        change, form = _change(request.POST)
        if change is not None:
            try:
                change_plan(plan=found, team=code, change=change, by=request.viewer, now=timezone.now())
            except RefusedError as refused:
                messages.error(request, refused.words)
            else:
                messages.success(request, _("Changed. Times and quality are new."))
            return redirect("deployment_day", mission.slug, number, code)
        status = 422
    now = timezone.now()
    stops = days.stops_of(found, viewer=request.viewer, now=now, team=team)
    lacks = plan_page.lack_lines(days.unmet_of(found, viewer=request.viewer, now=now))
    context = {
        "plan": found,
        "team": team,
        "member": member,
        "stops": [(stop, written(stop.arrive), written(stop.leave)) for stop in stops],
        "suggested": any(stop.selection is Selection.SUGGESTED for stop in stops),
        "hidden": days.hidden_of(found, viewer=request.viewer, now=now)[code],
        "lacks": [lack for lack in lacks if lack.team == code],
        "drawing": plan_page.drawing(stops),
        "others": [
            each.team.code for each in queries.members_of(found, viewer=request.viewer) if each.team_id != team.pk
        ],
        "form": form,
        "may_change": request.viewer.may(Action.MANAGE_DEPLOYMENT, mission.pk) and found.state == PlanState.DRAFT,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/day.html", context, status=status)


def _change(posted: Any) -> tuple[Change | None, StopForm]:
    """What a hand wants, or the form that says what is wrong with it."""
    what = str(posted.get("do", ""))
    if what == "add":
        form = StopForm(posted, auto_id="stop-%s")
        if not form.is_valid():
            return None, form
        said = form.cleaned_data
        return Change(what=what, station=said["station"], role=Role(said["role"])), form
    form = StopForm(auto_id="stop-%s")
    if what not in CHANGES:
        return None, form
    return (
        Change(
            what=what,
            stop=number_in(posted, "stop") or 0,
            station=str(posted.get("station", "")),
            team=str(posted.get("team", "")),
        ),
        form,
    )


@page("deployment", question=gettext_lazy("In which areas does each team work?"), posts=True)
def areas(request: PageRequest, mission: Mission) -> HttpResponse:
    """The areas of the teams, a team at a time."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    status, wrong = 200, None
    if request.method == "POST":
        form = AreasForm(request.POST)
        known = list(mission.areas.all())
        if form.is_valid():
            try:
                team = queries.team_of(mission, form.cleaned_data["team"], viewer=request.viewer)
                codes = codes_of_areas(form.codes(), known)
                set_areas(mission=mission, team=team, codes=codes, by=request.viewer, now=timezone.now())
            except RefusedError as refused:
                form.add_error("areas", refused.words)
            except UnknownPlanError:
                form.add_error(None, str(REFUSED["unknown-team"]))
            else:
                messages.success(request, _("The areas of the team are kept."))
                return redirect("deployment_areas", mission.slug)
        status, wrong = 422, form
    given = queries.areas_given(mission, viewer=request.viewer)
    rows = [
        (
            code,
            own,
            wrong
            if wrong is not None and wrong.data.get("team") == code
            else AreasForm(
                initial={"team": code, "areas": ", ".join(area.code for area in own)}, auto_id=f"areas-{code}-%s"
            ),
        )
        for code, own in given.items()
    ]
    context = {
        "rows": rows,
        "wrong": wrong,
        "known": list(mission.areas.filter(parent=None).order_by("code")),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/areas.html", context, status=status)
