"""The frame: the list that a sample is drawn from, in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

from paragraph8.domain.canonical import digest

from .refusals import RefusedDrawError

LEAST = 2
"""A frame of fewer stations leaves nothing to chance."""


@dataclass(frozen=True)
class Frame:
    """Stations in an order that is part of the draw: same seed, another order, another sample.

    `sizes` are voters on the list (`None` unknown), `x` and `y` whole metres east and north of some point (`None`
    unknown), `urban` whether it is a town (`None` unknown).
    """

    stations: tuple[str, ...]
    strata: tuple[str, ...]
    sizes: tuple[int | None, ...]
    x: tuple[int | None, ...]
    y: tuple[int | None, ...]
    urban: tuple[bool | None, ...]

    @classmethod
    def of(
        cls,
        stations: Sequence[str],
        *,
        strata: Sequence[str] | None = None,
        sizes: Sequence[int | None] | None = None,
        x: Sequence[float | None] | None = None,
        y: Sequence[float | None] | None = None,
        urban: Sequence[bool | None] | None = None,
    ) -> Frame:
        """A frame from columns; a column that is left out is unknown everywhere, and all is one stratum.

        Coordinates are rounded to whole metres; one that is no finite number is unknown. Raises `RefusedDrawError` for
        fewer than two stations, a station named twice, a station without a stratum, or columns of unequal length.
        """
        n = len(stations)
        if n < LEAST:
            raise RefusedDrawError("empty-frame")
        unknown = (None,) * n
        columns = [column for column in (strata, sizes, x, y, urban) if column is not None]
        if any(len(column) != n for column in columns):
            raise RefusedDrawError("uneven-frame")
        seen: set[str] = set()
        for station in stations:
            if station in seen:
                raise RefusedDrawError("duplicate-station", station=station)
            seen.add(station)
        for station, stratum in zip(stations, strata or (), strict=False):
            if not stratum:
                raise RefusedDrawError("no-stratum", station=station)
        return cls(
            stations=tuple(stations),
            strata=tuple(strata) if strata is not None else ("all",) * n,
            sizes=tuple(sizes) if sizes is not None else unknown,
            x=_metres(x) if x is not None else unknown,
            y=_metres(y) if y is not None else unknown,
            urban=tuple(urban) if urban is not None else unknown,
        )

    def __len__(self) -> int:
        return len(self.stations)

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """Stratum → places of its stations in the frame, both in the order of the frame."""
        found: dict[str, list[int]] = {}
        for place, stratum in enumerate(self.strata):
            found.setdefault(stratum, []).append(place)
        return {stratum: tuple(places) for stratum, places in found.items()}

    def rows(self) -> list[list[Any]]:
        """Station, stratum, size, x, y, urban: one list a station, as the digest and the disclosure have it."""
        columns = (self.stations, self.strata, self.sizes, self.x, self.y, self.urban)
        return [list(row) for row in zip(*columns, strict=True)]

    @cached_property
    def sha256(self) -> str:
        """Digest of the canonical JSON of the rows in their order."""
        return digest(self.rows())

    @classmethod
    def from_rows(cls, rows: Any) -> Frame:
        """The inverse of `rows`. Raises `RefusedDrawError` for anything that is not such rows."""
        if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
            raise RefusedDrawError("bad-request", field="frame")
        if len(rows) < LEAST:
            raise RefusedDrawError("empty-frame")
        stations, strata, sizes, x, y, urban = zip(*rows, strict=True)
        return cls.of(stations, strata=strata, sizes=sizes, x=x, y=y, urban=urban)


def _metres(values: Sequence[float | None]) -> tuple[int | None, ...]:
    return tuple(round(value) if value is not None and isfinite(value) else None for value in values)


def _is_row(row: Any) -> bool:
    if not isinstance(row, list) or len(row) != 6:
        return False
    texts, numbers = row[:2], row[2:5]
    return (
        all(isinstance(text, str) for text in texts)
        and all(number is None or (isinstance(number, int) and not isinstance(number, bool)) for number in numbers)
        and (row[5] is None or isinstance(row[5], bool))
    )
