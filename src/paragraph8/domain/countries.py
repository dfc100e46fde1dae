"""Countries by their ISO 3166 code and by the names under which rosters write them."""

from __future__ import annotations

import re
from functools import cache

from .names import folded
from .text import Text

LANGUAGES = ("en", "kk", "ru")
_CODE = re.compile(r"[A-Z]{2}\Z")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_ALSO = {
    "uk": "GB", "great britain": "GB", "england": "GB", "united states of america": "US", "usa": "US", "сша": "US",
    "czech republic": "CZ", "holland": "NL", "the netherlands": "NL", "republic of korea": "KR", "moldova": "MD",
    "republic of moldova": "MD", "north macedonia": "MK", "fyrom": "MK", "bosnia and herzegovina": "BA",
    "russian federation": "RU", "российская федерация": "RU", "holy see": "VA", "ақш": "US", "belorussia": "BY",
    "republic of belarus": "BY", "kyrgyz republic": "KG", "slovak republic": "SK", "великобритания": "GB",
    "молдова": "MD", "республика молдова": "MD", "белоруссия": "BY", "киргизия": "KG", "нидерланды": "NL",
}  # fmt: skip


@cache
def codes() -> frozenset[str]:
    """The codes of countries and territories."""
    return frozenset(code for code in _territories("en") if _CODE.match(code)) - _NO_COUNTRIES


def country_name(code: str) -> Text:
    """The name in the languages of the product; the code where there is none."""
    return Text.of({language: _territories(language).get(code, code) for language in LANGUAGES})


def country_code(written: str) -> str | None:
    """The code of a country, from its code or its name in English, Kazakh or Russian; `None` for anything else."""
    given = written.strip()
    if given.upper() in codes():
        return given.upper()
    return _by_name().get(folded(given))


@cache
def _by_name() -> dict[str, str]:
    names = {folded(_territories(language).get(code, code)): code for language in LANGUAGES for code in codes()}
    return names | {folded(name): code for name, code in _ALSO.items()}


@cache
def _territories(language: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale(language).territories)
