"""What happens to what a person types wrongly: a clear answer in the chosen language, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest

from paragraph8.publishing.models import Wording
from paragraph8.review.models import Correction

from .conftest import NEGATIVE, PROJECTION, Pages, in_language, text_of

LONG = "ұ" * 10_000


def corrected(pages: Pages, asked: str, language: str = "en", **typed: Any) -> Any:
    client = in_language(pages.clients["analyst"], language)
    return client.post(f"{pages.addresses()['report']}?correct={asked}", typed)


def worded(pages: Pages, template: str, language: str = "en", **typed: Any) -> Any:
    sentence = pages.document.sections.get().sentences.get(code="s1")
    newest = sentence.wordings.filter(language="en").latest("pk").pk
    client = in_language(pages.clients["analyst"], language)
    address = f"{pages.addresses()['statement']}?edit={sentence.pk}&language=en"
    return client.post(address, {"template": template, "opened_on": newest, **typed})


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Write a reason"), ("kk", "Себебін жазыңыз"), ("ru", "Укажите причину")],
)
def test_a_correction_without_a_reason_is_not_saved_and_keeps_the_answer(
    pages: Pages, language: str, words: str
) -> None:
    response = corrected(pages, "C03", language, answer="877", reason="  ")
    text = text_of(response)
    assert response.status_code == 422
    assert words in text
    assert 'value="877"' in text
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "none of the answers"), ("kk", "мұндай жауабы жоқ"), ("ru", "нет такого ответа")],
)
def test_an_answer_that_the_question_does_not_have_is_not_saved(pages: Pages, language: str, words: str) -> None:
    response = corrected(pages, "C02", language, answer="splendid", reason="They said so.")
    assert response.status_code == 422
    assert words in text_of(response)
    assert "They said so." in text_of(response)
    assert not Correction.objects.exists()


def test_words_where_a_number_belongs_are_not_saved(pages: Pages) -> None:
    response = corrected(pages, "C03", answer="about nine hundred", reason="On the phone.")
    assert response.status_code == 422
    assert "about nine hundred" in text_of(response)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("typed", ["1214", "1 214", "1,214", "1\u00a0214", "1\u202f214"])
def test_a_number_may_be_typed_with_the_separators_of_any_of_the_languages(pages: Pages, typed: str) -> None:
    assert corrected(pages, "C03", answer=typed, reason="A slipped digit.").status_code == 302
    assert Correction.objects.get().said() == 1214


def test_an_answer_and_a_reason_for_none_exclude_each_other(pages: Pages) -> None:
    both = corrected(pages, "C03", answer="5", unknown="not-observed", reason="Unsure.")
    neither = corrected(pages, "C03", answer="", reason="Unsure.")
    assert both.status_code == neither.status_code == 422
    assert "one of the two" in text_of(both)
    assert "one of the two" in text_of(neither)


def test_an_unknown_value_can_be_given_instead_of_an_answer(pages: Pages) -> None:
    assert corrected(pages, "C03", unknown="not-observed", reason="They could not see it.").status_code == 302
    assert Correction.objects.get().said() == {"missing": "not-observed"}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "at most 2000"), ("kk", "2000 таңбадан аспауы"), ("ru", "Не больше 2000 знаков")]
)
def test_ten_thousand_characters_of_reason_are_too_many_and_are_kept(pages: Pages, language: str, words: str) -> None:
    response = corrected(pages, "C03", language, answer="5", reason=LONG)
    assert response.status_code == 422
    assert words in text_of(response).replace("\u00a0", "").replace("2,000", "2000")
    assert LONG in text_of(response)


def test_a_station_that_the_mission_does_not_have_is_refused(pages: Pages) -> None:
    response = corrected(pages, "station", station="Z99", reason="On the phone.")
    assert response.status_code == 422
    assert "no station of that code" in text_of(response)
    assert 'value="Z99"' in text_of(response)


def test_a_question_that_the_form_does_not_have_opens_no_form(pages: Pages) -> None:
    response = corrected(pages, "X99", answer="5", reason="Why not.")
    assert response.status_code == 200
    assert not Correction.objects.exists()


def test_a_null_character_is_answered_and_not_stored(pages: Pages) -> None:
    response = corrected(pages, "station", station="A\x001", reason="On the phone.")
    assert response.status_code == 422
    assert not Correction.objects.exists()


def test_whoever_is_overtaken_hears_by_whom_and_keeps_the_text(pages: Pages) -> None:
    first = in_language(pages.clients["head"], "en")
    address = f"{pages.addresses()['report']}?correct=C03"
    first.post(address, {"answer": "880", "reason": "The head called the team.", "seen": "0"})
    response = corrected(pages, "C03", answer="870", reason="The analyst called the team.", seen="0")
    text = text_of(response)
    assert response.status_code == 422
    assert "head corrected this before you." in text
    assert "The head called the team." in text
    assert "The analyst called the team." in text
    assert Correction.objects.count() == 1
    newest = Correction.objects.get().pk
    assert f'value="{newest}"' in text
    again = corrected(pages, "C03", answer="870", reason="The analyst called the team.", seen=str(newest))
    assert again.status_code == 302
    assert Correction.objects.count() == 2


def test_a_report_that_nobody_sent_is_not_there(pages: Pages) -> None:
    for uid in ("016b3b05-bfd6-72fb-a3e3-980955b93f45", "not-a-number", "%00"):
        assert pages.clients["analyst"].get(pages.at(f"reports/{uid}/")).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "no such figure"), ("kk", "Мұндай көрсеткіш жоқ"), ("ru", "Такого показателя нет")],
)
@pytest.mark.parametrize(
    "key",
    [
        "nonsense",
        "eday.answer",
        "eday.answer[form=counting,question=C02]",
        "eday.answer[answer=splendid,form=counting,question=C02]",
        "eday.answer[question=C02,form=counting,answer=bad]",
        "eday.answer[answer=bad,form=counting,question=X99]",
        "eday.answer[answer=bad,area=Z,form=counting,question=C02]",
        "eday.at-least[form=counting,n=many,question=C03]",
        "weather.rain",
        "missions.rain",
        "eday.answer[answer=" + "a" * 3000 + ",form=counting,question=C02]",
    ],
)
def test_a_key_that_names_no_figure_is_answered_so(pages: Pages, key: str, language: str, words: str) -> None:
    response = in_language(pages.clients["analyst"], language).get(pages.at(f"figures/{key}/"))
    assert response.status_code == 404
    assert words in text_of(response)


def test_a_projection_is_refused_with_its_reason(pages: Pages) -> None:
    text = text_of(pages.clients["analyst"].get(pages.at(f"figures/{PROJECTION}/")))
    assert "This figure is refused" in text
    assert "projection of the result" in text


def test_an_interval_on_observed_counts_is_refused_with_its_reason(pages: Pages) -> None:
    text = text_of(pages.clients["analyst"].get(pages.at(f"figures/{NEGATIVE}/")))
    assert "the stations were not drawn at random" in text


@pytest.mark.parametrize("query", ["form=x", "area=x", "question=x", "form=counting&question=x"])
def test_a_room_that_does_not_exist_is_not_there(pages: Pages, query: str) -> None:
    assert pages.clients["analyst"].get(pages.at(f"election-day/tables/?{query}")).status_code == 404


@pytest.mark.parametrize("query", ["form=x", "area=x", "problem=x"])
def test_a_filter_that_does_not_exist_is_not_there(pages: Pages, query: str) -> None:
    assert pages.clients["analyst"].get(pages.at(f"reports/?{query}")).status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²"])
def test_a_page_number_that_is_none_gives_the_first_page(pages: Pages, before: str) -> None:
    for address in (pages.at("reports/"), pages.at("log/")):
        assert pages.clients["analyst"].get(address, {"before": before}).status_code == 200


def test_an_empty_wording_is_not_saved(pages: Pages) -> None:
    before = Wording.objects.count()
    response = worded(pages, "   ")
    assert response.status_code == 422
    assert "Write the sentence." in text_of(response)
    assert Wording.objects.count() == before


def test_ten_thousand_characters_of_wording_are_too_many_and_are_kept(pages: Pages) -> None:
    response = worded(pages, LONG, "kk")
    assert response.status_code == 422
    assert "таңбадан аспауы керек" in text_of(response)
    assert LONG in text_of(response)


def test_a_bad_template_is_kept_and_flagged_with_the_reason(pages: Pages) -> None:
    assert worded(pages, "In {eday.observations[form=counting] cases.").status_code == 302
    text = text_of(pages.clients["analyst"].get(pages.addresses()["statement"]))
    assert "In {eday.observations[form=counting] cases." in text
    assert "never closed" in text


def test_a_wording_over_a_newer_one_says_whose_and_keeps_the_text(pages: Pages) -> None:
    sentence = pages.document.sections.get().sentences.get(code="s1")
    seen = sentence.wordings.filter(language="en").latest("pk").pk
    assert worded(pages, "The head's words.").status_code == 302
    response = worded(pages, "The analyst's words.", opened_on=seen)
    text = text_of(response)
    assert response.status_code == 422
    assert "analyst worded this sentence while you had it open:" in text
    assert "The head&#x27;s words." in text
    assert "The analyst&#x27;s words." in text
    newest = sentence.wordings.filter(language="en").latest("pk").pk
    assert worded(pages, "The analyst's words.", opened_on=newest).status_code == 302


def test_a_sentence_of_another_document_cannot_be_worded_here(pages: Pages) -> None:
    address = f"{pages.addresses()['statement']}?edit=99999&language=en"
    assert pages.clients["analyst"].get(address).status_code == 404


def test_a_language_that_the_mission_does_not_speak_opens_no_form(pages: Pages) -> None:
    sentence = pages.document.sections.get().sentences.get(code="s1")
    response = pages.clients["analyst"].get(f"{pages.addresses()['statement']}?edit={sentence.pk}&language=tlh")
    assert response.status_code == 200
    assert "<textarea" not in text_of(response)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "not correct"),
        ("kk", "Пайдаланушы аты немесе құпиясөз дұрыс емес."),
        ("ru", "Неверное имя пользователя или пароль."),
    ],
)
def test_a_wrong_password_is_told_in_the_chosen_language(pages: Pages, language: str, words: str) -> None:
    client = in_language(pages.clients["nobody"], language)
    text = text_of(client.post("/sign-in/", {"login": "analyst", "password": "wrong"}))
    assert words in text
    assert 'value="analyst"' in text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is required"), ("kk", "толтыру керек"), ("ru", "Заполните это поле.")]
)
def test_an_empty_sign_in_is_told_in_the_chosen_language(pages: Pages, language: str, words: str) -> None:
    assert words in text_of(in_language(pages.clients["nobody"], language).post("/sign-in/", {}))
