"""Changing a draft by hand: move, add, take out, lock, exchange. After each change times and quality are new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.planning.route_quality import quality
from paragraph8.planning.routes import Route, StopRole
from paragraph8.planning.timetable import Ground as Roads
from paragraph8.planning.timetable import timetable

from .drawn_stops import stops_of_teams, timed_visits
from .models import Assignment, DrawnVisit, Mode, Plan, PlanState, PlanTeam, Role
from .operations import refuse_unfinished
from .problem import DayStop, ground_of, problem_of, quality_to_json, solved_from
from .refusals import RefusedError
from .solving import together

ONCE = (Role.OPENING, Role.COUNT)
FIRST, LAST = Role.OPENING, Role.COUNT


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a hand wants: `what` is add, remove, earlier, later, lock, unlock, exchange or give. `stop` is the stop that
    it concerns, `station` the one to add or of the stop to exchange it with, `team` whom to give it to."""

    what: str
    stop: int = 0
    station: str = ""
    role: Role = Role.VOTING
    team: str = ""


@transaction.atomic
def change_plan(*, plan: Plan, team: str, change: Change, by: Viewer, now: datetime) -> Plan:
    """Make one change to a team's day in a draft. The whole plan's times and quality are made anew; a day that cannot
    be kept is allowed, and its lacks are named. A drawn stop is nobody's to change: it stays with its team, and only
    what the mission suggested moves. Raises `RefusedError`."""
    by.require(Action.MANAGE_DEPLOYMENT, plan.mission_id)
    held = Plan.objects.select_for_update().select_related("mission").get(pk=plan.pk)
    refuse_unfinished(held)
    if held.state != PlanState.DRAFT:
        raise RefusedError("not-a-draft")
    member = held.teams.select_related("team").filter(team__code=team).first()
    if member is None:
        raise RefusedError("unknown-team")
    touched = _CHANGES[change.what](held, member, change, by)
    _settle(held, touched)
    append(
        mission_id=held.mission_id,
        kind="plan.changed",
        subject=f"plan:{held.pk}",
        body={"number": held.number, "what": change.what, "team": team},
        by=by.name,
        now=now,
    )
    return held


def _add(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:
    station = plan.station_list.stations.filter(key=change.station.strip()).first()
    if station is None:
        raise RefusedError("unknown-station", station=change.station)
    stops = _day(plan, member.team_id)
    role = Role.ALL_DAY if member.mode == Mode.ALL_DAY else change.role
    if member.mode == Mode.ALL_DAY and stops:
        raise RefusedError("one-all-day")
    if any(
        stop.station.key == station.key and stop.role != Role.TABULATION for stop in stops if _may_know(stop, plan, by)
    ):
        raise RefusedError("twice")
    _free(plan, station.key, member.team_id, by)
    if role in ONCE and any(stop.role == role for stop in stops):
        raise RefusedError("role-twice")
    new = Assignment(
        plan=plan,
        team_id=member.team_id,
        station=station,
        role=role.value,
        position=0,
        arrive=0,
        leave=0,
        locked=True,
    )
    _write(_in_order([*stops, new]))
    return [member.team_id]


def _remove(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:  # noqa: ARG001 - one shape
    _stop(plan, change.stop, member.team_id).delete()
    return [member.team_id]


def _move(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:  # noqa: ARG001 - one shape
    stop = _stop(plan, change.stop, member.team_id)
    stops = _day(plan, member.team_id)
    place = stops.index(stop)
    other = place + (1 if change.what == "later" else -1)
    if 0 <= other < len(stops) and stop.role == stops[other].role == Role.VOTING:
        stops[place], stops[other] = stops[other], stops[place]
        _write(stops)
    return [member.team_id]


def _lock(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:  # noqa: ARG001 - one shape
    stop = _stop(plan, change.stop, member.team_id)
    Assignment.objects.filter(pk=stop.pk).update(locked=change.what == "lock")
    return []


def _exchange(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:  # noqa: ARG001 - one shape
    """Two stops change their stations; a third team is never touched."""
    mine = _stop(plan, change.stop, member.team_id)
    meant = plan.stops.filter(station__key=change.station.strip()).exclude(role=Role.TABULATION).first()
    if meant is None:
        raise RefusedError("no-such-stop", station=change.station)
    theirs = _stop(plan, meant.pk)
    if mine.pk == theirs.pk:
        return []
    mine.station_id, theirs.station_id = theirs.station_id, mine.station_id
    for stop in (mine, theirs):
        others = plan.stops.filter(team_id=stop.team_id).exclude(pk__in=[mine.pk, theirs.pk])
        if others.filter(station_id=stop.station_id).exists():
            raise RefusedError("twice")
    Assignment.objects.bulk_update([mine, theirs], ["station"])
    return [mine.team_id, theirs.team_id]


def _give(plan: Plan, member: PlanTeam, change: Change, by: Viewer) -> list[int]:
    """A stop moves to another team's day."""
    stop = _stop(plan, change.stop, member.team_id)
    other = plan.teams.select_related("team").filter(team__code=change.team).first()
    if other is None:
        raise RefusedError("unknown-team")
    theirs = _day(plan, other.team_id)
    if any(each.station.key == stop.station.key for each in theirs if _may_know(each, plan, by)):
        raise RefusedError("twice")
    if other.mode == Mode.ALL_DAY and theirs:
        raise RefusedError("one-all-day")
    if stop.role in ONCE and any(each.role == stop.role for each in theirs):
        raise RefusedError("role-twice")
    stop.delete()
    stop.pk, stop.team_id = None, other.team_id
    stop._state.adding = True
    _write(_in_order([*theirs, stop]))
    return [member.team_id, other.team_id]


_CHANGES: dict[str, Callable[[Plan, PlanTeam, Change, Viewer], list[int]]] = {
    "add": _add,
    "remove": _remove,
    "earlier": _move,
    "later": _move,
    "lock": _lock,
    "unlock": _lock,
    "exchange": _exchange,
    "give": _give,
}
CHANGES = tuple(_CHANGES)


def _stop(plan: Plan, pk: int, team_id: int | None = None) -> Assignment:
    found = plan.stops.filter(pk=pk)
    stop = (found if team_id is None else found.filter(team_id=team_id)).select_related("station").first()
    if stop is None:
        raise RefusedError("no-stop")
    return stop


def _may_know(stop: DayStop, plan: Plan, by: Viewer) -> bool:
    """Whether a refusal may tell that the stop is there. Who may not see the sample could try every station."""
    return isinstance(stop, Assignment) or by.may(Action.SEE_SAMPLE, plan.mission_id)


def _free(plan: Plan, station: str, team_id: int, by: Viewer) -> None:
    if plan.parameters.get("shared"):
        return
    suggested = plan.stops.exclude(role=Role.TABULATION).select_related("team", "station")
    drawn = timed_visits(plan).filter(stop__station__key=station)
    there: list[DayStop] = [*suggested.filter(station__key=station), *drawn]
    for stop in there:
        if stop.team_id != team_id and _may_know(stop, plan, by):
            raise RefusedError("taken", team=stop.team.code)


def _day(plan: Plan, team_id: int) -> list[DayStop]:
    suggested = plan.stops.filter(team_id=team_id).select_related("station", "team")
    return sorted([*suggested, *timed_visits(plan).filter(team_id=team_id)], key=lambda stop: stop.position)


def _in_order(stops: Sequence[DayStop]) -> list[DayStop]:
    rank = {Role.OPENING: 0, Role.ALL_DAY: 0, Role.VOTING: 1, Role.COUNT: 2, Role.TABULATION: 3}
    return sorted(stops, key=lambda stop: (rank[Role(stop.role)], stop.position or 10_000))


def _write(stops: Sequence[DayStop]) -> None:
    """Number the stops of one day anew; two steps, because no position may stand twice in between."""
    for offset in (1000, 0):
        for position, stop in enumerate(stops, start=1):
            stop.position = position + offset
            stop.save()


def _settle(plan: Plan, touched: Sequence[int]) -> None:
    """New times for the touched days, new quality for the plan."""
    ground = ground_of(plan)
    members = list(plan.teams.select_related("team").order_by("team__code"))
    suggested = plan.stops.select_related("team", "station")
    visits = [visit for visit in timed_visits(plan) if visit.station.key in ground.stations]
    stops: list[DayStop] = sorted([*suggested, *visits], key=lambda stop: (stop.team.code, stop.position))
    drawn = stops_of_teams(plan.mission, [member.team_id for member in members])
    with_stops = {stop.team_id for stop in stops}
    routes: dict[str, Route] = {}
    parts = []
    for mode in (Mode.ALL_DAY, Mode.ROUTE, Mode.SUGGESTED, Mode.AREA):
        teams = [member.team for member in members if member.mode == mode]
        if mode is Mode.AREA:
            teams = [team for team in teams if team.pk in with_stops]
        codes = {team.code for team in teams}
        if not teams:
            continue
        of_mode = [stop for stop in stops if stop.team.code in codes]
        own_drawn = [stop for stop in drawn if stop.team.code in codes]
        also = [stop.station.key for stop in of_mode]
        roads = Roads(problem_of(ground, teams, mode, drawn=own_drawn, also=also))
        kept = solved_from(
            of_mode, back={m.team.code: m.back for m in members}, quality=together([], {}), seed=0
        ).routes
        own = {}
        for n, team in enumerate(teams):
            if team.pk not in touched:
                own[team.code] = kept.get(team.code, Route(()))
                continue
            mine = [stop for stop in of_mode if stop.team_id == team.pk and stop.role != Role.TABULATION]
            own[team.code] = timetable(
                roads, n, [(roads.place[stop.station.key], StopRole(stop.role)) for stop in mine]
            )
            _timed(plan, mine, own[team.code], team.pk)
        routes |= own
        parts.append(quality(roads, own))
    told: dict[str, Any] = quality_to_json(together(parts, routes))
    plan.quality = told
    plan.save(update_fields=["quality"])


def _timed(plan: Plan, stops: Sequence[DayStop], route: Route, team_id: int) -> None:
    for stop, planned in zip(stops, route.stops, strict=True):
        stop.arrive, stop.leave, stop.drive = planned.arrive, planned.leave, planned.drive
    fields = ["arrive", "leave", "drive"]
    Assignment.objects.bulk_update([stop for stop in stops if isinstance(stop, Assignment)], fields)
    DrawnVisit.objects.bulk_update([stop for stop in stops if isinstance(stop, DrawnVisit)], fields)
    plan.teams.filter(team_id=team_id).update(back=route.back)
