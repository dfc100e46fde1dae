"""Conditions that can never hold: typed answer codes that do not exist, contradictions, plain falsehood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from .answers import Value
from .expressions import Tree, evaluate, reads
from .forms import Form
from .questions import Kind, Question

MOST_TRIED = 4_096
"""Combinations of answers that are tried; a condition on more is taken to be possible."""
_MOST_SEVERAL = 6


def can_hold(form: Form, tree: Tree) -> bool:
    """Whether any answers make it true. Choices are tried with all their answers; numbers and texts are left open."""
    asked = [question for code in sorted(reads(tree)) if (question := form.question(code)) is not None]
    open_ones = any(not _closed(form, question) for question in asked)
    closed = [question for question in asked if _closed(form, question)]
    tried = [list(_possible(form, question)) for question in closed]
    if _combinations(tried) > MOST_TRIED:
        return True
    for values in product(*tried):
        worth = evaluate(tree, dict(zip((question.code for question in closed), values, strict=True)))
        if worth is True or (worth is None and open_ones and None not in values):
            return True
    return False


def _closed(form: Form, question: Question) -> bool:
    """Whether all its answers are known."""
    scale = form.scale(question)
    if scale is None or question.kind not in (Kind.CHOICE, Kind.CHOICES):
        return False
    return question.kind is Kind.CHOICE or len(scale.options) <= _MOST_SEVERAL


def _possible(form: Form, question: Question) -> Iterator[Value | None]:
    scale = form.scale(question)
    codes = scale.codes() if scale else ()
    yield None
    if question.kind is Kind.CHOICE:
        yield from codes
        yield from (none.code for none in form.no_answers(question))
        return
    for bits in range(1, 1 << len(codes)):
        yield tuple(code for place, code in enumerate(codes) if bits >> place & 1)
    yield from ((none.code,) for none in form.no_answers(question))


def _combinations(tried: Sequence[Sequence[object]]) -> int:
    n = 1
    for values in tried:
        n *= len(values)
    return n
