"""What counts of protected people may be shown: bands instead of numbers, and no cell that names somebody.

A cell under the least size is hidden. Where a total is shown as well, hiding one cell alone would let a reader
subtract, so that a second one is hidden with it (complementary suppression; Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
"""Fewer than this many people are no cell."""
BANDS = ((5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499), (500, 999))
"""Bands in which counts of protected people are published."""


@dataclass(frozen=True)
class Band:
    """From `low` to `high`, both inclusive; `high` is empty for the open band at the end."""

    low: int
    high: int | None


def band(n: int) -> Band | None:
    """The band of a count; `None` under the least size, where nothing is said."""
    if n < LEAST:
        return None
    return next((Band(low, high) for low, high in BANDS if n <= high), Band(BANDS[-1][1] + 1, None))


@dataclass(frozen=True)
class Cells:
    """A table of counts as it may be shown: bands of the cells that are shown, the names of those that are hidden, and
    the band of the total, `None` where it is hidden too."""

    shown: tuple[tuple[str, Band], ...]
    hidden: tuple[str, ...]
    total: Band | None


def safe_cells(counts: Mapping[str, int]) -> Cells:
    """The counts of a table by cell, after disclosure control. A cell of nobody is hidden like a small one: that
    nobody spoke in a region tells where somebody must have spoken.

    When the hidden cells together are fewer than `LEAST` people, or one cell alone is hidden, the smallest shown cell
    is hidden as well.
    """
    small = {name for name, n in counts.items() if n < LEAST}
    shown = sorted((name for name in counts if name not in small), key=lambda name: (counts[name], name))
    hidden = set(small)
    while hidden and shown and (len(hidden) == 1 or sum(counts[name] for name in hidden) < LEAST):
        hidden.add(shown.pop(0))
    bands = [(name, band(counts[name])) for name in sorted(shown)]
    return Cells(
        tuple((name, found) for name, found in bands if found is not None),
        tuple(sorted(hidden)),
        band(sum(counts.values())),
    )
