"""Checks on what a form says of its questions: when they are asked, what an answer must satisfy, which must be given.

Phones and ODK Collect hold people to it; a form that was typed from paper or imported was held by nobody. What an
expression cannot decide, because an answer is missing or the grammar does not reach, is no problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paragraph8.domain.answers import Value
from paragraph8.domain.expressions import evaluate, holds
from paragraph8.domain.forms import Block, Form, Question
from paragraph8.domain.problems import Problem

from .catalogue import problem_of, tuning
from .envelope import Seen


def condition_problems(seen: Seen, form: Form) -> Iterator[Problem]:
    """What the report holds against the conditions of its form, in the order of the form."""
    if all(seen.unanswered(question.code) for question in form.questions()):
        return
    values = form.values(seen.answers)
    for block in form.blocks:
        for question in block.questions:
            if question.asked:
                yield from _of_question(seen, form, block, question, values)


def _of_question(
    seen: Seen, form: Form, block: Block, question: Question, values: Mapping[str, Value | None]
) -> Iterator[Problem]:
    asked = _both(holds(block.relevant, values), holds(question.relevant, values))
    if seen.unanswered(question.code):
        if asked and question.required is not None and holds(question.required, values):
            yield problem_of(tuning(form, "required-missing", question.code), question.code)
        return
    if asked is False:
        yield problem_of(tuning(form, "answered-though-not-asked", question.code), question.code)
    elif _broken(question, values):
        yield problem_of(tuning(form, "constraint-broken", question.code), question.code)


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _broken(question: Question, values: Mapping[str, Value | None]) -> bool:
    """Whether the answer breaks its constraint; of plain bounds the check `range` speaks."""
    if question.constraint is None or question.constraint.tree is None:
        return False
    bounded = question.low is not None or question.high is not None
    return not bounded and evaluate(question.constraint.tree, values) is False
