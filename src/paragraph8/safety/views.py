"""The pages of the room. Nothing of them may be kept by a browser or anything in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.domain.check_ins import How
from paragraph8.domain.recalls import Channel
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.teams.queries import areas_to_choose
from paragraph8.web.paging import number_in, older

from . import operations, queries
from .forms import AcknowledgeForm, CheckInForm, DeskForm, EraseForm, RecallForm, ScheduleForm, WordingForm
from .recall_page import recall_page

UNPROCESSABLE = 422


@page("safety")
def safety(request: PageRequest, mission: Mission) -> HttpResponse:
    """Who is late, who is due, who is calm; asked by its own script it answers with the list alone."""
    context = {
        "watch": queries.watch(mission, now=timezone.now(), viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/watch.html" if request.htmx else "safety/safety.html", context)


@page("safety", question=gettext_lazy("Who has called?"), posts=True)
def desk(request: PageRequest, mission: Mission) -> HttpResponse:
    """A sign of life that reached the desk; and the newest signs of all teams."""
    now = timezone.now()
    teams = queries.teams_to_check_in(mission, viewer=request.viewer)
    form = DeskForm(request.POST if request.method == "POST" else None, mission=mission, teams=teams)
    if not teams:
        form.fields.clear()
    elif form.is_valid() and _noted(request, form, now):
        return redirect("safety", mission.slug)
    context = {
        "form": form,
        "teams": teams,
        "page": older(queries.recent(mission, viewer=request.viewer), number_in(request.GET, "before")),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/desk.html", context, refused=request.method == "POST")


@page("safety", question=gettext_lazy("Where was this team last?"), unknown=queries.UnknownTeamError, posts=True)
def team(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One team: how it stands, what was noted, its check-ins; a call from it, and who looks after it."""
    now = timezone.now()
    found = queries.watched_team(mission, pk, now=now, viewer=request.viewer)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    call = DeskForm(request.POST if asked == "call" else None, mission=mission, teams=[found.team])
    note = AcknowledgeForm(request.POST if asked == "acknowledge" else None)
    if asked == "call" and call.is_valid() and _noted(request, call, now):
        return redirect("safety_team", mission.slug, pk)
    if asked == "acknowledge" and note.is_valid() and found.standing.due:
        operations.acknowledge(
            team=found.team, due=found.standing.due, note=note.cleaned_data["note"], by=request.viewer, now=now
        )
        messages.success(request, _("Noted. The team stays on the list until it is heard from."))
        return redirect("safety_team", mission.slug, pk)
    context = {
        "row": found,
        "call": call,
        "note": note,
        "check_ins": queries.check_ins_of(found.team, viewer=request.viewer)[: settings.PAGE_ROWS],
        "notes": queries.acknowledgements_of(found.team, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/team.html", context, refused=bool(asked))


@page("safety", question=gettext_lazy("When is who to be heard from?"), posts=True)
def schedule(request: PageRequest, mission: Mission) -> HttpResponse:
    """The schedules; a new one replaces that of the same region and kind."""
    areas = {area.pk: area for area in areas_to_choose(mission)}
    held = queries.schedules_of(mission, viewer=request.viewer)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    form = ScheduleForm(request.POST if asked == "set" else None, areas=areas.values())
    now = timezone.now()
    if asked == "end":
        for row in held:
            if str(row.pk) == request.POST.get("schedule"):
                operations.end_schedule(schedule=row, by=request.viewer, now=now)
                messages.success(request, _("Ended."))
                return redirect("safety_schedule", mission.slug)
    if asked == "set" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            operations.set_schedule(
                mission=mission, area=areas.get(typed.pop("area") or 0), **typed, by=request.viewer, now=now
            )
        except operations.RefusedCheckInError as error:
            form.add_error(None, str(error.words))
        else:
            messages.success(request, _("Saved. It holds from now on; what was due before is not."))
            return redirect("safety_schedule", mission.slug)
    context = {"form": form, "schedules": held, "stamp": stamp(mission, viewer=request.viewer)}
    return _shown(request, "safety/schedule.html", context, refused=bool(asked))


@page("safety", question=gettext_lazy("Who is to be called back?"), posts=True)
def recalls(request: PageRequest, mission: Mission) -> HttpResponse:
    """Drafting a recall, and those of before."""
    teams = queries.teams_to_check_in(mission, viewer=request.viewer)
    form = RecallForm(request.POST if request.method == "POST" else None, areas=areas_to_choose(mission), teams=teams)
    if form.is_valid():
        made = operations.draft_recall(
            mission=mission, call=form.call(), teams=form.chosen(), by=request.viewer, now=timezone.now()
        )
        return redirect("safety_recall", mission.slug, made.pk)
    context = {
        "form": form,
        "teams": teams,
        "recalls": queries.recalls_of(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/recalls.html", context, refused=request.method == "POST")


@page(
    "safety",
    question=gettext_lazy("Is the recall out, and who has answered?"),
    unknown=queries.UnknownRecallError,
    posts=True,
)
def recall(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """The texts for every channel, to be copied and sent; what went out; who has not answered."""
    file = queries.recall_of(mission, pk, viewer=request.viewer)
    shown = recall_page(file)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    form = WordingForm(request.POST if asked == "word" else None, recall=file.recall, languages=shown.languages)
    now = timezone.now()
    try:
        if asked == "word" and form.is_valid():
            operations.word_recall(
                recall=file.recall, short=form.texts("short"), long=form.texts("long"), by=request.viewer, now=now
            )
            messages.success(request, _("Saved."))
            return redirect("safety_recall", mission.slug, pk)
        if asked == "sent" and request.POST.get("channel") in set(Channel):
            channel = Channel(request.POST["channel"])
            operations.mark_sent(recall=file.recall, channel=channel, by=request.viewer, now=now)
            messages.success(request, _("Noted as sent."))
            return redirect("safety_recall", mission.slug, pk)
    except operations.RefusedCheckInError as error:
        form.add_error(None, str(error.words))
    context = {"file": file, "shown": shown, "form": form, "stamp": stamp(mission, viewer=request.viewer)}
    return _shown(request, "safety/recall.html", context, refused=bool(asked))


@page("safety", question=gettext_lazy("How long do we keep where people were?"), posts=True)
def erase(request: PageRequest, mission: Mission) -> HttpResponse:
    """Erasing check-ins, notes and recalls that are older than needed."""
    now = timezone.now()
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        before = now - timedelta(days=form.cleaned_data["days"])
        n = operations.erase_check_ins(mission=mission, before=before, by=request.viewer, now=now)
        messages.success(request, _("Erased: %(n)s.") % {"n": n})
        return redirect("safety_erase", mission.slug)
    context = {
        "form": form,
        "kept": queries.kept(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/erase.html", context, refused=request.method == "POST")


@page("check-in", posts=True)
def check_in_page(request: PageRequest, mission: Mission) -> HttpResponse:
    """An observer says that the own team is well, or that it needs help."""
    request.viewer.require(Action.CHECK_IN, mission.pk)
    now = timezone.now()
    teams = queries.teams_to_check_in(mission, viewer=request.viewer)
    posted = request.POST if request.method == "POST" and teams else None
    form = CheckInForm(posted, mission=mission, teams=teams)
    if form.is_valid():
        needs_help = request.POST.get("well") == "help"
        form.save(how=How.PAGE, needs_help=needs_help, at=now, by=request.viewer, now=now)
        told = _("The security desk sees that you need help.") if needs_help else _("Thank you. You were heard.")
        messages.success(request, told)
        return redirect("check_in", mission.slug)
    context = {
        "form": form,
        "teams": teams,
        "own": queries.own_team(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return _shown(request, "safety/check_in.html", context, refused=request.method == "POST")


def _noted(request: PageRequest, form: DeskForm, now: datetime) -> bool:
    typed = form.cleaned_data
    try:
        form.save(how=How(typed["how"]), needs_help=typed["needs_help"], at=form.at(now), by=request.viewer, now=now)
    except operations.RefusedCheckInError as error:
        form.add_error(None, str(error.words))
        return False
    messages.success(request, _("Noted."))
    return True


def _shown(request: PageRequest, template: str, context: dict[str, object], *, refused: bool = False) -> HttpResponse:
    response = render(request, template, context, status=UNPROCESSABLE if refused else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response
