"""Appending to the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from paragraph8.domain.canonical import canonical, digest

from .models import LogEntry


def append(
    *, mission_id: int | None, kind: str, subject: str, body: Mapping[str, Any], by: str, now: datetime
) -> LogEntry:
    """Append one entry; call it inside the transaction of the write that it records.

    `kind` is "noun.verb" (`report.received`), `subject` names the row, `by` the actor (a user name, a device, a
    command). Raises `NotCanonicalError` when `body` holds what canonical JSON cannot.
    """
    return LogEntry.objects.create(
        mission_id=mission_id,
        kind=kind,
        subject=subject,
        actor=by,
        at=now,
        body=canonical(body).decode(),
        digest=entry_digest(mission_id=mission_id, kind=kind, subject=subject, body=body, by=by, now=now),
    )


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
