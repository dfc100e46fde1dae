"""How the reports leave the phones: in order, late, again, and all at once after the network was cut.

On election day the network was down nationwide for close to an hour from 05:00 UTC [K41]. The simulated phones live
through the same hour: what was finished then waits, and goes out when the network is back.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random

from paragraph8.domain.canonical import canonical
from paragraph8.domain.reports import SHAPE

from .answering import Draft
from .chance import few

CUT_FROM = datetime(2019, 6, 9, 5, 0, tzinfo=UTC)
CUT_UNTIL = datetime(2019, 6, 9, 6, 0, tzinfo=UTC)
LAST_SENT = datetime(2019, 6, 9, 21, 20, tzinfo=UTC)
"""Ten minutes before the figures of the statement are frozen."""
RESENT = 60
UNKNOWN_STATION = "99999"


class Kind(StrEnum):
    """What a sending is."""

    REPORT = "report"
    RESEND = "resend"
    """The same bytes again: the phone did not hear the receipt."""
    CONFLICT = "conflict"
    """The identifier of a report already sent, with other content."""
    MALFORMED = "malformed"
    """Bytes cut off on the way."""
    UNKNOWN_STATION = "unknown-station"
    """A good report that names a station nobody knows."""


@dataclass(frozen=True)
class Sending:
    """One post of one phone: when (UTC), by which team and device, the exact bytes."""

    at: datetime
    team: str
    device: str
    body: bytes
    form: str
    kind: Kind = Kind.REPORT


def send(rng: Random, drafts: Sequence[Draft]) -> tuple[Sending, ...]:
    """Everything the phones post, in the order in which it arrives."""
    identifiers = [_uuid7(rng, draft.visit.left) for draft in drafts]
    posted = [_post(rng, draft, uid) for draft, uid in zip(drafts, identifiers, strict=True)]
    reports = _queue_per_phone(rng, posted)
    return tuple(sorted([*reports, *_accidents(rng, drafts, identifiers, reports)], key=lambda s: (s.at, s.device)))


def body_of(draft: Draft, identifier: uuid.UUID, *, station: str = "") -> bytes:
    """The report as canonical JSON bytes."""
    return canonical(
        {
            "report": SHAPE,
            "id": str(identifier),
            "form": draft.visit.form,
            "version": "1",
            "station": station or draft.visit.station,
            "started": draft.visit.arrived.isoformat(),
            "finished": draft.visit.left.isoformat(),
            "answers": draft.answers,
        }
    )


def _post(rng: Random, draft: Draft, identifier: uuid.UUID) -> Sending:
    at = draft.visit.left.astimezone(UTC) + timedelta(seconds=round(_lag(rng)))
    if CUT_FROM <= at < CUT_UNTIL:
        at = CUT_UNTIL + timedelta(seconds=round(rng.triangular(5, 900, 60)))
    team = draft.visit.team
    return Sending(min(at, LAST_SENT), team.code, team.device, body_of(draft, identifier), draft.visit.form)


def _lag(rng: Random) -> float:
    """Seconds between finishing a report and posting it: mostly minutes, sometimes the way to the next village."""
    return rng.uniform(20, 240) if rng.random() < 0.75 else 60 * few(rng, 30)


def _queue_per_phone(rng: Random, posted: Sequence[Sending]) -> list[Sending]:
    """A phone posts its reports one after the other, oldest first."""
    free: dict[str, datetime] = {}
    queued = []
    for sending in posted:
        at = max(sending.at, free.get(sending.device, sending.at))
        free[sending.device] = at + timedelta(seconds=rng.randint(2, 9))
        queued.append(replace(sending, at=at))
    return queued


def _accidents(
    rng: Random, drafts: Sequence[Draft], identifiers: Sequence[uuid.UUID], reports: Sequence[Sending]
) -> list[Sending]:
    again = [
        replace(report, at=report.at + timedelta(seconds=rng.randint(15, 300)), kind=Kind.RESEND)
        for report in sorted(rng.sample(reports, RESENT), key=lambda report: (report.at, report.device))
    ]
    voting = [i for i, draft in enumerate(drafts) if draft.visit.form == "voting"]
    noon = [i for i in voting if drafts[i].visit.left.hour == 12]
    changed, cut_off, lost = rng.sample(noon, 3)
    other = replace_answers(drafts[changed], B36=77)
    odd = [
        (changed, body_of(other, identifiers[changed]), Kind.CONFLICT),
        (cut_off, reports[cut_off].body[: len(reports[cut_off].body) * 3 // 5], Kind.MALFORMED),
        (
            lost,
            body_of(drafts[lost], _uuid7(rng, drafts[lost].visit.left), station=UNKNOWN_STATION),
            Kind.UNKNOWN_STATION,
        ),
    ]
    later = timedelta(minutes=8)
    return again + [replace(reports[i], at=reports[i].at + later, body=body, kind=kind) for i, body, kind in odd]


def replace_answers(draft: Draft, **answers: int) -> Draft:
    """The same visit with other answers."""
    return Draft(draft.visit, draft.overall, {**draft.answers, **answers})


def _uuid7(rng: Random, moment: datetime) -> uuid.UUID:
    """A UUIDv7 (RFC 9562) whose random part comes from the seed."""
    milliseconds = int(moment.timestamp() * 1000) + rng.randrange(1000)
    number = milliseconds << 80 | 0x7 << 76 | rng.getrandbits(12) << 64 | 0b10 << 62 | rng.getrandbits(62)
    return uuid.UUID(int=number)
