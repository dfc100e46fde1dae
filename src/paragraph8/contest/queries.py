"""Reading what the room keeps. As of a change only rows count whose log entry was numbered by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change
from paragraph8.domain.contests import Kept, Measure, Standing, kept
from paragraph8.missions.models import Contest, Contestant, Mission

from .models import CalendarEntry, ResultLine, ResultVersion, SeriesRow, SeriesSpan, StandingStep, VoterSnapshot

Row = TypeVar("Row", bound=Model)


class UnknownEntryError(LookupError):
    """No such contest, contestant, line or version, as far as the viewer may know."""


def contests_of(mission: Mission, *, viewer: Viewer) -> list[Contest]:
    """The contests of the mission."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    return list(mission.contests.select_related("area", "mission"))


def contest_of(mission: Mission, code: str, *, viewer: Viewer) -> Contest:
    """One contest. Raises `UnknownEntryError`. Other rooms check a contest that a form or a file names by it."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    found = mission.contests.filter(code=code).select_related("area", "mission").first()
    if found is None:
        raise UnknownEntryError(code)
    return found


def contestants_of(mission: Mission, *, viewer: Viewer) -> list[Contestant]:
    """Everybody who stands or stood, by contest and code, with their histories at hand."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    rows = mission.contestants.select_related("contest").prefetch_related("steps")
    return list(rows.order_by("contest__code", "code"))


def contestant_of(mission: Mission, code: str, *, viewer: Viewer) -> Contestant:
    """One contestant. Raises `UnknownEntryError`."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    found = mission.contestants.filter(code=code).select_related("contest", "mission").first()
    if found is None:
        raise UnknownEntryError(code)
    return found


@dataclass(frozen=True)
class Line:
    """A line of the calendar as it stands, with what became of it."""

    entry: CalendarEntry
    kept: Kept


def calendar_of(mission: Mission, *, viewer: Viewer, at: datetime) -> list[Line]:
    """The calendar in the order of its days, each line in its newest version, as known at the moment `at`."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    return calendar_lines(mission.calendar.all(), at=at)


def calendar_lines(entries: Iterable[CalendarEntry], *, at: datetime) -> list[Line]:
    """The newest versions of these entries with their states."""
    newest = {entry.code: entry for entry in entries}
    lines = [
        Line(entry, kept(due=entry.due(), happened=entry.happened(), did_not_happen=entry.did_not_happen, at=at))
        for entry in newest.values()
        if not entry.removed
    ]
    return sorted(lines, key=lambda line: (line.entry.due_on or line.entry.happened_on or date.min, line.entry.code))


def calendar_versions(mission: Mission, code: str, *, viewer: Viewer) -> list[CalendarEntry]:
    """All versions of one line, newest first. Raises `UnknownEntryError`."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    versions = list(mission.calendar.filter(code=code).order_by("-pk"))
    if not versions:
        raise UnknownEntryError(code)
    return versions


def voters_of(mission: Mission, *, viewer: Viewer) -> list[VoterSnapshot]:
    """All totals of voter registers, newest day first."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    return list(mission.voter_snapshots.select_related("area").order_by("category", "area__code", "-day", "-pk"))


def current_series(
    mission: Mission, measure: Measure, contest: Contest | None = None, *, as_of: int | None = None
) -> list[SeriesRow]:
    """The earlier elections of a series as they stand, oldest first."""
    rows = within(SeriesRow.objects.filter(mission=mission, measure=measure.value, contest=contest), as_of)
    newest = {row.election: row for row in rows.order_by("pk")}
    return sorted((row for row in newest.values() if not row.removed), key=lambda row: row.election)


def current_span(
    mission: Mission, measure: Measure, contest: Contest | None = None, *, as_of: int | None = None
) -> SeriesSpan | None:
    """What the series claims to cover."""
    rows = within(SeriesSpan.objects.filter(mission=mission, measure=measure.value, contest=contest), as_of)
    return rows.order_by("pk").last()


def steps_of(mission: Mission, *, as_of: int | None = None) -> dict[int, list[StandingStep]]:
    """The steps of each contestant, oldest first."""
    steps: dict[int, list[StandingStep]] = {}
    for step in within(StandingStep.objects.filter(contestant__mission=mission), as_of).order_by("pk"):
        steps.setdefault(step.contestant_id, []).append(step)
    return steps


def versions_of(mission: Mission, *, viewer: Viewer) -> list[ResultVersion]:
    """Versions of the results in the order in which their authors gave them."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    return list(mission.result_versions.select_related("contest"))


def version_of(mission: Mission, code: str, *, viewer: Viewer) -> ResultVersion:
    """One version. Raises `UnknownEntryError`."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    found = mission.result_versions.filter(code=code).select_related("contest").first()
    if found is None:
        raise UnknownEntryError(code)
    return found


def lines_of(versions: Sequence[ResultVersion], *, areas: bool = True) -> Mapping[str, list[ResultLine]]:
    """The lines of each version, by its code; without `areas` those of the whole alone."""
    codes = {version.batch: version.code for version in versions}
    lines: dict[str, list[ResultLine]] = {version.code: [] for version in versions}
    rows = ResultLine.objects.filter(batch__in=codes)
    for row in rows if areas else rows.filter(area="", station=""):
        lines[codes[row.batch]].append(row)
    return lines


def within(rows: QuerySet[Row], as_of: int | None) -> QuerySet[Row]:
    """The rows whose log entry has a change number up to `as_of`; all of them for `None`."""
    return rows if as_of is None else rows.filter(entry__change__number__lte=as_of)


def moment_of(as_of: int) -> datetime | None:
    """When a change was numbered: what is open or over as of it is decided by this moment."""
    change = Change.objects.filter(number__lte=as_of).order_by("-number").first()
    return change.at if change else None


def held(contestant: Contestant) -> Standing | None:
    """The newest step, or the status of a contestant whose history nobody wrote."""
    return Standing(contestant.status) if contestant.status in set(Standing) else None


def as_json(line: ResultLine) -> dict[str, Any]:
    """A line of results as methods take it."""
    return {
        "row": str(line.pk),
        "line": line.line,
        "contestant": line.contestant,
        "area": line.area,
        "station": line.station,
        "n": line.n,
        "share": line.share,
    }
