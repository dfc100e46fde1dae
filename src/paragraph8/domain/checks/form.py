"""What is wrong with a form, said when it is uploaded and not on election day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from paragraph8.domain.forms import Form, Kind, Question
from paragraph8.domain.problems import Rule

from .catalogue import CHECKS
from .problem_texts import names_in, unknown_names
from .shapes import SHAPES, Setting, Shape, setting


def problems_of_form(form: Form) -> list[str]:
    """Why the form cannot be used as it stands, one English sentence each; an empty list when it can.

    Covers codes used twice, choice questions without a scale, bounds that exclude everything, and rules: unknown
    checks, questions that the form lacks, kinds that do not fit, settings that make no sense, answer codes that
    stand on no scale, texts that quote what the check does not give.
    """
    found = [*_codes(form), *_questions(form)]
    for rule in form.rules:
        found += [f"rule {_label(rule)}: {reason}" for reason in _rule(form, rule)]
    labels = Counter((rule.check, rule.name, rule.questions) for rule in form.rules)
    found += [
        f"rule {check} stands {count} times with the same name and questions"
        for (check, _, _), count in labels.items()
        if count > 1
    ]
    return found


def _label(rule: Rule) -> str:
    return f"{rule.check} ({rule.name or ', '.join(rule.questions) or 'whole form'})"


def _codes(form: Form) -> Iterator[str]:
    yield from _repeated("block", (block.code for block in form.blocks))
    yield from _repeated("question", (question.code for block in form.blocks for question in block.questions))
    yield from _repeated("scale", (scale.code for scale in form.scales))
    for scale in form.scales:
        yield from _repeated(f"scale {scale.code}: answer", scale.codes())


def _repeated(what: str, codes: Iterable[str]) -> Iterator[str]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield f"{what} code {code} stands {count} times"
        if not code:
            yield f"{what} code is empty"


def _questions(form: Form) -> Iterator[str]:
    for question in form.questions():
        if question.kind in (Kind.CHOICE, Kind.CHOICES):
            scale = form.scale(question)
            if scale is None or not scale.options:
                yield f"question {question.code} has no answers: scale “{question.scale}” is unknown or empty"
            elif unknown := sorted(set(question.negative or ()) - set(scale.codes())):
                yield f"question {question.code}: negative answers are not on its scale: {', '.join(unknown)}"
        if question.low is not None and question.high is not None and question.low > question.high:
            yield f"question {question.code}: its lowest value {question.low} is above its highest {question.high}"


def _rule(form: Form, rule: Rule) -> Iterator[str]:
    if rule.check not in CHECKS:
        yield "there is no such check"
        return
    shape = SHAPES.get(rule.check)
    if shape is None:
        yield "this check cannot be set by a form"
        return
    lacking = [code for code in rule.questions if form.question(code) is None]
    if lacking:
        yield f"the form has no question {', '.join(lacking)}"
    if not shape.holds(len(rule.questions)):
        yield f"it names {len(rule.questions)} questions, and {_wanted(shape)}"
    if rule.tolerance < 0:
        yield "its tolerance is below zero"
    yield from _kinds(form, rule, shape)
    yield from _settings(form, rule, shape)
    yield from _text(rule)


def _wanted(shape: Shape) -> str:
    if shape.most == shape.fewest:
        return f"the check takes {shape.fewest}"
    return f"the check takes at least {shape.fewest}" + (f" and at most {shape.most}" if shape.most else "")


def _kinds(form: Form, rule: Rule, shape: Shape) -> Iterator[str]:
    for place, code in enumerate(rule.questions):
        question = form.question(code)
        wanted = shape.kinds[min(place, len(shape.kinds) - 1)]
        if question and question.kind not in wanted:
            kinds = " or ".join(kind.value for kind in Kind if kind in wanted)
            yield f"question {code} is of kind {question.kind.value}, not {kinds}"
    if rule.check == "bucket-order":
        yield from _one_ordered_scale(form, rule)


def _one_ordered_scale(form: Form, rule: Rule) -> Iterator[str]:
    scales = {question.scale for code in rule.questions if (question := form.question(code))}
    if len(scales) > 1:
        yield f"its questions have different scales: {', '.join(sorted(scales))}"
    for scale in form.scales:
        if scale.code in scales and not scale.ordered:
            yield f"scale {scale.code} is not ordered"


def _settings(form: Form, rule: Rule, shape: Shape) -> Iterator[str]:
    for name, value in rule.params:
        if name not in shape.settings:
            yield f"the check has no setting {name}"
        elif shape.settings[name].read(value) is None:
            yield f"setting {name} must be {shape.settings[name].meaning}"
    for name, wanted in shape.settings.items():
        yield from _answer_codes(form, rule, name, wanted)
    if rule.check == "contradiction":
        yield from _contradicting_codes(form, rule)
    if rule.check == "block-missing":
        unknown = setting(rule, "blocks") - {block.code for block in form.blocks}
        if unknown:
            yield f"the form has no block {', '.join(sorted(unknown))}"


def _answer_codes(form: Form, rule: Rule, name: str, wanted: Setting) -> Iterator[str]:
    """For follow-ups and counts the setting speaks of the first question; between reports, of each question."""
    if not wanted.of_questions:
        return
    asked = rule.questions if rule.check == "opposite-answers-between-forms" else rule.questions[:1]
    for code in asked:
        if (question := form.question(code)) and question.kind is not Kind.INTEGER:
            yield from _off_scale(form, question, name, setting(rule, name))


def _contradicting_codes(form: Form, rule: Rule) -> Iterator[str]:
    answers = setting(rule, "answers")
    if answers is None:
        if "answers" not in dict(rule.params):
            yield "setting answers is missing"
        return
    for code, codes in zip(rule.questions, answers, strict=False):
        if question := form.question(code):
            yield from _off_scale(form, question, "answers", codes)


def _off_scale(form: Form, question: Question, name: str, codes: frozenset[str]) -> Iterator[str]:
    scale = form.scale(question)
    unknown = sorted(codes - set(scale.codes() if scale else ()))
    if unknown:
        yield f"setting {name}: question {question.code} has no answer {', '.join(unknown)}"


def _text(rule: Rule) -> Iterator[str]:
    given = names_in(str(CHECKS[rule.check].text))
    for language, template in rule.text.strings if rule.text else ():
        unknown = unknown_names(template, given)
        if unknown is None:
            yield f"its text in {language} is malformed: quote plain names in braces"
        elif unknown:
            yield f"its text in {language} quotes what the check does not give: {', '.join(unknown)}"
