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
from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.review.queries import rows_of_form
from paragraph8.statistics.observations import PARTS, SEVERAL
from paragraph8.statistics.tallies import Tallies

from . import estimates
from .counting import figures_of, method_of
from .live_state import LiveState
from .titles import fits, groups_of, title_of

APP = "eday"
BATCH = 1000
"""Rows that are counted together; no more of them are held in memory."""
POPULATION = "observations-"
"""Population of a form: "observations-" and the form's code."""

SETTINGS = ("urban", "rural")
_PROJECTIONS = frozenset({"answer", "at-least", "part", "total", "mean", "rank", estimates.MEASURE})
"""What a quantity that serves reconciliation only may never become."""


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """Every figure of every form for the whole mission, by observation and by station; of a mission whose format has
    no election-day statistics, only how many observations there are."""
    forms = latest_forms(mission)
    specs = [spec for form in forms.values() for spec in _of_form(form)]
    specs += estimates.catalogue(mission, forms)
    return specs if mission.kind.observes_systematically else [spec for spec in specs if spec.kind is Kind.COUNT]


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures as of a change; a key of another app, form or question is left out of the answer.

    Raises `RefusedFigureError` for a key that would project a result, that asks of observations what only a sample can
    say or names a sample that was not drawn, and for anything but a count of observations in a mission whose format has
    no election-day statistics.
    """
    forms, areas = latest_forms(mission), first_level_areas_of(mission)
    keys = list(keys)
    from_samples = [key for key in keys if key.app == APP and estimates.asked_for(key, forms, areas)]
    wanted: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        if key not in from_samples and _known(key, forms, areas):
            if key.measure != "observations" and not mission.kind.observes_systematically:
                raise RefusedFigureError("format-without-statistics", key)
            wanted[key.dimension("form")].append(key)
    figures = dict(estimates.compute(mission, from_samples, forms, as_of=as_of))
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
    """The rows of each form, and of each form in each sample, as of a change."""
    forms = latest_forms(mission)
    observed = {
        POPULATION + code: Population(POPULATION + code, tuple(rows_of_form(mission, code, as_of=as_of)))
        for code in forms
    }
    return observed | estimates.populations(mission, forms, as_of=as_of)


def population_of(key: Key) -> str:
    """The population that a figure rests on: all observations of its form, or the stations of its sample."""
    if key.measure == estimates.MEASURE:
        return estimates.population_of(key)
    return POPULATION + key.dimension("form")


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:
    """The observations behind a figure with what each contributed; for the public: none, they are protected."""
    if audience is not Audience.ROOM or key.app != APP:
        return []
    if key.measure == estimates.MEASURE:
        return estimates.rows(mission, key, as_of=as_of)
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
    for group in groups_of(form, question):
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


_WHERE = frozenset(PARTS)
_DIMENSIONS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "observations": (frozenset({"form"}), _WHERE),
    "answer": (frozenset({"form", "question", "answer"}), _WHERE | {"unit"}),
    "at-least": (frozenset({"form", "question", "n"}), _WHERE | {"unit"}),
    "part": (frozenset({"form", "question", "of"}), _WHERE),
    "spread": (frozenset({"form", "question"}), _WHERE),
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
    if key.dimension("unit", "station") != "station" or key.dimension("setting", SETTINGS[0]) not in SETTINGS:
        return False
    if key.dimension("kind") and key.dimension("kind") not in set(StationKind):
        return False
    return all(fits(key, form, question) for question in questions if question)
