"""What is asked of a draw, and what came of it: the design, which is what estimates later use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

from .allocation import Allocation
from .refusals import RefusedDrawError

VERSION = 1
"""Of all methods together; a method that changes gets the next, and the old one stays for the draws that name it."""


class Method(StrEnum):
    """How stations are drawn within a stratum."""

    SIMPLE = "simple"
    SYSTEMATIC = "systematic"
    PPS_SYSTEMATIC = "pps-systematic"
    PPS_BREWER = "pps-brewer"
    SPATIAL = "spatial"

    @property
    def by_size(self) -> bool:
        """Whether larger stations are likelier."""
        return self in (Method.PPS_SYSTEMATIC, Method.PPS_BREWER)


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be drawn. `reserves` are drawn in advance in each stratum; `spreads` and `given` by stratum."""

    method: Method
    n: int
    allocation: Allocation = Allocation.PROPORTIONAL
    minimum: int = 2
    reserves: int = 0
    spreads: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data."""
        return {
            "method": self.method.value,
            "n": self.n,
            "allocation": self.allocation.value,
            "minimum": self.minimum,
            "reserves": self.reserves,
            "spreads": dict(self.spreads),
            "given": dict(self.given),
        }

    @classmethod
    def from_json(cls, data: Any) -> Request:
        """The inverse of `to_json`. Raises `RefusedDrawError` with the field that cannot be read."""
        if not isinstance(data, Mapping):
            raise RefusedDrawError("bad-request", field="request")
        try:
            method, allocation = (
                Method(str(data.get("method"))),
                Allocation(str(data.get("allocation", "proportional"))),
            )
        except ValueError as error:
            raise RefusedDrawError("bad-request", field="method, allocation") from error
        spreads, given = data.get("spreads", {}), data.get("given", {})
        if not _all(spreads, str) or not _all(given, int):
            raise RefusedDrawError("bad-request", field="spreads, given")
        return cls(
            method=method,
            n=_whole(data, "n", 0),
            allocation=allocation,
            minimum=_whole(data, "minimum", 2),
            reserves=_whole(data, "reserves", 0),
            spreads=tuple(spreads.items()),
            given=tuple(given.items()),
        )

    def spread_fractions(self) -> dict[str, Fraction]:
        """The standard deviations as exact numbers. Raises `RefusedDrawError` for what is no decimal number."""
        found = {}
        for stratum, written in self.spreads:
            if not re.fullmatch(r"\d{1,12}([.,]\d{1,12})?", written.strip()):
                raise RefusedDrawError("no-spread", stratum=stratum)
            found[stratum] = Fraction(written.strip().replace(",", "."))
        return found


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """One stratum: how many stations it has (N_h), how many were drawn (n_h), how many of these with certainty."""

    code: str
    there: int
    drawn: int
    certain: int = 0


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One station drawn, with the probability with which it was in the sample; its weight is one over that."""

    station: str
    stratum: str
    probability: Fraction
    certain: bool = False


@dataclass(frozen=True, kw_only=True)
class Design:
    """What was drawn from what, and how. `drawn` in the order of the draw, stratum by stratum; `reserves` by stratum in
    the order in which they step in; `seed` the one that the draw ran on, hexadecimal, empty where it is not told."""

    method: Method
    allocation: Allocation
    frame: str
    strata: tuple[Stratum, ...]
    drawn: tuple[Drawn, ...]
    reserves: tuple[tuple[str, tuple[str, ...]], ...]
    seed: str = ""
    version: int = VERSION

    @property
    def n(self) -> int:
        """How many were drawn."""
        return len(self.drawn)

    @cached_property
    def by_station(self) -> Mapping[str, Drawn]:
        """The stations drawn by name."""
        return {unit.station: unit for unit in self.drawn}

    def weights(self) -> dict[str, Fraction]:
        """Station → design weight."""
        return {unit.station: 1 / unit.probability for unit in self.drawn}

    def reserves_of(self, stratum: str) -> tuple[str, ...]:
        """The reserves of a stratum in their order."""
        return dict(self.reserves).get(stratum, ())

    def to_json(self, *, seed: bool = True) -> dict[str, Any]:
        """Canonical JSON data; fractions as "numerator/denominator"."""
        data: dict[str, Any] = {
            "method": f"{self.method.value}@{self.version}",
            "allocation": self.allocation.value,
            "frame": self.frame,
            "strata": [[s.code, s.there, s.drawn, s.certain] for s in self.strata],
            "drawn": [[u.station, u.stratum, _written(u.probability), u.certain] for u in self.drawn],
            "reserves": {stratum: list(stations) for stratum, stations in self.reserves},
        }
        return {**data, "seed": self.seed} if seed else data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Design:
        """The inverse of `to_json`."""
        method, _, version = data["method"].partition("@")
        order = [row[0] for row in data["strata"]]
        return cls(
            method=Method(method),
            version=int(version),
            allocation=Allocation(data["allocation"]),
            frame=data["frame"],
            strata=tuple(Stratum(code=c, there=there, drawn=d, certain=sure) for c, there, d, sure in data["strata"]),
            drawn=tuple(
                Drawn(station=station, stratum=stratum, probability=Fraction(p), certain=sure)
                for station, stratum, p, sure in data["drawn"]
            ),
            reserves=tuple((code, tuple(data["reserves"][code])) for code in order if data["reserves"].get(code)),
            seed=data.get("seed", ""),
        )


def _written(fraction: Fraction) -> str:
    return f"{fraction.numerator}/{fraction.denominator}"


def _whole(data: Mapping[str, Any], name: str, default: int) -> int:
    value = data.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise RefusedDrawError("bad-request", field=name)
    return value


def _all(values: Any, kind: type) -> bool:
    return isinstance(values, Mapping) and all(
        isinstance(key, str) and isinstance(value, kind) and not isinstance(value, bool)
        for key, value in values.items()
    )
