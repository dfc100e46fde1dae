"""What kind of mission it is, and what follows from that."""

from __future__ import annotations

from enum import StrEnum


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
