"""The job `deployment.assign`: work a plan out. It reads, searches without any transaction, and writes in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import JobRefusedError, Progress
from paragraph8.missions.models import Team
from paragraph8.planning.posts import post
from paragraph8.planning.route_quality import spread
from paragraph8.planning.routes import Plan as Solved
from paragraph8.planning.routes import Problem, Quality, Route, UnsolvableError
from paragraph8.planning.routing import assign, repair

from .models import Assignment, Mode, Plan, Role
from .operations import finish_plan
from .problem import Ground, ground_of, problem_of, quality_to_json, rows_of, solved_from
from .tabulation import with_tabulation


@dataclass(frozen=True)
class Found:
    """What was worked out: routes and quality."""

    routes: Mapping[str, Route]
    quality: Quality


def work_out(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Do the job. Refuses when there is nothing to plan with."""
    plan = Plan.objects.select_related("mission", "made_from").get(pk=job.arguments["plan"])
    ground = ground_of(plan)
    members = list(plan.teams.select_related("team").order_by("team__code"))
    teams = {member.team.code: member.team for member in members}
    drawn = _drawn(job)
    try:
        found = _found(plan, ground, [(member.team, Mode(member.mode)) for member in members], job, progress)
    except UnsolvableError as error:
        raise JobRefusedError({"reason": error.reason}) from error
    kept = _kept(plan)
    rows = rows_of(
        plan,
        ground,
        teams,
        found.routes,
        locked=[(stop.team.code, stop.station.key) for stop in kept if stop.locked],
        drawn=drawn,
    )
    if ground.parameters.tabulation:
        rows = with_tabulation(rows, ground, found.routes)
    quality = quality_to_json(found.quality)
    finish_plan(
        plan=plan,
        routes=found.routes,
        rows=rows,
        quality=quality,
        now=plan.job.moment() if plan.job else timezone.now(),
    )
    return {"plan": plan.number}


def _found(
    plan: Plan, ground: Ground, teams: Sequence[tuple[Team, Mode]], job: Job, progress: Progress
) -> Found:  # fmt: skip
    """Teams that stay all day first, then those with whole routes, then those with an opening and a count alone: each
    kind takes no station of the one before, unless the mission lets teams share."""
    routes: dict[str, Route] = {}
    parts: list[Quality] = []
    taken: set[str] = set()
    only = set(_drawn(job))
    hidden = [key for key in ground.stations if only and key not in only]
    kept = _kept(plan)
    for mode in (Mode.ALL_DAY, Mode.ROUTE, Mode.SUGGESTED):
        of_mode = [team for team, its in teams if its is mode]
        if not of_mode:
            continue
        without = [*hidden, *(() if ground.parameters.shared else taken)]
        codes = {team.code for team in of_mode}
        fixed = [stop for stop in kept if stop.locked and stop.team.code in codes and stop.role != Role.TABULATION]
        problem = problem_of(ground, of_mode, edges_only=mode is Mode.SUGGESTED, fixed=fixed, without=without)
        solved = _solve(plan, mode, problem, [stop for stop in kept if stop.team.code in codes], job, progress)
        routes |= solved.routes
        taken |= {stop.station for route in solved.routes.values() for stop in route.stops}
        parts.append(solved.quality)
    return Found(routes, together(parts, routes))


def _solve(
    plan: Plan, mode: Mode, problem: Problem, kept: Sequence[Assignment], job: Job, progress: Progress
) -> Solved:
    if mode is Mode.ALL_DAY:
        return post(problem)
    before = None
    if kept and plan.made_from:
        before = solved_from(kept, back={}, quality=together([], {}), seed=plan.seed)
    without = job.arguments.get("without", "")
    if without and before is not None and plan.made_from:
        return _repaired(plan, problem, before, without)
    return assign(problem, seed=plan.seed, progress=progress, start=before)


def _repaired(plan: Plan, problem: Problem, before: Solved, without: str) -> Solved:
    orphaned = plan.made_from.stops.filter(team__code=without) if plan.made_from else Assignment.objects.none()
    gone = solved_from(
        orphaned.select_related("team", "station"), back={}, quality=before.quality, seed=plan.seed
    )  # fmt: skip
    known = {station.key for station in problem.stations}
    routes = {
        code: Route(tuple(stop for stop in route.stops if stop.station in known))
        for code, route in {**before.routes, **gone.routes}.items()
    }
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
    """The stops of the plan that this one was made from."""
    if plan.made_from is None:
        return []
    return list(plan.made_from.stops.select_related("team", "station").order_by("team__code", "position"))


def _drawn(job: Job) -> dict[str, datetime | None]:
    shown = job.arguments.get("shown_from")
    moment = datetime.fromisoformat(shown) if shown else None
    return dict.fromkeys(job.arguments.get("drawn", ()), moment)
