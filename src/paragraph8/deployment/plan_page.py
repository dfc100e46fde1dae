"""A plan as its page shows it: the quality in words, areas side by side, teams, and a route as a drawing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from paragraph8.missions.models import Area, Mission, Station
from paragraph8.planning.routes import Lack
from paragraph8.wording.numbers import format_integer

from .forms import MODE_WORDS
from .models import Mode, Plan, PlanTeam, Role
from .parameters import written
from .problem import DayStop
from .refusals import LACKS

WIDTH, HEIGHT, EDGE = 600, 360, 24
TILE = 92


@dataclass(frozen=True)
class LackLine:
    """One thing unmet, for the page."""

    team: str
    station: str
    words: str | Promise


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """One team of a plan."""

    code: str
    area: Any
    mode: Any
    stops: int
    hidden: int
    drive: int
    opening: str
    count: str
    lacks: int


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """One first-level area: its stations, the teams that work there, the stops of the plan."""

    name: Any
    code: str
    stations: int
    teams: int
    stops: int
    left: int
    top: int


@dataclass(frozen=True)
class Drawing:
    """A team's route: its legs as one line, its stops as dots with numbers."""

    line: str
    dots: Sequence[tuple[int, int, int, str]]


def sentences(plan: Plan) -> list[str]:
    """The quality in words. Nothing for a plan in which no team has a stop."""
    told = plan.quality
    if not told or not told.get("stops"):
        return [_("No stop is named: teams go their own routes, and record where they went.")]
    visits, minutes = told["visits"], told["minutes"]
    said = [
        _("%(teams)s teams stop %(stops)s times and are %(hours)s hours on the road in all (%(drive)s minutes).")
        % {
            "teams": _n(told["teams"]),
            "stops": _n(told["stops"]),
            "hours": _n(round(told["drive"] / 60)),
            "drive": _n(told["drive"]),
        },
        _("Stops of a team: %(least)s to %(most)s, in the middle %(median)s; variation %(variation)s%%.")
        % _spread(visits),
        _("Minutes of a team on the road: %(least)s to %(most)s, in the middle %(median)s; variation %(variation)s%%.")
        % _spread(minutes),
    ]
    if told["centres"]:
        far = len(told["far_from_centre"])
        said.append(
            ngettext(
                "The count of %(n)s team is far from every commission that tabulates.",
                "The counts of %(n)s teams are far from every commission that tabulates.",
                far,
            )
            % {"n": _n(far)}
        )
    else:
        said.append(_("The station list names no commission that tabulates, so nothing is said of the way there."))
    if told["by_area"]:
        said.append(
            _("Coordinates are missing: of %(legs)s ways, %(n)s were taken from the area structure, and are rough.")
            % {"legs": _n(told["legs"]), "n": _n(told["by_area"])}
        )
    return said


def lack_lines(unmet: Iterable[Mapping[str, str]]) -> list[LackLine]:
    """What a plan leaves unmet, in words."""
    return [LackLine(lack["team"], lack["station"], LACKS[Lack(lack["lack"])]) for lack in unmet]


def team_lines(
    members: Sequence[PlanTeam], stops: Sequence[DayStop], hidden: Mapping[str, int], lacks: Sequence[LackLine]
) -> list[TeamLine]:
    """The teams of a plan, in the order of their codes."""
    by_team: dict[int, list[DayStop]] = {}
    for stop in stops:
        by_team.setdefault(stop.team_id, []).append(stop)
    unmet = Counter(lack.team for lack in lacks)
    lines = []
    for member in members:
        own = by_team.get(member.team_id, [])
        edge = {stop.role: f"{stop.station} {written(stop.arrive)}" for stop in own}
        lines.append(
            TeamLine(
                code=member.team.code,
                area=member.team.area.name if member.team.area else "",
                mode=MODE_WORDS[Mode(member.mode)],
                stops=len(own),
                hidden=hidden.get(member.team.code, 0),
                drive=sum(stop.drive for stop in own) + (member.back if own else 0),
                opening=edge.get(Role.OPENING, edge.get(Role.ALL_DAY, "")),
                count=edge.get(Role.COUNT, ""),
                lacks=unmet[member.team.code],
            )
        )
    return lines


def area_lines(
    mission: Mission, plan: Plan, stops: Sequence[DayStop], areas_of: Mapping[str, Sequence[Area]]
) -> list[AreaLine]:
    """First-level areas with their place in the cartogram, or none where the mission has drawn none."""
    areas = list(mission.areas.filter(parent=None).order_by("code"))
    of_stations = Counter(Station.objects.filter(list_id=plan.station_list_id).values_list("top_id", flat=True))
    of_stops = Counter(stop.station.top_id for stop in stops)
    of_teams: Counter[str] = Counter()
    for given in areas_of.values():
        of_teams.update({area.path.partition("/")[0] for area in given})
    lines = []
    for area in areas:
        row, column = _place(area.at)
        lines.append(
            AreaLine(
                name=area.name,
                code=area.code,
                stations=of_stations[area.pk],
                teams=of_teams[area.code],
                stops=of_stops[area.pk],
                left=(column - 1) * TILE,
                top=(row - 1) * TILE,
            )
        )
    return lines


@dataclass(frozen=True)
class Tiles:
    """The cartogram: its tiles, and how large it is."""

    tiles: Sequence[AreaLine]
    width: int
    height: int


def tiles(mission: Mission, lines: Sequence[AreaLine]) -> Tiles | None:
    """The cartogram of first-level areas; nothing where not every area has a place."""
    placed = {area.code for area in mission.areas.filter(parent=None) if area.at}
    if not lines or any(line.code not in placed for line in lines):
        return None
    return Tiles(lines, max(line.left for line in lines) + TILE, max(line.top for line in lines) + TILE)


def drawing(stops: Sequence[DayStop]) -> Drawing | None:
    """A route on paper, north up; nothing where a coordinate is missing or there is nothing to draw."""
    places = [(stop.station.longitude, stop.station.latitude) for stop in stops]
    if len(places) < 2 or any(x is None or y is None for x, y in places):
        return None
    known = [(float(x), float(y)) for x, y in places if x is not None and y is not None]
    middle = math.cos(math.radians(sum(y for _x, y in known) / len(known)))
    flat = [(x * middle, y) for x, y in known]
    left, low = min(x for x, _y in flat), min(y for _x, y in flat)
    wide, high = max(x for x, _y in flat) - left, max(y for _x, y in flat) - low
    scale = min((WIDTH - 2 * EDGE) / (wide or 1e-9), (HEIGHT - 2 * EDGE) / (high or 1e-9))
    scale = min(scale, 1e6)
    dots = [
        (round(EDGE + (x - left) * scale), round(HEIGHT - EDGE - (y - low) * scale), n, str(stop.station))
        for n, ((x, y), stop) in enumerate(zip(flat, stops, strict=True), start=1)
    ]
    return Drawing(" ".join(f"{x},{y}" for x, y, _n_, _name in dots), dots)


def _place(at: str) -> tuple[int, int]:
    row, _slash, column = at.partition("/")
    return (int(row), int(column)) if row.isdigit() and column.isdigit() else (1, 1)


def _spread(of: Mapping[str, int]) -> dict[str, str]:
    return {
        "least": _n(of["least"]),
        "most": _n(of["most"]),
        "median": _n(of["median"]),
        "variation": _n(round(of["variation"] / 10)),
    }


def _n(n: int) -> str:
    return format_integer(n, get_language() or "en")
