"""The library goes through the same reader as an upload, and nothing is found that its author should mend."""

from __future__ import annotations

from functools import cache

import pytest

from forms.library_sheets import NAMES, PLACE, library, sheets_of
from paragraph8.demo.facts import forms as demo_forms
from paragraph8.domain.answers import Missing
from paragraph8.domain.forms import Form, Kind, form_from_json
from paragraph8.domain.xlsforms.files import to_xlsx
from paragraph8.domain.xlsforms.lint import never_asked, serving_nothing
from paragraph8.domain.xlsforms.reading import Reading, read_xlsform

LANGUAGES = ("en", "kk", "ru")


@cache
def reading(name: str) -> Reading:
    return read_xlsform((PLACE / f"{name}.csv").read_bytes(), languages=LANGUAGES)


def form_of(name: str) -> Form:
    form = reading(name).form
    assert form is not None, reading(name).errors
    return form


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_found_but_what_the_device_fills_in(name):
    found = reading(name)
    assert (found.errors, found.warnings) == ((), ())
    assert {remark.code for remark in found.remarks} == {"phone-whole", "metadata"}


@pytest.mark.parametrize("name", NAMES)
def test_the_form_says_what_it_watches_in_three_languages(name):
    form = form_of(name)
    assert (form.code, form.process, form.version) == (name, name, library(name).settings["version"])
    assert form.title.languages() == set(LANGUAGES)
    assert form_from_json(form.to_json()) == form


@pytest.mark.parametrize("name", NAMES)
def test_every_question_serves_a_sentence_and_can_be_asked(name):
    form = form_of(name)
    assert serving_nothing(form) == ()
    assert never_asked(form) == {}
    assert len(form.rules) == len(library(name).rules)


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_of_the_same_sheets_is_the_same_form(name):
    found = read_xlsform(to_xlsx(sheets_of(name)), languages=LANGUAGES)
    assert found.form == form_of(name)
    assert (found.errors, found.warnings) == ((), ())


@pytest.mark.parametrize("name", NAMES)
def test_every_number_keeps_its_bounds(name):
    numbers = [question for question in form_of(name).questions() if question.kind is Kind.INTEGER]
    assert all(question.low == 0 and question.high for question in numbers)


def test_not_observed_is_read_as_a_reason_and_never_as_an_answer():
    form = form_of("voting")
    answers = form.read({"B28": "not-observed", "B29": "no", "B45": ["kazakh", "russian"]})
    assert (answers["B28"], answers["B29"], answers["B45"]) == (Missing.NOT_OBSERVED, "no", ("kazakh", "russian"))


@pytest.mark.parametrize("shown", demo_forms(), ids=lambda form: form.code)
def test_an_answer_of_the_demonstration_means_the_same_in_the_library(shown):
    form = form_of(shown.code)
    for question in shown.questions():
        own = form.question(question.code)
        assert own is not None
        assert (own.kind, own.use) == (question.kind, question.use)
        assert form.negative(own) == shown.negative(question)
        scale, other = form.scale(own), shown.scale(question)
        assert (scale.codes() if scale else ()) == (other.codes() if other else ())
        assert bool(scale and scale.ordered) == bool(other and other.ordered)


@pytest.mark.parametrize("shown", demo_forms(), ids=lambda form: form.code)
def test_the_checks_of_the_demonstration_are_asked_for_in_the_library_too(shown):
    """The count runs past midnight, which the library's rule on the order of times knows."""
    own = {(rule.check, rule.questions): rule for rule in form_of(shown.code).rules}
    for rule in shown.rules:
        kept = own[rule.check, rule.questions]
        assert kept.tolerance == rule.tolerance
        assert kept.params == rule.params or rule.check == "time-order"
