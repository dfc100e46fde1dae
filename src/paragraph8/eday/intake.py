"""What came in against what was expected, by form and hour, and the turnout that it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.domain.forms import PROCESSES, Form
from paragraph8.domain.text import Text

from .boards import INCIDENT, Board
from .turnout import LEAST_FOR_BOX, Step, steps

HOURS = range(36)
"""Hours of election day and the night after that a chart can show."""


@dataclass(frozen=True, kw_only=True)
class FormIntake:
    """One form: how many reports came by the hour, and how many were due. `due` and `planned` are `None` where nothing
    is planned for the form; `answered` are those of the due ones that came."""

    code: str
    title: Text
    came: int
    hours: Mapping[int, int]
    due_hours: Mapping[int, int] | None
    due: int | None = None
    answered: int = 0
    planned: int | None = None

    @property
    def missing(self) -> int:
        """Due, and not come."""
        return (self.due or 0) - self.answered


@dataclass(frozen=True, kw_only=True)
class Intake:
    """All forms. `unread` are reports of no form, `outside` those that came at no hour of the day, `aside` those that
    were set aside and are in none of the other numbers."""

    rows: tuple[FormIntake, ...]
    hours: tuple[int, ...]
    unread: int
    outside: int
    aside: int
    planned: bool

    @property
    def came(self) -> int:
        """Reports of all forms."""
        return sum(row.came for row in self.rows)

    @property
    def due(self) -> int:
        """Reports that should be here by now."""
        return sum(row.due or 0 for row in self.rows)

    @property
    def answered(self) -> int:
        """Of these, how many are."""
        return sum(row.answered for row in self.rows)

    @property
    def missing(self) -> int:
        """Of these, how many are not."""
        return self.due - self.answered


@dataclass(frozen=True)
class Seen:
    """Turnout at the stations visited, by one hour: how many reports, and five numbers in tenths of a per cent where
    they are enough for a spread."""

    form: Form
    step: Step
    n: int
    five: tuple[int, ...] | None


def intake(board: Board, forms: Mapping[str, Form], *, now: int) -> Intake:
    """Reports in by form and hour against what is expected by `now`, a minute of the day."""
    came: dict[str, Counter[int]] = {code: Counter() for code in forms}
    unread = 0
    for form, hour, n in board.came:
        if form in came:
            came[form][hour] += n
        else:
            unread += n
    rows = tuple(_form_intake(board, form, came[code], now) for code, form in in_order(forms).items())
    seen = [hour for row in rows for hours in (row.hours, row.due_hours or {}) for hour in hours if hour in HOURS]
    return Intake(
        rows=rows,
        hours=tuple(range(min(seen), max(seen) + 1)) if seen else (),
        unread=unread,
        outside=sum(n for row in rows for hour, n in row.hours.items() if hour not in HOURS),
        aside=sum(board.aside.values()),
        planned=board.due is not None,
    )


def _form_intake(board: Board, form: Form, hours: Counter[int], now: int) -> FormIntake:
    due = [(at, n, came) for code, at, n, came in board.due or () if code == form.code]
    by_hour: Counter[int] = Counter()
    for at, n, _ in due:
        by_hour[max(0, at - 1) // 60] += n
    return FormIntake(
        code=form.code,
        title=form.title,
        came=sum(hours.values()),
        hours=hours,
        due_hours=by_hour if due else None,
        due=sum(n for at, n, _ in due if at <= now) if due else None,
        answered=sum(came for at, _, came in due if at <= now),
        planned=sum(n for _, n, _ in due) if due else None,
    )


def in_order(forms: Mapping[str, Form]) -> dict[str, Form]:
    """Forms by code in the order of the day, those of incidents last."""
    known = [process for process in PROCESSES if process != INCIDENT]

    def place(code: str) -> tuple[int, str]:
        process = forms[code].process
        return (known.index(process) if process in known else len(known), code)

    return {code: forms[code] for code in sorted(forms, key=place)}


def turnout(board: Board, forms: Mapping[str, Form]) -> tuple[Seen, ...]:
    """Turnout through the day at the stations visited, hour by hour; for the mission's analysts only."""
    known = {(form, question): (n, five) for form, question, n, five in board.turnout}
    found = []
    for form in forms.values():
        for step in steps(form):
            n, five = known.get((form.code, step.question), (0, ()))
            found.append(Seen(form, step, n, five if n >= LEAST_FOR_BOX else None))
    return tuple(sorted(found, key=lambda seen: (seen.form.code, seen.step.minute)))
