"""A text as the linter reads it: one spelling for spaces, hyphens and letters, with the way back to the author."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_SPACES = "\t\n\r\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
    "\u2012": "–",
    **dict.fromkeys("\u2019\u02bc", "'"),
}
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Signs without a width: a soft hyphen inside a number word must not hide it."""
_LETTERS = {"ё": "е"}


@dataclass(frozen=True)
class Reading:
    """`folded` is in lower case, `cased` is not; both have the same length. `places` gives for each of their
    characters the place in the author's text, and after the last one its end."""

    folded: str
    cased: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the reading as a stretch of the author's text."""
        return self.places[start], self.places[end]


def read(text: str) -> Reading:
    """Fold a text character by character, letters together with their combining marks."""
    cased: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        cluster = text[at:end] if end == at + 1 else unicodedata.normalize("NFC", text[at:end])
        for character in cluster:
            if character not in _DROPPED:
                cased.append(_SAME.get(character, character))
                places.append(at)
        at = end
    folded = (character.lower()[0] for character in cased)
    return Reading("".join(_LETTERS.get(c, c) for c in folded), "".join(cased), (*places, len(text)))
