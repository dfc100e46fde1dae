"""The ledger of the reference mission: what was said in public about detentions and blocking, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.ledger.claims import AuthorKind, Link, Part
from paragraph8.domain.ledger.consent import Consent
from paragraph8.domain.ledger.corroboration import Credibility, Mode, Reliability
from paragraph8.domain.ledger.scopes import Scope
from paragraph8.domain.ledger.typologies import Phase
from paragraph8.domain.text import Text
from paragraph8.ledger.claims import add_claim, amount_of, link_claims
from paragraph8.ledger.events import Act, EventFacts, add_event
from paragraph8.ledger.information import Told, add_information
from paragraph8.ledger.models import Claim
from paragraph8.missions.models import Mission

from .data import read_toml, sources


def write_ledger(*, mission: Mission, by: Viewer, until: datetime, since: datetime | None = None) -> None:
    """Enter what happened and was said by that moment, and after `since`, in the order in which it became known."""
    data, zone = read_toml("ledger.toml"), ZoneInfo(mission.zone)
    entries = [
        *((_happened(row, zone), _event, row) for row in data["events"]),
        *((_moment(row["said"], zone), _claim, row) for row in data["claims"]),
        *((_moment(row["on"], zone), _link, row) for row in data["links"]),
    ]
    for moment, write, row in sorted(entries, key=lambda entry: entry[0]):
        if moment <= until and (since is None or moment > since):
            write(mission, {**row, "authors": data["authors"]}, by, moment)


def _happened(row: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    return datetime.combine(row.get("until", row["since"]), row.get("clock", time(23, 58)), tzinfo=zone)


def _link(mission: Mission, row: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    claims = Claim.objects.filter(mission=mission)
    link_claims(
        claim=claims.get(code=row["claim"]),
        other=claims.get(code=row["other"]),
        link=Link(row["link"]),
        reason=row["reason"],
        by=by,
        now=now,
    )


def _moment(told: date, zone: ZoneInfo) -> datetime:
    """The moment by which it was known: the one told, or the last minute of the day."""
    if isinstance(told, datetime):
        return told.replace(tzinfo=zone)
    return datetime.combine(told, time(23, 59), tzinfo=zone)


def _event(mission: Mission, row: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    facts = EventFacts(
        kind=row["kind"],
        title=Text.of(row["title"]),
        phase=Phase(row["phase"]),
        zone=mission.zone,
        since=row["since"],
        until=row.get("until", row["since"]),
        clock=row.get("clock"),
        precision=row.get("precision", "day"),
        verbatim=row.get("verbatim", ""),
        reading=row.get("reading", ""),
        reading_because=row.get("reading_because", ""),
        acts=[Act(by=act["by"], act=act["act"], to=act["to"]) for act in row.get("acts", ())],
        rights=row["rights"],
    )
    event = add_event(mission=mission, facts=facts, by=by, now=now)
    for key in row["sources"]:
        told = Told(
            mode=Mode.OPEN_SOURCE,
            reliability=Reliability.C,
            credibility=Credibility.PROBABLE,
            consent=Consent.NAMED,
            source=str(sources()[key]),
        )
        add_information(event=event, told=told, by=by, now=now)


def _claim(mission: Mission, row: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    author = row["authors"][row["author"]]
    paths = dict(mission.areas.values_list("code", "path"))
    add_claim(
        mission=mission,
        code=row["code"],
        topic=row["topic"],
        author=Text.of(author["name"]),
        author_kind=AuthorKind(author["kind"]),
        amount=amount_of(bound=row["bound"], point=row.get("point"), low=row.get("low"), high=row.get("high")),
        scope=Scope(
            counted=row["counted"],
            population=row.get("population", ""),
            areas=tuple(paths[code] if code else "" for code in row.get("areas", ())),
            since=row["since"],
            until=row.get("until", row["since"]),
        ),
        parts=tuple(
            Part(
                label=part["label"],
                amount=amount_of(bound=part["bound"], point=part["point"], low=None, high=None),
            )
            for part in row.get("parts", ())
        ),
        said_at=now,
        said_precision="part-of-day" if isinstance(row["said"], datetime) else "day",
        language="en",
        verbatim=row["words"],
        paraphrased=True,
        source=str(sources()[row["source"]]),
        by=by,
        now=now,
    )
