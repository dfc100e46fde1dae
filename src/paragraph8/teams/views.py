"""The pages of the room."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.roster.operations import today_of

from . import proposals, queries
from .forms import ApartForm, AreaLanguagesForm, FleetForm, NewTeamsForm, ProposeForm, RulesForm
from .operations import RefusedTeamError, add_teams, ask_languages, equip_all, keep_apart, let_together
from .proposal_page import proposal_page
from .team_page import TeamDesk

UNPROCESSABLE = 422


@page("teams")
def teams(request: PageRequest, mission: Mission) -> HttpResponse:
    """Teams, and people without one."""
    day = _today(mission)
    may_manage = request.viewer.may(Action.MANAGE_TEAMS, mission.pk)
    context = {
        "overview": queries.overview(mission, day=day, viewer=request.viewer),
        "proposals": queries.open_proposals(mission, viewer=request.viewer) if may_manage else [],
        "may_manage": may_manage,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "teams/teams.html", context)


@page("teams", question=gettext_lazy("Which teams are to be added?"), posts=True)
def new(request: PageRequest, mission: Mission) -> HttpResponse:
    """Teams by code, from nothing."""
    request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    areas = {area.pk: area for area in queries.areas_to_choose(mission)}
    institutions = {row.pk: row for row in queries.institutions_to_choose(mission, viewer=request.viewer)}
    form = NewTeamsForm(
        request.POST or None,
        areas=areas.values(),
        institutions=institutions.values(),
        own=mission.pk in request.viewer.institutions,
    )
    if form.is_valid():
        try:
            made = add_teams(
                mission=mission,
                codes=form.cleaned_data["codes"],
                institution=institutions.get(form.cleaned_data.get("institution") or 0),
                area=areas.get(form.cleaned_data["area"] or 0),
                by=request.viewer,
                now=timezone.now(),
            )
        except RefusedTeamError as error:
            form.add_error("codes", str(error.words))
        else:
            messages.success(request, _("Teams added: %(n)s.") % {"n": len(made)})
            return redirect("teams", mission.slug)
    return _form(request, mission, "teams/new.html", form=form)


@page("teams", question=gettext_lazy("Which car and telephone does each team have?"), posts=True)
def fleet(request: PageRequest, mission: Mission) -> HttpResponse:
    """Cars and telephones of all teams at once."""
    request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    rows = queries.teams_of(mission, day=_today(mission), viewer=request.viewer)
    form = FleetForm(request.POST if request.method == "POST" else None, teams=rows)
    if form.is_valid():
        try:
            n = equip_all(mission=mission, equipment=form.cleaned_data["lines"], by=request.viewer, now=timezone.now())
        except RefusedTeamError as error:
            form.add_error("lines", str(error.words))
        else:
            messages.success(request, _("Teams changed: %(n)s.") % {"n": n})
            return redirect("teams", mission.slug)
    return _form(request, mission, "teams/fleet.html", form=form)


@page("teams", question=gettext_lazy("Who could travel with whom?"), posts=True)
def propose(request: PageRequest, mission: Mission) -> HttpResponse:
    """What is to be proposed; the answer is a proposal to look at."""
    request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    form = ProposeForm(
        request.POST or None,
        rules=proposals.rules_of(mission),
        codes=mission.areas.values_list("code", flat=True),
        seed=mission.team_proposals.count() + 1,
    )
    if form.is_valid():
        try:
            made = proposals.make_proposal(
                mission=mission, wish=form.wish(), day=_today(mission), by=request.viewer, now=timezone.now()
            )
        except RefusedTeamError as error:
            form.add_error(None, str(error.words))
        else:
            return redirect("teams_proposal", mission.slug, made.pk)
    return _form(request, mission, "teams/propose.html", form=form)


@page("teams", question=gettext_lazy("Who is gone, and what does that change?"), posts=True)
def repair(request: PageRequest, mission: Mission) -> HttpResponse:
    """Who is gone; the answer is a proposal to look at."""
    request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    form = RulesForm(request.POST or None, rules=proposals.rules_of(mission))
    day = _today(mission)
    if form.is_valid():
        try:
            made = proposals.make_repair(
                mission=mission, rules=form.rules(), day=day, by=request.viewer, now=timezone.now()
            )
        except RefusedTeamError as error:
            form.add_error(None, str(error.words))
        else:
            return redirect("teams_proposal", mission.slug, made.pk)
    wounded = [row for row in queries.teams_of(mission, day=day, viewer=request.viewer) if row.wounded]
    return _form(request, mission, "teams/repair.html", form=form, wounded=wounded)


@page(
    "teams", question=gettext_lazy("Is this how they should travel?"), unknown=queries.UnknownProposalError, posts=True
)
def proposal(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """A proposal with its quality and differences; nothing changes before it is accepted."""
    found = queries.proposal_of(mission, pk, viewer=request.viewer)
    refused = ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "accept":
                proposals.accept(proposal=found, by=request.viewer, now=timezone.now())
                messages.success(request, _("Accepted. These are the teams now."))
                return redirect("teams", mission.slug)
            proposals.discard(proposal=found, by=request.viewer, now=timezone.now())
            messages.success(request, _("Discarded. No team was changed."))
            return redirect("teams", mission.slug)
        except RefusedTeamError as error:
            refused = str(error.words)
    context = {
        "shown": proposal_page(mission, found, viewer=request.viewer),
        "refused": refused,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "teams/proposal.html", context, status=UNPROCESSABLE if refused else 200)


@page("teams", question=gettext_lazy("Who is in this team?"), unknown=queries.UnknownTeamError, posts=True)
def team(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One team: people, car, telephone, history; for who arranges teams, everything to change it by hand."""
    day = _today(mission)
    found = queries.team_of(mission, pk, day=day, viewer=request.viewer)
    may_manage = request.viewer.may(Action.MANAGE_TEAMS, mission.pk)
    if request.method == "POST":
        request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    desk = TeamDesk(mission, found, day, request.viewer, request.POST if request.method == "POST" else None)
    if desk.asked and desk.save(now=timezone.now()):
        messages.success(request, _("Saved."))
        return redirect("team", mission.slug, pk)
    context = {
        "row": found,
        "history": queries.history_of(found.team, viewer=request.viewer),
        "may_manage": may_manage,
        "desk": desk if may_manage else None,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "teams/team.html", context, status=UNPROCESSABLE if desk.asked else 200)


@page("teams", question=gettext_lazy("What must a team be able to do?"), posts=True)
def rules(request: PageRequest, mission: Mission) -> HttpResponse:
    """Who must not travel together, and which languages an area asks for."""
    request.viewer.require(Action.MANAGE_TEAMS, mission.pk)
    people = queries.everybody(mission, day=_today(mission), viewer=request.viewer)
    areas = {area.pk: area for area in queries.areas_to_choose(mission)}
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    apart = ApartForm(request.POST if asked == "apart" else None, people=people)
    languages = AreaLanguagesForm(request.POST if asked == "languages" else None, areas=areas.values())
    if asked and _rules_saved(request, mission, asked, apart, languages):
        messages.success(request, _("Saved."))
        return redirect("teams_rules", mission.slug)
    context = {
        "apart": apart,
        "languages": languages,
        "pairs": queries.pairs_apart(mission, viewer=request.viewer),
        "asked_languages": [
            (areas[pk], sorted(held)) for pk, held in queries.languages_asked(mission).items() if held and pk in areas
        ],
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "teams/rules.html", context, status=UNPROCESSABLE if asked else 200)


def _rules_saved(
    request: PageRequest, mission: Mission, asked: str, apart: ApartForm, languages: AreaLanguagesForm
) -> bool:
    now = timezone.now()
    try:
        if asked == "apart" and apart.is_valid():
            people = mission.people.in_bulk([apart.cleaned_data["first"], apart.cleaned_data["second"]])
            first, second = (people[apart.cleaned_data[name]] for name in ("first", "second"))
            keep_apart(first=first, second=second, by=request.viewer, now=now)
            return True
        if asked == "together":
            pairs = {str(pair.row.pk): pair.row for pair in queries.pairs_apart(mission, viewer=request.viewer)}
            pair = pairs.get(request.POST.get("pair", ""))
            if pair:
                let_together(pair=pair, by=request.viewer, now=now)
            return pair is not None
        if asked == "languages" and languages.is_valid():
            area = mission.areas.get(pk=languages.cleaned_data["area"])
            ask_languages(area=area, languages=languages.cleaned_data["languages"], by=request.viewer, now=now)
            return True
    except RefusedTeamError as error:
        apart.add_error(None, str(error.words))
    return False


def _form(request: PageRequest, mission: Mission, template: str, **context: object) -> HttpResponse:
    told = {**context, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, template, told, status=UNPROCESSABLE if request.method == "POST" else 200)


def _today(mission: Mission) -> date:
    return today_of(mission, timezone.now())
