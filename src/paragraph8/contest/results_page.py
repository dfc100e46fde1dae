"""Versions of the results side by side: what each author gave, and what of it does not add up. Nothing is averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.contests import COUNTS, RESULT_STAGES, Count, ResultStage
from paragraph8.domain.result_checks import FAULTS, Finding
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.wording.numbers import format_integer

from .models import ResultLine, ResultUpload, ResultVersion
from .queries import UnknownEntryError, versions_of
from .refusals import said

OF_WORDS: Mapping[str, Text] = {
    "sum": Text.of({"en": "all votes given", "kk": "берілген барлық дауыс", "ru": "все поданные голоса"}),
    "whole": Text.of({"en": "the whole", "kk": "жалпы", "ru": "в целом"}),
    **{count.value: text for count, text in COUNTS.items()},
}


@dataclass(frozen=True)
class Cell:
    """What one version says of a line; nothing where it is silent. `change` is against the version before it."""

    n: int | None
    share: str
    change: int | None


@dataclass(frozen=True)
class Row:
    """A line through all versions."""

    title: Text
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Told:
    """A version as the page heads it."""

    row: ResultVersion
    stage: Text
    author: Text
    findings: tuple[tuple[Text, bool], ...]


@dataclass(frozen=True, kw_only=True)
class ResultsPage:
    """Everything the page prints; `areas` are the rows of the line chosen."""

    versions: tuple[Told, ...]
    rows: tuple[Row, ...]
    choices: tuple[tuple[str, Text], ...]
    chosen: str
    areas: tuple[Row, ...]


def results_page(mission: Mission, *, viewer: Viewer, chosen: str = "") -> ResultsPage:
    """The versions of the mission; `chosen` is the line that is shown by area: a kind of count, or a contestant."""
    versions = versions_of(mission, viewer=viewer)
    lines = _without_stations(versions)
    names = {row.code: Text.of(row.name) for row in mission.contestants.order_by("code")}
    words = {**OF_WORDS, **names, **{area.code: Text.of(area.name) for area in mission.areas.all()}}
    whole = {key: cells for key, cells in lines.items() if not key[2]}
    choices = dict.fromkeys((key[1] or key[0]) for key in lines if key[2])
    picked = chosen if chosen in choices else next(iter(choices), "")
    return ResultsPage(
        versions=tuple(_told(version, words) for version in versions),
        rows=tuple(_row(words[key[1] or key[0]], cells) for key, cells in _ordered(whole)),
        choices=tuple((code, words[code]) for code in choices),
        chosen=picked,
        areas=tuple(_row(words[key[2]], cells) for key, cells in sorted(lines.items()) if key[2] and picked in key[:2]),
    )


Lines = dict[tuple[str, str, str], list[ResultLine | None]]


def _without_stations(versions: Sequence[ResultVersion]) -> Lines:
    """(line, contestant, area) → what each version says, in the order of the versions."""
    found: Lines = {}
    codes = {version.batch: place for place, version in enumerate(versions)}
    for line in ResultLine.objects.filter(batch__in=codes, station=""):
        cells = found.setdefault((line.line, line.contestant, line.area), [None] * len(versions))
        cells[codes[line.batch]] = line
    return found


def _ordered(lines: Lines) -> list[tuple[tuple[str, str, str], list[ResultLine | None]]]:
    """Contestants by the votes that the newest version gives them, then the other counts."""
    order = list(Count)

    def place(item: tuple[tuple[str, str, str], list[ResultLine | None]]) -> tuple[int, float, str]:
        (line, contestant, _), cells = item
        newest = next((cell for cell in reversed(cells) if cell), None)
        votes = newest.n if newest and newest.n is not None else float(newest.share) if newest and newest.share else 0
        return order.index(Count(line)), -votes if contestant else 0, contestant

    return sorted(lines.items(), key=place)


def _row(title: Text, lines: Sequence[ResultLine | None]) -> Row:
    cells: list[Cell | None] = []
    before: int | None = None
    for line in lines:
        if line is None:
            cells.append(None)
            continue
        change = line.n - before if line.n is not None and before is not None else None
        cells.append(Cell(line.n, line.share, change))
        before = line.n if line.n is not None else before
    return Row(title, tuple(cells))


def _told(version: ResultVersion, words: Mapping[str, Text]) -> Told:
    findings = [Finding(item["code"], item["facts"]) for item in version.findings]
    return Told(
        version,
        RESULT_STAGES[ResultStage(version.stage)],
        Text.of(version.author),
        tuple((finding.text(words, format_integer), finding.code in FAULTS) for finding in findings),
    )


@dataclass(frozen=True)
class UploadPage:
    """A file on its way in: the job, and the problems for which it was refused."""

    upload: ResultUpload
    job: Any
    problems: tuple[Text, ...]
    in_all: int


def upload_page(mission: Mission, pk: int, *, viewer: Viewer) -> UploadPage:
    """One upload. Raises `UnknownEntryError`."""
    versions_of(mission, viewer=viewer)
    upload = ResultUpload.objects.filter(mission=mission, pk=pk).select_related("job").first()
    if upload is None:
        raise UnknownEntryError(str(pk))
    result = upload.job.result if upload.job else {}
    problems = result.get("problems", [])
    return UploadPage(upload, upload.job, tuple(_said(item) for item in problems), result.get("in_all", 0))


def _said(problem: Mapping[str, Any]) -> Text:
    facts = {name: Text.of(fact) if isinstance(fact, dict) else fact for name, fact in problem["facts"].items()}
    return said(problem["reason"], **facts)
