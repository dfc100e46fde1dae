"""Rules of the library fit the catalogue of checks, and its questions those of the demonstration."""

from __future__ import annotations

import json

import pytest

from forms.library_sheets import LANGUAGES, NAMES, library
from paragraph8.demo.facts import forms as demo_forms
from paragraph8.domain.checks.shapes import SHAPES
from paragraph8.domain.forms import Kind
from paragraph8.domain.problems import Rule

KINDS = {
    "select_one": Kind.CHOICE,
    "select_multiple": Kind.CHOICES,
    "integer": Kind.INTEGER,
    "time": Kind.TIME,
    "text": Kind.TEXT,
}
RULES = [(name, row) for name in NAMES for row in library(name).rules]


@pytest.mark.parametrize("case", RULES, ids=lambda case: f"{case[0]}-{case[1]['check']}-{case[1]['questions'][:7]}")
def test_a_rule_fits_its_check(case):
    name, row = case
    rule = Rule.from_json({"check": row["check"], "questions": row["questions"].split()} | read_details(row))
    shape = SHAPES[rule.check]
    assert shape.holds(len(rule.questions))
    questions = {other["name"]: other for other in library(name).questions()}
    for place, code in enumerate(rule.questions):
        wanted = shape.kinds[min(place, len(shape.kinds) - 1)]
        assert KINDS[questions[code]["type"].split()[0]] in wanted
    for setting, value in rule.params:
        assert shape.settings[setting].read(value) is not None
    for code, answers in zip(rule.questions, rule.param("answers", ()), strict=False):
        assert set(answers) <= {choice["name"] for choice in library(name).list_of(questions[code])}


def read_details(row: dict[str, str]) -> dict[str, object]:
    return json.loads(row["details"]) if row["details"] else {}


@pytest.mark.parametrize("name", NAMES)
def test_two_rules_of_one_check_are_told_apart(name):
    keys = [(row["check"], row["questions"], read_details(row).get("name")) for row in library(name).rules]
    assert len(keys) == len(set(keys))


def test_a_rule_on_blocks_names_blocks_of_the_form():
    for name, row in RULES:
        blocks = read_details(row).get("params", {}).get("blocks", [])
        assert set(blocks) <= {group["name"] for group in library(name).survey if group["type"] == "begin_group"}


# The demonstration's questions


CANDIDATES = {f"C{number}" for number in range(26, 33)}
"""The library names no candidate; a mission writes the names in."""


@pytest.mark.parametrize("form", demo_forms(), ids=lambda form: form.code)
def test_the_questions_of_the_demonstration_keep_their_codes_words_and_meaning(form):
    rows = {row["name"]: row for row in library(form.code).questions()}
    for question in form.questions():
        row = rows[question.code]
        assert KINDS[row["type"].split()[0]] is question.kind
        assert row["p8_use"] == question.use
        titles = dict(zip(("en", "kk", "ru"), (row[f"label::{language}"] for language in LANGUAGES), strict=True))
        assert question.code in CANDIDATES or titles == question.title.to_json()
        answers = library(form.code).list_of(row)
        codes = {choice["name"] for choice in answers if not choice["p8_missing"]}
        assert codes == set(form.scale(question).codes() if question.scale else ())
        negative = set(row["p8_negative"].split()) - {"-"} or {c["name"] for c in answers if c["p8_negative"]}
        assert negative == form.negative(question)
