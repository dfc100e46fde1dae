"""A worker that is killed: the next one shows what this one would have shown."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browser.serving import environment

NIGHT = Path(__file__).with_name("night.py")


def night(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(NIGHT), *arguments], env=environment(home), check=True, capture_output=True, timeout=120
    )
    return done.stdout.decode()


@contextmanager
def worker(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "paragraph8.cli", "work"], env=environment(home))
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=30)


def told(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(night(home, "told"))
    return found


def test_a_worker_that_is_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    night(tmp_path, "make")
    with worker(tmp_path) as first:
        night(tmp_path, "send", "40")
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=30)
    night(tmp_path, "send", "20")
    with worker(tmp_path):
        assert told(tmp_path) == {"reports": 60, "right": True}
        night(tmp_path, "send", "5")
        assert told(tmp_path) == {"reports": 65, "right": True}
