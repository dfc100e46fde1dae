"""Station lists as versions: staged by a job in short transactions, compared, and published by one short statement.

Until it is published nobody meets a station or an area of a list. What a killed job leaves behind is swept when the
next one starts.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.importing.sheets import NotATableError, read_sheet
from paragraph8.domain.importing.station_problems import PLACE_PROBLEMS
from paragraph8.domain.importing.station_rows import StationIntake, StationMapping, read_stations
from paragraph8.domain.places import AreaLine, Differences, StationLine, area_paths, differences
from paragraph8.domain.transliteration import search_key
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.operations import JobRefusedError, Progress
from paragraph8.missions.files import keep_file
from paragraph8.missions.models import Area, Mission, Station, StationList

from .models import Upload
from .queries import area_lines, station_lines
from .uploads import bytes_of, files_root, findings, report, safe_cell

BATCH = 500
CHANGES_SHOWN = 100
_COLUMNS = (
    "mission_id",
    "list_id",
    "key",
    "label",
    "name",
    "address",
    "kind",
    "area_id",
    "top_id",
    "registered",
    "urban",
    "latitude",
    "longitude",
    "folded",
)
_INSERT = f"""INSERT INTO missions_station ({", ".join(f'"{name}"' for name in _COLUMNS)})
VALUES ({", ".join(["%s"] * len(_COLUMNS))})"""  # noqa: S608 - the names above and nothing else
"""One statement for all rows: putting 100,000 statements together costs more than running them."""


class StaleListError(ValueError):
    """The list cannot be published: it is not staged, is published already, or another one came in between."""


def import_stations(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The job: read the file, stage its stations, compare them with the list in force, note what was found.

    Raises `JobRefusedError` when rows cannot be taken and nobody said to leave them out; then nothing is staged.
    """
    upload = Upload.objects.select_related("mission").get(pk=job.arguments["upload"], mission_id=job.mission_id)
    mission = upload.mission
    if upload.discarded_at:
        raise JobRefusedError({"upload": upload.pk})
    sweep(mission)
    intake = _intake(upload)
    sha256 = report(intake.problems, PLACE_PROBLEMS, mission)
    found = findings(
        intake.problems,
        rows=intake.rows,
        stations=len(intake.stations),
        left_out=intake.left_out,
        areas=len(intake.areas),
    )
    Upload.objects.filter(pk=upload.pk).update(findings=found, report_sha256=sha256)
    if not intake.stations or (intake.blocking() and not upload.mapping.get("leave_out")):
        raise JobRefusedError({"upload": upload.pk})
    draft = _draft(mission, upload, job)
    try:
        _stage(mission, draft, intake, progress)
        _compare(mission, draft, intake)
        _staged(upload, draft, intake, job)
    except BaseException:
        _remove(draft)
        raise
    return {"upload": upload.pk, "list": draft.pk}


def publish(*, listed: StationList, by: Viewer, now: datetime) -> None:
    """Put a staged list in force. Raises `StaleListError`."""
    by.require(Action.MANAGE_PLACES, listed.mission_id)
    with transaction.atomic():
        mission = Mission.objects.select_for_update().get(pk=listed.mission_id)
        row = StationList.objects.select_for_update().get(pk=listed.pk)
        if row.staged_at is None or row.published_at is not None or row.base_id != mission.station_list_id:
            raise StaleListError(str(row))
        brought = Area.everything.filter(draft_of=row).update(draft_of=None)
        StationList.objects.filter(pk=row.pk).update(published_at=now)
        Mission.objects.filter(pk=mission.pk).update(station_list=row)
        Upload.objects.filter(list=row).update(applied_at=now)
        body = {
            "number": row.number,
            "n": row.n,
            "registered": row.registered,
            "sha256": row.sha256,
            "areas": brought,
            "differences": row.differences.get("counts", {}),
        }
        append(mission_id=mission.pk, kind="list.published", subject=f"list:{row.pk}", body=body, by=by.name, now=now)


def discard(*, upload: Upload, by: Viewer, now: datetime) -> None:
    """Take back an upload and what it staged. The file itself stays kept. Raises `StaleListError` when published or
    while its job is running."""
    by.require(Action.MANAGE_PLACES, upload.mission_id)
    with transaction.atomic():
        row = Upload.objects.select_for_update(of=("self",)).select_related("job").get(pk=upload.pk)
        running = row.job is not None and row.job.state == State.RUNNING
        if row.applied_at or row.discarded_at or running:
            raise StaleListError(str(row))
        Upload.objects.filter(pk=row.pk).update(discarded_at=now)
        append(
            mission_id=row.mission_id,
            kind="list.discarded",
            subject=f"upload:{row.pk}",
            body={"sha256": row.sha256},
            by=by.name,
            now=now,
        )
    if row.list_id:
        _remove(StationList.objects.get(pk=row.list_id))


def sweep(mission: Mission) -> int:
    """Remove unpublished lists that no job and no upload is waiting for; how many."""
    waiting = Upload.objects.filter(
        mission=mission, list__staged_at__isnull=False, discarded_at=None, applied_at=None
    ).values("list_id")
    lost = list(StationList.objects.filter(mission=mission, published_at=None).exclude(pk__in=waiting))
    for draft in lost:
        _remove(draft)
    return len(lost)


def drop_unstaged(job: Job, now: datetime) -> None:  # noqa: ARG001 - the shape of what takes back
    """Take out what a job has staged that did not come to its end."""
    sweep(job.mission)


def _intake(upload: Upload) -> StationIntake:
    mapping = upload.mapping
    try:
        table = read_sheet(bytes_of(upload), sheet=upload.sheet)
    except NotATableError as error:
        raise JobRefusedError({"upload": upload.pk, "text": error.text().to_json()}) from error
    return read_stations(
        table,
        StationMapping(
            columns=mapping["columns"],
            language=mapping.get("language", "en"),
            per_area=mapping.get("per_area", False),
            bring_areas=mapping.get("bring_areas", True),
            leave_out=mapping.get("leave_out", False),
        ),
        area_lines(upload.mission),
        dated=upload.dated,
    )


@transaction.atomic
def _draft(mission: Mission, upload: Upload, job: Job) -> StationList:
    last = mission.station_lists.order_by("-number").first()
    return StationList.objects.create(
        mission=mission,
        number=last.number + 1 if last else 1,
        dated=upload.dated,
        source=upload.source,
        name=upload.name,
        sha256=upload.sha256,
        made_at=job.moment(),
        made_by=job.by,
        base_id=mission.station_list_id,
    )


def _stage(mission: Mission, draft: StationList, intake: StationIntake, progress: Progress) -> None:
    areas = _stage_areas(mission, draft, intake.areas)
    tops = {code: areas[area.path.partition("/")[0]] for code, area in areas.items()}
    rows = (_row(mission, draft, line, areas, tops) for line in intake.stations)
    done, total = 0, len(intake.stations)
    progress(0, total)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(_INSERT, batch)
        done += len(batch)
        if done % (BATCH * 4) == 0 or done == total:
            progress(done, total)


@transaction.atomic
def _stage_areas(mission: Mission, draft: StationList, brought: tuple[AreaLine, ...]) -> dict[str, Area]:
    """The mission's areas by code, with those that the list brings as drafts of it."""
    areas = {area.code: area for area in mission.areas.all()}
    paths, _ = area_paths(
        {**{code: _parent(area) for code, area in areas.items()}, **{a.code: a.parent for a in brought}}
    )
    for line in brought:
        areas[line.code] = Area.everything.create(
            mission=mission,
            code=line.code,
            name=line.name.to_json(),
            parent=areas.get(line.parent),
            path=paths[line.code],
            draft_of=draft,
        )
    return areas


def _parent(area: Area) -> str:
    steps = area.path.rstrip("/").split("/")
    return steps[-2] if len(steps) > 1 else ""


def _row(
    mission: Mission, draft: StationList, line: StationLine, areas: Mapping[str, Area], tops: Mapping[str, Area]
) -> tuple[Any, ...]:
    """The values of `_COLUMNS`."""
    name = line.name.to_json()
    area, top = areas.get(line.area), tops.get(line.area)
    return (
        mission.pk,
        draft.pk,
        line.key,
        line.label,
        json.dumps(name, ensure_ascii=False),
        line.address,
        line.kind.value,
        area.pk if area else None,
        top.pk if top else None,
        line.registered,
        line.urban,
        line.latitude,
        line.longitude,
        search_key(line.key, line.label, *name.values(), line.address),
    )


def _compare(mission: Mission, draft: StationList, intake: StationIntake) -> None:
    if draft.base_id is None:
        return
    found = differences(station_lines(draft.base_id), intake.stations)
    sha256, _ = keep_file(files_root(), mission.slug, "".join(_told(found)).encode("utf-8-sig"))
    StationList.objects.filter(pk=draft.pk).update(differences=found.to_json(CHANGES_SHOWN), differences_sha256=sha256)


def _told(found: Differences) -> Iterator[str]:
    """Every difference as a line of CSV."""
    yield "kind,number_before,number_now,label,area_before,area_now,voters_before,voters_now\r\n"
    for change in found.changes:
        line = io.StringIO()
        csv.writer(line).writerow([safe_cell("" if value is None else value) for value in vars(change).values()])
        yield line.getvalue()


@transaction.atomic
def _staged(upload: Upload, draft: StationList, intake: StationIntake, job: Job) -> None:
    """The last step of the job: the list is whole, and can be published."""
    now = job.moment()
    registered = sum(line.registered or 0 for line in intake.stations)
    StationList.objects.filter(pk=draft.pk).update(n=len(intake.stations), registered=registered, staged_at=now)
    Upload.objects.filter(pk=upload.pk).update(list=draft)
    append(
        mission_id=draft.mission_id,
        kind="list.staged",
        subject=f"list:{draft.pk}",
        body={"sha256": draft.sha256, "n": len(intake.stations), "registered": registered, "left_out": intake.left_out},
        by=job.by,
        now=now,
    )


def _remove(draft: StationList) -> None:
    """Take a list that was never published out again, in short steps, its areas last."""
    while keys := list(Station.objects.filter(list=draft).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Station.objects.filter(pk__in=keys)._raw_delete("default")
    with transaction.atomic():
        deepest_first = sorted(Area.everything.filter(draft_of=draft), key=lambda area: -area.depth)
        for area in deepest_first:
            Area.everything.filter(pk=area.pk)._raw_delete("default")
        StationList.objects.filter(pk=draft.pk, published_at=None).delete()
