"""How many short messages a text takes.

A message holds 160 characters of the GSM alphabet or 70 of any other; in parts, 153 and 67, since each part then names
its place (3GPP TS 23.038 and 23.040). Kazakh and Russian are not in the GSM alphabet. Some of its characters take two
places, and a character outside the Basic Multilingual Plane takes two of the 70.
"""

from __future__ import annotations

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_DOUBLE = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True)
class Counted:
    """A text counted: places taken, places of one message alone, and messages."""

    taken: int
    room: int
    parts: int

    @property
    def one(self) -> bool:
        """Whether it goes as one message."""
        return self.parts <= 1


def counted(text: str) -> Counted:
    """Count a text as a telephone does."""
    widths = [1 if letter in _BASIC else 2 if letter in _DOUBLE else 0 for letter in text]
    if all(widths):
        return _parted(widths, 160, 153)
    return _parted([2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67)


def _parted(widths: list[int], alone: int, part: int) -> Counted:
    taken = sum(widths)
    if taken <= alone:
        return Counted(taken, alone, int(taken > 0))
    parts, left = 1, part
    for width in widths:
        if width > left:
            parts, left = parts + 1, part
        left -= width
    return Counted(taken, alone, parts)
