"""Reading the forms of a mission: versions, statuses, files."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.forms import Form, Status
from paragraph8.domain.xlsforms.files import Sheets, to_csv, to_xlsx
from paragraph8.domain.xlsforms.reading import read_xlsform
from paragraph8.domain.xlsforms.writing import to_sheets
from paragraph8.missions.files import kept_file
from paragraph8.missions.models import FormVersion, Mission
from paragraph8.missions.queries import forms_of, missions_of

from .models import FormFile, FormSource, FormStep

_FILES = "files"


class UnknownFormError(LookupError):
    """No such form version or file, as far as the viewer may know."""


@dataclass(frozen=True)
class Version:
    """A version in the list. `offered` is the one of its form that phones get."""

    pk: int
    form: Form
    status: Status
    offered: bool


@dataclass(frozen=True)
class Download:
    """A file that the room hands out."""

    name: str
    media_type: str
    data: bytes


def versions_of(mission: Mission, *, viewer: Viewer) -> list[Version]:
    """All versions in the order in which they were stored."""
    viewer.require(Action.SEE_FORMS, mission.pk)
    stored = forms_of(mission)
    offered = {each.form.code: each.pk for each in stored if each.status is Status.PUBLISHED}
    return [Version(each.pk, each.form, each.status, offered.get(each.form.code) == each.pk) for each in stored]


def form_version(mission: Mission, pk: int, *, viewer: Viewer) -> FormVersion:
    """One version. Raises `UnknownFormError`."""
    viewer.require(Action.SEE_FORMS, mission.pk)
    found = FormVersion.objects.filter(mission=mission, pk=pk).select_related("mission").first()
    if found is None:
        raise UnknownFormError(pk)
    return found


def form_file(mission: Mission, sha256: str, *, viewer: Viewer) -> FormFile:
    """A file that was uploaded. Raises `UnknownFormError`."""
    viewer.require(Action.SEE_FORMS, mission.pk)
    found = FormFile.objects.filter(mission=mission, sha256=sha256).select_related("mission").first()
    if found is None:
        raise UnknownFormError(sha256)
    return found


def bytes_of_file(file: FormFile, *, viewer: Viewer) -> bytes:
    """The file as it came. Raises `UnknownFormError` where it is not on this machine."""
    viewer.require(Action.SEE_FORMS, file.mission.pk)
    return _kept(file.mission, file.sha256)


def status_of(form: FormVersion) -> Status:
    """The newest step; a version without any is published."""
    newest = FormStep.objects.filter(form=form).order_by("-pk").first()
    return Status(newest.status) if newest else Status.PUBLISHED


def steps_of(form: FormVersion, *, viewer: Viewer) -> list[FormStep]:
    """What became of a version, oldest first."""
    viewer.require(Action.SEE_FORMS, form.mission.pk)
    return list(FormStep.objects.filter(form=form).order_by("pk"))


def source_of(form: FormVersion) -> FormSource | None:
    """What the version was made from, where it came as a file."""
    return FormSource.objects.filter(form=form).select_related("file", "file__mission").first()


def missions_to_copy_to(form: FormVersion, *, viewer: Viewer) -> list[Mission]:
    """The other missions in which the viewer may manage forms."""
    viewer.require(Action.SEE_FORMS, form.mission.pk)
    return [
        mission
        for mission in missions_of(viewer)
        if mission.pk != form.mission.pk and viewer.may(Action.MANAGE_FORMS, mission.pk)
    ]


def download(form: FormVersion, what: str, *, viewer: Viewer) -> Download:
    """The version as a file: `original` as it came, `xlsx` and `csv` written from the stored form, `xml` for ODK
    Collect. Raises `UnknownFormError`, also for an original of a form that came without a file."""
    viewer.require(Action.SEE_FORMS, form.mission.pk)
    name = f"{form.code}-{form.version}"
    if what == "original":
        source = source_of(form)
        if source is None or source.file is None:
            raise UnknownFormError(what)
        return Download(source.file.name, "application/octet-stream", bytes_of_file(source.file, viewer=viewer))
    if what == "xlsx":
        return Download(f"{name}.xlsx", XLSX, to_xlsx(_sheets(form)))
    if what == "csv":
        return Download(f"{name}.csv", "text/csv; charset=utf-8", to_csv(_sheets(form)))
    if what == "xml":
        return Download(f"{name}.xml", "text/xml; charset=utf-8", xform_of(form))
    raise UnknownFormError(what)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xform_of(form: FormVersion) -> bytes:
    """The XForm of a version for ODK Collect: the one that was made when it was stored, else made from it now.

    Raises `UnknownFormError` where it cannot be made.
    """
    source = source_of(form)
    if source is not None and source.xform:
        return _kept(form.mission, source.xform)
    reading = read_xlsform(to_csv(_sheets(form)))
    if not reading.xform:
        raise UnknownFormError("xml")
    return reading.xform.encode()


def _sheets(form: FormVersion) -> Sheets:
    return to_sheets(form.form())


def _kept(mission: Mission, digest: str) -> bytes:
    try:
        return kept_file(settings.VAR / _FILES, mission.slug, digest)
    except FileNotFoundError as error:
        raise UnknownFormError(digest) from error
