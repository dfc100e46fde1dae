"""Expressions: what the grammar takes, what it leaves to ODK Collect, and what is worth what."""

from __future__ import annotations

import pytest

from paragraph8.domain.expressions import Expression, evaluate, holds, reads
from paragraph8.domain.xlsforms.writing import written
from paragraph8.domain.xpaths import OutsideGrammarError, compiled, tree_of

CODES = {"/data/a": "a", "/data/g/b": "b", "/data/s": "s", "/data/t-1": "t-1"}


def worth(xpath: str, own: str = "/data/g/b", **values):
    return evaluate(tree_of(xpath, CODES, own, condition=False), values)


@pytest.mark.parametrize(
    ("xpath", "expected"),
    [
        (" /data/a  = 'yes'", True),
        ("/data/a != 'yes'", False),
        (". > 3 and . <= 5", True),
        ("../b + 1 = 6", True),
        ("current()/../b = 5", True),
        ("selected(/data/s, 'y')", True),
        ("selected(/data/s, 'z')", False),
        ("count-selected(/data/s) = 2", True),
        ("string-length(/data/a) = 3", True),
        ("if(/data/a = 'yes', 1, 2)", 1.0),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("int(-2.7)", -2.0),
        ("7 mod 3", 1.0),
        ("-7 mod 3", -1.0),
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("10 - 2 - 3", 5.0),
        ("1 div 4", 0.25),
        ("true() or false()", True),
        ("not(/data/a = 'yes')", False),
        ("number('12') = 12", True),
        ("/data/t-1 < '10:30'", True),
        ("'2019-06-09' < '2019-06-10'", True),
        ("'2019-06-09T10:00' < '2019-06-09T10:05'", True),
    ],
)
def test_what_an_expression_is_worth(xpath, expected):
    assert worth(xpath, a="yes", b=5, s=("x", "y"), **{"t-1": "09:05"}) == expected


@pytest.mark.parametrize(
    "xpath",
    ["/data/g/b > 0", "/data/g/b = 0", "/data/g/b + 1 < 5", "not(/data/g/b = 0)", "selected(/data/s, 'x')",
     "string-length(/data/a) = 0", "/data/g/b div 0 > 1", "1 div 0 > 1", "'word' > 3"],
)  # fmt: skip
def test_unknown_is_not_zero(xpath):
    assert worth(xpath) is None


def test_one_side_may_decide_while_the_other_is_unknown():
    assert worth("/data/a = 'yes' and /data/g/b > 1", a="no") is False
    assert worth("/data/a = 'yes' or /data/g/b > 1", a="yes") is True
    assert worth("/data/a = 'yes' and /data/g/b > 1", a="yes") is None


def test_a_comparison_with_nothing_asks_whether_there_is_an_answer():
    assert worth("/data/a = ''") is True
    assert worth("/data/a != ''") is False
    assert worth("/data/a != ''", a="x") is True
    assert worth("coalesce(/data/g/b, 0) = 0") is True


@pytest.mark.parametrize(
    ("xpath", "reason"),
    [
        ("today() > '2019-06-09'", "function"),
        ("now() > 1", "function"),
        ("regex(., '[0-9]+')", "function"),
        ("pulldata('f', 'a', 'b', /data/a) = 'x'", "function"),
        ("jr:choice-name(/data/a, '/data/a') = 'x'", "function"),
        ("/data/nowhere = 1", "path"),
        ("/data/a", "no-condition"),
        ("/data/a and /data/s", "no-condition"),
        ("(((", "sign"),
        ("/data/a = 'it", "sign"),
        ("/data/a == 'x'", "sign"),
        ("count(/data/a) > 1", "function"),
        ("/data/a[1] = 2", "sign"),
        ("(" * 60 + "1 = 1" + ")" * 60, "too-deep"),
        ("1 = " + "1 + " * 300 + "1", "too-long"),
        ("1 = 1 " * 1000, "too-long"),
    ],
)
def test_what_lies_outside_the_grammar_is_said(xpath, reason):
    with pytest.raises(OutsideGrammarError) as refused:
        tree_of(xpath, CODES, "/data/g/b")
    assert refused.value.reason == reason
    assert compiled(xpath, CODES, "/data/g/b") == Expression(xpath)


def test_an_evaluation_ends_when_the_fuel_does():
    tree = tree_of("1 = 1 and 2 = 2 and 3 = 3", CODES)
    assert evaluate(tree, {}) is True
    assert evaluate(tree, {}, fuel=3) is None


def test_an_expression_is_the_same_after_json_and_unknown_grammars_are_left_aside():
    expression = compiled("/data/a = 'yes' and . >= 0.5", CODES, "/data/g/b")
    data = expression.to_json()
    assert Expression.from_json(data) == expression
    assert Expression.from_json({**data, "grammar": 99}).tree is None
    assert holds(Expression("whatever"), {}) is None
    assert holds(None, {}) is True


@pytest.mark.parametrize(
    "xpath",
    ["/data/a = 'yes' and (/data/g/b > 3 or not(selected(/data/s, 'x')))", "1 - (2 - 3) = 2", "-(2 + 3) < 4 * (1 + 1)",
     "/data/a != ''", "not(/data/a = '')", "if(/data/a = 'x', 1, 2) = 1", "(1 = 1) = (2 = 2)", ". >= 0 and . <= 100"],
)  # fmt: skip
def test_a_tree_is_written_as_it_was_read(xpath):
    tree = tree_of(xpath, CODES, "/data/g/b")
    said = written(tree)
    for path, code in CODES.items():
        said = said.replace(f"${{{code}}}", f" {path} ")
    assert tree_of(said, CODES) == tree


def test_it_says_on_which_questions_it_rests():
    assert reads(tree_of("/data/a = 'x' or /data/g/b > 1", CODES)) == {"a", "b"}
