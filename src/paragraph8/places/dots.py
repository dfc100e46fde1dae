"""Stations as dots on paper: north up, straight lines, nothing fetched from elsewhere."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from paragraph8.missions.models import Station

WIDTH, HEIGHT, EDGE = 600, 360, 24


@dataclass(frozen=True)
class Dot:
    """One station at its place on paper."""

    x: int
    y: int
    station: Station


def dots(stations: Sequence[Station]) -> tuple[Dot, ...]:
    """The stations that have coordinates, true to each other at their middle latitude, as large as the paper allows."""
    known = [
        (station.longitude, station.latitude, station)
        for station in stations
        if station.longitude is not None and station.latitude is not None
    ]
    if not known:
        return ()
    middle = math.cos(math.radians(sum(y for _x, y, _station in known) / len(known)))
    flat = [(x * middle, y) for x, y, _station in known]
    left, low = min(x for x, _y in flat), min(y for _x, y in flat)
    wide, high = max(x for x, _y in flat) - left, max(y for _x, y in flat) - low
    scale = min((WIDTH - 2 * EDGE) / (wide or 1e-9), (HEIGHT - 2 * EDGE) / (high or 1e-9), 1e6)
    return tuple(
        Dot(round(EDGE + (x - left) * scale), round(HEIGHT - EDGE - (y - low) * scale), station)
        for (x, y), (_longitude, _latitude, station) in zip(flat, known, strict=True)
    )
