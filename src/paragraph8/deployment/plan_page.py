"""A plan as its page shows it: the quality in words, areas side by side, teams, and a route as a drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.missions.models import Area, Mission, Station
from paragraph8.places.dots import dots
from paragraph8.places.drawing import Cell, tones
from paragraph8.places.drawing import Drawing as Map
from paragraph8.places.drawing import drawing as drawn_map
from paragraph8.planning.routes import Lack
from paragraph8.wording.numbers import format_integer

from .forms import MODE_WORDS
from .models import Mode, Plan, PlanTeam, Role
from .parameters import written
from .problem import DayStop
from .refusals import LACKS


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
    """First-level areas, by code."""
    areas = list(mission.areas.filter(parent=None).order_by("code"))
    of_stations = Counter(Station.objects.filter(list_id=plan.station_list_id).values_list("top_id", flat=True))
    of_stops = Counter(stop.station.top_id for stop in stops)
    of_teams: Counter[str] = Counter()
    for given in areas_of.values():
        of_teams.update({area.path.partition("/")[0] for area in given})
    return [
        AreaLine(
            name=area.name,
            code=area.code,
            stations=of_stations[area.pk],
            teams=of_teams[area.code],
            stops=of_stops[area.pk],
        )
        for area in areas
    ]


def area_map(mission: Mission, lines: Sequence[AreaLine], *, viewer: Viewer) -> Map | None:
    """How many teams work in each area, on the map of the mission; nothing for who does not see places."""
    if not lines or not viewer.may(Action.SEE_PLACES, mission.pk):
        return None
    shades = tones([line.teams for line in lines])
    return drawn_map(mission, {line.code: Cell(line.teams, shades[line.teams]) for line in lines}, viewer=viewer)


def drawing(stops: Sequence[DayStop]) -> Drawing | None:
    """A route on paper, north up; nothing where a coordinate is missing or there is nothing to draw."""
    found = dots([stop.station for stop in stops])
    if len(stops) < 2 or len(found) < len(stops):
        return None
    return Drawing(
        " ".join(f"{dot.x},{dot.y}" for dot in found),
        [(dot.x, dot.y, n, str(dot.station)) for n, dot in enumerate(found, start=1)],
    )


def _spread(of: Mapping[str, int]) -> dict[str, str]:
    return {
        "least": _n(of["least"]),
        "most": _n(of["most"]),
        "median": _n(of["median"]),
        "variation": _n(round(of["variation"] / 10)),
    }


def _n(n: int) -> str:
    return format_integer(n, get_language() or "en")
