"""Samples as they were recorded as of a change, for figures: the same for everybody, and the same ever after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.audit.models import Change
from paragraph8.domain.selection import StrataBy
from paragraph8.missions.models import Mission, Station
from paragraph8.statistics.sampling.design import Design, Drawn

from .models import Draw
from .queries import design_of, frame_drawn_from


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One draw and its number within the mission: the first draw is 1, and a number is never given twice.

    `standing` has, in the order of the draw, the station that stands in the sample and what was drawn; `replaced` is
    the station for which a reserve stands in.
    """

    number: int
    draw: Draw
    design: Design
    standing: tuple[tuple[str, Drawn], ...]
    replaced: Mapping[str, str]


def draws_recorded(mission: Mission, *, as_of: int | None = None) -> list[tuple[int, Draw]]:
    """Number and draw, oldest first, of the draws that have a change number, up to `as_of`."""
    draws = Draw.objects.filter(mission=mission, entry__change__isnull=False)
    if as_of is not None:
        draws = draws.filter(entry__change__number__lte=as_of)
    return list(enumerate(draws.select_related("request").order_by("pk"), start=1))


def recorded(number: int, draw: Draw, *, as_of: int) -> Recorded:
    """A draw with the replacements that were made up to the change."""
    rows = draw.replacements.filter(entry__change__number__lte=as_of).order_by("pk")
    gave_way = dict(rows.values_list("out", "reserve"))
    design = design_of(draw)
    standing, replaced = [], {}
    for unit in design.drawn:
        station = unit.station
        while station in gave_way:
            station = gave_way[station]
        standing.append((station, unit))
        if station != unit.station:
            replaced[station] = unit.station
    return Recorded(number=number, draw=draw, design=design, standing=tuple(standing), replaced=replaced)


def frame_by_area(draw: Draw) -> dict[str | None, int]:
    """How many stations of the frame lie in each first-level area."""
    stations = Station.objects.filter(list_id=draw.request.station_list_id)
    if draw.request.strata_by == StrataBy.TEAM:
        # Stations that no team's area covers are not in this frame, and only the frame itself says which.
        inside = frozenset(frame_drawn_from(draw).stations)
        return dict(Counter(top for key, top in stations.values_list("key", "top__code") if key in inside))
    return dict(Counter(stations.filter(kind__in=draw.request.kinds).values_list("top__code", flat=True)))


def is_told(draw: Draw, *, as_of: int) -> bool:
    """Whether polls had closed by the change, so that the stations of the sample are no secret in figures."""
    at = Change.objects.filter(number__lte=as_of).order_by("-number").values_list("at", flat=True).first()
    return at is not None and at >= draw.request.polls_close
