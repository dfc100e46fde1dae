"""The day as it was known at another moment: which change that is, and the hours at which tables are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change
from paragraph8.audit.queries import heard_until, latest_change
from paragraph8.missions.models import Mission

from .boards import clock_of
from .clock import DAY, FIRST, LAST, TABLES, Clock, clock_words, read_minute, spelled
from .questions import UnknownChoiceError

MOST_APART = 12 * 60
"""Minutes after the last report from which on the day is over, and looked at as of that report."""
STEP = 10
"""Minutes of the slider."""
MOST_DIGITS = 15


class UnknownMomentError(UnknownChoiceError):
    """The address names no moment: neither a change of the log nor an hour of the day."""


@dataclass(frozen=True)
class Hour:
    """An hour at which tables are drawn: how it is written, its address, whether it has come, whether it is shown."""

    words: str
    at: str
    come: bool
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What a page is as of. `minute` is the hour on the wall by which things are judged; `live` when it is now; `past`
    is the minute that was asked for, or that of the change that was."""

    change: int
    minute: int
    live: bool
    heard: datetime | None
    hours: tuple[Hour, ...]
    first: int = FIRST
    last: int = LAST
    step: int = STEP

    @property
    def words(self) -> str:
        """The hour of the wall."""
        return clock_words(self.minute)

    @property
    def at(self) -> str:
        """The hour as an address spells it."""
        return spelled(self.minute)

    @property
    def place(self) -> int:
        """Where the slider stands."""
        return min(self.last, max(self.first, self.minute))

    @property
    def tomorrow(self) -> bool:
        """Whether it is the night after the day."""
        return self.minute >= DAY


def moment(mission: Mission, *, as_of: str = "", at: str = "", live: int, now: datetime, viewer: Viewer) -> Moment:
    """The moment that an address asks for: a change number, an hour, or with neither the present as of the change
    `live`. An hour means the last report that had come in by then.

    Raises `UnknownMomentError`.
    """
    viewer.require(Action.SEE_FIGURES, mission.pk)
    if as_of:
        change = _change(as_of)
        return _moment(mission, change, None, now, live=False)
    if at:
        minute = read_minute(at.strip())
        if minute is None:
            raise UnknownMomentError(at)
        clock = clock_of(mission, heard=heard_until(live, mission.pk))
        return _moment(mission, _heard_by(mission, clock.moment(minute)), minute, now, live=False)
    return _moment(mission, live, None, now, live=True)


def _change(written: str) -> int:
    """A change number that there is."""
    number = int(written) if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS else 0
    if not 0 < number <= latest_change():
        raise UnknownMomentError(written)
    return number


def _heard_by(mission: Mission, until: datetime) -> int:
    """The last change by which a report that came in by then had been read."""
    changes = Change.objects.filter(mission_id=mission.pk, entry__kind__startswith="report.", entry__at__lte=until)
    return changes.aggregate(last=Max("number"))["last"] or 0


def _moment(mission: Mission, change: int, minute: int | None, now: datetime, *, live: bool) -> Moment:
    heard = heard_until(change, mission.pk) if change else None
    newest = heard if live else heard_until(latest_change(mission.pk), mission.pk)
    clock = clock_of(mission, heard=newest)
    reached = _reached(clock, newest, now)
    if minute is None:
        minute = reached if live else clock.minute(heard) if heard else FIRST
    hours = tuple(Hour(clock_words(each), spelled(each), each <= reached, each == minute) for each in TABLES)
    return Moment(change=change, minute=minute, live=live, heard=heard, hours=hours)


def _reached(clock: Clock, newest: datetime | None, now: datetime) -> int:
    """How far the day is: now, or where the day is over (or is simulated), when the last report came in."""
    if newest is None:
        return min(max(clock.minute(now), FIRST), LAST)
    known = clock.minute(newest)
    present = clock.minute(now)
    return present if known <= present <= known + MOST_APART else known
