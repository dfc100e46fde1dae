"""Conditions in words, and conditions that can never hold."""

from __future__ import annotations

import pytest

from paragraph8.domain.conditions import condition
from paragraph8.domain.expressions import Tree
from paragraph8.domain.forms import form_from_json
from paragraph8.domain.reachability import can_hold
from paragraph8.domain.xpaths import tree_of

FORM = form_from_json(
    {
        "code": "f",
        "version": "1",
        "title": "F",
        "scales": [
            {
                "code": "yn",
                "options": [
                    {"code": "yes", "title": {"en": "Yes", "kk": "Иә", "ru": "Да"}},
                    {"code": "no", "title": {"en": "No", "kk": "Жоқ", "ru": "Нет"}},
                ],
                "missing": [{"code": "unseen", "title": "Not seen", "reason": "not-observed"}],
            }
        ],
        "blocks": [
            {
                "code": "b",
                "title": "B",
                "questions": [
                    {"code": "one", "title": "One", "kind": "choice", "scale": "yn"},
                    {"code": "some", "title": "Some", "kind": "choices", "scale": "yn"},
                    {"code": "n", "title": "N", "kind": "integer"},
                ],
            }
        ],
    }
)


def tree(xpath: str) -> Tree:
    return tree_of(xpath, {f"/{code}": code for code in ("one", "some", "n")})


@pytest.mark.parametrize(
    ("xpath", "en", "ru"),
    [
        ("/one = 'no'", "one: “No”", "one: «Нет»"),
        ("/one != 'no'", "one: not “No”", "one: не «Нет»"),
        ("not(selected(/some, 'yes'))", "some: not “Yes”", "some: не «Да»"),
        ("/n > 3 and (/one = 'no' or /one = 'unseen')", "n > 3 and (one: “No” or one: “Not seen”)",
         "n > 3 и (one: «Нет» или one: «Not seen»)"),
        ("/n != ''", "n is answered", "на n дан ответ"),
    ],
)  # fmt: skip
def test_a_condition_is_said_with_the_titles_of_answers(xpath, en, ru):
    said = condition(FORM, tree(xpath))
    assert said is not None
    assert (said.shown("en").string, said.shown("ru").string) == (en, ru)
    assert said.languages() == {"en", "kk", "ru"}


def test_what_is_too_involved_is_not_said_at_all():
    assert condition(FORM, tree("if(/one = 'no', /n, 2) = 3")) is None


@pytest.mark.parametrize(
    ("xpath", "possible"),
    [
        ("/one = 'maybe'", False),
        ("/one = 'no' and /one = 'yes'", False),
        ("/one = 'no' and /some = 'yes'", True),
        ("selected(/some, 'yes') and selected(/some, 'no')", True),
        ("selected(/some, 'nothing')", False),
        ("/one = 'unseen'", True),
        ("/n > 3 and /one = 'maybe'", False),
        ("/n > 3 and /one = 'no'", True),
        ("1 = 2", False),
        ("false()", False),
        ("/one = ''", True),
        ("/one != '' and /one != 'yes' and /one != 'no' and /one != 'unseen'", False),
    ],
)
def test_a_condition_that_no_answers_make_true_is_found(xpath, possible):
    assert can_hold(FORM, tree(xpath)) is possible
