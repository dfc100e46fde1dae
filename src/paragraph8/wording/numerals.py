"""Numbers typed by hand: where a text holds a quantity, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from .english_numerals import ENGLISH
from .kazakh_numerals import KAZAKH
from .number_words import NumberWords
from .reading import Reading
from .references import BLANK, blank_references
from .russian_numerals import RUSSIAN

QUOTED = "\ufffc"
"""Stands for a quotation, so that no number is read across it."""

_DIGITS = r"(?:\d{1,3}(?:[ ,.'٬]\d{3})+(?!\d)|\d+)(?:[.,٫]\d+)?|[¼-¾⅐-⅞↉]"
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS})|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)")
_GAP = re.compile(r" ?[–—-] ?|/| ")
_NO_WORDS = re.compile(r"(?!)")
_DIGITS_ONLY = NumberWords(
    numbers=frozenset(),
    pronouns=frozenset(),
    homographs=frozenset(),
    tens=frozenset(),
    ordinal=_NO_WORDS,
    ordinal_gap=" ",
    joiner=_NO_WORDS,
    expressions=(),
    idioms=(),
    per_cent=re.compile(r" ?[%‰٪؉]"),
    digit_suffix=_NO_WORDS,
    digit_ordinal=_NO_WORDS,
)
NUMBER_WORDS: Mapping[str, NumberWords] = {"en": ENGLISH, "kk": KAZAKH, "ru": RUSSIAN}


@dataclass(frozen=True)
class Number:
    """A quantity in a text, from `start` to `end` in the folded reading. `parts` are the stretches that are numbers
    themselves; `doubtful` says that the word may be a pronoun."""

    start: int
    end: int
    parts: tuple[tuple[int, int], ...]
    doubtful: bool = False


class _Sort(Enum):
    NUMBER = "number"
    PRONOUN = "pronoun"
    HOMOGRAPH = "homograph"
    ORDINAL = "ordinal"
    OTHER = "other"


_COUNTING = (_Sort.NUMBER, _Sort.PRONOUN, _Sort.HOMOGRAPH)


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    sort: _Sort
    word: str


def find_numbers(reading: Reading, language: str) -> tuple[Number, ...]:
    """Every quantity in the text, in order and without overlap.

    In a language whose number words are not known only digits are found, of whatever script.
    """
    words = NUMBER_WORDS.get(language, _DIGITS_ONLY)
    text = blank_references(reading, language)
    for idiom in words.idioms:
        text = idiom.sub(lambda match: BLANK * len(match[0]), text)
    found = [
        Number(*match.span(), (match.span(),)) for pattern in words.expressions for match in pattern.finditer(text)
    ]
    found += _groups(text, tuple(_tokens(text, words)), words)
    return tuple(_with_per_cent(number, text, words) for number in _merged(found))


def _tokens(text: str, words: NumberWords) -> Iterator[_Token]:
    at = 0
    while match := _TOKEN.search(text, at):
        start, at = match.span()
        if match["digits"]:
            sort = _Sort.NUMBER
            if ordinal := words.digit_ordinal.match(text, at):
                sort, at = _Sort.OTHER, ordinal.end()
            elif suffix := words.digit_suffix.match(text, at):
                at = suffix.end()
        else:
            sort = _sort(match["word"], words)
        yield _Token(start, at, sort, text[start:at])


def _sort(word: str, words: NumberWords) -> _Sort:
    if word in words.numbers:
        return _Sort.NUMBER
    if word in words.pronouns:
        return _Sort.PRONOUN
    if word in words.homographs:
        return _Sort.HOMOGRAPH
    return _Sort.ORDINAL if words.ordinal.fullmatch(word) else _Sort.OTHER


def _groups(text: str, tokens: tuple[_Token, ...], words: NumberWords) -> Iterator[Number]:
    at = 0
    while at < len(tokens):
        group = [tokens[at]] if tokens[at].sort in _COUNTING else []
        at += 1
        while group and (step := _continues(text, group[-1], tokens, at, words)):
            at += step
            group.append(tokens[at - 1])
        following = tokens[at] if at < len(tokens) else None
        if group and not _is_ordinal(text, group[-1], following, words):
            yield from _number(text, group, words)


def _continues(text: str, last: _Token, tokens: tuple[_Token, ...], at: int, words: NumberWords) -> int:
    """How many tokens further the number goes on: 0, 1, or past the words that join two numbers to one expression."""
    if at >= len(tokens):
        return 0
    if tokens[at].sort in _COUNTING and _GAP.fullmatch(text, last.end, tokens[at].start):
        return 1
    joined = words.joiner.match(text, last.end)
    if not joined:
        return 0
    ahead = at
    while ahead < len(tokens) and tokens[ahead].start < joined.end():
        ahead += 1
    if ahead == len(tokens) or tokens[ahead].start != joined.end():
        return 0
    return ahead - at + 1 if tokens[ahead].sort in (_Sort.NUMBER, _Sort.PRONOUN) else 0


def _is_ordinal(text: str, last: _Token, following: _Token | None, words: NumberWords) -> bool:
    """Whether the number is the beginning of an ordinal: twenty-first, двадцать первый, жиырма бірінші."""
    return (
        following is not None
        and following.sort is _Sort.ORDINAL
        and last.word in words.tens
        and text[last.end : following.start] == words.ordinal_gap
    )


def _number(text: str, group: list[_Token], words: NumberWords) -> Iterator[Number]:
    while group and group[0].sort is _Sort.HOMOGRAPH:  # an inflected word can only end a number
        group = group[1:]
    if not group:
        return
    sorts = {token.sort for token in group}
    joined = words.joiner.match(text, group[-1].end)
    of_quoted = joined is not None and text.startswith(QUOTED, joined.end())
    certain = _Sort.NUMBER in sorts or len(sorts) > 1 or of_quoted
    parts = tuple((token.start, token.end) for token in group if token.sort in _COUNTING)
    yield Number(group[0].start, group[-1].end, parts, not certain)


def _merged(found: list[Number]) -> Iterator[Number]:
    """Overlapping finds are one."""
    merged: list[Number] = []
    for number in sorted(found, key=lambda number: (number.start, -number.end)):
        if merged and number.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = replace(
                last,
                end=max(last.end, number.end),
                parts=tuple(sorted({*last.parts, *number.parts})),
                doubtful=last.doubtful and number.doubtful,
            )
        else:
            merged.append(number)
    yield from merged


def _with_per_cent(number: Number, text: str, words: NumberWords) -> Number:
    after = words.per_cent.match(text, number.end)
    return replace(number, end=after.end()) if after else number
