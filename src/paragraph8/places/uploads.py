"""Files on their way in: kept, looked at, told how they are to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.domain.importing.area_rows import AREA_HEADINGS
from paragraph8.domain.importing.headings import guess_columns
from paragraph8.domain.importing.row_problems import RowProblem
from paragraph8.domain.importing.sheets import Table, read_sheet, sheets_of
from paragraph8.domain.importing.station_headings import STATION_HEADINGS
from paragraph8.domain.importing.station_problems import BLOCKING
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import start
from paragraph8.missions.files import keep_file, kept_file
from paragraph8.missions.models import Mission

from .models import Upload

MOST_ROWS = 300_000
ROWS_SHOWN = 8
PROBLEMS_SHOWN = 200
_HEADINGS = {Upload.STATIONS: STATION_HEADINGS, Upload.AREAS: AREA_HEADINGS}
CHECK = "stations.import"
"""The kind of the job that reads and stages a list."""


class UploadError(ValueError):
    """The upload cannot be used so. `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


TOO_LONG = Text.of(
    {
        "en": "The list has more than 300,000 rows.",
        "kk": "Тізімде 300 000-нан көп жол бар.",
        "ru": "В списке больше 300 000 строк.",
    }
)
NO_NUMBER = Text.of(
    {
        "en": "Say which column holds the number of the station.",
        "kk": "Учаске нөмірі қай бағанда екенін көрсетіңіз.",
        "ru": "Укажите, в каком столбце номер участка.",
    }
)
NO_CODE = Text.of(
    {
        "en": "Say which column holds the code of the area.",
        "kk": "Аумақ коды қай бағанда екенін көрсетіңіз.",
        "ru": "Укажите, в каком столбце код территории.",
    }
)
UNDER_WAY = Text.of(
    {
        "en": "A list is being read, or waits to be published. Publish or discard it first.",
        "kk": "Бір тізім оқылып жатыр немесе жариялауды күтіп тұр. Алдымен оны жариялаңыз не алып тастаңыз.",
        "ru": "Один список уже читается или ждет публикации. Сначала опубликуйте его или откажитесь от него.",
    }
)


def files_root() -> Path:
    """Where files are kept by their SHA-256."""
    return settings.VAR / "files"


def keep_upload(
    *,
    mission: Mission,
    kind: str,
    name: str,
    data: bytes,
    by: Viewer,
    now: datetime,
    source: str = "",
    dated: date | None = None,
) -> Upload:
    """Keep a file of stations or areas and guess how it is read; nothing of it is visible yet.

    Raises `NotATableError` when it holds no table and `UploadError` when it is too long. Neither keeps anything.
    """
    by.require(Action.MANAGE_PLACES, mission.pk)
    table = read_sheet(data)
    if len(table.rows) > MOST_ROWS:
        raise UploadError(TOO_LONG)
    sha256, _ = keep_file(files_root(), mission.slug, data)
    with transaction.atomic():
        upload = Upload.objects.create(
            mission=mission,
            kind=kind,
            name=name[:255],
            sha256=sha256,
            size=len(data),
            sheet=table.sheet,
            source=source,
            dated=dated,
            head=_head(table, [sheet.name for sheet in sheets_of(data)]),
            mapping={"columns": guess_columns(table.columns, _HEADINGS[kind])},
            made_at=now,
            made_by=by.name,
        )
        _log(upload, "list.uploaded", {"sha256": sha256, "bytes": len(data), "of": kind}, by, now)
    return upload


@transaction.atomic
def choose_sheet(*, upload: Upload, sheet: str, by: Viewer, now: datetime) -> None:
    """Read another sheet of the workbook. Raises `NotATableError` when there is none of that name."""
    by.require(Action.MANAGE_PLACES, upload.mission_id)
    table = read_sheet(bytes_of(upload), sheet=sheet)
    upload.sheet = table.sheet
    upload.head = _head(table, upload.head["sheets"])
    upload.mapping = {"columns": guess_columns(table.columns, _HEADINGS[upload.kind])}
    upload.findings = {}
    upload.save(update_fields=["sheet", "head", "mapping", "findings"])
    _log(upload, "list.sheet-chosen", {"sheet": digest(sheet)}, by, now)


@transaction.atomic
def start_check(*, upload: Upload, mapping: Mapping[str, Any], by: Viewer, now: datetime) -> Job:
    """Read the whole list by this mapping, as a job that stages it for publishing.

    Raises `UploadError` without a column for numbers, and while another list is under way.
    """
    by.require(Action.MANAGE_PLACES, upload.mission_id)
    if not mapping["columns"].get("number"):
        raise UploadError(NO_NUMBER)
    Mission.objects.select_for_update().get(pk=upload.mission_id)
    if under_way(upload.mission_id).exists():
        raise UploadError(UNDER_WAY)
    upload.mapping = dict(mapping)
    upload.findings = {}
    upload.report_sha256 = ""
    upload.job = start(
        mission_id=upload.mission_id,
        kind=CHECK,
        arguments={"upload": upload.pk},
        action=Action.MANAGE_PLACES,
        by=by,
        now=now,
    )
    upload.save(update_fields=["mapping", "findings", "report_sha256", "job"])
    _log(upload, "list.check-started", {"mapping": digest(upload.mapping)}, by, now)
    return upload.job


def under_way(mission_id: int) -> Any:
    """Uploads of stations that are being read, or staged and neither published nor discarded."""
    from django.db.models import Q

    running = Q(job__state__in=("waiting", "running"))
    staged = Q(list__isnull=False, list__staged_at__isnull=False, list__published_at=None)
    return Upload.objects.filter(running | staged, mission_id=mission_id, discarded_at=None)


def bytes_of(upload: Upload) -> bytes:
    """The file as it came."""
    return kept_file(files_root(), upload.mission.slug, upload.sha256)


def findings(problems: Iterable[RowProblem], **facts: int) -> dict[str, Any]:
    """What a page tells of an upload: how many of each problem, the first of them (blocking ones first), and facts."""
    listed = list(problems)
    counts: dict[str, int] = {}
    examples: dict[str, Any] = {}
    for problem in listed:
        counts[problem.code] = counts.get(problem.code, 0) + 1
        if problem.code not in examples:
            examples[problem.code] = problem.to_json()
    first = sorted(listed, key=lambda problem: problem.code not in BLOCKING)[:PROBLEMS_SHOWN]
    shown = [problem.to_json() for problem in first]
    return {"counts": counts, "examples": examples, "first": shown, "n": len(listed), **facts}


def report(problems: Iterable[RowProblem], texts: Mapping[str, Text], mission: Mission) -> str:
    """Keep every problem as a CSV file in three languages; its SHA-256."""
    import csv
    import io

    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["row", "column", "code", "blocks", "en", "kk", "ru"])
    for problem in problems:
        said = problem.text(texts)
        words = [said.shown(tag).string for tag in ("en", "kk", "ru")]
        cells = [problem.row, problem.column, problem.code, "yes" if problem.code in BLOCKING else "", *words]
        writer.writerow([safe_cell(cell) for cell in cells])
    return keep_file(files_root(), mission.slug, file.getvalue().encode("utf-8-sig"))[0]


def safe_cell(cell: Any) -> Any:
    """A cell that no spreadsheet program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _head(table: Table, sheets: list[str]) -> dict[str, Any]:
    return {
        "columns": list(table.columns),
        "rows": [
            [row.number, [row.cells.get(name, "")[:200] for name in table.columns]] for row in table.rows[:ROWS_SHOWN]
        ],
        "n": len(table.rows),
        "sheets": sheets,
        "encoding": table.encoding,
        "problems": [problem.to_json() for problem in table.problems[:20]],
    }


def _log(upload: Upload, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=upload.mission_id, kind=kind, subject=f"upload:{upload.pk}", body={**body}, by=by.name, now=now)
