"""What can be checked of figures without their rows: do the published tallies agree with each other?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from paragraph8.domain.estimates import Estimate, Interval
from paragraph8.domain.figures import Basis, Figure, Key, Kind
from paragraph8.statistics.observations import SEVERAL
from paragraph8.statistics.samples import interval_of

from .disclosure import SEEN_BY_TEAMS, own_reason
from .found import Found
from .labels import WITHHELD
from .verdict import Line, State, failed, note

_WITHHELD = "its rows are withheld, because they would show single polling stations, teams and times"
_INSIDE = "its rows are withheld, because publishing rows is a decision of its own"
SHARES = "estimate@1"
"""The method of which value, standard error, n and degrees of freedom give the interval again."""
_BY_ANSWER = ("answer", "at-least")
"""Measures whose denominator and left out together are all observations."""


def check_arithmetic(found: Found) -> Iterator[Line]:
    """One line per figure, and one per contradiction among figures."""
    figures = found.figures
    contradictions = {
        **_against_itself(figures),
        **_against_disclosure(found),
        **_against_the_form(figures),
        **_against_each_other(figures),
        **_against_the_whole(figures),
        **_against_what_it_rests_on(found),
    }
    for key, figure in sorted(figures.items()):
        subject = f"figure {key}"
        if key in contradictions:
            yield failed(subject, f"{contradictions[key]}; {found.quoting([key])}")
        else:
            yield Line(subject, State.ARITHMETIC, _not_recomputed(figure))
    for key, reason in sorted(found.withheld.items()):
        yield note(f"figure {key}", str(WITHHELD[reason]))
    yield from _several_answers(found)


def _not_recomputed(figure: Figure) -> str:
    tally = _tally(figure)
    if figure.rows is None:
        return f"{tally}; not recomputable: it has no rows, its source is {figure.source or 'not given'}"
    return f"{tally}; not publicly recomputable: {_WITHHELD if figure.basis in SEEN_BY_TEAMS else _INSIDE}"


def _tally(figure: Figure) -> str:
    if figure.kind is Kind.SHARE:
        return f"{figure.numerator} of {figure.denominator}, left out {figure.left_out_total()}"
    if figure.kind is Kind.YES_NO:
        return "yes" if figure.value else "no"
    return spelled_estimate(figure) if figure.estimate is not None else f"{figure.value}"


def spelled_estimate(figure: Figure) -> str:
    """An estimate in one line."""
    estimate, interval = figure.estimate, figure.interval
    if estimate is None:
        return ""
    bounds = f" ({interval.low} to {interval.high})" if interval else ""
    return f"{estimate.value}{bounds}, {estimate.n} answers of {estimate.drawn} drawn"


def _against_itself(figures: Mapping[str, Figure]) -> dict[str, str]:
    """The numbers of an estimate fit each other: inside its interval, which follows from what stands beside it, and
    answers and left out are the sample."""
    wrong = {}
    for key, figure in figures.items():
        estimate, interval = figure.estimate, figure.interval
        if estimate is None or estimate.value is None:
            continue
        value = Decimal(estimate.value)
        if not figure.key.dimension("area") and estimate.n + figure.left_out_total() != estimate.drawn:
            wrong[key] = f"{estimate.n} answers and {figure.left_out_total()} left out are not {estimate.drawn} drawn"
        elif interval is not None and not Decimal(interval.low) <= value <= Decimal(interval.high):
            wrong[key] = f"{estimate.value} lies outside {interval.low} to {interval.high}"
        elif interval is not None and figure.method == SHARES and interval_again(estimate, interval) != interval:
            wrong[key] = "value, standard error, n and degrees of freedom give another interval"
    return wrong


def interval_again(estimate: Estimate, interval: Interval) -> Interval | None:
    """The interval that follows from the published numbers; the published one where the two agree."""
    try:
        computed = interval_of(estimate, method=interval.method)
    except (LookupError, ValueError, ArithmeticError):
        return None
    return interval if computed is not None and computed.agrees(interval) else computed


def _against_disclosure(found: Found) -> dict[str, str]:
    """Nothing is public that the rules of disclosure keep inside, and everything public is committed to."""
    wrong = {}
    for key, figure in found.figures.items():
        reason = own_reason(figure)
        if reason:
            wrong[key] = f"must not be public ({reason})"
        elif key in found.withheld:
            wrong[key] = "is listed as withheld and published"
        elif figure.rows is not None and key not in found.commitments:
            wrong[key] = "has no commitment to its rows"
    return wrong


def _against_the_form(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Denominator and left out make up the observations of the form."""
    wrong = {}
    for key, figure in figures.items():
        if figure.key.measure not in _BY_ANSWER or figure.key.dimension("unit"):
            continue
        where = {name: figure.key.dimension(name) for name in ("form", "area") if figure.key.dimension(name)}
        reports = figures.get(str(Key.of(figure.key.app, "observations", **where)))
        together = (figure.denominator or 0) + figure.left_out_total()
        if reports is not None and reports.value != together:
            parts = f"{figure.denominator} answers and {figure.left_out_total()} left out"
            wrong[key] = f"{parts} are not the {reports.value} observations of the form"
        elif figure.n_stations is not None and figure.n_stations > (figure.denominator or 0):
            wrong[key] = f"{figure.denominator} observations cannot come from {figure.n_stations} polling stations"
    return wrong


def _questions(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    """Shares that divide up one set of reports: same form, question, area and unit."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.key.measure == "answer":
            rest = tuple(pair for pair in figure.key.dimensions if pair[0] != "answer")
            groups[figure.key.app, rest].append(figure)
    yield from groups.values()


def _against_each_other(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Answers of one question share a denominator, and a joint answer is no more than its parts."""
    wrong = {}
    for group in _questions(figures.values()):
        by_answer = {figure.key.dimension("answer"): figure for figure in group}
        denominators = sorted({figure.denominator or 0 for figure in group})
        if len(denominators) > 1:
            reason = f"answers of one question have different denominators ({', '.join(map(str, denominators))})"
            wrong.update({str(figure.key): reason for figure in group})
        for answer, figure in by_answer.items():
            parts = [by_answer.get(part) for part in answer.split(SEVERAL)]
            known = [part.numerator or 0 for part in parts if part is not None]
            joint = figure.numerator or 0
            if len(parts) > 1 and known and (joint < max(known) or (len(known) == len(parts) and joint > sum(known))):
                wrong[str(figure.key)] = f"{joint} is not what its parts make ({' + '.join(map(str, known))})"
    return wrong


def _against_the_whole(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Regions together are no more than the whole."""
    groups: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures.values():
        if figure.key.dimension("area") and not figure.key.dimension("unit") and figure.basis is Basis.OBSERVED:
            dimensions = {name: value for name, value in figure.key.dimensions if name != "area"}
            groups[str(Key.of(figure.key.app, figure.key.measure, **dimensions))].append(figure)
    wrong = {}
    for whole, parts in groups.items():
        if whole not in figures:
            continue
        for name in ("value", "numerator", "denominator"):
            total, together = getattr(figures[whole], name), sum(getattr(part, name) or 0 for part in parts)
            if total is not None and together > total:
                wrong[whole] = f"the regions together have {together}, the whole has {total} ({name})"
    return wrong


def _against_what_it_rests_on(found: Found) -> dict[str, str]:
    """A derived figure stands beside the figures that it is derived from."""
    there = found.figures.keys() | found.withheld.keys()
    wrong = {}
    for key, figure in found.figures.items():
        missing = [str(rest) for rest in figure.inputs if str(rest) not in there]
        if missing:
            wrong[key] = f"rests on {', '.join(missing)}, and no such figure is in the folder"
    return wrong


def _several_answers(found: Found) -> Iterator[Line]:
    """Single answers that add up to more than the whole are right only where several answers may be given."""
    for group in _questions(found.figures.values()):
        singles: Sequence[Figure] = [figure for figure in group if SEVERAL not in figure.key.dimension("answer")]
        together = sum(figure.numerator or 0 for figure in singles)
        first = singles[0] if singles else group[0]
        if together > (first.denominator or 0) and not first.key.dimension("unit"):
            question = f"question {first.key.dimension('question')} of {first.key.dimension('form')}"
            yield note(
                question,
                f"its answers add up to {together} of {first.denominator}: right only if several may be given",
            )
