"""Samples that are spread over the country: the local pivotal method (Grafström, Lundström and Schelin 2012), LPM 2.

A random undecided station and its nearest undecided neighbour settle between them who may go on: one of the two is
decided, and probabilities are kept. Neighbours are therefore seldom drawn together. Masses are whole numbers over one
denominator and coordinates whole metres, so that the draw is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .randomness import Stream

PER_CELL = 2
"""Undecided stations in a cell of the grid, on average; fewer cells are searched when more are decided."""


def pivotal(masses: Sequence[int], whole: int, x: Sequence[int], y: Sequence[int], chance: Stream) -> list[int]:
    """Places of those drawn; each has the probability mass/whole, and the masses must add up to a multiple of it."""
    mass = list(masses)
    undecided = [place for place in range(len(mass)) if 0 < mass[place] < whole]
    at = {place: k for k, place in enumerate(undecided)}
    drawn = [place for place in range(len(mass)) if mass[place] == whole]
    grid = _Grid(undecided, x, y)

    def decide(place: int) -> None:
        if mass[place] not in (0, whole):
            return
        if mass[place] == whole:
            drawn.append(place)
        last = undecided.pop()
        k = at.pop(place)
        if last != place:
            undecided[k] = last
            at[last] = k
        grid.remove(place)

    while len(undecided) > 1:
        if len(undecided) * 2 < grid.made_for:
            grid = _Grid(sorted(undecided), x, y)
        one = undecided[chance.below(len(undecided))]
        nearest = grid.nearest(one)
        two = nearest[0] if len(nearest) == 1 else nearest[chance.below(len(nearest))]
        a, b = mass[one], mass[two]
        if a + b <= whole:
            one_goes_on = chance.below(a + b) < a
            mass[one], mass[two] = (a + b, 0) if one_goes_on else (0, a + b)
        else:
            one_is_drawn = chance.below(2 * whole - a - b) < whole - b
            mass[one], mass[two] = (whole, a + b - whole) if one_is_drawn else (a + b - whole, whole)
        decide(one)
        decide(two)
    return drawn


class _Grid:
    """Undecided stations by square cell; the nearest is looked for in rings of cells."""

    def __init__(self, places: Sequence[int], x: Sequence[int], y: Sequence[int]) -> None:
        self.made_for = len(places)
        self._x, self._y = x, y
        xs, ys = [x[place] for place in places] or [0], [y[place] for place in places] or [0]
        self._west, self._south = min(xs), min(ys)
        width, height = max(xs) - self._west + 1, max(ys) - self._south + 1
        cells = max(1, len(places) // PER_CELL)
        self._side = max(1, int((width * height // cells) ** 0.5), width // cells, height // cells)
        self._columns, self._rows = width // self._side + 1, height // self._side + 1
        self._cells: dict[int, list[int]] = {}
        for place in places:
            self._cells.setdefault(self._cell(place), []).append(place)

    def remove(self, place: int) -> None:
        """Forget a decided station."""
        cell = self._cell(place)
        inside = self._cells[cell]
        inside.remove(place)
        if not inside:
            del self._cells[cell]

    def nearest(self, place: int) -> list[int]:
        """The nearest other stations: one, or all of those equally near, in ascending order."""
        x, y, xs, ys = self._x[place], self._y[place], self._x, self._y
        column, row = (x - self._west) // self._side, (y - self._south) // self._side
        best, found = -1, [place]
        for ring in range(max(self._columns, self._rows) + 1):
            if best >= 0 and best < ((ring - 1) * self._side) ** 2:
                break
            for cell in self._ring(column, row, ring):
                for other in self._cells.get(cell, ()):
                    if other == place:
                        continue
                    distance = (xs[other] - x) ** 2 + (ys[other] - y) ** 2
                    if best < 0 or distance < best:
                        best, found = distance, [other]
                    elif distance == best:
                        found.append(other)
        return sorted(found)

    def _ring(self, column: int, row: int, ring: int) -> list[int]:
        """Cells at that distance in cells, as far as they are in the grid."""
        columns = self._columns
        if ring == 0:
            return [row * columns + column]
        west, east = max(0, column - ring), min(columns - 1, column + ring)
        cells: list[int] = []
        for r in (row - ring, row + ring):
            if 0 <= r < self._rows:
                cells += range(r * columns + west, r * columns + east + 1)
        low, high = max(0, row - ring + 1), min(self._rows - 1, row + ring - 1)
        for c in (column - ring, column + ring):
            if 0 <= c < columns:
                cells += [r * columns + c for r in range(low, high + 1)]
        return cells

    def _cell(self, place: int) -> int:
        return (self._y[place] - self._south) // self._side * self._columns + (
            self._x[place] - self._west
        ) // self._side


def balance(x: Sequence[int], y: Sequence[int], pi: Sequence[float], drawn: Sequence[int]) -> float:
    """How evenly a sample is spread: the mean of (v - 1)² over the stations drawn, v being the sum of the inclusion
    probabilities of all stations nearer to it than to any other one drawn. 0 is even; smaller is better.
    """
    sample = np.column_stack([np.asarray(x, dtype=float)[list(drawn)], np.asarray(y, dtype=float)[list(drawn)]])
    weights = np.asarray(pi, dtype=float)
    sums: NDArray[np.float64] = np.zeros(len(drawn))
    every = np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
    for start in range(0, len(every), 2000):
        part = every[start : start + 2000]
        distances = ((part[:, None, :] - sample[None, :, :]) ** 2).sum(axis=2)
        owner = distances.argmin(axis=1)
        np.add.at(sums, owner, weights[start : start + 2000])
    return float(((sums - 1.0) ** 2).mean())
