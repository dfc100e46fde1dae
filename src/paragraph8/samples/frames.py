"""The frame as the list in force gives it, in an order that anybody can make again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from paragraph8.domain.missions import StationKind
from paragraph8.domain.selection import StrataBy
from paragraph8.missions.models import Mission, Station, Team
from paragraph8.statistics.sampling.frame import Frame
from paragraph8.statistics.sampling.refusals import RefusedDrawError

METRES = 111_320
"""One degree of latitude."""
NO_AREA = "-"
"""Stratum of stations that lie in no area."""
POLLING = tuple(kind.value for kind in StationKind if kind is not StationKind.COMMISSION)
"""Types where people vote; a seat of a commission is none."""


@dataclass(frozen=True)
class Built:
    """A frame, and how many stations of the list it leaves out because no team's area covers them."""

    frame: Frame
    uncovered: int


@dataclass(frozen=True)
class Covering:
    """The teams of a mission by the path of their area."""

    by_path: Mapping[str, tuple[Team, ...]]

    @classmethod
    def of(cls, mission: Mission) -> Covering:
        """Teams that are there and have an area."""
        found: dict[str, list[Team]] = defaultdict(list)
        teams = mission.teams.filter(dissolved_at=None, area__isnull=False).select_related("area").order_by("code")
        for team in teams:
            if team.area is not None:
                found[team.area.path].append(team)
        return cls({path: tuple(teams) for path, teams in found.items()})

    def innermost(self, path: str) -> str:
        """The path of the innermost area with a team in which an area lies; empty when there is none."""
        parts = path.split("/")[:-1]
        for n in range(len(parts), 0, -1):
            outer = "/".join(parts[:n]) + "/"
            if outer in self.by_path:
                return outer
        return ""

    def teams_by_area(self) -> dict[str, tuple[Team, ...]]:
        """Code of the area → its teams: the strata of a draw by team."""
        return {code_of(path): teams for path, teams in self.by_path.items()}


def code_of(path: str) -> str:
    """The code of the area that a path leads to."""
    return path.rstrip("/").rpartition("/")[2]


def frame_of(mission: Mission, *, strata_by: StrataBy, kinds: Collection[str]) -> Built:
    """The stations of these types in the list in force, ordered by path of the area and key, both as code points.

    Coordinates become whole metres from the middle of the stations. Raises `RefusedDrawError`.
    """
    columns = ("key", "kind", "registered", "urban", "latitude", "longitude", "area__path", "top__code")
    rows = list(Station.objects.filter(list_id=mission.station_list_id, kind__in=kinds).values_list(*columns))
    rows.sort(key=lambda row: (row[6] or "", row[0]))
    strata = list(_strata(mission, rows, strata_by))
    covered = [k for k, stratum in enumerate(strata) if stratum]
    rows = [rows[k] for k in covered]
    if len(rows) < 2:
        raise RefusedDrawError("empty-frame")
    x, y = _plane([(row[4], row[5]) for row in rows])
    frame = Frame.of(
        [row[0] for row in rows],
        strata=[strata[k] for k in covered],
        sizes=[row[2] for row in rows],
        x=x,
        y=y,
        urban=[row[3] for row in rows],
    )
    return Built(frame, len(strata) - len(covered))


def _strata(mission: Mission, rows: Sequence[tuple], strata_by: StrataBy) -> Iterable[str]:  # type: ignore[type-arg]
    covering = Covering.of(mission) if strata_by is StrataBy.TEAM else Covering({})
    places = {True: "urban", False: "rural", None: "unknown"}
    for _key, kind, _registered, urban, _latitude, _longitude, path, top in rows:
        match strata_by:
            case StrataBy.AREA:
                yield top or NO_AREA
            case StrataBy.AREA_URBAN:
                yield f"{top or NO_AREA}/{places[urban]}"
            case StrataBy.KIND:
                yield kind
            case StrataBy.TEAM:
                yield code_of(covering.innermost(path or ""))
            case StrataBy.NOTHING:
                yield "all"


def _plane(where: Sequence[tuple[float | None, float | None]]) -> tuple[list[float | None], list[float | None]]:
    """Degrees to metres east and north (equirectangular, true at the middle latitude)."""
    known = [latitude for latitude, _ in where if latitude is not None]
    middle = sum(known) / len(known) if known else 0.0
    east = METRES * cos(radians(middle))
    return (
        [None if longitude is None else longitude * east for _, longitude in where],
        [None if latitude is None else latitude * METRES for latitude, _ in where],
    )
