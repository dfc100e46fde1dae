"""The report as it is sent: one JSON object, version 1 of its shape.

    {"report": 1, "id": "<UUIDv7 made by the sender>", "form": "voting", "version": "1", "station": "010203",
     "started": "2019-06-09T09:10:00+06:00", "finished": "2019-06-09T09:45:00+06:00",
     "answers": {"B07": "yes", "B11": 812, "B12": {"missing": "not-observed"}}}

Who sent it is never read from the body: the server knows that from the device's token. `source` may carry the cells
of the file a report was imported from; `rehearsal` is true when the report was begun in a rehearsal.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .ids import id_of_bytes
from .problems import Problem, Severity

SHAPE = 1
MOST_BYTES = 20 * 1024 * 1024
"""A larger body is refused; up to here everything that an authenticated sender posts is kept."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What could be read of a body; what could not stands in `problems` and the bytes are kept all the same."""

    id: uuid.UUID
    form: str = ""
    version: str = ""
    station: str = ""
    started: datetime | None = None
    finished: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    rehearsal: bool = False
    problems: tuple[Problem, ...] = ()


def read_body(body: bytes) -> Sent:
    """Read the bytes of one report. Never raises: what is no report gets an id made of its bytes, and a problem."""
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        return _unreadable(body, "not-utf-8", error.start)
    except json.JSONDecodeError as error:
        return _unreadable(body, "not-json", error.pos)
    except (ValueError, RecursionError):
        return _unreadable(body, "not-json", 0)
    if not isinstance(data, dict):
        return _unreadable(body, "not-a-report", 0)
    return _read(data, body)


def _read(data: dict[str, Any], body: bytes) -> Sent:
    problems: list[Problem] = []

    def text(name: str) -> str:
        value = data.get(name, "")
        if isinstance(value, str) and "\x00" not in value and len(value) <= 200:
            return value.strip()
        problems.append(_problem("wrong-type", field=name))
        return ""

    def moment(name: str) -> datetime | None:
        value = data.get(name)
        if value is None:
            return None
        try:
            read = datetime.fromisoformat(value)
        except (TypeError, ValueError):
            read = None
        if read is None or read.tzinfo is None:
            problems.append(_problem("wrong-type", field=name))
            return None
        return read

    if data.get("report", SHAPE) != SHAPE or isinstance(data.get("report"), bool):
        problems.append(_problem("unknown-shape", field="report"))
    try:
        identifier = uuid.UUID(data["id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        identifier = id_of_bytes(body)
        problems.append(_problem("no-id"))
    rehearsal = data.get("rehearsal", False)
    if not isinstance(rehearsal, bool):
        problems.append(_problem("wrong-type", field="rehearsal"))
        rehearsal = False
    answers = data.get("answers", {})
    if not isinstance(answers, dict):
        problems.append(_problem("wrong-type", field="answers"))
        answers = {}
    return Sent(
        id=identifier,
        form=text("form"),
        version=text("version"),
        station=text("station"),
        started=moment("started"),
        finished=moment("finished"),
        answers=answers,
        rehearsal=rehearsal,
        problems=tuple(problems),
    )


def _unreadable(body: bytes, reason: str, position: int) -> Sent:
    return Sent(id=id_of_bytes(body), problems=(_problem("unreadable", reason=reason, position=position),))


def _problem(code: str, **details: str | int) -> Problem:
    return Problem(code, Severity.BLOCK, details=tuple(sorted(details.items())))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
