"""The pages of the room: the forms of the mission, one form, an upload with its report, preview and paper."""

from __future__ import annotations

from django import forms as fields
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action
from paragraph8.documents.labels import DEMONSTRATION
from paragraph8.domain.forms import Status
from paragraph8.domain.text import Text
from paragraph8.domain.xlsforms.reading import Reading
from paragraph8.missions.models import FormVersion, Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.web.uploads import UploadField

from . import library, operations, queries, words
from .form_page import form_page, shelves
from .operations import FormRefusedError
from .paper import paper as to_paper
from .preview import screens
from .queries import UnknownFormError

_REFUSED = 422


class UploadForm(fields.Form):
    """The file."""

    file = UploadField(
        label=gettext_lazy("XLSForm"),
        help_text=gettext_lazy("A workbook (.xlsx), or its sheets one after the other in a text file (.csv)."),
        accept=".xlsx,.csv",
    )


class CopyForm(fields.Form):
    """Into which mission."""

    mission = fields.ChoiceField(label=gettext_lazy("Mission"))


@page("forms")
def forms(request: PageRequest, mission: Mission) -> HttpResponse:
    """All forms by what they watch, and the library."""
    versions = queries.versions_of(mission, viewer=request.viewer)
    context = {
        "shelves": shelves(versions),
        "statuses": words.STATUSES,
        "entries": _entries({each.form.code for each in versions}),
        "may_manage": request.viewer.may(Action.MANAGE_FORMS, mission.pk),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "forms/forms.html", context)


@page("forms", question=gettext_lazy("Which form do you bring?"), posts=True)
def upload(request: PageRequest, mission: Mission) -> HttpResponse:
    """Choose a file; one with errors is answered with its report and not kept."""
    request.viewer.require(Action.MANAGE_FORMS, mission.pk)
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    reading, name = None, ""
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        name = file.name
        taken = operations.upload(mission=mission, name=name, data=file.read(), by=request.viewer, now=timezone.now())
        if taken.file is not None:
            return redirect("form_file", mission.slug, taken.file.sha256)
        reading = taken.reading
    context = {
        "form": form,
        "reading": reading,
        "name": name,
        "entries": _entries(set()),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "forms/upload.html", context, status=_REFUSED if posted else 200)


@page("forms", question=gettext_lazy("Is this form of the library what we need?"), unknown=UnknownFormError, posts=True)
def entry(request: PageRequest, mission: Mission, name: str) -> HttpResponse:
    """A form of the standard library with its questions; taking it is uploading it."""
    try:
        data = library.bytes_of_entry(name)
    except KeyError as error:
        raise UnknownFormError(name) from error
    if request.method == "POST":
        taken = operations.upload(mission=mission, name=f"{name}.csv", data=data, by=request.viewer, now=timezone.now())
        if taken.file is not None:
            return redirect("form_file", mission.slug, taken.file.sha256)
        refused = _plainly(FormRefusedError("unreadable").text())
        return _report(request, mission, taken.reading, f"{name}.csv", refused=refused)
    reading = operations.read_for(mission, data)
    return _report(request, mission, reading, f"{name}.csv", entry=name)


@page("forms", question=gettext_lazy("Can we use this form as it stands?"), unknown=UnknownFormError, posts=True)
def file(request: PageRequest, mission: Mission, sha256: str) -> HttpResponse:
    """The report of a file that was kept; storing makes it a draft."""
    found = queries.form_file(mission, sha256, viewer=request.viewer)
    refused = ""
    if request.method == "POST":
        try:
            stored = operations.store_draft(mission=mission, file=found, by=request.viewer, now=timezone.now())
        except FormRefusedError as error:
            refused = _plainly(error.text())
        else:
            messages.success(request, _("Stored. Look at it on the phone and on paper, then publish it."))
            return redirect("form", mission.slug, stored.pk)
    reading = operations.read_for(mission, queries.bytes_of_file(found, viewer=request.viewer))
    return _report(request, mission, reading, found.name, refused=refused, storing=not reading.errors)


@page("forms", question=gettext_lazy("What does each question serve?"), unknown=UnknownFormError, posts=True)
def form(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One version of a form; posting publishes or retires it."""
    version = queries.form_version(mission, pk, viewer=request.viewer)
    refused = ""
    if request.method == "POST":
        try:
            _step(request, version)
        except FormRefusedError as error:
            refused = _plainly(error.text())
        else:
            return redirect("form", mission.slug, pk)
    return _form_page(request, mission, version, refused=refused)


def _step(request: PageRequest, version: FormVersion) -> None:
    request.viewer.require(Action.MANAGE_FORMS, version.mission.pk)
    match request.POST.get("step"):
        case "publish":
            operations.publish(form=version, by=request.viewer, now=timezone.now())
            messages.success(request, _("Published. Phones get it at their next contact."))
        case "retire":
            operations.retire(form=version, by=request.viewer, now=timezone.now())
            messages.success(request, _("Retired. Reports on it are read as before."))
        case _:
            raise FormRefusedError("unknown-step")


def _form_page(request: PageRequest, mission: Mission, version: FormVersion, *, refused: str) -> HttpResponse:
    source = queries.source_of(version)
    here = next(each for each in queries.versions_of(mission, viewer=request.viewer) if each.pk == version.pk)
    manages = request.viewer.may(Action.MANAGE_FORMS, mission.pk)
    context = {
        "refused": refused,
        "version": here,
        "row": version,
        "page": form_page(here.form),
        "status": words.STATUSES[here.status],
        "steps": [
            (step, words.STATUSES[Status(step.status)]) for step in queries.steps_of(version, viewer=request.viewer)
        ],
        "file": source.file if source else None,
        "languages": mission.languages,
        "may_publish": manages and here.status is not Status.PUBLISHED,
        "may_retire": manages and here.status is not Status.RETIRED,
        "may_copy": bool(queries.missions_to_copy_to(version, viewer=request.viewer)),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "forms/form.html", context, status=_REFUSED if refused else 200)


@page("forms", question=gettext_lazy("What will the observer see?"), unknown=UnknownFormError)
def preview(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """The form as a phone shows it, in one language."""
    version = queries.form_version(mission, pk, viewer=request.viewer)
    languages = _languages(mission, version)
    chosen = request.GET.get("language", "")
    language = chosen if chosen in languages else _own(languages)
    context = {
        "row": version,
        "form": version.form(),
        "title": version.form().title.shown(language).string,
        "screens": screens(version.form(), language),
        "language": language,
        "languages": languages,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "forms/preview.html", context)


@page("forms", unknown=UnknownFormError)
def paper(request: PageRequest, mission: Mission, pk: int, language: str) -> HttpResponseBase:
    """The form to print."""
    version = queries.form_version(mission, pk, viewer=request.viewer)
    if language not in _languages(mission, version):
        raise UnknownFormError(language)
    notice = (Text.of(mission.notice) if mission.notice else DEMONSTRATION) if mission.simulated else None
    content = to_paper(version.form(), language=language, title=mission.name(), notice=notice)
    return _file(f"{version.code}-{version.version}.{language}.pdf", "application/pdf", content, inline=True)


@page("forms", unknown=UnknownFormError)
def download(request: PageRequest, mission: Mission, pk: int, what: str) -> HttpResponseBase:
    """The form as a file."""
    version = queries.form_version(mission, pk, viewer=request.viewer)
    found = queries.download(version, what, viewer=request.viewer)
    return _file(found.name, found.media_type, found.data)


@page("forms", question=gettext_lazy("Which mission should have this form too?"), unknown=UnknownFormError, posts=True)
def copy(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """Copy a version into another mission, as a draft there."""
    version = queries.form_version(mission, pk, viewer=request.viewer)
    others = queries.missions_to_copy_to(version, viewer=request.viewer)
    form = CopyForm(request.POST if request.method == "POST" else None)
    form.fields["mission"].choices = [(each.slug, _plainly(each.name())) for each in others]  # type: ignore[attr-defined]
    if form.is_bound and form.is_valid():
        to = next(each for each in others if each.slug == form.cleaned_data["mission"])
        try:
            stored = operations.copy(form=version, to=to, by=request.viewer, now=timezone.now())
        except FormRefusedError as error:
            form.add_error("mission", _plainly(error.text()))
        else:
            messages.success(request, _("Copied. It is a draft in this mission."))
            return redirect("form", to.slug, stored.pk)
    context = {"row": version, "others": others, "form": form, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, "forms/copy.html", context, status=_REFUSED if form.is_bound else 200)


def _report(
    request: PageRequest,
    mission: Mission,
    reading: Reading,
    name: str,
    *,
    refused: str = "",
    storing: bool = False,
    entry: str = "",
) -> HttpResponse:
    """The report of a reading, with the questions of the form where there is one."""
    manages = request.viewer.may(Action.MANAGE_FORMS, mission.pk)
    context = {
        "reading": reading,
        "refused": refused,
        "name": name,
        "page": form_page(reading.form) if reading.form else None,
        "storing": storing and manages,
        "entry": entry if manages and not reading.errors else "",
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "forms/report.html", context, status=_REFUSED if refused else 200)


def _entries(taken: set[str]) -> list[tuple[library.Entry, words.Words, bool]]:
    """The library: each form, how often it is filled in, and whether the mission has one of that code."""
    return [(each, words.PROCESSES[each.process][1], each.code in taken) for each in library.entries()]


def _languages(mission: Mission, version: FormVersion) -> list[str]:
    """The mission's languages, and what else the form is written in."""
    return list(dict.fromkeys([*mission.languages, *version.form().languages()]))


def _own(languages: list[str]) -> str:
    own = get_language() or "en"
    return own if own in languages else languages[0]


def _file(name: str, media_type: str, content: bytes, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    ascii_name = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.") else "_" for sign in name)
    response.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{ascii_name}"'
    return response


def _plainly(text: Text) -> str:
    return text.shown(get_language() or "en").string
