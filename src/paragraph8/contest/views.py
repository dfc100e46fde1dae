"""The pages of the room."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.domain.contests import DEADLINE_STATES, VOTERS, DeadlineState, Voters
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from .contest_page import history, races
from .entry_form import EntryForm
from .forms import ContestantForm, ContestForm, StepForm
from .queries import UnknownEntryError, calendar_of, calendar_versions, contest_of, contestant_of, voters_of
from .register_forms import CalendarForm, ResultsForm, SeriesRowForm, SeriesSpanForm, VotersForm
from .results_page import results_page, upload_page
from .series_page import series_of

TONES = {
    DeadlineState.MET: "ok",
    DeadlineState.LATE: "warn",
    DeadlineState.MISSED: "block",
    DeadlineState.OPEN: "wait",
    DeadlineState.NOT_KNOWN: "info",
    DeadlineState.NO_DEADLINE: "wait",
}


@page("contest")
def contest(request: PageRequest, mission: Mission) -> HttpResponse:
    """The contests, and who stands."""
    found = races(mission, viewer=request.viewer)
    claims = [claim for series in series_of(mission, viewer=request.viewer) for claim in series.claims]
    return _shown(request, mission, "contest/contest.html", {"races": found, "claims": claims})


@page("contest", question=gettext_lazy("Which contest is to be added?"), posts=True)
def contest_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new contest."""
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    form = ContestForm(_posted(request), mission=mission)
    if _saved(request, mission, form, _("The contest is added.")):
        return redirect("contest", mission.slug)
    return _shown(request, mission, "contest/form.html", {"form": form, "back": "contest"}, form)


@page("contest", question=gettext_lazy("What is this contest?"), unknown=UnknownEntryError, posts=True)
def contest_edit(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One contest, described anew."""
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    form = ContestForm(_posted(request), mission=mission, contest=contest_of(mission, code, viewer=request.viewer))
    if _saved(request, mission, form, _("Saved.")):
        return redirect("contest", mission.slug)
    return _shown(request, mission, "contest/form.html", {"form": form, "back": "contest"}, form)


@page("contest", question=gettext_lazy("Who is to be added?"), posts=True)
def contestant_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new contestant."""
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    form = ContestantForm(_posted(request), mission=mission)
    if _saved(request, mission, form, _("The candidate is added.")):
        return redirect("contestant", mission.slug, form.cleaned_data["code"])
    return _shown(request, mission, "contest/form.html", {"form": form, "back": "contest"}, form)


@page("contest", question=gettext_lazy("Who is this, and what became of it?"), unknown=UnknownEntryError, posts=True)
def contestant(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One contestant with the history; `?change=` opens the description."""
    person = contestant_of(mission, code, viewer=request.viewer)
    change = "change" in request.GET and request.viewer.may(Action.MANAGE_CONTEST, mission.pk)
    form: EntryForm
    if change:
        form = ContestantForm(_posted(request), mission=mission, contestant=person)
    else:
        form = StepForm(_posted(request), mission=mission, contestant=person)
    if _saved(request, mission, form, _("Saved.")):
        return redirect("contestant", mission.slug, code)
    context = {"person": person, "steps": history(person), "form": form, "change": change}
    return _shown(request, mission, "contest/contestant.html", context, form)


@page("contest", question=gettext_lazy("Which deadlines were met?"))
def calendar(request: PageRequest, mission: Mission) -> HttpResponse:
    """The calendar with what became of each deadline."""
    lines = calendar_of(mission, viewer=request.viewer, at=timezone.now())
    shown = [(line, DEADLINE_STATES[line.kept.state], TONES[line.kept.state]) for line in lines]
    return _shown(request, mission, "contest/calendar.html", {"lines": shown})


@page("contest", question=gettext_lazy("What is to be added to the calendar?"), posts=True)
def calendar_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new line of the calendar."""
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    form = CalendarForm(_posted(request), mission=mission)
    if _saved(request, mission, form, _("The line is added.")):
        return redirect("calendar", mission.slug)
    return _shown(request, mission, "contest/form.html", {"form": form, "back": "calendar"}, form)


@page("contest", question=gettext_lazy("What became of this line?"), unknown=UnknownEntryError, posts=True)
def calendar_entry(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One line of the calendar with all its versions."""
    versions = calendar_versions(mission, code, viewer=request.viewer)
    form = CalendarForm(_posted(request), mission=mission, entry=versions[0])
    if _saved(request, mission, form, _("Saved. What was said before stays in the history.")):
        return redirect("calendar", mission.slug)
    context = {"form": form, "entry": versions[0], "versions": versions}
    return _shown(request, mission, "contest/calendar_entry.html", context, form)


@page("contest", question=gettext_lazy("How many voters are registered?"), posts=True)
def voter_registers(request: PageRequest, mission: Mission) -> HttpResponse:
    """Totals of voter registers, each with its day."""
    form = VotersForm(_posted(request), mission=mission)
    if _saved(request, mission, form, _("The total is added. Earlier ones stay.")):
        return redirect("voter_registers", mission.slug)
    rows = [(VOTERS[Voters(row.category)], row) for row in voters_of(mission, viewer=request.viewer)]
    return _shown(request, mission, "contest/registers.html", {"rows": rows, "form": form}, form)


@page("contest", question=gettext_lazy("May we say “record” or “for the first time”?"), posts=True)
def series(request: PageRequest, mission: Mission) -> HttpResponse:
    """Series of earlier elections, and what they let a text say."""
    posted = _posted(request)
    span = request.GET.get("form") == "span"
    form: EntryForm = SeriesSpanForm(posted, mission=mission) if span else SeriesRowForm(posted, mission=mission)
    if _saved(request, mission, form, _("Saved.")):
        return redirect("series", mission.slug)
    row_form = form if not span else SeriesRowForm(None, mission=mission)
    span_form = form if span else SeriesSpanForm(None, mission=mission)
    found = series_of(mission, viewer=request.viewer)
    context = {"series": found, "row_form": row_form, "span_form": span_form}
    return _shown(request, mission, "contest/series.html", context, form)


@page("contest", question=gettext_lazy("Which results were given, and do they add up?"))
def results(request: PageRequest, mission: Mission) -> HttpResponse:
    """Versions of the results side by side."""
    found = results_page(mission, viewer=request.viewer, chosen=request.GET.get("line", ""))
    return _shown(request, mission, "contest/results.html", {"results": found})


@page("contest", question=gettext_lazy("Whose results are to be added?"), posts=True)
def results_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """A new version of the results from a file."""
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    form = ResultsForm(_posted(request), mission=mission, files=request.FILES or None)
    if _saved(request, mission, form, _("The file is kept and is being read.")):
        upload, _job = form.written
        return redirect("results_upload", mission.slug, upload.pk)
    return _shown(request, mission, "contest/form.html", {"form": form, "back": "results"}, form)


@page("contest", question=gettext_lazy("Has the file been taken?"), unknown=UnknownEntryError)
def results_upload(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """How far the reading of a file is, and why it was refused."""
    found = upload_page(mission, pk, viewer=request.viewer)
    return _shown(request, mission, "contest/upload.html", {"upload": found, "job": found.job})


def _posted(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saved(request: PageRequest, mission: Mission, form: EntryForm, words: str) -> bool:
    """Whether a posted form was written. Who may not write is told so before anything is looked at."""
    if request.method != "POST":
        return False
    request.viewer.require(Action.MANAGE_CONTEST, mission.pk)
    if not (form.is_valid() and form.save(by=request.viewer, now=timezone.now())):
        return False
    messages.success(request, words)
    return True


def _shown(
    request: PageRequest, mission: Mission, template: str, context: dict[str, Any], form: EntryForm | None = None
) -> HttpResponse:
    """The page; a form that was not taken is shown again with 422 and what was typed."""
    known = {
        "stamp": stamp(mission, viewer=request.viewer),
        "may_manage": request.viewer.may(Action.MANAGE_CONTEST, mission.pk),
    }
    return render(request, template, {**known, **context}, status=422 if form is not None and form.is_bound else 200)
