"""After the statement: what was published, what would be published now, and how each sentence would read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import REFUSALS, Figure
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.evidence.comparison import Difference, compare
from paragraph8.evidence.freezes import freeze_of
from paragraph8.evidence.queries import computable
from paragraph8.missions.models import Mission
from paragraph8.wording.linter import lint
from paragraph8.wording.sentences import WordingError, render

from .models import Release
from .queries import literals_in, quoted_in_sentence, quoted_keys_of


class UnknownReleaseError(LookupError):
    """No such release, as far as the viewer may know."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A sentence in one language as it was published and as it would read now. `now` is empty where it cannot be said
    any more; `against` says why these words do not carry the new figures."""

    language: str
    published: str
    now: str
    against: tuple[Text, ...]

    @property
    def differs(self) -> bool:
        """Whether a reader would read something else."""
        return self.published != self.now or bool(self.against)


@dataclass(frozen=True)
class LateSentence:
    """A sentence with a figure that has changed."""

    code: str
    document: Text
    readings: tuple[Reading, ...]

    @property
    def differs(self) -> bool:
        """Whether it would read differently in some language."""
        return any(reading.differs for reading in self.readings)


@dataclass(frozen=True)
class LateFigure:
    """A published figure that late reports would change. `refused` says why there is none now; `sentences` are the
    codes of those that quote it, none when only a chart does."""

    difference: Difference
    refused: Text | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LatePage:
    """What late reports would change of one release. `same_words` counts sentences whose figures have changed and that
    read as published, such as “more than half”."""

    release: Release
    figures: tuple[LateFigure, ...]
    unchanged: int
    sentences: tuple[LateSentence, ...]
    same_words: int


def newest_release(mission: Mission, version: int | None, *, viewer: Viewer) -> Release | None:
    """The release of that version, or the newest; `None` when nothing was released.

    Raises `UnknownReleaseError` for a version that there is not.
    """
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    rows = mission.releases.order_by("-version")
    if version is None:
        return rows.first()
    found = rows.filter(version=version).first()
    if found is None:
        raise UnknownReleaseError(version)
    return found


def late_page(mission: Mission, release: Release, *, as_of: int, viewer: Viewer, language: str = "en") -> LatePage:
    """The figures that the release published, as they stood and as of a change; of each sentence the reading in
    `language` first. Raises `NotAllowedError`."""
    viewer.require(Action.SEE_STATEMENT, mission.pk)
    opened = freeze_of(mission, release.freeze_id, viewer=viewer)
    texts: Mapping[str, Any] = json.loads(opened.row.texts)
    documents = texts.get("documents", [])
    published = {key for document in documents for key in quoted_keys_of(document)}
    then = {key: figure for key, figure in opened.figures.items() if key in published}
    now, refused = computable(mission, then, as_of=as_of, viewer=viewer)
    compared = compare(then, now)
    late = tuple(
        LateFigure(
            difference,
            REFUSALS[refused[difference.key]] if difference.key in refused else None,
            tuple(_quoting(documents, str(difference.key))),
        )
        for difference in compared.differences
    )
    before = {str(key): figure for key, figure in then.items()}
    after = {str(key): figure for key, figure in now.items()}
    changed = {str(each.difference.key) for each in late}
    sentences = list(_late_sentences(documents, changed, before, after, language))
    return LatePage(
        release=release,
        figures=late,
        unchanged=compared.unchanged,
        sentences=tuple(sentence for sentence in sentences if sentence.differs),
        same_words=sum(not sentence.differs for sentence in sentences),
    )


def _late_sentences(
    documents: list[Mapping[str, Any]],
    keys: set[str],
    before: Mapping[str, Figure],
    after: Mapping[str, Figure],
    first: str,
) -> Iterator[LateSentence]:
    for document, sentence in _sentences(documents):
        if not keys.intersection(quoted_in_sentence(sentence)):
            continue
        readings = (
            _reading(template, language, literals_in(sentence, language), before, after)
            for language, template in sorted(sentence["texts"].items(), key=lambda said: said[0] != first)
        )
        yield LateSentence(sentence["id"], Text.of(document["title"]), tuple(readings))


def _reading(
    template: str, language: str, literals: list[str], before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> Reading:
    findings = lint(template, language, after, literals)
    return Reading(
        language=language,
        published=_said(template, language, before),
        now=_said(template, language, after),
        against=tuple(finding.message for finding in findings if finding.severity is Severity.BLOCK),
    )


def _said(template: str, language: str, figures: Mapping[str, Figure]) -> str:
    try:
        return render(template, figures, language).text
    except WordingError:
        return ""


def _quoting(documents: list[Mapping[str, Any]], key: str) -> Iterator[str]:
    for _, sentence in _sentences(documents):
        if key in quoted_in_sentence(sentence):
            yield str(sentence["id"])


def _sentences(documents: list[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    for document in documents:
        for section in document["sections"]:
            for paragraph in section["paragraphs"]:
                for sentence in paragraph["sentences"]:
                    yield document, sentence
