"""Election-day figures: counts and shares of observations, question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from paragraph8.domain.figures import (
    Audience,
    Figure,
    FigureSpec,
    Key,
    Kind,
    Origin,
    Population,
    RefusedFigureError,
    Unit,
)
from paragraph8.domain.forms import COUNTED, Form, Option, Question, Use
from paragraph8.domain.forms import Kind as QuestionKind
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.review.queries import rows_of_form
from paragraph8.statistics.observations import SEVERAL
from paragraph8.statistics.tallies import Tallies

from .counting import figures_of, method_of, title_of
from .live_state import LiveState

APP = "eday"
BATCH = 1000
"""Rows that are counted together; no more of them are held in memory."""
POPULATION = "observations-"
"""Population of a form: "observations-" and the form's code."""

_PROJECTIONS = frozenset({"answer", "at-least", "part", "total", "mean", "rank"})
"""What a quantity that serves reconciliation only may never become."""


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """Every figure of every form for the whole mission, by observation and by station; of a mission whose format has
    no election-day statistics, only how many observations there are."""
    specs = [spec for form in latest_forms(mission).values() for spec in _of_form(form)]
    return specs if mission.kind.observes_systematically else [spec for spec in specs if spec.kind is Kind.COUNT]


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures as of a change; a key of another app, form or question is left out of the answer.

    Raises `RefusedFigureError` for a key that would project a result, and for anything but a count of observations in
    a mission whose format has no election-day statistics.
    """
    forms, areas = latest_forms(mission), first_level_areas_of(mission)
    wanted: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        if _known(key, forms, areas):
            if key.measure != "observations" and not mission.kind.observes_systematically:
                raise RefusedFigureError("format-without-statistics", key)
            wanted[key.dimension("form")].append(key)
    figures = {}
    for code, of_form in wanted.items():
        tallies = Tallies.needed(of_form)
        rows = rows_of_form(mission, code, as_of=as_of)
        while batch := list(islice(rows, BATCH)):
            tallies.add(batch)
        figures.update(figures_of(tallies, forms[code], of_form, origin=Origin(mission.origin), as_of=as_of))
    return figures


def live_state(mission: Mission) -> LiveState:
    """What the worker keeps up, so that nothing is computed from all rows while reports come in."""
    return LiveState(mission)


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:
    """The rows of each form, as of a change."""
    return {
        POPULATION + code: Population(POPULATION + code, tuple(rows_of_form(mission, code, as_of=as_of)))
        for code in latest_forms(mission)
    }


def population_of(key: Key) -> str:
    """The population that a figure rests on: all observations of its form."""
    return POPULATION + key.dimension("form")


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:
    """The observations behind a figure with what each contributed; for the public: none, they are protected."""
    if audience is not Audience.ROOM or key.app != APP:
        return []
    found = list(rows_of_form(mission, key.dimension("form"), as_of=as_of))
    outcomes = method_of(key).outcomes(found, key)
    return [
        {"row": row["row"], "station": row["station"], "team": row["team"], "area": row["area"], "outcome": outcome}
        for row, outcome in zip(found, outcomes, strict=True)
        if outcome != "elsewhere"
    ]


def answer_key(form: Form, question: Question, answers: Iterable[str], **dimensions: str) -> Key:
    """The key of a share of observations with one of the answers."""
    return Key.of(
        APP, "answer", form=form.code, question=question.code, answer=SEVERAL.join(sorted(answers)), **dimensions
    )


def _of_form(form: Form) -> Iterator[FigureSpec]:
    yield FigureSpec(
        key=Key.of(APP, "observations", form=form.code), title=form.title, kind=Kind.COUNT, unit=Unit.OBSERVATION
    )
    for question in form.questions():
        if question.use is Use.COMMENT or question.kind not in COUNTED:
            continue
        if question.use is Use.RECONCILIATION:
            if question.kind is QuestionKind.INTEGER:
                yield _spec(Key.of(APP, "spread", form=form.code, question=question.code), question, Kind.SPREAD)
            continue
        if question.kind is QuestionKind.INTEGER:
            yield _spec(Key.of(APP, "at-least", form=form.code, question=question.code, n="1"), question, Kind.SHARE)
            continue
        yield from _of_choice(form, question)


def _of_choice(form: Form, question: Question) -> Iterator[FigureSpec]:
    scale = form.scale(question)
    options = scale.options if scale else ()
    groups = [[option] for option in options]
    negative = [option for option in options if option.code in form.negative(question)]
    if len(negative) > 1:
        groups.append(negative)
    for group in groups:
        codes = [option.code for option in group]
        yield _spec(answer_key(form, question, codes), question, Kind.SHARE, group)
        yield _spec(answer_key(form, question, codes, unit="station"), question, Kind.SHARE, group)


def _spec(key: Key, question: Question, kind: Kind, options: Sequence[Option] = ()) -> FigureSpec:
    return FigureSpec(
        key=key,
        title=title_of(question, options),
        kind=kind,
        unit=Unit.STATION if key.dimension("unit") == "station" else Unit.OBSERVATION,
        audience=Audience.ROOM if kind is Kind.SPREAD else Audience.PUBLIC,
        question=question.code,
        column=question.column or question.code,
        answer=key.dimension("answer") or (f">={key.dimension('n')}" if key.measure == "at-least" else ""),
    )


_DIMENSIONS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "observations": (frozenset({"form"}), frozenset({"area"})),
    "answer": (frozenset({"form", "question", "answer"}), frozenset({"area", "unit"})),
    "at-least": (frozenset({"form", "question", "n"}), frozenset({"area", "unit"})),
    "part": (frozenset({"form", "question", "of"}), frozenset({"area"})),
    "spread": (frozenset({"form", "question"}), frozenset({"area"})),
}
"""What the key of each measure must name, and what it may: a dimension that means nothing would be a false label."""


def _known(key: Key, forms: Mapping[str, Form], areas: Collection[str]) -> bool:
    """Whether the key names a figure of a form, in its one spelling and with nothing in it that does not exist.

    Raises `RefusedFigureError` for a projection from a quantity that serves reconciliation only.
    """
    form = forms.get(key.dimension("form"))
    if key.app != APP or form is None:
        return False
    questions = [form.question(key.dimension(name)) for name in ("question", "of") if key.dimension(name)]
    if key.measure in _PROJECTIONS and any(q and q.use is Use.RECONCILIATION for q in questions):
        raise RefusedFigureError("reconciliation-only", key)
    needed, allowed = _DIMENSIONS.get(key.measure, (frozenset({""}), frozenset()))
    named = {name for name, _ in key.dimensions}
    if not needed <= named <= needed | allowed or None in questions:
        return False
    if key.dimension("area") and key.dimension("area") not in areas:
        return False
    if key.dimension("unit", "station") != "station":
        return False
    return all(_fits(key, form, question) for question in questions if question)


def _fits(key: Key, form: Form, question: Question) -> bool:
    """Whether the measure can be taken of the question, and its answers stand on the scale, sorted and once each."""
    if question.use is Use.COMMENT:
        return False
    if key.measure != "answer":
        n = key.dimension("n", "1")
        return question.kind is QuestionKind.INTEGER and n.isascii() and n.isdigit() and n == str(int(n))
    scale = form.scale(question)
    answers = key.dimension("answer").split(SEVERAL)
    return scale is not None and set(answers) <= set(scale.codes()) and answers == sorted(set(answers))
