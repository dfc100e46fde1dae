"""Checks between reports about one polling station.

Two teams at one station are two observations, and both stay; these checks only set them side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from paragraph8.domain.answers import Answer
from paragraph8.domain.problems import Problem, Rule

from .catalogue import problem_of, tuning
from .envelope import Seen
from .shapes import SHAPES, setting

Finding = tuple[str, Problem]
"""The row of a report and what was found about it."""


def station_problems(reports: Sequence[Seen]) -> Iterator[Finding]:
    """What the reports about one station show side by side; reports of no known form are left out."""
    of_forms: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in reports:
        if code := _form_code(seen):
            of_forms[code].append(seen)
    for code, same_form in of_forms.items():
        if len(same_form) > 1:
            yield from _several_forms(code, same_form)
            yield from _same_team_twice(code, same_form)
            yield from _copied_report(same_form)
            yield from _opposite_answers(same_form)
    yield from _series_between_visits(reports)
    yield from _list_differs(reports)


def _form_code(seen: Seen) -> str:
    return seen.form.code if seen.form else ""


def _several_forms(code: str, same_form: Sequence[Seen]) -> Iterator[Finding]:
    for seen in same_form:
        rule = tuning(seen.form, "several-forms")
        yield seen.row, problem_of(rule, form=code, reports=len(same_form))


def _same_team_twice(code: str, same_form: Sequence[Seen]) -> Iterator[Finding]:
    for seen in same_form:
        same_team = [other for other in same_form if seen.team and other.team == seen.team]
        if len(same_team) > 1:
            rule = tuning(seen.form, "same-team-twice")
            yield seen.row, problem_of(rule, form=code, reports=len(same_team))


def _copied_report(same_form: Sequence[Seen]) -> Iterator[Finding]:
    alike: defaultdict[frozenset[tuple[str, Answer]], list[Seen]] = defaultdict(list)
    for seen in same_form:
        given = frozenset((code, answer) for code in seen.answers if (answer := seen.value(code)) is not None)
        alike[given].append(seen)
    for given, reports in alike.items():
        for seen in reports:
            rule = tuning(seen.form, "copied-report")
            if len(reports) > 1 and len(given) >= setting(rule, "fewest"):
                other = next(twin.row for twin in reports if twin is not seen)
                yield seen.row, problem_of(rule, answers=len(given), other=other)


def _opposite_answers(same_form: Sequence[Seen]) -> Iterator[Finding]:
    """Of two reports by one team the later may describe a later hour, so that only other teams' answers count."""
    for seen, rule in _rules(same_form, "opposite-answers-between-forms"):
        sides = setting(rule, "yes"), setting(rule, "no")
        for question in rule.questions:
            for mine, theirs in (sides, sides[::-1]):
                answer = seen.value(question)
                others = [other for other in same_form if _opposed(seen, other) and other.value(question) in theirs]
                if isinstance(answer, str) and answer in mine and others:
                    yield seen.row, problem_of(rule, question, a1=answer, others=len(others), other=others[0].row)


def _opposed(seen: Seen, other: Seen) -> bool:
    return other is not seen and not (seen.team and seen.team == other.team)


def _series_between_visits(reports: Sequence[Seen]) -> Iterator[Finding]:
    for group in _groups(reports, "series-decreases-between-visits"):
        visits = [
            (finished, number, seen, rule)
            for seen, rule in group
            if (number := seen.number(rule.questions[0])) is not None and (finished := _finished(seen))
        ]
        for finished, number, seen, rule in visits:
            earlier = [(before, other.row) for moment, before, other, _ in visits if moment < finished]
            if earlier and number < max(earlier)[0] - rule.tolerance:
                before, other = max(earlier)
                yield seen.row, problem_of(rule, rule.questions[0], a1=number, before=before, other=other)


def _list_differs(reports: Sequence[Seen]) -> Iterator[Finding]:
    for group in _groups(reports, "list-differs-between-forms"):
        numbers = [
            (number, seen, rule) for seen, rule in group if (number := seen.number(rule.questions[0])) is not None
        ]
        if not numbers:
            continue
        lowest, highest = min(number for number, _, _ in numbers), max(number for number, _, _ in numbers)
        for number, seen, rule in numbers:
            if highest - lowest > rule.tolerance:
                yield seen.row, problem_of(rule, rule.questions[0], a1=number, lowest=lowest, highest=highest)


def _groups(reports: Iterable[Seen], check: str) -> Iterator[list[tuple[Seen, Rule]]]:
    """Reports whose rules of the check belong together: by the name of the rule, else by form and question.

    A name shared by the rules of two forms sets the opening form beside the voting form.
    """
    groups: defaultdict[tuple[str, str], list[tuple[Seen, Rule]]] = defaultdict(list)
    for seen, rule in _rules(reports, check):
        key = ("", rule.name) if rule.name else (_form_code(seen), rule.questions[0])
        groups[key].append((seen, rule))
    yield from groups.values()


def _rules(reports: Iterable[Seen], check: str) -> Iterator[tuple[Seen, Rule]]:
    for seen in reports:
        for rule in seen.form.rules if seen.form else ():
            if rule.check == check and SHAPES[check].holds(len(rule.questions)):
                yield seen, rule


def _finished(seen: Seen) -> datetime | None:
    """The end of the visit when its zone is known; without a zone two ends cannot be put in order."""
    finished = seen.sent.finished
    return finished if finished and finished.tzinfo else None
