"""Election-day estimates: shares of all polling stations of a frame, from the stations that a sample drew.

A sample is one of the mission's draws, by its number. Each drawn station counts with its first report: of the reports
of the form that were received from it and are not set aside, the one received first, as it reads after corrections,
whoever sent it. A reserve that stepped in counts for the station that gave way, with its stratum and probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import (
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
from paragraph8.domain.forms import Form, Use
from paragraph8.domain.forms import Kind as QuestionKind
from paragraph8.missions.models import Mission, Station
from paragraph8.review.visits import rows_at_stations
from paragraph8.samples.recorded import Recorded, draws_recorded, frame_by_area, is_told, recorded
from paragraph8.statistics.methods import compute as compute_method
from paragraph8.statistics.observations import SEVERAL
from paragraph8.statistics.samples import NO_REPORT, Sample

from .titles import fits, groups_of, options_of, title_of

MEASURE = "estimate"
METHOD = "estimate@1"
_POPULATION = "sample-"
"""Population of a form in a sample: "sample-", the number of the sample, "-" and the form's code."""
_NEEDED = frozenset({"form", "question", "answer"})
_ALLOWED = _NEEDED | {"sample", "area"}
TOO_MUCH: Mapping[str, str] = {
    "interval": "interval-on-observations",
    "margin": "margin-on-observations",
    "trend": "trend-on-observations",
    "difference": "comparison-of-observations",
    "projection": "projection-on-observations",
}
"""Measures that somebody may ask of observations, and why there is none."""


def estimate_key(form: Form, question: str, answers: Iterable[str], *, sample: int, **dimensions: str) -> Key:
    """The key of the share of polling stations with one of the answers."""
    answer = SEVERAL.join(sorted(answers))
    return Key.of("eday", MEASURE, form=form.code, question=question, answer=answer, sample=str(sample), **dimensions)


def catalogue(mission: Mission, forms: Mapping[str, Form]) -> list[FigureSpec]:
    """For each sample, each choice of each form: its answers one by one, and the negative ones together."""
    return [
        spec
        for number, _ in draws_recorded(mission)
        for form in forms.values()
        for question in form.questions()
        if question.use is Use.PLAIN and question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        for spec in _specs(form, question, number)
    ]


def asked_for(key: Key, forms: Mapping[str, Form], areas: Collection[str]) -> bool:
    """Whether the key asks for an estimate from a sample, in its one spelling.

    Raises `RefusedFigureError` for what would be asked of observations and only a sample can say, and for a projection
    from a quantity that serves reconciliation only.
    """
    named = {name for name, _ in key.dimensions}
    form = forms.get(key.dimension("form"))
    question = form.question(key.dimension("question")) if form else None
    if key.measure not in (MEASURE, *TOO_MUCH) or form is None or question is None:
        return False
    if question.use is Use.RECONCILIATION:
        raise RefusedFigureError("reconciliation-only", key)
    if not _NEEDED <= named <= _ALLOWED or not fits(key, form, question):
        return False
    if key.dimension("area") and key.dimension("area") not in areas:
        return False
    if key.measure != MEASURE:
        raise RefusedFigureError(TOO_MUCH[key.measure], key)
    return True


def compute(
    mission: Mission, keys: Sequence[Key], forms: Mapping[str, Form], *, as_of: int
) -> Iterator[tuple[Key, Figure]]:
    """The estimates of these keys. Raises `RefusedFigureError` ("no-sample") for a sample not drawn by then."""
    if not keys:
        return
    if not mission.kind.observes_systematically:
        raise RefusedFigureError("format-without-statistics", *keys)
    draws = {str(number): draw for number, draw in draws_recorded(mission, as_of=as_of)}
    grouped: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in keys:
        if key.dimension("sample") not in draws:
            raise RefusedFigureError("no-sample", key)
        grouped[key.dimension("sample"), key.dimension("form")].append(key)
    known: dict[str, Recorded] = {}
    for (number, code), of_sample in grouped.items():
        if number not in known:
            known[number] = recorded(int(number), draws[number], as_of=as_of)
        sample = Sample.of(list(_rows(mission, known[number], code, as_of=as_of)))
        for key in of_sample:
            yield key, _figure(mission, forms[code], sample, key, as_of)


def populations(mission: Mission, forms: Mapping[str, Form], *, as_of: int) -> dict[str, Population]:
    """The stations of each sample with what each form says of them."""
    found = {}
    for number, draw in draws_recorded(mission, as_of=as_of):
        sample = recorded(number, draw, as_of=as_of)
        for code in forms:
            name = f"{_POPULATION}{number}-{code}"
            found[name] = Population(name, tuple(_rows(mission, sample, code, as_of=as_of)))
    return found


def population_of(key: Key) -> str:
    """The population that an estimate rests on."""
    return f"{_POPULATION}{key.dimension('sample')}-{key.dimension('form')}"


def rows(mission: Mission, key: Key, *, as_of: int) -> list[dict[str, Any]]:
    """The drawn stations with what each contributed; none before polls close, when the sample is a secret."""
    draws = {str(number): (number, draw) for number, draw in draws_recorded(mission, as_of=as_of)}
    number, draw = draws.get(key.dimension("sample"), (0, None))
    if draw is None or not is_told(draw, as_of=as_of):
        return []
    sample = recorded(number, draw, as_of=as_of)
    found = list(_rows(mission, sample, key.dimension("form"), as_of=as_of))
    shown = ("row", "report", "station", "team", "area", "stratum", "replaced")
    return [
        {**{name: row[name] for name in shown}, "outcome": outcome}
        for row, outcome in zip(found, Sample.of(found).outcomes(key), strict=True)
        if outcome != "elsewhere"
    ]


def _specs(form: Form, question: Any, number: int) -> Iterator[FigureSpec]:
    for group in groups_of(form, question):
        codes = [option.code for option in group]
        key = estimate_key(form, question.code, codes, sample=number)
        yield FigureSpec(
            key=key,
            title=title_of(question, group),
            kind=Kind.ESTIMATE,
            unit=Unit.STATION,
            question=question.code,
            column=question.column or question.code,
            answer=key.dimension("answer"),
        )


def _rows(mission: Mission, sample: Recorded, form_code: str, *, as_of: int) -> Iterator[dict[str, Any]]:
    """One row per drawn station, in the order of the draw, as `statistics.samples` wants them."""
    keys = [station for station, _ in sample.standing]
    there = Station.objects.filter(list_id=sample.draw.request.station_list_id, key__in=keys)
    areas: dict[str, str | None] = dict(there.values_list("key", "top__code"))
    frame = frame_by_area(sample.draw)
    sizes = {stratum.code: stratum.there for stratum in sample.design.strata}
    scheme = f"{sample.design.method.value}@{sample.design.version}"
    reports: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows_at_stations(mission, form_code, keys, as_of=as_of):
        reports[row["station"]].append(row)
    for place, (station, unit) in enumerate(sample.standing, start=1):
        sent = reports.get(station, [])
        first = next((row for row in sent if not row["set_aside"]), None)
        yield {
            "row": f"{place:05}",
            "station": station,
            "area": areas.get(station),
            "area_there": frame.get(areas.get(station), 0),
            "stratum": unit.stratum,
            "there": sizes[unit.stratum],
            "probability": f"{unit.probability.numerator}/{unit.probability.denominator}",
            "certain": unit.certain,
            "scheme": scheme,
            "replaced": sample.replaced.get(station, ""),
            "report": first["row"] if first else "",
            "team": first["team"] if first else None,
            "missing": "" if first else (Missing.SET_ASIDE.value if sent else NO_REPORT),
            "answers": first["answers"] if first else {},
        }


def _figure(mission: Mission, form: Form, sample: Sample, key: Key, as_of: int) -> Figure:
    tally = compute_method(METHOD, sample, key)
    question = form.question(key.dimension("question"))
    return Figure(
        key=key,
        kind=Kind.ESTIMATE,
        basis=Basis.PROBABILITY,
        origin=Origin(mission.origin),
        unit=Unit.STATION,
        title=title_of(question, options_of(form, question, key)) if question else form.title,
        as_of=as_of,
        method=METHOD,
        left_out=tally.left_out,
        n_stations=tally.n_stations,
        n_teams=tally.n_teams,
        n_areas=tally.n_areas,
        interval=tally.interval,
        estimate=tally.estimate,
    )
