"""Do teams that saw the same station say the same? Counts and a coefficient, without an interval: stations that two
teams happened to visit were not drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.forms import Form, Kind, Question, Use
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.review.queries import rows_of_form
from paragraph8.statistics.estimation.agreement import gwet_ac1
from paragraph8.statistics.estimation.refusals import RefusedEstimateError

LEAST_STATIONS = 10
"""Under so many stations seen twice there is no coefficient, only counts."""
LINES = 12


@dataclass(frozen=True)
class Alike:
    """One question: at `alike` of `stations` all teams that answered gave one answer. `ac1` in hundredths."""

    title: Text
    alike: int
    stations: int
    ac1: int | None


@dataclass(frozen=True)
class Doubles:
    """Stations that two teams or more saw, and the questions on which they agree least."""

    stations: int
    lines: tuple[Alike, ...]


def agreement_of(mission: Mission, form: Form, *, as_of: int, viewer: Viewer) -> Doubles:
    """The questions of a form at stations seen by several teams, the least agreement first.

    Of each team at a station its first report counts, by identifier; reports set aside and of no team do not. Gwet's
    AC1 takes all answers of the scale as possible. Raises `NotAllowedError` for who may not see figures.
    """
    viewer.require(Action.SEE_FIGURES, mission.pk)
    doubles = _doubles(rows_of_form(mission, form.code, as_of=as_of))
    found = [
        line
        for question in form.questions()
        if question.use is Use.PLAIN and question.kind is Kind.CHOICE
        if (line := _alike(form, question, doubles)) is not None
    ]
    found.sort(key=lambda line: line.alike / line.stations)
    return Doubles(len(doubles), tuple(found[:LINES]))


def _doubles(rows: Iterable[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """The answers of each team at each station that several teams saw."""
    seen: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        if row["station"] is not None and row["team"] is not None and "set_aside" not in row:
            seen[row["station"]].setdefault(row["team"], row["answers"])
    return [list(teams.values()) for _, teams in sorted(seen.items()) if len(teams) > 1]


def _alike(form: Form, question: Question, doubles: Sequence[Sequence[Mapping[str, Any]]]) -> Alike | None:
    scale = form.scale(question)
    codes = scale.codes() if scale else ()
    said = [
        [answer for answers in teams if isinstance(answer := answers.get(question.code), str) and answer in codes]
        for teams in doubles
    ]
    rated = [answers for answers in said if len(answers) > 1]
    if not rated:
        return None
    return Alike(
        title=question.title,
        alike=sum(len(set(answers)) == 1 for answers in rated),
        stations=len(rated),
        ac1=_ac1(rated, codes) if len(rated) >= LEAST_STATIONS else None,
    )


def _ac1(rated: Sequence[Sequence[str]], codes: Iterable[str]) -> int | None:
    """Gwet's AC1 in hundredths; `None` where a scale has one answer."""
    most = max(map(len, rated))
    table = [[*answers, *([None] * (most - len(answers)))] for answers in rated]
    try:
        return round(100 * gwet_ac1(table, categories=list(codes)).value)
    except RefusedEstimateError:
        return None
