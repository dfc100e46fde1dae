"""From the counts of a form's observations to its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from paragraph8.domain.figures import Audience, Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.forms import Form, Option, Question
from paragraph8.domain.text import Text
from paragraph8.statistics.methods import METHODS, Method
from paragraph8.statistics.observations import SEVERAL
from paragraph8.statistics.tallies import Tallies

METHOD = {
    "answer": "answer@1",
    "at-least": "at-least@1",
    "part": "part@1",
    "spread": "spread@1",
    "observations": "observations@1",
}
"""The method that counts each measure."""


def method_of(key: Key) -> Method:
    """The method by which a figure of observations is computed."""
    return METHODS[METHOD[key.measure]]


def figures_of(tallies: Tallies, form: Form, keys: Iterable[Key], *, origin: Origin, as_of: int) -> dict[Key, Figure]:
    """The figures of one form from the counts of its rows."""
    return {key: _figure(method_of(key), tallies, key, title, origin, as_of) for key, title in _titled(form, keys)}


def _figure(method: Method, tallies: Tallies, key: Key, title: Text, origin: Origin, as_of: int) -> Figure:
    tally = method.tally(tallies, key)
    return Figure(
        key=key,
        kind=method.kind,
        basis=Basis.OBSERVED,
        origin=origin,
        unit=_unit(key),
        title=title,
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


def _titled(form: Form, keys: Iterable[Key]) -> Iterator[tuple[Key, Text]]:
    """The keys with the titles of their figures; one in an area is called as the whole."""
    titles: dict[tuple[str, str], Text] = {}
    for key in keys:
        name = (key.dimension("question"), key.dimension("answer"))
        if name not in titles:
            question = form.question(name[0])
            titles[name] = title_of(question, _options(form, question, key)) if question else form.title
        yield key, titles[name]


def _options(form: Form, question: Question, key: Key) -> list[Option]:
    scale = form.scale(question)
    codes = key.dimension("answer").split(SEVERAL)
    return [option for option in scale.options if option.code in codes] if scale else []


def _unit(key: Key) -> Unit:
    if key.dimension("unit") == "station":
        return Unit.STATION
    return Unit.PERSON if key.measure == "part" else Unit.OBSERVATION


def title_of(question: Question, options: Sequence[Option]) -> Text:
    """What a figure is called: its question, and the answers it counts."""
    if not options:
        return question.title
    languages = question.title.languages()
    return Text.of(
        {
            tag: f"{question.title.shown(tag).string}: " + ", ".join(o.title.shown(tag).string for o in options)
            for tag in sorted(languages)
        }
    )
