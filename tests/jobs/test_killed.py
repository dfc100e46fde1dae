"""`kill -9` in the middle of long work: nothing half made remains, what is shown says so, and it can be started again.

A real server runs on a database of its own; its process of jobs is killed at work, and the server starts it again.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.serving import environment, served

DESK = Path(__file__).with_name("desk.py")
PATIENCE = 30.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found through /proc")


class Desk:
    """The desk's process, and the server's process of jobs."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def __call__(self, command: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the desk fell over at {command}"
        return json.loads(line)

    def found(self) -> dict[str, Any]:
        return self("found")

    def killed(self, command: str, *, when: Callable[[dict[str, Any]], bool]) -> int:
        """Start a job, kill the process of jobs once the database looks so, wait until it is noted as broken."""
        pk = self(command)
        before = jobs_process()
        wait_for(lambda: self(f"job {pk}") == "running" and when(self.found()))
        assert self(f"job {pk}") == "running", "the job was over before it could be killed"
        os.kill(before, signal.SIGKILL)
        wait_for(lambda: self(f"job {pk}") not in ("waiting", "running"))
        assert self(f"job {pk}") == "broken"
        wait_for(lambda: jobs_process() not in (0, before))
        return pk

    def done(self, command: str) -> None:
        pk = self(command)
        wait_for(lambda: self(f"job {pk}") not in ("waiting", "running"))
        assert self(f"job {pk}") == "done"


def wait_for(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.002)


def jobs_process() -> int:
    """The server's process of jobs, found among the children of our children; 0 while there is none."""
    for server in children(os.getpid()):
        for pid in children(server):
            if command_line(pid)[-1:] == ["jobs"]:
                return pid
    return 0


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found


def command_line(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return []


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A server and a desk on a small mission that can be planned."""
    home = tmp_path_factory.mktemp("killed")
    process = subprocess.Popen(
        [sys.executable, str(DESK)],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert json.loads(process.stdout.readline()) == "ready"
        with served(home):
            wait_for(lambda: jobs_process() != 0)
            yield Desk(process)
    finally:
        process.kill()
        process.wait()


def test_a_station_list_that_was_being_staged_is_taken_out_again(desk: Desk) -> None:
    desk.killed("stations", when=lambda found: found["staged"] > 0)
    found = desk.found()
    assert (found["staged"], found["lists"], found["areas"]) == (0, 0, 0)
    desk.done("stations")
    assert desk.found()["staged"] == 12_000


def test_a_plan_that_was_being_worked_out_is_refused_and_says_why(desk: Desk) -> None:
    desk.killed("plan", when=lambda found: found["plans"][-1][0] == "solving")
    found = desk.found()
    assert found["plans"][-1] == ["refused", "broken"]
    assert found["stops"] == 0
    desk.done("plan")
    assert desk.found()["plans"][-1] == ["draft", ""]
    assert desk.found()["stops"] == 10


def test_packs_that_were_being_made_leave_the_codes_of_those_before(desk: Desk) -> None:
    if not desk.found()["stops"]:
        desk.done("plan")
    desk("accept")
    desk.done("packs")
    before = desk.found()
    assert (before["packs"], before["files"], len(before["codes_that_count"])) == (1, 1, 2)
    desk.killed("packs", when=lambda found: found["codes"] > before["codes"])
    after = desk.found()
    assert after["codes"] > before["codes"]
    assert {**after, "codes": 0} == {**before, "codes": 0}
    desk.done("packs")
    last = desk.found()
    assert (last["packs"], last["files"], len(last["codes_that_count"])) == (2, 2, 2)
    assert not set(last["codes_that_count"]) & set(before["codes_that_count"])
