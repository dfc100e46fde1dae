"""A document as its page shows it: sentences beside each other in every language, and what stands against each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.wording.linter import Finding

from .models import Document
from .queries import LiveSentence, live_sentences


@dataclass(frozen=True)
class Against:
    """A finding and the languages in which it stands; no language when it is between them."""

    finding: Finding
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A sentence under its number, with its findings, each once."""

    number: str
    sentence: LiveSentence
    findings: tuple[Against, ...]


@dataclass(frozen=True)
class Part:
    """A section with its sentences."""

    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class StatementPage:
    """Everything the page prints. `flagged` are the row numbers of sentences with findings, what blocks first."""

    document: Document
    languages: tuple[str, ...]
    parts: tuple[Part, ...]
    blocking: int
    warning: int
    flagged: tuple[int, ...]


def statement_page(document: Document, *, as_of: int, viewer: Viewer) -> StatementPage:
    """The page of a document with figures as of a change. Raises `NotAllowedError`."""
    parts = tuple(_parts(live_sentences(document, as_of=as_of, viewer=viewer)))
    lines = [line for part in parts for line in part.lines]
    severities = [against.finding.severity for line in lines for against in line.findings]
    flagged = [line for line in lines if line.findings]
    return StatementPage(
        document=document,
        languages=tuple(document.mission.languages),
        parts=parts,
        blocking=severities.count(Severity.BLOCK),
        warning=len(severities) - severities.count(Severity.BLOCK),
        flagged=tuple(line.sentence.row.pk for line in sorted(flagged, key=lambda line: not line.sentence.blocked())),
    )


def _parts(sentences: Sequence[LiveSentence]) -> Iterator[Part]:
    sections = {sentence.row.section_id: sentence.row.section for sentence in sentences}
    for place, section in enumerate(sections.values(), start=1):
        inside = [sentence for sentence in sentences if sentence.row.section_id == section.pk]
        lines = (_line(f"{place}.{number}", sentence) for number, sentence in enumerate(inside, start=1))
        yield Part(Text.of(section.title), tuple(lines))


def _line(number: str, sentence: LiveSentence) -> Line:
    found: dict[tuple[str, str], tuple[Finding, list[str]]] = {}
    for language, finding in _all(sentence):
        _, languages = found.setdefault((finding.code, str(finding.message)), (finding, []))
        if language and language not in languages:
            languages.append(language)
    findings = (Against(finding, tuple(languages)) for finding, languages in found.values())
    return Line(number=number, sentence=sentence, findings=tuple(findings))


def _all(sentence: LiveSentence) -> Iterator[tuple[str, Finding]]:
    for spoken in sentence.spoken:
        for finding in spoken.findings:
            yield spoken.language, finding
    for finding in sentence.parity:
        yield "", finding
