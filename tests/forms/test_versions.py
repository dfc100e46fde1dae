"""Drafts, published and retired versions: what phones get, what is read, what never changes."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from conftest import NOW, SERVER, SmallMission, small_mission
from forms.sheets import q, text, workbook
from paragraph8.accounts.permissions import NotAllowedError, Role, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.domain.forms import Form, Status
from paragraph8.forms import library
from paragraph8.forms.models import FormFile, FormSource, FormStep
from paragraph8.forms.operations import (
    FormRefusedError,
    copy,
    next_version,
    publish,
    read_for,
    retire,
    store_draft,
    upload,
)
from paragraph8.forms.queries import download, status_of, versions_of, xform_of
from paragraph8.missions.files import kept_file
from paragraph8.missions.models import FormVersion
from paragraph8.missions.operations import store_form
from paragraph8.missions.queries import forms_of, known_forms, latest_forms, offered_forms
from paragraph8.review.models import Reading

ROW = q("integer", "V01", constraint=". >= 0 and . <= 9")


def stored(mission: SmallMission, version: str = "1", *rows: dict[str, str]) -> FormVersion:
    data = text(*(rows or (ROW,)), version=version)
    taken = upload(mission=mission.row, name="visit.csv", data=data, by=SERVER, now=NOW)
    assert taken.file, taken.reading.errors
    return store_draft(mission=mission.row, file=taken.file, by=SERVER, now=NOW)


def kinds(mission: SmallMission) -> list[str]:
    return list(LogEntry.objects.filter(mission_id=mission.row.pk).order_by("pk").values_list("kind", flat=True))


def test_an_upload_is_kept_whole_and_becomes_a_draft_only_when_somebody_says_so(mission: SmallMission):
    data = workbook(ROW)
    taken = upload(mission=mission.row, name="visit.xlsx", data=data, by=SERVER, now=NOW)
    assert taken.file
    assert kept_file(settings.VAR / "files", "small", taken.file.sha256) == data
    assert not mission.row.forms.filter(code="visit").exists()
    row = store_draft(mission=mission.row, file=taken.file, by=SERVER, now=NOW)
    assert status_of(row) is Status.DRAFT
    assert kinds(mission)[-3:] == ["form.uploaded", "form.stored", "form.drafted"]


def test_a_file_with_errors_leaves_nothing_behind(mission: SmallMission):
    before = kinds(mission)
    taken = upload(mission=mission.row, name="x.csv", data=text(q("integr", "A")), by=SERVER, now=NOW)
    assert taken.file is None
    assert taken.reading.errors
    assert not FormFile.objects.exists()
    assert kinds(mission) == before


def test_the_same_file_twice_is_one_file_and_one_draft(mission: SmallMission):
    first, again = stored(mission), stored(mission)
    assert first == again
    assert FormFile.objects.count() == FormStep.objects.count() == 1


def test_a_version_that_says_something_else_is_refused_with_the_next_number(mission: SmallMission):
    stored(mission)
    taken = upload(mission=mission.row, name="x.csv", data=text(ROW, q("integer", "V02")), by=SERVER, now=NOW)
    assert [found.code for found in taken.reading.errors] == ["version-taken"]
    assert "for example to 2" in taken.reading.errors[0].text().shown("en").string
    assert taken.file is None


@pytest.mark.parametrize(
    ("version", "following"), [("1", "2"), ("2024.09", "2024.10"), ("v3b", "v4b"), ("final", "final-2"), ("9", "10")]
)
def test_the_next_version_is_one_higher(version: str, following: str):
    assert next_version(version) == following


def test_phones_get_the_newest_published_version(mission: SmallMission):
    one, two = stored(mission, "1"), stored(mission, "2")
    assert "visit" not in offered_forms(mission.row)
    publish(form=one, by=SERVER, now=NOW)
    assert offered_forms(mission.row)["visit"].pk == one.pk
    publish(form=two, by=SERVER, now=NOW)
    assert offered_forms(mission.row)["visit"].pk == two.pk
    retire(form=two, by=SERVER, now=NOW)
    assert offered_forms(mission.row)["visit"].pk == one.pk
    assert [each.offered for each in versions_of(mission.row, viewer=SERVER)] == [True, True, False]
    assert kinds(mission)[-3:] == ["form.published", "form.published", "form.retired"]


def test_figures_speak_of_retired_forms_and_never_of_drafts(mission: SmallMission):
    row = stored(mission)
    assert "visit" not in latest_forms(mission.row)
    assert "visit" in known_forms(mission.row)
    publish(form=row, by=SERVER, now=NOW)
    retire(form=row, by=SERVER, now=NOW)
    assert "visit" in latest_forms(mission.row)
    assert "visit" not in offered_forms(mission.row)


def test_a_version_stored_by_a_command_is_published(mission: SmallMission):
    assert [each.status for each in forms_of(mission.row)] == [Status.PUBLISHED]
    assert not FormStep.objects.exists()


def test_uploading_what_a_command_stored_does_not_make_it_a_draft(mission: SmallMission):
    reading = read_for(mission.row, text(ROW))
    assert isinstance(reading.form, Form)
    store_form(mission=mission.row, form=reading.form, by=SERVER, now=NOW)
    assert status_of(stored(mission)) is Status.PUBLISHED
    assert "already-stored" in [found.code for found in read_for(mission.row, text(ROW)).findings]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_a_report_on_a_version_that_is_no_longer_or_not_yet_offered_is_read(mission, sequenced, status):
    row = stored(mission)
    if status is Status.RETIRED:
        retire(form=row, by=SERVER, now=NOW)
    uid = mission.send(mission.body(form="visit", answers={"V01": 7})).sent.id
    sequenced()
    reading = Reading.objects.get(report__uid=uid)
    assert reading.form_version == row
    assert '"V01":7' in reading.answers


def test_what_holds_already_is_refused(mission: SmallMission):
    row = stored(mission)
    publish(form=row, by=SERVER, now=NOW)
    with pytest.raises(FormRefusedError) as refused:
        publish(form=row, by=SERVER, now=NOW)
    assert refused.value.text().languages() == {"en", "kk", "ru"}
    retire(form=row, by=SERVER, now=NOW)
    with pytest.raises(FormRefusedError):
        retire(form=row, by=SERVER, now=NOW)
    publish(form=row, by=SERVER, now=NOW)
    assert status_of(row) is Status.PUBLISHED


@pytest.mark.parametrize("model", [FormFile, FormSource, FormStep])
def test_what_is_noted_of_a_form_is_never_changed(mission: SmallMission, model):
    stored(mission)
    field = {FormFile: {"name": "other"}, FormSource: {"xform": "0"}, FormStep: {"status": "published"}}[model]
    for change in (lambda: model.objects.update(**field), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_who_may_only_see_forms_changes_none(mission: SmallMission):
    row, file = stored(mission), FormFile.objects.get()
    coordinator = mission.viewer(Role.COORDINATOR)
    for change in (
        lambda: upload(mission=mission.row, name="x", data=text(ROW, version="9"), by=coordinator, now=NOW),
        lambda: store_draft(mission=mission.row, file=file, by=coordinator, now=NOW),
        lambda: publish(form=row, by=coordinator, now=NOW),
        lambda: retire(form=row, by=coordinator, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            change()
    assert versions_of(mission.row, viewer=coordinator)


def test_a_copy_is_a_draft_with_its_file_and_needs_leave_in_both_missions(mission: SmallMission):
    row = stored(mission)
    publish(form=row, by=SERVER, now=NOW)
    other = small_mission("other").row
    both = Viewer("both", roles={mission.row.pk: Role.COORDINATOR, other.pk: Role.ANALYST})
    copied = copy(form=row, to=other, by=both, now=NOW)
    assert (copied.mission, copied.sha256, status_of(copied)) == (other, row.sha256, Status.DRAFT)
    assert copied.source.file
    assert kept_file(settings.VAR / "files", "other", copied.source.file.sha256) == text(ROW)
    assert xform_of(copied) == xform_of(row)
    assert copy(form=row, to=other, by=both, now=NOW) == copied
    for roles in ({mission.row.pk: Role.ANALYST}, {other.pk: Role.ANALYST},
                  {mission.row.pk: Role.ANALYST, other.pk: Role.COORDINATOR}):  # fmt: skip
        with pytest.raises(NotAllowedError):
            copy(form=row, to=other, by=Viewer("one", roles=roles), now=NOW)


def test_a_copy_onto_other_content_is_refused(mission: SmallMission):
    row = stored(mission)
    other = small_mission("other")
    stored(other, "1", q("integer", "X01"))
    with pytest.raises(FormRefusedError) as refused:
        copy(form=row, to=other.row, by=SERVER, now=NOW)
    assert "for example 2" in refused.value.text().shown("en").string


def test_a_form_without_a_file_can_be_copied_and_downloaded(mission: SmallMission):
    count = mission.row.forms.get()
    copied = copy(form=count, to=_empty("third"), by=SERVER, now=NOW)
    assert status_of(copied) is Status.DRAFT
    assert b'id="counting"' in xform_of(count)
    assert xform_of(count) == xform_of(copied)
    assert download(count, "xlsx", viewer=SERVER).data.startswith(b"PK")


def test_the_file_comes_back_as_it_went_in(mission: SmallMission):
    data = workbook(ROW)
    taken = upload(mission=mission.row, name="Мой бланк.xlsx", data=data, by=SERVER, now=NOW)
    assert taken.file
    row = store_draft(mission=mission.row, file=taken.file, by=SERVER, now=NOW)
    found = download(row, "original", viewer=SERVER)
    assert (found.name, found.data) == ("Мой бланк.xlsx", data)
    assert xform_of(row) == taken.reading.xform.encode()


def test_every_form_of_the_library_can_be_taken_and_published(mission: SmallMission):
    for entry in library.entries():
        if entry.code == "counting":
            continue  # the small mission has a form of this code and version
        data = library.bytes_of_entry(entry.name)
        taken = upload(mission=mission.row, name=entry.name, data=data, by=SERVER, now=NOW)
        assert taken.file
        publish(form=store_draft(mission=mission.row, file=taken.file, by=SERVER, now=NOW), by=SERVER, now=NOW)
    assert len(offered_forms(mission.row)) == 10


def _empty(slug: str):
    from paragraph8.domain.text import Text
    from paragraph8.missions.operations import create_mission

    return create_mission(slug=slug, title=Text.of("Third"), by=SERVER, now=NOW)


def test_two_who_store_the_same_form_in_the_same_moment_store_it_once(committed: None):
    """Two connections: the second finds what the first has stored."""
    import threading

    from django.db import connection

    small = small_mission()
    taken = upload(mission=small.row, name="visit.csv", data=text(ROW), by=SERVER, now=NOW)
    assert taken.file
    found: list[FormVersion | Exception] = []
    together = threading.Barrier(2)

    def store() -> None:
        try:
            together.wait()
            found.append(store_draft(mission=small.row, file=taken.file, by=SERVER, now=NOW))
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=store) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1], found
    assert FormStep.objects.count() == FormSource.objects.count() == 1
