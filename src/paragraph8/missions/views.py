"""Which missions there are for the viewer, and who did what in one of them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from paragraph8.jobs.queries import UnknownJobError, job_of
from paragraph8.web.paging import number_in, older

from .log import lines
from .models import Mission
from .pages import PageRequest, page
from .queries import device_names, log_of, missions_of, stamp


@require_safe
@login_required
def missions(request: PageRequest) -> HttpResponse:
    """The missions of the viewer; with one only, that one."""
    found = missions_of(request.viewer)
    if len(found) == 1:
        return redirect("mission", found[0].slug)
    return render(request, "missions/missions.html", {"missions": found})


@page("log")
def log(request: PageRequest, mission: Mission) -> HttpResponse:
    """Every write of the mission, newest first."""
    changes = older(log_of(mission, viewer=request.viewer), number_in(request.GET, "before"), by="number")
    told = lines(changes.rows, device_names(mission, viewer=request.viewer))
    context = {"page": changes, "lines": told, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, "missions/log.html", context)


@page("settings")
def settings(request: PageRequest, mission: Mission) -> HttpResponse:
    """Institutions, contacts, format, and who may see what."""
    return render(request, "missions/settings.html", {"stamp": stamp(mission, viewer=request.viewer)})


@page("home", question=_("How far is it?"), unknown=UnknownJobError)
def job(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """How far a job is; asked by its own script it answers with the progress alone, and makes the page that shows it
    load anew when the job is over."""
    found = job_of(mission.pk, pk, viewer=request.viewer)
    if request.htmx:
        if found.over:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "jobs/parts/progress.html", {"job": found})
    return render(request, "jobs/job.html", {"job": found, "stamp": stamp(mission, viewer=request.viewer)})
