"""Election-day figures: counts and shares of observations, question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from paragraph8.domain.figures import (
    Audience,
    Basis,
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
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.review.queries import rows_of_form
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.methods import compute as compute_method
from paragraph8.statistics.observations import PARTS, SEVERAL, Observations

APP = "eday"
POPULATION = "observations-"
"""Population of a form: "observations-" and the form's code."""

SETTINGS = ("urban", "rural")

_METHOD = {
    "answer": "answer@1",
    "at-least": "at-least@1",
    "part": "part@1",
    "spread": "spread@1",
    "observations": "observations@1",
}
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
        observations = Observations.of(list(rows_of_form(mission, code, as_of=as_of)))
        for key in of_form:
            figures[key] = _figure(mission, forms[code], observations, key, as_of)
    return figures


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
    outcomes = METHODS[_METHOD[key.measure]].outcomes(found, key)
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
        title=_title(question, options),
        kind=kind,
        unit=Unit.STATION if key.dimension("unit") == "station" else Unit.OBSERVATION,
        audience=Audience.ROOM if kind is Kind.SPREAD else Audience.PUBLIC,
        question=question.code,
        column=question.column or question.code,
        answer=key.dimension("answer") or (f">={key.dimension('n')}" if key.measure == "at-least" else ""),
    )


def _title(question: Question, options: Sequence[Option]) -> Text:
    if not options:
        return question.title
    languages = question.title.languages()
    return Text.of(
        {
            tag: f"{question.title.shown(tag).string}: " + ", ".join(o.title.shown(tag).string for o in options)
            for tag in sorted(languages)
        }
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


def _figure(mission: Mission, form: Form, observations: Observations, key: Key, as_of: int) -> Figure:
    method = METHODS[_METHOD[key.measure]]
    tally = compute_method(str(method), observations, key)
    question = form.question(key.dimension("question"))
    return Figure(
        key=key,
        kind=method.kind,
        basis=Basis.OBSERVED,
        origin=Origin(mission.origin),
        unit=_unit(key),
        title=_title(question, _options(form, question, key)) if question else form.title,
        as_of=as_of,
        method=str(method),
        value=tally.value,
        numerator=tally.numerator,
        denominator=tally.denominator,
        spread=tally.spread,
        left_out=tally.left_out,
        n_stations=tally.n_stations,
        n_teams=tally.n_teams,
        n_areas=tally.n_areas,
        audience=Audience.ROOM if method.kind is Kind.SPREAD else Audience.PUBLIC,
    )


def _options(form: Form, question: Question, key: Key) -> list[Option]:
    scale = form.scale(question)
    codes = key.dimension("answer").split(SEVERAL)
    return [option for option in scale.options if option.code in codes] if scale else []


def _unit(key: Key) -> Unit:
    if key.dimension("unit") == "station":
        return Unit.STATION
    return Unit.PERSON if key.measure == "part" else Unit.OBSERVATION
