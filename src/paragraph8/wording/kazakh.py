"""Kazakh after a number: suffixes, months, per cent, clock times, and the forms a noun needs.

A suffix follows the last spoken word of the number, after a hyphen: 369 (…тоғыз) → 369-ында. Forms are stored as
data and looked up; nothing is guessed from vowels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

CASES = ("gen", "dat", "acc", "loc", "abl", "ins", "poss", "in", "pacc")
"""Of, to, object, in, from, with; its, in its, its as object (369-ы, 369-ында, 369-ын)."""

_SUFFIXES: dict[int, tuple[str, ...]] = {
    # word, then one suffix per case of CASES
    0: ("нөл", "дің", "ге", "ді", "де", "ден", "мен", "і", "інде", "ін"),
    1: ("бір", "дің", "ге", "ді", "де", "ден", "мен", "і", "інде", "ін"),
    2: ("екі", "нің", "ге", "ні", "де", "ден", "мен", "сі", "сінде", "сін"),
    3: ("үш", "тің", "ке", "ті", "те", "тен", "пен", "і", "інде", "ін"),
    4: ("төрт", "тің", "ке", "ті", "те", "тен", "пен", "і", "інде", "ін"),
    5: ("бес", "тің", "ке", "ті", "те", "тен", "пен", "і", "інде", "ін"),
    6: ("алты", "ның", "ға", "ны", "да", "дан", "мен", "сы", "сында", "сын"),
    7: ("жеті", "нің", "ге", "ні", "де", "ден", "мен", "сі", "сінде", "сін"),
    8: ("сегіз", "дің", "ге", "ді", "де", "ден", "бен", "і", "інде", "ін"),
    9: ("тоғыз", "дың", "ға", "ды", "да", "дан", "бен", "ы", "ында", "ын"),
    10: ("он", "ның", "ға", "ды", "да", "нан", "мен", "ы", "ында", "ын"),
    20: ("жиырма", "ның", "ға", "ны", "да", "дан", "мен", "сы", "сында", "сын"),
    30: ("отыз", "дың", "ға", "ды", "да", "дан", "бен", "ы", "ында", "ын"),
    40: ("қырық", "тың", "қа", "ты", "та", "тан", "пен", "ы", "ында", "ын"),
    50: ("елу", "дің", "ге", "ді", "де", "ден", "мен", "і", "інде", "ін"),
    60: ("алпыс", "тың", "қа", "ты", "та", "тан", "пен", "ы", "ында", "ын"),
    70: ("жетпіс", "тің", "ке", "ті", "те", "тен", "пен", "і", "інде", "ін"),
    80: ("сексен", "нің", "ге", "ді", "де", "нен", "мен", "і", "інде", "ін"),
    90: ("тоқсан", "ның", "ға", "ды", "да", "нан", "мен", "ы", "ында", "ын"),
    100: ("жүз", "дің", "ге", "ді", "де", "ден", "бен", "і", "інде", "ін"),
    1_000: ("мың", "ның", "ға", "ды", "да", "нан", "мен", "ы", "ында", "ын"),
    1_000_000: ("миллион", "ның", "ға", "ды", "да", "нан", "мен", "ы", "ында", "ын"),
    1_000_000_000: ("миллиард", "тың", "қа", "ты", "та", "тан", "пен", "ы", "ында", "ын"),
    1_000_000_000_000: ("триллион", "ның", "ға", "ды", "да", "нан", "мен", "ы", "ында", "ын"),
}

NUMERALS: dict[str, dict[str, str]] = {
    word: dict(zip(CASES, suffixes, strict=True)) for word, *suffixes in _SUFFIXES.values()
}
"""Every word that a number can end in, with its suffix per case."""

MONTHS: tuple[dict[str, str], ...] = tuple(
    {"": name, "gen": name + gen, "dat": name + dat, "loc": name + loc, "abl": name + abl}
    for name, gen, dat, loc, abl in (
        ("қаңтар", "дың", "ға", "да", "дан"),
        ("ақпан", "ның", "ға", "да", "нан"),
        ("наурыз", "дың", "ға", "да", "дан"),
        ("сәуір", "дің", "ге", "де", "ден"),
        ("мамыр", "дың", "ға", "да", "дан"),
        ("маусым", "ның", "ға", "да", "нан"),
        ("шілде", "нің", "ге", "де", "ден"),
        ("тамыз", "дың", "ға", "да", "дан"),
        ("қыркүйек", "тің", "ке", "те", "тен"),
        ("қазан", "ның", "ға", "да", "нан"),
        ("қараша", "ның", "ға", "да", "дан"),
        ("желтоқсан", "ның", "ға", "да", "нан"),
    )
)
"""January first. Inside a sentence a month is never capitalised."""

PER_CENT = {
    "": "пайыз",
    "poss": "пайызы",
    "gen": "пайызының",
    "dat": "пайызына",
    "acc": "пайызын",
    "loc": "пайызында",
    "abl": "пайызынан",
    "ins": "пайызымен",
}
"""A decimal never takes a suffix: the word after it does, and it is always "its per cent"."""


@dataclass(frozen=True)
class KazakhNoun:
    """A noun as sentences with numbers need it. After a number the noun stays singular; the plural is for the whole."""

    nominative: str
    genitive: str
    locative: str
    plural_genitive: str
    plural_locative: str

    def form(self, case: str) -> str:
        """The singular in a case: `nom`, `gen` or `loc`. Raises `KeyError` on any other."""
        return {"nom": self.nominative, "gen": self.genitive, "loc": self.locative}[case]


def last_word(n: int) -> str:
    """The last spoken word of a whole number: 369 → тоғыз, 350 → елу, 1,100 → жүз, 12,000 → мың."""
    if n == 0:
        return _SUFFIXES[0][0]
    for power in (10, 100):
        if n % power:
            return _SUFFIXES[n % power][0]
    for power in (1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000):
        if n % power:
            return _SUFFIXES[power // 1_000 if power > 1_000 else 100][0]
    return _SUFFIXES[1_000_000_000_000][0]


def suffix(n: int, case: str) -> str:
    """The suffix of a whole number in a case of `CASES`, without the hyphen. Raises `KeyError` on another case."""
    return NUMERALS[last_word(n)][case]


def relative_time(clock: time) -> str:
    """The clock time that something is as of: 20:00-дегі, 22:10-дағы. Full hours end in нөл."""
    locative = suffix(clock.minute, "loc")
    return f"{clock:%H:%M}-{locative}{'гі' if locative.endswith('е') else 'ғы'}"
