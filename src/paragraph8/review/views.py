"""What the mission has and what waits; the list of reports; one report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action, Scope
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.missions.steps import steps_of
from paragraph8.web.paging import number_in, older

from . import desk
from .forms import form_for
from .queries import UnknownReportError, listed, report_file, unread, waiting_corrections
from .report_page import report_page


@page("home")
def home(request: PageRequest, mission: Mission) -> HttpResponse:
    """What has come in by form, which problems wait, and where to go from here."""
    known = stamp(mission, viewer=request.viewer)
    overview = desk.overview(mission, as_of=known.change, viewer=request.viewer)
    context = {"overview": overview, "steps": steps_of(mission, viewer=request.viewer), "stamp": known}
    return render(request, "review/home.html", context)


@page("reports", unknown=desk.UnknownFilterError)
def reports(request: PageRequest, mission: Mission) -> HttpResponse:
    """Reports as they read now, newest first."""
    known = stamp(mission, viewer=request.viewer)
    chosen = desk.chosen(mission, request.GET)
    readings = listed(mission, as_of=known.change, viewer=request.viewer, **chosen.arguments())
    found = older(readings, number_in(request.GET, "before"), by="report_id")
    context = {
        "page": found,
        "rows": desk.rows(mission, found.rows),
        "filters": desk.filters(mission, as_of=known.change, viewer=request.viewer, chosen=chosen),
        "unread": unread(mission, viewer=request.viewer),
        "stamp": known,
    }
    return render(request, "review/reports.html", context)


@page("reports", question=gettext_lazy("Can this report be used as it stands?"), unknown=UnknownReportError, posts=True)
def report(request: PageRequest, mission: Mission, uid: UUID) -> HttpResponse:
    """One report with everything that is known of it; `?correct=` opens the form that corrects something in it."""
    known = stamp(mission, viewer=request.viewer)
    file = report_file(mission, str(uid), viewer=request.viewer, as_of=known.change)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        request.viewer.require(Action.CORRECT_REPORTS, mission.pk)
    may_correct = request.viewer.may(Action.CORRECT_REPORTS, mission.pk)
    asked = request.GET.get("correct", "") if may_correct else ""
    form = form_for(file, asked, posted, viewer=request.viewer)
    if form and posted is not None and form.is_valid() and form.save(by=request.viewer, now=timezone.now()):
        messages.success(request, _("Saved. It counts as soon as it has its change number, usually within a second."))
        return redirect("report", mission.slug, uid)
    scope = request.viewer.scope(Action.SEE_REPORTS, mission.pk)
    context = {
        "report": report_page(file),
        "form": form,
        "asked": asked,
        "may_correct": may_correct,
        "names": scope is Scope.MISSION,
        "waiting": waiting_corrections(file.report, viewer=request.viewer),
        "stamp": known,
    }
    return render(request, "review/report.html", context, status=422 if form and form.is_bound else 200)
