"""Forms question by question: every answer counted, for the whole mission or a part of it, and one question by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.forms import Block, Form, Kind, Use
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area
from paragraph8.wording.quantifiers import LEAST_FOR_SHARE

from .figures import APP, answer_key
from .items import Item

WORST = 8
"""Lines of the list of worst items."""
FEW = 6
"""Lines of the list of items with too few answers for a share."""
SHADES = ((75, "q5"), (50, "q4"), (25, "q3"), (10, "q2"), (0, "q1"))
"""From how many per cent of negative answers on an area has which shade."""


class UnknownChoiceError(LookupError):
    """The address names a form, question or area that the mission does not have."""


@dataclass(frozen=True)
class Part:
    """A block of a form with its questions."""

    block: Block
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Tile:
    """One area: negative answers (or the first answer) of one question. `tone` is empty where they are too few."""

    area: Area
    figure: Figure
    tone: str


def area_keys(key: Key, areas: Mapping[str, Area]) -> dict[str, Key]:
    """The key of the same figure in each area; none for one that is of an area already, or has no areas."""
    if key.app != APP or key.measure == "spread" or key.dimension("area"):
        return {}
    return {code: key.within(code) for code in areas}


def shade(figure: Figure) -> str:
    """The class that colours an area by a share; empty under 30 answers, where no share is shown."""
    if figure.denominator is None or figure.numerator is None or figure.denominator < LEAST_FOR_SHARE:
        return ""
    return next(tone for least, tone in SHADES if figure.numerator * 100 >= least * figure.denominator)


def form_keys(form: Form, **where: str) -> list[Key]:
    """The keys of everything that a form's questions are shown by, in one part of the mission."""
    keys = [Key.of(APP, "observations", form=form.code, **where)]
    for question in form.questions():
        if question.use is not Use.PLAIN:
            continue
        if question.kind is Kind.INTEGER:
            keys.append(Key.of(APP, "at-least", form=form.code, question=question.code, n="1", **where))
        elif question.kind in (Kind.CHOICE, Kind.CHOICES):
            scale, bad = form.scale(question), form.negative(question)
            keys += [answer_key(form, question, [code], **where) for code in (scale.codes() if scale else ())]
            if len(bad) > 1:
                keys.append(answer_key(form, question, bad, **where))
    return keys


def assessment(items: Sequence[Item]) -> list[Item]:
    """The overall assessment of a form: its last question on an ordered scale that has grades of good and of bad.

    How often something happened has one good answer and is no assessment.
    """
    judged = [item for item in items if _is_ordered(item) and min(_grades(item)) > 1]
    return judged[-1:]


def _is_ordered(item: Item) -> bool:
    scale = item.form.scale(item.question)
    return scale is not None and scale.ordered


def _grades(item: Item) -> tuple[int, int]:
    """How many answers speak for good practice, and how many against it."""
    against = sum(segment.negative for segment in item.segments)
    return len(item.segments) - against, against


def worst(items: Sequence[Item]) -> tuple[Item, ...]:
    """Questions with enough answers for a share, by share of negative ones; overall assessments stand elsewhere."""
    overall = {id(item) for form in {item.form.code for item in items} for item in assessment(_of(items, form))}
    ranked = [item for item in items if _against(item) and item.answered >= LEAST_FOR_SHARE and id(item) not in overall]
    return tuple(sorted(ranked, key=lambda item: -_against(item) / item.answered)[:WORST])


def few(items: Sequence[Item]) -> tuple[Item, ...]:
    """Questions with negative answers among fewer than 30: counts, the most first, and in no order of shares."""
    some = [item for item in items if _against(item) and item.answered < LEAST_FOR_SHARE]
    return tuple(sorted(some, key=lambda item: -_against(item))[:FEW])


def _of(items: Sequence[Item], form: str) -> list[Item]:
    return [item for item in items if item.form.code == form]


def _against(item: Item) -> int:
    return (item.negative.numerator or 0) if item.negative else 0


def parts(form: Form, items: Sequence[Item]) -> Iterator[Part]:
    """The blocks of a form that have something to show."""
    for block in form.blocks:
        codes = {question.code for question in block.questions}
        inside = tuple(item for item in items if item.question.code in codes)
        if inside:
            yield Part(block, inside)


def spreads(known: Mapping[Key, Figure], form: Form) -> tuple[Figure, ...]:
    """The spreads of the numbers that serve reconciliation; for the mission's analysts only."""
    keys = [Key.of(APP, "spread", form=form.code, question=question.code) for question in form.questions()]
    found = (known.get(key) for key in keys)
    return tuple(figure for figure in found if figure is not None and figure.spread)


def joined(titles: Sequence[Text]) -> Text:
    """Titles of several answers as one."""
    languages = sorted({tag for title in titles for tag in title.languages()})
    return Text.of({tag: ", ".join(title.shown(tag).string for title in titles) for tag in languages})
