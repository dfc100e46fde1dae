"""The mission log: one sequence, chained, never rewritten."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, connections, transaction

from conftest import EVIDENCE_TABLES, NOW, ticking
from paragraph8.audit.models import Change, LogEntry, Unsequenced
from paragraph8.audit.operations import append
from paragraph8.audit.queries import change_at, latest_change
from paragraph8.audit.sequencer import broken_links, sequence, sequence_all


def _append(subject: str) -> LogEntry:
    return append(mission_id=1, kind="thing.done", subject=subject, body={"n": 1}, by="test", now=NOW)


@pytest.mark.django_db
def test_entries_get_consecutive_numbers_in_the_order_of_their_ids() -> None:
    for n in range(5):
        _append(f"s{n}")
    assert Unsequenced.objects.count() == 5
    assert sequence_all(clock=ticking()) == 5
    assert [change.entry.subject for change in Change.objects.order_by("number")] == [f"s{n}" for n in range(5)]
    assert list(Change.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert not Unsequenced.objects.exists()


@pytest.mark.django_db
def test_a_whole_chain_has_no_broken_link() -> None:
    for n in range(3):
        _append(f"s{n}")
    sequence_all(clock=ticking())
    assert list(broken_links()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["subject", "actor", "body", "kind"])
def test_an_entry_changed_behind_our_back_shows_in_the_chain(field: str) -> None:
    from conftest import lift_protection, restore_protection

    for n in range(3):
        _append(f"s{n}")
    sequence_all(clock=ticking())
    middle = Change.objects.get(number=2).entry_id
    lift_protection()
    LogEntry.objects.filter(pk=middle).update(**{field: '{"n":2}' if field == "body" else "forged"})
    restore_protection()
    assert next(broken_links()) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("table", EVIDENCE_TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses_to_rewrite_evidence(table: str, verb: str) -> None:
    """On SQLite the trigger must exist by name; on PostgreSQL in the catalogue of triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type='trigger' AND name=%s", [f"{table}_{verb.lower()}"]
            )
            assert "RAISE(ABORT" in cursor.fetchone()[0]
        else:
            cursor.execute("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname=%s", [f"{table}_rows"])
            assert verb in cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE audit_logentry SET actor='x'", "DELETE FROM audit_logentry"])
def test_rewriting_the_log_fails(statement: str) -> None:
    _append("s")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LogEntry.objects.get().actor == "test"


@pytest.mark.django_db
def test_a_clock_time_means_the_last_change_sequenced_by_then() -> None:
    for n in range(3):
        _append(f"s{n}")
        sequence(now=NOW.replace(minute=n))
    assert change_at(NOW.replace(minute=1)) == 2
    assert change_at(NOW.replace(minute=1, second=59)) == 2
    assert change_at(NOW.replace(hour=1)) == 0


def _in_thread(work: Callable[[], None]) -> None:
    """Run with the thread's own database connection."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=60)
    assert not thread.is_alive()
    if failures:
        raise failures[0]


@pytest.mark.usefixtures("committed")
def test_a_row_committed_late_gets_a_later_number_and_earlier_views_stay() -> None:
    """One connection appends and holds its transaction open; another appends, commits and is sequenced meanwhile."""
    if connection.vendor == "sqlite":
        _late_commit_on_one_writer()
        return
    with transaction.atomic():
        late = _append("late")
        _in_thread(lambda: (_append("prompt"), None)[1])
        _in_thread(lambda: (sequence_all(clock=ticking()), None)[1])
    before = list(Change.objects.filter(number__lte=1).values_list("entry__subject", flat=True))
    assert before == ["prompt"]
    assert late.pk < Change.objects.get(number=1).entry_id
    sequence_all(clock=ticking())
    assert list(Change.objects.filter(number__lte=1).values_list("entry__subject", flat=True)) == before
    assert Change.objects.get(entry=late).number == 2
    assert latest_change() == 2


def _late_commit_on_one_writer() -> None:
    """SQLite lets nobody else write meanwhile; a reader beside the open transaction sees the old state."""
    _append("prompt")
    sequence_all(clock=ticking())
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(list(LogEntry.objects.values_list("subject", flat=True)))
        assert latest_change() == 1

    with transaction.atomic():
        _append("late")
        _in_thread(look)
    assert seen == [["prompt"]]
    sequence_all(clock=ticking())
    assert list(Change.objects.order_by("number").values_list("entry__subject", flat=True)) == ["prompt", "late"]
