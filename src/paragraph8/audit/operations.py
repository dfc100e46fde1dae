"""Appending to the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from paragraph8.domain.canonical import canonical, digest

from .models import CLOSING, LogEntry
from .refusals import ClosedMissionError

AFTER_CLOSING = frozenset({"member.added", "member.removed"})
"""What may still be written: who may read."""


def append(
    *, mission_id: int | None, kind: str, subject: str, body: Mapping[str, Any], by: str, now: datetime
) -> LogEntry:
    """Append one entry; call it inside the transaction of the write that it records.

    `kind` is "noun.verb" (`report.received`), `subject` names the row, `by` the actor (a user name, a device, a
    command). Raises `NotCanonicalError` when `body` holds what canonical JSON cannot, and `ClosedMissionError` when the
    log of the mission has ended, which takes the whole write back.
    """
    if mission_id is not None and kind not in AFTER_CLOSING and is_closed(mission_id):
        raise ClosedMissionError(mission_id)
    return LogEntry.objects.create(
        mission_id=mission_id,
        kind=kind,
        subject=subject,
        actor=by,
        at=now,
        body=canonical(body).decode(),
        digest=entry_digest(mission_id=mission_id, kind=kind, subject=subject, body=body, by=by, now=now),
    )


def is_closed(mission_id: int) -> bool:
    """Whether the log of the mission has ended."""
    return LogEntry.objects.filter(mission_id=mission_id, kind=CLOSING).exists()


def entry_digest(
    *, mission_id: int | None, kind: str, subject: str, body: Mapping[str, Any], by: str, now: datetime
) -> str:
    """What the hash chain covers of an entry."""
    return digest(
        {
            "mission": mission_id,
            "kind": kind,
            "subject": subject,
            "actor": by,
            "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
            "body": body,
        }
    )
