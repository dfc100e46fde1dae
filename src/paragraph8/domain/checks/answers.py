"""Checks on each answer by itself: does it fit its question, and is it a number that can be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from paragraph8.domain.answers import Missing
from paragraph8.domain.forms import Form, Kind, Question
from paragraph8.domain.problems import Problem

from .catalogue import problem_of, tuning
from .envelope import LARGEST_COUNT, Seen, short

_NAMED_QUESTIONS = 5
_UNFIT = {
    Kind.CHOICE: "unknown-answer",
    Kind.CHOICES: "unknown-answer",
    Kind.INTEGER: "not-a-number",
    Kind.TIME: "not-a-time",
}
"""What is said of an answer that fits no answer of its kind; of other kinds: that it is unreadable."""


def answer_problems(seen: Seen, form: Form) -> Iterator[Problem]:
    """What is wrong with single answers, in the order of the form."""
    yield from _unknown_questions(seen, form)
    if all(seen.unanswered(question.code) for question in form.questions()):
        yield problem_of(tuning(form, "nothing-answered"))
        return
    for question in form.questions():
        answer = seen.answers.get(question.code)
        if answer is Missing.UNREADABLE:
            yield _unfit(seen, form, question)
        elif isinstance(answer, int):
            yield from _number(form, question, answer)


def _unknown_questions(seen: Seen, form: Form) -> Iterator[Problem]:
    unknown = [code for code in seen.sent.answers if form.question(code) is None]
    if unknown:
        named = ", ".join(short(code) for code in unknown[:_NAMED_QUESTIONS])
        names = f"{named}, …" if len(unknown) > _NAMED_QUESTIONS else named
        yield problem_of(tuning(form, "unknown-question"), names=names, count=len(unknown))


def _unfit(seen: Seen, form: Form, question: Question) -> Problem:
    """Names what was sent, except in place of a text, which may hold the name of a person."""
    sent = seen.sent.answers.get(question.code)
    code = _UNFIT.get(question.kind, "unreadable-answer") if _shows(sent) else "unreadable-answer"
    rule = tuning(form, code, question.code)
    if code == "unreadable-answer":
        return problem_of(rule, question.code)
    return problem_of(rule, question.code, value=_sent_value(form, question, sent))


def _shows(sent: Any) -> bool:
    """Whether what was sent can be quoted in a line: one word or number, or a list of them."""
    if isinstance(sent, list):
        return bool(sent) and all(isinstance(code, str) for code in sent)
    return isinstance(sent, str | int | float)


def _sent_value(form: Form, question: Question, sent: Any) -> str:
    if isinstance(sent, str):
        return short(sent)
    if isinstance(sent, list):
        scale = form.scale(question)
        known = scale.codes() if scale else ()
        return short(", ".join([code for code in sent if code not in known] or sent))
    if isinstance(sent, int) and not isinstance(sent, bool) and abs(sent) > LARGEST_COUNT:
        return "…"
    return short(json.dumps(sent))


def _number(form: Form, question: Question, value: int) -> Iterator[Problem]:
    if abs(value) > LARGEST_COUNT:
        yield problem_of(tuning(form, "implausible-number", question.code), question.code)
        return
    below = question.low is not None and value < question.low
    over = question.high is not None and value > question.high
    if value < 0 and (question.low is None or question.low >= 0):
        yield problem_of(tuning(form, "negative-number", question.code), question.code, a1=value)
    elif below or over:
        bounds = {"low": question.low, "high": question.high}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        yield problem_of(tuning(form, "range", question.code), question.code, a1=value, **given)
