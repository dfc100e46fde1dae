"""From the rows of a plan to a problem of `planning.routes`, and back to rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.planning.routes import Fixed, Problem, Quality, Route, Stop, StopRole, Wanted
from paragraph8.planning.routes import Plan as Solved
from paragraph8.planning.routes import Station as Place
from paragraph8.planning.routes import Team as Crew
from paragraph8.planning.travel import Point
from paragraph8.samples.models import Stop as Drawn

from .drawn_stops import minute_shown, role_of
from .models import Assignment, DrawnVisit, Mode, Plan, Role, TeamArea
from .parameters import Parameters

DayStop = Assignment | DrawnVisit
"""A stop of a day: that the mission suggested, or that chance named."""


@dataclass(frozen=True)
class Ground:
    """The stations and the teams that a plan stands on, read once. `centres` are seats that tabulate."""

    mission: Mission
    parameters: Parameters
    stations: Mapping[str, Station]
    areas: Mapping[int, frozenset[str]]
    """Codes of the areas by team; empty: everywhere."""
    paths: Mapping[int, tuple[str, ...]]
    """Codes from the first level down, by area."""


def ground_of(plan: Plan) -> Ground:
    """Read what the plan stands on."""
    areas = {area.pk: area for area in Area.objects.filter(mission_id=plan.mission_id)}
    stations = Station.objects.filter(list_id=plan.station_list_id).order_by("key").defer("folded", "name", "address")
    return Ground(
        plan.mission,
        Parameters.of(plan.parameters),
        {station.key: station for station in stations},
        areas_of_teams(plan.mission),
        {pk: tuple(area.path.strip("/").split("/")) for pk, area in areas.items()},
    )


def areas_of_teams(mission: Mission) -> dict[int, frozenset[str]]:
    """The codes of each team's areas: those it was given, or that of its own row."""
    given: dict[int, set[str]] = {}
    for team, code in TeamArea.objects.filter(mission=mission).values_list("team_id", "area__code"):
        given.setdefault(team, set()).add(code)
    own = dict(mission.teams.values_list("pk", "area__code"))
    return {pk: frozenset(given.get(pk) or ({code} if code else set())) for pk, code in own.items()}


def problem_of(
    ground: Ground,
    teams: Sequence[Team],
    mode: Mode,
    *,
    drawn: Sequence[Drawn] = (),
    fixed: Iterable[Assignment] = (),
    without: Iterable[str] = (),
    also: Iterable[str] = (),
) -> Problem:
    """The problem of some teams that get the same; `without` are stations that others have already, `fixed` stops that
    stay, `drawn` the drawn stops of these teams, which stay too and open when they are shown. Stations abroad are in no
    plan, except for those in `also`, which a hand has added."""
    left_out, named = set(without), set(also)
    shown = {stop.station.key: minute_shown(ground.mission, stop) for stop in drawn}
    places = [
        _place(ground, station, shown.get(station.key, 0) if mode is not Mode.ALL_DAY else 0)
        for station in ground.stations.values()
        if station.key not in left_out and (station.kind != StationKind.ABROAD or station.key in named)
    ]
    known = {place.key for place in places}
    return Problem(
        teams=tuple(_crew(ground, team) for team in teams),
        stations=tuple(places),
        travel=ground.parameters.travel(),
        wanted=_wanted(ground.parameters, mode),
        fixed=tuple(
            [
                Fixed(stop.team.code, stop.station.key, StopRole(role_of(mode)))
                for stop in drawn
                if stop.station.key in known
            ]
            + [
                Fixed(stop.team.code, stop.station.key, StopRole(stop.role))
                for stop in fixed
                if stop.station.key in known and stop.station.key not in shown
            ]
        ),
    )


def _wanted(parameters: Parameters, mode: Mode) -> Wanted:
    """What teams of a mode are to do; one that goes its own way, nothing besides its drawn stops."""
    match mode:
        case Mode.AREA:
            return parameters.wanted(visits=0, edges=False)
        case Mode.SUGGESTED:
            return parameters.wanted(visits=2)
        case _:
            return parameters.wanted()


def _place(ground: Ground, station: Station, shown: int) -> Place:
    parameters = ground.parameters
    path = ground.paths.get(station.area_id or 0, ())
    return Place(
        key=station.key,
        at=Point(station.latitude, station.longitude, path),
        opens=max(parameters.opens, shown),
        closes=parameters.closing(station.kind),
        centre=station.kind == StationKind.COMMISSION,
    )


def _crew(ground: Ground, team: Team) -> Crew:
    parameters = ground.parameters
    path = ground.paths.get(team.area_id or 0, ())
    latitude, longitude = parameters.bases.get(team.code, (None, None))
    return Crew(
        code=team.code,
        base=Point(latitude, longitude, path),
        areas=ground.areas.get(team.pk, frozenset()),
        starts=parameters.starts,
        ends=parameters.ends,
    )


def solved_from(stops: Iterable[DayStop], *, back: Mapping[str, int], quality: Quality, seed: int) -> Solved:
    """The stops of a plan as the solver knows them; tabulation is not one of its stops."""
    routes: dict[str, list[Stop]] = {}
    for stop in stops:
        if stop.role != Role.TABULATION:
            routes.setdefault(stop.team.code, []).append(
                Stop(
                    station=stop.station.key,
                    role=StopRole(stop.role),
                    arrive=stop.arrive,
                    leave=stop.leave,
                    drive=stop.drive,
                )
            )
    return Solved(
        routes={code: Route(tuple(own), back.get(code, 0)) for code, own in routes.items()}, quality=quality, seed=seed
    )


def rows_of(
    plan: Plan,
    ground: Ground,
    teams: Mapping[str, Team],
    routes: Mapping[str, Route],
    *,
    locked: Iterable[tuple[str, str]] = (),
    drawn: Iterable[Drawn] = (),
) -> tuple[list[Assignment], list[DrawnVisit]]:
    """Routes as unsaved rows: suggested stops, and visits of drawn ones. `locked` are (team, station) of stops that
    stay."""
    kept = set(locked)
    by_chance = {(stop.team.code, stop.station.key): stop for stop in drawn}
    suggested, visits = [], []
    for code, route in routes.items():
        for position, stop in enumerate(route.stops, start=1):
            facts: dict[str, Any] = {
                "plan": plan,
                "team": teams[code],
                "role": stop.role.value,
                "position": position,
                "arrive": stop.arrive,
                "leave": stop.leave,
                "drive": stop.drive,
            }
            chance = by_chance.get((code, stop.station))
            if chance is not None:
                visits.append(DrawnVisit(stop=chance, **facts))
            else:
                locks = (code, stop.station) in kept
                suggested.append(Assignment(station=ground.stations[stop.station], locked=locks, **facts))
    return suggested, visits


def quality_to_json(quality: Quality) -> dict[str, Any]:
    """As a plan keeps it."""
    told = asdict(quality)
    told["unmet"] = [{**asdict(lack), "lack": lack.lack.value} for lack in quality.unmet]
    told["far_from_centre"] = list(quality.far_from_centre)
    return told
