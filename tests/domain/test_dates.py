"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from paragraph8.domain.importing.dates import Order, ReadDate, read_date

NINTH = date(2019, 6, 9)


@pytest.mark.parametrize(
    "cell",
    [
        "2019-06-09",
        " 2019-06-09 ",
        "2019-06-09 00:00",
        "2019/6/9",
        "09.06.2019",
        "9.6.2019",
        "09.06.2019 г.",
        "9 June 2019",
        "9th June 2019",
        "June 9, 2019",
        "9 Jun 2019",
        "9 июня 2019",
        "9 июня 2019 года",
        "2019 жылғы 9 маусым",
        "9 маусым 2019",
    ],
)
def test_a_date_in_any_style_is_read(cell: str) -> None:
    assert read_date(cell) == ReadDate(NINTH)


def test_a_date_that_can_be_read_in_two_ways_is_flagged_and_never_guessed() -> None:
    assert read_date("03/04/2019") == ReadDate(either=(date(2019, 4, 3), date(2019, 3, 4)))
    assert read_date("03/04/2019", Order.DAY_FIRST).day == date(2019, 4, 3)
    assert read_date("03/04/2019", Order.MONTH_FIRST).day == date(2019, 3, 4)


def test_slashes_that_can_mean_one_thing_alone_are_read() -> None:
    assert read_date("13/04/2019").day == read_date("04/13/2019").day == date(2019, 4, 13)
    assert read_date("05/05/2019").day == date(2019, 5, 5)


@pytest.mark.parametrize(
    "cell", ["", "soon", "31.02.2019", "2019", "9 Foo 2019", "43625", "13/13/2019", "ma 9 2019", "9 ma 2019"]
)
def test_anything_else_is_no_date(cell: str) -> None:
    assert read_date(cell) == ReadDate()


def test_a_date_against_the_order_that_was_said_is_no_date() -> None:
    assert read_date("04/13/2019", Order.DAY_FIRST) == ReadDate()
