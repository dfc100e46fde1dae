"""The catalogue of checks: what may be found about a report, how much it weighs, and in which words it is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.domain.forms import Form
from paragraph8.domain.problems import Problem, Rule, Severity
from paragraph8.domain.text import Text

from . import rule_texts, texts


class Scope(StrEnum):
    """What a check looks at."""

    REPORT = "report"
    """The answers of one report."""
    STATION = "station"
    """All reports about one polling station, side by side."""
    ENVELOPE = "envelope"
    """How a report came: its bytes, identifier, form, station and times."""


@dataclass(frozen=True)
class Check:
    """One kind of finding. `text` quotes the details of a problem as `{name}`; see `problem_texts.text_of`."""

    code: str
    scope: Scope
    severity: Severity
    title: Text
    text: Text


_SEVERITIES: Mapping[Scope, Mapping[str, Severity]] = {
    Scope.ENVELOPE: {
        "unreadable": Severity.BLOCK,
        "no-id": Severity.BLOCK,
        "wrong-type": Severity.BLOCK,
        "unknown-shape": Severity.BLOCK,
        "same-id-other-content": Severity.BLOCK,
        "not-read": Severity.BLOCK,
        "unknown-form": Severity.BLOCK,
        "unknown-version": Severity.BLOCK,
        "unknown-station": Severity.BLOCK,
        "station-code-missing": Severity.BLOCK,
        "finished-before-started": Severity.WARN,
        "finished-in-the-future": Severity.WARN,
        "sent-long-after": Severity.INFO,
        "visit-too-short": Severity.WARN,
        "visit-too-long": Severity.INFO,
    },
    Scope.REPORT: {
        "unknown-question": Severity.WARN,
        "unknown-answer": Severity.BLOCK,
        "not-a-number": Severity.BLOCK,
        "not-a-time": Severity.BLOCK,
        "unreadable-answer": Severity.BLOCK,
        "negative-number": Severity.BLOCK,
        "implausible-number": Severity.BLOCK,
        "range": Severity.WARN,
        "constraint-broken": Severity.WARN,
        "required-missing": Severity.WARN,
        "answered-though-not-asked": Severity.INFO,
        "nothing-answered": Severity.BLOCK,
        "block-missing": Severity.WARN,
        "answer-missing": Severity.WARN,
        "series-decreases": Severity.BLOCK,
        "above": Severity.BLOCK,
        "parts-exceed-whole": Severity.BLOCK,
        "sum-differs": Severity.WARN,
        "answer-without-cause": Severity.WARN,
        "follow-up-missing": Severity.WARN,
        "contradiction": Severity.BLOCK,
        "count-without-yes": Severity.BLOCK,
        "yes-without-count": Severity.WARN,
        "round-numbers": Severity.INFO,
        "same-answer-throughout": Severity.INFO,
        "time-order": Severity.WARN,
        "bucket-order": Severity.WARN,
        "far-from-register": Severity.WARN,
        "turnout-above-register": Severity.WARN,
    },
    Scope.STATION: {
        "several-forms": Severity.INFO,
        "same-team-twice": Severity.WARN,
        "series-decreases-between-visits": Severity.WARN,
        "list-differs-between-forms": Severity.WARN,
        "opposite-answers-between-forms": Severity.INFO,
        "copied-report": Severity.WARN,
    },
}

_TEXTS = {**texts.ENVELOPE, **texts.ANSWERS, **rule_texts.RULES, **rule_texts.STATION}


def _catalogue() -> Iterator[Check]:
    for scope, severities in _SEVERITIES.items():
        for code, severity in severities.items():
            title, sentence = _TEXTS[code]
            yield Check(code, scope, severity, title, sentence)


CHECKS: Mapping[str, Check] = {check.code: check for check in _catalogue()}
"""Code → check: everything that can be found about a report."""


def problem_of(rule: Rule, *questions: str, **details: str | int) -> Problem:
    """What `rule` found about `questions`; the severity is the rule's own, else that of its check."""
    return Problem(
        code=rule.check,
        severity=rule.severity or CHECKS[rule.check].severity,
        questions=questions,
        details=tuple(sorted(details.items())),
        rule=rule.name,
    )


def tuning(form: Form | None, code: str, question: str = "") -> Rule:
    """How the form sets a check that runs without being asked for: its first rule of that check for the question.

    A rule that lists no questions speaks for all of them; without any rule the check keeps its defaults.
    """
    for rule in form.rules if form else ():
        if rule.check == code and (not rule.questions or question in rule.questions):
            return rule
    return Rule(code)
