"""Questions with their answers counted, as rooms print them: figures by key in, one line per question out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.forms import Form, Kind, Question, Use
from paragraph8.domain.text import Text

from .figures import APP, answer_key

_AT_LEAST_ONE = Text.of({"en": "at least one", "kk": "кемінде бір", "ru": "не менее одного"})
_NONE = Text.of({"en": "none", "kk": "жоқ", "ru": "ни одного"})


@dataclass(frozen=True)
class Segment:
    """One answer of a question: how many gave it, the class that colours it, the figure that says so."""

    title: Text
    n: int
    tone: str
    key: str
    negative: bool


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question with its answers. `several` when one report may give more than one, so that they are no whole."""

    form: Form
    question: Question
    segments: tuple[Segment, ...]
    answered: int
    left_out: int
    negative: Figure | None
    several: bool = False

    def drawn(self) -> tuple[Segment, ...]:
        """Negative answers against all others, for a bar that shows nothing else."""
        against = (self.negative.numerator or 0) if self.negative else 0
        return (
            Segment(self.question.title, against, "a4", "", True),
            Segment(self.question.title, self.answered - against, "rest", "", False),
        )


@dataclass(frozen=True)
class Reader:
    """Figures by key, for the whole mission or a part of it: an area, a setting, a type of station."""

    known: Mapping[Key, Figure]
    where: Mapping[str, str] = field(default_factory=dict)

    def observations(self, form: Form) -> int:
        """How many observations of the form there are."""
        figure = self.known.get(Key.of(APP, "observations", form=form.code, **self.where))
        return (figure.value or 0) if figure else 0

    def items(self, form: Form) -> Iterator[Item]:
        """Each question of the form that has answers to count, in the order of the form."""
        for question in form.questions():
            if question.use is not Use.PLAIN:
                continue
            if question.kind is Kind.INTEGER:
                yield from self._number(form, question)
            elif question.kind in (Kind.CHOICE, Kind.CHOICES):
                yield from self._choice(form, question)

    def _choice(self, form: Form, question: Question) -> Iterator[Item]:
        scale = form.scale(question)
        options = scale.options if scale else ()
        negative = form.negative(question)
        found = [self._figure(answer_key(form, question, [option.code], **self.where)) for option in options]
        if not found or None in found:
            return
        shares = [figure for figure in found if figure is not None]
        shades = tones([option.code in negative for option in options], ordered=bool(scale and scale.ordered))
        bad = [option.code for option in options if option.code in negative]
        yield Item(
            form=form,
            question=question,
            segments=tuple(
                Segment(option.title, share.numerator or 0, tone, str(share.key), option.code in negative)
                for option, share, tone in zip(options, shares, shades, strict=True)
            ),
            answered=shares[0].denominator or 0,
            left_out=shares[0].left_out_total(),
            negative=self._figure(answer_key(form, question, bad, **self.where)) if bad else None,
            several=question.kind is Kind.CHOICES,
        )

    def _number(self, form: Form, question: Question) -> Iterator[Item]:
        key = Key.of(APP, "at-least", form=form.code, question=question.code, n="1", **self.where)
        share = self._figure(key)
        if share is None or share.numerator is None or share.denominator is None:
            return
        yield Item(
            form=form,
            question=question,
            segments=(
                Segment(_AT_LEAST_ONE, share.numerator, "q4", str(key), False),
                Segment(_NONE, share.denominator - share.numerator, "rest", "", False),
            ),
            answered=share.denominator,
            left_out=share.left_out_total(),
            negative=None,
        )

    def _figure(self, key: Key) -> Figure | None:
        return self.known.get(key)


def tones(negative: Sequence[bool], *, ordered: bool) -> list[str]:
    """Classes for the answers of a scale: assessed from blue to rust; without an assessment from little to much, or
    where there is no order from the first answer to the last.

    The last negative answer has the darkest rust, which is also hatched.
    """
    if not any(negative):
        last = max(1, len(negative) - 1)
        shades = [f"q{1 + (3 * place) // last}" for place in range(len(negative))]
        return shades if ordered else shades[::-1]
    bad = sum(negative)
    good_seen = bad_seen = 0
    classes = []
    for is_bad in negative:
        if is_bad:
            bad_seen += 1
            classes.append("a4" if bad_seen == bad else "a3")
        else:
            good_seen += 1
            classes.append("a1" if good_seen == 1 else "a2")
    return classes
