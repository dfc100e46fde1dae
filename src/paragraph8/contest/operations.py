"""Writing down what is elected, who stands, the calendar, the registers and earlier elections.

Contests and contestants are rows of `missions`; everything else is added and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.contests import NEXT, STANDINGS, Election, Measure, Standing, Voters
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Contest, Contestant, Mission

from .models import CalendarEntry, SeriesRow, SeriesSpan, StandingStep, VoterSnapshot
from .refusals import RefusedEntryError, said

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NEEDS_REASON = frozenset({Standing.REFUSED, Standing.WITHDRAWN, Standing.DEREGISTERED})


@transaction.atomic
def add_contest(
    *,
    mission: Mission,
    code: str,
    name: Text,
    kind: Election,
    by: Viewer,
    now: datetime,
    system: Text | None = None,
    early: bool | None = None,
    round: int = 1,  # noqa: A002 - the field's own word
    held_on: date | None = None,
    area: Area | None = None,
    source: str = "",
) -> Contest:
    """A new contest. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    _require_code(code, taken=mission.contests.filter(code=code).exists())
    _require_name(name)
    contest = Contest.objects.create(
        mission=mission,
        code=code,
        name=name.to_json(),
        kind=kind.value,
        system=system.to_json() if system else {},
        early=early,
        round=round,
        held_on=held_on,
        area=area,
        source=source.strip(),
    )
    _log(mission, "contest.added", f"contest:{contest.pk}", {"code": code, "kind": kind.value}, by, now)
    return contest


@transaction.atomic
def change_contest(
    *,
    contest: Contest,
    name: Text,
    kind: Election,
    by: Viewer,
    now: datetime,
    system: Text | None = None,
    early: bool | None = None,
    round: int = 1,  # noqa: A002
    held_on: date | None = None,
    area: Area | None = None,
    source: str = "",
) -> None:
    """Say it otherwise; the code stays. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, contest.mission_id)
    _require_name(name)
    contest.name, contest.kind, contest.system = name.to_json(), kind.value, system.to_json() if system else {}
    contest.early, contest.round, contest.held_on = early, round, held_on
    contest.area, contest.source = area, source.strip()
    contest.save()
    body = {"code": contest.code, "kind": kind.value, "round": round}
    _log(contest.mission, "contest.changed", f"contest:{contest.pk}", body, by, now)


@transaction.atomic
def add_contestant(
    *,
    mission: Mission,
    code: str,
    name: Text,
    status: Standing,
    source: str,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    day: date | None = None,
    reason: str = "",
    gender: str = "",
    nominator: Text | None = None,
    incumbent: Text | None = None,
    spellings: Sequence[str] = (),
) -> Contestant:
    """A contestant with the first step of the history. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    _require_code(code, taken=mission.contestants.filter(code=code).exists())
    _require_name(name)
    contestant = Contestant.objects.create(
        mission=mission,
        contest=contest,
        code=code,
        name=name.to_json(),
        spellings=_each_once(spellings),
        gender=gender,
        nominator=nominator.to_json() if nominator else {},
        incumbent=incumbent.to_json() if incumbent else {},
        status="",
        source=source.strip(),
    )
    _log(mission, "contestant.added", f"contestant:{contestant.pk}", {"code": code}, by, now)
    take_step(contestant=contestant, status=status, day=day, reason=reason, source=source, by=by, now=now)
    return contestant


@transaction.atomic
def change_contestant(
    *,
    contestant: Contestant,
    name: Text,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    gender: str = "",
    nominator: Text | None = None,
    incumbent: Text | None = None,
    spellings: Sequence[str] = (),
    source: str = "",
) -> None:
    """Other names, spellings, nominator or office; the history stays. Raises `NotAllowedError`, `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, contestant.mission_id)
    _require_name(name)
    contestant.name, contestant.spellings = name.to_json(), _each_once(spellings)
    contestant.contest, contestant.gender = contest, gender
    contestant.nominator = nominator.to_json() if nominator else {}
    contestant.incumbent = incumbent.to_json() if incumbent else {}
    contestant.source = source.strip()
    contestant.save()
    _log(
        contestant.mission,
        "contestant.changed",
        f"contestant:{contestant.pk}",
        {"code": contestant.code, "gender": gender, "contest": contest.code if contest else ""},
        by,
        now,
    )


@transaction.atomic
def take_step(
    *,
    contestant: Contestant,
    status: Standing,
    source: str,
    by: Viewer,
    now: datetime,
    day: date | None = None,
    reason: str = "",
) -> StandingStep:
    """The next step of a contestant. Raises `NotAllowedError`, and `RefusedEntryError` when it cannot follow.

    A contestant whose history nobody wrote may begin it at the beginning, or go on from the status that is known.
    """
    mission = contestant.mission
    by.require(Action.MANAGE_CONTEST, mission.pk)
    _require_source(source)
    if status in NEEDS_REASON and not reason.strip():
        raise RefusedEntryError("no-reason", "reason")
    _require_past(day, mission, now, "day")
    last = contestant.steps.last()
    held = Standing(last.status) if last else Standing(contestant.status) if contestant.status else None
    allowed = NEXT[held] if last else NEXT[held] | NEXT[None]
    if status not in allowed:
        words = STANDINGS[held] if held else Text.of("–")
        raise RefusedEntryError("cannot-follow", "status", step=STANDINGS[status], held=words)
    if last and last.day and day and day < last.day:
        raise RefusedEntryError("before-last", "day", day=last.day.isoformat())
    body = {"code": contestant.code, "status": status.value, "day": day.isoformat() if day else ""}
    entry = _log(mission, "contestant.stepped", f"contestant:{contestant.pk}", body, by, now)
    step = StandingStep.objects.create(
        contestant=contestant,
        status=status.value,
        day=day,
        reason=reason.strip(),
        source=source.strip(),
        by=by.name,
        at=now,
        entry=entry,
    )
    contestant.status = status.value
    contestant.save(update_fields=["status"])
    return step


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
    _require_code(code)
    _require_name(title)
    _require_source(source)
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
    _require_past(happened_on, mission, now, "happened_on")
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
    _require_source(source)
    _require_past(day, mission, now, "day")
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
    _require_source(source)
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
    _require_source(source)
    if complete:
        from .queries import current_series

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


def _require_code(code: str, *, taken: bool = False) -> None:
    if not _CODE.match(code):
        raise RefusedEntryError("bad-code", "code")
    if taken:
        raise RefusedEntryError("code-taken", "code", code=code)


def _require_name(name: Text) -> None:
    if not any(string.strip() for _, string in name.strings):
        raise RefusedEntryError("no-name")


def _require_source(source: str) -> None:
    if not source.strip():
        raise RefusedEntryError("no-source", "source")


def _require_past(day: date | None, mission: Mission, now: datetime, field: str) -> None:
    if day and day > now.astimezone(ZoneInfo(mission.zone)).date():
        raise RefusedEntryError("day-ahead", field, day=day.isoformat())


def _each_once(spellings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for spelling in spellings if (word := " ".join(spelling.split()))))


def _log(mission: Mission, kind: str, subject: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=subject, body=body, by=by.name, now=now)
