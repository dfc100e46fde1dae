"""The pages of the contest: forms that are pressed, bad input that is answered, gaps that show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from contest.conftest import contested_mission, earlier
from paragraph8.accounts.permissions import TABLE, Action, Role
from paragraph8.contest.models import ResultVersion
from paragraph8.domain.contests import Measure

from .conftest import Pages, in_language, text_of

CONTEST = {"code": "mayor", "name_en": "Mayor", "kind": "local", "early": "regular", "round": "1", "source": "Law"}
PERSON = {"code": "dora", "name_en": "Dora", "status": "nominated", "day": "2019-04-20", "source": "List"}
LINE = {"code": "lists", "title_en": "Lists", "legal_basis": "Article 26", "due_on": "25.05.2019", "source": "Law"}
GONE = {"status": "withdrawn", "reason": "Own wish.", "source": "C"}
SPAN = {"measure": "candidates", "since": "2005-01-01", "complete": "yes", "source": "A"}
ROW = {"measure": "candidates", "election": "2005-12-04", "n": "1 200", "source": "Archive"}


@pytest.fixture
def contest(pages: Pages) -> Pages:
    contested_mission(pages.mission)
    return pages


def post(pages: Pages, rest: str, data: dict[str, Any], role: str = "analyst", language: str = "en") -> Any:
    return in_language(pages.clients[role], language).post(pages.at(f"contest/{rest}"), data)


@pytest.mark.parametrize(
    ("rest", "data", "words"),
    [
        ("new/", CONTEST, "Mayor"),
        ("candidates/new/", PERSON, "Dora"),
        ("calendar/new/", LINE, "Article 26"),
        ("voters/", {"category": "all", "day": "2019-06-01", "n": "11 960 364", "source": "C"}, "11,960,364"),
        ("series/", ROW, "1,200"),
    ],
)
def test_what_is_typed_is_saved_and_shown(contest: Pages, rest: str, data: dict[str, str], words: str) -> None:
    response = post(contest, rest, data)
    assert response.status_code == 302, text_of(response)
    assert words in text_of(contest.clients["analyst"].get(response.headers["Location"]))


@pytest.mark.parametrize(
    ("rest", "data", "words"),
    [
        ("new/", {**CONTEST, "code": "president"}, "The code “president” is taken."),
        ("new/", {**CONTEST, "name_en": " "}, "Write it in at least one language of the mission."),
        ("new/", {**CONTEST, "round": "0"}, "Rounds count from 1.|greater than or equal to 1"),
        ("candidates/new/", {**PERSON, "code": "Dora!"}, "A code is made of small Latin letters"),
        ("candidates/new/", {**PERSON, "status": "refused"}, "Write why"),
        ("candidates/new/", {**PERSON, "day": "soon"}, "This is no day."),
        ("candidates/of/anna/", {"status": "withdrawn", "source": "C"}, "Write why"),
        ("candidates/of/anna/", {**GONE, "day": "2019-05-01"}, "The last step"),
        ("calendar/new/", {**LINE, "legal_basis": ""}, "A deadline needs the article that sets it."),
        ("calendar/new/", {**LINE, "code": "lists-displayed"}, "is taken"),
        ("calendar/new/", {**LINE, "due_time": "noon"}, "This is no time of day."),
        ("voters/", {"category": "all", "day": "2019-06-01", "n": "many", "source": "C"}, "This is no whole number"),
        ("series/", {**ROW, "election": "2022-11-20"}, "is not before the election observed"),
        ("series/?form=span", SPAN, "cannot be called complete"),
        ("results/new/", {"code": "final", "stage": "final", "told_on": "2019-06-08", "source": "G"}, "Choose a file."),
    ],
)
def test_bad_input_is_answered_and_what_was_typed_stays(
    contest: Pages, rest: str, data: dict[str, str], words: str
) -> None:
    response = post(contest, rest, data)
    assert response.status_code == 422
    assert any(word in text_of(response) for word in words.split("|")), text_of(response)
    assert data.get("source", "")[:1] in text_of(response)


def test_a_refusal_is_said_in_the_language_of_the_page(contest: Pages) -> None:
    for language, words in (("kk", "Себебін жазыңыз"), ("ru", "Напишите почему")):
        response = post(contest, "candidates/of/anna/", {"status": "withdrawn", "source": "C"}, language=language)
        assert words in text_of(response)


def test_only_who_manages_the_contest_may_post(contest: Pages) -> None:
    for role in Role:
        response = post(contest, "voters/", {}, role=role.value)
        expected = 422 if Action.MANAGE_CONTEST in TABLE[role] else 403
        assert response.status_code == expected, role
    shown = text_of(contest.clients["press"].get(contest.at("contest/")))
    assert "Anna" in shown
    assert "Add a candidate" not in shown


def test_without_a_series_the_page_says_that_nobody_knows_and_why(contest: Pages) -> None:
    shown = text_of(contest.clients["press"].get(contest.at("contest/series/")))
    assert "nobody knows" in shown
    assert "nobody has said from when on the series is complete" in shown
    refused = text_of(contest.clients["analyst"].get(contest.at("figures/contest.record[measure=candidates]/")))
    assert "There is no complete series of earlier elections" in refused


def test_with_a_series_the_page_and_the_figure_say_yes(contest: Pages, sequenced: Any) -> None:
    earlier(contest.mission, Measure.CANDIDATES, 1, 1)
    sequenced()
    assert "contest.record[measure=candidates]" in text_of(contest.clients["press"].get(contest.at("contest/series/")))
    figure = text_of(contest.clients["analyst"].get(contest.at("figures/contest.record[measure=candidates]/")))
    assert "<b>yes</b>" in figure
    assert "contest.contestants" in figure


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (b"line,contestant,n\nvotes,anna,60\nvotes,boris,40\n", "Done."),
        (b"line,contestant,n\nvotes,nobody,60\n", "no contestant has the code or the name “nobody”"),
        (b"a,b\n1,2\n", "The first row must name the columns"),
    ],
)
def test_a_file_of_results_is_read_by_a_job_and_the_page_says_what_became_of_it(
    contest: Pages, settings: Any, tmp_path: Path, sheet: bytes, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    settings.VAR = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    data = {
        "file": SimpleUploadedFile("final.csv", sheet),
        "code": "final",
        "stage": "final",
        "author_en": "Commission",
        "told_on": "2019-06-08",
        "source": "Gazette",
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = post(contest, "results/new/", data)
    assert response.status_code == 302, text_of(response)
    assert words in text_of(contest.clients["analyst"].get(response.headers["Location"]))
    shown = text_of(contest.clients["press"].get(contest.at("contest/results/")))
    assert ("Commission" in shown) is ResultVersion.objects.exists()


def test_an_empty_file_is_refused_at_its_field(contest: Pages) -> None:
    data = {"file": SimpleUploadedFile("final.csv", b""), "code": "final", "stage": "final", "source": "G"}
    assert "The file is empty" in text_of(post(contest, "results/new/", data))


def test_every_page_speaks_the_three_languages(contest: Pages) -> None:
    for language, words in (("kk", "Күнтізбе"), ("ru", "Календарь")):
        assert words in text_of(in_language(contest.clients["analyst"], language).get(contest.at("contest/calendar/")))


def test_who_does_not_exist_is_not_found(contest: Pages) -> None:
    for rest in ("candidates/of/nobody/", "of/nothing/", "calendar/of/nothing/", "results/files/999/"):
        assert contest.clients["analyst"].get(contest.at(f"contest/{rest}")).status_code == 404
