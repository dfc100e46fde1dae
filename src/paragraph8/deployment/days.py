"""Days of teams as somebody may see them: suggested stops, and drawn ones once they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Viewer
from paragraph8.missions.models import Mission, Team
from paragraph8.samples.models import Stop
from paragraph8.samples.queries import drawn_stops, stops_seen

from .drawn_stops import visits_of, visits_without_plan
from .models import Assignment, Plan
from .problem import DayStop
from .queries import accepted_plan, roster_seen, team_of


def suggested_of(plan: Plan, *, viewer: Viewer, team: Team | None = None) -> list[Assignment]:
    """The suggested stops of a plan that the viewer may see, by team and order: all that may ever be printed."""
    stops = plan.stops.filter(roster_seen(plan.mission, viewer).where("team"))
    if team is not None:
        stops = stops.filter(team=team)
    return list(
        stops.select_related("team", "station", "station__area", "station__top").order_by("team__code", "position")
    )


def stops_of(plan: Plan, *, viewer: Viewer, now: datetime, team: Team | None = None) -> list[DayStop]:
    """The stops of the teams of a plan that the viewer may see now, suggested and drawn, by team and order."""
    drawn = stops_seen(plan.mission, viewer=viewer, now=now).filter(_of_plan(plan, viewer))
    if team is not None:
        drawn = drawn.filter(team=team)
    stops: list[DayStop] = [*suggested_of(plan, viewer=viewer, team=team), *visits_of(plan, drawn)]
    return sorted(stops, key=lambda stop: (stop.team.code, stop.position))


def hidden_of(plan: Plan, *, viewer: Viewer, now: datetime) -> Counter[str]:
    """How many drawn stops of each team of the plan the viewer may not see yet, by code."""
    return Counter(_hidden(plan, viewer, now).values_list("team__code", flat=True))


def unmet_of(plan: Plan, *, viewer: Viewer, now: datetime) -> list[dict[str, str]]:
    """What the plan leaves unmet, as it is kept (`lack`, `team`, `station`), without whatever names a station that the
    viewer may not know to be drawn."""
    hidden = set(_hidden(plan, viewer, now).values_list("station__key", flat=True))
    return [lack for lack in plan.quality.get("unmet", ()) if lack["station"] not in hidden]


def _of_plan(plan: Plan, viewer: Viewer) -> Q:
    """Drawn stops of the teams of a plan that the viewer sees."""
    return roster_seen(plan.mission, viewer).where("team") & Q(team__in=plan.teams.values("team"))


def _hidden(plan: Plan, viewer: Viewer, now: datetime) -> QuerySet[Stop]:
    seen = stops_seen(plan.mission, viewer=viewer, now=now).values("pk")
    return drawn_stops(plan.mission).filter(_of_plan(plan, viewer)).exclude(pk__in=seen)


@dataclass(frozen=True)
class TeamDay:
    """A team's day: its stops, and how many drawn ones are not shown yet."""

    stops: Sequence[DayStop]
    hidden: int


def day_of(mission: Mission, team: Team, *, viewer: Viewer, now: datetime) -> TeamDay:
    """The day of a team under the plan that holds; without one, its drawn stops alone. Raises `UnknownPlanError`."""
    team_of(mission, team.code, viewer=viewer)
    plan = accepted_plan(mission, viewer=viewer)
    if plan is not None and plan.teams.filter(team=team).exists():
        stops = stops_of(plan, viewer=viewer, now=now, team=team)
        return TeamDay(stops, hidden_of(plan, viewer=viewer, now=now)[team.code])
    seen = stops_seen(mission, viewer=viewer, now=now).filter(team=team)
    hidden = drawn_stops(mission).filter(team=team).exclude(pk__in=seen.values("pk")).count()
    return TeamDay(visits_without_plan(mission, seen) if mission.election_date else [], hidden)
