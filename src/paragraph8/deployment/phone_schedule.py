"""What the phone of a team fetches: where it goes, what it should send, with which forms. Of drawn stops it holds those
that are shown by now, and when the next one appears."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from paragraph8.accounts.models import Device
from paragraph8.domain.selection import Selection
from paragraph8.missions.models import Mission, Team
from paragraph8.missions.queries import offered_forms
from paragraph8.samples.queries import next_for, stops_for

from .drawn_stops import visits_of, visits_without_plan
from .expectations import due_under
from .models import DrawnVisit, Plan, PlanState
from .parameters import moment
from .problem import DayStop


def schedule_of(device: Device, *, now: datetime) -> dict[str, Any]:
    """The schedule of the device's team; a device of the desk belongs to none, and has no stop. See docs/sending.md."""
    mission, team = device.mission, device.team
    following = next_for(team, now=now) if team else None
    return {
        "mission": mission.slug,
        "team": team.code if team else "",
        "zone": mission.zone,
        "now": now.isoformat(),
        "next_at": following.isoformat() if following else None,
        "stops": [_stop(mission, stop) for stop in _day(mission, team, now)] if team else [],
        "reports": _reports(mission, team, now) if team else [],
        "forms": [{"form": code, "version": stored.form.version} for code, stored in offered_forms(mission).items()],
    }


def _accepted(mission: Mission) -> Plan | None:
    return mission.plans.filter(state=PlanState.ACCEPTED).first()


def _day(mission: Mission, team: Team, now: datetime) -> list[DayStop]:
    """The suggested stops of the plan that holds, and the drawn ones that are shown."""
    plan, drawn = _accepted(mission), stops_for(team, now=now)
    if plan is None:
        return [*visits_without_plan(mission, drawn)] if mission.election_date else []
    suggested = plan.stops.filter(team=team).select_related("station")
    return sorted([*suggested, *visits_of(plan, drawn)], key=lambda stop: stop.position)


def _stop(mission: Mission, stop: DayStop) -> dict[str, Any]:
    station = stop.station
    told = {
        "station": station.key,
        "label": station.label,
        "name": station.name,
        "address": station.address,
        "at": None if station.latitude is None else [station.latitude, station.longitude],
        "selection": stop.selection.value,
        "role": stop.role,
        "arrive": moment(mission, stop.arrive).isoformat(),
        "leave": moment(mission, stop.leave).isoformat(),
    }
    return {**told, "shown_from": stop.stop.show_at.isoformat()} if isinstance(stop, DrawnVisit) else told


def _reports(mission: Mission, team: Team, now: datetime) -> list[dict[str, str]]:
    """What the team should send, without what a drawn stop asks for that is not shown."""
    due = due_under(_accepted(mission), mission, Q(team=team))
    return [
        {
            "form": each.form,
            "station": each.station,
            "begins": each.begins.isoformat(),
            "ends": each.ends.isoformat(),
            "selection": (Selection.OWN_ROUTE if each.rule else Selection.DRAWN if each.shown else Selection.SUGGESTED),
        }
        for each in due
        if each.shown is None or each.shown <= now
    ]
