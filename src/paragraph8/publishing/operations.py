"""Writing statements and releasing them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.keys import signing_key
from paragraph8.audit.operations import append
from paragraph8.audit.queries import heard_until, latest_change
from paragraph8.documents.edition import edition_from_json
from paragraph8.documents.folder import write_release
from paragraph8.domain.canonical import sha256
from paragraph8.domain.figures import Key, figure_from_json
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Freeze
from paragraph8.evidence.operations import freeze
from paragraph8.evidence.queries import populations
from paragraph8.missions.models import Mission
from paragraph8.wording.linter import lint, lint_parity

from .models import Document, Release, Section, Sentence, Wording
from .queries import documents_json, known_figures, literals_in

_BREAKS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Blocked:
    """What keeps one sentence from being released; `language` is empty when it is no matter of language."""

    sentence: str
    language: str
    reason: Text


class NotReadyError(ValueError):
    """The documents cannot be released as they stand; `blocked` says which sentences and why."""

    def __init__(self, blocked: Sequence[Blocked]) -> None:
        super().__init__("; ".join(f"{item.sentence} ({item.language}): {item.reason}" for item in blocked[:20]))
        self.blocked = blocked


class DocumentError(ValueError):
    """A document's description lacks something, or its code is taken."""


class EmptyStatementError(ValueError):
    """The mission has no document with a sentence in it."""


@transaction.atomic
def store_document(*, mission: Mission, document: Mapping[str, Any], by: Viewer, now: datetime) -> Document:
    """A new document with its sections and sentences, in the shape of `documents_json`.

    Raises `NotAllowedError`, `KeyError` when a part lacks, and `DocumentError` when the mission has one of that code.
    """
    by.require(Action.WRITE_STATEMENT, mission.pk)
    if mission.documents.filter(code=document["code"]).exists():
        raise DocumentError(f"the mission has a document {document['code']}")
    row = Document.objects.create(
        mission=mission,
        code=document["code"],
        kind=document["kind"],
        title=document["title"],
        dateline=document.get("dateline", {}),
        lead=document.get("lead", ""),
        position=mission.documents.count(),
    )
    append(
        mission_id=mission.pk,
        kind="document.created",
        subject=f"document:{row.pk}",
        body={"code": row.code, "kind": row.kind},
        by=by.name,
        now=now,
    )
    for position, section in enumerate(document["sections"]):
        _store_section(row, section, position, by, now)
    return row


@transaction.atomic
def write(*, sentence: Sentence, language: str, template: str, by: Viewer, now: datetime) -> Wording:
    """A new wording of a sentence in one language; the ones before stay. Bad templates are kept and flagged.

    A sentence stands on one line: line breaks and control characters become spaces (no-break spaces stay).
    """
    mission_id = sentence.section.document.mission_id
    by.require(Action.WRITE_STATEMENT, mission_id)
    template = _BREAKS.sub(" ", template).strip(" ")
    entry = append(
        mission_id=mission_id,
        kind="sentence.worded",
        subject=f"sentence:{sentence.pk}",
        body={"language": language, "sha256": sha256(template.encode())},
        by=by.name,
        now=now,
    )
    return Wording.objects.create(
        sentence=sentence, language=language, template=template, author=by.name, at=now, entry=entry
    )


def release(
    *,
    mission: Mission,
    by: Viewer,
    now: datetime,
    as_of: int | None = None,
    target: Path | None = None,
    progress: Callable[[str], None] = lambda _line: None,
) -> Release:
    """Freeze rows, figures and texts, render both folders, sign them.

    Raises `NotAllowedError`, `EmptyStatementError`, `NotReadyError` when the linter blocks a sentence, and
    `RefusedFigureError`. Nothing is written to the target folder unless everything succeeded.
    """
    by.require(Action.RELEASE, mission.pk)
    change = latest_change() if as_of is None else as_of
    documents = documents_json(mission, viewer=by)
    if not any(True for _ in _sentences(documents)):
        raise EmptyStatementError(mission.slug)
    progress("figures")
    quoted = known_figures(mission, _templates(documents), as_of=change, viewer=by, more=_bar_keys(documents))
    blocked = list(_blocked(documents, quoted, mission.languages))
    if blocked:
        raise NotReadyError(blocked)
    keys = {Key.parse(spelling) for spelling in (*quoted, *_bar_keys(documents))}
    folders = target or settings.OUT / "releases"
    version = _next_version(mission, folders)
    frozen = freeze(
        mission=mission,
        keys=keys | _companions(keys),
        texts=_edition(mission, documents, change, version, by, now),
        as_of=change,
        by=by,
        now=now,
    )
    # Rendering takes seconds and holds no transaction open; what is rendered is frozen already.
    folder = folders / f"{mission.slug}-v{version}"
    root = render_freeze(frozen, folder, by=by, progress=progress)
    return _record(mission, frozen, version, folder, root, by, now)


def render_freeze(
    frozen: Freeze, folder: Path, *, by: Viewer, progress: Callable[[str], None] = lambda _line: None
) -> str:
    """Write the two folders of a freeze; the same freeze gives the same bytes every time. Returns the root hash."""
    by.require(Action.RELEASE, frozen.mission_id)
    figures = [figure_from_json(data) for data in json.loads(frozen.figures)]
    used = {figure.rows.population for figure in figures if figure.rows}
    rows = populations(frozen.mission, as_of=frozen.change_id, viewer=by)
    written = write_release(
        folder,
        edition_from_json(json.loads(frozen.texts)),
        figures,
        {name: population.rows for name, population in rows.items() if name in used},
        bytes(frozen.secret),
        signing_key(settings.KEYS),
        progress,
    )
    return written.root


@transaction.atomic
def _record(
    mission: Mission, frozen: Freeze, version: int, folder: Path, root: str, by: Viewer, now: datetime
) -> Release:
    entry = append(
        mission_id=mission.pk,
        kind="statement.released",
        subject=f"mission:{mission.pk}",
        body={"version": version, "root": root, "freeze": frozen.digest},
        by=by.name,
        now=now,
    )
    return Release.objects.create(
        mission=mission,
        freeze=frozen,
        version=version,
        folder=str(folder),
        root=root,
        author=by.name,
        at=now,
        entry=entry,
    )


def _next_version(mission: Mission, folders: Path) -> int:
    """One more than any release or folder there is; a folder without a release is left by a process that was killed."""
    recorded = mission.releases.aggregate(last=Max("version"))["last"] or 0
    written = [int(path.name.rpartition("-v")[2]) for path in folders.glob(f"{mission.slug}-v[0-9]*")]
    return max([recorded, *written]) + 1


def _store_section(document: Document, section: Mapping[str, Any], position: int, by: Viewer, now: datetime) -> None:
    row = Section.objects.create(
        document=document,
        code=section["code"],
        title=section["title"],
        bars=section.get("bars", []),
        position=position,
    )
    for paragraph, content in enumerate(section["paragraphs"]):
        for place, sentence in enumerate(content["sentences"]):
            stored = Sentence.objects.create(
                section=row,
                code=sentence["id"],
                paragraph=paragraph,
                position=place,
                literals=sentence.get("literals", []),
                sources=sentence.get("sources", []),
                commitments=sentence.get("commitments", []),
            )
            for language, template in sentence["texts"].items():
                write(sentence=stored, language=language, template=template, by=by, now=now)


def _edition(
    mission: Mission, documents: Sequence[Mapping[str, Any]], change: int, version: int, by: Viewer, now: datetime
) -> dict[str, Any]:
    zone = ZoneInfo(mission.zone)
    heard = heard_until(change, mission.pk) or now
    return {
        "edition": 1,
        "mission": {
            "slug": mission.slug,
            "title": mission.title,
            "simulated": mission.simulated,
            "notice": mission.notice,
            "institutions": [institution.name for institution in mission.institutions.order_by("position")],
            "contacts": mission.contacts,
        },
        "freeze": {
            "change": change,
            "heard_until": heard.astimezone(zone).isoformat(timespec="seconds"),
            "zone": mission.zone,
        },
        "released": {"at": now.astimezone(zone).isoformat(timespec="seconds"), "by": by.name, "version": version},
        "languages": list(mission.languages),
        "documents": list(documents),
    }


def _companions(keys: Iterable[Key]) -> set[Key]:
    """The number of observations of each form (and region) that is quoted, so that what was left out can be checked."""
    return {
        Key.of(key.app, "observations", **{name: value for name, value in key.dimensions if name in ("form", "area")})
        for key in keys
        if key.dimension("form")
    }


def _sentences(documents: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for document in documents:
        for section in document["sections"]:
            for paragraph in section["paragraphs"]:
                yield from paragraph["sentences"]


def _templates(documents: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for sentence in _sentences(documents):
        yield from sentence["texts"].values()


def _bar_keys(documents: Sequence[Mapping[str, Any]]) -> list[str]:
    return [
        key
        for document in documents
        for section in document["sections"]
        for bar in section["bars"]
        for row in bar["rows"]
        for key in row["keys"]
    ]


def _blocked(
    documents: Sequence[Mapping[str, Any]], figures: Mapping[str, Any], languages: Sequence[str]
) -> Iterator[Blocked]:
    for sentence in _sentences(documents):
        templates = {language: sentence["texts"].get(language, "") for language in languages}
        found = [("", finding) for finding in lint_parity(templates)]
        for language, template in templates.items():
            said = lint(template, language, figures, literals_in(sentence, language))
            found += [(language, finding) for finding in said]
        for language, finding in found:
            if finding.severity is Severity.BLOCK:
                yield Blocked(sentence["id"], language, finding.message)
