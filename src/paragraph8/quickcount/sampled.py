"""The sample that a plan rests on: a draw with the reserves that stepped in, or a declared sample."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.canonical import canonical
from paragraph8.missions.models import Station
from paragraph8.samples.models import Draw
from paragraph8.samples.queries import design_of, frame_drawn_from
from paragraph8.samples.stops import standing_keys

from .models import DeclaredSample, Plan

URBAN = {True: "urban", False: "rural", None: "unknown"}
"""What kind of place a station of the list is in."""


@dataclass(frozen=True)
class Chosen:
    """One station of the sample as it stands."""

    station: str
    stratum: str
    kind: str
    registered: int | None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What the sample was drawn from: stations in each stratum, of each kind, and of each kind in each stratum."""

    strata: Mapping[str, int]
    kinds: Mapping[str, int]
    cells: tuple[tuple[str, str, int], ...]

    @classmethod
    def of_cells(cls, cells: Mapping[tuple[str, str], int]) -> Frame:
        """From the number of stations of each kind in each stratum."""
        strata: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        for (stratum, kind), n in cells.items():
            strata[stratum] += n
            kinds[kind] += n
        rows = tuple((stratum, kind, n) for (stratum, kind), n in sorted(cells.items()))
        return cls(strata=dict(sorted(strata.items())), kinds=dict(sorted(kinds.items())), cells=rows)

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data, as the row of the plan has it."""
        return {"strata": dict(self.strata), "kinds": dict(self.kinds), "cells": [list(row) for row in self.cells]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Frame:
        """The inverse of `to_json`."""
        cells = tuple((str(stratum), str(kind), int(n)) for stratum, kind, n in data["cells"])
        return cls(strata=data["strata"], kinds=data["kinds"], cells=cells)


def frame_behind(draw: Draw) -> Frame:
    """The frame of a draw, counted."""
    frame = frame_drawn_from(draw)
    return Frame.of_cells(Counter(zip(frame.strata, (URBAN[urban] for urban in frame.urban), strict=True)))


def declared_frame(sample: DeclaredSample) -> Frame:
    """The frame of a declared sample."""
    return Frame.from_json(_body(sample)["frame"])


def chosen_for(plan: Plan) -> tuple[Chosen, ...]:
    """The stations of the sample as it stands, in the order of the draw."""
    if plan.draw is not None:
        return _of_draw(plan.draw)
    if plan.sample is None:
        return ()
    return tuple(Chosen(*row) for row in _body(plan.sample)["stations"])


def packed(frame: Frame, stations: Sequence[Chosen]) -> bytes:
    """What a declared sample keeps, before it is deflated."""
    rows = [[row.station, row.stratum, row.kind, row.registered] for row in stations]
    return canonical({"frame": frame.to_json(), "stations": rows})


def _of_draw(draw: Draw) -> tuple[Chosen, ...]:
    strata = [unit.stratum for unit in design_of(draw).drawn]
    keys = standing_keys(draw)
    there = Station.objects.filter(list_id=draw.request.station_list_id, key__in=keys)
    known = {key: (URBAN[urban], n) for key, urban, n in there.values_list("key", "urban", "registered")}
    rows = zip(keys, strata, strict=True)
    return tuple(Chosen(key, stratum, *known.get(key, (URBAN[None], None))) for key, stratum in rows)


def _body(sample: DeclaredSample) -> Any:
    return json.loads(zlib.decompress(bytes(sample.body)))
