"""A problem is told in three languages, with the same facts in each, and every check is explained."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from domain.checks_voting_day import FORM, asking, form_with, seen
from paragraph8.domain.checks import CHECKS, check_report, text_of
from paragraph8.domain.checks.problem_texts import names_in
from paragraph8.domain.checks.shapes import SHAPES
from paragraph8.domain.problems import Problem, Rule, Severity
from paragraph8.domain.reports import read_body
from paragraph8.domain.text import Text

MANUAL = Path(__file__).parents[2] / "docs" / "checks.md"
CYRILLIC_AND_LATIN = re.compile(r"[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]+[A-Za-z]|[A-Za-z]+[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]")
ABOVE = asking("above", "at19", "listed")


def sentence(report, language="en"):
    return text_of(check_report(report)[0], report.form).shown(language).string


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_a_check_is_worded_in_three_languages_with_the_same_facts(check):
    for text in (check.title, check.text):
        assert text.languages() == {"en", "kk", "ru"}
    names = [names_in(check.text.shown(language).string) for language in ("en", "kk", "ru")]
    assert names[0] == names[1] == names[2]
    assert not any(names_in(string) for _, string in check.title.strings)


@pytest.mark.parametrize("check", CHECKS.values(), ids=list(CHECKS))
def test_the_words_keep_the_habits_of_the_house(check):
    written = {language: check.title.to_json()[language] + check.text.to_json()[language] for language in ("kk", "ru")}
    prose = {language: re.sub(r"\{\w+\}", "", string) for language, string in written.items()}
    assert not CYRILLIC_AND_LATIN.search(prose["kk"] + prose["ru"])
    assert not re.search("[ёЁ—]", prose["ru"])
    assert not re.search(r"\}-", written["kk"] + written["ru"]), "an ending on a number that is not known yet"


def test_a_sentence_names_questions_and_answers_in_its_language():
    rule = asking("count-without-yes", "refused", "refusals")
    report = seen(rule, answers={"refused": "no", "refusals": 3})
    assert sentence(report) == "“Anyone refused a ballot” is answered “No”, yet “How many” is 3."
    assert sentence(report, "ru").startswith("На вопрос «Кому-либо отказали в бюллетене» дан ответ «Нет», однако")
    assert sentence(report, "kk").startswith("«Біреуге бюллетень берілмеді ме» сұрағына «Жоқ» деп жауап берілген")


def test_numbers_are_grouped_as_each_language_does():
    report = seen(ABOVE, answers={"at19": 1214})
    assert "is 1,214, more than “Voters on the list” (1,000)" in sentence(report)
    assert "1\u00a0214" in sentence(report, "kk")
    assert "1\u00a0214" in sentence(report, "ru")


def test_a_number_stays_with_its_unit():
    report = seen(asking("visit-too-short", minutes=50))
    assert "40\u00a0min" in sentence(report)
    assert "40\u00a0мин" in sentence(report, "ru")


def test_bounds_are_shown_as_far_as_there_are_any():
    form = form_with()
    problem = Problem("range", Severity.WARN, ("members",), (("a1", 70), ("high", 15), ("low", 3)))
    assert str(text_of(problem, form)) == "“Commission members” is 70 (expected: 3–15)."
    assert "≤\u00a015" in str(text_of(replace(problem, details=(("a1", 70), ("high", 15))), form))
    assert "≥\u00a03" in str(text_of(replace(problem, details=(("a1", 1), ("low", 3))), form))


def test_a_form_may_say_it_better_and_the_catalogue_fills_in_for_other_languages():
    rule = replace(ABOVE, text=Text.of({"en": "{a1} voters at close, {a2} on the list.", "sq": "{a1} mbi {a2}"}))
    told = text_of(check_report(seen(rule, answers={"at19": 1214}))[0], form_with(rule))
    assert str(told) == "1,214\u00a0voters at close, 1,000\u00a0on the list."
    assert told.shown("sq").string == "1\u00a0214\u00a0mbi 1\u00a0000"
    assert told.shown("ru").string.startswith("«Voters by 19:00»: 1\u00a0214; это больше")


def test_a_rule_keeps_its_own_words_beside_another_rule_of_the_same_check():
    own = Rule("above", ("at16", "listed"), text=Text.of("By four: {a1}."))
    report = seen(ABOVE, own, answers={"at16": 1100, "at19": 1214})
    assert [str(text_of(problem, report.form)) for problem in check_report(report)] == [
        "“Voters by 19:00” is 1,214, more than “Voters on the list” (1,000).",
        "By four: 1,100.",
    ]


def test_the_words_of_one_check_are_not_put_in_the_mouth_of_another():
    own = Rule("sum-differs", ("at19", "listed"), tolerance=9999, text=Text.of("Something else."))
    assert "more than" in sentence(seen(own, ABOVE, answers={"at19": 1214}))


def test_a_text_that_cannot_be_filled_gives_way_to_the_catalogue():
    rule = replace(ABOVE, text=Text.of("{a1.__class__} {a1:>9999999999}"))
    assert "more than" in str(text_of(check_report(seen(rule, answers={"at19": 1214}))[0], form_with(rule)))


def test_blocks_forms_and_reasons_are_named_and_an_empty_value_is_a_dash():
    block = Problem("block-missing", Severity.WARN, (), (("block", "grades"), ("count", 3)))
    assert "«Бағалау»" in text_of(block, FORM).shown("kk").string
    several = Problem("several-forms", Severity.INFO, (), (("form", "voting"), ("reports", 2)))
    assert "«Форма голосования»" in text_of(several, FORM).shown("ru").string
    unreadable = text_of(read_body(b"{").problems[0], None)
    assert "это не JSON" in unreadable.shown("ru").string
    nameless = Problem("unknown-form", Severity.BLOCK, (), (("form", ""),))
    assert "form “–”." in text_of(nameless, None).shown("en").string
    assert "формы «—»." in text_of(nameless, None).shown("ru").string


def test_without_the_form_questions_and_answers_go_by_their_codes():
    problem = check_report(seen(asking("count-without-yes", "refused", "refusals"), answers={"refused": "no"}))[0]
    assert str(text_of(problem, None)) == "“refused” is answered “no”, yet “refusals” is 2."


def test_a_problem_of_a_check_that_is_gone_still_shows_its_code():
    assert str(text_of(Problem("former-check", Severity.INFO), FORM)) == "former-check"


def test_an_identifier_used_twice_has_words_for_the_server_to_use():
    problem = Problem("same-id-other-content", CHECKS["same-id-other-content"].severity)
    assert str(text_of(problem, None)).startswith("Different contents were received under one identifier.")


def test_the_manual_explains_every_check_with_its_severity_and_its_settings():
    chapters = dict(re.findall(r"^### `([\w-]+)`\n(.*?)(?=^##|\Z)", MANUAL.read_text(encoding="utf-8"), re.M | re.S))
    assert list(chapters) == list(CHECKS)
    for code, chapter in chapters.items():
        assert f"Severity: {CHECKS[code].severity.value}." in chapter, code
        assert "Example: " in chapter, code
        for name in SHAPES[code].settings if code in SHAPES else ():
            assert f"`{name}`" in chapter, (code, name)


def test_the_manual_keeps_one_sentence_to_a_line():
    prose = MANUAL.read_text(encoding="utf-8").splitlines()
    assert [line for line in prose if re.search(r"[.?!] [A-ZА-Я]", line) and "{" not in line] == []
