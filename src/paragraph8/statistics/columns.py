"""Where counted rows come from: stations, teams and areas behind the columns of the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int32]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]
Place = tuple[str, str | None]
"""A station, and the area that it is counted in."""
Crew = tuple[str | None, str | None, bool]
"""A team, the area of its rows, and whether these have a station."""


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
        found = np.zeros(len(self.names) + 1, dtype=bool)
        found[self.codes[used]] = True
        return found[:-1]


class Columns:
    """What the columns of both tables are. Results by area stand in one order: the areas, the whole, then nowhere, for
    an area that no row is of."""

    def __init__(self, places: Collection[Place], crews: Collection[Crew]) -> None:
        self._size = (len(places), len(crews))
        areas = dict.fromkeys([*(area for _, area in places), *(area for _, area, _ in crews)])
        self.areas: dict[str | None, int] = {area: n for n, area in enumerate(areas)}
        self.whole, self.nowhere = len(areas), len(areas) + 1
        self.placed = np.fromiter((placed for _, _, placed in crews), bool, len(crews))
        self._station = Grouping.of([station for station, _ in places])
        self._area_of_place = _codes([self.areas[area] for _, area in places])
        self._team = Grouping.of([team for team, _, _ in crews])
        self._team_in_area = Grouping.of([None if team is None else (team, area) for team, area, _ in crews])
        self._area_of_team = _codes([self.areas[area] for _, area in self._team_in_area.names])
        self._area_of_crew = _codes([self.areas[area] for _, area, _ in crews])
        self._named = np.fromiter((area is not None for area in areas), bool, len(areas))
        self._into = np.zeros((len(crews), self.nowhere + 1))
        self._into[np.arange(len(crews)), self._area_of_crew] = 1
        self._into[:, self.whole] = 1

    def fit(self, places: Collection[Place], crews: Collection[Crew]) -> bool:
        """Whether no place and no crew came since."""
        return self._size == (len(places), len(crews))

    def column(self, area: str) -> int:
        """Where the results of an area stand; of the whole for ""."""
        return self.areas.get(area, self.nowhere) if area else self.whole

    def by_area(self, counts: Table) -> list[list[int]]:
        """Counts of crews, line by line, added up. Floats hold whole numbers up to 2⁵³, and are quicker."""
        added: list[list[int]] = (counts.astype(np.float64) @ self._into).astype(np.int64).tolist()
        return added

    def stations(self, places: Mask) -> list[int]:
        """How many stations these places are."""
        return [*self._times(self._area_of_place[places]), int(self._station.having(places).sum()), 0]

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
        return self._station.having(places) if column == self.whole else places & (self._area_of_place == column)

    def _times(self, areas: Codes) -> list[int]:
        found: list[int] = np.bincount(areas, minlength=self.whole).tolist()
        return found


def _codes(numbers: Iterable[int]) -> Codes:
    return np.array(list(numbers), dtype=np.int64)
