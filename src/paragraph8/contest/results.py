"""Taking results in, as versions: a file is kept, read, checked and published whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.contests import ResultStage
from paragraph8.domain.importing.sheets import read_sheet
from paragraph8.domain.importing.tables import NotATableError
from paragraph8.domain.names import folded
from paragraph8.domain.result_checks import check_results
from paragraph8.domain.results import Known, Problem, ReportedLine, read_results
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import JobRefusedError, Progress, start
from paragraph8.missions.files import keep_file, kept_file
from paragraph8.missions.models import Contest, Mission

from .models import ResultLine, ResultUpload, ResultVersion
from .operations import require_code, require_past, require_source
from .refusals import RefusedEntryError

JOB = "results"
BATCH = 500


@transaction.atomic
def upload_results(
    *,
    mission: Mission,
    name: str,
    data: bytes,
    code: str,
    stage: ResultStage,
    author: Text,
    told_on: date,
    source: str,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    told_time: time | None = None,
) -> tuple[ResultUpload, Job]:
    """Keep the file and start reading it. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_code(code, taken=mission.result_versions.filter(code=code).exists())
    if not any(string.strip() for _, string in author.strings):
        raise RefusedEntryError("no-author")
    require_source(source)
    require_past(told_on, mission, now, "told_on")
    digest, _ = keep_file(settings.VAR / "files", mission.slug, data)
    upload = ResultUpload.objects.create(
        mission=mission,
        contest=contest,
        code=code,
        stage=stage.value,
        author=author.to_json(),
        told_on=told_on,
        told_time=told_time,
        source=source.strip(),
        name=name[:255],
        sha256=digest,
    )
    job = start(
        mission_id=mission.pk, kind=JOB, arguments={"upload": upload.pk}, action=Action.MANAGE_CONTEST, by=by, now=now
    )
    ResultUpload.objects.filter(pk=upload.pk).update(job=job)
    upload.job = job
    return upload, job


def import_results(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The job: read the file, write its lines where nobody meets them, then make them a version."""
    upload = ResultUpload.objects.select_related("mission", "contest").get(pk=job.arguments["upload"])
    lines = _lines(upload)
    for start_ in range(0, len(lines), BATCH):
        ResultLine.objects.bulk_create(
            ResultLine(
                batch=upload.batch,
                line=line.line.value,
                contestant=line.contestant,
                area=line.area,
                station=line.station,
                n=line.n,
                share=line.share,
            )
            for line in lines[start_ : start_ + BATCH]
        )
        progress(min(start_ + BATCH, len(lines)), len(lines))
    findings = [{"code": finding.code, "facts": dict(finding.facts)} for finding in check_results(lines)]
    version = _publish(upload, len(lines), findings, by=job.by, now=job.moment())
    return {"version": version.code, "lines": len(lines), "findings": len(findings)}


@transaction.atomic
def _publish(upload: ResultUpload, n: int, findings: list[dict[str, Any]], *, by: str, now: datetime) -> ResultVersion:
    mission = upload.mission
    if mission.result_versions.filter(code=upload.code).exists():
        raise JobRefusedError(_refused([Problem("code-taken", {"code": upload.code})], 1))
    body = {"code": upload.code, "stage": upload.stage, "sha256": upload.sha256, "lines": n, "findings": len(findings)}
    entry = append(
        mission_id=mission.pk, kind="results.added", subject=f"mission:{mission.pk}", body=body, by=by, now=now
    )
    return ResultVersion.objects.create(
        mission=mission,
        contest=upload.contest,
        code=upload.code,
        stage=upload.stage,
        author=upload.author,
        told_on=upload.told_on,
        told_time=upload.told_time,
        source=upload.source,
        batch=upload.batch,
        n=n,
        findings=findings,
        name=upload.name,
        sha256=upload.sha256,
        by=by,
        at=now,
        entry=entry,
    )


def _lines(upload: ResultUpload) -> tuple[ReportedLine, ...]:
    """The lines of the file. Raises `JobRefusedError` with the problems of its rows."""
    data = kept_file(settings.VAR / "files", upload.mission.slug, upload.sha256)
    try:
        table = read_sheet(data)
    except NotATableError as error:
        facts = {"why": error.text().to_json()}
        raise JobRefusedError({"problems": [{"reason": "not-a-table", "facts": facts}], "in_all": 1}) from error
    read = read_results(table, known_names(upload.mission, upload.contest))
    if read.problems:
        raise JobRefusedError(_refused(read.problems, read.problems_in_all))
    return read.lines


def known_names(mission: Mission, contest: Contest | None) -> Known:
    """Under which codes and spellings a file may name contestants, areas and stations of the mission."""
    contestants: dict[str, set[str]] = {}
    rows = mission.contestants.all() if contest is None else mission.contestants.filter(contest=contest)
    for row in rows:
        for spelling in (row.code, *row.name.values(), *row.spellings):
            contestants.setdefault(folded(spelling), set()).add(row.code)
    areas: dict[str, str] = {}
    for area in mission.areas.all():
        areas |= {folded(spelling): area.code for spelling in (*area.name.values(), area.code)}
    return Known(
        {spelling: frozenset(codes) for spelling, codes in contestants.items()},
        areas,
        frozenset(mission.stations.values_list("key", flat=True)),
    )


def _refused(problems: Any, in_all: int) -> dict[str, Any]:
    return {"problems": [{"reason": p.reason, "facts": dict(p.facts)} for p in problems], "in_all": in_all}
