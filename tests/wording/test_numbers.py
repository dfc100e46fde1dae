from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paragraph8.wording.languages import UnknownLanguageError, plural_classes
from paragraph8.wording.magnitudes import format_round
from paragraph8.wording.numbers import (
    format_date,
    format_date_range,
    format_integer,
    format_percentage,
    format_share,
    format_short_date,
    format_time,
    percent_tenths,
)

ELECTION_DAY = date(2019, 6, 9)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1,099"), ("kk", "1\u00a0099"), ("ru", "1\u00a0099"), ("sq", "1\u00a0099"), ("ar", "1,099")],
)
def test_four_digits_are_grouped_as_the_language_groups_them(language, written):
    assert format_integer(1_099, language) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "33.6\u00a0per cent"),
        ("kk", "33,6\u00a0пайыз"),
        ("ru", "33,6\u00a0%"),
        ("sq", "33,6%"),
        ("ar", "33.6\u200e%\u200e"),
        ("tr", "%33,6"),
    ],
)
def test_a_share_has_one_decimal_and_the_word_or_sign_of_its_language(language, written):
    assert format_share(369, 1_099, language) == written


def test_the_kazakh_suffix_stands_on_the_word_not_on_the_decimal():
    assert format_share(369, 1_099, "kk", "loc") == "33,6\u00a0пайызында"
    assert format_share(77, 100, "kk", "poss") == "77,0\u00a0пайызы"


@pytest.mark.parametrize(("language", "dash"), [("en", "–"), ("kk", "–"), ("ru", "—")])
def test_a_share_of_nothing_is_a_dash(language, dash):
    assert format_share(0, 0, language) == dash
    assert format_percentage(0, 0, language) == dash


@pytest.mark.parametrize(
    ("x", "y", "tenths"),
    [(1, 2_000, 1), (1, 2_001, 0), (3, 2_000, 2), (1, 8, 125), (1, 16, 63), (1, 1, 1_000), (0, 7, 0)],
)
def test_halves_are_rounded_up(x, y, tenths):
    assert percent_tenths(x, y) == tenths


@given(st.integers(1, 10**7).flatmap(lambda y: st.tuples(st.integers(0, y), st.just(y))))
@settings(max_examples=200, deadline=None)
def test_rounding_is_that_of_exact_fractions(pair):
    x, y = pair
    exact = Fraction(1_000 * x, y)
    nearest = int(exact) + (exact - int(exact) >= Fraction(1, 2))
    assert percent_tenths(x, y) == nearest


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "9\u00a0June 2019"),
        ("kk", "2019\u00a0жылғы 9\u00a0маусым"),
        ("ru", "9\u00a0июня 2019\u00a0года"),
        ("sq", "9 qershor 2019"),
        ("ar", "9 يونيو 2019"),
    ],
)
def test_a_date_is_written_as_in_running_text(language, written):
    assert format_date(ELECTION_DAY, language) == written


def test_the_kazakh_month_takes_the_suffix():
    assert format_date(ELECTION_DAY, "kk", "dat").endswith("9\u00a0маусымға")
    assert format_date(date(2019, 9, 1), "kk", "dat").endswith("қыркүйекке")
    assert format_date(date(2019, 9, 1), "kk", "loc").endswith("қыркүйекте")
    assert format_date(date(2019, 4, 1), "kk", "dat").endswith("сәуірге")
    assert format_date(date(2019, 7, 1), "kk", "loc").endswith("шілдеде")


@pytest.mark.parametrize(
    ("first", "language", "written"),
    [
        (ELECTION_DAY, "en", "9–13\u00a0June 2019"),
        (ELECTION_DAY, "kk", "2019\u00a0жылғы 9–13\u00a0маусым аралығында"),
        (ELECTION_DAY, "ru", "с\u00a09 по\u00a013\u00a0июня 2019\u00a0года"),
        (date(2019, 5, 30), "en", "30\u00a0May\u00a0– 13\u00a0June 2019"),
        (date(2019, 5, 30), "kk", "2019\u00a0жылғы 30\u00a0мамыр\u00a0– 13\u00a0маусым аралығында"),
        (date(2019, 5, 30), "ru", "с\u00a030\u00a0мая по\u00a013\u00a0июня 2019\u00a0года"),
        (date(2018, 5, 30), "en", "30\u00a0May 2018\u00a0– 13\u00a0June 2019"),
        (date(2018, 5, 30), "ru", "с\u00a030\u00a0мая 2018\u00a0года по\u00a013\u00a0июня 2019\u00a0года"),
    ],
)
def test_a_range_of_dates_says_what_differs(first, language, written):
    assert format_date_range(first, date(2019, 6, 13), language) == written


def test_short_dates_and_clock_times():
    assert [format_short_date(ELECTION_DAY, tag) for tag in ("en", "kk", "ru")] == [
        "09/06/2019",
        "09.06.2019",
        "09.06.2019",
    ]
    assert [format_time(time(20, 0), tag) for tag in ("en", "kk", "ru")] == ["20:00", "сағат\u00a020:00", "20:00"]


@pytest.mark.parametrize(
    ("n", "language", "case", "written"),
    [
        (12_000_000, "en", "nom", "12\u00a0million"),
        (12_000_000, "kk", "dat", "12\u00a0миллионға"),
        (12_000_000, "ru", "nom", "12\u00a0миллионов"),
        (2_000_000, "ru", "nom", "2\u00a0миллиона"),
        (2_000_000, "ru", "gen", "2\u00a0миллионов"),
        (1_000_000, "ru", "gen", "1\u00a0миллиона"),
        (12_500_000, "ru", "nom", "12,5\u00a0миллиона"),
        (12_500_000, "en", "nom", "12.5\u00a0million"),
        (3_000_000_000, "kk", "abl", "3\u00a0миллиардтан"),
        (10_000, "kk", "dat", "10\u00a0000-ға"),
        (10_000, "ru", "gen", "10\u00a0000"),
        (1_234_567, "en", "nom", "1,234,567"),
    ],
)
def test_round_millions_are_said_in_words(n, language, case, written):
    assert format_round(n, language, case) == written


def test_plural_classes_are_those_of_whole_numbers():
    assert plural_classes("en") == ("one", "other")
    assert plural_classes("ru") == ("one", "few", "many")
    assert plural_classes("ar") == ("zero", "one", "two", "few", "many", "other")


@pytest.mark.parametrize("language", ["", "zz", "en_GB", "not a language"])
def test_an_unknown_language_is_an_error(language):
    with pytest.raises(UnknownLanguageError):
        format_integer(1, language)
