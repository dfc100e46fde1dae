"""Our own columns: which answers speak against good practice, what an answer is for, which choices are no answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from paragraph8.domain.answers import Missing
from paragraph8.domain.checks.catalogue import CHECKS
from paragraph8.domain.forms import PROCESSES
from paragraph8.domain.problems import Rule
from paragraph8.domain.questions import Kind, NoAnswer, Option, Scale, Use
from paragraph8.domain.text import Text

from .columns import Columns, few
from .findings import Finding, finding
from .workbook import CHOICES, RULES, SETTINGS, SURVEY, Row, Workbook

REASONS = (
    Missing.NOT_OBSERVED,
    Missing.NOT_KNOWN,
    Missing.NOT_APPLICABLE,
    Missing.NOT_AVAILABLE,
    Missing.REFUSED,
    Missing.NO_ANSWER,
)
"""What a choice may say instead of an answer."""
NONE_OF_THEM = "-"
"""In `p8_negative` of a question: none of its answers is negative, whatever its list says."""
_YES = frozenset({"yes", "true", "true()", "1", "x"})


def is_yes(cell: str) -> bool:
    """Whether a cell ticks something."""
    return cell.strip().lower() in _YES


def process_of(row: Row, findings: list[Finding]) -> str:
    """What the form watches; the whole day where it does not say."""
    written = row.cell("p8_process").lower()
    if not written:
        findings.append(finding("no-process", sheet=SETTINGS, row=row.number))
    elif written not in PROCESSES:
        known = ", ".join(PROCESSES)
        findings.append(finding("bad-process", sheet=SETTINGS, row=row.number, name=written, known=known))
    return written if written in PROCESSES else "whole-day"


def use_of(row: Row, kind: Kind, findings: list[Finding]) -> Use:
    """What an answer may serve. Free text is a comment, which never leaves the mission, unless the form says else."""
    written = row.cell("p8_use").lower()
    if written and written not in tuple(Use):
        findings.append(finding("bad-use", sheet=SURVEY, row=row.number, question=row.cell("name"), name=written))
        written = ""
    return Use(written) if written else (Use.COMMENT if kind is Kind.TEXT else Use.PLAIN)


def negative_of(row: Row, scale: Scale | None, findings: list[Finding]) -> tuple[str, ...] | None:
    """The answers of a question that speak against good practice; `None` where its list decides."""
    written = row.cell("p8_negative").replace(",", " ").split()
    if not written or scale is None:
        return None
    if written == [NONE_OF_THEM]:
        return ()
    unknown = [code for code in written if code not in scale.codes()]
    if unknown:
        name = row.cell("name")
        found = finding("bad-negative", sheet=SURVEY, row=row.number, question=name, names=few(unknown))
        findings.append(found)
    return tuple(code for code in written if code in scale.codes())


def scale_of(code: str, rows: list[Row], columns: Columns, findings: list[Finding]) -> Scale:
    """A list of answers, with the choices apart that say why there is no answer."""
    options, missing = [], []
    for row in rows:
        name = row.cell("name") or row.cell("value")
        title = columns.text(row, "label") or Text.of(name, language=columns.plain)
        reason = row.cell("p8_missing").lower()
        negative = is_yes(row.cell("p8_negative"))
        if not reason:
            options.append(Option(name, title, negative))
        elif reason not in REASONS:
            known = ", ".join(REASONS)
            findings.append(finding("bad-missing", sheet=CHOICES, row=row.number, name=reason, known=known))
        else:
            missing.append(NoAnswer(name, title, Missing(reason)))
            if negative:
                findings.append(finding("missing-negative", sheet=CHOICES, row=row.number, name=name))
    ordered = bool(rows) and is_yes(rows[0].cell("p8_ordered"))
    return Scale(code, tuple(options), ordered, tuple(missing))


def rules_of(book: Workbook, names: Mapping[str, object], findings: list[Finding]) -> tuple[Rule, ...]:
    """What the form asks of the checks."""
    rules = []
    for row in book.sheet(RULES).rows:
        check = row.cell("check")
        questions = tuple(row.cell("questions").replace(",", " ").split())
        details = _details(row, findings)
        lacking = [question for question in questions if question not in names]
        if check not in CHECKS:
            findings.append(finding("unknown-check", sheet=RULES, row=row.number, check=check))
        elif lacking:
            said = few(lacking)
            findings.append(finding("rule-question", sheet=RULES, row=row.number, check=check, names=said))
        elif details is not None:
            rules.append(_rule(row, {**details, "check": check, "questions": list(questions)}, findings))
    return tuple(rule for rule in rules if rule is not None)


def _details(row: Row, findings: list[Finding]) -> dict[str, Any] | None:
    try:
        details = json.loads(row.cell("details") or "{}", parse_float=_no_fraction)
    except (ValueError, RecursionError):
        details = None
    if isinstance(details, dict):
        return details
    findings.append(finding("bad-details", sheet=RULES, row=row.number, check=row.cell("check")))
    return None


def _no_fraction(digits: str) -> float:
    """Settings of checks are whole numbers, as everything is in the forms that are stored."""
    raise ValueError(digits)


def _rule(row: Row, data: dict[str, Any], findings: list[Finding]) -> Rule | None:
    try:
        return Rule.from_json(data)
    except (ValueError, TypeError, AttributeError) as error:
        check = str(data["check"])
        findings.append(finding("bad-rule", sheet=RULES, row=row.number, check=check, said=str(error)[:200]))
        return None
