"""Counting people by the day, each printed rule held to a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from paragraph8.domain.figures import Key
from paragraph8.domain.people import Category, Function, Status, category_of
from paragraph8.statistics.methods import METHODS, compute, outcomes
from paragraph8.statistics.roster import moves, standing, sums
from paragraph8.statistics.roster_rules import COUNTING_RULES

ACCREDITED, ARRIVED = ["accredited", "2019-05-20"], ["arrived", "2019-06-01"]


def row(code: str, *steps: list[str], **fields: str) -> dict[str, Any]:
    given = {"institution": "office", "function": "sto", "country": "SE", "gender": "f", **fields}
    return {
        "row": code,
        "on": "2019-06-09",
        **given,
        "category": category_of(Function(given["function"])).value,
        "steps": list(steps) or [ACCREDITED, ARRIVED],
    }


def value(rows: list[dict[str, Any]], spelling: str) -> int | None:
    key = Key.parse(spelling)
    method = {"observers": "people-present@1", "accredited": "people-accredited@1", "countries": "countries-present@1"}
    return compute(method[key.measure], rows, key).value


def present(*steps: list[str], day: str = "2019-06-09") -> bool:
    return standing(steps, day).present


RULES = {
    "present": lambda: (
        (
            [present(ACCREDITED, ARRIVED, day=day) for day in ("2019-05-31", "2019-06-01")],
            [present(ARRIVED, ["withdrawn", "2019-06-09"], day=day) for day in ("2019-06-08", "2019-06-09")],
            [
                present(ARRIVED, ["accreditation-revoked", "2019-06-09"], day=day)
                for day in ("2019-06-08", "2019-06-09")
            ],
        )
        == ([False, True], [True, False], [True, False])
    ),
    "returns": lambda: (
        (
            present(ARRIVED, ["withdrawn", "2019-06-02"], ["accredited", "2019-06-03"]),
            present(ARRIVED, ["withdrawn", "2019-06-02"], ["arrived", "2019-06-03"]),
            present(ACCREDITED, ARRIVED, ["accreditation-revoked", "2019-06-02"], ["arrived", "2019-06-03"]),
            present(ACCREDITED, ARRIVED, ["accreditation-revoked", "2019-06-02"], ["accredited", "2019-06-03"]),
        )
        == (False, True, False, True)
    ),
    "one-institution": lambda: (
        sums([row("a"), row("b", institution="assembly")], "2019-06-09").institutions == {"office": 1, "assembly": 1}
    ),
    "one-category": lambda: {category_of(function) for function in Function} == set(Category),
    "country": lambda: value([row("a"), row("b", country="")], "roster.countries") == 1,
    "country-once": lambda: (
        (
            value([row("a"), row("b", institution="assembly")], "roster.countries"),
            value([row("a"), row("b", institution="assembly")], "roster.countries[institution=assembly]"),
        )
        == (1, 1)
    ),
    "local-staff": lambda: not {"interpreter", "driver", "assistant"} & {function.value for function in Function},
}


def test_every_printed_rule_is_held_to_a_case_and_written_in_three_languages() -> None:
    assert [rule.code for rule in COUNTING_RULES] == list(RULES)
    assert all(rule.text.languages() == {"en", "kk", "ru"} for rule in COUNTING_RULES)


@pytest.mark.parametrize("code", RULES)
def test_the_rule_is_followed(code: str) -> None:
    assert RULES[code]()


def test_steps_of_one_day_count_in_the_order_in_which_they_were_recorded() -> None:
    both = [["withdrawn", "2019-06-05"], ["arrived", "2019-06-05"]]
    assert standing(both, "2019-06-05").last is Status.ARRIVED
    assert standing(both[::-1], "2019-06-05").last is Status.WITHDRAWN


def test_steps_that_were_recorded_late_count_by_their_day() -> None:
    late = standing([["withdrawn", "2019-06-05"], ARRIVED, ACCREDITED], "2019-06-09")
    assert (late.last, late.since, late.present, late.accredited) == (Status.WITHDRAWN, "2019-06-05", False, False)


def test_who_arrives_before_the_accreditation_is_present_all_the_same() -> None:
    early = standing([["arrived", "2019-05-15"], ACCREDITED], "2019-06-09")
    assert (early.present, early.accredited) == (True, True)


def test_nobody_stands_anywhere_before_the_first_step() -> None:
    assert standing([ARRIVED], "2019-05-01").last is None
    assert standing([], "2019-05-01").last is None


def test_dimensions_narrow_and_the_day_is_that_of_the_rows_unless_the_key_names_one() -> None:
    rows = [row("a"), row("b", ["arrived", "2019-06-10"], gender="m"), row("c", function="lto", gender="")]
    assert value(rows, "roster.observers") == 2
    assert value(rows, "roster.observers[day=2019-06-10]") == 3
    assert value(rows, "roster.observers[day=2019-06-10,gender=m]") == 1
    assert value(rows, "roster.observers[function=lto]") == 1
    assert value(rows, "roster.accredited") == 2
    assert value([], "roster.observers") == 0


def test_every_row_says_whether_it_was_counted() -> None:
    rows = [row("a"), row("b", ["arrived", "2019-06-10"]), row("c", country="")]
    assert outcomes("people-present@1", rows, Key.parse("roster.observers")) == ["in", "out", "in"]
    assert outcomes("countries-present@1", rows, Key.parse("roster.countries")) == ["in", "out", "out"]
    assert outcomes("people-accredited@1", rows, Key.parse("roster.accredited")) == ["in", "out", "in"]
    assert {"people-present@1", "people-accredited@1", "countries-present@1"} <= set(METHODS)


def test_sums_say_when_they_do_not_add_up() -> None:
    good = sums([row("a"), row("b", gender="", institution="")], "2019-06-09")
    assert good.adds_up
    assert (good.awaited, good.accredited, good.without_country) == (0, 2, 0)

    assert not replace(good, genders={"f": 1}).adds_up


def test_moves_say_what_each_does_to_the_sum() -> None:
    rows = [
        row("came", ["arrived", "2019-06-09"]),
        row("left", ARRIVED, ["withdrawn", "2019-06-09"]),
        row("accredited", ["accredited", "2019-06-09"]),
        row("stayed"),
    ]
    assert [(move.row, move.counted) for move in moves(rows, "2019-06-08", "2019-06-09")] == [
        ("came", 1),
        ("left", -1),
        ("accredited", 0),
    ]
