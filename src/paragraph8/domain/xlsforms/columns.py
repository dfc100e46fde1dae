"""Columns that are written once per language: "label::Қазақша (kk)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from paragraph8.domain.text import Text

from .findings import Finding, finding
from .workbook import Row

_HEADER = re.compile(r"(?P<name>[A-Za-z_]+)\s*::?\s*(?P<language>.*\S)\s*\Z")
_TAG = re.compile(r"\(\s*(?P<tag>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*\Z|\A(?P<bare>[a-z]{2,3})\Z")
_NAMES = {
    "english": "en",
    "russian": "ru",
    "русский": "ru",
    "орысша": "ru",
    "kazakh": "kk",
    "қазақша": "kk",
    "казахский": "kk",
}
UNKNOWN_LANGUAGE = "und"
COLUMN_NAMES = {"en": "English (en)", "kk": "Қазақша (kk)", "ru": "Русский (ru)"}
"""How the columns of a language are called in what we write."""

TONGUES: Mapping[str, Text] = {
    "en": Text.of({"en": "English", "kk": "ағылшын", "ru": "английский"}),
    "kk": Text.of({"en": "Kazakh", "kk": "қазақ", "ru": "казахский"}),
    "ru": Text.of({"en": "Russian", "kk": "орыс", "ru": "русский"}),
}


def tongue(tag: str) -> Text:
    """What a language is called in the languages of the product; its tag where we have no name."""
    return TONGUES.get(tag, Text.of({"en": tag, "kk": tag, "ru": tag}))


def column_name(tag: str) -> str:
    """The name of a language in a header."""
    return COLUMN_NAMES.get(tag, f"{tag} ({tag})")


def tag_of(language: str) -> str:
    """The tag of a language as a header names it: "Русский (ru)", "ru", "Russian"."""
    found = _TAG.search(language.strip())
    if found:
        return (found["tag"] or found["bare"]).lower()
    return _NAMES.get(language.strip().casefold(), UNKNOWN_LANGUAGE)


@dataclass(frozen=True)
class Columns:
    """Which column of a sheet holds a text in which language. `plain` is the language of columns without one."""

    names: tuple[str, ...]
    plain: str = "en"

    def of(self, name: str) -> Iterator[tuple[str, str]]:
        """(language tag, column) of a text, the column without a language first."""
        for column in self.names:
            if column.strip().lower() == name:
                yield self.plain, column
        for column in self.names:
            found = _HEADER.match(column)
            if found and found["name"].lower() == name:
                yield tag_of(found["language"]), column

    def text(self, row: Row, name: str) -> Text | None:
        """A text of a row in its languages, `None` where nothing is written."""
        strings: dict[str, str] = {}
        for tag, column in self.of(name):
            written = row.cell(column)
            if written:
                strings[tag] = written
        return Text.of(strings) if strings else None

    def languages(self, *names: str) -> tuple[str, ...]:
        """The languages that the sheet has columns for."""
        return tuple(dict.fromkeys(tag for name in names for tag, _ in self.of(name)))


def unnamed_languages(sheet: str, columns: Columns, *names: str) -> Iterator[Finding]:
    """Columns whose language was guessed from a word, or could not be."""
    guessed: dict[str, str] = {}
    for column in columns.names:
        found = _HEADER.match(column)
        if found and found["name"].lower() in names and not _TAG.search(found["language"].strip()):
            guessed.setdefault(found["language"], tag_of(found["language"]))
    for name, tag in guessed.items():
        yield finding("unnamed-language", sheet=sheet, row=1, name=name, language=tag)


def few(names: Iterable[str], most: int = 12) -> str:
    """Names in a line, the first ones where there are many."""
    known = list(names)
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")
