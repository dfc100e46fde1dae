"""Figures: the only way a number gets into a text.

A figure is a computed quantity with its whole provenance. This module is the contract between the rooms that compute
figures and the texts that quote them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .canonical import digest
from .text import Text


class Basis(StrEnum):
    """Where a figure comes from; it decides what may be said with it."""

    REGISTER = "register"
    """Counted in, or copied from, a register with a source."""
    OBSERVED = "observed"
    """Counted among observations that nobody drew at random: no interval, no trend, no projection."""
    PROBABILITY = "probability"
    """Estimated from a declared probability sample."""
    MODEL = "model"
    REPORTED = "reported"
    """Said by somebody else."""
    ASSESSED = "assessed"
    """Judged by named analysts."""


class Origin(StrEnum):
    """Whether the rows behind a figure are real."""

    REAL = "real"
    SIMULATED = "simulated"
    MIXED = "mixed"


class Unit(StrEnum):
    """What was counted. A sentence may name no other unit."""

    OBSERVATION = "observation"
    STATION = "station"
    OBSERVER = "observer"
    TEAM = "team"
    VOTER = "voter"
    CONTESTANT = "contestant"
    COUNTRY = "country"
    PERSON = "person"
    VOTE = "vote"
    BALLOT = "ballot"
    DEADLINE = "deadline"


class Kind(StrEnum):
    """The shape of a figure's value."""

    COUNT = "count"
    """`value` is a whole number."""
    SHARE = "share"
    """`numerator` of `denominator`."""
    SPREAD = "spread"
    """`spread` is least, lower quartile, median, upper quartile, greatest; stays inside the mission."""
    YES_NO = "yes-no"
    """`value` is 1 for yes and 0 for no; `unit` says what was compared."""


class Audience(StrEnum):
    """For whom rows or figures are meant."""

    ROOM = "room"
    """The mission's own analysts."""
    PUBLIC = "public"
    """Everybody: after disclosure control."""


class RefusedFigureError(ValueError):
    """The figure that was asked for would say more than its basis allows. `reason` is a code of `REFUSALS`, `keys`
    are the figures concerned, where they are known."""

    def __init__(self, reason: str, *keys: Key) -> None:
        super().__init__(f"{reason}: {REFUSALS[reason]}")
        self.reason = reason
        self.keys = keys

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return REFUSALS[self.reason]


REFUSALS: dict[str, Text] = {
    "interval-on-observations": Text.of(
        {
            "en": "No interval exists for observed counts: the stations were not drawn at random, so a margin of "
            "error would claim something about stations nobody visited.",
            "kk": "Байқалған сандар үшін сенім аралығы берілмейді: учаскелер кездейсоқ таңдалмаған, сондықтан қателік "
            "шегі ешкім бармаған учаскелер туралы тұжырым болар еді.",
            "ru": "Для чисел, полученных наблюдением, доверительного интервала нет: участки не отбирались случайно, и "
            "погрешность означала бы утверждение об участках, где никто не был.",
        }
    ),
    "reconciliation-only": Text.of(
        {
            "en": "Contestants' votes, turnout and ballots seen in protocols serve reconciliation only. A share, a sum "
            "over stations or a ranking from them would be a projection of the result.",
            "kk": "Хаттамалардағы кандидаттар алған дауыстар, сайлаушылардың қатысуы және бюллетеньдер тек сандарды "
            "салыстырып тексеруге арналған. Олардан шығарылған үлес, учаскелер бойынша қосынды немесе рет "
            "нәтижені болжау болар еді.",
            "ru": "Голоса за кандидатов, явка и бюллетени из протоколов служат только для сверки. Доля, сумма по "
            "участкам или порядок кандидатов по ним были бы прогнозом результата.",
        }
    ),
    "format-without-statistics": Text.of(
        {
            "en": "A mission of this format visits few polling stations and makes no systematic observation of "
            "election day: it says what its observers saw, and no share of observations.",
            "kk": "Мұндай форматтағы миссия аз ғана учаскеге барады және сайлау күнін жүйелі түрде байқамайды: ол "
            "байқаушыларының не көргенін айтады, бірақ байқаулардың үлесін келтірмейді.",
            "ru": "Миссия такого формата посещает немного участков и не ведет систематического наблюдения в день "
            "выборов: она сообщает, что видели ее наблюдатели, но не долю наблюдений.",
        }
    ),
    "room-only": Text.of(
        {
            "en": "The spread of the stations visited stays inside the mission: outside it reads as a result.",
            "kk": "Барған учаскелердегі шашырау миссия ішінде қалады: сыртта ол нәтиже ретінде оқылады.",
            "ru": "Разброс по посещенным участкам остается внутри миссии: снаружи он читается как результат.",
        }
    ),
    "no-series": Text.of(
        {
            "en": "There is no complete series of earlier elections with its sources, so nobody knows whether this is "
            "a record or happens for the first time. Complete the series in the contest room, or leave the words out.",
            "kk": "Бұрынғы сайлаулардың дереккөздері көрсетілген толық қатары жоқ, сондықтан мұның рекорд екені немесе "
            "тұңғыш рет болғаны белгісіз. Сайлау бөлімінде қатарды толықтырыңыз немесе бұл сөздерді алып тастаңыз.",
            "ru": "Полного ряда прежних выборов с источниками нет, поэтому неизвестно, рекорд ли это и впервые ли это "
            "произошло. Дополните ряд в разделе выборов или уберите эти слова.",
        }
    ),
    "unknown-key": Text.of(
        {
            "en": "No room of this mission computes a figure of that key.",
            "kk": "Миссияның бірде-бір бөлімі мұндай кілті бар көрсеткішті есептемейді.",
            "ru": "Ни один раздел миссии не вычисляет показатель с таким ключом.",
        }
    ),
}


_KEY = re.compile(r"(?P<app>[a-z0-9-]+)\.(?P<measure>[a-z0-9-]+)(?:\[(?P<dimensions>[^\[\]{}]*)\])?\Z")
_VALUE = re.compile(r"[^\[\]{}=,:|\s]+\Z")


@dataclass(frozen=True, order=True)
class Key:
    """The name of a figure: app, measure and sorted dimensions, with one spelling.

    `eday.answer[answer=yes,question=PA07M1P,unit=station]`. A dimension that has its default is left out by whoever
    makes the key, so that one quantity has one key.
    """

    app: str
    measure: str
    dimensions: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, app: str, measure: str, /, **dimensions: str) -> Key:
        """The key with these dimensions. Raises `ValueError` on a value that has no spelling."""
        for name, value in dimensions.items():
            if not _VALUE.match(value):
                raise ValueError(f"{name}={value!r} cannot stand in a key")
        return cls(app, measure, tuple(sorted(dimensions.items())))

    @classmethod
    def parse(cls, spelling: str) -> Key:
        """Read a key. Raises `ValueError` when it is not in its one spelling."""
        match = _KEY.match(spelling)
        if not match:
            raise ValueError(f"{spelling!r} is not a figure key")
        parts = match["dimensions"]
        pairs = [part.partition("=") for part in parts.split(",")] if parts else []
        if any(not equals or not name or not _VALUE.match(value) for name, equals, value in pairs):
            raise ValueError(f"{spelling!r} is not a figure key")
        key = cls.of(match["app"], match["measure"], **{name: value for name, _, value in pairs})
        if str(key) != spelling:
            raise ValueError(f"{spelling!r} is written {str(key)!r}")
        return key

    def dimension(self, name: str, default: str = "") -> str:
        """The value of one dimension."""
        for known, value in self.dimensions:
            if known == name:
                return value
        return default

    def without(self, name: str) -> Key:
        """The key of the same quantity without one dimension."""
        return Key(self.app, self.measure, tuple(pair for pair in self.dimensions if pair[0] != name))

    def within(self, area: str) -> Key:
        """The key of the same quantity in one area."""
        return Key.of(self.app, self.measure, **{**dict(self.dimensions), "area": area})

    def __str__(self) -> str:
        inner = ",".join(f"{name}={value}" for name, value in self.dimensions)
        return f"{self.app}.{self.measure}" + (f"[{inner}]" if inner else "")


FORMS_WITHOUT_STATION = "forms-without-station"
"""Reason in a figure by station: forms that belong to no known station, counted in forms."""


@dataclass(frozen=True)
class RowsDigest:
    """The rows a figure was computed from: name of the population, how many, SHA-256 over (row id, content hash)."""

    population: str
    n: int
    sha256: str


@dataclass(frozen=True)
class Interval:
    """Bounds of an estimate at a confidence level, all as decimal strings; only for basis *probability*."""

    low: str
    high: str
    level: str
    method: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A computed quantity with its provenance. Counts are of `unit`; `left_out` says how many units had no answer
    and why; `as_of` is a change number of the mission log; `method` is "name@version" in `statistics.methods`."""

    key: Key
    kind: Kind
    basis: Basis
    origin: Origin
    unit: Unit
    title: Text
    as_of: int
    method: str
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    spread: tuple[int, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    n_stations: int | None = None
    n_teams: int | None = None
    n_areas: int | None = None
    interval: Interval | None = None
    rows: RowsDigest | None = None
    inputs: tuple[Key, ...] = ()
    source: str = ""
    audience: Audience = Audience.PUBLIC

    def __post_init__(self) -> None:
        if self.basis is Basis.OBSERVED and self.interval is not None:
            raise RefusedFigureError("interval-on-observations")
        if self.kind is Kind.SHARE and (self.numerator is None or self.denominator is None):
            raise ValueError(f"{self.key}: a share needs a numerator and a denominator")
        if self.kind is Kind.SHARE and not 0 <= (self.numerator or 0) <= (self.denominator or 0):
            raise ValueError(f"{self.key}: {self.numerator} of {self.denominator} is no share")
        if self.kind is Kind.YES_NO and self.value not in (0, 1):
            raise ValueError(f"{self.key}: {self.value} is neither yes nor no")

    def left_out_total(self) -> int:
        """How many units stand outside the denominator; forms of unknown stations are no stations, and not counted."""
        return sum(n for reason, n in self.left_out if reason != FORMS_WITHOUT_STATION)

    def interval_or_refuse(self) -> Interval:
        """The interval, or `RefusedFigureError` with the reason why there is none."""
        if self.interval is None:
            raise RefusedFigureError("interval-on-observations")
        return self.interval

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; the inverse of `figure_from_json`."""
        return {
            "key": str(self.key),
            "kind": self.kind.value,
            "basis": self.basis.value,
            "origin": self.origin.value,
            "unit": self.unit.value,
            "title": self.title.to_json(),
            "as_of": self.as_of,
            "method": self.method,
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "spread": list(self.spread),
            "left_out": dict(self.left_out),
            "n_stations": self.n_stations,
            "n_teams": self.n_teams,
            "n_areas": self.n_areas,
            "interval": None
            if self.interval is None
            else {
                "low": self.interval.low,
                "high": self.interval.high,
                "level": self.interval.level,
                "method": self.interval.method,
            },
            "rows": None
            if self.rows is None
            else {"population": self.rows.population, "n": self.rows.n, "sha256": self.rows.sha256},
            "inputs": [str(key) for key in self.inputs],
            "source": self.source,
            "audience": self.audience.value,
        }


def figure_from_json(data: Mapping[str, Any]) -> Figure:
    """The figure that `Figure.to_json` wrote. Raises `KeyError` or `ValueError` on anything else."""
    return Figure(
        key=Key.parse(data["key"]),
        kind=Kind(data["kind"]),
        basis=Basis(data["basis"]),
        origin=Origin(data["origin"]),
        unit=Unit(data["unit"]),
        title=Text.of(data["title"]),
        as_of=data["as_of"],
        method=data["method"],
        value=data["value"],
        numerator=data["numerator"],
        denominator=data["denominator"],
        spread=tuple(data["spread"]),
        left_out=tuple(sorted(data["left_out"].items())),
        n_stations=data["n_stations"],
        n_teams=data["n_teams"],
        n_areas=data["n_areas"],
        interval=Interval(**data["interval"]) if data["interval"] else None,
        rows=RowsDigest(**data["rows"]) if data["rows"] else None,
        inputs=tuple(Key.parse(key) for key in data["inputs"]),
        source=data["source"],
        audience=Audience(data["audience"]),
    )


@dataclass(frozen=True, kw_only=True)
class FigureSpec:
    """What a room can compute: the key, what it means, the question and answers that feed it."""

    key: Key
    title: Text
    kind: Kind
    unit: Unit
    audience: Audience = Audience.PUBLIC
    question: str = ""
    column: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Population:
    """Rows that figures share: canonical JSON objects, each with a `row` identifier."""

    name: str
    rows: tuple[Mapping[str, Any], ...]


def rows_digest(population: str, rows: Sequence[Mapping[str, Any]]) -> RowsDigest:
    """How many rows, and SHA-256 over their sorted (row id, content hash) pairs."""
    pairs = sorted([str(row["row"]), digest(row)] for row in rows)
    return RowsDigest(population, len(pairs), digest(pairs))
