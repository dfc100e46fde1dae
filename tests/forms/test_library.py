"""The standard library of forms: real XLSForms, complete in three languages, each question with its meaning."""

from __future__ import annotations

import re

import pytest
from defusedxml import ElementTree

from forms.library_sheets import (
    LANGUAGES,
    NAMES,
    PLACE,
    library,
    table,
    texts_of,
    xform,
)
from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import Unit
from paragraph8.domain.forms import Use

ALL = [(name, row) for name in NAMES for row in library(name).questions()]
LETTERS = dict(zip(NAMES, "ABCDEFGHJK", strict=True))
HEADER = {"team", "started", "finished", "station", "area", "body", "arrived", "left", "serial"}
COPENHAGEN = {
    *("5.1", "5.3", "5.4", *(f"5.{number}" for number in range(7, 13))),
    *("6", *(f"7.{number}" for number in range(1, 10)), "8"),
    *("9.1", "9.2", "9.3", "10.1", "10.2", "10.3", "10.4", "24", "26", "30", "31"),
}
"""Paragraphs of the Copenhagen Document of 1990 that concern elections."""
ABOUT_THE_TEAM = {"team-safety", "session"}
"""Lists of answers that a team always knows."""
XFORMS = "{http://www.w3.org/2002/xforms}"


# Files and conversion


def test_the_library_holds_these_forms_and_no_other_file():
    assert {path.name for path in PLACE.iterdir()} == {f"{name}.csv" for name in (*NAMES, "indicators", "sections")}


@pytest.mark.parametrize("name", NAMES)
def test_pyxform_converts_the_form_without_a_warning(name):
    text, warnings = xform(name)
    assert warnings == ()
    instance = ElementTree.fromstring(text).find(f".//{XFORMS}instance/*")
    assert (instance.get("id"), instance.get("version")) == (name, library(name).settings["version"])


@pytest.mark.parametrize("name", NAMES)
def test_the_xform_says_everything_in_three_languages(name):
    """A missing translation would be a "-" on the phone."""
    translations = ElementTree.fromstring(xform(name)[0]).findall(f".//{XFORMS}translation")
    assert [translation.get("lang") for translation in translations] == list(LANGUAGES)
    said = [{text.get("id"): "".join(text.itertext()).strip() for text in found} for found in translations]
    assert said[0].keys() == said[1].keys() == said[2].keys()
    assert all(value not in ("", "-") for found in said for value in found.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_that_speaks_one_language_speaks_all(name):
    form = library(name)
    for row in [*form.survey, *form.choices, form.settings]:
        assert all(all(words) for _, words in texts_of(row)), row
    spoken = [row for row in form.survey if row["type"] != "end_group"]
    assert all(row[f"label::{language}"] for row in [*spoken, *form.choices] for language in LANGUAGES)


# Names


@pytest.mark.parametrize("name", NAMES)
def test_names_are_unique_and_follow_the_letter_of_the_form(name):
    names = [row["name"] for row in library(name).survey if row["name"]]
    assert len(names) == len(set(names))
    for row in library(name).questions():
        assert row["name"] in HEADER or re.fullmatch(rf"{LETTERS[name]}\d\d", row["name"])


@pytest.mark.parametrize("name", NAMES)
def test_every_form_knows_its_team_its_times_and_its_place(name):
    names = {row["name"] for row in library(name).questions()}
    assert {"team", "started", "finished"} <= names
    assert names & {"station", "area", "body"}
    assert name in ("incident", "weekly-rating") or {"arrived", "left", "serial"} <= names


@pytest.mark.parametrize("name", NAMES)
def test_the_settings_name_the_process(name):
    settings = library(name).settings
    assert (settings["form_id"], settings["p8_process"], settings["default_language"]) == (name, name, LANGUAGES[0])


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_used_and_its_codes_are_unique(name):
    form = library(name)
    used = {row["type"].split()[1] for row in form.questions() if row["type"].startswith("select_")}
    assert used == set(form.lists())
    for rows in form.lists().values():
        codes = [row["name"] for row in rows]
        assert len(codes) == len(set(codes))
        assert all(re.fullmatch(r"[a-z0-9-]+", code) for code in codes)
        assert len({row["p8_ordered"] for row in rows}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_list_that_two_forms_share_is_the_same_in_both(name):
    for other in NAMES:
        for code, rows in library(other).lists().items():
            assert library(name).lists().get(code, rows) == rows


# Meaning


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_meaning_or_is_a_comment(name):
    for row in library(name).questions():
        sections = {section["code"] for section in table("sections")}
        assert row["p8_use"] in set(Use)
        assert row["p8_section"] in sections
        if row["p8_use"] == Use.COMMENT:
            assert (row["p8_indicator"], row["p8_commitment"], row["p8_negative"]) == ("", "", "")
        else:
            assert row["p8_indicator"] in {indicator["code"] for indicator in table("indicators")}
            assert (
                row["p8_commitment"]
                or row["p8_section"] == "safety"
                or row["p8_indicator"]
                in (
                    "incidents",
                    "basis-of-reports",
                )
            )
        assert set(row["p8_commitment"].split()) <= COPENHAGEN


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_says_which_answers_are_bad_or_that_none_is(name):
    """On the question, or on its list; "-" says that no answer speaks against good practice."""
    for row in library(name).questions():
        answers = library(name).list_of(row)
        codes = {choice["name"] for choice in answers if not choice["p8_missing"]}
        by_list = {choice["name"] for choice in answers if choice["p8_negative"] == "yes"}
        negative = set(row["p8_negative"].split())
        assert by_list <= codes
        assert bool(answers) == bool(negative or by_list)
        assert negative in ({"-"}, set()) or negative <= codes


@pytest.mark.parametrize("name", NAMES)
def test_a_neutral_question_is_a_register_of_facts_or_says_why_it_is_asked(name):
    facts = {"scrutiny", "women-chairs", "closing-on-time", "journalists-work", "complaints-at-stations"}
    for row in library(name).questions():
        codes = {choice["name"] for choice in library(name).list_of(row)}
        if codes >= {"yes", "no"} and row["p8_negative"] == "-":
            assert row["p8_indicator"] in facts or row["hint::English (en)"]


@pytest.mark.parametrize("name", NAMES)
def test_a_choice_can_be_left_open_with_a_reason(name):
    for row in library(name).questions():
        answers = library(name).list_of(row)
        reasons = {choice["p8_missing"] for choice in answers} - {""}
        assert reasons <= set(Missing)
        assert all(choice["name"] == choice["p8_missing"] for choice in answers if choice["p8_missing"])
        assert reasons or not answers or row["type"].split()[1] in ABOUT_THE_TEAM


@pytest.mark.parametrize("name", NAMES)
def test_only_what_has_a_way_out_is_required(name):
    for row in library(name).asked():
        assert row["required"] in ("", "yes")
        if row["required"] and row["name"] == "station":
            assert all("0" in row[f"hint::{language}"] for language in LANGUAGES)
        elif row["required"]:
            assert {choice["p8_missing"] for choice in library(name).list_of(row)} - {""}


@pytest.mark.parametrize("name", NAMES)
def test_few_questions_are_required(name):
    asked = library(name).asked()
    assert sum(bool(row["required"]) for row in asked) <= len(asked) / 4


def test_every_indicator_and_section_is_used_and_well_described():
    indicators, sections = table("indicators"), table("sections")
    used = {row["p8_indicator"] for _, row in ALL} - {""}
    assert [row["code"] for row in indicators] == list(dict.fromkeys(row["code"] for row in indicators))
    assert {row["code"] for row in indicators} == used
    assert {row["section"] for row in indicators} == {row["code"] for row in sections}
    assert {row["p8_section"] for _, row in ALL} <= {row["code"] for row in sections}
    assert {row["unit"] for row in indicators} <= set(Unit)
    assert all(all(words) for row in [*indicators, *sections] for _, words in texts_of(row))


# What the phone does


@pytest.mark.parametrize("name", NAMES)
def test_a_number_has_wide_bounds_and_says_so(name):
    for row in library(name).asked():
        assert (row["type"] == "integer") == bool(re.fullmatch(r"\. >= 0 and \. <= \d+", row["constraint"]))
        assert bool(row["constraint"]) == bool(row["constraint_message::English (en)"])


@pytest.mark.parametrize("name", NAMES)
def test_a_reason_for_no_answer_stands_alone_among_several_answers(name):
    for row in library(name).asked():
        if not row["type"].startswith("select_multiple"):
            continue
        alone = {c["name"] for c in library(name).list_of(row) if c["p8_missing"] or c["name"] == "none"}
        assert set(re.findall(r"selected\(\., '([a-z-]+)'\)", row["constraint"])) == alone
        assert "count-selected(.) > 1" in row["constraint"]


@pytest.mark.parametrize("name", NAMES)
def test_a_condition_names_an_earlier_question_and_one_of_its_answers(name):
    for row in library(name).asked():
        names = [other["name"] for other in library(name).questions()]
        comparison = r"\$\{(\w+)\} = '([a-z-]+)'|selected\(\$\{(\w+)\}, '([a-z-]+)'\)"
        found = [(a or c, b or d) for a, b, c, d in re.findall(comparison, row["relevant"])]
        assert bool(found) == bool(row["relevant"])
        assert re.sub(comparison, "", row["relevant"]).replace(" or ", "") == ""
        for question, answer in found:
            assert names.index(question) < names.index(row["name"])
            asked = library(name).questions()[names.index(question)]
            assert answer in {choice["name"] for choice in library(name).list_of(asked)}


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_no_longer_than_a_team_will_fill_in(name):
    asked = library(name).asked()
    assert (
        (25 if name in ("opening", "voting", "counting") else 15)
        <= len(asked)
        <= (55 if name in ("voting", "counting") else 36)
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_form_ends_with_one_assessment_in_four_points_and_a_comment(name):
    if name == "incident":  # An incident is told, not assessed.
        return
    rows = library(name).asked()
    assert [row["type"] for row in rows if row["p8_indicator"].startswith("assessment-")].count("select_one assessment")
    overall = [row for row in rows if row["required"] and row["type"] == "select_one assessment"]
    assert len(overall) == 1
    if name != "campaign-event":  # Nobody owes an event of a campaign transparency.
        assert any(row["p8_indicator"] == "transparency" for row in rows)
    assert any(row["p8_use"] == Use.COMMENT for row in rows[rows.index(overall[0]) :])
