"""Kazakh number words in their inflected forms, made from the suffix table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .kazakh import CASES, NUMERALS
from .number_words import NumberWords

_POSSESSED = {
    "і": ("нің", "не", "н", "нде", "нен", "мен", "ндей", "ндегі"),
    "ы": ("ның", "на", "н", "нда", "нан", "мен", "ндай", "ндағы"),
}
"""What follows "its": of, to, object, in, from, with, like, that in; by the vowel of the possessive."""
_COLLECTIVES = ("екеу", "үшеу", "төртеу", "бесеу", "алтау", "жетеу")
_SOMEBODY = "біреу"
_VOICED = {"қ": "ғ", "к": "г"}


def _possessed(base: str, possessive: str) -> Iterable[str]:
    """Its three, of its three, in its three: base + possessive + every case. Final қ and к become voiced."""
    owned = (base[:-1] + _VOICED[base[-1]] if base[-1] in _VOICED else base) + possessive
    return owned, *(owned + case for case in _POSSESSED[possessive[-1]])


def _forms(base: str, suffixes: dict[str, str]) -> frozenset[str]:
    """Every form of a numeral: cases, possessives, "like fifty", "hundreds of", "by the hundred", plural, "that in"."""
    locative = suffixes["loc"]
    first, back = locative[0], locative[1] == "а"
    plural = base + ("л" if base[-1] in "аыі" else first) + ("ар" if back else "ер")
    return frozenset(
        (
            base,
            *(base + suffixes[case] for case in CASES),
            *_possessed(base, suffixes["poss"]),
            base + locative + ("ғы" if back else "гі"),
            base + first + ("ай" if back else "ей"),
            base + first + ("аған" if back else "еген"),
            base + first + ("ап" if back else "еп"),
            plural,
            *_possessed(plural, "ы" if back else "і"),
        )
    )


def _collective(base: str) -> frozenset[str]:
    """Forms of "two together", "three together" …, with and without "of them"."""
    possessive = "ы" if base.endswith("ау") else "і"
    cases = ("дың", "ға", "ды", "да", "дан", "мен") if possessive == "ы" else ("дің", "ге", "ді", "де", "ден", "мен")
    return frozenset((base, *(base + case for case in cases), *_possessed(base, possessive)))


_FORMS = {word: _forms(word, suffixes) for word, suffixes in NUMERALS.items()}
_ELIDED = ("қырқы", "қырқын", "қырқына", "қырқында", "қырқынан", "қырқының")
"""Its forty, as it is mostly said; қырғын is another word."""
_HOMOGRAPHS = frozenset(
    # бір: together, at once, once, the same; он: him, there, such, with him; үш: for
    ["бірге", "бірден", "бірде", "бірдей", "бірдегі", "оны", "онда", "ондай", "ондағы", "онымен", "онын", "үшін"]
)
_NUMBERS = (
    frozenset().union(*(forms for word, forms in _FORMS.items() if word != "бір"), *map(_collective, _COLLECTIVES))
    | frozenset(("жарым", "жарты", "жартыда", "жартыдан", "жартыға", *_possessed("жарты", "сы")))
    | frozenset(("ширек", *_possessed("ширек", "і")))
    | frozenset(_ELIDED)
) - _HOMOGRAPHS

KAZAKH = NumberWords(
    numbers=_NUMBERS,
    pronouns=(_FORMS["бір"] | _collective(_SOMEBODY)) - _HOMOGRAPHS,
    homographs=_HOMOGRAPHS,
    tens=frozenset(NUMERALS) - frozenset(["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]),
    ordinal=re.compile(r"\w+(?:[ыі]н|н)ш[ыі]\w*"),
    ordinal_gap=" ",
    joiner=re.compile(r" немесе "),
    expressions=(re.compile(r"\bәр(?:бір)? (?:екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он)[ыі]?нш[ыі]\w*"),),
    idioms=(
        re.compile(r"\bбір(?:ін|інің|іне|інен)?[ -]бір\w*"),
        re.compile(r"\bбірде[ -]бір\w*"),
        re.compile(r"\b(?:іс|жер|дүние|ел) жүзі\w*"),
    ),
    per_cent=re.compile(r" ?(?:%|‰|пайызд[ыі]қ тармақ\w*|пайыз\w*)"),
    digit_suffix=re.compile(r"-[^\W\d_]+"),
    digit_ordinal=re.compile(r"-(?:[ыі]н|н)?ш[ыі]\w*|-(?:сайлау )?учаске\w*"),
)
