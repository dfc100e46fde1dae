"""What verification found, line by line, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What became of one thing that was checked."""

    RECOMPUTED = "recomputed"
    """Made again from what it rests on; the same came out."""
    ARITHMETIC = "arithmetic-checked"
    """Its numbers agree with each other; what it rests on is not in the folder."""
    FAILED = "failed"
    NOTE = "note"


@dataclass(frozen=True)
class Line:
    """One finding: the file, figure or sentence, what became of it, and why."""

    subject: str
    state: State
    reason: str

    def __str__(self) -> str:
        return f"{self.state:<18}  {self.subject}: {self.reason}"

    def to_json(self) -> dict[str, str]:
        """The line as JSON data."""
        return {"subject": self.subject, "state": self.state.value, "reason": self.reason}


@dataclass(frozen=True)
class Verdict:
    """Whether everything held, and every finding."""

    ok: bool
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Verdict:
        """The verdict of these findings: it holds when none failed."""
        found = tuple(lines)
        return cls(all(line.state is not State.FAILED for line in found), found)

    def failed(self) -> tuple[Line, ...]:
        """The findings that failed."""
        return tuple(line for line in self.lines if line.state is State.FAILED)

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON data."""
        return {"ok": self.ok, "lines": [line.to_json() for line in self.lines]}


def failed(subject: str, reason: str) -> Line:
    """Something that does not hold."""
    return Line(subject, State.FAILED, reason)


def note(subject: str, reason: str) -> Line:
    """Something that a reader should know."""
    return Line(subject, State.NOTE, reason)


def recomputed(subject: str, reason: str) -> Line:
    """Something that came out the same again."""
    return Line(subject, State.RECOMPUTED, reason)
