"""A sentence in one language: template and figures in, pieces out. Each piece knows which figure it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.domain.figures import Figure

from .admission import refuse_unknown_language
from .phrases import phrase
from .refusals import WordingError
from .templates import Plain, Quotation, parse, quoted_keys

__all__ = ["Piece", "Rendered", "WordingError", "quoted_keys", "render", "words_of"]

_OPENING = re.compile(r"[\s«„“‘\"'(\[–—]*\Z")
"""What may stand before the first word of a sentence."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence. `key` and `format` name the quotation it came from; both are empty in plain text."""

    string: str
    key: str = ""
    format: str = ""


@dataclass(frozen=True)
class Rendered:
    """A sentence as its readers get it, piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece.string for piece in self.pieces)


def render(template: str, figures: Mapping[str, Figure], language: str) -> Rendered:
    """The sentence of a template with its figures, found by the spelling of their keys.

    A sentence that begins with a quotation begins with a capital letter. Raises `WordingError`, and nothing else: on a
    malformed template, an unknown figure or language, and on every use that a figure does not carry.
    """
    refuse_unknown_language(language)
    pieces: list[Piece] = []
    begun = ""
    for part in parse(template):
        piece = Piece(part.string) if isinstance(part, Plain) else _quoted(part, figures, language)
        if piece.key and _OPENING.match(begun):
            piece = Piece(piece.string[:1].upper() + piece.string[1:], piece.key, piece.format)
        begun += piece.string
        pieces.append(piece)
    return Rendered(tuple(pieces))


def words_of(quotation: Quotation, figures: Mapping[str, Figure], language: str) -> str:
    """The words of one quotation. Raises `WordingError` when its figure is not at hand or does not carry them."""
    key = str(quotation.key)
    if key not in figures:
        raise WordingError("unknown-figure", key=key)
    return phrase(quotation, figures[key], language)


def _quoted(quotation: Quotation, figures: Mapping[str, Figure], language: str) -> Piece:
    return Piece(words_of(quotation, figures, language), str(quotation.key), quotation.format)
