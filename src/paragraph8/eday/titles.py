"""What a figure of a form is called, and which answers its key may name."""

from __future__ import annotations

from collections.abc import Sequence

from paragraph8.domain.figures import Key
from paragraph8.domain.forms import Form, Kind, Option, Question, Use
from paragraph8.domain.text import Text
from paragraph8.statistics.observations import SEVERAL


def title_of(question: Question, options: Sequence[Option]) -> Text:
    """The question, with the answers that are counted."""
    if not options:
        return question.title
    languages = question.title.languages()
    return Text.of(
        {
            tag: f"{question.title.shown(tag).string}: " + ", ".join(o.title.shown(tag).string for o in options)
            for tag in sorted(languages)
        }
    )


def options_of(form: Form, question: Question, key: Key) -> list[Option]:
    """The options that the key counts."""
    scale = form.scale(question)
    codes = key.dimension("answer").split(SEVERAL)
    return [option for option in scale.options if option.code in codes] if scale else []


def groups_of(form: Form, question: Question) -> list[list[Option]]:
    """The answers that are counted of a choice: each alone, and the negative ones together where there are several."""
    scale = form.scale(question)
    options = scale.options if scale else ()
    groups = [[option] for option in options]
    negative = [option for option in options if option.code in form.negative(question)]
    return [*groups, negative] if len(negative) > 1 else groups


def fits(key: Key, form: Form, question: Question) -> bool:
    """Whether the measure can be taken of the question, and its answers stand on the scale, sorted and once each."""
    if question.use is Use.COMMENT:
        return False
    if not key.dimension("answer"):
        n = key.dimension("n", "1")
        return question.kind is Kind.INTEGER and n.isascii() and n.isdigit() and n == str(int(n))
    scale = form.scale(question)
    answers = key.dimension("answer").split(SEVERAL)
    return scale is not None and set(answers) <= set(scale.codes()) and answers == sorted(set(answers))
