"""edition.json is read strictly: what cannot be shown, or would be shown differently, is refused where it stands."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from documents.texts import edition_json
from paragraph8.documents.edition import EditionError, edition_from_json
from paragraph8.domain.canonical import canonical


def changed(way: list[Any], value: Any) -> dict[str, Any]:
    edition = copy.deepcopy(edition_json())
    inner: Any = edition
    for step in way[:-1]:
        inner = inner[step]
    if value is KeyError:
        del inner[way[-1]]
    else:
        inner[way[-1]] = value
    return edition


def test_an_edition_is_written_as_it_was_read() -> None:
    assert canonical(edition_from_json(edition_json()).to_json()) == canonical(edition_json())


def test_optional_lists_of_a_sentence_may_be_left_out() -> None:
    edition = changed(["documents", 0, "sections", 0, "paragraphs", 1, "sentences", 0, "sources"], KeyError)
    assert edition_from_json(edition).documents[0].sections[0].paragraphs[1].sentences[0].sources == ()


SENTENCE = ["documents", 0, "sections", 0, "paragraphs", 0, "sentences", 0]


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        (["edition"], 2, "edition: this software reads version 1, not 2"),
        (["mission"], KeyError, "mission: the field is missing"),
        (["colour"], "red", "colour: no such field is known"),
        (["languages"], [], "languages: at least one language is needed"),
        (["languages"], ["en", "en"], "languages[1]: 'en' stands there twice"),
        (["languages"], ["../en"], "languages[0]: a language tag, not '../en', was expected"),
        (["documents", 0, "code"], "../x", "documents[0].code: a code, not '../x', was expected"),
        (["documents", 1, "code"], "statement", "documents[1]: 'statement' stands there twice"),
        (["documents", 0, "kind"], "leaflet", "documents[0].kind: statement or press-release was expected"),
        (["documents", 0, "title"], {"en": " "}, "documents[0].title: the text is empty in every language"),
        (["documents", 0, "title"], "Title", "documents[0].title: a text per language was expected"),
        (["documents", 0, "lead"], "st-999", "documents[0].lead: no sentence of the document is 'st-999'"),
        (["documents", 0, "sections", 1, "code"], "voting", "documents[0].sections[1]: 'voting' stands there twice"),
        ([*SENTENCE, "id"], "st-002", "documents[0]: the sentence 'st-002' stands there twice"),
        ([*SENTENCE, "texts", "en"], "a\x00b", "texts.en: the character U+0000 cannot stand in a text"),
        ([*SENTENCE, "texts", "en"], "a\u202eb", "texts.en: the character U+202E cannot stand in a text"),
        ([*SENTENCE, "texts", "en"], 7, "texts.en: a text was expected"),
        (
            ["documents", 0, "sections", 0, "bars", 0, "rows", 0, "keys"],
            [],
            "keys: 4 keys were expected, one per answer",
        ),
        (["documents", 0, "sections", 0, "bars", 0, "rows", 0, "keys", 0], "x", "keys[0]: 'x' is not a figure key"),
        (["freeze", "heard_until"], "2019-06-10T03:30:00", "a date and time with its offset from UTC was expected"),
        (["freeze", "heard_until"], "yesterday", "freeze.heard_until: a date and time was expected"),
        (["freeze", "change"], -1, "freeze.change: a whole number was expected"),
        (["freeze", "change"], True, "freeze.change: a whole number was expected"),
        (["mission", "simulated"], 1, "mission.simulated: true or false was expected"),
        (["mission", "institutions"], "Office", "mission.institutions: a list was expected"),
    ],
)
def test_an_error_says_where_it_is_and_what_was_expected(way: list[Any], value: Any, message: str) -> None:
    with pytest.raises(EditionError) as refusal:
        edition_from_json(changed(way, value))
    assert message in str(refusal.value)


@pytest.mark.parametrize("data", [None, [], "edition", 7])
def test_what_is_no_object_is_no_edition(data: Any) -> None:
    with pytest.raises(EditionError, match="an object was expected"):
        edition_from_json(data)
