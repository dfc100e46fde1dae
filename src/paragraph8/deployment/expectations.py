"""Which reports are expected of whom, and when: from the stops of the accepted plan, from drawn stops as they stand,
and from rules for teams that go their own way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import latest_forms
from paragraph8.samples.models import Stop
from paragraph8.samples.queries import drawn_stops

from .drawn_stops import visits_of, visits_without_plan
from .models import Assignment, Expected, Mode, Plan, Role, Rule
from .parameters import Parameters, moment
from .refusals import RefusedError

GRACE = 60
"""Minutes after a stop within which its report is still in time."""
BATCH = 500
PROCESS: Mapping[Role, tuple[str, ...]] = {
    Role.OPENING: ("opening",),
    Role.VOTING: ("voting",),
    Role.COUNT: ("counting", "count", "closing"),
    Role.TABULATION: ("tabulation",),
    Role.ALL_DAY: ("opening", "voting", "counting", "count"),
}
"""Processes that a form of the role observes, as forms name them (`domain.forms.Form.process`)."""


@dataclass(frozen=True, kw_only=True)
class NewRule:
    """A rule as it is typed: at least `n` of a form between two minutes of election day."""

    form: str
    n: int
    begins: int
    ends: int
    mode: str = ""


def usual_rules(mission: Mission, parameters: Parameters) -> list[NewRule]:
    """What a mission usually expects of a team on its own route: one opening by an hour after the polls open, a number
    of visits over the day, one count. Only of forms that it has."""
    forms = forms_by_role(mission)
    least = max(1, parameters.least - 2)
    offered = (
        (Role.OPENING, 1, parameters.opens - 60, parameters.opens + 60),
        (Role.VOTING, least, parameters.opens, parameters.closes + GRACE),
        (Role.COUNT, 1, parameters.closes, parameters.closes + parameters.count_stays + GRACE),
    )
    own_route = [
        NewRule(form=forms[role][0], n=n, begins=begins, ends=ends, mode=Mode.AREA.value)
        for role, n, begins, ends in offered
        if forms.get(role)
    ]
    between = [replace(rule, mode=Mode.SUGGESTED.value) for rule in own_route if [rule.form] == forms.get(Role.VOTING)]
    return own_route + between


@transaction.atomic
def set_rules(*, mission: Mission, rules: Sequence[NewRule], by: Viewer, now: datetime) -> int:
    """The mission's rules, instead of those it had; what the accepted plan expects is made anew at once. How many
    reports that are. Raises `RefusedError`."""
    by.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    known = latest_forms(mission)
    for rule in rules:
        if rule.form not in known:
            raise RefusedError("unknown-form", form=rule.form)
        if rule.ends < rule.begins:
            raise RefusedError("window")
    Rule.objects.filter(mission=mission).delete()
    Rule.objects.bulk_create(
        Rule(mission=mission, mode=rule.mode, form=rule.form, n=rule.n, begins=rule.begins, ends=rule.ends)
        for rule in rules
    )
    plan = mission.plans.filter(state="accepted").first()
    n = expect(plan) if plan else 0
    append(
        mission_id=mission.pk,
        kind="rules.set",
        subject=f"mission:{mission.pk}",
        body={"rules": len(rules), "expected": n},
        by=by.name,
        now=now,
    )
    return n


@dataclass(frozen=True, kw_only=True)
class Due:
    """One report that a team should send. `shown` is from when its station may be told, for a drawn stop alone; `rule`
    that no stop asks for it."""

    team_id: int
    team: str
    form: str
    station: str
    begins: datetime
    ends: datetime
    rule: bool = False
    shown: datetime | None = None


def due_under(plan: Plan | None, mission: Mission, teams: Q) -> list[Due]:
    """Everything that is expected of the teams of the filter: what an accepted plan says, and what drawn stops ask for,
    with a plan and without, in the order of the day. A rule for any mode asks nothing of a team whose drawn stop asks
    for the form already."""
    drawn = _of_drawn_stops(plan, mission, drawn_stops(mission).filter(teams))
    covered = {(due.team_id, due.form) for due in drawn}
    rows = Expected.objects.filter(teams, plan=plan).select_related("team", "station", "rule") if plan else ()
    planned = [
        Due(
            team_id=row.team_id,
            team=row.team.code,
            form=row.form,
            station=row.station.key if row.station else "",
            begins=row.begins,
            ends=row.ends,
            rule=row.stop_id is None,
        )
        for row in rows
        if row.rule is None or row.rule.mode or (row.team_id, row.form) not in covered
    ]
    return sorted([*planned, *drawn], key=lambda due: (due.begins, due.ends, due.team, due.form, due.station))


def _of_drawn_stops(plan: Plan | None, mission: Mission, stops: Iterable[Stop]) -> list[Due]:
    """What drawn stops ask for: the form of what is done there, in the time that the plan has for it; else from when
    the stop is shown until the polls close."""
    if mission.election_date is None:
        return []
    forms = forms_by_role(mission)
    visits = visits_of(plan, stops) if plan else visits_without_plan(mission, stops)
    return [
        Due(
            team_id=visit.team_id,
            team=visit.team.code,
            form=code,
            station=visit.station.key,
            begins=moment(mission, visit.arrive),
            ends=moment(mission, visit.leave + GRACE),
            shown=visit.stop.show_at,
        )
        for visit in visits
        for code in forms.get(Role(visit.role), ())
    ]


def expect(plan: Plan) -> int:
    """Make what the plan expects anew; call it inside the transaction of the change. How many reports, with those that
    drawn stops ask for."""
    Expected.objects.filter(plan=plan).delete()
    forms = forms_by_role(plan.mission)
    rows = [row for stop in plan.stops.order_by("team_id", "position") for row in _of_stop(plan, stop, forms)]
    rules = list(Rule.objects.filter(mission=plan.mission_id).order_by("pk"))
    covered = {(row.team_id, row.form) for row in rows}
    for member in plan.teams.order_by("team__code"):
        for rule in rules:
            if rule.mode in ("", member.mode) and (rule.mode or (member.team_id, rule.form) not in covered):
                rows += _of_rule(plan, member.team_id, rule)
    Expected.objects.bulk_create(rows, batch_size=BATCH)
    return len(due_under(plan, plan.mission, Q()))


def forms_by_role(mission: Mission) -> dict[Role, list[str]]:
    """Codes of the mission's forms by what is done at a stop, the newest version of each."""
    by_process: dict[str, str] = {}
    for code, form in latest_forms(mission).items():
        by_process.setdefault(form.process, code)
    found = {role: [by_process[name] for name in names if name in by_process] for role, names in PROCESS.items()}
    return {role: codes if role is Role.ALL_DAY else codes[:1] for role, codes in found.items() if codes}


def _of_stop(plan: Plan, stop: Assignment, forms: Mapping[Role, Sequence[str]]) -> list[Expected]:
    return [
        Expected(
            plan=plan,
            team_id=stop.team_id,
            form=code,
            station_id=stop.station_id,
            begins=moment(plan.mission, stop.arrive),
            ends=moment(plan.mission, stop.leave + GRACE),
            stop=stop,
        )
        for code in forms.get(Role(stop.role), ())
    ]


def _of_rule(plan: Plan, team: int, rule: Rule) -> list[Expected]:
    """The n-th of n is due when the n-th part of the time is over."""
    span = rule.ends - rule.begins
    return [
        Expected(
            plan=plan,
            team_id=team,
            form=rule.form,
            begins=moment(plan.mission, rule.begins),
            ends=moment(plan.mission, rule.begins + round(span * nth / rule.n)),
            rule=rule,
            nth=nth,
        )
        for nth in range(1, rule.n + 1)
    ]
