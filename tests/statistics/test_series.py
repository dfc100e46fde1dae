"""What may be said against earlier elections: rows small enough to compare by eye."""

from __future__ import annotations

from typing import Any

import pytest

from paragraph8.domain.figures import Key, Kind, RefusedFigureError
from paragraph8.statistics.methods import METHODS, compute, outcomes

RECORD = Key.parse("contest.record[measure=candidates]")
FIRST = Key.parse("contest.first[measure=women-candidates]")


def series(current: int | None, *earlier: int | None, since: str = "1991-01-01", complete: bool = True) -> list[Any]:
    """Earlier elections in 1991, 1992, …, and the one observed in 2019."""
    rows: list[dict[str, Any]] = [
        {"row": f"{1991 + i}-12-01", "election": f"{1991 + i}-12-01", "n": n, "source": "List"}
        for i, n in enumerate(earlier)
    ]
    rows.append({"row": "span", "since": since, "complete": complete, "source": "List"})
    rows.append({"row": "current", "election": "2019-06-09", "n": current, "figure": "contest.contestants"})
    return rows


def test_more_than_at_every_earlier_election_is_a_record() -> None:
    assert compute("record@1", series(7, 1, 4, 5, 4, 3), RECORD).value == 1


def test_as_many_as_once_before_is_no_record() -> None:
    assert compute("record@1", series(5, 1, 4, 5, 4, 3), RECORD).value == 0


def test_fewer_than_came_forward_before_is_no_record_of_nominees() -> None:
    assert compute("record@1", series(9, 18, 22, 27), Key.parse("contest.record[measure=nominees]")).value == 0


def test_the_first_woman_is_the_first_only_after_none() -> None:
    assert compute("first-time@1", series(1, 0, 0, 0), FIRST).value == 1
    assert compute("first-time@1", series(1, 0, 1, 0), FIRST).value == 0
    assert compute("first-time@1", series(0, 0, 0, 0), FIRST).value == 0


@pytest.mark.parametrize("method", ["record@1", "first-time@1"])
@pytest.mark.parametrize(
    "rows",
    [
        series(7, 1, 4, complete=False),
        series(7, 1, None),
        series(None, 1, 4),
        series(7),
        series(7, 1, 4)[:-2],
        series(7, 1, 4, since="2000-01-01"),
        [row for row in series(7, 1, 4) if row["row"] != "current"],
        [],
    ],
    ids=[
        "incomplete",
        "a number unknown",
        "no current number",
        "no earlier",
        "no span",
        "nothing in span",
        "no current",
        "no rows",
    ],
)
def test_without_a_complete_series_there_is_no_claim(method: str, rows: list[Any]) -> None:
    with pytest.raises(RefusedFigureError) as refused:
        compute(method, rows, RECORD)
    assert refused.value.reason == "no-series"
    assert refused.value.keys == (RECORD,)
    assert refused.value.text().languages() == {"en", "kk", "ru"}


def test_elections_before_the_span_and_after_the_one_observed_are_not_compared() -> None:
    rows = series(7, 9, 4, since="1992-01-01")
    rows.append({"row": "2022-11-20", "election": "2022-11-20", "n": 12, "source": "List"})
    assert compute("record@1", rows, RECORD).value == 1
    assert outcomes("record@1", rows, RECORD) == ["out", "in", "out", "in", "out"]


def test_both_say_yes_or_no() -> None:
    assert {METHODS["record@1"].kind, METHODS["first-time@1"].kind} == {Kind.YES_NO}
