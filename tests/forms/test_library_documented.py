"""The page of the library says what the forms are."""

from __future__ import annotations

import re

import pytest

from forms.library_sheets import NAMES, library, table
from manual import page, rows, section

PAGE = page("docs/rooms/form-library.md")
CODES = {row["name"] for name in NAMES for row in library(name).questions()}
TO_COME = {"C50"}
"""The code that the page gives as the next free one."""


def test_every_form_stands_in_the_table_with_its_letter_and_length():
    told = {cells[0]: (cells[1], int(cells[2])) for cells in rows(section(PAGE, "## The forms"))[2:]}
    assert tuple(told) == NAMES
    for name in NAMES:
        codes = [row["name"] for row in library(name).asked() if re.fullmatch(r"[A-Z]\d\d", row["name"])]
        assert told[name] == (codes[0][0], len(library(name).asked()))


def test_every_column_of_ours_is_explained():
    told = [cells[1] for cells in rows(section(PAGE, "## What a question means"))]
    form = library("opening")
    ours = {column for row in (*form.survey, *form.choices, form.settings) for column in row if column[:3] == "p8_"}
    assert ours <= set(told)


def test_the_questions_and_indicators_that_the_page_names_exist():
    named = set(re.findall(r"\b[A-HJK]\d\d\b", PAGE))
    assert named - CODES == TO_COME
    assert not TO_COME & CODES
    mapped = {code for cells in rows(section(PAGE, "## The clauses of a statement"))[2:] for code in codes_of(cells[2])}
    assert mapped <= {indicator["code"] for indicator in table("indicators")}


@pytest.mark.parametrize("cells", rows(section(PAGE, "## The clauses of a statement"))[2:], ids=lambda cells: cells[0])
def test_a_clause_names_the_indicators_that_its_questions_feed(cells):
    fed = {
        row["p8_indicator"] for name in NAMES for row in library(name).questions() if row["name"] in spelled(cells[1])
    }
    assert codes_of(cells[2]) <= fed


def codes_of(cell: str) -> set[str]:
    """The codes of a cell, whose outer marks of code the table has lost."""
    return set(re.findall(r"[a-z]+(?:-[a-z]+)*", cell))


def spelled(cell: str) -> set[str]:
    """The questions of a cell: "A01 to A03" is three."""
    found = set()
    for first, last in re.findall(r"\b([A-HJK]\d\d)\b(?: to ([A-HJK]\d\d))?", cell):
        numbers = range(int(first[1:]), int((last or first)[1:]) + 1)
        found |= {f"{first[0]}{number:02d}" for number in numbers}
    return found
