"""Checks on how a report came: its bytes, form, station and times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from paragraph8.domain.answers import Answer, Missing, Value
from paragraph8.domain.forms import Form
from paragraph8.domain.problems import Problem, Rule
from paragraph8.domain.reports import Sent

from .catalogue import problem_of, tuning

FUTURE_TOLERANCE = 5
"""Minutes by which the clock of a device may run ahead of the server's."""
LARGEST_COUNT = 10**10
"""No count of people or ballots is larger; arithmetic rules leave larger numbers alone."""
_MOST_CHARACTERS = 60


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One report as the server sees it now, corrections included.

    `station` is the key as sent and normalised, empty if there was none; `team` is empty when the sender is not
    known; `answers` are the current answers as `Form.read` gives them; `registered_voters` is the figure of the
    station register.
    """

    row: str
    station: str
    station_known: bool
    team: str
    sent: Sent
    form: Form | None
    form_known: bool
    version_known: bool
    answers: Mapping[str, Answer]
    received: datetime | None
    registered_voters: int | None

    def value(self, question: str) -> Value | None:
        """The answer to the question when it has a value."""
        answer = self.answers.get(question)
        return None if isinstance(answer, Missing) else answer

    def number(self, question: str) -> int | None:
        """The answer when it is a number that can be a count; what is below zero or beyond all counts is not used."""
        answer = self.answers.get(question)
        return answer if isinstance(answer, int) and 0 <= answer <= LARGEST_COUNT else None

    def unanswered(self, question: str) -> bool:
        """Whether nothing was written: no value, no reason why there is none, an empty text or an empty list."""
        answer = self.answers.get(question)
        if isinstance(answer, Missing):
            return answer is Missing.NO_ANSWER or answer is Missing.NOT_ASKED
        return answer is None or answer in ("", ())


def minutes_between(earlier: datetime | None, later: datetime | None) -> int | None:
    """Whole minutes from one moment to the other, away from zero; `None` when one is missing or names no zone."""
    if earlier is None or later is None or earlier.tzinfo is None or later.tzinfo is None:
        return None
    passed = later - earlier
    return passed // timedelta(minutes=1) if passed < timedelta() else -(-passed // timedelta(minutes=1))


def short(text: str) -> str:
    """A string that may stand in a detail: one line of printable characters, cut when it is long."""
    plain = "".join(
        mark if mark.isprintable() else " " if mark.isspace() else "\ufffd" for mark in text[:_MOST_CHARACTERS]
    )
    return plain + "…" if len(text) > _MOST_CHARACTERS else plain


def envelope_problems(seen: Seen) -> Iterator[Problem]:
    """What is wrong with the way the report came, what `read_body` found included."""
    yield from seen.sent.problems
    if any(problem.code == "unreadable" for problem in seen.sent.problems):
        return
    yield from _form(seen)
    yield from _station(seen)
    yield from _times(seen)


def _form(seen: Seen) -> Iterator[Problem]:
    if not seen.form_known:
        yield problem_of(Rule("unknown-form"), form=short(seen.sent.form))
    elif not seen.version_known:
        yield problem_of(Rule("unknown-version"), form=short(seen.sent.form), version=short(seen.sent.version))


def _station(seen: Seen) -> Iterator[Problem]:
    if not seen.station:
        yield problem_of(tuning(seen.form, "station-code-missing"))
    elif not seen.station_known:
        yield problem_of(tuning(seen.form, "unknown-station"), station=short(seen.station))


def _times(seen: Seen) -> Iterator[Problem]:
    stayed = minutes_between(seen.sent.started, seen.sent.finished)
    if stayed is not None and stayed < 0:
        yield problem_of(tuning(seen.form, "finished-before-started"), minutes=-stayed)
    ahead = minutes_between(seen.received, seen.sent.finished)
    if ahead is not None and ahead > FUTURE_TOLERANCE:
        yield problem_of(tuning(seen.form, "finished-in-the-future"), minutes=ahead)
