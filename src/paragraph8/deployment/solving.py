"""The job `deployment.assign`: work a plan out. It reads, searches without any transaction, and writes in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import JobRefusedError, Progress
from paragraph8.missions.models import Team
from paragraph8.planning.posts import post
from paragraph8.planning.route_quality import quality as judged
from paragraph8.planning.route_quality import spread
from paragraph8.planning.routes import Plan as Solved
from paragraph8.planning.routes import Problem, Quality, Route, StopRole, UnsolvableError
from paragraph8.planning.routes import Stop as Visit
from paragraph8.planning.routing import assign, repair
from paragraph8.planning.timetable import Ground as Roads
from paragraph8.planning.timetable import timetable
from paragraph8.samples.models import Stop as Drawn

from .drawn_stops import stops_of_teams
from .models import Assignment, Mode, Plan, Role
from .operations import finish_plan
from .problem import Ground, ground_of, problem_of, quality_to_json, rows_of, solved_from
from .tabulation import with_tabulation


@dataclass(frozen=True)
class Found:
    """What was worked out: routes and quality."""

    routes: Mapping[str, Route]
    quality: Quality


@dataclass(frozen=True)
class Task:
    """What a job has to do: the plan, its ground, the drawn stops of its teams, the stops of the plan before it."""

    job: Job
    plan: Plan
    ground: Ground
    drawn: Sequence[Drawn]
    kept: Sequence[Assignment]

    def drawn_of(self, teams: Sequence[Team]) -> list[Drawn]:
        """Drawn stops of some teams, as far as the list of the plan has their stations."""
        known = {team.pk for team in teams}
        return [stop for stop in self.drawn if stop.team_id in known and stop.station.key in self.ground.stations]


def work_out(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Do the job. Refuses when there is nothing to plan with."""
    plan = Plan.objects.select_related("mission", "made_from").get(pk=job.arguments["plan"])
    ground = ground_of(plan)
    members = list(plan.teams.select_related("team").order_by("team__code"))
    teams = {member.team.code: member.team for member in members}
    drawn = stops_of_teams(plan.mission, [team.pk for team in teams.values()])
    task = Task(job, plan, ground, drawn, _kept(plan))
    try:
        found = _found(task, [(member.team, Mode(member.mode)) for member in members], progress)
    except UnsolvableError as error:
        raise JobRefusedError({"reason": error.reason}) from error
    locked = [(stop.team.code, stop.station.key) for stop in task.kept if stop.locked]
    rows, visits = rows_of(plan, ground, teams, found.routes, locked=locked, drawn=drawn)
    if ground.parameters.tabulation:
        rows = with_tabulation(rows, ground, found.routes)
    finish_plan(
        plan=plan,
        routes=found.routes,
        rows=rows,
        visits=visits,
        quality=quality_to_json(found.quality),
        now=plan.job.moment() if plan.job else timezone.now(),
    )
    return {"plan": plan.number}


def _found(task: Task, teams: Sequence[tuple[Team, Mode]], progress: Progress) -> Found:
    """Teams that stay all day first, then those with whole routes, then those with an opening and a count alone: each
    kind takes no station of the one before, and none that is drawn for others, unless the mission lets teams share.
    A team that goes its own way has times for its drawn stops alone."""
    routes: dict[str, Route] = {}
    parts: list[Quality] = []
    taken: set[str] = set()
    for mode in (Mode.ALL_DAY, Mode.ROUTE, Mode.SUGGESTED, Mode.AREA):
        of_mode = [team for team, its in teams if its is mode]
        drawn = task.drawn_of(of_mode)
        if mode is Mode.AREA:
            named = {stop.team_id for stop in drawn} | {stop.team_id for stop in task.kept if stop.locked}
            of_mode = [team for team in of_mode if team.pk in named]
        if not of_mode:
            continue
        solved = _solve(task, mode, of_mode, drawn, taken, progress)
        routes |= solved.routes
        taken |= {stop.station for route in solved.routes.values() for stop in route.stops}
        parts.append(solved.quality)
    return Found(routes, together(parts, routes))


def _solve(
    task: Task, mode: Mode, teams: Sequence[Team], drawn: Sequence[Drawn], taken: set[str], progress: Progress
) -> Solved:
    codes = {team.code for team in teams}
    own = {stop.station.key for stop in drawn}
    others = {stop.station.key for stop in task.drawn} | taken
    kept = [stop for stop in task.kept if stop.team.code in codes and stop.role != Role.TABULATION]
    problem = problem_of(
        task.ground,
        teams,
        mode,
        drawn=drawn,
        fixed=[stop for stop in kept if stop.locked and not _posted(stop, mode, drawn)],
        without=() if task.ground.parameters.shared else others - own,
    )
    if mode is Mode.AREA:
        return _own_way(problem)
    if mode is Mode.ALL_DAY:
        return post(problem)
    before = None
    if kept and task.plan.made_from:
        before = solved_from(kept, back={}, quality=together([], {}), seed=task.plan.seed)
    without = task.job.arguments.get("without", "")
    if without and before is not None:
        return _repaired(task.plan, problem, before, without)
    return assign(problem, seed=task.plan.seed, progress=progress, start=before)


def _posted(stop: Assignment, mode: Mode, drawn: Sequence[Drawn]) -> bool:
    """Whether chance has given another post to a team that stays all day."""
    return mode is Mode.ALL_DAY and any(each.team_id == stop.team_id for each in drawn)


def _own_way(problem: Problem) -> Solved:
    """Times for drawn and locked stops alone: an opening first, then visits in the order in which they are shown."""
    roads = Roads(problem)
    rank = {StopRole.OPENING: 0, StopRole.VOTING: 1, StopRole.COUNT: 2}
    routes = {}
    for n, team in enumerate(problem.teams):
        own = sorted((stop for stop in problem.fixed if stop.team == team.code), key=lambda stop: rank[stop.role])
        routes[team.code] = timetable(roads, n, [(roads.place[stop.station], stop.role) for stop in own])
    return Solved(routes=routes, quality=judged(roads, routes), seed=0)


def _repaired(plan: Plan, problem: Problem, before: Solved, without: str) -> Solved:
    """The plan before, with the stops of a team that dropped out given to others, drawn stops where they are now."""
    orphaned = plan.made_from.stops.filter(team__code=without) if plan.made_from else Assignment.objects.none()
    gone = solved_from(
        orphaned.select_related("team", "station"), back={}, quality=before.quality, seed=plan.seed
    )  # fmt: skip
    known = {station.key for station in problem.stations}
    given = {stop.station for stop in problem.fixed}
    routes = {
        code: Route(tuple(stop for stop in route.stops if stop.station in known - given))
        for code, route in {**before.routes, **gone.routes}.items()
    }
    for stop in problem.fixed:
        own = routes.get(stop.team, Route(()))
        visit = Visit(station=stop.station, role=stop.role, arrive=0, leave=0, drive=0)
        routes[stop.team] = Route((*own.stops, visit))
    return repair(
        problem, Solved(routes=routes, quality=before.quality, seed=plan.seed), without=without, seed=plan.seed
    )  # fmt: skip


def together(parts: Sequence[Quality], routes: Mapping[str, Route]) -> Quality:
    """One quality for teams that were planned apart."""
    return Quality(
        teams=sum(part.teams for part in parts),
        stops=sum(part.stops for part in parts),
        drive=sum(part.drive for part in parts),
        visits=spread([len(route.stops) for route in routes.values()]),
        minutes=spread([route.drive for route in routes.values()]),
        unmet=tuple(lack for part in parts for lack in part.unmet),
        far_from_centre=tuple(code for part in parts for code in part.far_from_centre),
        centres=max((part.centres for part in parts), default=0),
        by_area=sum(part.by_area for part in parts),
        legs=sum(part.legs for part in parts),
    )


def _kept(plan: Plan) -> list[Assignment]:
    """The suggested stops of the plan that this one was made from."""
    if plan.made_from is None:
        return []
    return list(plan.made_from.stops.select_related("team", "station").order_by("team__code", "position"))
