"""What is expected and what is missing, the rules for it, packs, and the page of one's own team."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paragraph8.accounts.permissions import Action, Scope
from paragraph8.domain.forms import Form
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import latest_forms, stamp
from paragraph8.web.paging import after

from . import queries
from .days import day_of
from .expectations import set_rules, usual_rules
from .forms import MODE_WORDS, PacksForm, rule_forms
from .models import Mode, PackSet
from .packs import file_of, order_packs
from .parameters import Parameters, written
from .queries import Came, UnknownPlanError
from .refusals import RefusedError

LANGUAGES = ("en", "kk", "ru")
"""The languages that packs have words in."""


@page("deployment", question=gettext_lazy("What does my team do on election day?"), unknown=UnknownPlanError)
def my_team(request: PageRequest, mission: Mission) -> HttpResponse:
    """The own team's areas, stops and expected reports; for others, of the team that `?team=` names."""
    now = timezone.now()
    known = stamp(mission, viewer=request.viewer)
    teams = queries.teams_of(mission, viewer=request.viewer)
    own = request.viewer.teams.get(mission.pk)
    asked = request.GET.get("team", "")
    team = next((each for each in teams if (each.code == asked if asked else each.pk == own)), None)
    if asked and team is None:
        raise UnknownPlanError(asked)
    context: dict[str, Any] = {"team": team, "teams": teams, "stamp": known}
    if team is not None:
        plan = queries.accepted_plan(mission, viewer=request.viewer)
        member = plan.teams.filter(team=team).first() if plan else None
        day = day_of(mission, team, viewer=request.viewer, now=now)
        awaited = queries.expected(mission, as_of=known.change, now=now, viewer=request.viewer)
        rows = [
            {"key": each.key, "station": each}
            for each in queries.stations_of(mission, team, viewer=request.viewer, plan=plan)
        ]
        context |= {
            "plan": plan,
            "mode": MODE_WORDS[Mode(member.mode)] if member else "",
            "areas": queries.areas_given(mission, viewer=request.viewer).get(team.code, []),
            "stops": [(stop, written(stop.arrive), written(stop.leave)) for stop in day.stops],
            "hidden": day.hidden,
            "awaited": [each for each in awaited if each.team == team.code],
            "forms": _titles(latest_forms(mission)),
            "page": after(rows, "key", request.GET.get("after", "")),
            "many": len(rows),
        }
    return render(request, "deployment/my_team.html", context)


@page("deployment", question=gettext_lazy("Which reports should have come, and which are missing?"))
def expected(request: PageRequest, mission: Mission) -> HttpResponse:
    """Everything the plan that holds expects, with what has come of it."""
    if request.viewer.scope(Action.SEE_DEPLOYMENT, mission.pk) is Scope.TEAM:
        return redirect("deployment_team", mission.slug)
    known = stamp(mission, viewer=request.viewer)
    awaited = queries.expected(mission, as_of=known.change, now=timezone.now(), viewer=request.viewer)
    came = request.GET.get("came", "")
    chosen = [each for each in awaited if each.came == came] if came in set(Came) else awaited
    late = [each for each in chosen if came or each.came in (Came.MISSING, Came.LATE)]
    context = {
        "plan": queries.accepted_plan(mission, viewer=request.viewer),
        "by_form": queries.by_form(awaited),
        "by_hour": queries.by_hour(awaited),
        "forms": _titles(latest_forms(mission)),
        "states": [state.value for state in Came],
        "came": came,
        "rows": late[:MOST_ROWS],
        "left": max(0, len(late) - MOST_ROWS),
        "any": bool(awaited),
        "may_change": request.viewer.may(Action.MANAGE_DEPLOYMENT, mission.pk),
        "may_read": request.viewer.may(Action.SEE_REPORTS, mission.pk),
        "stamp": known,
    }
    return render(request, "deployment/expected.html", context)


MOST_ROWS = 200


@page("deployment", question=gettext_lazy("What do we expect of whom, and until when?"), posts=True)
def rules(request: PageRequest, mission: Mission) -> HttpResponse:
    """The rules of what is expected besides the stops of the plan."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    plan = queries.accepted_plan(mission, viewer=request.viewer)
    kept = queries.rules_of(mission, viewer=request.viewer)
    offered = kept or usual_rules(mission, Parameters.of(plan.parameters if plan else {}))
    posted = request.POST if request.method == "POST" else None
    forms, wrong = rule_forms(mission, offered, posted), ""
    valid = [form.is_valid() for form in forms]
    if posted is not None and all(valid):
        said = [rule for form in forms if (rule := form.rule())]
        try:
            n = set_rules(mission=mission, rules=said, by=request.viewer, now=timezone.now())
        except RefusedError as refused:
            wrong = refused.words
        else:
            told = ngettext("Kept; %(n)s report is expected now.", "Kept; %(n)s reports are expected now.", n)
            messages.success(request, told % {"n": n})
            return redirect("deployment_rules", mission.slug)
    context = {
        "forms": forms,
        "wrong": wrong,
        "kept": bool(kept),
        "no_form": not latest_forms(mission),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/rules.html", context, status=422 if posted is not None else 200)


@page("deployment", question=gettext_lazy("What does each team take along?"), posts=True)
def packs(request: PageRequest, mission: Mission) -> HttpResponse:
    """Packs that were made, and the order for new ones."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    plan = queries.accepted_plan(mission, viewer=request.viewer)
    posted = request.POST if request.method == "POST" else None
    form = PacksForm(posted, languages=[(tag, _LANGUAGE_NAMES[tag]) for tag in LANGUAGES])
    if posted is not None and form.is_valid():
        try:
            if plan is None:
                raise RefusedError("no-plan")
            order_packs(
                plan=plan,
                language=form.cleaned_data["language"],
                teams=form.chosen(),
                codes=form.cleaned_data["codes"],
                by=request.viewer,
                now=timezone.now(),
            )
        except RefusedError as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("The packs are being made."))
            return redirect("deployment_packs", mission.slug)
    made = queries.packs_of(mission, viewer=request.viewer)
    context = {
        "plan": plan,
        "form": form,
        "packs": made,
        "job": next((each.job for each in made if each.job and not each.job.over), None),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/packs.html", context, status=422 if form.is_bound else 200)


_LANGUAGE_NAMES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}


@page("deployment", unknown=UnknownPlanError)
def pack_file(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """The ZIP file of packs."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    found = PackSet.objects.filter(mission=mission, pk=pk).select_related("mission").first()
    if found is None:
        raise UnknownPlanError(pk)
    try:
        content = file_of(found, viewer=request.viewer)
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{mission.slug}-packs-{found.pk}.{found.language}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _titles(forms: dict[str, Form]) -> dict[str, object]:
    return {code: form.title for code, form in forms.items()}
