"""Reading reports again when polling stations came or changed, so that each stands at the station of the list in force.

It goes in steps: an entry of the log for each, which the sequencer numbers like any other. So no transaction is long,
every new reading has a change of its own, and what was seen as of an earlier change stays.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.db.models import QuerySet

from paragraph8.audit.models import Change
from paragraph8.audit.operations import append
from paragraph8.capture.models import Report

STATION_KINDS = frozenset({"list.published", "stations.added"})
"""Entries after which a report may stand at another row of the station list, or at one at all."""
KIND = "reports.reread"
STEP = 30
"""Reports of one step: few enough that nobody waits long to write."""


def follow_up(change: Change, *, now: datetime) -> None:
    """Note the first step after stations came or changed, where a report was read before them."""
    if change.mission_id is not None and _read_before(change.mission_id, change.number).exists():
        _note(change.mission_id, before=change.number, after=0, now=now)


def reports_of_step(change: Change, *, now: datetime) -> list[str]:
    """Identifiers of the reports that a step reads again; the next step is noted where there may be more."""
    if change.mission_id is None:
        return []
    said = json.loads(change.entry.body)
    waiting = _read_before(change.mission_id, said["before"]).filter(pk__gt=said["after"]).order_by("pk")
    found = list(waiting.values_list("pk", "uid")[:STEP])
    if len(found) == STEP:
        _note(change.mission_id, before=said["before"], after=found[-1][0], now=now)
    return [str(uid) for _, uid in found]


def _read_before(mission_id: int, number: int) -> QuerySet[Report]:
    return Report.objects.filter(mission_id=mission_id, entry__change__number__lt=number)


def _note(mission_id: int, *, before: int, after: int, now: datetime) -> None:
    append(
        mission_id=mission_id,
        kind="reports.reread",
        subject=f"mission:{mission_id}",
        body={"before": before, "after": after},
        by="sequencer",
        now=now,
    )
