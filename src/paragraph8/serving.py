"""Running the system: a web process and a worker, watched by one parent."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from paragraph8.evidence.live import LiveMission

logger = logging.getLogger(__name__)

PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

Say = Callable[[str], None]
PAUSE = 0.5
"""Seconds between looks of the worker: pages are at most this much and one computation behind."""
AFTER_A_FAILURE = 5.0
"""Seconds of patience when the database did not answer."""
BETWEEN_ERASURES = 3600.0
"""Seconds between looks for people whose retention date has come."""


def serve(*, host: str, port: int, say: Say) -> int:
    """Serve until interrupted. A worker or job process that dies is started again; when the web process dies, all
    stops."""
    from django.conf import settings

    stop = _stopping()
    web = _start_web(host, port, settings.THREADS)
    helpers = {name: _start(name) for name in ("work", "jobs")}
    say(f"Serving on http://{host}:{port}/ (stop with Ctrl-C)")
    try:
        while not stop.wait(PAUSE):
            if web.poll() is not None:
                return web.returncode or 1
            for name, process in helpers.items():
                if process.poll() is not None:
                    say(f"p8 {name} stopped; starting it again.")
                    helpers[name] = _start(name)
        return 0
    finally:
        for process in (web, *helpers.values()):
            _end(process)


def work(*, say: Say) -> int:
    """Number what comes in, read it, keep the rooms' figures fresh, erase people whose time has come, until stopped."""
    from django.db import DatabaseError, connection

    from paragraph8.audit.sequencer import sequence

    stop = _stopping()
    missions: dict[int, LiveMission] = {}
    erasure = look = 0.0
    say("Working.")
    while not stop.is_set():
        numbered = 0
        try:
            if time.monotonic() >= erasure:
                erase_people(now=datetime.now(UTC))
                erasure = time.monotonic() + BETWEEN_ERASURES
            numbered = sequence(now=datetime.now(UTC))
            # While everybody sends, there is always something left to number: the rooms do not wait for the end of it.
            if not numbered or time.monotonic() >= look:
                look_at_missions(missions, now=datetime.now(UTC))
                look = time.monotonic() + PAUSE
        except DatabaseError:
            # A locked file or a server that restarts: what waits is still there at the next look.
            logger.exception("the database did not answer; trying again")
            connection.close()
            stop.wait(AFTER_A_FAILURE)
        if not numbered:
            stop.wait(PAUSE)
    return 0


def look_at_missions(held: dict[int, LiveMission], *, now: datetime) -> None:
    """Bring the snapshots of all missions up to date; what is held of them is kept between two calls."""
    from paragraph8.evidence.live import LiveMission
    from paragraph8.missions.models import Mission

    for mission in Mission.objects.all():
        if mission.pk not in held:
            held[mission.pk] = LiveMission(mission)
        held[mission.pk].look(now=now)


def erase_people(*, now: datetime) -> int:
    """Erase everybody whose retention date has come where the mission is, in all missions; how many people.

    A simulated mission plays in the past and has nobody to protect; a closed one has erased its people.
    """
    from paragraph8.accounts.permissions import command
    from paragraph8.missions.models import Mission
    from paragraph8.roster.erasing import erase_due

    erased = 0
    for mission in Mission.objects.filter(closed_at=None):
        if not mission.simulated:
            today = now.astimezone(ZoneInfo(mission.zone)).date()
            found = erase_due(mission=mission, today=today, by=command("worker"), now=now)
            erased += found.people + found.local
    return erased


def jobs(*, say: Say) -> int:
    """Do the jobs that people start from pages, one after the other, until stopped.

    One process does them all; what ran when the one before it ended is marked as broken first.
    """
    from django.core.management import call_command

    from paragraph8.jobs.operations import end_abandoned
    from paragraph8.missions.models import Mission
    from paragraph8.places.lists import sweep

    abandoned = end_abandoned()
    for mission in Mission.objects.filter(closed_at=None):
        sweep(mission)
    say(f"Doing jobs; {abandoned} were left half-way." if abandoned else "Doing jobs.")
    call_command("db_worker", interval=PAUSE, startup_delay=False, verbosity=0)
    return 0


@contextmanager
def web_process(
    *, host: str, port: int, threads: int = 8, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A web process without a worker; the demonstration sends its reports through one."""
    process = _start_web(host, port, threads, environment)
    try:
        yield process
    finally:
        _end(process)


def _start_web(
    host: str, port: int, threads: int, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "paragraph8.config.wsgi:application",
            "--bind",
            f"{host}:{port}",
            "--workers",
            "1",
            "--threads",
            str(threads),
            "--timeout",
            "120",
            "--log-level",
            "warning",
        ],
        env={**os.environ, **(environment or {})},
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - no thread runs here
    )


def _start(command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "paragraph8.cli", command],
        stdout=subprocess.DEVNULL,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - as above
    )


def _end_with_parent() -> None:
    """On Linux, be asked to stop when the parent is gone, even by `kill -9`, so that nothing holds the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stopping() -> threading.Event:
    """An event that Ctrl-C and a polite kill set."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal handler's signature
        stop.set()

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    return stop
