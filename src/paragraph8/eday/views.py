"""The election-day room, and one figure opened to its reports."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.figures import REFUSALS
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from .figure_page import UnknownFigureError, figure_page
from .queries import Asked, UnknownChoiceError, freshness, room


@page("election-day", unknown=UnknownChoiceError)
def election_day(request: PageRequest, mission: Mission) -> HttpResponseBase:
    """Question by question; asked by its own script it answers with the live part alone, or that nothing changed."""
    fresh = freshness(mission, viewer=request.viewer, now=timezone.now())
    tag = fresh.tag(get_language() or "en")
    if request.htmx and (unchanged := get_conditional_response(request, etag=tag)):
        return unchanged
    asked = Asked(*(request.GET.get(name, "") for name in ("form", "area", "question")))
    context = {
        "room": room(mission, asked, viewer=request.viewer),
        "asked": asked,
        "freshness": fresh,
        "tag": tag,
        "paused": "paused" in request.GET,
        "stamp": stamp(mission, viewer=request.viewer, as_of=fresh.change),
        "stamp_more": "eday/parts/freshness.html",
    }
    response = render(request, "eday/live.html" if request.htmx else "eday/room.html", context)
    response.headers["ETag"] = tag
    patch_vary_headers(response, ["HX-Request"])
    return response


@page("election-day", question=_("What does this figure rest on?"))
def figure(request: PageRequest, mission: Mission, key: str) -> HttpResponse:
    """The evidence card of a figure, the same by area, and its reports."""
    known = stamp(mission, viewer=request.viewer)
    query = request.GET
    try:
        opened = figure_page(
            mission,
            key,
            as_of=known.change,
            viewer=request.viewer,
            last=query.get("after", ""),
            outcome=query.get("outcome", ""),
        )
    except UnknownFigureError:
        context = {"spelling": key, "reason": REFUSALS["unknown-key"]}
        return render(request, "eday/no_figure.html", context, status=404)
    context = {"opened": opened, "stamp": known, "outcome": query.get("outcome", "")}
    return render(request, "eday/figure.html", context)
