"""Reports by where and when they were made, for coverage and for estimates. Rehearsals never stand among them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer, command
from paragraph8.missions.models import Mission

from .queries import current

_FIGURES = command("figures")
"""Figures are of all teams, whoever looks at them."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where and when one report says that it was made; who made it is not told."""

    form_code: str
    station: str | None
    zone: str
    started: datetime | None


def visits(mission: Mission, *, as_of: int, viewer: Viewer) -> Iterator[Visit]:
    """Every current report that was read and is not set aside, of all teams: coverage is of the mission as a whole.

    Raises `NotAllowedError` for who may not see figures.
    """
    viewer.require(Action.SEE_FIGURES, mission.pk)
    readings = current(mission, as_of=as_of, viewer=_FIGURES).filter(form_version__isnull=False, set_aside=False)
    found = readings.order_by("report_id").values_list("form_code", "station__key", "station__top__zone", "started")
    for form_code, station, zone, started in found.iterator():
        yield Visit(form_code=form_code, station=station, zone=zone or mission.zone, started=started)


def rows_at_stations(
    mission: Mission, form_code: str, keys: Collection[str], *, as_of: int
) -> Iterator[dict[str, Any]]:
    """The reports of a form from these stations, in the order in which they were received: report, station, team,
    answers, and whether it was set aside. For figures; it names no person."""
    readings = current(mission, as_of=as_of, viewer=_FIGURES).filter(
        form_code=form_code, form_version__isnull=False, station__key__in=keys
    )
    columns = ("report__uid", "station__key", "report__team__code", "set_aside", "answers")
    for uid, station, team, set_aside, answers in readings.order_by("report_id").values_list(*columns):
        yield {
            "row": str(uid),
            "station": station,
            "team": team,
            "set_aside": set_aside,
            "answers": json.loads(answers),
        }
