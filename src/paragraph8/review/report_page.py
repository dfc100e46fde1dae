"""One report as its page shows it: what was sent, what holds now, and everything that happened in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.audit.models import Change
from paragraph8.capture.models import Conflict
from paragraph8.documents.labels import REASONS
from paragraph8.domain.answers import Answer, Missing
from paragraph8.domain.checks import CHECKS
from paragraph8.domain.forms import Block, Form, Kind, Question
from paragraph8.domain.problems import Problem, Severity
from paragraph8.domain.reports import read_body
from paragraph8.domain.text import Text

from .models import Correction
from .queries import ReportFile

MOST_RAW = 4_000
"""Characters of a body that the page prints; the rest is counted."""


@dataclass(frozen=True)
class Said:
    """An answer for the page: exactly one of a reason why it is unknown, a number, words of the form, typed text."""

    unknown: Text | None = None
    number: int | None = None
    words: tuple[Text, ...] = ()
    typed: str = ""


@dataclass(frozen=True)
class Found:
    """A problem in words."""

    problem: Problem
    title: Text
    text: Text


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question: what holds now, what was sent where that differs, and what checks found about it."""

    question: Question
    now: Said
    before: Said | None
    problems: tuple[Found, ...]

    @property
    def worst(self) -> str:
        """The severity that colours the line; empty when nothing was found."""
        found = {found.problem.severity for found in self.problems}
        return next((severity.value for severity in Severity if severity in found), "")


@dataclass(frozen=True)
class Part:
    """A block of the form with its lines."""

    block: Block
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Corrected:
    """A correction with what it replaced."""

    row: Correction
    question: Question | None
    before: Said | None
    after: Said | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that happened to the report, with the correction or the conflicting body that it was."""

    number: int
    at: datetime
    kind: str
    actor: str
    correction: Corrected | None
    conflict: Conflict | None


@dataclass(frozen=True)
class Body:
    """Bytes as a person can read them: their beginning, how many they are, how many characters are not shown."""

    text: str
    size: int
    rest: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReportPage:
    """Everything the page prints. `zone` is that of the station."""

    file: ReportFile
    zone: str
    parts: tuple[Part, ...]
    comments: tuple[Line, ...]
    counts: tuple[tuple[Text | Promise, int], ...]
    problems: tuple[Found, ...]
    steps: tuple[Step, ...]
    body: Body
    others: tuple[Body, ...]


def report_page(file: ReportFile) -> ReportPage:
    """The page of a report file. Nothing is read from the database but what the file holds."""
    sent = read_body(file.body)
    first = file.form.read(sent.answers) if file.form else {}
    corrected, now = _replayed(file, first)
    problems = tuple(Found(problem, CHECKS[problem.code].title, text) for problem, text in file.problems)
    lines = {line.question.code: line for line in _lines(file.form, first, now, problems)}
    station = file.reading.station if file.reading else None
    parts = tuple(
        Part(
            block,
            tuple(
                lines[question.code]
                for question in block.questions
                if question.code in lines and question.kind is not Kind.TEXT
            ),
        )
        for block in (file.form.blocks if file.form else ())
    )
    return ReportPage(
        file=file,
        zone=(station and station.area and station.area.zone) or file.report.mission.zone,
        parts=tuple(part for part in parts if part.lines),
        comments=tuple(line for line in lines.values() if line.question.kind is Kind.TEXT and line.now.unknown is None),
        counts=_counts(now.values()),
        problems=problems,
        steps=tuple(_steps(file.history, corrected, file.conflicts)),
        body=_body(file.body, file.report.sha256),
        others=tuple(_body(bytes(conflict.body), conflict.sha256) for conflict in file.conflicts),
    )


def said(form: Form, question: Question, answer: Answer) -> Said:
    """An answer in the words of the form."""
    if isinstance(answer, Missing):
        return Said(unknown=REASONS.get(answer, Text.of(answer.value)))
    if isinstance(answer, int):
        return Said(number=answer)
    if question.kind not in (Kind.CHOICE, Kind.CHOICES):
        return Said(typed=str(answer))
    codes = answer if isinstance(answer, tuple) else (answer,)
    scale = form.scale(question)
    titles = {option.code: option.title for option in scale.options} if scale else {}
    return Said(words=tuple(titles.get(code, Text.of(code)) for code in codes))


def _replayed(file: ReportFile, first: Mapping[str, Answer]) -> tuple[dict[int, Corrected], dict[str, Answer]]:
    """Each correction by its log entry with what it replaced, and the answers that hold after all of them."""
    now = dict(first)
    told: dict[int, Corrected] = {}
    for row in file.corrections:
        question = file.form.question(row.question) if file.form and row.kind == "answer" else None
        if file.form is None or question is None:
            told[row.entry_id] = Corrected(row, None, None, None)
            continue
        before = now[question.code]
        now[question.code] = file.form.read({question.code: row.said()})[question.code]
        told[row.entry_id] = Corrected(
            row, question, said(file.form, question, before), said(file.form, question, now[question.code])
        )
    return told, now


def _lines(
    form: Form | None, first: Mapping[str, Answer], now: Mapping[str, Answer], problems: Sequence[Found]
) -> Iterator[Line]:
    if form is None:
        return
    for question in form.questions():
        current, sent = now[question.code], first[question.code]
        yield Line(
            question=question,
            now=said(form, question, current),
            before=said(form, question, sent) if sent != current else None,
            problems=tuple(found for found in problems if question.code in found.problem.questions),
        )


def _counts(answers: Iterable[Answer]) -> tuple[tuple[Text | Promise, int], ...]:
    """How many questions are answered, and how many are not for which reason."""
    counted = Counter(answer if isinstance(answer, Missing) else None for answer in answers)
    answered = counted.pop(None, 0)
    unknown = [(REASONS.get(reason, Text.of(reason.value)), n) for reason, n in counted.most_common() if reason]
    return ((_("answered"), answered), *unknown)


def _body(body: bytes, sha256: str) -> Body:
    text = body.decode("utf-8", errors="replace")
    return Body(text[:MOST_RAW], len(body), max(0, len(text) - MOST_RAW), sha256)


def _steps(
    history: Sequence[Change], corrected: Mapping[int, Corrected], conflicts: Sequence[Conflict]
) -> Iterator[Step]:
    """Oldest first, as a person tells it."""
    other = {conflict.entry_id: conflict for conflict in conflicts}
    for change in reversed(history):
        entry = change.entry
        yield Step(
            number=change.number,
            at=entry.at,
            kind=entry.kind,
            actor=entry.actor,
            correction=corrected.get(entry.pk),
            conflict=other.get(entry.pk),
        )
