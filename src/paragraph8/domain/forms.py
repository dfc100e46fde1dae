"""Forms: what observers are asked, in versions that never change once used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from .answers import Answer, Missing, Value, answer_from_json
from .expressions import Expression
from .problems import Rule
from .questions import (
    COUNTED,
    FREE,
    Kind,
    NoAnswer,
    Option,
    Question,
    Scale,
    Use,
    question_from_json,
    question_to_json,
    scale_from_json,
    scale_to_json,
)
from .text import Text

__all__ = [
    "COUNTED",
    "FREE",
    "PROCESSES",
    "Block",
    "Form",
    "Kind",
    "NoAnswer",
    "Option",
    "Question",
    "Scale",
    "Status",
    "Use",
    "form_from_json",
    "minutes",
]

PROCESSES = (
    "opening",
    "voting",
    "counting",
    "tabulation",
    "incident",
    "campaign-event",
    "commission-session",
    "voter-list",
    "complaint-hearing",
    "weekly-rating",
    "whole-day",
)
"""What a form may watch, in the order of a mission's weeks turned round: election day first."""


class Status(StrEnum):
    """How far a version of a form is."""

    DRAFT = "draft"
    """Stored, shown and printed; no phone gets it and nothing is expected on it."""
    PUBLISHED = "published"
    RETIRED = "retired"
    """No phone gets it any more; reports on it are read as before."""


_DECIMAL = re.compile(r"-?\d{1,15}(\.\d{1,9})?", re.ASCII)
_POINT = re.compile(r"-?\d{1,2}(\.\d{1,12})? -?\d{1,3}(\.\d{1,12})?( -?\d{1,6}(\.\d{1,12})?){0,2}", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:[0-5]\d)(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_MOST_OF_A_NAME = 255


@dataclass(frozen=True)
class Block:
    """Questions that stand together on the form and concern one step of the day, asked when `relevant` holds."""

    code: str
    title: Text
    questions: tuple[Question, ...]
    relevant: Expression | None = None


@dataclass(frozen=True)
class Form:
    """One version of one form. `process` is what it watches, one of `PROCESSES`; `beyond` names what stands on it that
    only ODK Collect can ask, such as questions that repeat."""

    code: str
    version: str
    process: str
    title: Text
    scales: tuple[Scale, ...]
    blocks: tuple[Block, ...]
    rules: tuple[Rule, ...] = field(default=())
    beyond: tuple[str, ...] = ()

    @cached_property
    def _questions(self) -> dict[str, Question]:
        return {
            question.code: question
            for block in self.blocks
            for question in block.questions
            if question.kind is not Kind.NOTE
        }

    @cached_property
    def _scales(self) -> dict[str, Scale]:
        return {scale.code: scale for scale in self.scales}

    def questions(self) -> Iterator[Question]:
        """All questions in the order of the form; notes are none."""
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

    def no_answers(self, question: Question) -> tuple[NoAnswer, ...]:
        """The choices of the question that say why there is no answer."""
        scale = self.scale(question)
        return scale.missing if scale else ()

    def languages(self) -> tuple[str, ...]:
        """The languages in which something of the form is written, the title's first."""
        texts = [self.title, *(block.title for block in self.blocks)]
        texts += [question.title for block in self.blocks for question in block.questions]
        texts += [option.title for scale in self.scales for option in scale.options]
        found = {language for text in texts for language in text.languages()}
        return tuple(sorted(found, key=lambda tag: (tag not in self.title.languages(), tag)))

    def read(self, raw: Mapping[str, Any]) -> dict[str, Answer]:
        """What the sent answers say, question by question; anything that fits no answer is `UNREADABLE`.

        Questions the report says nothing about are `NOT_ASKED`; answers to unknown questions are not in the result
        (a check names them, and the bytes keep them). The code of a choice that says why there is no answer becomes
        that reason.
        """
        return {question.code: self._fit(question, raw.get(question.code)) for question in self.questions()}

    def values(self, answers: Mapping[str, Answer]) -> dict[str, Value | None]:
        """The answers as expressions meet them: a missing one is `None`, except where the form has a choice that says
        so; then it is that choice's code, as it would be in ODK Collect."""
        return {code: self._value(code, answer) for code, answer in answers.items()}

    def _value(self, code: str, answer: Answer) -> Value | None:
        if not isinstance(answer, Missing):
            return answer
        question = self.question(code)
        offered = self.no_answers(question) if question else ()
        return next((none.code for none in offered if none.reason is answer), None)

    def _fit(self, question: Question, value: Any) -> Answer:
        answer = answer_from_json(value)
        if isinstance(answer, Missing):
            return answer
        if question.kind in (Kind.CHOICE, Kind.CHOICES):
            return self._chosen(question, answer)
        return answer if _fits(question.kind, answer) else Missing.UNREADABLE

    def _chosen(self, question: Question, answer: Value) -> Answer:
        codes = (answer,) if isinstance(answer, str) else answer
        if isinstance(codes, int) or (isinstance(answer, tuple) is not (question.kind is Kind.CHOICES)):
            return Missing.UNREADABLE
        reasons = {none.code: none.reason for none in self.no_answers(question)}
        if len(codes) == 1 and codes[0] in reasons:
            return reasons[codes[0]]
        scale = self.scale(question)
        return answer if set(codes) <= set(scale.codes() if scale else ()) else Missing.UNREADABLE

    def to_json(self) -> dict[str, Any]:
        """The form as canonical JSON data; the inverse of `form_from_json`."""
        data: dict[str, Any] = {
            "code": self.code,
            "version": self.version,
            "process": self.process,
            "title": self.title.to_json(),
            "scales": [scale_to_json(scale) for scale in self.scales],
            "blocks": [_block_to_json(block) for block in self.blocks],
            "rules": [rule.to_json() for rule in self.rules],
        }
        if self.beyond:
            data["beyond"] = list(self.beyond)
        return data


def form_from_json(data: Mapping[str, Any]) -> Form:
    """The form that `Form.to_json` wrote, or that was written by hand in the same shape (defaults may be left out)."""
    return Form(
        code=data["code"],
        version=data["version"],
        process=data.get("process", "whole-day"),
        title=Text.of(data["title"]),
        scales=tuple(scale_from_json(scale) for scale in data.get("scales", ())),
        blocks=tuple(_block_from_json(block) for block in data["blocks"]),
        rules=tuple(Rule.from_json(rule) for rule in data.get("rules", ())),
        beyond=tuple(data.get("beyond", ())),
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


def day(written: str) -> date | None:
    """The day of YYYY-MM-DD, `None` if it is none."""
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def _fits(kind: Kind, answer: Value) -> bool:
    """Whether a value is an answer of a kind that has no scale."""
    if isinstance(answer, int):
        return kind in (Kind.INTEGER, Kind.DECIMAL, Kind.CALCULATION)
    return isinstance(answer, str) and kind in _SPELLED and _SPELLED[kind](answer)


def _is_moment(written: str) -> bool:
    """Whether it is a day with a clock time; seconds and an offset may follow, as devices write them."""
    found = _MOMENT.fullmatch(written)
    return found is not None and day(found[1]) is not None and (minutes(found[2]) or 0) < 24 * 60


def _on_earth(point: str) -> bool:
    latitude, longitude = (float(part) for part in point.split()[:2])
    return abs(latitude) <= 90 and abs(longitude) <= 180


_SPELLED: Mapping[Kind, Callable[[str], bool]] = {
    Kind.TEXT: lambda _answer: True,
    Kind.CALCULATION: lambda _answer: True,
    Kind.TIME: lambda answer: minutes(answer) is not None,
    Kind.DATE: lambda answer: day(answer) is not None,
    Kind.MOMENT: _is_moment,
    Kind.DECIMAL: lambda answer: _DECIMAL.fullmatch(answer) is not None,
    Kind.GEOPOINT: lambda answer: _POINT.fullmatch(answer) is not None and _on_earth(answer),
    Kind.PHOTO: lambda answer: 0 < len(answer) <= _MOST_OF_A_NAME,
    Kind.FILE: lambda answer: 0 < len(answer) <= _MOST_OF_A_NAME,
}
"""Whether a string is an answer of the kind."""


def _block_to_json(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": block.code,
        "title": block.title.to_json(),
        "questions": [question_to_json(question) for question in block.questions],
    }
    if block.relevant is not None:
        data["relevant"] = block.relevant.to_json()
    return data


def _block_from_json(data: Mapping[str, Any]) -> Block:
    return Block(
        code=data["code"],
        title=Text.of(data["title"]),
        questions=tuple(question_from_json(question) for question in data["questions"]),
        relevant=Expression.from_json(data["relevant"]) if "relevant" in data else None,
    )
