"""Sentence templates: plain text with quotations of figures.

`{KEY:FORMAT}` quotes a figure; `{{` and `}}` are literal braces. FORMAT is `name`, `name=argument`, each optionally
followed by `|inflection`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paragraph8.domain.figures import Key

from .refusals import WordingError

_BRACE = re.compile(r"[{}]")
_FORMAT = re.compile(r"(?P<name>[^=|]+)(?:=(?P<argument>[^|]*))?(?:\|(?P<inflection>.*))?\Z", re.DOTALL)


@dataclass(frozen=True)
class Plain:
    """Text as its author typed it, with doubled braces undone. `start` and `end` are places in the template."""

    start: int
    end: int
    string: str


@dataclass(frozen=True)
class Quotation:
    """One quoted figure: `{key:format}`, with the format taken apart. `argument` is `None` without a sign "="."""

    start: int
    end: int
    key: Key
    format: str
    name: str
    argument: str | None
    inflection: str


def parse(template: str) -> tuple[Plain | Quotation, ...]:
    """The parts of a template in order. Raises `WordingError` saying which brace, key or format is malformed."""
    parts: list[Plain | Quotation] = []
    typed: list[str] = []
    began = at = 0

    def close_plain(end: int) -> None:
        if end > began:
            parts.append(Plain(began, end, "".join(typed)))
        typed.clear()

    while match := _BRACE.search(template, at):
        brace = match.start()
        typed.append(template[at:brace])
        if template[brace : brace + 2] in ("{{", "}}"):
            typed.append(template[brace])
            at = brace + 2
            continue
        if template[brace] == "}":
            raise WordingError("stray-brace", position=brace + 1)
        closing = _BRACE.search(template, brace + 1)
        if not closing or closing[0] == "{":
            raise WordingError("unclosed-quotation", position=brace + 1)
        close_plain(brace)
        parts.append(_quotation(template[brace + 1 : closing.start()], brace, closing.end()))
        began = at = closing.end()
    typed.append(template[at:])
    close_plain(len(template))
    return tuple(parts)


def quotations(template: str) -> tuple[Quotation, ...]:
    """The quotations of a template in order of appearance. Raises `WordingError` on a malformed template."""
    return tuple(part for part in parse(template) if isinstance(part, Quotation))


def quoted_keys(template: str) -> tuple[str, ...]:
    """The keys a template quotes, each once, in order of appearance. Raises `WordingError` on a malformed template."""
    return tuple(dict.fromkeys(str(quotation.key) for quotation in quotations(template)))


def _quotation(inside: str, start: int, end: int) -> Quotation:
    spelling, colon, form = inside.partition(":")
    match = _FORMAT.match(form)
    if not colon or not match:
        raise WordingError("no-format", quotation=inside)
    try:
        key = Key.parse(spelling)
    except ValueError as error:
        raise WordingError("bad-key", key=spelling) from error
    return Quotation(start, end, key, form, match["name"], match["argument"], match["inflection"] or "")
