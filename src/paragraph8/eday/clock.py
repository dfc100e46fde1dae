"""The hours of election day: minutes since its midnight where the mission is, running past 24:00 into the night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from paragraph8.domain.forms import minutes

DAY = 24 * 60
TABLES = (9 * 60, 11 * 60, 13 * 60, 17 * 60, 23 * 60, 27 * 60)
"""When a mission draws its tables: at 9, 11, 13, 17, 23 and 3 o'clock."""
FIRST, LAST = 6 * 60, 28 * 60
"""From when to when the slider runs."""


@dataclass(frozen=True)
class Clock:
    """Local clock of one election day."""

    zone: str
    day: date

    def minute(self, moment: datetime) -> int:
        """Minutes from the midnight with which the day begins; below zero before it. On the clock of the wall, so that
        a change to summer time moves nothing."""
        local = moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        return int((local - datetime.combine(self.day, time.min)).total_seconds() // 60)

    def moment(self, minute: int) -> datetime:
        """The last instant of that minute."""
        begins = datetime.combine(self.day, time.min) + timedelta(minutes=minute, seconds=59, microseconds=999_999)
        return begins.replace(tzinfo=ZoneInfo(self.zone))


def clock_words(minute: int) -> str:
    """HH:MM on a wall clock: 27:00 of election day is 03:00."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def spelled(minute: int) -> str:
    """HH:MM as an address spells it; hours run past 24, so that 03:00 of the night is 27:00."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def read_minute(written: str) -> int | None:
    """The minute of an address or a field: HH:MM, or minutes as a slider sends them. Hours before 5 are those of the
    night after. `None` for anything else."""
    minute = int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else minutes(written)
    if minute is None or minute >= 2 * DAY:
        return None
    return minute + DAY if ":" in written and minute < 5 * 60 else minute
