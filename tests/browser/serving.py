"""`p8 serve` for the tests of this folder: web process, worker and jobs, on a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path) -> dict[str, str]:
    """What a command of the tests sees: the sources, a home of its own, and none of the caller's settings."""
    held = {name: value for name, value in os.environ.items() if not name.startswith("P8_") and name != "DATABASE_URL"}
    return {**held, "P8_HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a running server."""
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "paragraph8.cli", "serve", "--port", str(port)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait_until_it_answers(base)
        yield base
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_it_answers(base: str) -> None:
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{base}/health", timeout=2):  # noqa: S310
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError("The server did not answer within 30 seconds.")
