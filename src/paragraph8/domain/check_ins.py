"""When a team is to be heard from, and how late it is.

A team is watched by a rhythm: at fixed times of the day, or at most so long after it was last heard. Whatever shows
that it is alive counts, a call or a report. A sign counts for a fixed time when it came no longer before it than
`early`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SOON = timedelta(minutes=30)
"""How long before it is due a team moves up the list."""


class How(StrEnum):
    """How a team was heard from."""

    CALL = "call"
    SMS = "sms"
    PAGE = "page"
    """The team itself, on the check-in page."""
    MEETING = "meeting"
    OTHER = "other"


class State(StrEnum):
    """How a team stands, the most urgent first."""

    HELP = "help"
    OVERDUE = "overdue"
    DUE = "due"
    SOON = "soon"
    CALM = "calm"
    UNWATCHED = "unwatched"
    """No rhythm holds for it, or not today."""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When somebody is to be heard from. Either `times` of the day, or `every` so long between `opens` and `closes`;
    all of them local. It holds from `first_day` to `last_day`, both included, and asks for nothing before `begun`."""

    times: tuple[time, ...] = ()
    every: timedelta | None = None
    opens: time = time(7)
    closes: time = time(22)
    grace: timedelta = timedelta(minutes=5)
    early: timedelta = timedelta(minutes=60)
    first_day: date | None = None
    last_day: date | None = None
    begun: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How somebody stands: the state, since or until when something is due, and how many minutes that is past."""

    state: State
    due: datetime | None = None
    late: int = 0


def standing(rhythm: Rhythm | None, *, heard: datetime | None, zone: ZoneInfo, now: datetime) -> Standing:
    """How a team last heard at `heard` stands at `now`."""
    due = due_after(rhythm, heard, zone) if rhythm else None
    if rhythm is None or due is None:
        return Standing(state=State.UNWATCHED)
    late = max(0, int((now - due).total_seconds()) // 60)
    if now >= due + rhythm.grace:
        return Standing(state=State.OVERDUE, due=due, late=late)
    if now >= due:
        return Standing(state=State.DUE, due=due, late=late)
    return Standing(state=State.SOON if due - now <= SOON else State.CALM, due=due)


def due_after(rhythm: Rhythm, heard: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The first moment at which a sign was or will be missing; `None` when the rhythm has ended by then."""
    due = _by_interval(rhythm, rhythm.every, heard, zone) if rhythm.every else _by_times(rhythm, heard, zone)
    ended = due is not None and rhythm.last_day is not None and due.astimezone(zone).date() > rhythm.last_day
    return None if ended else due


def _by_times(rhythm: Rhythm, heard: datetime | None, zone: ZoneInfo) -> datetime | None:
    day = _first(rhythm, max(heard or rhythm.begun, rhythm.begun).astimezone(zone).date())
    for each in (day + timedelta(days=n) for n in range(3)):
        for at in sorted(rhythm.times):
            due = _moment(each, at, zone)
            if due >= rhythm.begun and (heard is None or due - rhythm.early > heard):
                return due
    return None


def _by_interval(rhythm: Rhythm, every: timedelta, heard: datetime | None, zone: ZoneInfo) -> datetime:
    due = max(heard or rhythm.begun, rhythm.begun) + every
    local = due.astimezone(zone)
    day = _first(rhythm, local.date())
    if day > local.date() or local.time() < rhythm.opens:
        return _moment(day, rhythm.opens, zone)
    return _moment(day + timedelta(days=1), rhythm.opens, zone) if local.time() > rhythm.closes else due


def _first(rhythm: Rhythm, day: date) -> date:
    return max(day, rhythm.first_day) if rhythm.first_day else day


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
