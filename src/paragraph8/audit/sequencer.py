"""The sequencer: gives committed entries their change numbers, in one order, off the receiving path.

Entries commit in any order; a change number is given only to what is committed, and only upwards. So a view as of a
change number never changes, however late another row commits. One sequencer works at a time: a lock that the database
holds for the transaction (PostgreSQL advisory lock; SQLite has a single writer anyway).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from paragraph8.domain.canonical import sha256

from .models import Change, LogEntry, Unsequenced
from .operations import entry_digest

LOCK = 0x7038_0001
"""Number of the advisory lock: "p8", first of its kind."""
BATCH = 30
"""Entries of one transaction: few enough that nobody waits long to write."""
START = "0" * 64
"""The chain before the first change."""

Reader = Callable[[Sequence[Change], datetime], None]


def sequence(*, now: datetime, batch: int = BATCH) -> int:
    """Number one batch of waiting entries and let the readers of settings.SEQUENCED see it; how many were numbered."""
    with transaction.atomic(), _alone() as alone:
        if not alone:
            return 0
        waiting = list(Unsequenced.objects.select_related("entry").order_by("entry_id")[:batch])
        if not waiting:
            return 0
        changes = _number([row.entry for row in waiting], now)
        Unsequenced.objects.filter(pk__in=[row.pk for row in waiting]).delete()
        for reader in _readers():
            reader(changes, now)
        return len(changes)


def sequence_all(*, clock: Callable[[], datetime], progress: Callable[[int], None] | None = None) -> int:
    """Number everything that waits, batch by batch; how many were numbered."""
    total = 0
    while done := sequence(now=clock()):
        total += done
        if progress:
            progress(total)
    return total


def link(chain: str, number: int, digest: str) -> str:
    """The chain after a change."""
    return sha256(f"{chain}:{number}:{digest}".encode())


def broken_links() -> Iterator[int]:
    """Numbers of changes whose chain or entry does not hold; none when the log is whole."""
    chain, expected = START, 1
    for change in Change.objects.select_related("entry").order_by("number").iterator(chunk_size=2000):
        entry = change.entry
        again = entry_digest(
            mission_id=entry.mission_id,
            kind=entry.kind,
            subject=entry.subject,
            body=json.loads(entry.body),
            by=entry.actor,
            now=entry.at,
        )
        chain = link(chain, change.number, again)
        if change.number != expected or again != entry.digest or chain != change.chain:
            yield change.number
            chain = change.chain
        expected = change.number + 1


def _number(entries: Sequence[LogEntry], now: datetime) -> list[Change]:
    last = Change.objects.order_by("-number").first()
    number, chain = (last.number, last.chain) if last else (0, START)
    changes = []
    for entry in entries:
        number += 1
        chain = link(chain, number, entry.digest)
        changes.append(Change(number=number, entry=entry, mission_id=entry.mission_id, at=now, chain=chain))
    return Change.objects.bulk_create(changes)


@contextmanager
def _alone() -> Iterator[bool]:
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        (alone,) = cursor.fetchone()
    yield bool(alone)


def _readers() -> list[Reader]:
    return [import_string(path) for path in settings.SEQUENCED]
