"""Forms: what observers are asked, in versions that never change once used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from .answers import Answer, Missing, answer_from_json
from .problems import Rule
from .text import Text


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    """One code of the question's scale."""
    CHOICES = "choices"
    """Any number of codes of the scale."""
    INTEGER = "integer"
    TEXT = "text"
    TIME = "time"
    """Local clock time HH:MM; hours may run past 24:00 on election night."""


class Use(StrEnum):
    """What an answer may serve."""

    PLAIN = "plain"
    RECONCILIATION = "reconciliation"
    """Contestants' votes, turnout, ballots: observed figures of a protocol, never a projection of the result."""
    COMMENT = "comment"
    """Free text; may name people, so it never leaves the mission."""


@dataclass(frozen=True)
class Option:
    """One answer of a scale; `negative` marks the answers that speak against good practice."""

    code: str
    title: Text
    negative: bool = False


@dataclass(frozen=True)
class Scale:
    """A set of answers; `ordered` when each is more than the one before (time buckets, assessments)."""

    code: str
    options: tuple[Option, ...]
    ordered: bool = False

    def codes(self) -> tuple[str, ...]:
        """Answer codes in the order of the form."""
        return tuple(option.code for option in self.options)


@dataclass(frozen=True)
class Question:
    """One question. `low` and `high` bound an integer (inclusive); `column` names it in an imported file.

    `negative` overrides the negative answers of the scale,
    since "yes" is good news for one question and bad for another.
    """

    code: str
    title: Text
    kind: Kind
    scale: str = ""
    low: int | None = None
    high: int | None = None
    use: Use = Use.PLAIN
    column: str = ""
    negative: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Block:
    """Questions that stand together on the form and concern one step of the day."""

    code: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """One version of one form. `process` is what it watches: opening, voting, counting, tabulation, whole-day."""

    code: str
    version: str
    process: str
    title: Text
    scales: tuple[Scale, ...]
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...] = field(default=())

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {question.code: question for block in self.blocks for question in block.questions}

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        return {scale.code: scale for scale in self.scales}

    def questions(self) -> Iterator[Question]:
        """All questions in the order of the form."""
        return iter(self._questions.values())

    def question(self, code: str) -> Question | None:
        """The question of that code, if the form has it."""
        return self._questions.get(code)

    def scale(self, question: Question) -> Scale | None:
        """The scale of a choice question."""
        return self._scales.get(question.scale)

    def negative(self, question: Question) -> frozenset[str]:
        """Codes of the answers that speak against good practice."""
        if question.negative is not None:
            return frozenset(question.negative)
        scale = self.scale(question)
        return frozenset(option.code for option in scale.options if option.negative) if scale else frozenset()

    def read(self, raw: Mapping[str, Any]) -> dict[str, Answer]:
        """What the sent answers say, question by question; anything that fits no answer is `UNREADABLE`.

        Questions the report says nothing about are `NOT_ASKED`; answers to unknown questions are not in the result
        (a check names them, and the bytes keep them).
        """
        return {question.code: self._fit(question, raw.get(question.code)) for question in self.questions()}

    def _fit(self, question: Question, value: Any) -> Answer:
        answer = answer_from_json(value)
        if isinstance(answer, Missing):
            return answer
        codes = self._codes(question)
        match question.kind:
            case Kind.INTEGER:
                fits = isinstance(answer, int)
            case Kind.CHOICE:
                fits = isinstance(answer, str) and answer in codes
            case Kind.CHOICES:
                fits = isinstance(answer, tuple) and set(answer) <= codes
            case Kind.TEXT:
                fits = isinstance(answer, str)
            case Kind.TIME:
                fits = isinstance(answer, str) and minutes(answer) is not None
        return answer if fits else Missing.UNREADABLE

    def _codes(self, question: Question) -> frozenset[str]:
        scale = self.scale(question)
        return frozenset(scale.codes()) if scale else frozenset()

    def to_json(self) -> dict[str, Any]:
        """The form as canonical JSON data; the inverse of `form_from_json`."""
        return {
            "code": self.code,
            "version": self.version,
            "process": self.process,
            "title": self.title.to_json(),
            "scales": [
                {
                    "code": scale.code,
                    "ordered": scale.ordered,
                    "options": [
                        {"code": option.code, "title": option.title.to_json(), "negative": option.negative}
                        for option in scale.options
                    ],
                }
                for scale in self.scales
            ],
            "blocks": [
                {
                    "code": block.code,
                    "title": block.title.to_json(),
                    "questions": [_question_to_json(question) for question in block.questions],
                }
                for block in self.blocks
            ],
            "rules": [rule.to_json() for rule in self.rules],
        }


def form_from_json(data: Mapping[str, Any]) -> Form:
    """The form that `Form.to_json` wrote, or that was written by hand in the same shape (defaults may be left out)."""
    return Form(
        code=data["code"],
        version=data["version"],
        process=data.get("process", "whole-day"),
        title=Text.of(data["title"]),
        scales=tuple(
            Scale(
                code=scale["code"],
                ordered=scale.get("ordered", False),
                options=tuple(
                    Option(option["code"], Text.of(option["title"]), option.get("negative", False))
                    for option in scale["options"]
                ),
            )
            for scale in data.get("scales", ())
        ),
        blocks=tuple(
            Block(
                code=block["code"],
                title=Text.of(block["title"]),
                questions=tuple(_question_from_json(question) for question in block["questions"]),
            )
            for block in data["blocks"]
        ),
        rules=tuple(Rule.from_json(rule) for rule in data.get("rules", ())),
    )


def minutes(clock: str) -> int | None:
    """Minutes since midnight of HH:MM; hours up to 47, since the count runs into the next day. `None` if not a time."""
    hours, colon, rest = clock.partition(":")
    if len(clock) > 5 or not (
        colon and hours.isascii() and hours.isdigit() and rest.isascii() and rest.isdigit() and len(rest) == 2
    ):
        return None
    total = int(hours) * 60 + int(rest)
    return total if int(rest) < 60 and int(hours) < 48 else None


def _question_to_json(question: Question) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": question.code,
        "title": question.title.to_json(),
        "kind": question.kind.value,
        "use": question.use.value,
    }
    for name in ("scale", "low", "high", "column"):
        value = getattr(question, name)
        if value not in ("", None):
            data[name] = value
    if question.negative is not None:
        data["negative"] = list(question.negative)
    return data


def _question_from_json(data: Mapping[str, Any]) -> Question:
    negative = data.get("negative")
    return Question(
        code=data["code"],
        title=Text.of(data["title"]),
        kind=Kind(data["kind"]),
        scale=data.get("scale", ""),
        low=data.get("low"),
        high=data.get("high"),
        use=Use(data.get("use", "plain")),
        column=data.get("column", ""),
        negative=tuple(negative) if negative is not None else None,
    )
