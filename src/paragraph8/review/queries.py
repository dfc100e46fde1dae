"""What reports say, as of a change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, Max, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.queries import trail
from paragraph8.capture.models import Conflict, Report
from paragraph8.domain.checks import text_of
from paragraph8.domain.forms import Form
from paragraph8.domain.missions import StationKind, Subject
from paragraph8.domain.problems import Problem
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import TeamsSeen, teams_seen

from . import reading
from .models import Correction, FoundProblem, Reading


class UnknownReportError(LookupError):
    """No such report, as far as the viewer may know."""


def current(mission: Mission, *, as_of: int, viewer: Viewer, rehearsal: bool = False) -> QuerySet[Reading]:
    """The reading of each report as of the change, as far as the viewer may see (a team member: the team's own); with
    `rehearsal` those of rehearsals and no others."""
    seen = _seen(mission, viewer)
    return Reading.objects.filter(seen.where("report__team"), pk__in=_newest(mission, as_of, rehearsal=rehearsal))


Row = Mapping[str, Any]
Placed = tuple[str, Row]
"""A row with the code of the form whose population it belongs to."""
ROWS = 1000
"""Readings that are fetched and parsed together."""
_ROW = (
    "report__uid",
    "station__key",
    "report__team__code",
    "station__top__code",
    "station__urban",
    "station__kind",
    "set_aside",
    "answers",
)


def rows_of_form(mission: Mission, form_code: str, *, as_of: int) -> Iterator[Row]:
    """The observation population of a form as canonical rows, by report id. For figures; it names no person.

    A report that was set aside stays in the population, with its answers missing for that reason. `setting` is urban or
    rural and `kind` the type of the station; where the list says neither, or the type is the regular one, they are not
    in the row.
    """
    readings = _counted(Reading.objects.filter(pk__in=_newest(mission, as_of), form_code=form_code))
    found = readings.order_by("report__uid").values_list(*_ROW).iterator(ROWS)
    while batch := list(islice(found, ROWS)):
        yield from _rows(batch)


@dataclass(frozen=True)
class ChangedRow:
    """A row of the populations that came (`old` is `None`), went (`new` is `None`) or became another."""

    old: Placed | None
    new: Placed | None


def newest_readings(mission: Mission, *, as_of: int) -> list[int]:
    """The numbers of the readings that the populations are made of as of a change, oldest first."""
    found = _counted(Reading.objects.filter(pk__in=_newest(mission, as_of)))
    return list(found.order_by("pk").values_list("pk", flat=True))


def rows_of_readings(numbers: Sequence[int]) -> dict[int, Placed]:
    """By number the rows that these readings are; those of no known form are none."""
    found: dict[int, Placed] = {}
    for first in range(0, len(numbers), ROWS):
        readings = _counted(Reading.objects.filter(pk__in=numbers[first : first + ROWS]))
        batch = list(readings.values_list(*_ROW, "pk", "form_code"))
        rows = _rows([row[: len(_ROW)] for row in batch])
        found |= {number: (code, row) for (*_, number, code), row in zip(batch, rows, strict=True)}
    return found


def last_reading(mission: Mission, *, as_of: int) -> int:
    """The number of the newest reading as of a change; 0 when there is none."""
    return Reading.objects.filter(mission=mission, change_id__lte=as_of).aggregate(last=Max("pk"))["last"] or 0


def changed_rows(mission: Mission, *, after: int, as_of: int) -> tuple[int, list[ChangedRow]]:
    """What the readings that are newer than the one numbered `after`, up to the change, did to the populations; and the
    number of the newest of them."""
    since = Reading.objects.filter(mission=mission, pk__gt=after, change_id__lte=as_of, rehearsal=False)
    new = dict(since.order_by("pk").values_list("report_id", "pk"))
    old: dict[int, int] = {}
    reports = list(new)
    for first in range(0, len(reports), ROWS):
        before = Reading.objects.filter(report_id__in=reports[first : first + ROWS], pk__lte=after)
        old |= dict(before.order_by("pk").values_list("report_id", "pk"))
    rows = rows_of_readings([*old.values(), *new.values()])
    changes = [ChangedRow(rows.get(old.get(report, 0)), rows.get(number)) for report, number in new.items()]
    return max([after, *new.values()]), [each for each in changes if each.old != each.new]


def _counted(readings: QuerySet[Reading]) -> QuerySet[Reading]:
    """The readings that are rows of a population: those of a form that the mission has."""
    return readings.filter(form_version__isnull=False)


def _rows(readings: Sequence[tuple[Any, ...]]) -> list[Row]:
    """The rows of readings, given as `_ROW`."""
    # One parse for all of them: the parser then keeps one copy of each question's code, in half the time.
    answers = json.loads(f"[{','.join(reading[-1] for reading in readings)}]")
    return [_row(reading, said) for reading, said in zip(readings, answers, strict=True)]


def _row(reading: tuple[Any, ...], answers: Mapping[str, Any]) -> Row:
    uid, station, team, area, urban, kind, set_aside, _text = reading
    row = {"row": str(uid), "station": station, "team": team, "area": area, "answers": answers}
    if urban is not None:
        row["setting"] = "urban" if urban else "rural"
    if kind and kind != StationKind.REGULAR:
        row["kind"] = kind
    if set_aside:
        row["set_aside"] = True
    return row


@dataclass(frozen=True, kw_only=True)
class ReportFile:
    """One report with everything that is known of it."""

    report: Report
    reading: Reading | None
    form: Form | None
    problems: list[tuple[Problem, Text]]
    corrections: list[Correction]
    conflicts: list[Conflict]
    history: list[Any]
    body: bytes


def report_file(mission: Mission, uid: str, *, viewer: Viewer, as_of: int) -> ReportFile:
    """The report of that identifier, with its reading as of the change.

    Raises `UnknownReportError` when there is none that the viewer may see.
    """
    seen = _seen(mission, viewer)
    report = Report.objects.filter(seen.where("team"), mission=mission, uid=uid).select_related("team", "entry").first()
    if report is None:
        raise UnknownReportError(uid)
    row = (
        report.readings.filter(change_id__lte=as_of)
        .select_related("form_version", "station", "station__area")
        .order_by("-pk")
        .first()
    )
    form = row.form_version.form() if row and row.form_version else None
    problems = [(problem, text_of(problem, form)) for problem in reading.read_problems(row)] if row else []
    return ReportFile(
        report=report,
        reading=row,
        form=form,
        problems=problems,
        corrections=list(report.corrections.filter(entry__change__number__lte=as_of).order_by("pk")),
        conflicts=list(report.conflicts.order_by("pk")),
        history=list(trail(mission.pk, subject=f"report:{report.uid}")),
        body=bytes(report.body),
    )


@dataclass(frozen=True)
class ProblemCount:
    """How many current reports, at how many stations, have a problem; `rule` tells two rules of one check apart."""

    code: str
    rule: str
    severity: str
    reports: int
    stations: int


def problem_counts(mission: Mission, *, as_of: int, viewer: Viewer) -> list[ProblemCount]:
    """Problems of the current readings, most frequent first. Stations are counted by the key that reports give."""
    found = (
        FoundProblem.objects.filter(reading__in=current(mission, as_of=as_of, viewer=viewer))
        .values("code", "rule", "severity")
        .annotate(reports=Count("reading", distinct=True), stations=Count("reading__station_key", distinct=True))
        .order_by("-reports", "code", "rule")
    )
    return [ProblemCount(**row) for row in found]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What has come in by one form; the empty code counts what could not be read as a report of any form."""

    form_code: str
    reports: int
    stations: int


def intake(mission: Mission, *, as_of: int, viewer: Viewer) -> list[Intake]:
    """Reports and stations by form, the most reports first: the whole mission's, or for a team member the team's.

    Who may see figures but no reports gets the mission's counts: they are figures.
    """
    if viewer.may(Action.SEE_REPORTS, mission.pk):
        readings = current(mission, as_of=as_of, viewer=viewer)
    else:
        viewer.require(Action.SEE_FIGURES, mission.pk)
        readings = Reading.objects.filter(pk__in=_newest(mission, as_of))
    rows = (
        readings.values("form_code")
        .annotate(reports=Count("pk"), stations=Count("station", distinct=True))
        .order_by("-reports", "form_code")
    )
    return [Intake(**row) for row in rows]


def listed(
    mission: Mission,
    *,
    as_of: int,
    viewer: Viewer,
    form: str | None = None,
    problem: str = "",
    rule: str = "",
    area: str = "",
    rehearsal: bool = False,
) -> QuerySet[Reading]:
    """Current readings for the desk's list; `form` "" are those that could not be read, `None` all of them.

    `problem` is the code of a check, `rule` the name of one rule of that check. `rehearsal` lists those of rehearsals
    instead, which are in no other list.
    """
    readings = current(mission, as_of=as_of, viewer=viewer, rehearsal=rehearsal)
    if form is not None:
        readings = readings.filter(form_code=form)
    if problem:
        found = FoundProblem.objects.filter(code=problem, **({"rule": rule} if rule else {}))
        readings = readings.filter(pk__in=found.values("reading_id"))
    if area:
        readings = readings.filter(station__top__code=area)
    return readings.select_related("report", "report__team", "station", "station__area").defer(
        "report__body", "answers"
    )


def unread(mission: Mission, *, viewer: Viewer) -> int:
    """How many reports were received and wait to be numbered and read, as far as the viewer may see."""
    seen = _seen(mission, viewer)
    waiting = Report.objects.filter(mission=mission, rehearsal=False, entry__unsequenced__isnull=False)
    return waiting.filter(seen.where("team")).count()


def newest_correction(report: Report, *, viewer: Viewer) -> int:
    """The number of the report's newest correction, numbered by the sequencer or not; 0 when there is none."""
    viewer.require(Action.CORRECT_REPORTS, report.mission_id)
    return report.corrections.aggregate(newest=Max("pk"))["newest"] or 0


def corrected_since(report: Report, *, kind: str, question: str, seen: int, viewer: Viewer) -> Correction | None:
    """The newest correction of the same thing that came after the one numbered `seen`; `None` when there is none."""
    viewer.require(Action.CORRECT_REPORTS, report.mission_id)
    return report.corrections.filter(kind=kind, question=question, pk__gt=seen).order_by("-pk").first()


def waiting_corrections(report: Report, *, viewer: Viewer) -> list[Correction]:
    """Corrections that were saved and have no change number yet."""
    viewer.require(Action.SEE_REPORTS, report.mission_id)
    return list(report.corrections.filter(entry__unsequenced__isnull=False).order_by("pk"))


def _seen(mission: Mission, viewer: Viewer) -> TeamsSeen:
    return teams_seen(mission, viewer=viewer, action=Action.SEE_REPORTS, subject=Subject.REPORTS)


def _newest(mission: Mission, as_of: int, *, rehearsal: bool = False) -> Any:
    """The newest reading of each report as of the change. Every list, count, figure, freeze and export of readings
    goes through here: this is the one place that keeps rehearsals out of them."""
    return (
        Reading.objects.filter(mission=mission, change_id__lte=as_of, rehearsal=rehearsal)
        .values("report_id")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
