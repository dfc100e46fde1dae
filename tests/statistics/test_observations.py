"""Counting observations: what is in, what is out, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Key, Kind
from paragraph8.statistics.methods import METHODS, compute, outcomes
from paragraph8.statistics.observations import MIXED


def row(number: int, answer: Any, station: str | None = "s1", area: str | None = "A", **more: Any) -> dict[str, Any]:
    return {
        "row": f"r{number}",
        "station": station,
        "team": f"t{number % 2}",
        "area": area,
        "answers": {"Q": answer} if answer is not None else {},
        **more,
    }


NOT_OBSERVED = {"missing": "not-observed"}
ROWS = [
    row(1, "yes", "s1"),
    row(2, "no", "s1"),
    row(3, "no", "s2", "B"),
    row(4, NOT_OBSERVED, "s3", "B"),
    row(5, None, "s4", "B"),
    row(6, "yes", None, None),
    row(7, {"missing": "refused"}, "s3", "B"),
    row(8, "yes", "s5", set_aside=True),
]


def key(**dimensions: str) -> Key:
    return Key.of("eday", "answer", form="f", question="Q", answer="yes", **dimensions)


def test_observations_are_counted_with_what_was_left_out_by_reason() -> None:
    tally = compute("answer@1", ROWS, key())
    assert (tally.numerator, tally.denominator) == (2, 4)
    assert dict(tally.left_out) == {"not-asked": 1, "not-observed": 1, "refused": 1, "set-aside": 1}
    assert (tally.n_stations, tally.n_teams, tally.n_areas) == (2, 2, 2)


def test_a_station_is_in_when_any_of_its_forms_says_so() -> None:
    tally = compute("answer@1", ROWS, key(unit="station"))
    assert (tally.numerator, tally.denominator) == (1, 2)
    assert dict(tally.left_out) == {MIXED: 1, "not-asked": 1, "set-aside": 1, FORMS_WITHOUT_STATION: 1}


def test_an_area_counts_its_own_rows_only() -> None:
    tally = compute("answer@1", ROWS, key(area="B"))
    assert (tally.numerator, tally.denominator) == (0, 1)
    assert compute("answer@1", ROWS, key(area="nowhere")).denominator == 0


def test_several_answers_count_together() -> None:
    both = Key.of("eday", "answer", form="f", question="Q", answer="no+yes")
    assert compute("answer@1", ROWS, both).numerator == 4


def test_numbers_count_from_a_threshold() -> None:
    rows = [row(n, value) for n, value in enumerate([0, 1, 5, NOT_OBSERVED, "many"])]
    tally = compute("at-least@1", rows, Key.of("eday", "at-least", form="f", question="Q", n="1"))
    assert (tally.numerator, tally.denominator) == (2, 3)
    assert dict(tally.left_out) == {"not-observed": 1, "unreadable": 1}


def test_a_part_of_a_whole_uses_only_rows_that_give_both() -> None:
    rows = [
        {**row(1, None), "answers": {"women": 3, "members": 7}},
        {**row(2, None), "answers": {"women": 9, "members": NOT_OBSERVED}},
        {**row(3, None), "answers": {"women": 2, "members": 5}},
    ]
    tally = compute("part@1", rows, Key.of("eday", "part", form="f", question="women", of="members"))
    assert (tally.numerator, tally.denominator) == (5, 12)
    assert dict(tally.left_out) == {"not-observed": 1}


def test_a_spread_gives_five_observed_values() -> None:
    rows = [row(n, value) for n, value in enumerate([10, 40, 20, 30, NOT_OBSERVED])]
    tally = compute("spread@1", rows, Key.of("eday", "spread", form="f", question="Q"))
    assert tally.spread == (10, 10, 20, 30, 40)
    assert compute("spread@1", [], Key.of("eday", "spread", form="f", question="Q")).spread == ()


def test_registers_count_and_add_what_the_key_names() -> None:
    rows = [{"row": "a", "gender": "f", "n": 3}, {"row": "b", "gender": "m", "n": 4}]
    assert compute("register-count@1", rows, Key.of("missions", "contestants", gender="f")).value == 1
    assert compute("register-sum@1", rows, Key.of("missions", "voters")).value == 7


def test_a_register_says_of_each_row_whether_it_is_counted() -> None:
    rows = [{"row": "a", "gender": "f"}, {"row": "b", "gender": "m"}]
    women = Key.of("missions", "contestants", gender="f")
    assert outcomes("register-count@1", rows, women) == ["in", "out"]


def test_a_shape_that_no_answer_has_is_unreadable_whatever_stands_beside_it() -> None:
    odd = row(1, {"missing": "refused", "and": "more"})
    for rows in ([odd], [odd, row(2, ["yes"])], [odd, row(2, {"else": 1})]):
        assert outcomes("answer@1", rows, key())[0] == "unreadable"


answers = st.sampled_from(["yes", "no", None, *({"missing": reason.value} for reason in Missing)])
places = st.one_of(st.none(), st.sampled_from(["s1", "s2", "s3"]))


@given(st.lists(st.tuples(answers, places, st.sampled_from(["A", "B", None])), max_size=40))
def test_nothing_disappears_between_numerator_denominator_and_what_was_left_out(
    drawn: list[tuple[Any, str | None, str | None]],
) -> None:
    rows = [row(n, answer, station, area) for n, (answer, station, area) in enumerate(drawn)]
    tally = compute("answer@1", rows, key())
    assert tally.denominator + sum(n for _, n in tally.left_out) == len(rows)
    said = Counter(outcomes("answer@1", rows, key()))
    assert said["in"] == tally.numerator
    assert said["in"] + said["out"] == tally.denominator
    by_area = [compute("answer@1", rows, key(area=area)) for area in "AB"]
    assert sum(part.numerator for part in by_area) <= tally.numerator


FROM_ANY_ROWS = [
    name for name, method in sorted(METHODS.items()) if method.kind is not Kind.YES_NO and not name.startswith("quick-")
]
"""Whether something happened, and the night of a quick count, need a row that says what was planned."""


@pytest.mark.parametrize("name", FROM_ANY_ROWS)
def test_a_method_computes_nothing_from_nothing(name: str) -> None:
    tally = compute(name, [], Key.of("eday", "answer", form="f", question="Q", answer="yes", of="Q"))
    assert not tally.numerator
    assert not tally.value
