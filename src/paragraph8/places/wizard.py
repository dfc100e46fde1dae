"""The import of a list, step by step: the file, which column means what, what was found, put in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action
from paragraph8.domain.importing.row_problems import RowProblem
from paragraph8.domain.importing.sheets import NotATableError
from paragraph8.domain.importing.station_problems import BLOCKING, PLACE_PROBLEMS
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import queries
from .areas import RefusedAreasError, check_areas, import_areas
from .forms import MappingForm, UploadForm
from .lists import StaleListError, discard, publish
from .models import Upload
from .queries import UnknownPlaceError
from .uploads import UploadError, choose_sheet, keep_upload, start_check
from .views import SAVE, attachment, changes

SHOWN = 40


@page("places", question=gettext_lazy("Which list comes next?"), posts=True)
def imports(request: PageRequest, mission: Mission) -> HttpResponse:
    """Files on their way in, and the form that takes another."""
    request.viewer.require(Action.MANAGE_PLACES, mission.pk)
    form = UploadForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        kept = _kept(request, mission, form)
        if kept is not None:
            return redirect("place_import", mission.slug, kept.pk)
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "form": form,
        "uploads": [(row, _step(row)) for row in queries.uploads_of(mission, viewer=request.viewer)[:20]],
    }
    return render(request, "places/imports.html", context, status=422 if form.is_bound else 200)


@page("places", question=gettext_lazy("Is this list read as it should be?"), unknown=UnknownPlaceError, posts=True)
def upload(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One file: its columns, what was found, how it differs, the buttons that put it in force or discard it; with
    `?save=csv` every finding as a file."""
    found = queries.upload_of(mission, pk, viewer=request.viewer)
    if SAVE in request.GET and found.report_sha256:
        return attachment(mission, found.report_sha256, f"findings-{pk}")
    act = _acted(request, found) if request.method == "POST" else _Act()
    if act.done:
        return redirect(act.done, mission.slug) if act.done == "station_lists" else redirect(act.done, mission.slug, pk)
    context = {
        "stamp": stamp(mission, viewer=request.viewer),
        "upload": found,
        "step": _step(found),
        "job": found.job,
        "form": act.form or MappingForm(None, upload=found),
        "refused": act.refused,
        "head": _head(found),
        "problems": _problems(found.findings.get("first", [])[:SHOWN]),
        "counts": _counts(found),
        "blocking": any(code in BLOCKING for code in found.findings.get("counts", {})),
        "changes": changes(found.list.differences) if found.list else [],
    }
    return render(request, "places/import.html", context, status=200 if request.method != "POST" else 422)


def _kept(request: PageRequest, mission: Mission, form: UploadForm) -> Upload | None:
    typed = form.cleaned_data
    try:
        return keep_upload(
            mission=mission,
            kind=typed["kind"],
            name=typed["file"].name,
            data=typed["file"].read(),
            source=typed["source"],
            dated=typed["dated"],
            by=request.viewer,
            now=timezone.now(),
        )
    except NotATableError as error:
        form.add_error("file", error.text().shown(_language()).string)
    except UploadError as error:
        form.add_error("file", error.text.shown(_language()).string)
    return None


@dataclass(frozen=True)
class _Act:
    """What a button did: the name of the page to go to when it was done, else the form to show again, or why not."""

    done: str = ""
    form: MappingForm | None = None
    refused: str | Promise = ""


def _acted(request: PageRequest, found: Upload) -> _Act:
    match request.POST.get("do"):
        case "sheet":
            return _sheet(request, found)
        case "check":
            return _checked(request, found)
        case "publish":
            return _published(request, found)
        case "discard":
            return _discarded(request, found)
    raise UnknownPlaceError(found.pk)


def _sheet(request: PageRequest, found: Upload) -> _Act:
    try:
        choose_sheet(upload=found, sheet=request.POST.get("sheet", ""), by=request.viewer, now=timezone.now())
    except NotATableError as error:
        return _Act(refused=error.text().shown(_language()).string)
    return _Act("place_import")


def _checked(request: PageRequest, found: Upload) -> _Act:
    form = MappingForm(request.POST, upload=found)
    if not form.is_valid():
        return _Act(form=form)
    try:
        if found.kind == Upload.STATIONS:
            start_check(upload=found, mapping=form.mapping(), by=request.viewer, now=timezone.now())
        else:
            check_areas(upload=found, mapping=form.mapping(), by=request.viewer, now=timezone.now())
    except UploadError as error:
        form.add_error(None, error.text.shown(_language()).string)
        return _Act(form=form)
    return _Act("place_import")


def _published(request: PageRequest, found: Upload) -> _Act:
    try:
        if found.kind == Upload.AREAS:
            n = import_areas(upload=found, by=request.viewer, now=timezone.now())
            messages.success(request, _("Areas taken from the file: %(n)s.") % {"n": n})
            return _Act("place_import")
        if found.list is None:
            raise StaleListError
        publish(listed=found.list, by=request.viewer, now=timezone.now())
    except (StaleListError, RefusedAreasError):
        return _Act(refused=_("Something else was put in force meanwhile, or this was already. Upload the file again."))
    messages.success(request, _("The list is in force. New reports are read against it."))
    return _Act("station_lists")


def _discarded(request: PageRequest, found: Upload) -> _Act:
    try:
        discard(upload=found, by=request.viewer, now=timezone.now())
    except StaleListError:
        return _Act(refused=_("This cannot be discarded any more, or its job is still running."))
    messages.success(request, _("Discarded. Nothing of it was visible; the file itself stays kept."))
    return _Act("place_import")


def _step(found: Upload) -> str:
    """Where the upload stands: "columns", "running", "refused", "ready", "applied" or "discarded"."""
    if found.discarded_at:
        return "discarded"
    if found.applied_at:
        return "applied"
    if found.kind == Upload.AREAS:
        return ("refused" if found.findings.get("blocking") else "ready") if found.findings else "columns"
    if found.job is None:
        return "columns"
    if not found.job.over:
        return "running"
    return "ready" if found.job.state == "done" and found.list else "refused"


def _head(found: Upload) -> dict[str, Any]:
    """The first rows, each column with what it means."""
    language = _language()
    form = MappingForm(None, upload=found)
    meant = {column: form.meanings[meaning] for meaning, column in found.mapping.get("columns", {}).items() if column}
    columns = [
        (column, meant[column].shown(language).string if column in meant else "") for column in found.head["columns"]
    ]
    return {**found.head, "columns": columns, "problems": _problems(found.head["problems"])}


def _problems(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = []
    for entry in listed:
        problem = RowProblem(entry["row"], entry["column"], entry["code"], tuple(sorted(entry["details"].items())))
        said = problem.text(PLACE_PROBLEMS)
        found.append({"row": problem.row, "column": problem.column, "text": said, "blocks": problem.code in BLOCKING})
    return found


def _counts(found: Upload) -> list[dict[str, Any]]:
    """How often each problem was found, with an example in words; those that block first."""
    examples = found.findings.get("examples", {})
    counted = [{**_problems([examples[code]])[0], "n": n} for code, n in found.findings.get("counts", {}).items()]
    return sorted(counted, key=lambda entry: (not entry["blocks"], -entry["n"]))


def _language() -> str:
    return get_language() or "en"
