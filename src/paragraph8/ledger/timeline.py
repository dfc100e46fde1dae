"""The ledger day by day: what happened, what was said, and what was known of it on a given day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.ledger.claims import BOUNDS, Bound
from paragraph8.domain.ledger.corroboration import Judged
from paragraph8.domain.ledger.typologies import Typology
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .models import Claim, EventVersion
from .queries import claims_of, events_of, judged
from .terms import titles

DAYS = 31
"""Days on one page."""


@dataclass(frozen=True)
class Happened:
    """An event of a day."""

    version: EventVersion
    kind: Text
    judged: Judged


@dataclass(frozen=True)
class Said:
    """A claim of a day. `figure` is the bound in words and the number, or both ends."""

    row: Claim
    author: Text
    bound: Text
    counted: Text
    population: Text | None


@dataclass
class Day:
    """One day, with what happened on it and what was said on it."""

    day: date | None
    happened: list[Happened] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """The days newest first; `known_on` is the day as of which it is read, `None` for now; `days` where there is
    anything, for jumping."""

    days: Sequence[Day]
    known_on: date | None
    there: Sequence[date]
    more: int


def timeline(mission: Mission, *, viewer: Viewer, known_on: date | None = None) -> Timeline:
    """Events and claims as they were known at the end of a local day: entered by then, and said by then."""
    zone = ZoneInfo(mission.zone)
    until = datetime.combine(known_on + timedelta(days=1), time(), tzinfo=zone) if known_on else None
    versions = events_of(mission, viewer=viewer, until=until)
    claims = claims_of(mission, viewer=viewer, at=until)
    if until:
        claims = [row for row in claims if row.at < until]
    kinds, outcomes, roles = (titles(mission, each) for each in (Typology.EVENT, Typology.OUTCOME, Typology.ROLE))
    levels = judged(mission, [version.event_id for version in versions], viewer=viewer, until=until)
    found: dict[date | None, Day] = defaultdict(lambda: Day(None))
    for version in versions:
        found[version.since].happened.append(
            Happened(version, kinds.get(version.kind, Text.of(version.kind)), levels[version.event_id])
        )
    for row in claims:
        found[row.said_at.astimezone(zone).date()].said.append(said(row, outcomes, roles))
    days = sorted(found, key=lambda day: day or date.min, reverse=True)
    for day in days:
        found[day].day = day
    return Timeline(
        [found[day] for day in days[:DAYS]], known_on, [day for day in days if day], max(0, len(days) - DAYS)
    )


def said(row: Claim, outcomes: Mapping[str, Text], roles: Mapping[str, Text]) -> Said:
    """A claim with its terms in words."""
    population = row.scope["population"]
    return Said(
        row,
        Text.of(row.author),
        BOUNDS[Bound(row.bound)],
        outcomes.get(row.scope["counted"], Text.of(row.scope["counted"])),
        roles.get(population) if population else None,
    )
