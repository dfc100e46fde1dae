"""Chance from a seed: SHA-256 in counter mode.

Block number k of a stream is SHA-256 of seed ‖ 0x00 ‖ purpose in UTF-8 ‖ 0x00 ‖ k as eight bytes, big-endian. A block
is four words of 64 bits, big-endian, used in order. Anybody can write this again in ten lines in any language; the
generators of libraries may change between versions.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableSequence
from typing import TypeVar

from .refusals import RefusedDrawError

T = TypeVar("T")

SEED_BYTES = 32
_WORD = 1 << 64


class Stream:
    """Whole numbers by chance, from a seed of 32 bytes and the purpose that they serve; two purposes share nothing."""

    def __init__(self, seed: bytes, purpose: str) -> None:
        if len(seed) != SEED_BYTES:
            raise RefusedDrawError("bad-seed")
        self._start = hashlib.sha256(seed + b"\x00" + purpose.encode() + b"\x00")
        self._block = 0
        self._words: list[int] = []

    def word(self) -> int:
        """The next 64 bits."""
        if not self._words:
            block = self._start.copy()
            block.update(self._block.to_bytes(8, "big"))
            self._block += 1
            data = block.digest()
            self._words = [int.from_bytes(data[at : at + 8], "big") for at in (24, 16, 8, 0)]
        return self._words.pop()

    def below(self, n: int) -> int:
        """A number from 0 to n - 1, each exactly as likely: words that would favour some are thrown away."""
        if n < 1:
            raise ValueError(n)
        size = _WORD
        words = 1
        while size < n:
            size *= _WORD
            words += 1
        limit = size - size % n
        while True:
            value = 0
            for _ in range(words):
                value = value * _WORD + self.word()
            if value < limit:
                return value % n

    def unit(self) -> float:
        """A number in [0, 1): the upper 53 bits of a word."""
        return (self.word() >> 11) / (1 << 53)

    def shuffle(self, items: MutableSequence[T], first: int | None = None) -> None:
        """Put the items in random order (Fisher and Yates), from the front; only the `first` so many, if given."""
        n = len(items)
        for place in range(min(n if first is None else first, n - 1)):
            other = place + self.below(n - place)
            items[place], items[other] = items[other], items[place]


def seed_of(hexadecimal: str) -> bytes:
    """The 32 bytes of a seed that was written down. Raises `RefusedDrawError`."""
    try:
        seed = bytes.fromhex(hexadecimal)
    except ValueError as error:
        raise RefusedDrawError("bad-seed") from error
    if len(seed) != SEED_BYTES:
        raise RefusedDrawError("bad-seed")
    return seed


def commitment_to(seed: bytes) -> str:
    """What is published before the draw: SHA-256 of the seed's bytes."""
    return hashlib.sha256(seed).hexdigest()


def mixed(seed: bytes, contribution: str) -> bytes:
    """The seed that a draw runs on: SHA-256 of "paragraph8 draw 1" ‖ 0x00 ‖ seed ‖ contribution in UTF-8.

    The contribution (dice thrown in public, a number drawn elsewhere) is known to nobody when the seed is committed
    to, and the seed cannot be changed when the contribution is known: neither side can choose the sample.
    """
    return hashlib.sha256(b"paragraph8 draw 1\x00" + seed + contribution.encode()).digest()
