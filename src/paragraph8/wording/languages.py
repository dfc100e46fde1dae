"""Languages as data of a mission: which are ours word by word, and what CLDR knows of all the others.

English, Kazakh and Russian are shipped with nouns, quantifiers and number words. Any other language of CLDR has its
numbers, dates and plural classes; its nouns stand in the template.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

SHIPPED = ("en", "kk", "ru")
NO_BREAK_SPACE = "\u00a0"

_CLDR_ORDER = ("zero", "one", "two", "few", "many", "other")
_WHOLE_NUMBERS = (*range(200), 1_000, 1_000_000)
"""Enough whole numbers to meet every plural class that a language uses for counting."""


class UnknownLanguageError(LookupError):
    """CLDR knows no such language, so nobody knows how to write a number in it."""


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """The CLDR locale of a language tag (BCP 47); English is British.

    Raises `UnknownLanguageError`.
    """
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (ValueError, TypeError, UnknownLocaleError) as error:
        raise UnknownLanguageError(language) from error


def plural_class(n: int, language: str) -> str:
    """The CLDR plural class of a whole number: zero, one, two, few, many or other."""
    return str(locale(language).plural_form(n))


@lru_cache(maxsize=64)
def plural_classes(language: str) -> tuple[str, ...]:
    """The plural classes that whole numbers have in the language, in CLDR's order.

    Russian has one, few, many: its class *other* is for decimals, which never stand before a noun here.
    """
    met = {plural_class(n, language) for n in _WHOLE_NUMBERS}
    return tuple(name for name in _CLDR_ORDER if name in met)


def empty_value(language: str) -> str:
    """What stands where a quantity does not exist: a dash, never a zero."""
    return "—" if language == "ru" else "–"
