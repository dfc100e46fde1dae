"""The words of the library: the house's terms, the habits of three languages, the size of a phone."""

from __future__ import annotations

import re

import pytest

from forms.library_sheets import FILLED_BY_PHONE, NAMES, TRANSLATED, everything_written, library
from paragraph8.domain.forms import Use

LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]")
ONLY_KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
NOT_IN_THE_HOUSE = (
    (0, r"authoriz|organiz|proxy|%"),
    (1, r"бақылаушы|\bурна|төрайым|үміткер|бөгде|байқалмады|жаппай|мүгедек(?!тігі)|шенеунік"),
    (2, r"посторонн|якобы|председательниц|не наблюдалось|массов(?!ой)|инвалид(?!ност)|чиновник|госслужащ|фигур|ё|Ё|—"),
)
"""Words that the glossary rules out, by language."""
WRITTEN = everything_written()


def test_there_is_something_to_read():
    assert len(WRITTEN) > 700


@pytest.mark.parametrize("name", [*NAMES, "indicators", "sections"])
def test_the_words_keep_the_habits_of_the_house(name):
    for words in (words for where, _, words in WRITTEN if where == name):
        assert not CYRILLIC.search(words[0]), words
        assert not LATIN.search(words[1] + words[2]), words
        assert not ONLY_KAZAKH.search(words[2]), words
        for language, pattern in NOT_IN_THE_HOUSE:
            assert not re.search(pattern, words[language]), words


@pytest.mark.parametrize("name", NAMES)
def test_the_three_languages_name_the_same_numbers_and_ask_alike(name):
    for words in (words for where, _, words in WRITTEN if where == name):
        numbers = [sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[,\u00a0](?=\d)", "", text))) for text in words]
        assert numbers[0] == numbers[1] == numbers[2], words
        assert len({text.endswith("?") for text in words}) == 1, words


@pytest.mark.parametrize("name", NAMES)
def test_labels_fit_a_phone(name):
    """160 characters; Kazakh may be a fifth longer."""
    for _, column, words in (entry for entry in WRITTEN if entry[0] == name and entry[1] in TRANSLATED):
        most = 160 if column == "label" else 200
        assert len(words[0]) <= most, words
        assert len(words[1]) <= most * 1.2, words
        assert len(words[2]) <= most, words


@pytest.mark.parametrize("name", NAMES)
def test_a_question_about_people_asks_for_roles_and_not_for_names(name):
    for row in library(name).asked():
        lists = {"roles", "complainant", "respondent", "unauthorised", "nominator"}
        words = row["hint::English (en)"].lower()
        if row["type"].partition(" ")[2] in lists and (name, row["name"]) != ("incident", "E09"):
            assert "role" in words or "kind of body" in words
        if row["p8_use"] == Use.COMMENT and row["type"] == "text":
            assert "name" in words + row["label::English (en)"].lower()
        assert row["type"] not in FILLED_BY_PHONE
