"""A form goes out as an XLSForm and comes back as the same form."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from conftest import COUNT_FORM
from paragraph8.demo.facts import forms as demo_forms
from paragraph8.domain.expressions import Expression
from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.questions import Question
from paragraph8.domain.xlsforms.files import to_csv, to_xlsx
from paragraph8.domain.xlsforms.reading import read_xlsform
from paragraph8.domain.xlsforms.writing import to_sheets
from paragraph8.forms import library

FORMS = {form.code: form for form in (*demo_forms(), form_from_json(COUNT_FORM))}
LIBRARY = [entry.name for entry in library.entries()]


def comparable(form: Form) -> Form:
    """Without what an XLSForm has no place for: the column of an imported file, the spelling of a path, and bounds as a
    constraint."""
    return replace(
        form,
        blocks=tuple(
            replace(
                block,
                relevant=_tree(block.relevant),
                questions=tuple(_comparable(question) for question in block.questions),
            )
            for block in form.blocks
        ),
    )


def _comparable(question: Question) -> Question:
    bounded = question.low is not None or question.high is not None
    return replace(
        question,
        column="",
        relevant=_tree(question.relevant),
        required=_tree(question.required),
        calculate=_tree(question.calculate),
        constraint=None if bounded else _tree(question.constraint),
    )


def _tree(expression: Expression | None) -> Expression | None:
    return expression and replace(expression, xpath="")


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
@pytest.mark.parametrize("code", FORMS)
def test_a_form_that_came_from_a_file_of_facts_goes_out_and_comes_back(code, write):
    reading = read_xlsform(write(to_sheets(FORMS[code])))
    assert reading.errors == ()
    assert reading.form is not None
    assert comparable(reading.form) == comparable(FORMS[code])


@pytest.mark.parametrize("write", [to_csv, to_xlsx])
@pytest.mark.parametrize("name", LIBRARY)
def test_a_form_of_the_library_goes_out_and_comes_back(name, write):
    first = read_xlsform(library.bytes_of_entry(name)).form
    assert first is not None
    again = read_xlsform(write(to_sheets(first)))
    assert again.form is not None, again.errors
    assert comparable(again.form) == comparable(first)


def test_the_same_form_gives_the_same_bytes():
    sheets = to_sheets(FORMS["voting"])
    assert to_xlsx(sheets) == to_xlsx(sheets)
    assert to_csv(sheets) == to_csv(sheets)


def test_a_workbook_tells_no_time_and_no_person():
    with zipfile.ZipFile(io.BytesIO(to_xlsx(to_sheets(FORMS["counting"])))) as package:
        told = package.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in package.infolist()} == {2000}
    assert "modified" not in told
    assert "paragraph8" in told
