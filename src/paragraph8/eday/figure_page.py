"""One figure as its page shows it: the evidence card, the same by area, and the reports behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.documents.labels import BASES_EXPLAINED, METHODS_EXPLAINED, ORIGINS, REASONS
from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import REFUSALS, Audience, Figure, Key, Kind, RefusedFigureError
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import figures, rows
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of
from paragraph8.statistics.samples import NO_REPORT
from paragraph8.web.paging import Page, after
from paragraph8.wording.nouns import noun_of

from .coverage import Dependence, dependence_of
from .estimate_card import AreaEstimate, EstimateCard, area_estimates, estimate_card
from .estimates import MEASURE as ESTIMATE
from .items import Segment
from .questions import Tile, area_keys, shade

OUTCOMES: dict[str, str | Promise] = {
    "in": _("counted in the numerator"),
    "out": _("answered otherwise"),
    Missing.SET_ASIDE.value: _("set aside"),
}
"""What a report contributed; the other reasons for which one is left out are those that documents name."""
LEFT_OUT = frozenset({*Missing, NO_REPORT})

Words = str | Promise | Text


class UnknownFigureError(LookupError):
    """The key names no figure of the mission."""


@dataclass(frozen=True)
class Contribution:
    """A report behind the figure and what it contributed; a register row has a number and a source instead, and a drawn
    station may have no report."""

    row: Mapping[str, Any]
    outcome: Words
    left_out: bool
    report: str = ""


@dataclass(frozen=True)
class Outcome:
    """How many reports contributed alike."""

    code: str
    words: Words
    n: int


@dataclass(frozen=True, kw_only=True)
class FigurePage:
    """Everything the page prints. `refused` says why there is no figure; then nothing else is filled. `answer` is the
    label of what a figure says that says yes or no."""

    key: Key
    refused: Text | None = None
    figure: Figure | None = None
    title: Text | None = None
    segments: tuple[Segment, ...] = ()
    left_out: tuple[tuple[Words, int], ...] = ()
    unit: Text | None = None
    basis: Text | None = None
    origin: Text | None = None
    method: Text | None = None
    no_interval: Text | None = None
    form: str = ""
    answer: str = ""
    tiles: tuple[Tile, ...] = ()
    page: Page[Mapping[str, Any]] | None = None
    reports: tuple[Contribution, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    estimate: EstimateCard | None = None
    by_area: tuple[AreaEstimate, ...] = ()
    dependence: Dependence | None = None


def figure_page(
    mission: Mission, spelling: str, *, as_of: int, viewer: Viewer, last: str = "", outcome: str = ""
) -> FigurePage:
    """The page of a key. `last` is the report after which the list goes on, `outcome` narrows it.

    Raises `UnknownFigureError` for what is no key of the mission; a key that is refused has a page that says why.
    """
    try:
        key = Key.parse(spelling)
    except ValueError as error:
        raise UnknownFigureError(spelling) from error
    try:
        areas = first_level_areas_of(mission)
        parts = {} if key.measure == ESTIMATE else area_keys(key, areas)
        found = figures(mission, [key, *parts.values()], as_of=as_of, viewer=viewer)
    except RefusedFigureError as error:
        if error.reason == "unknown-key":
            raise UnknownFigureError(spelling) from error
        return FigurePage(key=key, refused=error.text())
    figure = found[key]
    analyst = viewer.may(Action.SEE_REPORTS, mission.pk)
    if figure.audience is Audience.ROOM and not analyst:
        return FigurePage(key=key, refused=REFUSALS["room-only"])
    behind = list(rows(mission, key, as_of=as_of, viewer=viewer)) if analyst else []
    shown = after([row for row in behind if not outcome or row.get("outcome") == outcome], "row", last)
    return FigurePage(
        key=key,
        figure=figure,
        title=figure.title,
        segments=_segments(figure),
        left_out=tuple((_words(reason), n) for reason, n in figure.left_out),
        unit=noun_of(figure.unit).name(),
        basis=BASES_EXPLAINED[figure.basis],
        origin=ORIGINS[figure.origin],
        method=METHODS_EXPLAINED.get(figure.method.partition("@")[0]),
        no_interval=_no_interval(figure),
        form=key.dimension("form"),
        answer=("yes" if figure.value else "no") if figure.kind is Kind.YES_NO else "",
        tiles=tuple(Tile(areas[code], found[part], shade(found[part])) for code, part in parts.items()),
        page=shown,
        reports=tuple(_contribution(row) for row in shown.rows),
        outcomes=tuple(
            Outcome(code, _words(code), n)
            for code, n in Counter(row["outcome"] for row in behind if "outcome" in row).most_common()
        )
        if figure.kind in (Kind.SHARE, Kind.ESTIMATE)
        else (),
        estimate=estimate_card(mission, figure, as_of=as_of),
        by_area=area_estimates(mission, figure, areas, as_of=as_of, viewer=viewer),
        dependence=dependence_of(mission, figure, as_of=as_of, viewer=viewer),
    )


def _segments(figure: Figure) -> tuple[Segment, ...]:
    if figure.numerator is None or figure.denominator is None or figure.kind is not Kind.SHARE:
        return ()
    rest = figure.denominator - figure.numerator
    return (
        Segment(figure.title, figure.numerator, "q5", str(figure.key), False),
        Segment(figure.title, rest, "rest", "", False),
    )


def _no_interval(figure: Figure) -> Text | None:
    try:
        figure.interval_or_refuse()
    except RefusedFigureError as error:
        return error.text() if figure.kind in (Kind.SHARE, Kind.ESTIMATE) else None
    return None


def _contribution(row: Mapping[str, Any]) -> Contribution:
    outcome = str(row.get("outcome", ""))
    report = str(row.get("report", row["row"]))
    return Contribution(row, _words(outcome), outcome in LEFT_OUT, report)


def _words(code: str) -> Words:
    return OUTCOMES.get(code) or REASONS.get(code) or code
