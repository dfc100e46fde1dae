"""Rival figures of one topic side by side: a line for each, its picture, its arithmetic, and how scopes compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.ledger.claims import LINKS, Bound, Link, Sum, sum_of
from paragraph8.domain.ledger.scopes import RELATIONS, relation
from paragraph8.domain.ledger.typologies import Typology
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .models import Claim, ClaimLink
from .queries import UnknownEntryError, claim, claims_of, links_of, standing_of
from .terms import titles
from .timeline import Said, said

OPEN_ENDED = frozenset({Bound.AT_LEAST, Bound.MORE_THAN})
ABOUT = 3
"""Half the width of a mark without two ends, in per cent of the picture."""


@dataclass(frozen=True)
class Line:
    """One claim: what was said, whether it still stands, the sum of its parts, and its mark on the picture from `lo`
    to `hi` in per cent; `left` puts its words on the left of the mark; without a figure there is no mark."""

    said: Said
    places: tuple[Text, ...]
    stands: bool
    sum: Sum | None
    lo: int = 0
    hi: int = 0
    open_ended: bool = False

    @property
    def marked(self) -> bool:
        """Whether there is a figure to draw."""
        return self.hi > self.lo

    @property
    def left(self) -> bool:
        """Whether the words stand on the left."""
        return self.lo > 50


@dataclass(frozen=True)
class Pair:
    """How the scopes of two standing claims compare."""

    one: Claim
    other: Claim
    words: Text


@dataclass(frozen=True)
class Linked:
    """What somebody said about two claims."""

    row: ClaimLink
    words: Text


@dataclass(frozen=True)
class Comparison:
    """Everything that the page of a topic prints; `axis` are the numbers under the picture."""

    topic: str
    known_on: date | None
    lines: Sequence[Line]
    links: Sequence[Linked]
    pairs: Sequence[Pair]
    axis: Sequence[int]
    days: Sequence[date]


def topics(mission: Mission, *, viewer: Viewer) -> dict[str, int]:
    """Topic → how many claims."""
    found: dict[str, int] = {}
    for row in claims_of(mission, viewer=viewer):
        found[row.topic] = found.get(row.topic, 0) + 1
    return dict(sorted(found.items()))


def comparison(mission: Mission, topic: str, *, viewer: Viewer, known_on: date | None = None) -> Comparison:
    """The claims of a topic as known at the end of a local day, or now. Raises `UnknownEntryError`."""
    everything = claims_of(mission, viewer=viewer, topic=topic)
    if not everything:
        raise UnknownEntryError(topic)
    zone = ZoneInfo(mission.zone)
    last = max(row.at for row in everything)
    until = datetime.combine(known_on + timedelta(days=1), time(), tzinfo=zone) if known_on else None
    rows = [row for row in everything if until is None or (row.said_at < until and row.at < until)]
    stood = {row.pk for row in standing_of(mission, viewer=viewer, topic=topic, at=until or last)} if rows else set()
    outcomes, roles = (titles(mission, each) for each in (Typology.OUTCOME, Typology.ROLE))
    areas = {area.path: Text.of(area.name) for area in mission.areas.all()}
    top = _top(max([n for row in rows for n in (row.point, row.high) if n is not None], default=0))
    lines = [
        _line(
            said(row, outcomes, roles), tuple(areas[path] for path in row.scope["areas"] if path), row.pk in stood, top
        )
        for row in rows
    ]
    pairs = [
        Pair(one, other, RELATIONS[relation(claim(one).scope, claim(other).scope)])
        for one, other in combinations([row for row in rows if row.pk in stood], 2)
    ]
    links = [Linked(link, LINKS[Link(link.link)]) for link in links_of(rows) if until is None or link.at < until]
    days = sorted({row.said_at.astimezone(zone).date() for row in everything})
    return Comparison(topic, known_on, lines, links, pairs, [top * n // 3 for n in range(4)] if top else [], days)


def _line(told: Said, places: tuple[Text, ...], stands: bool, top: int) -> Line:
    row = told.row
    total = sum_of(claim(row))
    low, high = (row.low, row.high) if row.bound == Bound.BETWEEN else (row.point, row.point)
    if low is None or high is None or not top:
        return Line(told, places, stands, total)
    lo, hi = low * 100 // top, high * 100 // top
    open_ended = Bound(row.bound) in OPEN_ENDED
    if lo == hi:
        lo, hi = max(0, lo - ABOUT // 2), lo + (4 * ABOUT if open_ended else ABOUT)
    return Line(told, places, stands, total, min(lo, 100 - ABOUT), min(hi, 100), open_ended)


def _top(most: int) -> int:
    """The end of the axis: three round steps, with room for words at the right."""
    if not most:
        return 0
    needed, power = most * 5 / 4, 1
    while needed > 30 * power:
        power *= 10
    return next(3 * step * power for step in (1, 2, 3, 5, 10) if 3 * step * power >= needed)
