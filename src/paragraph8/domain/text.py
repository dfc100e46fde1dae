"""Text in several languages, where a gap shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Shown:
    """A string as a reader gets it; `language` differs from the one asked for when it is a fallback."""

    string: str
    language: str


@dataclass(frozen=True)
class Text:
    """One meaning in several languages: language tag (BCP 47) to string."""

    strings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, strings: Mapping[str, str] | str, *, language: str = "en") -> Text:
        """From a mapping tag → string, or from one string in `language`."""
        if isinstance(strings, str):
            strings = {language: strings}
        return cls(tuple(sorted(strings.items())))

    def shown(self, language: str) -> Shown:
        """The string in `language`, else in English, else in the first language there is."""
        strings = dict(self.strings)
        for tag in (language, "en", *strings):
            if strings.get(tag):
                return Shown(strings[tag], tag)
        return Shown("", language)

    def __str__(self) -> str:
        return self.shown("en").string

    def languages(self) -> frozenset[str]:
        """The languages in which something is written."""
        return frozenset(tag for tag, string in self.strings if string)

    def to_json(self) -> dict[str, Any]:
        """The mapping tag → string."""
        return dict(self.strings)
