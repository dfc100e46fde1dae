"""What a plan is made with: hours of voting, roads, what each team is to do. Kept with the plan as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Mission
from paragraph8.planning.routes import Wanted
from paragraph8.planning.travel import Travel

SHORTER = (StationKind.HOSPITAL, StationKind.PRISON, StationKind.MILITARY)
"""Kinds of stations that a mission may give shorter hours."""


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Minutes are counted from local midnight of election day. `table` holds (from, to, minutes) by code of station or
    area, `bases` where teams sleep. `special_closes` is when hospitals, prisons and barracks close."""

    opens: int = 7 * 60
    closes: int = 20 * 60
    special_closes: int = 14 * 60
    starts: int = 5 * 60 + 30
    ends: int = 27 * 60
    visits: int = 10
    least: int = 8
    visit_minutes: int = 30
    opening_before: int = 30
    count_stays: int = 150
    speed: int = 50
    detour: int = 130
    """Hundredths."""
    balance: int = 20
    """Hundredths."""
    shared: bool = False
    tabulation: bool = False
    table: tuple[tuple[str, str, int], ...] = ()
    bases: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "table": [list(row) for row in self.table], "bases": dict(self.bases)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Parameters:
        """What was kept; what it does not say is as usual."""
        known = {each.name for each in fields(cls)}
        given = {name: value for name, value in data.items() if name in known}
        given["table"] = tuple((str(a), str(b), int(n)) for a, b, n in given.get("table", ()))
        given["bases"] = {code: (float(at[0]), float(at[1])) for code, at in given.get("bases", {}).items()}
        return cls(**given)

    def wanted(self, *, visits: int | None = None, edges: bool = True) -> Wanted:
        """What a solver is asked for: so many visits (as kept, unless said otherwise), with an opening and a count or
        without."""
        visits = self.visits if visits is None else visits
        return Wanted(
            opening=edges,
            count=edges,
            visits=visits,
            least=min(self.least, visits),
            visit_minutes=self.visit_minutes,
            opening_before=self.opening_before,
            count_stays=self.count_stays,
            balance=self.balance / 100,
            shared=self.shared,
        )

    def travel(self) -> Travel:
        """How long the roads are."""
        return Travel(
            speed=self.speed,
            detour=self.detour / 100,
            table={(start, end): float(minutes) for start, end, minutes in self.table},
        )

    def closing(self, kind: str) -> int:
        """When a station of the kind closes."""
        return min(self.special_closes, self.closes) if kind in SHORTER else self.closes


def moment(mission: Mission, minutes: int) -> datetime:
    """The moment that lies so many minutes after local midnight of election day, where the mission is."""
    day = mission.election_date
    if day is None:
        raise ValueError("the mission has no election date")
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(mission.zone))
    # Walking in universal time keeps a day of 23 or 25 hours right.
    return (midnight.astimezone(ZoneInfo("UTC")) + timedelta(minutes=minutes)).astimezone(midnight.tzinfo)


def written(minutes: int) -> str:
    """Minutes as a clock shows them; after midnight the hours go on: 25:10."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
