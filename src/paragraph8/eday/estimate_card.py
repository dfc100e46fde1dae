"""An estimate as the page of its figure shows it, and the same estimate region by region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.translation import get_language

from paragraph8.accounts.permissions import Viewer
from paragraph8.documents.estimates import estimate_facts
from paragraph8.documents.labels import LABELS
from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import figures
from paragraph8.missions.models import Area, Mission
from paragraph8.samples.recorded import draws_recorded, is_told
from paragraph8.statistics.estimation.gates import Showing, of_proportion
from paragraph8.wording.admission import refuse_imprecise
from paragraph8.wording.estimated import is_fine
from paragraph8.wording.languages import NO_BREAK_SPACE, SHIPPED
from paragraph8.wording.numbers import format_decimals
from paragraph8.wording.refusals import WordingError
from paragraph8.wording.sentences import render

from .figures import APP


@dataclass(frozen=True, kw_only=True)
class EstimateCard:
    """`value`, `low`, `high` as they are read; empty where there are none. `phrase` is how a text says it, `refused`
    why no text may, `review` why a statistician should look first. `secret` while the stations of the sample may not be
    shown; `name` is that of the draw."""

    value: str
    low: str
    high: str
    n: int
    reported: int
    drawn: int
    facts: tuple[tuple[Text, str], ...]
    phrase: str = ""
    refused: Text | None = None
    review: tuple[Text, ...] = ()
    secret: bool = False
    name: str = ""


@dataclass(frozen=True)
class AreaEstimate:
    """One region. `few` where too few stations answered for an estimate."""

    title: Text
    key: Key
    n: int
    few: bool
    card: EstimateCard


def estimate_card(mission: Mission, figure: Figure, *, as_of: int) -> EstimateCard | None:
    """The card of an estimate; `None` for any other figure."""
    card = _card(figure)
    if card is None or figure.key.app != APP:
        return card
    draws = {str(number): draw for number, draw in draws_recorded(mission, as_of=as_of)}
    draw = draws[figure.key.dimension("sample")]
    return EstimateCard(**{**vars(card), "secret": not is_told(draw, as_of=as_of), "name": draw.request.name})


def area_estimates(
    mission: Mission, figure: Figure, areas: Mapping[str, Area], *, as_of: int, viewer: Viewer
) -> tuple[AreaEstimate, ...]:
    """The estimate in each region that stations were drawn in; none for a figure that is no estimate of the whole."""
    if figure.estimate is None or figure.key.app != APP or figure.key.dimension("area"):
        return ()
    keys = {code: figure.key.within(code) for code in areas}
    found = figures(mission, keys.values(), as_of=as_of, viewer=viewer)
    return tuple(_of_area(areas[code], found[key]) for code, key in keys.items() if _drawn(found[key]))


def _of_area(area: Area, figure: Figure) -> AreaEstimate:
    card = _card(figure)
    if card is None:
        raise TypeError(f"{figure.key} is no estimate")
    return AreaEstimate(area.title(), figure.key, card.n, card.refused is not None, card)


def _drawn(figure: Figure) -> int:
    return figure.estimate.drawn if figure.estimate else 0


def _card(figure: Figure) -> EstimateCard | None:
    estimate, interval = figure.estimate, figure.interval
    if estimate is None:
        return None
    language = _language()
    refused, phrase = None, ""
    try:
        refuse_imprecise(figure)
        phrase = render(f"{{{figure.key}:estimate|nom}}", {str(figure.key): figure}, language).text
    except WordingError as error:
        refused = error.text
    return EstimateCard(
        value=_per_cent(figure, estimate.value, ROUND_HALF_UP, language),
        low=_per_cent(figure, interval.low, ROUND_FLOOR, language) if interval else "",
        high=_per_cent(figure, interval.high, ROUND_CEILING, language) if interval else "",
        n=estimate.n,
        reported=estimate.reported,
        drawn=estimate.drawn,
        facts=tuple(_facts(figure, language)),
        phrase=phrase,
        refused=refused,
        review=() if refused else _review(figure),
    )


def _review(figure: Figure) -> tuple[Text, ...]:
    """Why a statistician should look before this is told."""
    estimate = figure.estimate
    if estimate is None or estimate.value is None or estimate.standard_error is None:
        return ()
    verdict = of_proportion(float(estimate.value), float(estimate.standard_error) ** 2, estimate.n, estimate.df)
    return tuple(reason.text() for reason in verdict.reasons) if verdict.showing is Showing.REVIEW else ()


def _facts(figure: Figure, language: str) -> Iterator[tuple[Text, str]]:
    for code, value in estimate_facts(figure, language):
        yield LABELS[code], value


def _per_cent(figure: Figure, spelled: str | None, rounding: str, language: str) -> str:
    """A share as a per cent; bounds are rounded outward."""
    if spelled is None:
        return ""
    places = int(is_fine(figure))
    number = Decimal(spelled).scaleb(2).quantize(Decimal(1).scaleb(-places), rounding)
    return format_decimals(number, places, language) + (f"{NO_BREAK_SPACE}%" if language == "ru" else "%")


def _language() -> str:
    tag = get_language() or "en"
    return tag if tag in SHIPPED else "en"
