"""Receiving: keep the exact bytes, append to the log, answer with a receipt. Nothing is judged here."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from paragraph8.audit.keys import signing_key
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import canonical, sha256
from paragraph8.domain.ids import id_of_bytes
from paragraph8.domain.reports import MOST_BYTES, Sent, read_body
from paragraph8.missions.models import Mission

from .models import Conflict, Report


class TooLargeError(ValueError):
    """The body is larger than `MOST_BYTES`; it is not kept."""


class State(StrEnum):
    """What became of a body."""

    NEW = "new"
    REPEATED = "repeated"
    """The same bytes were kept before; nothing was written."""
    CONFLICT = "conflict"
    """Other bytes were kept under this identifier before; these are kept beside them and flagged."""
    UNREADABLE = "unreadable"
    """Kept as it came; it is no report that can be read."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who sends, as the server knows it."""

    name: str
    channel: str
    device_id: int | None = None
    team_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What the sender gets back; only with it may a phone forget the report."""

    sent: Sent
    sha256: str
    received_at: datetime
    state: State
    report_id: int
    rehearsal: bool = False

    def facts(self) -> dict[str, Any]:
        """What the signature covers."""
        return {
            "id": str(self.sent.id),
            "sha256": self.sha256,
            "received_at": self.received_at.isoformat(),
        }

    def signature(self) -> str:
        """Base64 of the Ed25519 signature over the canonical JSON of the facts."""
        return base64.b64encode(_key().sign(canonical(self.facts()))).decode()


def receive(*, mission_id: int, body: bytes, sender: Sender, now: datetime) -> Receipt:
    """Keep one body. The same bytes again are harmless; other bytes under the same identifier are a conflict.

    It is practice while the mission rehearses, and when the sender says so; that never changes afterwards.
    Raises `TooLargeError`; never refuses anything else.
    """
    if len(body) > MOST_BYTES:
        raise TooLargeError(len(body))
    sent = read_body(body)
    rehearsing = _rehearses(mission_id, now)
    with _writing():
        return _keep(mission_id, body, sent, sender, now, rehearsal=rehearsing or sent.rehearsal)


def receive_many(*, mission_id: int, bodies: Iterable[bytes], sender: Sender, now: datetime) -> list[Receipt]:
    """Keep several bodies in one transaction (a file import's batch)."""
    read = [(body, read_body(body)) for body in bodies]
    rehearsing = _rehearses(mission_id, now)
    with _writing():
        return [
            _keep(mission_id, body, sent, sender, now, rehearsal=rehearsing or sent.rehearsal) for body, sent in read
        ]


def _rehearses(mission_id: int, now: datetime) -> bool:
    return Mission.objects.only("rehearsing_since", "election_date", "zone").get(pk=mission_id).rehearses(now)


def _keep(mission_id: int, body: bytes, sent: Sent, sender: Sender, now: datetime, *, rehearsal: bool) -> Receipt:
    digest = sha256(body)

    def receipt(state: State, report: Report, received_at: datetime) -> Receipt:
        return Receipt(
            sent=sent,
            sha256=digest,
            received_at=received_at,
            state=state,
            report_id=report.pk,
            rehearsal=report.rehearsal,
        )

    kept = _kept(mission_id, sent.id)
    if kept is None:
        try:
            with transaction.atomic():
                report = _store(mission_id, sent.id, body, digest, sender, now, rehearsal=rehearsal)
        except IntegrityError:
            # Another connection stored the same identifier between our look and our write.
            kept = _kept(mission_id, sent.id)
            if kept is None:
                raise
        else:
            return receipt(State.UNREADABLE if _unreadable(sent) else State.NEW, report, now)
    if kept.sha256 == digest:
        return receipt(State.REPEATED, kept, kept.received_at)
    if kept.rehearsal is not rehearsal:
        return _beside(mission_id, body, digest, sender, now, receipt, rehearsal=rehearsal)
    conflict = Conflict.objects.filter(report=kept, sha256=digest).first()
    if conflict is None:
        conflict = _store_conflict(kept, body, digest, sender, now)
    return receipt(State.CONFLICT, kept, conflict.received_at)


def _beside(
    mission_id: int,
    body: bytes,
    digest: str,
    sender: Sender,
    now: datetime,
    receipt: Callable[[State, Report, datetime], Receipt],
    *,
    rehearsal: bool,
) -> Receipt:
    """Keep a report whose identifier practice has used up, or practice under that of a report that counts: each for
    itself, under an identifier made of its bytes."""
    uid = id_of_bytes(body)
    kept = _kept(mission_id, uid)
    if kept is not None:
        return receipt(State.REPEATED, kept, kept.received_at)
    report = _store(mission_id, uid, body, digest, sender, now, rehearsal=rehearsal)
    return receipt(State.CONFLICT, report, now)


def _kept(mission_id: int, uid: UUID) -> Report | None:
    return Report.objects.filter(mission_id=mission_id, uid=uid).defer("body").first()


def _store(
    mission_id: int, uid: UUID, body: bytes, digest: str, sender: Sender, now: datetime, *, rehearsal: bool
) -> Report:
    facts = {"sha256": digest, "bytes": len(body), "channel": sender.channel}
    entry = _log(mission_id, "report.received", "rehearsal.received", uid, facts, sender, now, rehearsal=rehearsal)
    return Report.objects.create(
        mission_id=mission_id,
        uid=uid,
        body=body,
        sha256=digest,
        channel=sender.channel,
        device_id=sender.device_id,
        team_id=sender.team_id,
        received_at=now,
        rehearsal=rehearsal,
        entry=entry,
    )


def _store_conflict(kept: Report, body: bytes, digest: str, sender: Sender, now: datetime) -> Conflict:
    facts = {"sha256": digest, "kept": kept.sha256, "bytes": len(body), "channel": sender.channel}
    entry = _log(
        kept.mission_id,
        "report.conflicting",
        "rehearsal.conflicting",
        kept.uid,
        facts,
        sender,
        now,
        rehearsal=kept.rehearsal,
    )
    return Conflict.objects.create(
        report=kept,
        body=body,
        sha256=digest,
        channel=sender.channel,
        device_id=sender.device_id,
        received_at=now,
        entry=entry,
    )


def _log(
    mission_id: int,
    kind: str,
    in_rehearsal: str,
    uid: UUID,
    facts: Mapping[str, Any],
    sender: Sender,
    now: datetime,
    *,
    rehearsal: bool,
) -> LogEntry:
    """Practice has kinds of its own, so that nothing that looks for reports in the log finds it."""
    return append(
        mission_id=mission_id,
        kind=in_rehearsal if rehearsal else kind,
        subject=f"report:{uid}",
        body=facts,
        by=sender.name,
        now=now,
    )


def _unreadable(sent: Sent) -> bool:
    return any(problem.code == "unreadable" for problem in sent.problems)


_ONE_WRITER = threading.Lock()


@contextmanager
def _writing() -> Iterator[None]:
    """One transaction. SQLite has one writer, and waiting in the process is fairer than waiting at the file."""
    if connection.vendor == "sqlite":
        with _ONE_WRITER, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


@cache
def _key() -> Ed25519PrivateKey:
    return signing_key(settings.KEYS)
