"""How far observations reach: arithmetic against the frame, and nothing that infers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from paragraph8.statistics.estimation.coverage import UNKNOWN, by_hour, coverage, size_class, size_classes

FRAME = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "c1": "C"}


def test_stations_are_counted_once_and_observations_each_time() -> None:
    found = coverage("area", FRAME, ["a1", "a1", "a2", "b1"])
    assert [(row.category, row.frame, row.seen, row.observations) for row in found.rows] == [
        ("A", 3, 2, 3),
        ("B", 2, 1, 1),
        ("C", 1, 0, 0),
    ]
    assert (found.frame, found.seen, found.observations, found.unseen()) == (6, 3, 4, ("C",))
    assert found.rows[0].part_seen() == (2, 3)


def test_what_is_outside_the_frame_is_told_and_not_counted() -> None:
    found = coverage("area", FRAME, ["a1", "z9", None, None])
    assert (found.outside, found.observations) == (3, 1)


def test_categories_stand_in_the_order_that_was_given() -> None:
    found = coverage("area", FRAME, [], order=("C", "A"))
    assert [row.category for row in found.rows] == ["C", "A", "B"]


def test_stations_seen_like_the_frame_are_displaced_by_nothing() -> None:
    assert coverage("area", FRAME, ["a1", "a2", "a3", "b1", "b2", "c1"]).displacement() == 0
    assert coverage("area", FRAME, ["c1"]).displacement() == Fraction(5, 6)
    assert coverage("area", FRAME, []).displacement() is None
    assert coverage("area", {}, ["a1"]).displacement() is None


def test_hours_run_on_after_midnight_and_gaps_are_shown() -> None:
    found = by_hour([(22, "a1"), (22, "a2"), (25, "a1"), (None, "a1")])
    assert [(row.category, row.frame, row.seen, row.observations) for row in found.rows] == [
        ("22", None, 2, 2),
        ("23", None, 0, 0),
        ("00", None, 0, 0),
        ("01", None, 1, 1),
    ]
    assert (found.outside, found.displacement()) == (1, None)
    assert by_hour([]).rows == ()


@pytest.mark.parametrize(
    ("registered", "expected"),
    [(None, UNKNOWN), (0, "0-299"), (299, "0-299"), (300, "300-999"), (1999, "1000-1999"), (2000, "2000+")],
)
def test_a_station_has_one_class_of_size(registered: int | None, expected: str) -> None:
    assert size_class(registered) == expected
    assert expected in size_classes()
