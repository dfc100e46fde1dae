"""The rows of a quick count: plan and stations as the pure package reads them, as of a change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from paragraph8.accounts.permissions import command
from paragraph8.domain.problems import Severity
from paragraph8.missions.models import Mission
from paragraph8.review.models import FoundProblem
from paragraph8.review.queries import current
from paragraph8.statistics.quickcount.nights import PLAN, State
from paragraph8.statistics.quickcount.plans import Arrival, CountPlan

from .models import GateStep, Plan
from .sampled import Chosen, Frame, chosen_for

POPULATION = "quick-count"

Reading = dict[str, Any]


def plan_as_of(mission: Mission, as_of: int) -> Plan | None:
    """The newest plan whose log entry has a change number up to `as_of`."""
    plans = Plan.objects.filter(mission=mission, entry__change__number__lte=as_of)
    return plans.select_related("draw__request", "sample").order_by("-version").first()


def is_open(plan: Plan, as_of: int) -> bool:
    """Whether the gate of this plan stands open as of a change."""
    step = GateStep.objects.filter(plan=plan, entry__change__number__lte=as_of).order_by("-pk").first()
    return step is not None and step.opened


def rows_of(plan: Plan, *, as_of: int) -> list[dict[str, Any]]:
    """The night as of a change: the row of the plan, then a row for every station of the sample."""
    stored = json.loads(plan.body)
    counted = plan.plan()
    head = {
        "row": PLAN,
        "plan": stored["plan"],
        "gate": "open" if is_open(plan, as_of) else "shut",
        **Frame.from_json(stored["frame"]).to_json(),
    }
    chosen = chosen_for(plan)
    reported = _reported(plan.mission, counted, {row.station for row in chosen}, as_of=as_of)
    return [head, *(_row(counted, station, reported.get(station.station, ())) for station in chosen)]


def any_reported(mission: Mission, form: str, stations: Sequence[str], *, as_of: int) -> bool:
    """Whether anything has come from these stations on the form."""
    there = set(stations)
    keys = current(mission, as_of=as_of, viewer=command("quick count")).filter(form_code=form)
    return any(key in there for key in keys.values_list("station_key", flat=True))


def _reported(mission: Mission, plan: CountPlan, stations: set[str], *, as_of: int) -> Mapping[str, list[Reading]]:
    """The current readings of the form at stations of the sample, oldest first, but those that were set aside."""
    readings = current(mission, as_of=as_of, viewer=command("quick count")).filter(
        form_code=plan.form, form_version__isnull=False, set_aside=False
    )
    blocked = set(
        FoundProblem.objects.filter(reading__in=readings, severity=Severity.BLOCK.value).values_list(
            "reading_id", flat=True
        )
    )
    columns = ("pk", "report__uid", "station_key", "report__team__code", "station__top__code")
    found: dict[str, list[Reading]] = defaultdict(list)
    for pk, uid, station, team, area, received, finished, answers in readings.order_by("report__pk").values_list(
        *columns, "report__received_at", "finished", "answers"
    ):
        if station in stations:
            arrived = (finished or received) if plan.arrival is Arrival.STATED else received
            found[station].append(
                {
                    "uid": str(uid),
                    "team": team,
                    "area": area,
                    "arrived": arrived,
                    "blocked": pk in blocked,
                    "said": json.loads(answers),
                }
            )
    return found


def _row(plan: CountPlan, station: Chosen, readings: Sequence[Reading]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "row": station.station,
        "station": station.station,
        "team": None,
        "area": None,
        "stratum": station.stratum,
        "kind": station.kind,
        "registered": station.registered,
        "report": None,
        "state": State.OUT.value,
        "why": "",
        "arrived": None,
        "votes": None,
        "base": None,
        "ballots": None,
    }
    if not readings:
        return row
    first = min(readings, key=lambda reading: reading["arrived"])
    row |= {"team": first["team"], "area": first["area"], "report": first["uid"], "arrived": _iso(first["arrived"])}
    numbers = [_numbers(plan, reading["said"]) for reading in readings]
    why = _apart(plan, readings, numbers)
    if plan.registered and numbers[0][plan.registered] is not None:
        row["registered"] = numbers[0][plan.registered]
    return row | {"state": (State.APART if why else State.IN).value, "why": why} | _counted(plan, numbers[0])


def _numbers(plan: CountPlan, said: Mapping[str, Any]) -> dict[str, int | None]:
    """The whole numbers that a reading gives to the questions of the plan."""
    return {question: _whole(said.get(question)) for question in plan.questions}


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _counted(plan: CountPlan, numbers: Mapping[str, int | None]) -> dict[str, Any]:
    votes = {contestant: numbers[question] for contestant, question in plan.votes}
    base = [numbers[question] for question in plan.base] or list(votes.values())
    return {
        "votes": votes,
        "base": None if None in base else sum(n for n in base if n is not None),
        "ballots": _sum([numbers[question] for question in plan.ballots]) if plan.ballots else None,
    }


def _sum(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(n for n in numbers if n is not None)


def _apart(plan: CountPlan, readings: Sequence[Reading], numbers: Sequence[Mapping[str, int | None]]) -> str:
    """Why the report of a station is kept apart until somebody has looked; empty where it counts."""
    counted = _counted(plan, numbers[0])
    votes = list(counted["votes"].values())
    if any(reading["blocked"] for reading in readings):
        return "problem"
    if any(other != numbers[0] for other in numbers[1:]):
        return "differ"
    if None in votes or counted["base"] is None:
        return "incomplete"
    if min(votes) < 0 or sum(votes) > counted["base"]:
        return "impossible"
    return ""


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
