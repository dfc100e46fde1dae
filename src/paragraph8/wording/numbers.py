"""Numbers, shares, dates and clock times as they stand in a text.

Rounding happens once, half-up, in whole-number arithmetic. Digits are always grouped from four on; numbers and what
belongs to them keep together with a no-break space.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from babel.dates import format_date as cldr_date
from babel.dates import format_interval as cldr_interval
from babel.dates import format_time as cldr_time
from babel.numbers import format_decimal

from . import kazakh
from .languages import NO_BREAK_SPACE, SHIPPED, empty_value, locale

_DIGITS_OF_PATTERN = re.compile(r"[#0][#0,.]*")


def format_integer(n: int, language: str) -> str:
    """A whole number in digits: 1,099 in English, 1 099 (U+00A0) in Kazakh and Russian, CLDR elsewhere."""
    return format_decimal(n, locale=locale(language))


def format_tenths(tenths: int, language: str) -> str:
    """A number given in tenths, with its one decimal: 336 → 33.6, 33,6."""
    return format_decimal(Decimal(tenths).scaleb(-1), format="#,##0.0", locale=locale(language))


def format_decimals(number: Decimal, places: int, language: str) -> str:
    """A number with so many decimals, to which it was rounded before; a true minus stands before one below zero."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    digits = format_decimal(abs(number), format=pattern, locale=locale(language))
    return f"\u2212{digits}" if number < 0 else digits


def percent_tenths(numerator: int, denominator: int) -> int:
    """Tenths of a per cent, rounded half-up once: 369 of 1,099 → 336. The denominator must be above zero."""
    return (2_000 * numerator + denominator) // (2 * denominator)


def format_percentage(numerator: int, denominator: int, language: str) -> str:
    """The number of per cent alone, with one decimal; a dash where the denominator is zero."""
    if denominator == 0:
        return empty_value(language)
    return format_tenths(percent_tenths(numerator, denominator), language)


def format_share(numerator: int, denominator: int, language: str, case: str = "") -> str:
    """The share as it stands in a sentence: 33.6 per cent, 33,6 пайыз, 33,6 %; a dash where the denominator is zero.

    `case` inflects the Kazakh word (a key of `kazakh.PER_CENT`): `loc` gives 33,6 пайызында.
    """
    number = format_percentage(numerator, denominator, language)
    if denominator == 0:
        return number
    if language == "en":
        return f"{number}{NO_BREAK_SPACE}per cent"
    if language == "kk":
        return f"{number}{NO_BREAK_SPACE}{kazakh.PER_CENT[case]}"
    return _percent_sign(number, language)


def format_date(day: date, language: str, case: str = "") -> str:
    """A date in running text: 9 June 2019; 2019 жылғы 9 маусым; 9 июня 2019 года.

    The Kazakh pattern is that of laws and the press, not CLDR's; `case` puts its month into `gen`, `dat`, `loc` or
    `abl`. The Russian date is always genitive and fits after с, до, к, на and alone.
    """
    if language not in SHIPPED:
        return cldr_date(day, "long", locale=locale(language))
    year = str(day.year)
    if language == "kk":
        return f"{year}{NO_BREAK_SPACE}жылғы {_day_month(day, language, case)}"
    return f"{_day_month(day, language)} {year}" + (f"{NO_BREAK_SPACE}года" if language == "ru" else "")


def format_date_range(first: date, last: date, language: str) -> str:
    """From one day to another: 9–13 June 2019; 2019 жылғы 9–13 маусым аралығында; с 9 по 13 июня 2019 года."""
    if language not in SHIPPED:
        return cldr_interval(first, last, "yMMMMd", locale=locale(language))
    same_year = first.year == last.year
    same_month = same_year and first.month == last.month
    start = str(first.day) if same_month else _day_month(first, language) if same_year else format_date(first, language)
    if language == "ru":
        return f"с{NO_BREAK_SPACE}{start} по{NO_BREAK_SPACE}{format_date(last, language)}"
    dash = "–" if same_month else f"{NO_BREAK_SPACE}– "
    if language == "en":
        return f"{start}{dash}{format_date(last, language)}"
    if same_year:
        return f"{first.year}{NO_BREAK_SPACE}жылғы {start}{dash}{_day_month(last, language)} аралығында"
    return f"{start}{dash}{format_date(last, language)} аралығында"


def format_short_date(day: date, language: str) -> str:
    """A date in tables and file headings: 09/06/2019 in English, 09.06.2019 in Kazakh and Russian, CLDR elsewhere."""
    if language not in SHIPPED:
        return cldr_date(day, "short", locale=locale(language))
    return day.strftime("%d/%m/%Y" if language == "en" else "%d.%m.%Y")


def format_time(clock: time, language: str) -> str:
    """A clock time in running text: 20:00; in Kazakh сағат 20:00; CLDR's short form elsewhere."""
    if language not in SHIPPED:
        return cldr_time(clock, "short", locale=locale(language))
    return f"сағат{NO_BREAK_SPACE}{clock:%H:%M}" if language == "kk" else f"{clock:%H:%M}"


def _day_month(day: date, language: str, case: str = "") -> str:
    if language == "kk":
        return f"{day.day}{NO_BREAK_SPACE}{kazakh.MONTHS[day.month - 1][case]}"
    return cldr_date(day, f"d{NO_BREAK_SPACE}MMMM", locale=locale(language))


def _percent_sign(number: str, language: str) -> str:
    """The number in the language's percent pattern; Russian puts U+00A0 before the sign, Albanian nothing."""
    where = locale(language)
    pattern = where.percent_formats[None].pattern.partition(";")[0]
    symbols = where.number_symbols[where.default_numbering_system]
    return _DIGITS_OF_PATTERN.sub(number, pattern, count=1).replace("%", symbols["percentSign"])
