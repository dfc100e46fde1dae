"""The page of coverage."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from .coverage import UnknownFormError, coverage_page


@page("election-day", question=_("How far do our observations reach?"), unknown=UnknownFormError)
def election_coverage(request: PageRequest, mission: Mission) -> HttpResponse:
    """Where and when teams observed, against the list of stations, and how much shares depend on it."""
    known = stamp(mission, viewer=request.viewer)
    shown = coverage_page(mission, request.GET.get("form", ""), as_of=known.change, viewer=request.viewer)
    return render(request, "eday/coverage.html", {"shown": shown, "stamp": known})
