"""Figures of the election observed: who stands, voter registers, deadlines, what may be said against earlier elections,
and results as their authors give them, which are never the mission's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.contests import (
    Count,
    Measure,
    Standing,
    Voters,
)
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
from paragraph8.missions.models import Mission
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.methods import compute as compute_method

from .populations import DEADLINES, STANDING, VOTER_SNAPSHOTS, Populations
from .titles import title_of

APP = "contest"
REPORTED = ("votes", "turnout")


@dataclass(frozen=True)
class _Kind:
    """What a measure is: its method, its unit, the dimensions its key may have."""

    method: str
    unit: Unit
    dimensions: frozenset[str]


_KINDS: Mapping[str, _Kind] = {
    "contestants": _Kind("standing@1", Unit.CONTESTANT, frozenset({"contest", "day", "ever", "gender", "status"})),
    "voters": _Kind("newest@1", Unit.VOTER, frozenset({"area", "category", "day"})),
    "deadlines": _Kind("deadlines@1", Unit.DEADLINE, frozenset()),
    "record": _Kind("record@1", Unit.CONTESTANT, frozenset({"contest", "measure"})),
    "first": _Kind("first-time@1", Unit.CONTESTANT, frozenset({"contest", "measure"})),
    "votes": _Kind("reported@1", Unit.VOTE, frozenset({"area", "contestant", "line", "station", "version"})),
    "turnout": _Kind("reported-share@1", Unit.VOTER, frozenset({"area", "station", "version"})),
}
_METHOD = {measure: kind.method for measure, kind in _KINDS.items()}
_UNITS = {
    Count.RECEIVED.value: Unit.VOTER,
    Count.REGISTERED.value: Unit.VOTER,
    Count.INVALID.value: Unit.BALLOT,
}


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """What the room can compute as things stand. Claims without a complete series are not in it: they are gaps."""
    held = Populations(mission)
    keys = [key for key in _offered(held) if held.gap(key) is None]
    return [FigureSpec(key=key, title=title_of(held, key), kind=_kind(key), unit=_unit(key)) for key in keys]


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures as of a change; a key that the room does not know is left out of the answer.

    Raises `RefusedFigureError` ("no-series") for a record or a first time without a complete series.
    """
    held = Populations(mission, as_of)
    wanted = [key for key in keys if _known(held, key)]
    gaps = [key for key in wanted if held.gap(key) is not None]
    if gaps:
        raise RefusedFigureError("no-series", *gaps)
    figures = {key: _figure(held, key, as_of) for key in wanted}
    return {key: figure for key, figure in figures.items() if figure is not None}


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:
    """The rows of everything that the room computes from."""
    held = Populations(mission, as_of)
    return {name: Population(name, tuple(held.rows(name))) for name in held.names() if held.rows(name)}


def population_of(key: Key) -> str:
    """The population that a figure rests on."""
    return _population(key)


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:  # noqa: ARG001
    """The rows behind a figure: registers, calendars and published results are public."""
    return Populations(mission, as_of).rows(_population(key)) if key.measure in _KINDS else []


def _population(key: Key) -> str:
    match key.measure:
        case "contestants":
            return STANDING
        case "voters":
            return VOTER_SNAPSHOTS
        case "deadlines":
            return DEADLINES
        case "record" | "first":
            return Populations.series(key)
        case _:
            return f"results-{key.dimension('version')}"


def _offered(held: Populations) -> Iterable[Key]:
    """The keys of the catalogue."""
    contests = held.contests()
    everywhere: list[dict[str, str]] = [{}]
    if len(contests) > 1:
        everywhere += [{"contest": code} for code in contests]
    yield from _offered_standing(held, everywhere)
    for category in Voters:
        if any(row["category"] == category and not row["area"] for row in held.rows(VOTER_SNAPSHOTS)):
            yield Key.of(APP, "voters", **({} if category is Voters.ALL else {"category": category.value}))
    if held.rows(DEADLINES):
        yield Key.of(APP, "deadlines")
    for measure in Measure:
        for where in everywhere:
            yield Key.of(APP, "record", measure=measure.value, **where)
            yield Key.of(APP, "first", measure=measure.value, **where)
    for version in held.versions():
        yield from _offered_results(held, version.code)


def _offered_standing(held: Populations, everywhere: Iterable[Mapping[str, str]]) -> Iterable[Key]:
    if not held.rows(STANDING):
        return
    for where in everywhere:
        yield Key.of(APP, "contestants", **where)
        yield Key.of(APP, "contestants", gender="f", **where)
        yield Key.of(APP, "contestants", ever=Standing.NOMINATED.value, **where)
        yield Key.of(APP, "contestants", ever=Standing.NOMINATED.value, gender="f", **where)
    for status in sorted({row["status"] for row in held.rows(STANDING)}):
        yield Key.of(APP, "contestants", status=status)


def _offered_results(held: Populations, version: str) -> Iterable[Key]:
    for row in held.whole(version):
        if row["n"] is None:
            continue
        if row["line"] == Count.VOTES:
            yield Key.of(APP, "votes", contestant=row["contestant"], version=version)
        else:
            yield Key.of(APP, "votes", line=row["line"], version=version)
    if held.turnout(version):
        yield Key.of(APP, "turnout", version=version)


def _known(held: Populations, key: Key) -> bool:
    """Whether a key is one of the room's; a misspelt part must not become a zero."""
    kind = _KINDS.get(key.measure)
    given = dict(key.dimensions)
    if key.app != APP or kind is None or not given.keys() <= kind.dimensions or not held.fits(given):
        return False
    asked = {
        "contestants": bool(held.rows(STANDING)) and not {"status", "ever"} <= given.keys(),
        "voters": True,
        "deadlines": bool(held.rows(DEADLINES)),
        "record": given.get("measure") in set(Measure),
        "first": given.get("measure") in set(Measure),
        "votes": "version" in given and ("contestant" in given) is not ("line" in given),
        "turnout": "version" in given,
    }
    return asked[key.measure]


def _figure(held: Populations, key: Key, as_of: int) -> Figure | None:
    rows = held.behind(key, _population(key))
    tally = compute_method(_KINDS[key.measure].method, rows, key)
    if _kind(key) is Kind.SHARE and (tally.numerator is None or tally.denominator is None):
        return None
    if _kind(key) is not Kind.SHARE and tally.value is None:
        return None
    return Figure(
        key=key,
        kind=_kind(key),
        basis=Basis.REPORTED if key.measure in REPORTED else Basis.REGISTER,
        origin=Origin.REAL,
        unit=_unit(key),
        title=title_of(held, key),
        as_of=as_of,
        method=_KINDS[key.measure].method,
        value=tally.value,
        numerator=tally.numerator,
        denominator=tally.denominator,
        left_out=tally.left_out,
        inputs=held.inputs(key),
        source=held.source(key, _population(key)),
    )


def _kind(key: Key) -> Kind:
    return METHODS[_KINDS[key.measure].method].kind


def _unit(key: Key) -> Unit:
    if key.measure in ("record", "first") and key.dimension("measure") == Measure.VOTERS:
        return Unit.VOTER
    if key.measure == "votes":
        return _UNITS.get(key.dimension("line"), Unit.VOTE)
    return _KINDS[key.measure].unit
