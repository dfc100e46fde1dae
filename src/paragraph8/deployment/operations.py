"""Making, changing and accepting plans; areas of teams."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import start
from paragraph8.missions.models import Area, Mission, StationList, Team
from paragraph8.planning.routes import Route

from .drawn_stops import refuse_unfit, stops_of_teams
from .expectations import expect
from .models import Assignment, DrawnVisit, Mode, Plan, PlanState, PlanTeam, TeamArea
from .parameters import Parameters
from .refusals import RefusedError

BATCH = 500


@transaction.atomic
def make_plan(
    *,
    mission: Mission,
    modes: Mapping[str, Mode],
    parameters: Parameters,
    seed: int,
    by: Viewer,
    now: datetime,
    keep: Plan | None = None,
    without: str = "",
) -> Plan:
    """Begin a plan for teams by code, each with what it is to get; the job `deployment.assign` works it out.

    It is planned around the drawn stops that the room of samples has given to these teams, by who may see the sample.
    `keep` is a plan whose locked stops stay where they are and from whose stops the search begins; with `without`, all
    its stops stay and those of that team go to the others. Raises `RefusedError`.
    """
    by.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    teams = _teams(mission, modes, without)
    listed = _ready(mission)
    drawn = stops_of_teams(mission, [team.pk for team in teams])
    if drawn and not by.may(Action.SEE_SAMPLE, mission.pk):
        raise RefusedError("drawn-given")
    refuse_unfit(mission, {team.pk: modes[team.code] for team in teams}, drawn, parameters)
    plan = Plan.objects.create(
        mission=mission,
        number=_next_number(mission),
        state=PlanState.SOLVING.value,
        station_list=listed,
        seed=seed,
        parameters=parameters.to_json(),
        made_from=keep,
        made_at=now,
        made_by=by.name,
    )
    PlanTeam.objects.bulk_create(PlanTeam(plan=plan, team=team, mode=modes[team.code].value) for team in teams)
    plan.job = start(
        mission_id=mission.pk,
        kind="deployment.assign",
        arguments={"plan": plan.pk, **({"without": without} if without else {})},
        action=Action.MANAGE_DEPLOYMENT,
        by=by,
        now=now,
    )
    plan.save(update_fields=["job"])
    body = {"number": plan.number, "teams": len(teams), "seed": seed, "drawn": len(drawn)}
    _log(plan, "plan.begun", body, by, now)
    return plan


@transaction.atomic
def copy_plan(*, plan: Plan, by: Viewer, now: datetime) -> Plan:
    """A draft with the same teams and stops, to change by hand."""
    by.require(Action.MANAGE_DEPLOYMENT, plan.mission_id)
    refuse_unfinished(plan)
    draft = Plan.objects.create(
        mission=plan.mission,
        number=_next_number(plan.mission),
        state=PlanState.DRAFT.value,
        station_list=plan.station_list,
        seed=plan.seed,
        parameters=plan.parameters,
        quality=plan.quality,
        made_from=plan,
        made_at=now,
        made_by=by.name,
    )
    PlanTeam.objects.bulk_create(
        PlanTeam(plan=draft, team_id=row.team_id, mode=row.mode, back=row.back) for row in plan.teams.all()
    )
    stops, visits = list(plan.stops.all()), list(plan.drawn_visits.all())
    copies: list[Assignment | DrawnVisit] = [*stops, *visits]
    for row in copies:
        row.pk, row.plan = None, draft
        row._state.adding = True
    Assignment.objects.bulk_create(stops, batch_size=BATCH)
    DrawnVisit.objects.bulk_create(visits, batch_size=BATCH)
    _log(draft, "plan.copied", {"number": draft.number, "from": plan.number}, by, now)
    return draft


@transaction.atomic
def finish_plan(
    *,
    plan: Plan,
    routes: Mapping[str, Route],
    rows: Iterable[Assignment],
    visits: Iterable[DrawnVisit],
    quality: Any,
    now: datetime,
) -> None:
    """What the job found, in one short step; nobody sees a plan before it."""
    made = Assignment.objects.bulk_create(rows, batch_size=BATCH)
    drawn = DrawnVisit.objects.bulk_create(visits, batch_size=BATCH)
    backs = {code: route.back for code, route in routes.items() if route.stops}
    members = list(plan.teams.select_related("team"))
    for member in members:
        member.back = backs.get(member.team.code, 0)
    PlanTeam.objects.bulk_update(members, ["back"], batch_size=BATCH)
    plan.quality = quality
    plan.state = PlanState.DRAFT.value
    plan.save(update_fields=["quality", "state"])
    append(
        mission_id=plan.mission_id,
        kind="plan.solved",
        subject=f"plan:{plan.pk}",
        body={"number": plan.number, "stops": len(made), "drawn": len(drawn), "digest": stops_digest(plan)},
        by=plan.made_by,
        now=now,
    )


@transaction.atomic
def end_unfinished(job: Job, now: datetime) -> None:
    """The job of a plan has ended without one: it said no, or it stopped half-way. The plan says so, and why."""
    for plan in Plan.objects.select_for_update().filter(job=job, state=PlanState.SOLVING):
        plan.state, plan.reason = PlanState.REFUSED.value, job.result.get("reason", "broken")
        plan.save(update_fields=["state", "reason"])
        append(
            mission_id=plan.mission_id,
            kind="plan.refused",
            subject=f"plan:{plan.pk}",
            body={"number": plan.number, "reason": plan.reason},
            by=plan.made_by,
            now=now,
        )


@transaction.atomic
def accept_plan(*, plan: Plan, by: Viewer, now: datetime) -> int:
    """From now on this plan holds, and the one before it is replaced; how many reports are expected of it.

    Raises `RefusedError` for a plan that is not a draft.
    """
    by.require(Action.MANAGE_DEPLOYMENT, plan.mission_id)
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    refuse_unfinished(held)
    if held.state != PlanState.DRAFT:
        raise RefusedError("not-a-draft")
    if not held.teams.exists():
        raise RefusedError("empty")
    Plan.objects.filter(mission_id=plan.mission_id, state=PlanState.ACCEPTED).update(state=PlanState.REPLACED)
    held.state, held.accepted_at, held.accepted_by = PlanState.ACCEPTED.value, now, by.name
    held.save(update_fields=["state", "accepted_at", "accepted_by"])
    plan.refresh_from_db()
    n = expect(held)
    body = {"number": plan.number, "expected": n, "digest": stops_digest(plan)}
    _log(plan, "plan.accepted", body, by, now)
    return n


@transaction.atomic
def set_areas(*, mission: Mission, team: Team, codes: Collection[str], by: Viewer, now: datetime) -> None:
    """The areas in which a team works, instead of those that it had; none means that of its own row.

    Raises `RefusedError` for an area that the mission does not have.
    """
    by.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    areas = {area.code: area for area in Area.objects.filter(mission=mission, code__in=codes)}
    unknown = sorted(set(codes) - set(areas))
    if unknown:
        raise RefusedError("unknown-area", area=", ".join(unknown))
    TeamArea.objects.filter(team=team).delete()
    TeamArea.objects.bulk_create(TeamArea(mission=mission, team=team, area=area) for area in areas.values())
    append(
        mission_id=mission.pk,
        kind="areas.given",
        subject=f"team:{team.pk}",
        body={"team": team.code, "areas": sorted(areas)},
        by=by.name,
        now=now,
    )


def stops_digest(plan: Plan) -> str:
    """The digest over all suggested stops, so that the log fixes a plan without printing where anybody is. Drawn stops
    are fixed by the room of samples, with a salt."""
    rows = plan.stops.order_by("team__code", "position").values_list("team__code", "station__key", "role", "arrive")
    return digest([list(row) for row in rows])


def refuse_unfinished(plan: Plan) -> None:
    """Raises `RefusedError` for a plan that is not worked out, or never will be."""
    if plan.state == PlanState.SOLVING:
        raise RefusedError("unfinished")
    if plan.state == PlanState.REFUSED:
        raise RefusedError("refused")


def _ready(mission: Mission) -> StationList:
    """The list in force, when the mission has all that a plan needs."""
    if mission.election_date is None:
        raise RefusedError("no-date")
    if mission.station_list is None:
        raise RefusedError("no-list")
    return mission.station_list


def _teams(mission: Mission, modes: Mapping[str, Mode], without: str) -> list[Team]:
    chosen = [code for code in modes if code != without]
    teams = list(mission.teams.filter(code__in=chosen, dissolved_at=None).order_by("code"))
    if not teams:
        raise RefusedError("no-team")
    return teams


def _next_number(mission: Mission) -> int:
    Mission.objects.select_for_update().get(pk=mission.pk)
    newest = Plan.objects.filter(mission=mission).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def _log(plan: Plan, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=plan.mission_id, kind=kind, subject=f"plan:{plan.pk}", body=body, by=by.name, now=now)
