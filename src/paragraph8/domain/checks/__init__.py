"""Checks: what is unusual, contradictory or impossible in the reports of observers.

A check never changes an answer and never refuses a report; it says what a person should look at. The catalogue is
`CHECKS`, explained check by check in `docs/checks.md`; what a form asks for stands in its rules (`problems.Rule`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from paragraph8.domain.problems import Problem

from .answers import answer_problems
from .catalogue import CHECKS, Check, Scope
from .conditions import condition_problems
from .envelope import Seen, envelope_problems
from .form import problems_of_form
from .problem_texts import text_of
from .rules import rule_problems
from .station import station_problems

__all__ = ["CHECKS", "Check", "Scope", "Seen", "check_report", "check_station", "problems_of_form", "text_of"]


def check_report(seen: Seen) -> tuple[Problem, ...]:
    """What is found about one report by itself: how it came, each answer, and the rules of its form.

    A report that could not be read at all has the problems of its reading only. Never raises, whatever was sent.
    """
    if seen.form is None or any(problem.code == "unreadable" for problem in seen.sent.problems):
        return tuple(envelope_problems(seen))
    of_form = (check(seen, seen.form) for check in (answer_problems, condition_problems, rule_problems))
    return (*envelope_problems(seen), *(problem for problems in of_form for problem in problems))


def check_station(reports: Sequence[Seen]) -> dict[str, tuple[Problem, ...]]:
    """What the reports about one polling station show side by side: row → problems, for every row given.

    `reports` are the current reports with one station key, of all teams and forms. Reports without a station key
    cannot be set beside others and have no problems here. A row that is given twice counts once.
    """
    once = {seen.row: seen for seen in reports}
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for row, problem in station_problems([seen for seen in once.values() if seen.station]):
        found[row].append(problem)
    return {row: tuple(found[row]) for row in once}
