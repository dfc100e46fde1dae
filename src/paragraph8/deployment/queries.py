"""Reading plans, what is expected and what has come of it; days of teams are read in `days`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Action, Scope, Viewer, command
from paragraph8.domain.missions import Subject
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.missions.queries import TeamsSeen, teams_seen
from paragraph8.review.queries import current
from paragraph8.samples.queries import stops_seen

from .expectations import Due, due_under
from .models import PackSet, Plan, PlanState, PlanTeam, Rule
from .problem import areas_of_teams


class UnknownPlanError(LookupError):
    """No such plan, team or pack, as far as the viewer may know."""


def plans_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Plan]:
    """The plans of the mission, newest first; a team member learns of none but the one that holds."""
    scope = viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    plans = mission.plans.select_related("job", "made_from", "station_list").order_by("-number")
    return plans if scope is Scope.MISSION else plans.filter(state=PlanState.ACCEPTED)


def plan_of(mission: Mission, number: int, *, viewer: Viewer) -> Plan:
    """One plan by its number. Raises `UnknownPlanError`."""
    plan = plans_of(mission, viewer=viewer).filter(number=number).first()
    if plan is None:
        raise UnknownPlanError(number)
    return plan


def accepted_plan(mission: Mission, *, viewer: Viewer) -> Plan | None:
    """The plan that holds, if there is one."""
    return plans_of(mission, viewer=viewer).filter(state=PlanState.ACCEPTED).first()


def members_of(plan: Plan, *, viewer: Viewer) -> list[PlanTeam]:
    """The teams of a plan that the viewer may see."""
    seen = roster_seen(plan.mission, viewer)
    return list(plan.teams.filter(seen.where("team")).select_related("team", "team__area").order_by("team__code"))


def team_of(mission: Mission, code: str, *, viewer: Viewer) -> Team:
    """A team by its code. Raises `UnknownPlanError` for one that the viewer may not see."""
    seen = roster_seen(mission, viewer)
    team = Team.objects.filter(_own(seen), mission=mission, code=code).first()
    if team is None:
        raise UnknownPlanError(code)
    return team


def teams_of(mission: Mission, *, viewer: Viewer) -> list[Team]:
    """The teams that travel and that the viewer may see, by code."""
    seen = roster_seen(mission, viewer)
    return list(mission.teams.filter(_own(seen), dissolved_at=None).select_related("area").order_by("code"))


def areas_given(mission: Mission, *, viewer: Viewer) -> dict[str, list[Area]]:
    """The areas in which each team works, by the team's code."""
    teams = teams_of(mission, viewer=viewer)
    codes = areas_of_teams(mission)
    areas = {area.code: area for area in mission.areas.all()}
    return {team.code: [areas[code] for code in sorted(codes.get(team.pk, ()))] for team in teams}


def stations_of(mission: Mission, team: Team, *, viewer: Viewer, plan: Plan | None = None) -> QuerySet[Station]:
    """The station list of a team's areas, in the order of the list."""
    team_of(mission, team.code, viewer=viewer)
    listed = plan.station_list_id if plan else mission.station_list_id
    stations = Station.objects.filter(list_id=listed).select_related("area", "top").order_by("key")
    codes = areas_of_teams(mission).get(team.pk, frozenset())
    paths = mission.areas.filter(code__in=codes).values_list("path", flat=True)
    below = Q(pk__in=[]) if codes else Q()
    for path in paths:
        below |= Q(area__path__startswith=path)
    return stations.filter(below)


def rules_of(mission: Mission, *, viewer: Viewer) -> list[Rule]:
    """What the mission expects of teams besides their stops."""
    viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    return list(mission.report_rules.order_by("pk"))


def packs_of(mission: Mission, *, viewer: Viewer) -> list[PackSet]:
    """Packs that were made, newest first."""
    viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    return list(mission.packs.select_related("job", "plan").order_by("-pk"))


def expectations(mission: Mission, *, viewer: Viewer) -> list[Due]:
    """The reports that the accepted plan and drawn stops expect of the teams that the viewer may see, in the order of
    the day; none where nothing is planned and nothing drawn."""
    seen = roster_seen(mission, viewer)
    plan = mission.plans.filter(state=PlanState.ACCEPTED).first()
    return due_under(plan, mission, seen.where("team"))


class Came(StrEnum):
    """What became of an expected report."""

    RECEIVED = "received"
    EARLY = "early"
    LATE = "late"
    """It came, after its time."""
    MISSING = "missing"
    """Its time is over, and it has not come."""
    WAITING = "waiting"
    """Its time is not over."""


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """One expected report, and what came of it. `report` is the identifier of the report that answers it; `stop` is
    empty for one that a rule asks for, or when the viewer may not see the stop yet."""

    team: str
    form: str
    station: str
    begins: datetime
    ends: datetime
    by_rule: bool
    came: Came
    report: str = ""
    at: datetime | None = None


def expected(mission: Mission, *, as_of: int, now: datetime, viewer: Viewer) -> list[Awaited]:
    """Every report that the accepted plan and drawn stops expect, with what had come as of the change, judged at `now`;
    in the order of the time at which it is due. A team member sees the team's own.

    A report answers the expectation of its team, its form and its station; one at another station, or where a rule
    asks, answers the first that is still open. It is judged by when the visit ended, or where it does not say, by when
    it came in. What was set aside answers nothing; what comes beyond is expected by nobody and is not in the list.
    """
    rows = expectations(mission, viewer=viewer)
    if not rows:
        return []
    answered = matched(rows, _came(mission, as_of=as_of, viewer=viewer))
    told = set(stops_seen(mission, viewer=viewer, now=now).values_list("team_id", "station__key"))
    found = []
    for n, row in enumerate(rows):
        report = answered.get(n)
        found.append(
            Awaited(
                team=row.team,
                form=row.form,
                station=row.station if row.shown is None or (row.team_id, row.station) in told else "",
                begins=row.begins,
                ends=row.ends,
                by_rule=row.rule,
                came=_judged(row, report, now),
                report=report.uid if report else "",
                at=report.at if report else None,
            )
        )
    return sorted(found, key=lambda each: (each.ends, each.team, each.form))


@dataclass(frozen=True)
class Arrived:
    """A report as far as it can answer an expectation."""

    uid: str
    team_id: int
    form: str
    station: str
    at: datetime


def _came(mission: Mission, *, as_of: int, viewer: Viewer) -> list[Arrived]:
    """Reports of teams, in the order in which their visits ended. Who may see where teams are and not what they report
    (security) learns that a report came, and no more: its identifier stays empty."""
    if viewer.may(Action.SEE_REPORTS, mission.pk):
        readings, named = current(mission, as_of=as_of, viewer=viewer), True
    else:
        readings, named = current(mission, as_of=as_of, viewer=command("expected")), False
    found = [
        Arrived(str(uid) if named else "", team, form, station, finished or received)
        for uid, team, form, station, finished, received in readings.filter(
            set_aside=False, report__team__isnull=False
        ).values_list(
            "report__uid", "report__team_id", "form_code", "station_key", "finished", "report__received_at"
        )
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.at, each.uid))


def matched(rows: Sequence[Due], came: Iterable[Arrived]) -> dict[int, Arrived]:
    """Which report answers which expectation, by its place: the station first, then the order of the day. Only a report
    from its very station answers a drawn stop. Reports come in the order in which their visits ended."""
    open_rows: dict[tuple[int, str], list[int]] = {}
    for n, row in enumerate(rows):
        open_rows.setdefault((row.team_id, row.form), []).append(n)
    answered: dict[int, Arrived] = {}
    left = []
    for report in came:
        waiting = open_rows.get((report.team_id, report.form), [])
        exact = next((n for n in waiting if rows[n].station and rows[n].station == report.station), None)
        if exact is None:
            left.append(report)
        else:
            waiting.remove(exact)
            answered[exact] = report
    for report in left:
        waiting = open_rows.get((report.team_id, report.form), [])
        free = next((n for n in waiting if rows[n].shown is None), None)
        if free is not None:
            waiting.remove(free)
            answered[free] = report
    return answered


def _judged(row: Due, report: Arrived | None, now: datetime) -> Came:
    if report is None:
        return Came.MISSING if now > row.ends else Came.WAITING
    if report.at < row.begins:
        return Came.EARLY
    return Came.LATE if report.at > row.ends else Came.RECEIVED


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many expected reports of a form, or due in an hour, became what."""

    of: str
    hour: datetime | None
    counts: Mapping[Came, int]

    @property
    def expected(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def received(self) -> int:
        """Came in time."""
        return self.counts[Came.RECEIVED]

    @property
    def early(self) -> int:
        """Came before their time."""
        return self.counts[Came.EARLY]

    @property
    def late(self) -> int:
        """Came after their time."""
        return self.counts[Came.LATE]

    @property
    def missing(self) -> int:
        """Should have come and have not."""
        return self.counts[Came.MISSING]


def by_form(awaited: Iterable[Awaited]) -> list[Tally]:
    """By form, in the order of the day."""
    groups: dict[str, Counter[Came]] = {}
    for each in awaited:
        groups.setdefault(each.form, Counter())[each.came] += 1
    return [Tally(of=form, hour=None, counts=counts) for form, counts in groups.items()]


def by_hour(awaited: Iterable[Awaited]) -> list[Tally]:
    """By the hour in which they are due."""
    groups: dict[datetime, Counter[Came]] = {}
    for each in awaited:
        hour = each.ends.replace(minute=0, second=0, microsecond=0)
        groups.setdefault(hour, Counter())[each.came] += 1
    return [Tally(of="", hour=hour, counts=groups[hour]) for hour in sorted(groups)]


def roster_seen(mission: Mission, viewer: Viewer) -> TeamsSeen:
    """The teams of which the viewer sees where they go."""
    return teams_seen(mission, viewer=viewer, action=Action.SEE_DEPLOYMENT, subject=Subject.ROSTER)


def _own(seen: TeamsSeen) -> Q:
    return Q() if seen.ids is None else Q(pk__in=seen.ids)
