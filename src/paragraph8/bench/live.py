"""`p8 bench live`: how long a report takes from its receipt to the figures on the pages when everybody sends.

Everything runs as in a mission: `p8 serve` with its web process and worker, reports posted over HTTP by devices with
tokens, and somebody who reads the room meanwhile.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .databases import database, empty_mission
from .machine import Result, now, with_machine

REPORTS, QUESTIONS, AREAS, STATIONS = 100_000, 60, 17, 25_000
"""What is there before the first report of the bench: four reports about each station."""
RATE, SECONDS = 50, 20
"""Reports in a second, and for how long."""
LIMIT, ROOM_LIMIT_MS = 2.0, 100
PATIENCE = 300.0
"""Seconds until a server that shows nothing is given up."""
SENDERS = 16
"""Connections that post, so that a slow answer does not slow the clock down."""
CHUNK = 2000
ROOM = "/m/bench/election-day/"


def live(reports: int = REPORTS, *, rate: int = RATE, seconds: int = SECONDS) -> Result:
    """Send `rate` reports a second on top of `reports`; when was each in the figures that the pages show?"""
    with database():
        mission, token, cookie = _prepared(reports)
        with _served() as port:
            started = time.monotonic()
            shown = _Shown(mission.pk)
            shown.wait_for_first()
            until_first = time.monotonic() - started
            bodies = list(_bodies(rate * seconds))
            with shown.watched(), _Reader(port, cookie).reading() as reader:
                receipts = _send(port, token, bodies, rate)
                shown.wait_until(_newest_change(receipts))
        waited, kilobytes = sorted(_waited(receipts, shown)), shown.kilobytes()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return with_machine(
        {
            "bench": "live",
            "reports_before": reports,
            "questions": QUESTIONS,
            "areas": AREAS,
            "stations": STATIONS,
            "per_second": rate,
            "sent": len(bodies),
            "receipts": len(receipts),
            "seconds_until_first_snapshot": round(until_first, 1),
            "snapshots": len(shown.seen),
            "snapshot_kb": kilobytes,
            "server_cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
            "load_average": [round(load, 1) for load in os.getloadavg()],
            **{f"visible_{name}_seconds": round(_quantile(waited, q), 3) for name, q in _QUANTILES},
            "room_first_ms": round(1000 * reader.first, 1),
            "room_pages": len(reader.took),
            **{f"room_{name}_ms": round(1000 * _quantile(sorted(reader.took), q), 1) for name, q in _QUANTILES},
            "room_limit_ms": ROOM_LIMIT_MS,
            "room_within_limit": 1000 * _quantile(sorted(reader.took), 0.95) <= ROOM_LIMIT_MS,
            "seconds": round(_quantile(waited, 0.99), 3),
            "limit_seconds": LIMIT,
        }
    )


_QUANTILES = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def _quantile(values: Sequence[float], q: float) -> float:
    return values[min(len(values) - 1, int(q * len(values)))]


@dataclass
class _Shown:
    """Which change the snapshot was of, and since when: looked up fifty times a second."""

    mission: int
    seen: list[tuple[float, int]] = field(default_factory=list)

    def wait_for_first(self) -> None:
        """Wait until the worker has counted what was there, and made the board of the room."""
        self._wait(lambda: self._look() > 0 and self._has_board())

    def wait_until(self, change: int) -> None:
        """Wait until a change is in the figures."""
        self._wait(lambda: self.seen[-1][1] >= change)

    def kilobytes(self) -> float:
        """How much is written with each snapshot."""
        from paragraph8.evidence.models import Snapshot

        return round(len(bytes(Snapshot.objects.get(mission_id=self.mission).cells)) / 1000, 1)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note every snapshot, in a thread of its own."""
        stop = threading.Event()

        def watch() -> None:
            from django.db import connection

            while not stop.wait(0.02):
                change = self._look()
                if not self.seen or change > self.seen[-1][1]:
                    self.seen.append((time.monotonic(), change))
            connection.close()

        self.seen = [(time.monotonic(), self._look())]
        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def since(self, change: int) -> float:
        """When a change was first in the figures."""
        return next(at for at, shown in self.seen if shown >= change)

    def _look(self) -> int:
        from paragraph8.evidence.models import Snapshot

        return Snapshot.objects.filter(mission_id=self.mission).values_list("change_number", flat=True).first() or 0

    def _has_board(self) -> bool:
        from paragraph8.eday.models import Board

        return Board.objects.filter(mission_id=self.mission).exists()

    def _wait(self, reached: Any) -> None:
        until = time.monotonic() + PATIENCE
        while not reached():
            if time.monotonic() > until:
                raise TimeoutError(f"nothing was shown within {PATIENCE:.0f} seconds")
            time.sleep(0.02)


@dataclass
class _Reader:
    """Somebody who opens the room again and again, whole and as its own script asks for it."""

    port: int
    cookie: str
    took: list[float] = field(default_factory=list)
    first: float = 0.0
    """How long the page took that warmed the server up; it is not among the others."""

    @contextmanager
    def reading(self) -> Iterator[_Reader]:
        """Read in a thread of its own, once a second."""
        stop = threading.Event()

        def read() -> None:
            connection, turn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60), 0
            while not stop.wait(1.0):
                turn += 1
                headers = {"Cookie": f"sessionid={self.cookie}", **({"HX-Request": "true"} if turn % 2 else {})}
                started = time.monotonic()
                connection.request("GET", ROOM, headers=headers)
                answer = connection.getresponse()
                answer.read()
                if self.first:
                    self.took.append(time.monotonic() - started)
                self.first = self.first or time.monotonic() - started
                if answer.status != 200:
                    raise AssertionError(f"the room answered {answer.status}")

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield self
        finally:
            stop.set()
            thread.join()


@contextmanager
def _served() -> Iterator[int]:
    """`p8 serve` on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen(
        [sys.executable, "-m", "paragraph8.cli", "serve", "--port", str(port)], env=os.environ, stdout=sys.stderr
    )
    try:
        _wait_for_answer(port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _wait_for_answer(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/health")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not answer")


def _send(port: int, token: str, bodies: Sequence[bytes], rate: int) -> dict[str, float]:
    """Post each at its time; by identifier when its receipt was there."""
    local = threading.local()

    def post(body: bytes) -> tuple[str, float]:
        if not hasattr(local, "connection"):
            local.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        for last in (False, True):
            try:
                local.connection.request("POST", "/api/missions/bench/reports", body=body, headers=headers)
                answer = local.connection.getresponse()
                receipt = json.loads(answer.read())
                break
            except (ConnectionError, http.client.HTTPException):
                # A connection that the server closed while it was idle; sending again is harmless.
                local.connection.close()
                if last:
                    raise
        if answer.status not in (200, 201):
            raise AssertionError(f"a report was answered with {answer.status}: {receipt}")
        return json.loads(body)["id"], time.monotonic()

    started, waiting = time.monotonic(), []
    with ThreadPoolExecutor(SENDERS) as senders:
        for n, body in enumerate(bodies):
            time.sleep(max(0.0, started + n / rate - time.monotonic()))
            waiting.append(senders.submit(post, body))
        return dict(each.result() for each in waiting)


def _newest_change(receipts: dict[str, float]) -> int:
    """The number of the last change of these reports, once all have one."""
    until = time.monotonic() + PATIENCE
    while len(changes := _changes(receipts)) < len(receipts):
        if time.monotonic() > until:
            raise TimeoutError("reports were not numbered")
        time.sleep(0.1)
    return max(changes.values())


def _changes(receipts: dict[str, float]) -> dict[str, int]:
    from paragraph8.capture.models import Report

    rows = Report.objects.filter(uid__in=list(receipts), entry__change__isnull=False)
    return {str(uid): number for uid, number in rows.values_list("uid", "entry__change__number")}


def _waited(receipts: dict[str, float], shown: _Shown) -> list[float]:
    """Seconds from the receipt in the sender's hand to the snapshot that has the report in it."""
    changes = _changes(receipts)
    return [max(0.0, shown.since(changes[uid]) - at) for uid, at in receipts.items()]


def _prepared(reports: int) -> tuple[Any, str, str]:
    """The mission with what is there already, the token of a device, and the cookie of a head of mission."""
    from django.test import Client

    from paragraph8.accounts.models import User
    from paragraph8.accounts.operations import add_device, add_member
    from paragraph8.accounts.permissions import Role, command
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.missions.operations import NewStation, add_stations, add_teams

    by = command("bench")
    mission = empty_mission(QUESTIONS, AREAS)
    stations = [NewStation(key=f"S{n}", area=f"A{n % AREAS}") for n in range(mission.stations.count(), STATIONS)]
    add_stations(mission=mission, stations=stations, by=by, now=now())
    add_teams(mission=mission, codes=[f"T{n}" for n in range(300)], by=by, now=now())
    _, token = add_device(mission_id=mission.pk, team_id=None, name="bench", by=by, now=now())
    add_member(username="head", password="a head of mission", mission_id=mission.pk, role=Role.HEAD, by=by, now=now())  # noqa: S106 - in a database that is thrown away
    sequence_all(clock=now)
    _fill(mission, reports)
    client = Client()
    client.force_login(User.objects.get(username="head"))
    return mission, token, client.cookies["sessionid"].value


def _fill(mission: Any, reports: int) -> None:
    """Readings written straight into the tables; receiving and reading them one by one would take the night."""
    from paragraph8.audit.models import Change, LogEntry
    from paragraph8.capture.models import Report
    from paragraph8.domain.canonical import canonical
    from paragraph8.domain.ids import new_id
    from paragraph8.missions.models import FormVersion, Station
    from paragraph8.review.models import Reading

    chance, at = random.Random(1), now()  # noqa: S311 - simulated answers
    stations, teams = list(Station.objects.filter(mission=mission)), list(mission.teams.all())
    version = FormVersion.objects.get(mission=mission)
    number = Change.objects.count()
    for first in range(0, reports, CHUNK):
        n = range(first, min(first + CHUNK, reports))
        kept = {
            "mission_id": mission.pk,
            "kind": "report.received",
            "subject": "",
            "actor": "",
            "at": at,
            "digest": "",
        }
        entries = LogEntry.objects.bulk_create([LogEntry(**kept, body="{}") for _ in n])
        numbers = range(number + 1, number + 1 + len(n))
        number += len(n)
        Change.objects.bulk_create(
            [
                Change(number=m, entry=e, mission_id=mission.pk, at=at, chain="")
                for m, e in zip(numbers, entries, strict=True)
            ]
        )
        rows = Report.objects.bulk_create(
            [
                Report(
                    mission=mission,
                    uid=new_id(),
                    body=b"",
                    sha256="",
                    channel="",
                    received_at=at,
                    entry=entry,
                    team=teams[i // 60 % len(teams)],
                )
                for i, entry in zip(n, entries, strict=True)
            ]
        )
        Reading.objects.bulk_create(
            [
                Reading(
                    mission=mission,
                    report=row,
                    change_id=m,
                    form_version=version,
                    form_code="f",
                    station=stations[i % len(stations)],
                    station_key=stations[i % len(stations)].key,
                    answers=canonical(_answers(chance)).decode(),
                    problems="[]",
                )
                for i, m, row in zip(n, numbers, rows, strict=True)
            ]
        )
    _forget_unsequenced()


def _forget_unsequenced() -> None:
    """A trigger notes each entry as waiting; these have their numbers."""
    from paragraph8.audit.models import Unsequenced

    Unsequenced.objects.filter(entry__change__isnull=False).delete()


def _bodies(n: int) -> Iterator[bytes]:
    from paragraph8.domain.ids import new_id

    chance = random.Random(2)  # noqa: S311 - simulated answers
    for _ in range(n):
        report = {"report": 1, "id": str(new_id()), "form": "f", "version": "1"}
        yield json.dumps({**report, "station": f"S{chance.randrange(STATIONS)}", "answers": _answers(chance)}).encode()


def _answers(chance: random.Random) -> dict[str, Any]:
    said: list[Any] = ["yes", "no", "no", "no", {"missing": "not-observed"}]
    return {f"Q{q}": chance.choice(said) for q in range(QUESTIONS)}
