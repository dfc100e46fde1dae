"""Who stands as of a day, the newest register, deadlines, and numbers of an author."""

from __future__ import annotations

from typing import Any

import pytest

from paragraph8.domain.figures import Key
from paragraph8.statistics.methods import compute, outcomes


def step(who: str, n: int, status: str, day: str, gender: str = "m", contest: str = "") -> dict[str, Any]:
    facts = {"contestant": who, "contest": contest, "gender": gender, "status": status, "day": day, "n": n}
    return {"row": f"{who}-{n}", **facts, "source": "List"}


STEPS = [
    step("a", 1, "nominated", "2019-04-20"),
    step("a", 2, "registered", "2019-05-03"),
    step("b", 1, "nominated", "2019-04-22", "f"),
    step("b", 2, "registered", "2019-05-04", "f"),
    step("c", 1, "nominated", "2019-04-25"),
    step("c", 2, "refused", "2019-05-02"),
    step("d", 1, "registered", "2019-05-06"),
    step("d", 2, "withdrawn", "2019-05-20"),
    step("e", 1, "registered", "2019-05-06", contest="other"),
    step("e", 2, "elected", "2019-06-10", contest="other"),
]


@pytest.mark.parametrize(
    ("key", "n"),
    [
        ("contest.contestants", 3),
        ("contest.contestants[gender=f]", 1),
        ("contest.contestants[day=2019-05-03]", 1),
        ("contest.contestants[day=2019-05-19]", 4),
        ("contest.contestants[day=2019-04-01]", 0),
        ("contest.contestants[ever=nominated]", 5),
        ("contest.contestants[day=2019-05-02,ever=nominated]", 3),
        ("contest.contestants[ever=registered]", 4),
        ("contest.contestants[status=refused]", 1),
        ("contest.contestants[status=registered]", 2),
        ("contest.contestants[day=2019-05-02,status=nominated]", 2),
        ("contest.contestants[contest=other]", 1),
        ("contest.contestants[contest=other,status=elected]", 1),
    ],
)
def test_contestants_are_counted_by_their_newest_step_as_of_a_day(key: str, n: int) -> None:
    assert compute("standing@1", STEPS, Key.parse(key)).value == n


def test_a_step_without_a_day_is_the_newest_when_it_came_last_and_belongs_to_no_day() -> None:
    rows = [step("a", 1, "registered", "2019-05-03"), step("a", 2, "withdrawn", "")]
    assert compute("standing@1", rows, Key.parse("contest.contestants")).value == 0
    assert compute("standing@1", rows, Key.parse("contest.contestants[day=2019-06-09]")).value == 1


def test_of_a_history_the_step_that_decides_is_named() -> None:
    said = outcomes("standing@1", STEPS, Key.parse("contest.contestants"))
    assert [row["row"] for row, outcome in zip(STEPS, said, strict=True) if outcome == "in"] == ["a-2", "b-2", "e-2"]


def total(day: str, n: int, number: int, category: str = "all", area: str = "") -> dict[str, Any]:
    return {"row": str(number), "category": category, "area": area, "day": day, "n": n, "number": number}


TOTALS = [
    total("2019-06-09", 11_960_364, 1),
    total("2019-05-20", 11_947_995, 2),
    total("2019-06-09", 160_203, 3, "first-time"),
    total("2019-06-09", 700_000, 4, area="AKM"),
]


@pytest.mark.parametrize(
    ("key", "n"),
    [
        ("contest.voters", 11_960_364),
        ("contest.voters[day=2019-05-20]", 11_947_995),
        ("contest.voters[day=2019-05-19]", None),
        ("contest.voters[category=first-time]", 160_203),
        ("contest.voters[area=AKM]", 700_000),
        ("contest.voters[category=abroad]", None),
    ],
)
def test_the_newest_total_as_of_a_day_is_the_figure(key: str, n: int | None) -> None:
    assert compute("newest@1", TOTALS, Key.parse(key)).value == n


def test_of_two_totals_of_one_day_the_one_written_later_holds() -> None:
    rows = [*TOTALS, total("2019-06-09", 11_960_365, 5)]
    assert compute("newest@1", rows, Key.parse("contest.voters")).value == 11_960_365


def test_only_deadlines_that_are_decided_stand_in_the_denominator() -> None:
    states = ["met", "met", "late", "missed", "open", "not-known", "not-known"]
    rows = [{"row": str(i), "state": state} for i, state in enumerate(states)]
    tally = compute("deadlines@1", rows, Key.parse("contest.deadlines"))
    assert (tally.numerator, tally.denominator) == (2, 4)
    assert tally.left_out == (("not-applicable", 1), ("not-known", 2))
    assert outcomes("deadlines@1", rows, Key.parse("contest.deadlines"))[:3] == ["in", "in", "out"]


def line(kind: str, n: int | None, contestant: str = "", area: str = "", station: str = "") -> dict[str, Any]:
    return {
        "row": kind + contestant + area,
        "line": kind,
        "contestant": contestant,
        "area": area,
        "station": station,
        "n": n,
    }


LINES = [
    line("votes", 60, "a"),
    line("votes", 40, "b"),
    line("votes", 10, "a", "N"),
    line("received", 110),
    line("registered", 200),
    line("received", 12, area="N"),
]


def test_a_reported_number_is_the_line_itself_and_no_sum() -> None:
    assert compute("reported@1", LINES, Key.parse("contest.votes[contestant=a,version=final]")).value == 60
    assert compute("reported@1", LINES, Key.parse("contest.votes[area=N,contestant=a,version=final]")).value == 10
    assert compute("reported@1", LINES, Key.parse("contest.votes[line=valid,version=final]")).value is None
    said = outcomes("reported@1", LINES, Key.parse("contest.votes[contestant=a,version=final]"))
    assert said.count("in") == 1


def test_turnout_needs_both_numbers_of_the_same_place() -> None:
    tally = compute("reported-share@1", LINES, Key.parse("contest.turnout[version=final]"))
    assert (tally.numerator, tally.denominator) == (110, 200)
    assert compute("reported-share@1", LINES, Key.parse("contest.turnout[area=N,version=final]")).denominator is None
    assert outcomes("reported-share@1", LINES, Key.parse("contest.turnout[version=final]")).count("in") == 2
