"""The columns of the counts that a figure looks at: all of them, or those of one setting or one type of station."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .columns import Columns, Crew, Division, Place, Table

Where = tuple[str, str]
"""Setting and type of station, "" for any. The area is no part of it: every result is by area."""


class Selection:
    """Places and crews that lie where a figure looks."""

    def __init__(self, places: Mapping[Place, int], crews: Mapping[Crew, int], where: Where) -> None:
        self._where = where
        chosen = {place: n for place, n in places.items() if self._holds(place.of)}
        manned = {crew: n for crew, n in crews.items() if self._holds(crew.of)}
        self.columns = Columns(chosen, manned)
        self._places, self._crews = list(chosen.values()), list(manned.values())
        self._position = {n: position for position, n in enumerate(self._places)}

    def at_places(self, table: Table, lines: Sequence[int]) -> Table:
        """Lines of the table by place, as far as they are looked at."""
        return self._of(table, lines, self._places)

    def of_crews(self, table: Table, lines: Sequence[int]) -> Table:
        """Lines of the table by crew."""
        return self._of(table, lines, self._crews)

    def _of(self, table: Table, lines: Sequence[int], columns: Sequence[int]) -> Table:
        return table[np.ix_(lines, columns)] if any(self._where) else table[lines, : len(columns)]

    def numbers(self, given: Mapping[tuple[Any, Division], int]) -> Mapping[tuple[Any, Division], int]:
        """Of numbers by division those that are looked at."""
        if not any(self._where):
            return given
        return {(number, of): times for (number, of), times in given.items() if self._holds(of)}

    def numbers_at(self, given: Mapping[tuple[Any, int], int]) -> Mapping[tuple[Any, int], int]:
        """Of numbers by place those that are looked at, by the position of the place among those looked at."""
        if not any(self._where):
            return given
        return {(n, self._position[place]): times for (n, place), times in given.items() if place in self._position}

    def _holds(self, of: Division) -> bool:
        return all(not asked or asked == there for asked, there in zip(self._where, (of.setting, of.kind), strict=True))
