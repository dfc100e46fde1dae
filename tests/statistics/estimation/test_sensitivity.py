"""What an observed share depends on: exact ranges, and never an interval."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraph8.statistics.estimation.sensitivity import (
    bounds,
    reweighted,
    sensitivity,
    without_team,
)


def test_cells_weigh_as_their_stations_in_the_frame() -> None:
    said = ["in", "in", "out", "out", "out", "out"]
    cells = ["town", "town", "town", "village", "village", "village"]
    found = reweighted(said, cells, {"town": 10, "village": 90})
    assert found is not None
    assert found.share == (10 * Fraction(2, 3) + 90 * Fraction(0)) / 100
    assert found.moved == found.share - Fraction(1, 3)
    assert (found.covered, found.cells, found.cells_without) == (1, 2, 0)


def test_cells_without_an_answer_are_spoken_for_by_nobody() -> None:
    found = reweighted(["in", "out"], ["town", "town"], {"town": 10, "village": 30, "nowhere": 0})
    assert found is not None
    assert (found.share, found.covered, found.cells_without) == (Fraction(1, 2), Fraction(1, 4), 1)
    assert reweighted(["in"], [None], {"town": 10}) is None
    assert reweighted(["in"], ["moon"], {"town": 10}) is None


def test_one_team_can_make_the_whole_share() -> None:
    said = ["in", "in", "in", "out", "out", "out"]
    teams = ["T1", "T1", "T1", "T2", "T2", "T3"]
    found = without_team(said, teams)
    assert found is not None
    assert (found.least, found.least_team) == (Fraction(0), "T1")
    assert (found.greatest, found.greatest_team) == (Fraction(3, 4), "T2")
    assert (found.teams, found.width()) == (3, Fraction(3, 4))


@pytest.mark.parametrize("teams", [["T1", "T1"], [None, None], [None, "T1"]])
def test_fewer_than_two_teams_cannot_be_left_out(teams: list[str | None]) -> None:
    assert without_team(["in", "out"], teams) is None


def test_missing_answers_make_bounds_and_what_was_never_asked_does_not() -> None:
    found = bounds(["in", "out", "out", "not-observed", "no-answer", "not-asked", "not-applicable", "elsewhere"])
    assert found is not None
    assert (found.least, found.greatest, found.missing) == (Fraction(1, 5), Fraction(3, 5), 2)
    assert bounds(["not-asked"]) is None


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        sensitivity(["in"], cells=[], frame={}, teams=["T1"])


WORDS = st.sampled_from(["in", "out", "no-answer", "not-asked"])
ROWS = st.lists(
    st.tuples(WORDS, st.sampled_from(["a", "b", "c", None]), st.sampled_from(["T1", "T2", None])), max_size=40
)


@given(ROWS)
def test_every_range_holds_the_share_and_order_does_not_matter(
    rows: list[tuple[str, str | None, str | None]],
) -> None:
    def found(given_rows: list[tuple[str, str | None, str | None]]):  # type: ignore[no-untyped-def]
        said, cells, teams = ([row[k] for row in given_rows] for k in range(3))
        return sensitivity(said, cells=cells, frame={"a": 5, "b": 3, "c": 1}, teams=teams)

    first = found(rows)
    assert first == found(rows[::-1])
    if first.denominator:
        share = Fraction(first.numerator, first.denominator)
        assert first.bounds is not None
        assert first.bounds.least <= share <= first.bounds.greatest
        if first.reweighted:
            assert 0 <= first.reweighted.share <= 1
            assert first.reweighted.share - first.reweighted.moved == share


def test_a_share_that_is_the_same_in_every_cell_does_not_move() -> None:
    found = sensitivity(
        ["in", "out"] * 6,
        cells=[cell for cell in "abcabc" for _ in range(2)],
        frame={"a": 100, "b": 10, "c": 1},
        teams=["T1"] * 6 + ["T2"] * 6,
    )
    assert found.reweighted is not None
    assert found.reweighted.moved == 0
    assert found.without_team is not None
    assert found.without_team.width() == 0
