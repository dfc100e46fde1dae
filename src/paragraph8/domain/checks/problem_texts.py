"""The sentence of a problem, with the titles of the questions and the answers it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from paragraph8.domain.forms import Form
from paragraph8.domain.problems import Problem, Rule
from paragraph8.domain.text import Text

from .catalogue import CHECKS

_REASONS: Mapping[str, Mapping[str, str]] = {
    "not-utf-8": {"en": "it is not UTF-8 text", "kk": "бұл UTF-8 мәтіні емес", "ru": "это не текст UTF-8"},
    "not-json": {"en": "it is not JSON", "kk": "бұл JSON емес", "ru": "это не JSON"},
    "not-a-report": {
        "en": "it is JSON, but not an object",
        "kk": "бұл JSON, бірақ объект емес",
        "ru": "это JSON, но не объект",
    },
}
_NOTHING = {"ru": "—"}
"""What stands in place of an empty value; an en dash in the other languages."""
_DERIVED = frozenset({"expected", "q1", "q2", "q3", "q4"})
"""Names a sentence may quote besides the details of the problem."""


def text_of(problem: Problem, form: Form | None) -> Text:
    """The sentence of the problem in English, Kazakh and Russian, and in the other languages of the rule's own text.

    The text of the form's rule comes first, the catalogue's stands in for languages that it lacks. Question titles,
    answers, blocks and the form are named in the language of the sentence where the form has it, else in English.
    A code that the catalogue no longer has is shown as it is.
    """
    check = CHECKS.get(problem.code)
    if check is None:
        return Text.of(problem.code)
    own = _own_text(problem, form)
    templates = {**check.text.to_json(), **own}
    return Text.of(
        {
            language: _filled(template, problem, form, language)
            or _filled(check.text.shown(language).string, problem, form, language)
            for language, template in templates.items()
        }
    )


def unknown_names(template: str, names: frozenset[str]) -> tuple[str, ...] | None:
    """Names that a sentence quotes and that are neither among `names` nor derived; `None` if it is malformed."""
    pieces = _pieces(template)
    if pieces is None:
        return None
    return tuple(name for _, name in pieces if name and name not in names and name not in _DERIVED)


def names_in(template: str) -> frozenset[str]:
    """Names that a well-formed sentence quotes."""
    return frozenset(name for _, name in _pieces(template) or () if name)


def _own_text(problem: Problem, form: Form | None) -> dict[str, str]:
    """The wording of the rule that raised the problem, where it brings its own."""
    for rule in form.rules if form else ():
        if rule.text and _raised(rule, problem):
            return {language: string for language, string in rule.text.strings if string}
    return {}


def _raised(rule: Rule, problem: Problem) -> bool:
    same = rule.check == problem.code and rule.name == problem.rule
    return same and (not rule.questions or set(problem.questions) <= set(rule.questions))


def _filled(template: str, problem: Problem, form: Form | None, language: str) -> str:
    """The sentence with its quotations; empty when the template is malformed.

    A number keeps together with the word or sign after it (no-break space).
    """
    pieces = _pieces(template)
    if pieces is None:
        return ""
    details = dict(problem.details)
    parts: list[str] = []
    after_number = False
    for literal, name in pieces:
        parts.append("\u00a0" + literal[1:] if after_number and _is_unit(literal) else literal)
        if name:
            parts.append(_value(name, details, problem, form, language) or _NOTHING.get(language, "–"))
        after_number = isinstance(details.get(name), int)
    return "".join(parts)


def _is_unit(literal: str) -> bool:
    """Whether the text goes on with a word or a per cent sign after one space."""
    return literal[:1] == " " and (literal[1:2].isalpha() or literal[1:2] == "%")


def _pieces(template: str) -> list[tuple[str, str]] | None:
    """Literal text and the name quoted after it, by turns; only plain names may be quoted, without format or index."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        return None
    if any(
        spec or conversion or (name is not None and not name.isidentifier()) for _, name, spec, conversion in parsed
    ):
        return None
    return [(literal, name or "") for literal, name, _, _ in parsed]


def _value(name: str, details: Mapping[str, str | int], problem: Problem, form: Form | None, language: str) -> str:
    if name == "expected":
        return _expected(details, language)
    question = _question(name, problem)
    if question and name[0] == "q":
        return _question_title(question, form, language)
    value = details.get(name, "")
    if isinstance(value, int):
        return _grouped(value, language)
    return _answer_title(value, question, form, language) if question else _named(name, value, form, language)


def _question(name: str, problem: Problem) -> str:
    """The question that `q1`, `a1` and their like speak of."""
    place = int(name[1]) - 1 if len(name) == 2 and name[0] in "qa" and name[1] in "1234" else -1
    return problem.questions[place] if 0 <= place < len(problem.questions) else ""


def _named(name: str, value: str, form: Form | None, language: str) -> str:
    """A reason, a form or a block by its name in the language; anything else as it is."""
    if name == "reason":
        return _REASONS.get(value, {}).get(language, value)
    if name == "form" and form and form.code == value:
        return form.title.shown(language).string or value
    return _block_title(value, form, language) if name == "block" else value


def _question_title(code: str, form: Form | None, language: str) -> str:
    question = form.question(code) if form else None
    return (question.title.shown(language).string if question else "") or code


def _answer_title(answer: str, code: str, form: Form | None, language: str) -> str:
    question = form.question(code) if form else None
    scale = form.scale(question) if form and question else None
    titles = {option.code: option.title.shown(language).string for option in scale.options} if scale else {}
    if answer in titles:
        return titles[answer] or answer
    return ", ".join(titles.get(part) or part for part in answer.split(", "))


def _block_title(code: str, form: Form | None, language: str) -> str:
    titles = {block.code: block.title.shown(language).string for block in form.blocks} if form else {}
    return titles.get(code) or code


def _expected(details: Mapping[str, str | int], language: str) -> str:
    low, high = details.get("low"), details.get("high")
    if isinstance(low, int) and isinstance(high, int):
        return f"{_grouped(low, language)}–{_grouped(high, language)}"
    if isinstance(low, int):
        return f"≥\u00a0{_grouped(low, language)}"
    return f"≤\u00a0{_grouped(high, language)}" if isinstance(high, int) else ""


def _grouped(number: int, language: str) -> str:
    """Digits in threes, from four digits on, with the separator of the language."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u00a0")
