"""Forms come in as XLSForms, become drafts, are published and retired. Nothing that is stored changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.domain.forms import Form, Status
from paragraph8.domain.text import Text
from paragraph8.domain.xlsforms.findings import finding
from paragraph8.domain.xlsforms.reading import Reading, read_xlsform
from paragraph8.missions.files import keep_file, kept_file
from paragraph8.missions.models import FormVersion, Mission
from paragraph8.missions.operations import FormChangedError, store_form

from .models import FormFile, FormSource, FormStep
from .queries import status_of
from .words import REFUSALS

MOST_OF_A_NAME = 255
FILES = "files"


class FormRefusedError(ValueError):
    """What was asked cannot be done with the form as it stands. `reason` is a code of `words.REFUSALS`."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details

    def text(self) -> Text:
        """Why, and what to do, in the languages of the product."""
        return Text.of({tag: string.format(**self.details) for tag, string in REFUSALS[self.reason].strings})


@dataclass(frozen=True)
class Upload:
    """What became of an upload: what was read, and the file when it was kept. A file with errors is not kept."""

    reading: Reading
    file: FormFile | None


def upload(*, mission: Mission, name: str, data: bytes, by: Viewer, now: datetime) -> Upload:
    """Read an XLSForm and keep it whole when it can become a form of the mission. Uploading the same file again keeps
    nothing new."""
    by.require(Action.MANAGE_FORMS, mission.pk)
    reading = read_for(mission, data)
    if reading.errors:
        return Upload(reading, None)
    return Upload(reading, _keep(mission, name, data, by, now))


def read_for(mission: Mission, data: bytes) -> Reading:
    """What the file would be in this mission: the reading, and whether its version is free there."""
    reading = read_xlsform(data, languages=mission.languages)
    if reading.form is None:
        return reading
    stored = mission.forms.filter(code=reading.form.code, version=reading.form.version).first()
    if stored is None:
        return reading
    same = stored.sha256 == _digest(reading.form)
    found = finding(
        "already-stored" if same else "version-taken",
        code=stored.code,
        version=stored.version,
        next=next_version(stored.version),
    )
    return Reading(reading.form, reading.xform, (found, *reading.findings))


def store_draft(*, mission: Mission, file: FormFile, by: Viewer, now: datetime) -> FormVersion:
    """Make the form of a kept file a draft; a version that is stored with the same content stays what it is.

    Raises `FormRefusedError` when the file cannot become a form of the mission.
    """
    by.require(Action.MANAGE_FORMS, mission.pk)
    data = kept_file(settings.VAR / FILES, file.mission.slug, file.sha256)
    reading = read_for(mission, data)
    if reading.form is None or reading.errors:
        raise FormRefusedError("unreadable")
    return _store(mission, reading.form, by, now, file=file, xform=reading.xform.encode())


def publish(*, form: FormVersion, by: Viewer, now: datetime) -> None:
    """From now on phones get the version, unless a later stored one is published too. Raises `FormRefusedError`."""
    with transaction.atomic():
        _step(form, Status.PUBLISHED, by, now)
        _log(form, "form.published", by, now)


def retire(*, form: FormVersion, by: Viewer, now: datetime) -> None:
    """No phone gets the version any more; reports on it are read as before. Raises `FormRefusedError`."""
    with transaction.atomic():
        _step(form, Status.RETIRED, by, now)
        _log(form, "form.retired", by, now)


def copy(*, form: FormVersion, to: Mission, by: Viewer, now: datetime) -> FormVersion:
    """The same form as a draft of another mission, with the file it came from. The viewer must be allowed to see it
    here and to manage forms there.

    Raises `NotAllowedError`, and `FormRefusedError` when the version says something else there.
    """
    by.require(Action.SEE_FORMS, form.mission.pk)
    by.require(Action.MANAGE_FORMS, to.pk)
    source = FormSource.objects.filter(form=form).select_related("file").first()
    if source is None:
        return _store(to, form.form(), by, now)
    root, slug = settings.VAR / FILES, form.mission.slug
    xform = kept_file(root, slug, source.xform)
    file = None
    if source.file is not None:
        file = _keep(to, source.file.name, kept_file(root, slug, source.file.sha256), by, now)
    return _store(to, form.form(), by, now, file=file, xform=xform)


def next_version(version: str) -> str:
    """The version that a change may take: its last number one higher."""
    found = re.search(r"(\d{1,9})(\D*)\Z", version)
    if found is None:
        return f"{version}-2"
    return f"{version[: found.start()]}{int(found[1]) + 1:0{len(found[1])}d}{found[2]}"


def _digest(form: Form) -> str:
    return sha256(canonical(form.to_json()))


def _keep(mission: Mission, name: str, data: bytes, by: Viewer, now: datetime) -> FormFile:
    """The row of the file; the same bytes are kept and logged once."""
    digest, _new = keep_file(settings.VAR / FILES, mission.slug, data)
    known = FormFile.objects.filter(mission=mission, sha256=digest)
    stored = known.first()
    if stored:
        return stored
    body = {"sha256": digest, "bytes": len(data)}
    subject = f"file:{digest[:16]}"
    try:
        with transaction.atomic():
            file = FormFile.objects.create(
                mission=mission, sha256=digest, name=name[-MOST_OF_A_NAME:], size=len(data), at=now, by=by.name
            )
            append(mission_id=mission.pk, kind="form.uploaded", subject=subject, body=body, by=by.name, now=now)
    except IntegrityError:
        return known.get()
    return file


def _store(
    mission: Mission, form: Form, by: Viewer, now: datetime, *, file: FormFile | None = None, xform: bytes = b""
) -> FormVersion:
    """The stored version when it says the same, else a new draft with its source."""
    kept = keep_file(settings.VAR / FILES, mission.slug, xform)[0] if xform else ""
    try:
        return _store_once(mission, form, by, now, file=file, xform=kept)
    except IntegrityError:
        # Somebody stored the version in the same moment; now it is there.
        return _store_once(mission, form, by, now, file=file, xform=kept)


@transaction.atomic
def _store_once(
    mission: Mission, form: Form, by: Viewer, now: datetime, *, file: FormFile | None, xform: str
) -> FormVersion:
    known = mission.forms.filter(code=form.code, version=form.version).first()
    try:
        row = store_form(mission=mission, form=form, by=by, now=now)
    except FormChangedError as error:
        version = next_version(form.version)
        raise FormRefusedError("taken", code=form.code, version=form.version, next=version) from error
    if known is None:
        if xform:
            FormSource.objects.create(form=row, file=file, xform=xform)
        FormStep.objects.create(form=row, status=Status.DRAFT, at=now, by=by.name)
        _log(row, "form.drafted", by, now)
    return row


def _step(form: FormVersion, status: Status, by: Viewer, now: datetime) -> None:
    by.require(Action.MANAGE_FORMS, form.mission.pk)
    if status_of(form) is status:
        raise FormRefusedError(f"already-{status.value}", code=form.code, version=form.version)
    FormStep.objects.create(form=form, status=status, at=now, by=by.name)


def _log(form: FormVersion, kind: str, by: Viewer, now: datetime) -> None:
    append(
        mission_id=form.mission.pk,
        kind=kind,
        subject=f"form:{form.pk}",
        body={"code": form.code, "version": form.version, "sha256": form.sha256},
        by=by.name,
        now=now,
    )
