"""What the desk's pages show: the mission at a glance, and the list of reports with its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.domain.checks import CHECKS, Check
from paragraph8.domain.forms import Form, Status
from paragraph8.domain.problems import Problem, Severity
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import ANY, first_level_areas_of, forms_of, known_forms, newest

from .models import Reading
from .queries import current, intake, problem_counts, unread
from .reading import read_problems

WEIGHTS = {severity.value: place for place, severity in enumerate(Severity)}
"""What blocks comes first."""
UNREADABLE = "-"
"""How the address names reports that could not be read as a report of any form."""


class UnknownFilterError(LookupError):
    """The address asks for a form, an area or a problem that there is not."""


@dataclass(frozen=True)
class FormIntake:
    """What has come in by one form; without a form, what could not be read."""

    form: Form | None
    code: str
    reports: int
    stations: int


@dataclass(frozen=True)
class Waiting:
    """A kind of problem and how many current reports have it; `rule` tells two rules of one check apart."""

    check: Check
    rule: str
    severity: str
    reports: int

    @property
    def code(self) -> str:
        """How the address names it."""
        return f"{self.check.code}:{self.rule}" if self.rule else self.check.code


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The mission at a glance. `problems` is `None` for who may not see reports; `own` when all is of one team;
    `practised` counts reports of rehearsals, which are in nothing else here."""

    intake: tuple[FormIntake, ...] | None
    problems: tuple[Waiting, ...] | None
    stations: int
    unread: int
    own: bool
    practised: int = 0


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the list is narrowed to; empty strings narrow nothing."""

    form: str
    problem: str
    area: str
    rehearsal: bool = False

    def arguments(self) -> dict[str, Any]:
        """As the query takes it."""
        form = None if not self.form else "" if self.form == UNREADABLE else self.form
        code, _, rule = self.problem.partition(":")
        return {"form": form, "problem": code, "rule": rule, "area": self.area, "rehearsal": self.rehearsal}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list can be narrowed to."""

    forms: tuple[Form, ...]
    areas: tuple[Area, ...]
    problems: tuple[Waiting, ...]
    chosen: Filter
    unreadable: str = UNREADABLE


@dataclass(frozen=True, kw_only=True)
class Row:
    """A report in the list."""

    reading: Reading
    form: Text | None
    zone: str
    problems: tuple[tuple[str, Text], ...]


def overview(mission: Mission, *, as_of: int, viewer: Viewer) -> Overview:
    """What a person who comes to the mission sees first. Raises `NotAllowedError`."""
    stored = forms_of(mission)
    forms = newest(stored, *ANY)
    sees_reports = viewer.may(Action.SEE_REPORTS, mission.pk)
    counts = sees_reports or viewer.may(Action.SEE_FIGURES, mission.pk)
    counted = intake(mission, as_of=as_of, viewer=viewer) if counts else ()
    arrived = {
        row.form_code: FormIntake(forms.get(row.form_code), row.form_code, row.reports, row.stations) for row in counted
    }
    silent = {code: FormIntake(form, code, 0, 0) for code, form in newest(stored, Status.PUBLISHED).items()}
    return Overview(
        intake=tuple({**silent, **arrived}.values()) if counts else None,
        problems=_waiting(mission, as_of, viewer) if sees_reports else None,
        stations=mission.stations.count(),
        unread=unread(mission, viewer=viewer) if sees_reports else 0,
        own=viewer.scope(Action.SEE_REPORTS, mission.pk) in (Scope.TEAM, Scope.AREAS),
        practised=current(mission, as_of=as_of, viewer=viewer, rehearsal=True).count() if sees_reports else 0,
    )


def chosen(mission: Mission, query: Mapping[str, Any]) -> Filter:
    """The filter of an address. Raises `UnknownFilterError`."""
    asked = Filter(
        form=query.get("form", ""),
        problem=query.get("problem", ""),
        area=query.get("area", ""),
        rehearsal=bool(query.get("rehearsal", "")),
    )
    if asked.form not in ("", UNREADABLE) and asked.form not in known_forms(mission):
        raise UnknownFilterError(asked.form)
    if asked.problem and asked.problem.partition(":")[0] not in CHECKS:
        raise UnknownFilterError(asked.problem)
    if asked.area and asked.area not in first_level_areas_of(mission):
        raise UnknownFilterError(asked.area)
    return asked


def filters(mission: Mission, *, as_of: int, viewer: Viewer, chosen: Filter) -> Filters:
    """What can be chosen, and what is."""
    return Filters(
        forms=tuple(known_forms(mission).values()),
        areas=tuple(first_level_areas_of(mission).values()),
        problems=_waiting(mission, as_of, viewer),
        chosen=chosen,
    )


def rows(mission: Mission, readings: Iterable[Reading]) -> list[Row]:
    """The readings as the list prints them."""
    forms = known_forms(mission)
    return [
        Row(
            reading=reading,
            form=forms[reading.form_code].title if reading.form_code in forms else None,
            zone=(reading.station and reading.station.area and reading.station.area.zone) or mission.zone,
            problems=_named(read_problems(reading)),
        )
        for reading in readings
    ]


def _waiting(mission: Mission, as_of: int, viewer: Viewer) -> tuple[Waiting, ...]:
    counts = problem_counts(mission, as_of=as_of, viewer=viewer)
    known = (Waiting(CHECKS[n.code], n.rule, n.severity, n.reports) for n in counts if n.code in CHECKS)
    return tuple(sorted(known, key=lambda waiting: WEIGHTS[waiting.severity]))


def _named(problems: Sequence[Problem]) -> tuple[tuple[str, Text], ...]:
    """Severity and title of each kind of problem once, what blocks first."""
    found = {problem.code: problem.severity.value for problem in problems if problem.code in CHECKS}
    return tuple(
        (severity, CHECKS[code].title) for code, severity in sorted(found.items(), key=lambda pair: WEIGHTS[pair[1]])
    )
