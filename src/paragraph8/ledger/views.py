"""The pages of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action, Role
from paragraph8.missions.entries import EntryForm, plainly, say
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from .case import case
from .comparison import comparison, topics
from .forms import ClaimForm, EstablishForm, EventForm, InformationForm, LinkForm, MergeForm, OutcomeForm
from .information import withdraw
from .models import Event
from .queries import UnknownEntryError, claims_of, event_of, events_of
from .refusals import RefusedEntryError
from .timeline import timeline


@page("ledger")
def ledger(request: PageRequest, mission: Mission) -> HttpResponse:
    """Day by day, as known now or on a day (`?known=2019-06-10`)."""
    told = timeline(mission, viewer=request.viewer, known_on=_day(request.GET.get("known", "")))
    context = {"timeline": told, "topics": topics(mission, viewer=request.viewer)}
    return _shown(request, mission, "ledger/ledger.html", context)


@page("ledger", question=gettext_lazy("What happened?"), posts=True)
def event_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new event."""
    request.viewer.require(Action.WRITE_LEDGER, mission.pk)
    form = EventForm(_posted(request), mission=mission)
    if _saved(request, form, _("The event is in the ledger.")):
        return redirect("ledger_event", mission.slug, form.written.code)
    return _shown(request, mission, "ledger/entry.html", {"form": form}, form)


@page("ledger", question=gettext_lazy("What is known of it, and how surely?"), unknown=UnknownEntryError, posts=True)
def event(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One event; `?write=` opens one of its forms."""
    found = event_of(mission, code, viewer=request.viewer)
    may_write = request.viewer.may(Action.WRITE_LEDGER, mission.pk)
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdrawn(request, mission, found)
    write = request.GET.get("write", "")
    form = _form(request, mission, found, write) if may_write or write == "sign" else None
    if form and _saved(request, form, _("Saved.")):
        return redirect("ledger_event", mission.slug, code)
    context = {
        "case": case(found, viewer=request.viewer),
        "form": form,
        "write": write,
        "may_write": may_write,
        "may_sign": request.viewer.may(Action.ESTABLISH, mission.pk),
    }
    return _shown(request, mission, "ledger/event.html", context, form)


@page("ledger", question=gettext_lazy("Who says how many?"), unknown=UnknownEntryError, posts=True)
def topic(request: PageRequest, mission: Mission, name: str) -> HttpResponse:
    """Rival figures of a topic side by side, and a form that says how two of them stand to each other."""
    told = comparison(mission, name, viewer=request.viewer, known_on=_day(request.GET.get("known", "")))
    may_write = request.viewer.may(Action.WRITE_LEDGER, mission.pk)
    form = None
    if may_write:
        rows = claims_of(mission, viewer=request.viewer, topic=name)
        form = LinkForm(_posted(request), mission=mission, claims=rows)
        if _saved(request, form, _("Saved.")):
            return redirect("ledger_topic", mission.slug, name)
    return _shown(request, mission, "ledger/topic.html", {"comparison": told, "form": form}, form)


@page("ledger", question=gettext_lazy("What was said, and by whom?"), posts=True)
def claim_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new claim."""
    request.viewer.require(Action.WRITE_LEDGER, mission.pk)
    form = ClaimForm(_posted(request), mission=mission)
    if _saved(request, form, _("The claim is in the ledger.")):
        return redirect("ledger_topic", mission.slug, form.written.topic)
    return _shown(request, mission, "ledger/entry.html", {"form": form}, form)


def _form(request: PageRequest, mission: Mission, found: Event, write: str) -> EntryForm | None:
    data = _posted(request)
    match write:
        case "event":
            return EventForm(data, mission=mission, version=found.versions.last())
        case "information":
            return InformationForm(data, event=found)
        case "outcome":
            return OutcomeForm(data, event=found)
        case "merge":
            others = [
                (version.event.code, f"{version.event.code}: {plainly(version.title)}")
                for version in events_of(mission, viewer=request.viewer)
                if version.event_id != found.pk
            ]
            return MergeForm(data, event=found, others=others)
        case "sign":
            office = "head" if request.viewer.roles.get(mission.pk) is Role.HEAD else "legal-analyst"
            return EstablishForm(data, event=found, office=office)
    return None


def _withdrawn(request: PageRequest, mission: Mission, found: Event) -> HttpResponse:
    """A source took back what it told."""
    row = found.information.filter(uid=request.POST["withdraw"]).first()
    if row is None:
        raise UnknownEntryError(found.code)
    try:
        withdraw(information=row, reason=request.POST.get("reason", ""), by=request.viewer, now=timezone.now())
    except RefusedEntryError as refused:
        messages.error(request, say(refused.text()))
    else:
        messages.success(request, _("It counts for nothing from now on; what was released before stays and is listed."))
    return redirect("ledger_event", mission.slug, found.code)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saved(request: PageRequest, form: EntryForm, told: str) -> bool:
    if form.is_bound and form.is_valid() and form.save(by=request.viewer, now=timezone.now()):
        messages.success(request, told)
        return True
    return False


def _shown(
    request: PageRequest, mission: Mission, template: str, context: dict[str, Any], form: EntryForm | None = None
) -> HttpResponse:
    said = {
        "may_write": request.viewer.may(Action.WRITE_LEDGER, mission.pk),
        **context,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, template, said, status=422 if form is not None and form.is_bound else 200)
