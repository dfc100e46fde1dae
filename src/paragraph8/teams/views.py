"""The pages of the room."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp


@page("teams")
def teams(request: PageRequest, mission: Mission) -> HttpResponse:
    """The room."""
    return render(request, "teams/teams.html", {"stamp": stamp(mission, viewer=request.viewer)})
