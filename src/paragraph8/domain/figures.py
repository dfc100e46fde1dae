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
from .estimates import Estimate, Interval, estimate_from_json
from .refusals import REFUSALS
from .text import Text

__all__ = [
    "FORMS_WITHOUT_STATION",
    "REFUSALS",
    "Audience",
    "Basis",
    "Estimate",
    "Figure",
    "FigureSpec",
    "Interval",
    "Key",
    "Kind",
    "Origin",
    "Population",
    "RefusedFigureError",
    "RowsDigest",
    "Unit",
    "figure_from_json",
    "rows_digest",
]


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
    ESTIMATE = "estimate"
    """`estimate`, with its `interval`: from a declared sample or a model, never from observations alone."""


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
    estimate: Estimate | None = None
    rows: RowsDigest | None = None
    inputs: tuple[Key, ...] = ()
    source: str = ""
    audience: Audience = Audience.PUBLIC

    def __post_init__(self) -> None:
        if self.basis is Basis.OBSERVED and (self.interval is not None or self.kind is Kind.ESTIMATE):
            raise RefusedFigureError("interval-on-observations", self.key)
        if (self.estimate is not None) is not (self.kind is Kind.ESTIMATE):
            raise ValueError(f"{self.key}: an estimate and the kind {self.kind.value} do not go together")
        if self.estimate is not None and self.basis not in (Basis.PROBABILITY, Basis.MODEL):
            raise ValueError(f"{self.key}: basis {self.basis.value} estimates nothing")
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
        if self.interval is not None:
            return self.interval
        if self.estimate is not None:
            raise RefusedFigureError("too-few-for-interval", self.key)
        raise RefusedFigureError(
            "interval-on-observations" if self.basis is Basis.OBSERVED else "nothing-drawn", self.key
        )

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; the inverse of `figure_from_json`."""
        data = {
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
        # Releases made before there were estimates keep their bytes.
        return data if self.estimate is None else {**data, "estimate": self.estimate.to_json()}


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
        estimate=estimate_from_json(data["estimate"]) if "estimate" in data else None,
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
