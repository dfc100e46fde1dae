"""The pages of freezes: asking for one, opening it, comparing two, and messages that look like what they say."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from paragraph8.accounts.permissions import Role
from paragraph8.evidence.models import Freeze, FreezeRequest

from .conftest import Pages, in_language, text_of

TYPED = {"name": "Tables of 9", "purpose": "First tables.", "figures": "all", "change": ""}


@pytest.fixture
def at_once(settings) -> None:
    """Jobs are done when they are asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def freeze(pages: Pages, django_capture: Callable, **typed: str) -> Freeze:
    with django_capture(execute=True):
        response = pages.clients["analyst"].post(pages.at("freezes/"), {**TYPED, **typed})
    assert response.status_code == 302
    return Freeze.objects.order_by("pk").last()


def test_an_analyst_fixes_all_figures_and_opens_them(
    pages: Pages, at_once: None, django_capture_on_commit_callbacks: Callable
) -> None:
    made = freeze(pages, django_capture_on_commit_callbacks)
    listed = text_of(pages.clients["reader"].get(pages.at("freezes/")))
    assert "Tables of 9" in listed
    opened = text_of(pages.clients["reader"].get(pages.at(f"freezes/{made.pk}/")))
    assert made.digest in opened
    assert "What is stored has this digest" in opened
    assert "First tables." in opened
    assert "2 of 4" in opened
    assert "and 1 that only analysts see" in opened
    found = text_of(pages.clients["analyst"].get(pages.at(f"freezes/{made.pk}/?q=spread")))
    assert "eday.spread[form=counting,question=C04]" in found
    assert "eday.answer" not in found


def test_the_file_is_json_that_analysts_and_readers_get_alike_but_for_the_spreads(
    pages: Pages, at_once: None, django_capture_on_commit_callbacks: Callable
) -> None:
    made = freeze(pages, django_capture_on_commit_callbacks)
    files = {
        name: json.loads(pages.clients[name].get(pages.at(f"freezes/{made.pk}/figures.json")).content)
        for name in ("analyst", "reader")
    }
    assert files["reader"]["hidden"] == len(files["analyst"]["figures"]) - len(files["reader"]["figures"]) == 1


def test_the_figures_of_a_document_are_those_that_it_quotes(
    pages: Pages, at_once: None, django_capture_on_commit_callbacks: Callable
) -> None:
    made = freeze(pages, django_capture_on_commit_callbacks, figures="document:statement")
    assert [figure["key"] for figure in json.loads(made.figures)] == ["eday.observations[form=counting]"]


def test_by_region_is_more_than_without(
    pages: Pages, at_once: None, django_capture_on_commit_callbacks: Callable
) -> None:
    made = freeze(pages, django_capture_on_commit_callbacks, figures="all-by-area")
    assert "area=A" in made.figures


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "This field is required."),
        ("purpose", " ", "This field is required."),
        ("figures", "document:none", "Select a valid choice."),
        ("change", "0", "Ensure this value is greater than or equal to 1."),
        ("change", "999999", "has not come so far"),
        ("change", "yesterday", "Enter a whole number."),
    ],
)
def test_bad_input_is_named_and_what_was_typed_is_kept(pages: Pages, field: str, value: str, said: str) -> None:
    response = pages.clients["analyst"].post(pages.at("freezes/"), {**TYPED, field: value})
    assert response.status_code == 422
    assert said in text_of(response)
    assert field == "name" or 'value="Tables of 9"' in text_of(response)
    assert FreezeRequest.objects.count() == 0


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_refusal_speaks_the_language_of_the_page(pages: Pages, language: str) -> None:
    client = in_language(pages.clients["analyst"], language)
    response = client.post(pages.at("freezes/"), {**TYPED, "change": "999999"})
    assert "has not come so far" not in text_of(response)
    assert {"kk": "ол өзгеріске жеткен жоқ", "ru": "не дошел до этого изменения"}[language] in text_of(response)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_freeze_sees_the_form_and_can_post_it(pages: Pages, role: Role) -> None:
    allowed = role in (Role.ADMINISTRATOR, Role.HEAD, Role.ANALYST, Role.STATISTICIAN)
    response = pages.clients[role.value].post(pages.at("freezes/"), TYPED)
    assert response.status_code == (302 if allowed else 403)
    shown = pages.clients[role.value].get(pages.at("freezes/"))
    assert ('name="purpose"' in text_of(shown)) is allowed


def test_two_freezes_are_shown_the_earlier_one_first_with_reports_for_analysts(
    pages: Pages, at_once: None, django_capture_on_commit_callbacks: Callable, sequenced: Callable[[], int]
) -> None:
    first = freeze(pages, django_capture_on_commit_callbacks)
    uid = pages.mission.send(pages.mission.body("A2", answers={"C02": "bad"})).sent.id
    sequenced()
    second = freeze(pages, django_capture_on_commit_callbacks, name="Tables of 11")
    address = pages.at(f"freezes/{second.pk}/{first.pk}/")
    analyst, reader = (text_of(pages.clients[name].get(address)) for name in ("analyst", "reader"))
    assert analyst.index("Tables of 9") < analyst.index("Tables of 11")
    assert reverse("report", args=[pages.slug, uid]) in analyst
    assert str(uid) not in reader
    assert "Rows behind the figures" not in reader
    for text in (analyst, reader):
        assert "2 of 4" in text
        assert "3 of 5" in text
        assert "unchanged: " in text


def test_a_freeze_that_there_is_not_is_not_found(pages: Pages) -> None:
    for rest in ("freezes/999/", "freezes/999/figures.json", "freezes/999/998/"):
        assert pages.clients["head"].get(pages.at(rest)).status_code == 404
    assert pages.clients["head"].get(pages.at("releases/late/?version=9")).status_code == 404


def test_a_reader_learns_what_late_reports_change(pages: Pages, sequenced: Callable[[], int]) -> None:
    reader = pages.clients["reader"]
    assert "releases/late/" in text_of(reader.get(pages.at("releases/")))
    assert "No published figure would change" in text_of(reader.get(pages.at("releases/late/")))


def test_a_mission_without_a_release_says_what_this_page_is_for(pages: Pages) -> None:
    text = text_of(pages.clients["outsider"].get("/m/other/releases/late/"))
    assert "Nothing has been released." in text


def test_a_message_looks_like_what_it_says(pages: Pages) -> None:
    refused = _message(pages.clients["operations"], pages.at("deployment/phones/"), {"do": "withdraw"})
    assert 'class="flag is-block"' in refused
    assert 'role="alert"' in refused
    pages.clients["analyst"].post(pages.at("freezes/"), TYPED)
    assert '<span class="flag is-ok">The freeze was asked for.' in text_of(
        pages.clients["analyst"].get(pages.at("freezes/"))
    )


def _message(client: Client, address: str, typed: dict[str, str]) -> str:
    return text_of(client.post(address, typed, follow=True))
