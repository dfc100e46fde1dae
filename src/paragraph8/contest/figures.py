"""Figures of the election observed: who stands, voter registers, deadlines, what may be said against earlier elections,
and results as their authors give them, which are never the mission's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.contests import (
    COUNTS,
    DEADLINE_STATES,
    MEASURES,
    STANDINGS,
    VOTERS,
    Count,
    DeadlineState,
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
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.methods import compute as compute_method

from .populations import STANDING, Populations

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
    return [FigureSpec(key=key, title=_title(held, key), kind=_kind(key), unit=_unit(key)) for key in keys]


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
            return "voter-snapshots"
        case "deadlines":
            return "deadlines"
        case "record" | "first":
            return Populations.series(key)
        case _:
            return f"results-{key.dimension('version')}"


def _offered(held: Populations) -> Iterable[Key]:
    """The keys of the catalogue."""
    contests = held.contests()
    several = [{"contest": code} for code in contests] if len(contests) > 1 else []
    if held.rows(STANDING):
        for where in ({}, *several):
            yield Key.of(APP, "contestants", **where)
            yield Key.of(APP, "contestants", gender="f", **where)
            yield Key.of(APP, "contestants", ever=Standing.NOMINATED.value, **where)
            yield Key.of(APP, "contestants", ever=Standing.NOMINATED.value, gender="f", **where)
        for status in Standing:
            if any(row["status"] == status for row in held.rows(STANDING)):
                yield Key.of(APP, "contestants", status=status.value)
    for category in Voters:
        if any(row["category"] == category and not row["area"] for row in held.rows("voter-snapshots")):
            yield _voters(category)
    if held.rows("deadlines"):
        yield Key.of(APP, "deadlines")
    for measure in Measure:
        for where in ({}, *several):
            yield Key.of(APP, "record", measure=measure.value, **where)
            yield Key.of(APP, "first", measure=measure.value, **where)
    for version in held.versions():
        for row in held.rows(f"results-{version.code}"):
            if row["n"] is not None and not row["area"] and not row["station"]:
                yield _result_key(version.code, row)
        if held.turnout(version.code):
            yield Key.of(APP, "turnout", version=version.code)


def _voters(category: Voters) -> Key:
    return Key.of(APP, "voters", **({} if category is Voters.ALL else {"category": category.value}))


def _result_key(version: str, row: Mapping[str, Any]) -> Key:
    if row["line"] == Count.VOTES:
        return Key.of(APP, "votes", contestant=row["contestant"], version=version)
    return Key.of(APP, "votes", line=row["line"], version=version)


def _known(held: Populations, key: Key) -> bool:
    """Whether a key is one of the room's; a misspelt part must not become a zero."""
    kind = _KINDS.get(key.measure)
    given = dict(key.dimensions)
    if key.app != APP or kind is None or not given.keys() <= kind.dimensions or not held.fits(given):
        return False
    match key.measure:
        case "contestants":
            return bool(held.rows(STANDING)) and not ("status" in given and "ever" in given)
        case "deadlines":
            return bool(held.rows("deadlines"))
        case "record" | "first":
            return given.get("measure") in set(Measure)
        case "votes" | "turnout":
            return bool(given.get("version"))
        case _:
            return True


def _figure(held: Populations, key: Key, as_of: int) -> Figure | None:
    rows = held.rows(_population(key))
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
        title=_title(held, key),
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


def _title(held: Populations, key: Key) -> Text:
    """What the figure is, with whatever narrows it."""
    base = _base_title(held, key)
    narrowed = [
        part
        for part in (
            held.name_of_contest(key.dimension("contest")),
            held.name_of_area(key.dimension("area")),
            Text.of(dict.fromkeys(("en", "kk", "ru"), key.dimension("station") or key.dimension("day"))),
        )
        if str(part)
    ]
    return _joined(base, *narrowed)


def _base_title(held: Populations, key: Key) -> Text:
    match key.measure:
        case "contestants":
            return _standing_title(key)
        case "voters":
            return _capital(VOTERS[Voters(key.dimension("category", Voters.ALL.value))])
        case "deadlines":
            return _joined(_DEADLINES, DEADLINE_STATES[DeadlineState.MET])
        case "record" | "first":
            return _joined(_CLAIMS[key.measure], MEASURES[Measure(key.dimension("measure"))])
        case "turnout":
            return _joined(_TURNOUT, held.name_of_version(key.dimension("version")))
        case _:
            line = Count(key.dimension("line", Count.VOTES.value))
            who = held.name_of_contestant(key.dimension("contestant"))
            return _joined(_capital(COUNTS[line]), *((who,) if line is Count.VOTES else ()),
                           held.name_of_version(key.dimension("version")))


def _standing_title(key: Key) -> Text:
    status, ever = key.dimension("status"), key.dimension("ever")
    words = [STANDINGS[Standing(status)]] if status else []
    words += [_joined(STANDINGS[Standing(ever)], _EVER)] if ever else []
    if key.dimension("gender"):
        words.append(_GENDERS[key.dimension("gender")])
    return _joined(_CONTESTANTS if status or ever else _ON_BALLOT, *words)


_CONTESTANTS = Text.of({"en": "Contestants", "kk": "Үміткерлер", "ru": "Кандидаты и выдвинутые"})
_ON_BALLOT = Text.of({"en": "Registered candidates", "kk": "Тіркелген кандидаттар", "ru": "Зарегистрированные кандидаты"})
_EVER = Text.of({"en": "at any time", "kk": "кез келген уақытта", "ru": "когда-либо"})
_GENDERS = {
    "f": Text.of({"en": "women", "kk": "әйелдер", "ru": "женщины"}),
    "m": Text.of({"en": "men", "kk": "ерлер", "ru": "мужчины"}),
    "x": Text.of({"en": "neither", "kk": "басқа", "ru": "другое"}),
}
_DEADLINES = Text.of({"en": "Legal deadlines", "kk": "Заңды мерзімдер", "ru": "Законные сроки"})
_TURNOUT = Text.of(
    {
        "en": "Voters who received a ballot, of those registered",
        "kk": "Тіркелгендердің ішінде бюллетень алғандары",
        "ru": "Получившие бюллетени, из числа зарегистрированных",
    }
)
_CLAIMS = {
    "record": Text.of(
        {
            "en": "More than at any earlier election",
            "kk": "Бұрынғы сайлаулардың бәріндегіден көп",
            "ru": "Больше, чем на любых прежних выборах",
        }
    ),
    "first": Text.of({"en": "For the first time", "kk": "Тұңғыш рет", "ru": "Впервые"}),
}


def _joined(first: Text, *others: Text) -> Text:
    """“Registered candidates: women, North”, in each language."""
    return Text.of(
        {
            language: ": ".join(
                filter(None, [first.shown(language).string, ", ".join(o.shown(language).string for o in others)])
            )
            for language in ("en", "kk", "ru")
        }
    )


def _capital(text: Text) -> Text:
    return Text.of({language: string[:1].upper() + string[1:] for language, string in text.strings})
