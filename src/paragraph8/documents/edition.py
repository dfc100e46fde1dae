"""The edition: everything about a statement that was fixed at its release, apart from the figures.

`edition.json` is the canonical JSON of an `Edition`. Documents are rendered from it and from the figures alone, so a
stranger who holds the two files can render the same documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from paragraph8.domain.figures import Key
from paragraph8.domain.text import Text

from .reader import CODE, LANGUAGE, SENTENCE_ID, EditionError, Place, refuse_twice, several

EDITION = 1
"""The version of the shape of `edition.json`."""


class DocumentKind(StrEnum):
    """What kind of text a document is."""

    STATEMENT = "statement"
    PRESS_RELEASE = "press-release"


@dataclass(frozen=True)
class Literal:
    """A number that the author typed because no figure holds it, with the source that does."""

    string: Text
    source: str

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {"string": self.string.to_json(), "source": self.source}


@dataclass(frozen=True)
class Sentence:
    """One sentence: a template in each language, and what it rests on besides the figures it quotes."""

    id: str
    texts: Text
    literals: tuple[Literal, ...] = ()
    sources: tuple[Text, ...] = ()
    commitments: tuple[Text, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {
            "id": self.id,
            "texts": self.texts.to_json(),
            "literals": [literal.to_json() for literal in self.literals],
            "sources": [source.to_json() for source in self.sources],
            "commitments": [commitment.to_json() for commitment in self.commitments],
        }


@dataclass(frozen=True)
class Paragraph:
    """Sentences that are read together."""

    sentences: tuple[Sentence, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {"sentences": [sentence.to_json() for sentence in self.sentences]}


@dataclass(frozen=True)
class BarRow:
    """One share bar: the keys of the shares, one per answer of its `Bars`."""

    title: Text
    keys: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {"title": self.title.to_json(), "keys": list(self.keys)}


@dataclass(frozen=True)
class Bars:
    """Share bars with common answers: each bar is as long as all reports of its question."""

    title: Text
    answers: tuple[Text, ...]
    rows: tuple[BarRow, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {
            "title": self.title.to_json(),
            "answers": [answer.to_json() for answer in self.answers],
            "rows": [row.to_json() for row in self.rows],
        }


@dataclass(frozen=True)
class Section:
    """A heading, paragraphs and charts."""

    code: str
    title: Text
    paragraphs: tuple[Paragraph, ...] = ()
    bars: tuple[Bars, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {
            "code": self.code,
            "title": self.title.to_json(),
            "paragraphs": [paragraph.to_json() for paragraph in self.paragraphs],
            "bars": [bars.to_json() for bars in self.bars],
        }


@dataclass(frozen=True)
class Document:
    """A statement or a press release. The sentence `lead` stands at the top instead of in its section."""

    code: str
    kind: DocumentKind
    title: Text
    dateline: Text
    lead: str
    sections: tuple[Section, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, in order of the sections."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.sentences

    def bars(self) -> Iterator[Bars]:
        """Every chart, in order of the sections."""
        for section in self.sections:
            yield from section.bars

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {
            "code": self.code,
            "kind": self.kind.value,
            "title": self.title.to_json(),
            "dateline": self.dateline.to_json(),
            "lead": self.lead,
            "sections": [section.to_json() for section in self.sections],
        }


@dataclass(frozen=True)
class Mission:
    """Whose edition it is."""

    slug: str
    title: Text
    simulated: bool
    notice: Text
    institutions: tuple[Text, ...]
    contacts: tuple[Text, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {
            "slug": self.slug,
            "title": self.title.to_json(),
            "simulated": self.simulated,
            "notice": self.notice.to_json(),
            "institutions": [institution.to_json() for institution in self.institutions],
            "contacts": [contact.to_json() for contact in self.contacts],
        }


@dataclass(frozen=True)
class Freeze:
    """Up to which change of the mission log, and until when, data were heard; the zone names the clock."""

    change: int
    heard_until: datetime
    zone: str

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {"change": self.change, "heard_until": self.heard_until.isoformat(), "zone": self.zone}


@dataclass(frozen=True)
class Released:
    """When, by which role, and as which version of the text."""

    at: datetime
    by: str
    version: int

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`."""
        return {"at": self.at.isoformat(), "by": self.by, "version": self.version}


@dataclass(frozen=True)
class Edition:
    """All texts of a release, in every language."""

    mission: Mission
    freeze: Freeze
    released: Released
    languages: tuple[str, ...]
    documents: tuple[Document, ...]

    def document(self, code: str) -> Document:
        """The document of that code. Raises `KeyError`."""
        return {document.code: document for document in self.documents}[code]

    def to_json(self) -> dict[str, Any]:
        """The shape of `edition.json`; the inverse of `edition_from_json`."""
        return {
            "edition": EDITION,
            "mission": self.mission.to_json(),
            "freeze": self.freeze.to_json(),
            "released": self.released.to_json(),
            "languages": list(self.languages),
            "documents": [document.to_json() for document in self.documents],
        }


def edition_from_json(data: Any) -> Edition:
    """The edition that `Edition.to_json` wrote. Raises `EditionError` on anything else."""
    top = Place("", data).fields("edition", "mission", "freeze", "released", "languages", "documents")
    if top["edition"].value != EDITION:
        raise EditionError("edition", f"this software reads version {EDITION}, not {top['edition'].value!r}")
    languages = tuple(place.matching(LANGUAGE, "a language tag") for place in top["languages"].items())
    if not languages:
        raise EditionError("languages", "at least one language is needed")
    refuse_twice(top["languages"], languages)
    documents = tuple(_document(place) for place in top["documents"].items())
    refuse_twice(top["documents"], [document.code for document in documents])
    return Edition(
        mission=_mission(top["mission"]),
        freeze=_freeze(top["freeze"]),
        released=_released(top["released"]),
        languages=languages,
        documents=documents,
    )


def _mission(place: Place) -> Mission:
    fields = place.fields("slug", "title", "simulated", "notice", "institutions", "contacts")
    return Mission(
        slug=fields["slug"].matching(CODE, "a code"),
        title=fields["title"].text(),
        simulated=fields["simulated"].boolean(),
        notice=fields["notice"].text(empty=True),
        institutions=several(fields["institutions"].items(), Place.text),
        contacts=several(fields["contacts"].items(), Place.text),
    )


def _freeze(place: Place) -> Freeze:
    fields = place.fields("change", "heard_until", "zone")
    return Freeze(fields["change"].integer(), fields["heard_until"].moment(), fields["zone"].string())


def _released(place: Place) -> Released:
    fields = place.fields("at", "by", "version")
    return Released(fields["at"].moment(), fields["by"].string(), fields["version"].integer())


def _document(place: Place) -> Document:
    fields = place.fields("code", "kind", "title", "dateline", "lead", "sections")
    try:
        kind = DocumentKind(fields["kind"].string())
    except ValueError:
        raise fields["kind"].fail(" or ".join(DocumentKind)) from None
    document = Document(
        code=fields["code"].matching(CODE, "a code"),
        kind=kind,
        title=fields["title"].text(),
        dateline=fields["dateline"].text(empty=True),
        lead=fields["lead"].string(),
        sections=several(fields["sections"].items(), _section),
    )
    refuse_twice(fields["sections"], [section.code for section in document.sections])
    ids = [sentence.id for sentence in document.sentences()]
    for name in ids:
        if ids.count(name) > 1:
            raise EditionError(place.way, f"the sentence {name!r} stands there twice")
    if document.lead and document.lead not in ids:
        raise EditionError(fields["lead"].way, f"no sentence of the document is {document.lead!r}")
    return document


def _section(place: Place) -> Section:
    fields = place.fields("code", "title", "paragraphs", optional=("bars",))
    return Section(
        code=fields["code"].matching(CODE, "a code"),
        title=fields["title"].text(),
        paragraphs=several(fields["paragraphs"].items(), _paragraph),
        bars=several(fields["bars"].items(), _bars),
    )


def _paragraph(place: Place) -> Paragraph:
    return Paragraph(several(place.fields("sentences")["sentences"].items(), _sentence))


def _sentence(place: Place) -> Sentence:
    fields = place.fields("id", "texts", optional=("literals", "sources", "commitments"))
    return Sentence(
        id=fields["id"].matching(SENTENCE_ID, "a sentence id"),
        texts=fields["texts"].text(),
        literals=several(fields["literals"].items(), _literal),
        sources=several(fields["sources"].items(), Place.text),
        commitments=several(fields["commitments"].items(), Place.text),
    )


def _literal(place: Place) -> Literal:
    fields = place.fields("string", "source")
    return Literal(fields["string"].text(), fields["source"].string())


def _bars(place: Place) -> Bars:
    fields = place.fields("title", "answers", "rows")
    bars = Bars(
        title=fields["title"].text(),
        answers=several(fields["answers"].items(), Place.text),
        rows=several(fields["rows"].items(), _bar_row),
    )
    for row, at in zip(bars.rows, fields["rows"].items(), strict=True):
        if len(row.keys) != len(bars.answers):
            raise EditionError(f"{at.way}.keys", f"{len(bars.answers)} keys were expected, one per answer")
    return bars


def _bar_row(place: Place) -> BarRow:
    fields = place.fields("title", "keys")
    return BarRow(fields["title"].text(), several(fields["keys"].items(), _key))


def _key(place: Place) -> str:
    try:
        return str(Key.parse(place.string()))
    except ValueError as error:
        raise EditionError(place.way, str(error)) from None
