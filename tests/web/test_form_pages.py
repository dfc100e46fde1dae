"""The forms room in the browser: bring a form, read its report, store, look, publish, print, copy."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import NOW, SERVER
from forms.sheets import q, sheets, text, workbook
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import TABLE, Action, Role
from paragraph8.domain.xlsforms.files import to_xlsx
from paragraph8.forms.models import FormFile, FormStep
from paragraph8.missions.queries import offered_forms

from .conftest import Pages, in_language, text_of

GOOD = workbook(q("select_one yn", "V01"), q("integer", "V02", relevant="${V01} = 'no'"))


def bring(pages: Pages, data: bytes, name: str = "visit.xlsx", role: str = "analyst", **more: Any) -> Any:
    file = SimpleUploadedFile(name, data)
    return pages.clients[role].post(pages.at("forms/new/"), {"file": file}, **more)


def visit(pages: Pages) -> int:
    """The form brought and stored; its number."""
    report = bring(pages, GOOD).headers["Location"]
    stored = pages.clients["analyst"].post(report)
    assert stored.status_code == 302
    return int(re.search(r"/forms/(\d+)/", stored.headers["Location"])[1])


def test_from_a_file_to_phones_in_four_steps(pages: Pages):
    analyst = pages.clients["analyst"]
    report = analyst.get(bring(pages, GOOD).headers["Location"])
    assert "It can be stored. Read the warnings first." in text_of(report)
    assert not pages.mission.row.forms.filter(code="visit").exists()
    pk = visit(pages)
    page = text_of(analyst.get(pages.at(f"forms/{pk}/")))
    assert "No phone gets it yet." in page
    assert "V01: “No”" in page
    assert analyst.post(pages.at(f"forms/{pk}/"), {"step": "publish"}).status_code == 302
    assert offered_forms(pages.mission.row)["visit"].pk == pk
    assert "It is the version that phones get." in text_of(analyst.get(pages.at(f"forms/{pk}/")))
    assert "on phones" in text_of(analyst.get(pages.at("forms/")))
    assert analyst.post(pages.at(f"forms/{pk}/"), {"step": "retire"}).status_code == 302
    assert "visit" not in offered_forms(pages.mission.row)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The file is empty"), ("kk", "Файл бос"), ("ru", "Файл пуст")],
)
def test_an_empty_file_is_refused_in_the_language_of_the_reader(pages: Pages, language: str, said: str):
    in_language(pages.clients["analyst"], language)
    response = bring(pages, b"")
    assert response.status_code == 422
    assert said in text_of(response)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "is no type of question"), ("kk", "деген сұрақ түрі жоқ"), ("ru", "Типа вопроса «integr» нет")],
)
def test_a_file_with_errors_is_answered_with_rows_and_reasons_and_not_kept(pages: Pages, language: str, said: str):
    in_language(pages.clients["analyst"], language)
    files = FormFile.objects.count()
    response = bring(pages, text(q("integr", "A")), name="form.csv")
    assert response.status_code == 422
    assert said in text_of(response)
    assert "form.csv" in text_of(response)
    assert FormFile.objects.count() == files


def test_nothing_chosen_is_said_at_the_field(pages: Pages):
    response = pages.clients["analyst"].post(pages.at("forms/new/"), {})
    assert response.status_code == 422
    assert "Choose a file." in text_of(response)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(pages: Pages, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("paragraph8.web.uploads.MEGABYTE", 1)
    response = bring(pages, GOOD)
    assert response.status_code == 422
    assert "larger than 60 MB" in text_of(response)


def test_a_version_that_is_taken_is_refused_with_what_to_do(pages: Pages):
    visit(pages)
    response = bring(pages, workbook(q("integer", "X")))
    assert response.status_code == 422
    assert "raise the version in the sheet settings, for example to 2" in text_of(response)


def test_words_of_an_upload_are_words_on_every_page(pages: Pages):
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    rows = (q("select_one yn", "A", label__en=hostile, hint__en=hostile, p8_section=hostile),)
    pk_page = bring(pages, to_xlsx(sheets(*rows, form_title__en=hostile)), name=f"{hostile}.xlsx")
    analyst = pages.clients["analyst"]
    stored = analyst.post(pk_page.headers["Location"]).headers["Location"]
    for address in (pk_page.headers["Location"], stored, f"{stored}preview/", pages.at("forms/")):
        page = text_of(analyst.get(address))
        assert "<script>alert" not in page, address
        assert "14" not in page.split("alert(1)")[-1][:40]


def test_only_who_manages_forms_brings_stores_and_publishes(pages: Pages):
    pk = visit(pages)
    kept = FormFile.objects.get(name="visit.xlsx").sha256
    steps = FormStep.objects.count()
    for role in Role:
        allowed = Action.MANAGE_FORMS in TABLE[role]
        client = pages.clients[role.value]
        assert client.post(pages.at("forms/new/"), {}).status_code == (422 if allowed else 403), role
        if not allowed:
            assert client.post(pages.at(f"forms/{pk}/"), {"step": "publish"}).status_code == 403, role
            assert client.post(pages.at(f"forms/files/{kept}/")).status_code == 403, role
            assert client.post(pages.at("forms/library/opening/")).status_code == 403, role
    assert FormStep.objects.count() == steps


def test_who_may_only_see_is_offered_no_button(pages: Pages):
    pk = visit(pages)
    translator = pages.clients["translator"]
    for address in ("forms/", f"forms/{pk}/", "forms/library/opening/"):
        page = text_of(translator.get(pages.at(address)))
        assert "forms/new/" not in page
        assert 'value="publish"' not in page
        assert "Take this form" not in page


@pytest.mark.parametrize("step", ["", "burn", "published"])
def test_a_step_that_does_not_exist_changes_nothing(pages: Pages, step: str):
    pk = visit(pages)
    response = pages.clients["analyst"].post(pages.at(f"forms/{pk}/"), {"step": step})
    assert response.status_code == 422
    assert "Nothing was changed" in text_of(response)


def test_publishing_twice_is_said(pages: Pages):
    pk = visit(pages)
    for status in (302, 422):
        response = pages.clients["analyst"].post(pages.at(f"forms/{pk}/"), {"step": "publish"})
        assert response.status_code == status


def test_a_form_of_the_library_is_taken_from_its_page(pages: Pages):
    analyst = pages.clients["analyst"]
    page = text_of(analyst.get(pages.at("forms/library/opening/")))
    assert "Every question serves a sentence of the statement." in page
    report = analyst.post(pages.at("forms/library/opening/"))
    assert analyst.post(report.headers["Location"]).status_code == 302
    assert pages.mission.row.forms.filter(code="opening").exists()
    assert analyst.get(pages.at("forms/library/sections/")).status_code == 404
    assert analyst.get(pages.at("forms/library/nothing/")).status_code == 404


def test_the_preview_is_in_the_language_that_is_asked_for_and_sends_nothing(pages: Pages):
    pk = visit(pages)
    analyst = pages.clients["analyst"]
    russian = text_of(analyst.get(pages.at(f"forms/{pk}/preview/?language=ru")))
    assert "Вопрос V01" in russian
    assert "Question V01" not in russian
    phones = russian.split('<div class="phones">')[1]
    assert "<form" not in phones
    assert "<button" not in phones
    assert "Question V01" in text_of(analyst.get(pages.at(f"forms/{pk}/preview/?language=xx")))


def test_files_are_handed_out_as_what_they_are(pages: Pages):
    pk = visit(pages)
    analyst = pages.clients["analyst"]
    original = analyst.get(pages.at(f"forms/{pk}/files/original"))
    assert original.content == GOOD
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert analyst.get(pages.at(f"forms/{pk}/files/xml")).content.startswith(b"<?xml")
    assert analyst.get(pages.at(f"forms/{pk}/files/csv")).content.startswith(b"survey")
    assert analyst.get(pages.at(f"forms/{pk}/paper/ru.pdf")).content.startswith(b"%PDF")
    for missing in (f"forms/{pk}/files/exe", f"forms/{pk}/paper/xx.pdf", "forms/999999/", "forms/files/00/"):
        assert analyst.get(pages.at(missing)).status_code == 404, missing
    count = pages.mission.row.forms.get(code="counting").pk
    assert analyst.get(pages.at(f"forms/{count}/files/original")).status_code == 404


def test_a_form_of_another_mission_is_not_there(pages: Pages):
    from paragraph8.missions.models import FormVersion

    others = FormVersion.objects.exclude(mission=pages.mission.row).get().pk
    for rest in ("", "preview/", "copy/", "files/xlsx", "paper/en.pdf"):
        assert pages.clients["analyst"].get(pages.at(f"forms/{others}/{rest}")).status_code == 404


def test_a_form_is_copied_into_a_mission_that_one_manages_too(pages: Pages):
    from paragraph8.missions.models import Mission

    pk = visit(pages)
    other = Mission.objects.get(slug="other")
    head = pages.clients["head"]
    assert "There is no other mission" in text_of(head.get(pages.at(f"forms/{pk}/copy/")))
    add_member(username="head", password="", mission_id=other.pk, role=Role.ANALYST, by=SERVER, now=NOW)
    assert head.post(pages.at(f"forms/{pk}/copy/"), {"mission": "small"}).status_code == 422
    response = head.post(pages.at(f"forms/{pk}/copy/"), {"mission": "other"})
    assert response.headers["Location"].startswith("/m/other/forms/")
    assert other.forms.filter(code="visit").exists()


def test_a_form_of_a_hundred_questions_of_the_missions_own_works_from_upload_to_paper(pages: Pages):
    rows = [q("begin_group", "part")]
    for n in range(1, 101):
        kind = ("select_one yn", "integer", "select_multiple yn", "time")[n % 4]
        rows.append(q(kind, f"M{n:03d}", p8_section="" if n % 10 == 0 else "voting"))
    rows.append({"type": "end_group"})
    analyst = pages.clients["analyst"]
    report = bring(pages, workbook(*rows, form_id="own"))
    assert "The form has 100 questions." in text_of(analyst.get(report.headers["Location"]))
    stored = analyst.post(report.headers["Location"]).headers["Location"]
    page = text_of(analyst.get(stored))
    assert "10 of 100" in page
    assert page.count("serves no sentence") == 10
    assert 'href="#q-M010"' in page
    assert analyst.get(f"{stored}paper/en.pdf").content.startswith(b"%PDF")
    assert text_of(analyst.get(f"{stored}preview/")).count("<fieldset") == 100


def test_the_room_asks_the_database_as_often_for_thirty_forms_as_for_one(pages: Pages, django_assert_max_num_queries):
    from paragraph8.domain.forms import form_from_json
    from paragraph8.missions.operations import store_form

    for n in range(30):
        form = {"code": f"f{n}", "version": "1", "title": "F", "blocks": []}
        store_form(mission=pages.mission.row, form=form_from_json(form), by=SERVER, now=NOW)
    with django_assert_max_num_queries(8):
        pages.clients["head"].get(pages.at("forms/"))
