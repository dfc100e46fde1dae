"""Where counted rows come from: stations, teams and areas behind the columns of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int32]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]
REGULAR = "regular"
"""The type of a station whose row names none."""


class Division(NamedTuple):
    """Where rows come from, as figures divide them. `setting` is urban or rural; both it and the type of the station
    are of rows that have a station."""

    area: str | None
    setting: str | None
    kind: str | None


class Place(NamedTuple):
    """A station, and where it stands; a later list may put the same one elsewhere."""

    station: str
    of: Division


class Crew(NamedTuple):
    """A team and where its rows come from; `placed` when these have a station."""

    team: str | None
    of: Division
    placed: bool


@dataclass(frozen=True)
class Grouping:
    """Things in groups: `codes[i]` is the position of the group of thing i in `names`, −1 where it has none."""

    names: tuple[Any, ...]
    codes: Codes

    @classmethod
    def of(cls, things: Sequence[Any]) -> Self:
        """Group what is equal; `None` has no group."""
        names: dict[Any, int] = {}
        codes = _codes([-1 if thing is None else names.setdefault(thing, len(names)) for thing in things])
        return cls(tuple(names), codes)

    def having(self, used: Mask) -> Mask:
        """Which groups have a thing in use."""
        if len(self.names) == len(self.codes):
            # Each thing is a group of its own.
            return used
        found = np.zeros(len(self.names) + 1, dtype=bool)
        found[self.codes[used]] = True
        return found[:-1]


class Columns:
    """What the columns of both tables are. Results by area stand in one order: the areas, the whole, then nowhere, for
    an area that no row is of."""

    def __init__(self, places: Collection[Place], crews: Collection[Crew]) -> None:
        areas = dict.fromkeys([*(place.of.area for place in places), *(crew.of.area for crew in crews)])
        self.areas: dict[str | None, int] = {area: n for n, area in enumerate(areas)}
        self.whole, self.nowhere = len(areas), len(areas) + 1
        self.placed = np.fromiter((crew.placed for crew in crews), bool, len(crews))
        self._station = Grouping.of([place.station for place in places])
        self._station_in_area = Grouping.of([(place.station, place.of.area) for place in places])
        self._area_of_station = self._areas_of(self._station_in_area)
        self._area_of_place = _codes([self.areas[place.of.area] for place in places])
        self._team = Grouping.of([crew.team for crew in crews])
        self._team_in_area = Grouping.of([None if crew.team is None else (crew.team, crew.of.area) for crew in crews])
        self._area_of_team = self._areas_of(self._team_in_area)
        self._area_of_crew = _codes([self.areas[crew.of.area] for crew in crews])
        self._named = np.fromiter((area is not None for area in areas), bool, len(areas))
        self._into = np.zeros((len(crews), self.nowhere + 1))
        self._into[np.arange(len(crews)), self._area_of_crew] = 1
        self._into[:, self.whole] = 1

    def column(self, area: str) -> int:
        """Where the results of an area stand; of the whole for ""."""
        return self.areas.get(area, self.nowhere) if area else self.whole

    def by_area(self, counts: Table) -> list[list[int]]:
        """Counts of crews, line by line, added up. Floats hold whole numbers up to 2⁵³, and are quicker."""
        added: list[list[int]] = (counts.astype(np.float64) @ self._into).astype(np.int64).tolist()
        return added

    def stations(self, places: Mask) -> list[int]:
        """How many stations these places are."""
        each = self._area_of_station[self._station_in_area.having(places)]
        return [*self._times(each), int(self._station.having(places).sum()), 0]

    def teams(self, crews: Mask) -> list[int]:
        """How many teams these crews are."""
        each = self._area_of_team[self._team_in_area.having(crews)]
        return [*self._times(each), int(self._team.having(crews).sum()), 0]

    def reached(self, crews: Mask) -> list[int]:
        """How many areas that have a name these crews are of."""
        seen = (np.bincount(self._area_of_crew[crews], minlength=self.whole) > 0) & self._named
        return [*seen.astype(int).tolist(), int(seen.sum()), 0]

    def of_stations(self, places: Mask, column: int) -> Mask:
        """Which stations these places are, as far as they lie in the area of the column."""
        return self._station.having(places if column == self.whole else places & (self._area_of_place == column))

    def _areas_of(self, grouping: Grouping) -> Codes:
        """The areas of groups that are named by something and an area."""
        return _codes([self.areas[area] for _, area in grouping.names])

    def _times(self, areas: Codes) -> list[int]:
        found: list[int] = np.bincount(areas, minlength=self.whole).tolist()
        return found


def _codes(numbers: Iterable[int]) -> Codes:
    return np.array(list(numbers), dtype=np.int64)
