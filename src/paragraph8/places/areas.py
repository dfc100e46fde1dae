"""Areas from a file of their own: checked as a whole, taken as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.domain.importing.area_rows import AreaIntake, read_areas
from paragraph8.domain.importing.sheets import read_sheet
from paragraph8.domain.importing.station_problems import PLACE_PROBLEMS
from paragraph8.domain.places import area_paths
from paragraph8.missions.models import Area, Mission, Station

from .models import Upload
from .queries import area_lines
from .uploads import NO_CODE, UploadError, bytes_of, findings, report


class RefusedAreasError(ValueError):
    """The file has rows that cannot be taken; nothing was changed. The findings of the upload say which."""


@transaction.atomic
def check_areas(*, upload: Upload, mapping: Mapping[str, object], by: Viewer, now: datetime) -> AreaIntake:
    """Read the areas of a file by a mapping and note what was found; nothing is changed yet."""
    by.require(Action.MANAGE_PLACES, upload.mission_id)
    upload.mapping = dict(mapping)
    if not upload.mapping["columns"].get("code"):
        raise UploadError(NO_CODE)
    intake = _intake(upload)
    known = set(upload.mission.areas.values_list("code", flat=True))
    new = sum(line.code not in known for line in intake.areas)
    upload.findings = findings(
        intake.problems,
        rows=intake.rows,
        areas=len(intake.areas),
        new=new,
        blocking=int(intake.blocking()),
    )
    upload.report_sha256 = report(intake.problems, PLACE_PROBLEMS, upload.mission)
    upload.save(update_fields=["mapping", "findings", "report_sha256"])
    body = {"mapping": digest(upload.mapping), "of": upload.kind}
    append(
        mission_id=upload.mission_id,
        kind="list.check-started",
        subject=f"upload:{upload.pk}",
        body=body,
        by=by.name,
        now=now,
    )
    return intake


@transaction.atomic
def import_areas(*, upload: Upload, by: Viewer, now: datetime) -> int:
    """Add the areas of a checked file and change those that are known; how many.

    Raises `RefusedAreasError` when a row cannot be taken, and for a file that was applied or discarded before.
    """
    by.require(Action.MANAGE_PLACES, upload.mission_id)
    mission = Mission.objects.select_for_update().get(pk=upload.mission_id)
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    intake = _intake(row)
    if row.applied_at or row.discarded_at or not row.findings or intake.blocking():
        raise RefusedAreasError(str(row))
    n = _store(mission, intake)
    Upload.objects.filter(pk=row.pk).update(applied_at=now)
    append(
        mission_id=mission.pk,
        kind="areas.imported",
        subject=f"mission:{mission.pk}",
        body={"n": n, "sha256": row.sha256, "codes": digest(sorted(line.code for line in intake.areas))},
        by=by.name,
        now=now,
    )
    return n


def _intake(upload: Upload) -> AreaIntake:
    table = read_sheet(bytes_of(upload), sheet=upload.sheet)
    mission = upload.mission
    lists = mission.station_lists.all()
    holding = Station.objects.filter(list__in=lists, area__isnull=False).order_by().values_list("area__code", flat=True)
    return read_areas(table, upload.mapping["columns"], area_lines(mission), holding=holding.distinct())


def _store(mission: Mission, intake: AreaIntake) -> int:
    known = {area.code: area for area in Area.everything.filter(mission=mission)}
    lines = {line.code: line for line in intake.areas}
    parents = {line.code: line.parent for line in area_lines(mission)} | {c: line.parent for c, line in lines.items()}
    paths, _ = area_paths(parents)
    rows = {code: known.get(code) or Area(mission=mission, code=code) for code in paths}
    for code, line in lines.items():
        area = rows[code]
        area.name, area.zone, area.at, area.draft_of = line.name.to_json(), line.zone, line.at, None
    for code in sorted(paths, key=lambda code: paths[code].count("/")):
        area = rows[code]
        parent = rows.get(parents[code])
        if code in lines or area.path != paths[code]:
            area.parent, area.path = parent, paths[code]
            area.save()
    return len(lines)
