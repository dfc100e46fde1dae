"""Drawn stops on the days of a plan: the room of samples says which station is drawn for which team and from when it is
shown; here stands when the plan has the team there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import F, QuerySet

from paragraph8.domain.selection import Purpose
from paragraph8.missions.models import Mission
from paragraph8.samples.models import Stop
from paragraph8.samples.queries import drawn_stops

from .models import DrawnVisit, Mode, Plan, Role
from .parameters import Parameters, moment
from .refusals import RefusedError

LOOSE = 10_000
"""Position of a stop that the plan has no time for: behind all others."""


def stops_of_teams(mission: Mission, team_ids: Collection[int]) -> list[Stop]:
    """The drawn stops of these teams, by team and order."""
    return list(drawn_stops(mission).filter(team_id__in=team_ids))


def refuse_unfit(mission: Mission, modes: Mapping[int, Mode], stops: Iterable[Stop], parameters: Parameters) -> None:
    """A team that stays all day has one drawn stop, and knows of it before the opening. Raises `RefusedError`."""
    posts: dict[int, list[Stop]] = defaultdict(list)
    for stop in stops:
        if modes[stop.team_id] is Mode.ALL_DAY:
            posts[stop.team_id].append(stop)
    latest = parameters.opens - parameters.opening_before
    for own in posts.values():
        if len(own) > 1:
            raise RefusedError("two-drawn", team=own[0].team.code)
        if minute_shown(mission, own[0]) > latest:
            raise RefusedError("shown-late", team=own[0].team.code)


def minute_shown(mission: Mission, stop: Stop) -> int:
    """The minute of election day from which the team knows of the stop; 0 for one that is shown the day before."""
    seconds = (stop.show_at - moment(mission, 0)).total_seconds()
    return max(0, -int(-seconds // 60))


def timed_visits(plan: Plan) -> QuerySet[DrawnVisit]:
    """The visits of a plan of which the stop is still with the same team."""
    visits = plan.drawn_visits.filter(team_id=F("stop__team_id"))
    return visits.select_related("team", "stop__station", "stop__station__area", "stop__station__top").order_by(
        "team__code", "position"
    )


def visits_of(plan: Plan, stops: Iterable[Stop]) -> list[DrawnVisit]:
    """A visit for each of the stops: that of the plan, or one that may be at any time once the stop is shown."""
    timed = {visit.stop_id: visit for visit in timed_visits(plan)}
    modes = {member.team_id: Mode(member.mode) for member in plan.teams.all()}
    return [timed.get(stop.pk) or _loose(plan, stop, modes.get(stop.team_id)) for stop in stops]


def visits_without_plan(mission: Mission, stops: Iterable[Stop]) -> list[DrawnVisit]:
    """A visit for each of the stops while no plan holds."""
    return [_loose(Plan(mission=mission), stop, None) for stop in stops]


def _loose(plan: Plan, stop: Stop, mode: Mode | None) -> DrawnVisit:
    """A drawn stop for which a plan has no time: from when it is shown, until the polls close. A team that no plan says
    anything of stays all day where the sample is one of posts."""
    hours = Parameters.of(plan.parameters)
    posts = mode is None and stop.draw.request.purpose == Purpose.CITIZEN
    role = role_of(Mode.ALL_DAY if posts else mode)
    closes = hours.closes + (hours.count_stays if role is Role.ALL_DAY else 0)
    arrive = max(hours.opens, minute_shown(plan.mission, stop))
    return DrawnVisit(
        plan=plan,
        stop=stop,
        team=stop.team,
        role=role.value,
        position=LOOSE + stop.order,
        arrive=arrive,
        leave=max(arrive, closes),
    )


def role_of(mode: Mode | None) -> Role:
    """What a team does at a drawn stop."""
    return Role.ALL_DAY if mode is Mode.ALL_DAY else Role.VOTING
