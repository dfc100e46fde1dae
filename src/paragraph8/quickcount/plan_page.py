"""The versions of the plan in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.quickcount.plans import CountPlan
from paragraph8.wording.numbers import format_date, format_integer

from . import spoken
from .models import Plan
from .queries import plans_of
from .titles import contestant_names
from .words import ADJUSTMENTS, ARRIVALS, BASES, SPENDINGS, Words


@dataclass(frozen=True)
class PlanLine:
    """One version: its row, whose votes stand in which question, and its rules as pairs of words."""

    row: Plan
    votes: tuple[tuple[Text, str], ...]
    rules: tuple[tuple[Words, Words], ...]


def plan_lines(mission: Mission, *, viewer: Viewer) -> list[PlanLine]:
    """Every version, newest first. Raises `NotAllowedError`."""
    names = contestant_names(mission)
    lines = []
    for row in plans_of(mission, viewer=viewer):
        plan = row.plan()
        votes = tuple((names.get(contestant, Text.of(contestant)), question) for contestant, question in plan.votes)
        lines.append(PlanLine(row, votes, tuple(_rules(plan, mission.zone))))
    return lines


def _rules(plan: CountPlan, zone: str) -> Iterator[tuple[Words, Words]]:
    yield _("Shares are of"), BASES[plan.base_is]
    yield _("Turnout"), " + ".join(plan.ballots) or _("not estimated")
    yield _("Adjusted"), ADJUSTMENTS[plan.adjustment]
    yield _("Threshold"), spoken.level(plan.threshold)
    yield _("Stations of the sample that are in"), "≥ " + spoken.whole_per_cent(plan.rule.overall)
    yield _("Stations that are in, by kind"), "≥ " + spoken.whole_per_cent(plan.rule.kind)
    yield _("Strata without a report"), "≤ " + format_integer(plan.rule.empty, spoken.language())
    yield _("Last looks inside the present limits"), "≥ " + format_integer(plan.rule.steady, spoken.language())
    if plan.rule.opens_at is not None:
        yield _("Not before"), _moment(datetime.fromtimestamp(plan.rule.opens_at, ZoneInfo(zone)))
    yield _("Limits behind the gate"), spoken.level(plan.looks.final)
    yield _("Limits of interim looks"), f"{spoken.level(plan.looks.interim)} · {SPENDINGS[plan.looks.spending]}"
    if plan.first:
        first, last = (datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)) for moment in (plan.first, plan.last))
        yield _("Looks"), f"{_moment(first)} – {_moment(last)}"
    yield _("Minutes between looks"), format_integer(plan.minutes, spoken.language())
    yield _("When a return counts as arrived"), ARRIVALS[plan.arrival]


def _moment(moment: datetime) -> str:
    return f"{format_date(moment.date(), spoken.language())}, {moment:%H:%M}"
