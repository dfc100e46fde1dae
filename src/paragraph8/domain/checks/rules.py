"""The checks that a form asks for, on the answers of one report.

Each function takes a rule, the report and the form, and yields what it found. A missing answer never makes an
arithmetic rule fire: what is not there is neither zero nor wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from paragraph8.domain.answers import Value
from paragraph8.domain.forms import Form, Kind, Use, minutes
from paragraph8.domain.problems import Problem, Rule

from .catalogue import problem_of
from .envelope import Seen, minutes_between, short
from .shapes import SHAPES, setting

Evaluation = Callable[[Rule, Seen, Form], Iterable[Problem]]
Point = tuple[str, int]
"""A question and the place of its answer in an order that must not fall."""
NOON = 12 * 60
"""Minutes from midnight."""


def rule_problems(seen: Seen, form: Form) -> Iterator[Problem]:
    """What the form's own rules find in the report, in the order of the form.

    A rule that names no check of this module, too few questions or a question that the form lacks finds nothing;
    `checks_form.problems_of_form` reports such rules when the form is uploaded.
    """
    for rule in form.rules:
        evaluate = EVALUATIONS.get(rule.check)
        if evaluate and SHAPES[rule.check].holds(len(rule.questions)):
            yield from evaluate(rule, seen, form)


def first_fall(points: Iterable[Point], tolerance: int) -> tuple[str, str] | None:
    """The first question whose place lies below an earlier one by more than the tolerance, after that earlier one.

    Each place is held against the highest before it, so that leaving out a point can never make a fall.
    """
    highest: Point | None = None
    for question, place in points:
        if highest and place < highest[1] - tolerance:
            return highest[0], question
        if highest is None or place > highest[1]:
            highest = question, place
    return None


def _series_decreases(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    numbers = [(question, seen.number(question)) for question in rule.questions]
    unwritten = (None, 0) if setting(rule, "zero_is_missing") else (None,)
    present = [(question, number) for question, number in numbers if number is not None and number not in unwritten]
    if len(present) < len(numbers) and not setting(rule, "partial"):
        return
    if fall := first_fall(present, rule.tolerance):
        before, after = fall
        known = dict(present)
        yield problem_of(rule, before, after, a1=known[before], a2=known[after])


def _above(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    bounded, bound = rule.questions
    number, limit = seen.number(bounded), seen.number(bound)
    if number is not None and limit is not None and number > limit + rule.tolerance:
        yield problem_of(rule, bounded, bound, a1=number, a2=limit)


def _parts_exceed_whole(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    """Parts that are there may exceed the whole already; those that are missing could only add to them."""
    whole, *parts = (seen.number(question) for question in rule.questions)
    total = sum(part for part in parts if part is not None)
    if whole is not None and total > whole + rule.tolerance:
        yield problem_of(rule, *rule.questions, a1=whole, sum=total)


def _sum_differs(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    whole, *parts = (seen.number(question) for question in rule.questions)
    if whole is None or None in parts:
        return
    total = sum(part for part in parts if part is not None)
    if abs(total - whole) > rule.tolerance:
        yield problem_of(rule, *rule.questions, a1=whole, sum=total, difference=abs(total - whole))


def _answer_without_cause(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    parent, *follow_ups = rule.questions
    cause = seen.value(parent)
    if cause in (None, (), "") or _calls(cause, setting(rule, "when")):
        return
    for question in follow_ups:
        if seen.value(question) not in (None, 0, "", ()):
            yield problem_of(rule, parent, question, a1=_quoted(cause))


def _follow_up_missing(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    parent, *follow_ups = rule.questions
    cause = seen.value(parent)
    if cause is None or not _calls(cause, setting(rule, "when")):
        return
    for question in follow_ups:
        if seen.unanswered(question):
            yield problem_of(rule, parent, question, a1=_quoted(cause))


def _contradiction(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    first, second = rule.questions
    answers = setting(rule, "answers")
    if answers is None:
        return
    one, other = seen.value(first), seen.value(second)
    if _says(one, answers[0]) and _says(other, answers[1]):
        yield problem_of(rule, first, second, a1=_quoted(one), a2=_quoted(other))


def _count_without_yes(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    question, count = rule.questions
    answer, number = seen.value(question), seen.number(count)
    if number and _says(answer, setting(rule, "no")):
        yield problem_of(rule, question, count, a1=_quoted(answer), a2=number)


def _yes_without_count(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    question, count = rule.questions
    answer, number = seen.value(question), seen.number(count)
    if number == 0 and _says(answer, setting(rule, "yes")):
        yield problem_of(rule, question, count, a1=_quoted(answer), a2=number)


def _block_missing(rule: Rule, seen: Seen, form: Form) -> Iterator[Problem]:
    """Stays silent about a report without any answer, of which `nothing-answered` speaks, and about comments."""
    if all(seen.unanswered(question.code) for question in form.questions()):
        return
    wanted = setting(rule, "blocks")
    for block in form.blocks:
        asked = [question for question in block.questions if question.asked]
        questions = [question.code for question in asked]
        asks = any(question.use is not Use.COMMENT for question in asked)
        if asks and (not wanted or block.code in wanted) and all(map(seen.unanswered, questions)):
            yield problem_of(rule, *questions, block=block.code, count=len(questions))


def _answer_missing(rule: Rule, seen: Seen, form: Form) -> Iterator[Problem]:
    for question in rule.questions:
        if form.question(question) and seen.unanswered(question):
            yield problem_of(rule, question)


def _round_numbers(rule: Rule, seen: Seen, form: Form) -> Iterator[Problem]:
    questions = rule.questions or tuple(q.code for q in form.questions() if q.kind is Kind.INTEGER)
    numbers = [number for question in questions if (number := seen.number(question))]
    multiple = setting(rule, "multiple")
    rounded = sum(number % multiple == 0 for number in numbers)
    if len(numbers) >= setting(rule, "fewest") and 100 * rounded >= setting(rule, "percent") * len(numbers):
        yield problem_of(rule, numbers=len(numbers), round=rounded, multiple=multiple)


def _same_answer_throughout(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    answers = {seen.value(question) for question in rule.questions}
    answer = answers.pop()
    if not answers and isinstance(answer, str):
        yield problem_of(rule, *rule.questions, a1=answer, count=len(rule.questions))


def _time_order(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    """With `overnight`, a time before noon belongs to the next day."""
    next_day = NOON if setting(rule, "overnight") else 0
    times = [(question, _clock(seen.value(question))) for question in rule.questions]
    present = [(question, time + 2 * NOON if time < next_day else time) for question, time in times if time is not None]
    if fall := first_fall(present, rule.tolerance):
        yield problem_of(rule, *fall, a1=_quoted(seen.value(fall[0])), a2=_quoted(seen.value(fall[1])))


def _bucket_order(rule: Rule, seen: Seen, form: Form) -> Iterator[Problem]:
    places = [(question, _step(seen, form, question)) for question in rule.questions]
    present = [(question, place) for question, place in places if place is not None]
    if fall := first_fall(present, rule.tolerance):
        yield problem_of(rule, *fall, a1=_quoted(seen.value(fall[0])), a2=_quoted(seen.value(fall[1])))


def _far_from_register(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    """The tolerance of this rule is in per cent of the register's figure."""
    question, registered = rule.questions[0], seen.registered_voters
    number = seen.number(question)
    if number is not None and registered and abs(number - registered) * 100 > rule.tolerance * registered:
        yield problem_of(rule, question, a1=number, registered=registered, tolerance=rule.tolerance)


def _turnout_above_register(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    question, registered = rule.questions[0], seen.registered_voters
    number = seen.number(question)
    if number is not None and registered is not None and number > registered + rule.tolerance:
        yield problem_of(rule, question, a1=number, registered=registered)


def _visit_too_short(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    stayed, limit = minutes_between(seen.sent.started, seen.sent.finished), setting(rule, "minutes")
    if stayed is not None and 0 <= stayed < limit:
        yield problem_of(rule, minutes=stayed, limit=limit)


def _visit_too_long(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    stayed, limit = minutes_between(seen.sent.started, seen.sent.finished), setting(rule, "minutes")
    if stayed is not None and stayed > limit:
        yield problem_of(rule, minutes=stayed, limit=limit)


def _sent_long_after(rule: Rule, seen: Seen, _form: Form) -> Iterator[Problem]:
    waited, limit = minutes_between(seen.sent.finished, seen.received), setting(rule, "minutes")
    if waited is not None and waited > limit:
        yield problem_of(rule, minutes=waited, limit=limit)


EVALUATIONS: Mapping[str, Evaluation] = {
    "series-decreases": _series_decreases,
    "above": _above,
    "parts-exceed-whole": _parts_exceed_whole,
    "sum-differs": _sum_differs,
    "answer-without-cause": _answer_without_cause,
    "follow-up-missing": _follow_up_missing,
    "contradiction": _contradiction,
    "count-without-yes": _count_without_yes,
    "yes-without-count": _yes_without_count,
    "block-missing": _block_missing,
    "answer-missing": _answer_missing,
    "round-numbers": _round_numbers,
    "same-answer-throughout": _same_answer_throughout,
    "time-order": _time_order,
    "bucket-order": _bucket_order,
    "far-from-register": _far_from_register,
    "turnout-above-register": _turnout_above_register,
    "visit-too-short": _visit_too_short,
    "visit-too-long": _visit_too_long,
    "sent-long-after": _sent_long_after,
}
"""Code of a check that runs when a form asks for it → how it is evaluated."""


def _says(answer: Value | None, codes: Collection[str]) -> bool:
    """Whether a choice answer is one of the codes, or holds one of them."""
    if isinstance(answer, tuple):
        return any(code in codes for code in answer)
    return answer in codes


def _calls(answer: Value, codes: Collection[str]) -> bool:
    """Whether the answer to a parent question calls for its follow-up; a number does when it is above zero."""
    return answer > 0 if isinstance(answer, int) else _says(answer, codes)


def _quoted(answer: Value | None) -> str | int:
    if isinstance(answer, int):
        return answer
    return short(", ".join(answer) if isinstance(answer, tuple) else answer or "")


def _clock(answer: Value | None) -> int | None:
    return minutes(answer) if isinstance(answer, str) and len(answer) <= len("00:00") else None


def _step(seen: Seen, form: Form, code: str) -> int | None:
    question, answer = form.question(code), seen.value(code)
    scale = form.scale(question) if question else None
    codes = scale.codes() if scale else ()
    return codes.index(answer) if isinstance(answer, str) and answer in codes else None
