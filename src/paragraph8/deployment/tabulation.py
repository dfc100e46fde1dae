"""Following the protocol: after the count, a team goes on to the commission that tabulates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Station
from paragraph8.planning.routes import Route
from paragraph8.planning.travel import Point, Roads

from .models import Assignment, Role
from .problem import Ground

STAYS = 120
"""Minutes that a team is expected to stay."""


def with_tabulation(rows: Sequence[Assignment], ground: Ground, routes: Mapping[str, Route]) -> list[Assignment]:
    """The rows, and behind each count the nearest commission of the same first-level area, where there is one."""
    centres = [station for station in ground.stations.values() if station.kind == StationKind.COMMISSION]
    added = [*rows]
    for row in rows:
        near = [centre for centre in centres if centre.top_id == row.station.top_id] or centres
        if row.role != Role.COUNT or not near:
            continue
        points = [_point(ground, row.station), *(_point(ground, centre) for centre in near)]
        roads = Roads(points, ground.parameters.travel(), [row.station.key, *(centre.key for centre in near)])
        minutes = roads.minutes(np.array([0], dtype=np.intp), np.arange(1, len(points), dtype=np.intp))
        best = int(minutes.argmin())
        arrive = row.leave + round(float(minutes[best]))
        added.append(
            Assignment(
                plan=row.plan,
                team=row.team,
                station=near[best],
                role=Role.TABULATION.value,
                position=len(routes[row.team.code].stops) + 1,
                arrive=arrive,
                leave=arrive + STAYS,
                drive=round(float(minutes[best])),
            )
        )
    return added


def _point(ground: Ground, station: Station) -> Point:
    return Point(station.latitude, station.longitude, ground.paths.get(station.area_id or 0, ()))
