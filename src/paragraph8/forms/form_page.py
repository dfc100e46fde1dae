"""A form as its page and its preview show it: each question with its answers, and what the answer is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from paragraph8.domain.answers import Missing
from paragraph8.domain.conditions import condition
from paragraph8.domain.expressions import Expression
from paragraph8.domain.forms import Block, Form, Kind, Question, Status
from paragraph8.domain.text import Text
from paragraph8.domain.xlsforms.findings import Finding, Weight, of_weight
from paragraph8.domain.xlsforms.lint import lint, serving_nothing

from . import library, words
from .paper_texts import LABELS
from .queries import Version

Words = str | Promise

_FOUND_ELSEWHERE = ("serves-no-sentence", "phone-whole", "form-wrong")
"""Findings that the page of a form shows in another way."""


@dataclass(frozen=True)
class Answer:
    """An answer as the page lists it; `reason` marks a choice that says why there is no answer."""

    title: Text
    code: str
    negative: bool = False
    reason: bool = False


@dataclass(frozen=True)
class Line:
    """A question with what is known of it."""

    question: Question
    kind: Words
    use: Words
    answers: tuple[Answer, ...]
    when: Text | None
    section: Text | None
    indicator: Text | None
    unserved: bool

    @property
    def note(self) -> bool:
        """Whether it is no question but words between questions."""
        return self.question.kind is Kind.NOTE


@dataclass(frozen=True)
class Part:
    """A block with its lines."""

    block: Block
    when: Text | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class FormPage:
    """Everything the page prints of a form. `asked` is how many questions are put to a person."""

    form: Form
    parts: tuple[Part, ...]
    asked: int
    unserved: tuple[Question, ...]
    findings: tuple[Finding, ...]
    languages: tuple[str, ...]
    process: Words


@dataclass(frozen=True)
class Shelf:
    """The forms that watch one process; `versions` by form, newest first."""

    process: str
    title: Words
    explained: Words
    forms: tuple[tuple[Version, tuple[Version, ...]], ...]


def form_page(form: Form) -> FormPage:
    """The page of a form."""
    unserved = serving_nothing(form)
    codes = {question.code for question in unserved}
    findings = [found for found in lint(form, {}) if found.code not in _FOUND_ELSEWHERE]
    return FormPage(
        form=form,
        parts=tuple(
            Part(
                block, _when(form, block.relevant), tuple(_line(form, question, codes) for question in block.questions)
            )
            for block in form.blocks
        ),
        asked=sum(question.asked for question in form.questions()),
        unserved=unserved,
        findings=of_weight(findings, Weight.WARNING),
        languages=form.languages(),
        process=words.PROCESSES[form.process][0] if form.process in words.PROCESSES else form.process,
    )


def shelves(versions: Sequence[Version]) -> list[Shelf]:
    """The forms by what they watch, in the order of a mission's work; a process without forms is left out."""
    found = []
    known = [*words.PROCESSES, *sorted({each.form.process for each in versions} - set(words.PROCESSES))]
    for process in known:
        of_process = [each for each in versions if each.form.process == process]
        codes = dict.fromkeys(each.form.code for each in of_process)
        if codes:
            title, explained = words.PROCESSES.get(process, (process, ""))
            forms = tuple(_with_newest([each for each in of_process if each.form.code == code]) for code in codes)
            found.append(Shelf(process, title, explained, forms))
    return found


def _with_newest(versions: Sequence[Version]) -> tuple[Version, tuple[Version, ...]]:
    """The version that speaks for the form, and all of them, newest first."""
    offered = next((each for each in versions if each.offered), None)
    drafts = [each for each in versions if each.status is not Status.RETIRED]
    return offered or (drafts or list(versions))[-1], tuple(reversed(versions))


def _line(form: Form, question: Question, unserved: set[str]) -> Line:
    return Line(
        question=question,
        kind=words.KINDS[question.kind],
        use=words.USES[question.use] if question.kind is not Kind.NOTE else "",
        answers=_answers(form, question),
        when=_when(form, question.relevant),
        section=library.names_of("sections").get(question.section, _code(question.section)),
        indicator=library.names_of("indicators").get(question.indicator, _code(question.indicator)),
        unserved=question.code in unserved,
    )


def _answers(form: Form, question: Question) -> tuple[Answer, ...]:
    scale = form.scale(question)
    negative = form.negative(question)
    answers = [
        Answer(option.title, option.code, option.code in negative) for option in (scale.options if scale else ())
    ]
    return (*answers, *(Answer(none.title, none.code, reason=True) for none in form.no_answers(question)))


def no_answers_offered(form: Form, question: Question) -> tuple[Text, ...]:
    """What the observer may answer instead of an answer: what the form offers, else that it could not be seen."""
    offered = form.no_answers(question)
    if offered:
        return tuple(none.title for none in offered)
    seen = question.kind not in (Kind.TEXT, Kind.NOTE, Kind.PHOTO, Kind.FILE, Kind.GEOPOINT)
    return (LABELS[Missing.NOT_OBSERVED.value],) if seen else ()


def _when(form: Form, relevant: Expression | None) -> Text | None:
    """When something is asked, in words."""
    if relevant is None:
        return None
    said = condition(form, relevant.tree) if relevant.tree is not None else None
    if said is None:
        return LABELS["only-sometimes"]
    frames = LABELS["only-if"]
    return Text.of({tag: frames.shown(tag).string.replace("{condition}", string) for tag, string in said.strings})


def _code(code: str) -> Text | None:
    return Text.of(dict.fromkeys(("en", "kk", "ru"), code)) if code else None
