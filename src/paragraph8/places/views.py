"""The pages of the room: the list in force, its areas, search, one station, lists and what changed, the map."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.outlines import NotAMapError
from paragraph8.missions.files import kept_file
from paragraph8.missions.models import Mission, Station
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import queries
from .drawing import cells_of, drawing
from .forms import MapForm
from .labels import CHANGE_TITLES, KIND_TITLES
from .maps import remove_map, store_map
from .queries import UnknownPlaceError
from .uploads import files_root, safe_cell

ROWS = 50
SAVE = "save"
"""In an address: give the page as a file."""


@page("places")
def places(request: PageRequest, mission: Mission) -> HttpResponseBase:
    """The list in force: how many stations and voters, where, of which types; `?save=csv` gives it as a file."""
    viewer = request.viewer
    if SAVE in request.GET:
        return list_file(mission, viewer=viewer)
    sums = queries.area_sums(mission, viewer=viewer)
    addresses = {entry.area.code: reverse("area", args=[mission.slug, entry.area.code]) for entry in sums}
    kinds = queries.kind_sums(mission, viewer=viewer)
    context = {
        "stamp": stamp(mission, viewer=viewer),
        "listed": mission.station_list,
        "kinds": [(KIND_TITLES[entry.kind], entry) for entry in kinds],
        "unknown": sum(entry.tally.unknown for entry in kinds if entry.kind != "commission"),
        "urban": sum(entry.urban for entry in kinds),
        "rural": sum(entry.rural for entry in kinds),
        "map": drawing(mission, cells_of(sums, addresses), viewer=viewer),
        "may_manage": viewer.may(Action.MANAGE_PLACES, mission.pk),
    }
    return render(request, "places/places.html", context)


@page("places", question=gettext_lazy("Which polling station is it?"))
def search_page(request: PageRequest, mission: Mission) -> HttpResponse:
    """Search as you type; without a script the form is sent. A piece of the page is answered with the results alone."""
    typed = request.GET.get("q", "")[: queries.MOST_TYPED]
    found = queries.search(mission, typed, viewer=request.viewer)
    context = {"typed": typed, "found": found, "most": queries.MOST_FOUND, "kinds": KIND_TITLES}
    if request.htmx:
        return render(request, "places/parts/found.html", context)
    return render(request, "places/search.html", {**context, "stamp": stamp(mission, viewer=request.viewer)})


@page("places", question=gettext_lazy("Which areas hold how many stations and voters?"))
def areas(request: PageRequest, mission: Mission) -> HttpResponse:
    """The whole tree with its sums."""
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "sums": queries.area_sums(mission, viewer=request.viewer),
        "may_manage": request.viewer.may(Action.MANAGE_PLACES, mission.pk),
    }
    return render(request, "places/areas.html", context)


@page("places", question=gettext_lazy("Which stations lie in this area?"), unknown=UnknownPlaceError)
def area(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One area: what lies below it, and its stations in the order of their keys."""
    found = queries.area_of(mission, code, viewer=request.viewer)
    sums = queries.area_sums(mission, viewer=request.viewer)
    last = request.GET.get("after", "")
    stations = queries.stations_of(mission, viewer=request.viewer, area=found).order_by("key")
    rows = list((stations.filter(key__gt=last) if last else stations)[: ROWS + 1])
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "area": found,
        "above": [entry.area for entry in sums if found.path.startswith(entry.area.path) and entry.area != found],
        "own": next(entry for entry in sums if entry.area == found),
        "below": [entry for entry in sums if entry.area.parent_id == found.pk],
        "stations": [(station, KIND_TITLES[station.kind]) for station in rows[:ROWS]],
        "page": {"further": rows[ROWS - 1].key if len(rows) > ROWS else "", "first": not last},
    }
    return render(request, "places/area.html", context)


@page("places", question=gettext_lazy("What do the station lists say of this station?"), unknown=UnknownPlaceError)
def station(request: PageRequest, mission: Mission) -> HttpResponse:
    """One station through the lists; `?key=` names it, because a key may hold any letter."""
    history = queries.station_of(mission, request.GET.get("key", ""), viewer=request.viewer)
    newest = history[0]
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "station": newest,
        "kind": KIND_TITLES[newest.kind],
        "in_force": newest.list_id == mission.station_list_id,
        "history": [(row, KIND_TITLES[row.kind]) for row in history],
    }
    return render(request, "places/station.html", context)


@page("places", question=gettext_lazy("Which station lists has the mission had?"))
def lists(request: PageRequest, mission: Mission) -> HttpResponse:
    """Every published list, newest first, with how it differs from the one before."""
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "lists": queries.lists_of(mission, viewer=request.viewer),
        "in_force": mission.station_list_id,
        "kinds": CHANGE_TITLES,
        "may_manage": request.viewer.may(Action.MANAGE_PLACES, mission.pk),
    }
    return render(request, "places/lists.html", context)


@page("places", question=gettext_lazy("What changed with this list?"), unknown=UnknownPlaceError)
def listed(request: PageRequest, mission: Mission, number: int) -> HttpResponse:
    """One list: where it comes from, and its differences to the list before; `?save=csv` gives every single one."""
    found = queries.list_of(mission, number, viewer=request.viewer)
    if SAVE in request.GET and found.differences_sha256:
        return attachment(mission, found.differences_sha256, f"differences-{number}")
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "listed": found,
        "in_force": found.pk == mission.station_list_id,
        "changes": changes(found.differences),
    }
    return render(request, "places/list.html", context)


@page("places", question=gettext_lazy("Which map does the mission use?"), posts=True)
def map_page(request: PageRequest, mission: Mission) -> HttpResponse:
    """The map, and the form that stores another or takes it away."""
    viewer = request.viewer
    form = None
    may_manage = viewer.may(Action.MANAGE_PLACES, mission.pk)
    if request.method == "POST":
        viewer.require(Action.MANAGE_PLACES, mission.pk)
        if "remove" in request.POST:
            remove_map(mission=mission, by=viewer, now=timezone.now())
            messages.success(request, _("The map was removed; the file stays kept."))
            return redirect("country_map", mission.slug)
        form = MapForm(request.POST, request.FILES)
        if form.is_valid() and _stored(form, mission, request, timezone.now()):
            return redirect("country_map", mission.slug)
    sums = queries.area_sums(mission, viewer=viewer)
    addresses = {entry.area.code: reverse("area", args=[mission.slug, entry.area.code]) for entry in sums}
    drawn = drawing(mission, cells_of(sums, addresses), viewer=viewer)
    context = {
        "stamp": stamp(mission, viewer=viewer),
        "map": drawn,
        "own": queries.map_of(mission, viewer=viewer),
        "without": [place for place in drawn.places if not place.shape],
        "form": form or (MapForm() if may_manage else None),
        "may_manage": may_manage,
    }
    return render(request, "places/map.html", context, status=422 if form is not None else 200)


def attachment(mission: Mission, sha256: str, name: str) -> HttpResponse:
    """A kept CSV file to save."""
    response = HttpResponse(kept_file(files_root(), mission.slug, sha256), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{mission.slug}-{name}.csv"'
    return response


def list_file(mission: Mission, *, viewer: Viewer) -> HttpResponseBase:
    """The list in force as CSV, in columns that the import reads; each line carries the origin of the mission."""
    stations = queries.stations_of(mission, viewer=viewer).order_by("key")
    paths = {entry.area.pk: entry.area.path for entry in queries.area_sums(mission, viewer=viewer)}
    lines = _lines(stations, paths, mission.origin)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{mission.slug}-stations.csv"'
    return response


def changes(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The differences of a list by kind, for the page; none where it is the first."""
    if not found:
        return []
    return [
        {
            "kind": kind,
            "title": title,
            "n": found["counts"][kind],
            "before": found["voters"][kind][0],
            "now": found["voters"][kind][1],
            "more": found["voters"][kind][1] - found["voters"][kind][0],
            "first": found["first"][kind],
        }
        for kind, title in CHANGE_TITLES.items()
    ]


def _stored(form: MapForm, mission: Mission, request: PageRequest, now: datetime) -> bool:
    file = form.cleaned_data["file"]
    language = get_language() or "en"
    try:
        outlines = store_map(
            mission=mission,
            name=file.name,
            data=file.read(),
            source=form.cleaned_data["source"],
            by=request.viewer,
            now=now,
        )
    except NotAMapError as error:
        form.add_error("file", error.text().shown(language).string)
        return False
    said = _("Areas drawn: %(n)s. Features of the file that are no area of the mission: %(strange)s.")
    messages.success(request, said % {"n": len(outlines.shapes), "strange": outlines.strange})
    return True


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def _lines(stations: Any, paths: dict[int, str], origin: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    head = ["number", "area code", "area path", "name en", "name kk", "name ru", "address", "type", "urban"]
    yield "\ufeff" + writer.writerow([*head, "registered", "latitude", "longitude", "origin"])
    row: Station
    for row in stations.iterator(chunk_size=2000):
        urban = "" if row.urban is None else "urban" if row.urban else "rural"
        names = [row.name.get(tag, "") for tag in ("en", "kk", "ru")]
        if not any(names):
            names[0] = row.label
        area = [row.area.code if row.area else "", paths.get(row.area_id or 0, "").rstrip("/")]
        numbers = ["" if value is None else value for value in (row.registered, row.latitude, row.longitude)]
        cells = [row.key, *area, *names, row.address, row.kind, urban]
        yield writer.writerow([*(safe_cell(cell) for cell in cells), *numbers, origin])
