"""The document tree: what HTML, PDF and DOCX show, in one language, before any of them decides how.

A tree holds finished strings only. Whoever turns it into a format computes nothing and words nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paragraph8.domain.text import Shown

from .edition import DocumentKind


class TypesettingError(ValueError):
    """A document cannot be set in a format; the message is the typesetter's."""


Words = Shown
"""A string and its language, which differs from the document's when nobody translated it."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence. `card` numbers the evidence card that a quoted number opens; 0 is plain text.

    On paper the number of the card is printed once per sentence, where `marked`.
    """

    string: str
    card: int = 0
    marked: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of an evidence card. `code` facts are set in a fixed-width face."""

    label: Words
    value: Words
    code: bool = False


@dataclass(frozen=True)
class Card:
    """The evidence of one figure. Cards are numbered through a document, in the order of first quotation."""

    number: int
    key: str
    headline: Words
    title: Words
    basis: Words
    origin: Words | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read. `cards` are the numbers it quotes, once each; `facts` its sources and commitments."""

    id: str
    language: str
    pieces: tuple[Piece, ...]
    cards: tuple[int, ...]
    facts: tuple[Fact, ...]
    fallback: Words | None

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(piece.string for piece in self.pieces)


def gathered(sentences: Sequence[Sentence]) -> tuple[Fact, ...]:
    """The sources and commitments of a paragraph as paper shows them: one line per kind and language, nothing twice."""
    lines: dict[tuple[Words, str], dict[str, None]] = {}
    for fact in (fact for sentence in sentences for fact in sentence.facts):
        lines.setdefault((fact.label, fact.value.language), {})[fact.value.string] = None
    return tuple(Fact(label, Words("; ".join(values), language)) for (label, language), values in lines.items())


@dataclass(frozen=True)
class Segment:
    """A part of a share bar. `place` counts from 1; 0 is what no answer of the chart covers. A part too narrow for its
    number has no label; the table has it."""

    place: int
    n: int
    label: str


@dataclass(frozen=True)
class Bar:
    """One share bar, or a note why there is none. `left_out` is drawn hatched behind the segments."""

    title: Words
    total: Words | None
    segments: tuple[Segment, ...]
    left_out: int
    note: Words | None


@dataclass(frozen=True)
class Cell:
    """A cell of a table: a number that opens its card, or words; `missing` words say why there is no number."""

    words: Words
    card: int = 0
    missing: bool = False


@dataclass(frozen=True)
class Table:
    """A table with one header row; the first cell of each row is its header."""

    caption: Words
    header: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Share bars, always with their table and with what their numbers rest on."""

    id: str
    title: Words
    legend: tuple[tuple[int, Words], ...]
    left_out: Words
    bars: tuple[Bar, ...]
    table: Table
    cards: tuple[int, ...]
    origin: Words | None


@dataclass(frozen=True)
class Section:
    """A heading with its paragraphs and charts."""

    code: str
    title: Words
    paragraphs: tuple[tuple[Sentence, ...], ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Verification:
    """What a sceptic compares: the fingerprint of the release and of the key that signed it, in groups of four."""

    root: str
    signer: str


@dataclass(frozen=True)
class Document:
    """One document in one language."""

    code: str
    kind: DocumentKind
    language: str
    languages: tuple[str, ...]
    notice: Words | None
    institutions: tuple[Words, ...]
    kind_name: Words
    mission: Words
    title: Words
    dateline: Words
    heard_until: Words
    published: Words
    origin: Words | None
    lead: Sentence | None
    sections: tuple[Section, ...]
    withheld: tuple[Words, ...]
    cards: tuple[Card, ...]
    verification: Verification
    contacts: tuple[Words, ...]

    def card(self, number: int) -> Card:
        """The card of that number, counted from 1."""
        return self.cards[number - 1]

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence in reading order, the lead first."""
        if self.lead:
            yield self.lead
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph
