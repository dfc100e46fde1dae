"""Turnout seen at stations: how many had voted by an hour, of those on the list of that station.

It stays in the room and serves reconciliation: a spread over the stations that were visited, never a sum over them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.domain.forms import Form, Kind, Use, minutes
from paragraph8.domain.problems import Rule

CHECK = "series-decreases"
"""The rule by which a form says that some of its numbers are one count, hour after hour."""
_HOUR = re.compile(r"(?<![\d:])\d{1,2}:[0-5]\d(?![\d:])")
PER_MILLE = 1000
LEAST_FOR_BOX = 10
"""Under this many stations a spread is a list of stations."""


@dataclass(frozen=True)
class Step:
    """One question of a series: how many had voted by `minute`."""

    question: str
    minute: int
    zero_is_missing: bool = False

    def per_mille(self, answers: Mapping[str, object], registered: int | None) -> int | None:
        """What the answers say of a station with so many voters; `None` where they, or its list, say nothing."""
        voted = answers.get(self.question)
        if not isinstance(voted, int) or isinstance(voted, bool) or not registered:
            return None
        if voted < 0 or (voted == 0 and self.zero_is_missing):
            return None
        return round(voted * PER_MILLE / registered)


def steps(form: Form) -> tuple[Step, ...]:
    """The series of a form whose questions name their hours in their titles, in the order of the hours; else none."""
    found: dict[str, Step] = {}
    for rule in form.rules:
        if rule.check == CHECK:
            found |= {step.question: step for step in _of_rule(form, rule)}
    return tuple(sorted(found.values(), key=lambda step: step.minute))


def five(counts: Mapping[int, int]) -> tuple[int, int, int, int, int] | None:
    """Least, quarter, middle, three quarters, greatest of the values, each a value that was seen; `None` of none."""
    total = sum(counts.values())
    if total <= 0:
        return None
    ordered = sorted(Counter(counts).items())

    def at(quarter: int) -> int:
        """The smallest value with at least so many quarters of all at or below it."""
        needed, seen = max(1, -(-quarter * total // 4)), 0
        for value, n in ordered:
            seen += n
            if seen >= needed:
                return value
        return ordered[-1][0]

    return at(0), at(1), at(2), at(3), at(4)


def _of_rule(form: Form, rule: Rule) -> list[Step]:
    zero = bool(rule.param("zero_is_missing", default=False))
    found = []
    for code in rule.questions:
        question = form.question(code)
        if question is None or question.kind is not Kind.INTEGER or question.use is not Use.RECONCILIATION:
            return []
        hours = {match for _, title in question.title.strings for match in _HOUR.findall(title)}
        minute = minutes(hours.pop()) if len(hours) == 1 else None
        if minute is None:
            return []
        found.append(Step(code, minute, zero))
    return found
