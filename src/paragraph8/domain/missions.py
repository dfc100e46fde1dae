"""What kind of mission it is, and what follows from that."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Format(StrEnum):
    """The format of a mission, as its needs assessment recommends it."""

    NEEDS_ASSESSMENT = "needs-assessment"
    FULL = "full"
    LIMITED = "limited"
    EXPERT = "expert"
    CITIZEN = "citizen"

    @property
    def observes_systematically(self) -> bool:
        """Whether it visits enough stations for shares of observations on election day. A limited, expert or needs
        assessment mission visits few and says nothing in numbers about election day (method.md 2.1)."""
        return self in (Format.FULL, Format.CITIZEN)


class Subject(StrEnum):
    """What one institution may let another see."""

    ROSTER = "roster"
    REPORTS = "reports"
    ROWS = "rows"
    TABLES = "tables"


class StationKind(StrEnum):
    """The type of a polling station, or the seat of a commission that tabulates."""

    REGULAR = "regular"
    HOSPITAL = "hospital"
    PRISON = "prison"
    MILITARY = "military"
    ABROAD = "abroad"
    MOBILE = "mobile"
    COMMISSION = "commission"


def rehearses(since: datetime | None, *, election_date: date | None, zone: str, now: datetime) -> bool:
    """Whether a mission that began a rehearsal at `since` and has not ended it still rehearses.

    A rehearsal that began before election day is over when that day begins in the mission's zone, ended or not: what
    observers report on the day itself must not be lost to a button that nobody pressed.
    """
    if since is None:
        return False
    if election_date is None:
        return True
    day_begins = datetime.combine(election_date, time.min, tzinfo=ZoneInfo(zone))
    return not since < day_begins <= now
