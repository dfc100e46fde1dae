"""Languages as documents need them: which way they are written, and what they call themselves."""

from __future__ import annotations

from typing import Literal

from paragraph8.wording.languages import UnknownLanguageError, locale

Direction = Literal["ltr", "rtl"]

_OWN_NAMES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}
"""As the three languages of the product stand in a language switch; for others CLDR knows the name."""


def direction(language: str) -> Direction:
    """The direction of the script; left to right for a language that CLDR does not know."""
    try:
        return "rtl" if locale(language).text_direction == "rtl" else "ltr"
    except UnknownLanguageError:
        return "ltr"


def own_name(language: str) -> str:
    """What speakers call the language; its tag when nobody told."""
    if language in _OWN_NAMES:
        return _OWN_NAMES[language]
    try:
        where = locale(language)
    except UnknownLanguageError:
        return language
    name = where.get_display_name(where) or language
    return name[:1].upper() + name[1:]
