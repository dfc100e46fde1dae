"""Minutes between two places: great-circle distance times a detour, a supplied table, or the area structure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Minutes = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

EARTH_KM = 6371.0088
"""Mean radius (IUGG)."""


@dataclass(frozen=True)
class Point:
    """Where something is: degrees if known, and the codes of its areas from the first level down."""

    latitude: float | None = None
    longitude: float | None = None
    path: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it has coordinates."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, kw_only=True)
class Travel:
    """How long the roads are. `table` overrides everything else for the pairs it names (codes of stations, or of areas
    of any level; a pair holds in both directions unless the other one is named too)."""

    speed: float = 50.0
    detour: float = 1.3
    same_area: float = 15.0
    same_top: float = 60.0
    elsewhere: float = 240.0
    table: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no road."""
        numbers = (self.speed, self.detour, self.same_area, self.same_top, self.elsewhere, *self.table.values())
        if not all(np.isfinite(numbers)) or self.speed <= 0 or min(numbers) < 0:
            raise ValueError("speeds are positive, and minutes are not negative")


class Roads:
    """Travel between numbered points. `names` are what the table may call them, besides their areas."""

    def __init__(self, points: Sequence[Point], travel: Travel, names: Sequence[str] = ()) -> None:
        self._travel = travel
        degrees = [(p.latitude, p.longitude) if p.known else (np.nan, np.nan) for p in points]
        radians = np.radians(np.array(degrees, dtype=float).reshape(len(points), 2))
        self.latitude, self.longitude = radians[:, 0], radians[:, 1]
        self._cosine = np.cos(self.latitude)
        self.known: npt.NDArray[np.bool_] = ~np.isnan(self.latitude)
        self._all_known = bool(self.known.all())
        self._depth = np.array([len(p.path) for p in points])
        self._codes = _codes(points)
        called = [(name, *reversed(p.path)) for name, p in zip(names or [""] * len(points), points, strict=True)]
        self._ids, self._matrix = _named(travel, called)

    def minutes(self, a: Indices, b: Indices) -> Minutes:
        """Minutes from the points `a` to the points `b`, broadcast against each other."""
        found = self._by_coordinates(a, b)
        if not self._all_known:
            found = np.where(self.known[a] & self.known[b], found, self._by_area(a, b))
        if self._travel.table:
            found = self._from_table(a, b, found)
        return found

    def _by_coordinates(self, a: Indices, b: Indices) -> Minutes:
        """Haversine (Sinnott 1984) times detour over speed."""
        up = np.sin((self.latitude[b] - self.latitude[a]) / 2)
        across = np.sin((self.longitude[b] - self.longitude[a]) / 2)
        chord = np.minimum(1.0, up * up + self._cosine[a] * self._cosine[b] * across * across)
        kilometres = 2 * EARTH_KM * np.arcsin(np.sqrt(chord))
        return np.asarray(kilometres * (self._travel.detour / self._travel.speed * 60))

    def _by_area(self, a: Indices, b: Indices) -> Minutes:
        """`elsewhere` between first-level areas; within one, the less the deeper the lowest area that both lie in."""
        left, right = self._codes[a], self._codes[b]
        common = np.cumprod((left == right) & (left >= 0), axis=-1).sum(axis=-1)
        depth = np.maximum(np.maximum(self._depth[a], self._depth[b]), 1)
        steps = np.where(depth > 1, (common - 1) / np.maximum(depth - 1, 1), 1.0)
        within = self._travel.same_top + (self._travel.same_area - self._travel.same_top) * steps
        away = np.where(common > 0, within, self._travel.elsewhere)
        return np.asarray(np.where(np.equal(*np.broadcast_arrays(a, b)), 0.0, away))

    def _from_table(self, a: Indices, b: Indices, otherwise: Minutes) -> Minutes:
        """Replaced where the table names the pair, by the most exact names; a point has no way to itself."""
        left, right = np.broadcast_arrays(a, b)
        found = np.array(np.broadcast_to(otherwise, left.shape), dtype=float)
        levels = range(self._ids.shape[1])
        for one, other in sorted(((i, j) for i in levels for j in levels), key=sum, reverse=True):
            named = self._matrix[self._ids[left, one], self._ids[right, other]]
            found = np.where(np.isnan(named) | (left == right), found, named)
        return found


def _named(travel: Travel, names: Sequence[tuple[str, ...]]) -> tuple[Indices, Minutes]:
    """For each point the numbers of its names in the table, the most exact first, and the table as a matrix. Number 0
    is a name that the table does not have."""
    used: dict[str, int] = {}
    for pair in travel.table:
        for name in pair:
            used.setdefault(name, len(used) + 1)
    matrix = np.full((len(used) + 1, len(used) + 1), np.nan)
    for (start, end), minutes in travel.table.items():
        matrix[used[start], used[end]] = minutes
        if (end, start) not in travel.table:
            matrix[used[end], used[start]] = minutes
    most = max((len(own) for own in names), default=0) or 1
    ids = np.zeros((len(names), most), dtype=np.intp)
    for row, own in enumerate(names):
        ids[row, : len(own)] = [used.get(name, 0) for name in own]
    return ids, matrix


def _codes(points: Sequence[Point]) -> npt.NDArray[np.int64]:
    """The paths as numbers, one row a point, −1 where a path has ended."""
    deepest = max((len(p.path) for p in points), default=0) or 1
    numbers: dict[str, int] = {}
    rows = np.full((len(points), deepest), -1, dtype=np.int64)
    for row, point in enumerate(points):
        for level, code in enumerate(point.path):
            rows[row, level] = numbers.setdefault(code, len(numbers))
    return rows
