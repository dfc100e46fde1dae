"""The form as an observer will see it on a phone, in one language. Nothing can be sent from it."""

from __future__ import annotations

from dataclasses import dataclass

from paragraph8.domain.forms import Form, Kind, Question
from paragraph8.domain.text import Text

from .form_page import Line, Part, form_page, no_answers_offered

_INPUT_MODES = {Kind.INTEGER: "numeric", Kind.DECIMAL: "decimal"}
_INPUT_TYPES = {Kind.DATE: "date", Kind.MOMENT: "datetime-local"}
_MOST_BESIDE, _MOST_LETTERS = 4, 12
_NOT_SHOWN = (Kind.CALCULATION,)


@dataclass(frozen=True)
class Asked:
    """A question on the screen. `titles` are its answers in the language of the preview, `dashed` what may be answered
    instead."""

    number: int
    line: Line
    title: str
    hint: str
    when: str
    titles: tuple[str, ...]
    dashed: tuple[str, ...]
    mode: str
    input_type: str

    @property
    def question(self) -> Question:
        """The question."""
        return self.line.question

    @property
    def stacked(self) -> bool:
        """Whether its answers stand below each other: they are too long for two side by side."""
        return len(self.titles) > _MOST_BESIDE or any(len(title) > _MOST_LETTERS for title in self.titles)

    @property
    def typed(self) -> bool:
        """Whether the answer is typed into a field."""
        return self.question.kind not in (Kind.PHOTO, Kind.GEOPOINT, Kind.CHOICE, Kind.CHOICES)

    @property
    def several(self) -> bool:
        """Whether more than one answer may be given."""
        return self.question.kind is Kind.CHOICES


@dataclass(frozen=True)
class Screen:
    """A block as one screen; `following` is the title of the next one, empty on the last."""

    number: int
    title: str
    when: str
    asked: tuple[Asked, ...]
    following: str


def screens(form: Form, language: str) -> tuple[Screen, ...]:
    """What the phone shows, screen by screen."""
    parts = [part for part in form_page(form).parts if _shown(part)]
    titles = [_in(part.block.title, language) for part in parts] + [""]
    found, number = [], 0
    for place, part in enumerate(parts):
        asked = []
        for line in _shown(part):
            number += 1
            asked.append(_asked(form, line, number, language))
        when = _in(part.when, language) if part.when else ""
        found.append(Screen(place + 1, titles[place], when, tuple(asked), titles[place + 1]))
    return tuple(found)


def _shown(part: Part) -> list[Line]:
    return [line for line in part.lines if line.question.phone and line.question.kind not in _NOT_SHOWN]


def _asked(form: Form, line: Line, number: int, language: str) -> Asked:
    question = line.question
    return Asked(
        number=number,
        line=line,
        title=_in(question.title, language),
        hint=_in(question.hint, language) if question.hint else "",
        when=_in(line.when, language) if line.when else "",
        titles=tuple(_in(answer.title, language) for answer in line.answers if not answer.reason),
        dashed=tuple(_in(text, language) for text in no_answers_offered(form, question)),
        mode=_INPUT_MODES.get(question.kind, "text"),
        input_type=_INPUT_TYPES.get(question.kind, "text"),
    )


def _in(text: Text, language: str) -> str:
    return text.shown(language).string
