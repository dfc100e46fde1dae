"""What a map shows: a number for each first-level area, on the mission's own outlines, else on tiles, else as a list.

Other rooms draw theirs with `drawing(mission, cells, viewer=…)` and `{% include "places/parts/map.html" %}`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission

from .queries import AreaSum, map_of

TONES = ("q1", "q2", "q3", "q4", "q5")
"""Classes of the one-way scale, from little to much."""


@dataclass(frozen=True)
class Cell:
    """What one area shows: a number or none, the class that colours it, words that say what the number is, and the
    address behind it."""

    number: int | None
    tone: str = ""
    label: str = ""
    address: str = ""


@dataclass(frozen=True)
class Place:
    """An area with its cell, and its outline where there is one."""

    area: Area
    name: Text
    cell: Cell
    shape: str = ""

    @property
    def at(self) -> str:
        """Its place in the cartogram."""
        return self.area.at


@dataclass(frozen=True)
class Drawing:
    """`form` is "outlines", "tiles" or "list"; `columns` of tiles; `width` and `height` of outlines."""

    form: str
    places: tuple[Place, ...]
    width: int = 0
    height: int = 0
    columns: int = 0
    source: str = ""

    def drawn(self) -> tuple[Place, ...]:
        """The places that stand on the map itself."""
        if self.form == "outlines":
            return tuple(place for place in self.places if place.shape)
        return tuple(place for place in self.places if place.at) if self.form == "tiles" else ()


def drawing(mission: Mission, cells: Mapping[str, Cell], *, viewer: Viewer) -> Drawing:
    """The map of the first-level areas; `cells` are by code, and an area without one shows nothing known."""
    outlines = map_of(mission, viewer=viewer)
    shapes = outlines.shapes if outlines else {}
    places = tuple(
        Place(area, area.title(), cells.get(area.code, Cell(None)), shapes.get(area.code, ""))
        for area in mission.areas.filter(parent=None)
    )
    if outlines and any(place.shape for place in places):
        return Drawing("outlines", places, outlines.width, outlines.height, source=outlines.source)
    if any(place.at for place in places):
        columns = max(int(place.at.partition("/")[2].strip() or 1) for place in places if place.at)
        return Drawing("tiles", places, columns=max(columns, 4))
    return Drawing("list", places)


def tones(numbers: Sequence[int]) -> dict[int, str]:
    """Number → class, by fifths of the largest number, so that equal numbers look equal; no class for zero."""
    most = max(numbers, default=0)
    return {n: TONES[-(-n * len(TONES) // most) - 1] if n else "" for n in numbers}


def cells_of(sums: Sequence[AreaSum], addresses: Mapping[str, str]) -> dict[str, Cell]:
    """Stations by first-level area."""
    tops = [entry for entry in sums if entry.area.depth == 1]
    shades = tones([entry.tally.stations for entry in tops])
    return {
        entry.area.code: Cell(
            entry.tally.stations, shades[entry.tally.stations], address=addresses.get(entry.area.code, "")
        )
        for entry in tops
    }
