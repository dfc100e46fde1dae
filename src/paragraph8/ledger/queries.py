"""Reading the ledger as it stood at a change of the log and at a moment of the world.

Two clocks matter. `as_of` is a change: what had been entered. `at` is a moment: what had been said. A text of the
evening of election day may use only what satisfies both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.ledger import claims as pure
from paragraph8.domain.ledger.claims import Amount, AuthorKind, Bound, Link, Linked, Part
from paragraph8.domain.ledger.corroboration import (
    Credibility,
    Judged,
    Mode,
    Reliability,
    judge,
)
from paragraph8.domain.ledger.corroboration import Information as Known
from paragraph8.domain.ledger.scopes import scope_from_json
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .models import Claim, ClaimLink, Event, EventVersion, Information, Merging, Withdrawal


class UnknownEntryError(LookupError):
    """No such event or claim, as far as the viewer may know."""


def within(rows: QuerySet[Any], as_of: int | None, until: datetime | None = None) -> QuerySet[Any]:
    """Rows that the log holds up to the change, or that were written before the moment; all of them without either."""
    if until is not None:
        rows = rows.filter(at__lt=until)
    return rows if as_of is None else rows.filter(entry__change__number__lte=as_of)


def events_of(
    mission: Mission, *, viewer: Viewer, as_of: int | None = None, until: datetime | None = None
) -> list[EventVersion]:
    """Each event in its newest version, without those that were merged into another; latest first."""
    viewer.require(Action.SEE_LEDGER, mission.pk)
    gone = merged(mission, as_of=as_of, until=until)
    newest = (
        within(EventVersion.objects.filter(event__mission=mission), as_of, until)
        .order_by()
        .values("event")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    found = EventVersion.objects.filter(pk__in=newest).select_related("event", "area", "public_area")
    kept = [version for version in found if version.event_id not in gone]
    return sorted(kept, key=lambda version: (version.since or date.min, version.pk), reverse=True)


def merged(mission: Mission, *, as_of: int | None = None, until: datetime | None = None) -> dict[int, int]:
    """Event → the event as which it is read."""
    found: dict[int, int] = {}
    for row in within(Merging.objects.filter(kept__mission=mission), as_of, until):
        if row.undone:
            found.pop(row.gone_id, None)
        else:
            found[row.gone_id] = row.kept_id
    return found


def event_of(mission: Mission, code: str, *, viewer: Viewer) -> Event:
    """One event. Raises `UnknownEntryError`."""
    viewer.require(Action.SEE_LEDGER, mission.pk)
    event = Event.objects.filter(mission=mission, code=code).first()
    if event is None:
        raise UnknownEntryError(code)
    return event


def claims_of(
    mission: Mission, *, viewer: Viewer, topic: str = "", as_of: int | None = None, at: datetime | None = None
) -> list[Claim]:
    """Claims, oldest first, as far as they had been entered at the change and said at the moment."""
    viewer.require(Action.SEE_LEDGER, mission.pk)
    found = within(Claim.objects.filter(mission=mission), as_of)
    if topic:
        found = found.filter(topic=topic)
    if at is not None:
        found = found.filter(said_at__lte=at)
    return list(found.order_by("said_at", "code").select_related("event"))


def links_of(rows: Iterable[Claim], *, as_of: int | None = None) -> list[ClaimLink]:
    """What was said about how these claims stand to each other, and not taken back."""
    found: dict[tuple[int, int, str], ClaimLink] = {}
    links = within(ClaimLink.objects.filter(claim__in=list(rows)), as_of).select_related("claim", "other")
    for row in links:
        pair = (row.claim_id, row.other_id, row.link)
        if row.undone:
            found.pop(pair, None)
        else:
            found[pair] = row
    return list(found.values())


def standing_of(mission: Mission, *, viewer: Viewer, topic: str, at: datetime, as_of: int | None = None) -> list[Claim]:
    """The claims that stood at the moment: said by then, entered by the change, not superseded by another of these."""
    rows = claims_of(mission, viewer=viewer, topic=topic, as_of=as_of, at=at)
    by_code = {row.code: row for row in rows}
    links = [linked(link) for link in links_of(rows, as_of=as_of)]
    stood = pure.standing([claim(row) for row in rows], links, at=max([at, *(row.at for row in rows)]))
    return [by_code[each.code] for each in stood]


def claim(row: Claim) -> pure.Claim:
    """The claim as the pure rules read it."""
    return pure.Claim(
        code=row.code,
        topic=row.topic,
        author=str(Text.of(row.author)),
        author_kind=AuthorKind(row.author_kind),
        amount=Amount(bound=Bound(row.bound), point=row.point, low=row.low, high=row.high),
        scope=scope_from_json(row.scope),
        said_at=row.said_at,
        known_at=row.at,
        language=row.language,
        verbatim=row.verbatim,
        source=row.source,
        reading=row.reading,
        reading_because=row.reading_because,
        parts=tuple(
            Part(
                label=part["label"],
                amount=Amount(bound=Bound(part["bound"]), point=part["point"], low=part["low"], high=part["high"]),
            )
            for part in row.parts
        ),
    )


def linked(row: ClaimLink) -> Linked:
    """The link as the pure rules read it."""
    return Linked(link=Link(row.link), claim=row.claim.code, other=row.other.code, reason=row.reason, at=row.at)


@dataclass(frozen=True)
class KnownBy:
    """How an event is known: the pieces of information, and the level they come to."""

    information: Sequence[Information]
    withdrawn: frozenset[int]
    judged: Judged


def known_by(event: Event, *, viewer: Viewer, as_of: int | None = None) -> KnownBy:
    """How the event, with all that was merged into it, is known as of the change."""
    viewer.require(Action.SEE_LEDGER, event.mission_id)
    same = [event.pk, *(gone for gone, kept in merged(event.mission, as_of=as_of).items() if kept == event.pk)]
    rows = list(within(Information.objects.filter(event__in=same), as_of).order_by("pk"))
    gone = frozenset(
        within(Withdrawal.objects.filter(information__in=rows), as_of).values_list("information_id", flat=True)
    )
    return KnownBy(rows, gone, judge(_known(row, row.pk in gone) for row in rows))


def judged(
    mission: Mission, events: Iterable[int], *, viewer: Viewer, until: datetime | None = None
) -> dict[int, Judged]:
    """Event → the level that what is known of it comes to, for a whole list."""
    viewer.require(Action.SEE_LEDGER, mission.pk)
    kept_as = merged(mission, until=until)
    rows = list(within(Information.objects.filter(mission=mission), None, until))
    gone = set(
        within(Withdrawal.objects.filter(information__mission=mission), None, until).values_list(
            "information_id", flat=True
        )
    )
    by_event: dict[int, list[Known]] = {}
    for row in rows:
        by_event.setdefault(kept_as.get(row.event_id, row.event_id), []).append(_known(row, row.pk in gone))
    return {event: judge(by_event.get(event, ())) for event in events}


def _known(row: Information, withdrawn: bool) -> Known:
    return Known(
        code=str(row.uid),
        mode=Mode(row.mode),
        reliability=Reliability(row.reliability),
        credibility=Credibility(row.credibility),
        shares=frozenset(row.shares),
        authenticated=row.authenticated,
        withdrawn=withdrawn,
    )
