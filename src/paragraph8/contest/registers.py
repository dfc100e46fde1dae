"""Writing down the calendar, voter registers and earlier elections, each with its source.

Rows are added and never changed: what is said anew is a new row, and the one before stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.contests import Measure, Voters
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Contest, Mission

from .models import CalendarEntry, SeriesRow, SeriesSpan, VoterSnapshot
from .operations import require_code, require_name, require_past, require_source
from .queries import current_series
from .refusals import RefusedEntryError, said


@transaction.atomic
def write_calendar(
    *,
    mission: Mission,
    code: str,
    title: Text,
    source: str,
    by: Viewer,
    now: datetime,
    legal_basis: str = "",
    due_on: date | None = None,
    due_time: time | None = None,
    happened_on: date | None = None,
    happened_time: time | None = None,
    did_not_happen: bool = False,
    zone: str = "",
    removed: bool = False,
) -> CalendarEntry:
    """A line of the calendar, new or said anew; the version before stays. Raises `NotAllowedError`,
    `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_code(code)
    require_name(title)
    require_source(source)
    if due_on is None and happened_on is None:
        raise RefusedEntryError("no-day", "due_on")
    if due_on is not None and not legal_basis.strip():
        raise RefusedEntryError("no-basis", "legal_basis")
    if due_time and not due_on:
        raise RefusedEntryError("time-without-day", "due_time")
    if happened_time and not happened_on:
        raise RefusedEntryError("time-without-day", "happened_time")
    if did_not_happen and happened_on:
        raise RefusedEntryError("happened-and-not", "did_not_happen")
    require_past(happened_on, mission, now, "happened_on")
    body: dict[str, Any] = {
        "code": code,
        "due": due_on.isoformat() if due_on else "",
        "happened": happened_on.isoformat() if happened_on else "",
        "did_not_happen": did_not_happen,
        "removed": removed,
    }
    entry = _log(mission, "calendar.written", f"mission:{mission.pk}", body, by, now)
    return CalendarEntry.objects.create(
        mission=mission,
        code=code,
        title=title.to_json(),
        legal_basis=legal_basis.strip(),
        due_on=due_on,
        due_time=due_time,
        zone=zone or mission.zone,
        happened_on=happened_on,
        happened_time=happened_time,
        did_not_happen=did_not_happen,
        source=source.strip(),
        removed=removed,
        by=by.name,
        at=now,
        entry=entry,
    )


@transaction.atomic
def add_voters(
    *,
    mission: Mission,
    n: int,
    day: date,
    source: str,
    by: Viewer,
    now: datetime,
    category: Voters = Voters.ALL,
    area: Area | None = None,
) -> VoterSnapshot:
    """A total of a voter register as of a day. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_source(source)
    require_past(day, mission, now, "day")
    body = {"category": category.value, "area": area.code if area else "", "day": day.isoformat(), "n": n}
    entry = _log(mission, "voters.added", f"mission:{mission.pk}", body, by, now)
    return VoterSnapshot.objects.create(
        mission=mission,
        category=category.value,
        area=area,
        day=day,
        n=n,
        source=source.strip(),
        by=by.name,
        at=now,
        entry=entry,
    )


@transaction.atomic
def write_series(
    *,
    mission: Mission,
    measure: Measure,
    election: date,
    n: int | None,
    source: str,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    early: bool | None = None,
    removed: bool = False,
) -> SeriesRow:
    """One earlier election in a series, new or said anew. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_source(source)
    observed = contest.day if contest else mission.election_date
    if observed is None:
        raise RefusedEntryError("no-election-day", "election")
    if election >= observed:
        raise RefusedEntryError("not-earlier", "election", day=election.isoformat())
    body = {
        "measure": measure.value,
        "contest": contest.code if contest else "",
        "election": election.isoformat(),
        "n": n,
        "removed": removed,
    }
    entry = _log(mission, "series.written", f"mission:{mission.pk}", body, by, now)
    return SeriesRow.objects.create(
        mission=mission,
        contest=contest,
        measure=measure.value,
        election=election,
        early=early,
        n=n,
        source=source.strip(),
        removed=removed,
        by=by.name,
        at=now,
        entry=entry,
    )


@transaction.atomic
def claim_span(
    *,
    mission: Mission,
    measure: Measure,
    since: date,
    complete: bool,
    source: str,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
) -> SeriesSpan:
    """Say from when on a series holds every election, or that it does not. Raises `NotAllowedError`, and
    `RefusedEntryError` when a series with a gap would be called complete."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_source(source)
    if complete:
        rows = [row for row in current_series(mission, measure, contest) if row.election >= since]
        unknown = next((row for row in rows if row.n is None), None)
        if not rows:
            raise RefusedEntryError("unknown-elections", "complete", what=said("gap-no-rows"))
        if unknown:
            what = said("gap-no-number", day=unknown.election.isoformat())
            raise RefusedEntryError("unknown-elections", "complete", what=what)
    body = {
        "measure": measure.value,
        "contest": contest.code if contest else "",
        "since": since.isoformat(),
        "complete": complete,
    }
    entry = _log(mission, "series.spanned", f"mission:{mission.pk}", body, by, now)
    return SeriesSpan.objects.create(
        mission=mission,
        contest=contest,
        measure=measure.value,
        since=since,
        complete=complete,
        source=source.strip(),
        by=by.name,
        at=now,
        entry=entry,
    )


def _log(mission: Mission, kind: str, subject: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=subject, body=body, by=by.name, now=now)
