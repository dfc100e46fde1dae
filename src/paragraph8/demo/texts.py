"""The statement and the press release of the reference mission, as templates that quote figures.

`Document.to_json` gives the shape in which an edition holds a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from paragraph8.domain.text import Text

from .data import commitments, read_toml, sources

DOCUMENTS = ("statement", "press-release")


@dataclass(frozen=True)
class Literal:
    """A number that stands in the sentence without a figure, in each language, and the key of its source."""

    string: Text
    source: str


@dataclass(frozen=True)
class Sentence:
    """The unit of a text. `texts` are templates; `sources` and `commitments` are keys of `demo.data`."""

    id: str
    texts: Text
    literals: tuple[Literal, ...] = ()
    sources: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()

    def template(self, language: str) -> str:
        """The template in one language, empty where none is written."""
        return dict(self.texts.strings).get(language, "")

    def literal_strings(self, language: str) -> tuple[str, ...]:
        """What stands in the sentence without a figure in one language."""
        return tuple(dict(literal.string.strings)[language] for literal in self.literals)

    def to_json(self) -> dict[str, Any]:
        """The sentence as an edition holds it: sources and commitments by their titles."""
        return {
            "id": self.id,
            "texts": self.texts.to_json(),
            "literals": [
                {"string": literal.string.to_json(), "source": str(sources()[literal.source])}
                for literal in self.literals
            ],
            "sources": [sources()[key].to_json() for key in self.sources],
            "commitments": [commitments()[key].to_json() for key in self.commitments],
        }


@dataclass(frozen=True)
class BarRow:
    """One bar: its title and, answer by answer, the keys of the shares that fill it."""

    title: Text
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Bars:
    """Share bars with common answers, one row per process."""

    title: Text
    answers: tuple[Text, ...]
    rows: tuple[BarRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The bars as an edition holds them."""
        return {
            "title": self.title.to_json(),
            "answers": [answer.to_json() for answer in self.answers],
            "rows": [{"title": row.title.to_json(), "keys": list(row.keys)} for row in self.rows],
        }


@dataclass(frozen=True)
class Section:
    """A titled part of a document: paragraphs of sentences, and bars after them."""

    code: str
    title: Text
    paragraphs: tuple[tuple[Sentence, ...], ...]
    bars: tuple[Bars, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The section as an edition holds it."""
        return {
            "code": self.code,
            "title": self.title.to_json(),
            "paragraphs": [
                {"sentences": [sentence.to_json() for sentence in paragraph]} for paragraph in self.paragraphs
            ],
            "bars": [bars.to_json() for bars in self.bars],
        }


@dataclass(frozen=True)
class Document:
    """A statement or a press release; `lead` is the identifier of its leading sentence."""

    code: str
    kind: str
    title: Text
    dateline: Text
    lead: str
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in reading order."""
        return (sentence for section in self.sections for paragraph in section.paragraphs for sentence in paragraph)

    def to_json(self) -> dict[str, Any]:
        """The document as an edition holds it."""
        return {
            "code": self.code,
            "kind": self.kind,
            "title": self.title.to_json(),
            "dateline": self.dateline.to_json(),
            "lead": self.lead,
            "sections": [section.to_json() for section in self.sections],
        }


@cache
def texts() -> tuple[Document, ...]:
    """The statement, then the press release."""
    return tuple(_document(code) for code in DOCUMENTS)


def _document(code: str) -> Document:
    head = read_toml(f"texts/{code}.toml")
    sections = [section for part in head["parts"] for section in read_toml(f"texts/{part}.toml")["sections"]]
    return Document(
        code=head["code"],
        kind=head["kind"],
        title=Text.of(head["title"]),
        dateline=Text.of(head["dateline"]),
        lead=head["lead"],
        sections=tuple(_section(section) for section in sections),
    )


def _section(data: Mapping[str, Any]) -> Section:
    by_paragraph = groupby(data["sentences"], key=lambda sentence: sentence["paragraph"])
    return Section(
        code=data["code"],
        title=Text.of(data["title"]),
        paragraphs=tuple(tuple(_sentence(row) for row in rows) for _, rows in by_paragraph),
        bars=tuple(_bars(bars) for bars in data.get("bars", ())),
    )


def _sentence(data: Mapping[str, Any]) -> Sentence:
    return Sentence(
        id=data["id"],
        texts=Text.of({language: data[language] for language in ("en", "kk", "ru")}),
        literals=tuple(Literal(Text.of(row["string"]), row["source"]) for row in data.get("literals", ())),
        sources=tuple(data.get("sources", ())),
        commitments=tuple(data.get("commitments", ())),
    )


def _bars(data: Mapping[str, Any]) -> Bars:
    rows: Sequence[Mapping[str, Any]] = data["rows"]
    return Bars(
        title=Text.of(data["title"]),
        answers=tuple(Text.of(answer) for answer in data["answers"]),
        rows=tuple(BarRow(Text.of(row["title"]), tuple(row["keys"])) for row in rows),
    )
