"""Reading what was sequenced, and correcting what was read."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change, LogEntry
from paragraph8.audit.operations import append
from paragraph8.capture.models import Conflict, Report
from paragraph8.domain.answers import Missing, answer_to_json
from paragraph8.domain.canonical import canonical
from paragraph8.domain.checks import CHECKS, Scope, check_station
from paragraph8.domain.forms import Form
from paragraph8.domain.problems import Problem
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from . import reading
from .models import Correction, FoundProblem, Reading
from .reading import Read, Setting

logger = logging.getLogger(__name__)

READ_KINDS = frozenset(
    f"{noun}.{verb}" for noun in ("report", "rehearsal") for verb in ("received", "conflicting", "corrected")
)


class RefusedCorrectionError(ValueError):
    """The correction fits neither form nor mission; `text` says why in three languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def read_changes(changes: Sequence[Change], now: datetime) -> None:  # noqa: ARG001 - the sequencer's signature
    """Read every report that a batch of changes touched, and what that changes for others at the same station."""
    by_mission: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.entry.kind in READ_KINDS and change.mission_id is not None:
            by_mission[change.mission_id].append(change)
    for mission_id, touched in by_mission.items():
        mission = Mission.objects.get(pk=mission_id)
        for changes_of_reports in _rounds(touched):
            # Practice and what counts never meet: no check sets one beside the other.
            for rehearsal in (False, True):
                _read_round(mission, changes_of_reports, rehearsal=rehearsal)


@transaction.atomic
def correct(
    *, report: Report, kind: str, value: Any, reason: str, by: Viewer, now: datetime, question: str = ""
) -> Correction:
    """Correct an answer ("answer"), attach to a station ("station") or set aside ("set-aside") with a reason.

    Raises `NotAllowedError`, or `RefusedCorrectionError` when there is no reason, the question is not on the form,
    the value fits no answer of it, or the mission has no such station.
    """
    by.require(Action.CORRECT_REPORTS, report.mission_id)
    if not reason.strip():
        raise RefusedCorrectionError(_NO_REASON)
    match kind:
        case "answer":
            value = _fitting(report, question, value)
        case "station":
            if not report.mission.stations.filter(key=value).exists():
                raise RefusedCorrectionError(_NO_STATION)
        case "set-aside":
            value = bool(value)
        case _:
            raise ValueError(kind)
    facts = {"kind": kind, "question": question, "value": value}
    entry = _log(report, "report.corrected", "rehearsal.corrected", facts, by, now)
    return Correction.objects.create(
        report=report,
        kind=kind,
        question=question,
        value=canonical(value).decode(),
        reason=reason.strip(),
        author=by.name,
        at=now,
        entry=entry,
    )


def _log(report: Report, kind: str, in_rehearsal: str, facts: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(
        mission_id=report.mission_id,
        kind=in_rehearsal if report.rehearsal else kind,
        subject=f"report:{report.uid}",
        body=facts,
        by=by.name,
        now=now,
    )


def _fitting(report: Report, question: str, value: Any) -> Any:
    latest = report.readings.select_related("form_version").order_by("-pk").first()
    form = latest.form_version.form() if latest and latest.form_version else None
    if form is None or form.question(question) is None:
        raise RefusedCorrectionError(_NO_QUESTION)
    answer = form.read({question: value})[question]
    if answer is Missing.UNREADABLE:
        raise RefusedCorrectionError(_NO_SUCH_ANSWER)
    return answer_to_json(answer)


def _rounds(touched: Sequence[Change]) -> list[dict[str, Change]]:
    """Changes by report, a report at most once a round, so that each change has the reading it led to."""
    rounds: list[dict[str, Change]] = []
    for change in touched:
        uid = change.entry.subject.removeprefix("report:")
        free = next((changes for changes in rounds if uid not in changes), None)
        if free is None:
            rounds.append({uid: change})
        else:
            free[uid] = change
    return rounds


def _read_round(mission: Mission, at: Mapping[str, Change], *, rehearsal: bool) -> None:
    own = [uid for uid, change in at.items() if change.entry.kind.startswith("rehearsal.") is rehearsal]
    reports = list(Report.objects.filter(mission=mission, uid__in=own, rehearsal=rehearsal)) if own else []
    if not reports:
        return
    latest = {report.pk: at[str(report.uid)] for report in reports}
    corrections = _until(Correction.objects.filter(report__in=reports), latest)
    conflicts = _until(Conflict.objects.filter(report__in=reports), latest)
    keys = {reading.station_key(report, corrections[report.pk]) for report in reports}
    setting = Setting.of(mission, keys)
    fresh = [
        (_read(report, corrections[report.pk], conflicts[report.pk], setting), latest[report.pk]) for report in reports
    ]
    stations = (keys | _stations_before(reports)) - {""}
    before = {row.report_id: row for row in _current(Reading.objects.filter(report__in=reports))}
    there = _current(Reading.objects.filter(mission=mission, station_key__in=stations, rehearsal=rehearsal))
    beside = {row.report_id: row for row in there if row.report_id not in latest and row.station_key in stations}
    forms = {stored.pk: stored.form for stored in setting.forms.values()}
    items = [*fresh, *_neighbours(beside.values(), forms, at=_newest_change(latest))]
    _store(mission, items, stations, before | beside, rehearsal)


def _read(report: Report, corrections: Sequence[Correction], conflicts: Sequence[Conflict], setting: Setting) -> Read:
    """Read a report; one on which the software fails must not hold up all that came after it."""
    try:
        return reading.read(report, corrections, conflicts, setting)
    except Exception:
        logger.exception("report %s cannot be read", report.uid)
        return reading.not_read(report)


def _neighbours(rows: Iterable[Reading], forms: Mapping[int, Form], *, at: Change) -> Iterator[tuple[Read, Change]]:
    """Current readings of other reports at the stations concerned; they are read again at the latest change."""
    for row in rows:
        form = forms.get(row.form_version_id) if row.form_version_id else None
        alone = [problem for problem in reading.read_problems(row) if CHECKS[problem.code].scope is not Scope.STATION]
        yield reading.again(row, form, row.report, problems=alone), at


def _newest_change(latest: Mapping[int, Change]) -> Change:
    return max(latest.values(), key=lambda change: change.number)


def _store(
    mission: Mission,
    items: Sequence[tuple[Read, Change]],
    keys: set[str],
    previous: Mapping[int, Reading],
    rehearsal: bool,
) -> None:
    """Run the checks of each station over all its reports, then store what differs from the previous readings."""
    together: dict[str, tuple[Problem, ...]] = {}
    groups: dict[str, list[Read]] = defaultdict(list)
    for item, _ in items:
        if item.seen.station in keys:
            groups[item.seen.station].append(item)
    for group in groups.values():
        together.update(check_station([item.seen for item in group]))
    rows, problems_of = [], []
    for item, change in items:
        problems = (*item.problems, *together.get(item.seen.row, ()))
        row = Reading(
            mission=mission,
            report_id=item.report_id,
            change=change,
            form_version_id=item.form_version_id,
            form_code=item.seen.sent.form,
            station=item.station,
            station_key=item.seen.station,
            started=item.seen.sent.started,
            finished=item.seen.sent.finished,
            answers=reading.write_answers(item.seen.form, item.seen.answers),
            problems=reading.write_problems(problems),
            set_aside=item.set_aside,
            rehearsal=rehearsal,
        )
        if not _same(previous.get(item.report_id), row):
            rows.append(row)
            problems_of.append(problems)
    stored = Reading.objects.bulk_create(rows, batch_size=200)
    FoundProblem.objects.bulk_create(
        (
            FoundProblem(reading=row, code=problem.code, rule=problem.rule, severity=problem.severity.value)
            for row, problems in zip(stored, problems_of, strict=True)
            for problem in problems
        ),
        batch_size=500,
    )


def _same(before: Reading | None, row: Reading) -> bool:
    fields = ("form_version_id", "station_id", "station_key", "answers", "problems", "set_aside")
    return before is not None and all(getattr(before, name) == getattr(row, name) for name in fields)


def _current(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """The newest reading of each report that has one among the readings; it may stand at another station than they."""
    of_reports = Reading.objects.filter(report__in=readings.values("report_id"))
    newest = of_reports.values("report_id").annotate(newest=Max("pk")).values("newest")
    return Reading.objects.filter(pk__in=newest).select_related("report", "station").defer("report__body")


def _stations_before(reports: Sequence[Report]) -> set[str]:
    """Stations that the reports stood at before; a report that moved changes what holds where it was."""
    keys = Reading.objects.filter(report__in=reports).values_list("station_key", flat=True)
    return set(keys)


def _until(rows: Any, latest: Mapping[int, Change]) -> dict[int, list[Any]]:
    """Rows by report, oldest first, as far as they were sequenced by the change that each report is read at."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows.filter(entry__change__isnull=False).select_related("entry__change").order_by("pk"):
        if row.entry.change.number <= latest[row.report_id].number:
            grouped[row.report_id].append(row)
    return grouped


_NO_REASON = Text.of(
    {
        "en": "Write a reason: who reads this later must understand why.",
        "kk": "Себебін жазыңыз: кейін оқитын адам неліктен екенін түсінуі керек.",
        "ru": "Укажите причину: тот, кто прочтет это позже, должен понять почему.",
    }
)
_NO_STATION = Text.of(
    {
        "en": "The mission has no station of that code.",
        "kk": "Миссияда мұндай коды бар учаске жоқ.",
        "ru": "В миссии нет участка с таким кодом.",
    }
)
_NO_QUESTION = Text.of(
    {
        "en": "The form of this report has no such question.",
        "kk": "Бұл есептің нысанында мұндай сұрақ жоқ.",
        "ru": "В форме этого отчета нет такого вопроса.",
    }
)
_NO_SUCH_ANSWER = Text.of(
    {
        "en": "That is none of the answers of this question.",
        "kk": "Бұл сұрақтың мұндай жауабы жоқ.",
        "ru": "У этого вопроса нет такого ответа.",
    }
)
