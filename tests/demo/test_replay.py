"""The day comes in again: in its order, at its pace, with its hours, and a server that is away is waited for."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from conftest import SERVER
from paragraph8 import cli
from paragraph8.audit.clock import HEADER
from paragraph8.demo.facts import reference
from paragraph8.demo.replay import Replay, _renamed
from paragraph8.demo.sending import Sending
from paragraph8.domain.text import Text
from paragraph8.missions.operations import create_mission

BEGIN = datetime(2019, 6, 9, 1, 0, tzinfo=UTC)


def sending(minutes: float, device: str = "phone-1") -> Sending:
    at = BEGIN + timedelta(minutes=minutes)
    return Sending(at, "T1", device, json.dumps({"n": minutes}).encode(), "voting")


class Server(ThreadingHTTPServer):
    """Takes what is posted, and notes when; the first answers are those of `answers`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[tuple[float, str, dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def port(self) -> int:
        return self.server_address[1]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 201
        self.server.taken.append((time.monotonic(), self.path, dict(self.headers), body))
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def replay(*sendings: Sending) -> Replay:
    return Replay("small", "Asia/Almaty", sendings, {"phone-1": "secret-1", "phone-2": "secret-2"})


def run(of: Replay, port: int, pace: float = 6000, stop: threading.Event | None = None) -> tuple[int, list[str]]:
    said: list[str] = []
    return of.run(port=port, pace=pace, say=said.append, stop=stop or threading.Event()), said


def test_everything_is_posted_in_order_by_its_phone_with_its_hour(server: Server) -> None:
    n, said = run(replay(sending(0), sending(5, "phone-2"), sending(60)), server.port)
    assert n == 3
    assert [json.loads(body)["n"] for *_, body in server.taken] == [0, 5, 60]
    assert {path for _, path, _, _ in server.taken} == {"/api/missions/small/reports"}
    headers = [headers for _, _, headers, _ in server.taken]
    assert [each["Authorization"] for each in headers] == ["Bearer secret-1", "Bearer secret-2", "Bearer secret-1"]
    assert headers[1][HEADER] == (BEGIN + timedelta(minutes=5)).isoformat()
    assert [line.split()[0] for line in said] == ["07:00", "08:00"]


def test_the_pace_is_that_of_the_day(server: Server) -> None:
    """60 minutes at 6,000 in a minute are 0.6 seconds."""
    run(replay(sending(0), sending(30), sending(60)), server.port)
    moments = [at for at, *_ in server.taken]
    assert 0.28 < moments[1] - moments[0] < 0.6
    assert 0.58 < moments[2] - moments[0] < 1.2


def test_a_server_that_is_away_is_waited_for_and_nothing_is_lost(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paragraph8.demo.replay.PATIENCE", 0.01)
    server.answers = [503, 503, 201]
    n, said = run(replay(sending(0), sending(1)), server.port)
    assert n == 2
    assert [json.loads(body)["n"] for *_, body in server.taken] == [0, 0, 0, 1]
    assert sum("503" in line for line in said) == 2


def test_what_the_server_refuses_for_good_is_said_and_not_sent_for_ever(server: Server) -> None:
    server.answers = [403]
    _, said = run(replay(sending(0), sending(1)), server.port)
    assert len(server.taken) == 2
    assert "403" in said[0]


def test_a_replay_can_be_stopped(server: Server) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    begun = time.monotonic()
    n, _ = run(replay(sending(0), sending(600)), server.port, pace=60, stop=stop)
    assert n == 1
    assert time.monotonic() - begun < 3


def test_each_replay_has_a_mission_of_its_own(db: None) -> None:
    facts = reference()
    assert _renamed(facts).slug == f"{facts.slug}-replay-1"
    create_mission(slug=f"{facts.slug}-replay-1", title=Text.of("x"), by=SERVER, now=BEGIN)
    renamed = _renamed(facts)
    assert renamed.slug == f"{facts.slug}-replay-2"
    assert renamed.title.languages() == facts.title.languages()


@pytest.mark.parametrize("arguments", [["--no-serve"], ["--pace", "0"], ["--pace", "601"]])
def test_a_replay_that_cannot_be_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--replay", *arguments]) == 1
    assert capsys.readouterr().err.strip()
