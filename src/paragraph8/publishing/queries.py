"""Statements as they stand, with live figures and what the linter says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.problems import Severity
from paragraph8.evidence.queries import computable
from paragraph8.missions.models import Mission
from paragraph8.wording.linter import Finding, lint, lint_parity
from paragraph8.wording.sentences import Piece, WordingError, quoted_keys, render

from .models import Document, Release, Sentence, Wording


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A sentence in one language as it reads now; `pieces` is empty when it cannot be rendered."""

    language: str
    template: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]
    author: str


@dataclass(frozen=True, kw_only=True)
class LiveSentence:
    """A sentence with its languages and the figures it quotes."""

    row: Sentence
    spoken: tuple[Spoken, ...]
    figures: tuple[Figure, ...]
    parity: tuple[Finding, ...]

    def blocked(self) -> bool:
        """Whether something keeps it from being released."""
        return any(finding.severity is Severity.BLOCK for finding in self.all_findings())

    def all_findings(self) -> tuple[Finding, ...]:
        """What the linter says of it in any language."""
        return (*self.parity, *(finding for spoken in self.spoken for finding in spoken.findings))


def documents_json(mission: Mission, *, viewer: Viewer) -> list[dict[str, Any]]:
    """All documents with their newest wordings, in the shape that a release is rendered from."""
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    wordings = _newest_wordings(mission)
    return [_document_json(document, wordings) for document in mission.documents.all()]


def live_sentences(document: Document, *, as_of: int, viewer: Viewer) -> list[LiveSentence]:
    """The document's sentences with figures as of a change, each linted in every language of the mission."""
    mission = document.mission
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    wordings = _newest_wordings(mission)
    sentences = list(
        Sentence.objects.filter(section__document=document)
        .select_related("section")
        .order_by("section__position", "paragraph", "position")
    )
    found = known_figures(
        mission,
        (w.template for s in sentences for w in wordings.get(s.pk, {}).values()),
        as_of=as_of,
        viewer=viewer,
    )
    return [_live(sentence, wordings.get(sentence.pk, {}), found, mission.languages) for sentence in sentences]


def known_figures(
    mission: Mission, templates: Iterable[str], *, as_of: int, viewer: Viewer, more: Iterable[str] = ()
) -> dict[str, Figure]:
    """The figures that templates quote, by spelling; a key that is refused or unknown is simply not among them."""
    spellings: dict[str, None] = dict.fromkeys(more)
    for template in templates:
        try:
            spellings.update(dict.fromkeys(quoted_keys(template)))
        except WordingError:
            continue
    keys = {key for spelling in spellings if (key := _parsed(spelling)) is not None}
    found, _ = computable(mission, keys, as_of=as_of, viewer=viewer)
    return {str(key): figure for key, figure in found.items()}


def quoted_in(document: Document, *, viewer: Viewer) -> list[Key]:
    """The keys that the sentences and bars of a document quote, each once; what is no key is left out."""
    viewer.require(Action.SEE_STATEMENT, document.mission_id)
    wordings = _newest_wordings(document.mission)
    return sorted(quoted_keys_of(_document_json(document, wordings)), key=str)


def quoted_keys_of(document: Mapping[str, Any]) -> set[Key]:
    """The keys that a document in the shape of `documents_json` quotes."""
    spellings: set[str] = set()
    for section in document["sections"]:
        for paragraph in section["paragraphs"]:
            for sentence in paragraph["sentences"]:
                spellings |= quoted_in_sentence(sentence)
        spellings.update(key for bar in section["bars"] for row in bar["rows"] for key in row["keys"])
    return {key for spelling in spellings if (key := _parsed(spelling)) is not None}


def quoted_in_sentence(sentence: Mapping[str, Any]) -> set[str]:
    """The spellings of the keys that a sentence quotes in any language."""
    found: set[str] = set()
    for template in sentence["texts"].values():
        try:
            found.update(quoted_keys(template))
        except WordingError:
            continue
    return found


def releases(mission: Mission, *, viewer: Viewer) -> Sequence[Release]:
    """Releases of the mission, newest first."""
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    return list(mission.releases.order_by("-version"))


class UnknownDocumentError(LookupError):
    """No such document, sentence or released file, as far as the viewer may know."""


def documents_of(mission: Mission, *, viewer: Viewer) -> list[Document]:
    """The mission's documents in their order."""
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    return list(mission.documents.all())


def document_of(mission: Mission, code: str, *, viewer: Viewer) -> Document:
    """The document of that code. Raises `UnknownDocumentError`."""
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    document = mission.documents.filter(code=code).first()
    if document is None:
        raise UnknownDocumentError(code)
    return document


def sentence_of(document: Document, sentence_id: int | None, *, viewer: Viewer) -> Sentence:
    """One sentence of the document. Raises `UnknownDocumentError`."""
    viewer.require(Action.SEE_STATEMENT, document.mission_id)
    of_document = Sentence.objects.filter(section__document=document).select_related("section__document")
    sentence = of_document.filter(pk=sentence_id or 0).first()
    if sentence is None:
        raise UnknownDocumentError(str(sentence_id))
    return sentence


def newest_wording(sentence: Sentence, language: str, *, viewer: Viewer) -> Wording | None:
    """The wording of a sentence that holds in a language."""
    viewer.require(Action.SEE_STATEMENT, sentence.section.document.mission_id)
    return sentence.wordings.filter(language=language).order_by("-pk").first()


def released_file(slug: str, version: int, name: str) -> Path:
    """A file of the public folder of a release; nobody has to sign in for it.

    Raises `UnknownDocumentError` for anything else, the sealed folder and what stands beside the release included.
    """
    release = Release.objects.filter(mission__slug=slug, version=version).first()
    public = Path(release.folder, "public").resolve() if release else None
    inside = {path.name: path for path in public.iterdir()} if public and public.is_dir() else {}
    file = inside.get(name)
    if file is None or file.is_symlink() or not file.is_file():
        raise UnknownDocumentError(name)
    return file


def literals_in(sentence: Mapping[str, Any], language: str) -> list[str]:
    """The declared literal strings of a sentence in one language."""
    return [string for literal in sentence["literals"] if (string := literal["string"].get(language))]


def _parsed(spelling: str) -> Key | None:
    try:
        return Key.parse(spelling)
    except ValueError:
        return None


def _live(
    sentence: Sentence, wordings: Mapping[str, Wording], found: Mapping[str, Figure], languages: Sequence[str]
) -> LiveSentence:
    data = {"literals": sentence.literals}
    spoken = tuple(
        _spoken(wordings.get(language), language, found, literals_in(data, language)) for language in languages
    )
    quoted = dict.fromkeys(piece.key for item in spoken for piece in item.pieces if piece.key)
    return LiveSentence(
        row=sentence,
        spoken=spoken,
        figures=tuple(found[key] for key in quoted if key in found),
        parity=lint_parity({item.language: item.template for item in spoken}),
    )


def _spoken(wording: Wording | None, language: str, found: Mapping[str, Figure], literals: Sequence[str]) -> Spoken:
    template = wording.template if wording else ""
    findings = lint(template, language, found, literals)
    try:
        pieces = render(template, found, language).pieces
    except WordingError:
        pieces = ()
    return Spoken(
        language=language,
        template=template,
        pieces=pieces,
        findings=findings,
        author=wording.author if wording else "",
    )


def _newest_wordings(mission: Mission) -> dict[int, dict[str, Wording]]:
    newest: dict[int, dict[str, Wording]] = {}
    rows = Wording.objects.filter(sentence__section__document__mission=mission).order_by("pk")
    for wording in rows:
        newest.setdefault(wording.sentence_id, {})[wording.language] = wording
    return newest


def _document_json(document: Document, wordings: Mapping[int, Mapping[str, Wording]]) -> dict[str, Any]:
    return {
        "code": document.code,
        "kind": document.kind,
        "title": document.title,
        "dateline": document.dateline,
        "lead": document.lead,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "bars": section.bars,
                "paragraphs": _paragraphs(list(section.sentences.all()), wordings),
            }
            for section in document.sections.prefetch_related("sentences")
        ],
    }


def _paragraphs(sentences: Sequence[Sentence], wordings: Mapping[int, Mapping[str, Wording]]) -> list[dict[str, Any]]:
    paragraphs: dict[int, list[dict[str, Any]]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(
            {
                "id": sentence.code,
                "texts": {tag: wording.template for tag, wording in sorted(wordings.get(sentence.pk, {}).items())},
                "literals": sentence.literals,
                "sources": sentence.sources,
                "commitments": sentence.commitments,
            }
        )
    return [{"sentences": paragraphs[number]} for number in sorted(paragraphs)]
