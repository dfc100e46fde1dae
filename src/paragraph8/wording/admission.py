"""What a figure may carry into a text: its numbers, its unit's noun, or a refusal."""

from __future__ import annotations

from paragraph8.domain.estimates import Scale
from paragraph8.domain.figures import Audience, Basis, Figure, Kind, Unit
from paragraph8.statistics.estimation.gates import Showing, of_proportion

from .languages import UnknownLanguageError, locale
from .nouns import LEXICON, Noun, noun_of
from .refusals import WordingError
from .templates import Quotation

LEAST_REPORTED = 2
"""One of so many drawn stations must have reported before a text may speak for the others: those that report early are
more often in towns, and no interval knows how the silent ones differ."""
COMPLETE = "complete"
"""Method of the interval of a frame that answered whole: there is no chance left that a gate could ask about."""
RATIO = "wald-t"
"""Method of the interval of a ratio of totals, such as votes over votes in a quick count. It is no share of stations,
so that standards for proportions do not speak of it; a quick count has the gate of its own plan."""


def refuse_unknown_language(language: str) -> None:
    """Raise `WordingError` for a language of which CLDR knows nothing."""
    try:
        locale(language)
    except UnknownLanguageError as error:
        raise WordingError("unknown-language", language=str(language)) from error


def refuse_withheld(figure: Figure) -> None:
    """Raise `WordingError` for a figure that no text may hold: the mission's own, a result seen in protocols, or an
    estimate that says too little."""
    if figure.kind is Kind.SPREAD or figure.audience is Audience.ROOM:
        raise WordingError("room-only")
    turnout = figure.kind is Kind.SHARE and figure.unit in (Unit.VOTER, Unit.BALLOT)
    if figure.basis is Basis.OBSERVED and (figure.unit is Unit.VOTE or turnout):
        raise WordingError("reconciliation-only")
    refuse_imprecise(figure)


def refuse_imprecise(figure: Figure) -> None:
    """Raise `WordingError` for an estimate without an interval, or one that says too little by the standards of the
    gates (`statistics.estimation.gates`)."""
    estimate, interval = figure.estimate, figure.interval
    if estimate is None:
        return
    if estimate.value is None or estimate.standard_error is None or interval is None:
        raise WordingError("too-few-for-interval")
    if LEAST_REPORTED * estimate.reported < estimate.drawn:
        raise WordingError("few-reported", key=str(figure.key), reported=estimate.reported, drawn=estimate.drawn)
    if estimate.scale is not Scale.SHARE or interval.method in (COMPLETE, RATIO):
        return
    verdict = of_proportion(float(estimate.value), float(estimate.standard_error) ** 2, estimate.n, estimate.df)
    if verdict.showing is Showing.SUPPRESSED:
        raise WordingError("imprecise", key=str(figure.key), why=verdict.reasons[0].text())


def share_of(quotation: Quotation, figure: Figure) -> tuple[int, int]:
    """Numerator and denominator. Raises `WordingError` when the figure is no share."""
    if figure.kind is Kind.YES_NO:
        raise WordingError("yes-or-no", key=str(figure.key))
    if figure.kind is not Kind.SHARE or figure.numerator is None or figure.denominator is None:
        raise WordingError("needs-share", format=quotation.name, key=str(figure.key))
    return figure.numerator, figure.denominator


def number_of(figure: Figure) -> int:
    """The numerator of a share, or the value of a count. Raises `WordingError` when there is none, and for a figure
    that says yes or no."""
    if figure.kind is Kind.YES_NO:
        raise WordingError("yes-or-no", key=str(figure.key))
    n = figure.numerator if figure.kind is Kind.SHARE else figure.value
    if n is None:
        raise WordingError("no-value", key=str(figure.key))
    return n


def refuse_unless_yes(figure: Figure) -> None:
    """Raise `WordingError` unless the figure says yes."""
    if figure.kind is not Kind.YES_NO:
        raise WordingError("needs-yes-or-no", key=str(figure.key))
    if figure.value != 1:
        raise WordingError("not-so", key=str(figure.key), title=figure.title)


def named_noun(quotation: Quotation, figure: Figure, name: str, others: tuple[str, ...] = ()) -> Noun:
    """The noun that a template names, `unit` being the figure's own.

    Raises `WordingError` when there is no such noun (`others` is what else could have stood there) and when it names
    another unit than the figure's.
    """
    own = noun_of(figure.unit)
    noun = own if name == "unit" else LEXICON.get(name)
    if noun is None:
        raise unknown_inflection(quotation, (*others, "unit", *LEXICON))
    if not noun.fits(figure.unit):
        raise WordingError("other-unit", key=str(figure.key), unit=own.name(), noun=noun.name())
    return noun


def unknown_inflection(quotation: Quotation, known: tuple[str, ...]) -> WordingError:
    """The refusal of an inflection, with what could have stood there."""
    return WordingError(
        "unknown-inflection", format=quotation.name, inflection=quotation.inflection, known=", ".join(known) or "–"
    )
