"""The election-day room, its tables, and one figure opened to its reports."""

from __future__ import annotations

from django.http import Http404, HttpResponse
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

from . import tables as of_form
from .figure_page import UnknownFigureError, figure_page
from .queries import Asked, freshness, room
from .questions import UnknownChoiceError
from .table_files import KINDS, MissingExtraError, table_file
from .table_rows import rows


@page("election-day", question=_("How is it going?"), unknown=UnknownChoiceError)
def election_day(request: PageRequest, mission: Mission) -> HttpResponseBase:
    """The whole day on one screen; asked by its own script it answers with the live part alone, or that nothing
    changed. A moment that is past is asked for once and never again."""
    now = timezone.now()
    asked = Asked(as_of=request.GET.get("as_of", ""), at=request.GET.get("at", ""), wall="wall" in request.GET)
    fresh = freshness(mission, viewer=request.viewer, now=now)
    tag = fresh.tag(get_language() or "en")
    if request.htmx and (unchanged := get_conditional_response(request, etag=tag)):
        return unchanged
    shown = room(mission, asked, viewer=request.viewer, now=now)
    context = {
        "room": shown,
        "asked": asked,
        "freshness": fresh,
        "tag": tag,
        "paused": asked.past or "paused" in request.GET,
        "stamp": stamp(mission, viewer=request.viewer, as_of=shown.moment.change),
        "stamp_more": "eday/parts/past.html" if asked.past else "eday/parts/freshness.html",
    }
    response = render(request, "eday/live.html" if request.htmx else "eday/room.html", context)
    response.headers["ETag"] = tag
    patch_vary_headers(response, ["HX-Request"])
    return response


ASKED = ("form", "question", "area", "setting", "kind", "as_of", "at", "compare")


@page("election-day", question=_("What do the answers say, and where?"), unknown=UnknownChoiceError)
def election_day_tables(request: PageRequest, mission: Mission) -> HttpResponse:
    """A form question by question, or one question by area, setting and type of station."""
    shown = _tables(request, mission)
    context = {
        "tables": shown,
        "asked": shown.asked,
        "kinds": tuple(KINDS),
        "stamp": stamp(mission, viewer=request.viewer, as_of=shown.moment.change),
        "stamp_more": "eday/parts/past.html" if shown.asked.past else None,
    }
    return render(request, "eday/tables.html", context)


@page("election-day", question=_("Which format do you want?"), unknown=UnknownChoiceError)
def election_day_table_file(request: PageRequest, mission: Mission, kind: str) -> HttpResponse:
    """The table that the same query shows, as a file with its codebook."""
    if kind not in KINDS:
        raise Http404(kind)
    shown = _tables(request, mission)
    if shown.refused is not None:
        return render(request, "eday/no_file.html", {"reason": shown.refused, "kind": kind}, status=422)
    stem = f"{mission.slug}-{shown.form.code if shown.form else 'nothing'}-{shown.moment.change}"
    language = get_language() or "en"
    found = rows(mission, shown, language=language, viewer=request.viewer)
    try:
        made = table_file(kind, stem, found, notice=request.place.notice, language=language)
    except MissingExtraError:
        return render(request, "eday/no_file.html", {"reason": "", "kind": kind}, status=501)
    response = HttpResponse(made.data, content_type=made.media)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _tables(request: PageRequest, mission: Mission) -> of_form.Tables:
    asked = of_form.Asked(**{name: request.GET.get(name, "") for name in ASKED})
    return of_form.tables(mission, asked, viewer=request.viewer, now=timezone.now())


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
