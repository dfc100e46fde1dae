"""Where observers were: stations visited of those on the list, by area, setting and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paragraph8.accounts.permissions import command
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission
from paragraph8.places.drawing import Cell, Drawing, drawing
from paragraph8.places.labels import KIND_TITLES, SETTING_TITLES

from .boards import Board

SCALES = {
    25: (("q1", 0), ("q2", 10), ("q3", 25), ("q4", 50), ("q5", 75)),
    0: (("q1", 0), ("q2", 1), ("q3", 2), ("q4", 5), ("q5", 10)),
}
"""From how many per cent of its stations on an area has which shade: a mission that visits a quarter of all stations
and one that visits a few in a hundred cannot be read on one scale."""

Scale = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Reach:
    """Stations visited of the stations on the list: of one area, setting or type."""

    title: Text
    visited: int
    frame: int
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Where observers were."""

    visited: int
    frame: int
    areas: tuple[Reach, ...]
    settings: tuple[Reach, ...]
    kinds: tuple[Reach, ...]
    map: Drawing
    scale: Scale

    @property
    def lowest(self) -> int:
        """Per cent below which an area has the palest shade."""
        return self.scale[1][1]

    @property
    def reached(self) -> int:
        """Areas with at least one visit."""
        return sum(area.visited > 0 for area in self.areas)


def coverage(
    mission: Mission,
    board: Board,
    areas: Mapping[str, Area],
    *,
    addresses: Mapping[str, str],
    of: Mapping[str, str],
    silent: frozenset[str],
) -> Coverage:
    """Stations visited of those on the list, by area, setting and type. `of` are the words under the number on a tile,
    by area; `silent` are areas with a silent team."""
    frame, visited = _by(board.frame, 0), _by(board.visited, 0)
    scale = scale_of(visited.total(), frame.total())
    cells = {}
    for code in areas:
        shade = tone(visited[code], frame[code], scale)
        mark = f"{shade} silent" if code in silent else shade
        cells[code] = Cell(visited[code], mark, of.get(code, ""), addresses.get(code, ""))
    return Coverage(
        visited=sum(board.visited.values()),
        frame=sum(board.frame.values()),
        areas=tuple(
            Reach(area.title(), visited[code], frame[code], code in silent)
            for code, area in areas.items()
            if frame[code] or visited[code]
        ),
        settings=tuple(_reaches(SETTING_TITLES, _by(board.visited, 1), _by(board.frame, 1))),
        kinds=tuple(_reaches(KIND_TITLES, _by(board.visited, 2), _by(board.frame, 2))),
        # The outlines of the country are no secret of the places room.
        map=drawing(mission, cells, viewer=command("election day")),
        scale=scale,
    )


def frame_of(board: Board) -> Counter[str]:
    """Stations on the list by area."""
    return _by(board.frame, 0)


def _by(spots: Mapping[tuple[str, str, str], int], place: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for spot, n in spots.items():
        counts[spot[place]] += n
    return counts


def _reaches(titles: Mapping[str, Text], visited: Mapping[str, int], frame: Mapping[str, int]) -> Iterable[Reach]:
    return (
        Reach(title, visited.get(code, 0), frame.get(code, 0))
        for code, title in titles.items()
        if frame.get(code) or visited.get(code)
    )


def scale_of(visited: int, frame: int) -> Scale:
    """The scale on which areas are shaded: by the part of all stations that were visited."""
    return next(scale for least, scale in SCALES.items() if visited * 100 >= least * frame)


def tone(visited: int, frame: int, scale: Scale) -> str:
    """The shade of an area by the part of its stations that were visited; none where the list has no station."""
    return next(shade for shade, least in reversed(scale) if visited * 100 >= least * frame) if frame else ""
