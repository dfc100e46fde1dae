"""Series of earlier elections as their page shows them: the rows, the election observed, and what may be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.contests import GAPS, MEASURES, Measure
from paragraph8.domain.figures import Key
from paragraph8.domain.text import Text
from paragraph8.missions.models import Contest, Mission
from paragraph8.statistics.methods import compute
from paragraph8.statistics.series import CURRENT

from .models import SeriesRow, SeriesSpan
from .populations import Populations
from .queries import current_series, current_span

WOMEN = (Measure.WOMEN, Measure.WOMEN_NOMINEES)


@dataclass(frozen=True)
class Claim:
    """What may be said: `answer` is yes or no, or nothing, and then `why` says why nobody knows."""

    key: Key
    measure: Text
    title: Text
    answer: bool | None
    why: Text | None


@dataclass(frozen=True)
class Series:
    """One series with what it is compared with."""

    measure: Measure
    title: Text
    contest: Contest | None
    rows: tuple[SeriesRow, ...]
    span: SeriesSpan | None
    current: int | None
    claims: tuple[Claim, ...]


RECORD = Text.of({"en": "a record number", "kk": "рекордтық сан", "ru": "рекордное число"})
FIRST = Text.of({"en": "for the first time", "kk": "тұңғыш рет", "ru": "впервые"})


def series_of(mission: Mission, *, viewer: Viewer) -> list[Series]:
    """Every series of the mission as a whole, and those of single contests that somebody began."""
    viewer.require(Action.SEE_CONTEST, mission.pk)
    held = Populations(mission)
    return [found for measure in Measure for found in _of_measure(mission, held, measure)]


def _of_measure(mission: Mission, held: Populations, measure: Measure) -> Iterable[Series]:
    for contest in (None, *held.contests().values()):
        rows = tuple(current_series(mission, measure, contest))
        span = current_span(mission, measure, contest)
        if contest is not None and not rows and span is None:
            continue
        where = {"contest": contest.code} if contest else {}
        keys = [Key.of("contest", "record", measure=measure.value, **where)]
        if measure in WOMEN:
            keys.append(Key.of("contest", "first", measure=measure.value, **where))
        compared = next((row for row in held.rows(held.series(keys[0])) if row["row"] == CURRENT), None)
        yield Series(
            measure,
            MEASURES[measure],
            contest,
            rows,
            span,
            compared["n"] if compared else None,
            tuple(_claim(held, key) for key in keys),
        )


def _claim(held: Populations, key: Key) -> Claim:
    title = RECORD if key.measure == "record" else FIRST
    measure = MEASURES[Measure(key.dimension("measure"))]
    gap = held.gap(key)
    if gap is not None:
        return Claim(key, measure, title, None, GAPS[gap])
    method = "record@1" if key.measure == "record" else "first-time@1"
    return Claim(key, measure, title, bool(compute(method, held.rows(held.series(key)), key).value), None)
