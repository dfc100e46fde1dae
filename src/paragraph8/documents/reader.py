"""Reading JSON that somebody else may have written: every error says where it is and what was expected there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from paragraph8.domain.text import Text

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
"""Codes become file names and element ids."""
SENTENCE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")
LANGUAGE = re.compile(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, line breaks, and the overrides that make a text read otherwise than it is spelt."""

T = TypeVar("T")


class EditionError(ValueError):
    """`edition.json` is not an edition. `place` is the way to the value, `message` what was expected there."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place or 'edition'}: {message}")
        self.place = place
        self.message = message


@dataclass(frozen=True)
class Place:
    """A value and the way to it."""

    way: str
    value: Any

    def fail(self, expected: str) -> EditionError:
        return EditionError(self.way, f"{expected} was expected")

    def fields(self, *names: str, optional: Collection[str] = ()) -> dict[str, Place]:
        """The named fields of an object; a missing or an unknown one is an error."""
        if not isinstance(self.value, Mapping):
            raise self.fail("an object")
        prefix = f"{self.way}." if self.way else ""
        unknown = sorted(set(self.value) - set(names) - set(optional))
        if unknown:
            raise EditionError(prefix + unknown[0], "no such field is known")
        missing = [name for name in names if name not in self.value]
        if missing:
            raise EditionError(prefix + missing[0], "the field is missing")
        return {name: Place(prefix + name, self.value.get(name, [])) for name in (*names, *optional)}

    def items(self) -> list[Place]:
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.fail("a list")
        return [Place(f"{self.way}[{i}]", value) for i, value in enumerate(self.value)]

    def string(self) -> str:
        if not isinstance(self.value, str):
            raise self.fail("a text")
        found = UNPRINTABLE.search(self.value)
        if found:
            raise EditionError(self.way, f"the character U+{ord(found[0]):04X} cannot stand in a text")
        return self.value

    def matching(self, pattern: re.Pattern[str], expected: str) -> str:
        string = self.string()
        if not pattern.match(string):
            raise self.fail(f"{expected}, not {string!r},")
        return string

    def integer(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.fail("a whole number")
        return self.value

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.fail("true or false")
        return self.value

    def moment(self) -> datetime:
        string = self.string()
        try:
            moment = datetime.fromisoformat(string)
        except ValueError:
            raise self.fail("a date and time") from None
        if moment.tzinfo is None:
            raise self.fail("a date and time with its offset from UTC")
        return moment

    def text(self, *, empty: bool = False) -> Text:
        if not isinstance(self.value, Mapping):
            raise self.fail("a text per language")
        for tag in self.value:
            Place(self.way, tag).matching(LANGUAGE, "a language tag")
        strings = {tag: Place(f"{self.way}.{tag}", string).string() for tag, string in self.value.items()}
        if not empty and not any(string.strip() for string in strings.values()):
            raise EditionError(self.way, "the text is empty in every language")
        return Text.of(strings)


def several(places: list[Place], read: Callable[[Place], T]) -> tuple[T, ...]:
    """Read each place by one reader."""
    return tuple(read(place) for place in places)


def refuse_twice(place: Place, names: Sequence[str]) -> None:
    """Raise `EditionError` at the second of two equal names."""
    for i, name in enumerate(names):
        if name in names[:i]:
            raise EditionError(f"{place.way}[{i}]", f"{name!r} stands there twice")
