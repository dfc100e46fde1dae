"""A form on paper: readable, in each language, the same bytes each time, and no word of it markup."""

from __future__ import annotations

import re

import pytest

from forms.sheets import q, read
from paragraph8.demo.facts import forms as demo_forms
from paragraph8.domain.text import Text
from paragraph8.domain.xlsforms.reading import read_xlsform
from paragraph8.forms import library
from paragraph8.forms import paper as papers
from paragraph8.forms.paper import paper
from paragraph8.forms.paper_texts import FIELDS, LABELS

TITLE = Text.of("A small mission")
NOTICE = Text.of({"en": "Simulated.", "kk": "Үлгіленген.", "ru": "Смоделировано."})


def words_of(monkeypatch: pytest.MonkeyPatch, form, **more) -> dict:
    """What the typesetter is given."""
    given = {}
    monkeypatch.setattr(papers, "_typeset", lambda data, _name: given.update(data) or b"")
    paper(form, **{"title": TITLE, "notice": None, "language": "en", **more})
    return given


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *((entry.name, "kk") for entry in library.entries()),
        *(("incident", language) for language in ("en", "ru", "ar")),
    ],
)
def test_every_form_of_the_library_can_be_printed(name, language):
    form = read_xlsform(library.bytes_of_entry(name)).form
    assert form
    content = paper(form, language=language, title=TITLE, notice=NOTICE)
    assert content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in content


def test_the_same_form_gives_the_same_bytes():
    form = demo_forms()[1]
    one, other = (paper(form, language="kk", title=TITLE, notice=NOTICE, filled={"team": "T07"}) for _ in range(2))
    assert one == other
    assert one != paper(form, language="kk", title=TITLE, notice=None, filled={"team": "T07"})


def test_words_that_look_like_markup_stay_words():
    hostile = '#panic("x") *bold* $x$ @ref <label> \\ "quote" // comment [#include "/etc/passwd"]'
    form = read(q("select_one yn", "A", label__en=hostile, hint__en=hostile), form_title__en=hostile).form
    assert form
    assert paper(form, language="en", title=Text.of(hostile), notice=Text.of(hostile), filled={"team": hostile})


def test_the_head_is_filled_where_it_is_known_and_nothing_else_is(monkeypatch):
    given = words_of(monkeypatch, demo_forms()[0], filled={"team": "T07", "station": "A1"})
    filled = dict(zip(FIELDS, (value for _label, value in given["fields"]), strict=True))
    assert {name for name, value in filled.items() if value} == {"team", "station"}
    with pytest.raises(KeyError):
        paper(demo_forms()[0], language="en", title=TITLE, notice=None, filled={"chairperson": "x"})


def test_not_observed_has_its_column_unless_the_form_says_otherwise(monkeypatch):
    choices = [
        {"list_name": "a", "name": "yes", "label::en": "Yes"},
        {"list_name": "a", "name": "dk", "label::en": "Do not know", "p8_missing": "not-known"},
        {"list_name": "b", "name": "yes", "label::en": "Yes"},
        {"list_name": "b", "name": "no-see", "label::en": "Not seen", "p8_missing": "not-observed"},
    ]
    form = read(
        q("select_one a", "A"),
        q("select_one b", "B"),
        q("integer", "N"),
        q("text", "T"),
        q("note", "X"),
        choices=choices,
    ).form
    rows = {row["code"]: row for row in words_of(monkeypatch, form)["blocks"][0]["rows"]}
    assert [rows[code]["unseen"] for code in "ABNTX"] == [False, True, True, False, False]
    assert [rows[code]["others"] for code in "AB"] == [["Do not know"], []]


def test_a_condition_is_said_and_one_that_is_too_involved_is_pointed_to(monkeypatch):
    form = read(
        q("select_one yn", "A"),
        q("integer", "B", relevant="${A} = 'no'"),
        q("integer", "C", relevant="today() > '2019-01-01'"),
    ).form
    rows = {row["code"]: row["when"] for row in words_of(monkeypatch, form, language="ru")["blocks"][0]["rows"]}
    assert rows == {"A": "", "B": "Только если A: «Нет»", "C": LABELS["only-sometimes"].shown("ru").string}


def test_what_a_device_fills_in_is_not_on_paper_and_repeats_are_named(monkeypatch):
    form = read(
        q("hidden", "H"), q("integer", "N"), q("begin_repeat", "r"), q("integer", "R"), {"type": "end_repeat"}
    ).form
    given = words_of(monkeypatch, form)
    assert [row["code"] for block in given["blocks"] for row in block["rows"]] == ["N"]
    assert given["beyond"].endswith(": R")


def test_a_form_of_two_pages_says_of_a_simulated_mission_that_it_is_one(monkeypatch):
    form = demo_forms()[1]
    content = paper(form, language="en", title=TITLE, notice=NOTICE)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 2
    assert words_of(monkeypatch, form, notice=NOTICE, language="ru")["notice"] == "Смоделировано."
    assert words_of(monkeypatch, form)["notice"] == ""
