"""From the rows of a plan to a problem of `planning.routes`, and back to rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.planning.routes import Fixed, Problem, Quality, Route, Stop, StopRole
from paragraph8.planning.routes import Plan as Solved
from paragraph8.planning.routes import Station as Place
from paragraph8.planning.routes import Team as Crew
from paragraph8.planning.travel import Point

from .models import Assignment, Kind, Mode, Plan, Role, TeamArea
from .parameters import Parameters

SOLVED = (Mode.SUGGESTED, Mode.ROUTE)


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
    *,
    edges_only: bool,
    fixed: Iterable[Assignment] = (),
    without: Iterable[str] = (),
) -> Problem:
    """The problem of some teams; `without` are stations that others have already, `fixed` stops that stay."""
    parameters, left_out = ground.parameters, set(without)
    places = [
        _place(ground, station)
        for station in ground.stations.values()
        if station.key not in left_out and station.kind != StationKind.ABROAD
    ]
    known = {place.key for place in places}
    return Problem(
        teams=tuple(_crew(ground, team) for team in teams),
        stations=tuple(places),
        travel=parameters.travel(),
        wanted=parameters.wanted(edges_only=edges_only),
        fixed=tuple(
            Fixed(stop.team.code, stop.station.key, StopRole(stop.role)) for stop in fixed if stop.station.key in known
        ),
    )


def _place(ground: Ground, station: Station) -> Place:
    parameters = ground.parameters
    path = ground.paths.get(station.area_id or 0, ())
    return Place(
        key=station.key,
        at=Point(station.latitude, station.longitude, path),
        opens=parameters.opens,
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


def solved_from(stops: Iterable[Assignment], *, back: Mapping[str, int], quality: Quality, seed: int) -> Solved:
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
    drawn: Mapping[str, Any] | None = None,
) -> list[Assignment]:
    """Routes as unsaved rows. `locked` are (team, station) of stops that stay; `drawn` are stations that chance named,
    with the moment from which they are shown."""
    kept, chance = set(locked), drawn or {}
    return [
        Assignment(
            plan=plan,
            team=teams[code],
            station=ground.stations[stop.station],
            role=stop.role.value,
            kind=(Kind.DRAWN if stop.station in chance else Kind.SUGGESTED).value,
            position=position,
            arrive=stop.arrive,
            leave=stop.leave,
            drive=stop.drive,
            locked=(code, stop.station) in kept,
            shown_from=chance.get(stop.station),
        )
        for code, route in routes.items()
        for position, stop in enumerate(route.stops, start=1)
    ]


def quality_to_json(quality: Quality) -> dict[str, Any]:
    """As a plan keeps it."""
    told = asdict(quality)
    told["unmet"] = [{**asdict(lack), "lack": lack.lack.value} for lack in quality.unmet]
    told["far_from_centre"] = list(quality.far_from_centre)
    return told
