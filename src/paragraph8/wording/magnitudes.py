"""Round numbers as they are said beside "almost" or "more than": 10,000, 12 million, 12.5 million."""

from __future__ import annotations

from dataclasses import dataclass

from . import kazakh
from .languages import NO_BREAK_SPACE
from .numbers import format_integer, format_tenths
from .russian import RussianNoun


@dataclass(frozen=True)
class Magnitude:
    """A big number with a name of its own. `size` is one of it."""

    size: int
    english: str
    russian: RussianNoun

    def kazakh(self) -> str:
        """The Kazakh word."""
        return kazakh.last_word(self.size)


_MAGNITUDES = (
    Magnitude(
        1_000_000_000,
        "billion",
        RussianNoun(
            "m",
            ("миллиард", "миллиарда", "миллиардов"),
            "миллиарды",
            ("миллиарда", "миллиардов"),
            ("миллиарде", "миллиардах"),
        ),
    ),
    Magnitude(
        1_000_000,
        "million",
        RussianNoun(
            "m",
            ("миллион", "миллиона", "миллионов"),
            "миллионы",
            ("миллиона", "миллионов"),
            ("миллионе", "миллионах"),
        ),
    ),
)


def magnitude_of(n: int) -> Magnitude | None:
    """The magnitude whose name stands for the zeros of `n`, when at most one decimal is left before it."""
    for magnitude in _MAGNITUDES:
        if n >= magnitude.size and n % (magnitude.size // 10) == 0:
            return magnitude
    return None


def format_round(n: int, language: str, case: str = "nom") -> str:
    """A stated number in words and digits, in English, Kazakh or Russian.

    `case` is a Kazakh case of `kazakh.CASES` or `nom`: 10 000-ға, 12 миллионға; or a Russian one, which only the word
    for a magnitude shows: 2 миллиона, около 2 миллионов. A decimal takes the genitive singular: 12,5 миллиона.
    """
    magnitude = magnitude_of(n)
    if magnitude is None:
        digits = format_integer(n, language)
        return f"{digits}-{kazakh.suffix(n, case)}" if language == "kk" and case != "nom" else digits
    whole, rest = divmod(n, magnitude.size)
    number = (
        format_tenths(n // (magnitude.size // 10), language) if rest else format_integer(whole, language)
    ) + NO_BREAK_SPACE
    if language == "en":
        return number + magnitude.english
    if language == "kk":
        return number + magnitude.kazakh() + ("" if case == "nom" else kazakh.suffix(magnitude.size, case))
    return number + (magnitude.russian.genitive[0] if rest else magnitude.russian.form(whole, case))
