"""Writing what the figures are: the snapshot of now, and the moments that are kept of the day."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from paragraph8.accounts.permissions import command
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import sha256
from paragraph8.domain.figures import Key
from paragraph8.missions.models import Mission

from .models import Legend, Moment, SelfCheck, Snapshot
from .packing import Packed
from .queries import slot

logger = logging.getLogger(__name__)

NAMED = 20
"""Figures that differ and are named in the log."""


@transaction.atomic
def write(mission: Mission, packed: Packed, *, as_of: int, now: datetime) -> Snapshot:
    """Put the figures as of a change in place of those that the pages have read so far."""
    made, _ = Snapshot.objects.update_or_create(
        mission=mission,
        defaults={
            "change_number": as_of,
            "legend": _legend(mission, packed.legend),
            "cells": packed.cells,
            "made_at": now,
        },
    )
    return made


def keep_due(held: Snapshot, *, now: datetime) -> bool:
    """Keep the snapshot as a moment when its few minutes are over; whether they are."""
    if slot(held.made_at) >= slot(now):
        return False
    Moment.objects.get_or_create(
        mission_id=held.mission_id,
        change_number=held.change_number,
        defaults={"legend_id": held.legend_id, "cells": held.cells, "at": held.made_at},
    )
    return True


def keep(mission: Mission, packed: Packed, *, as_of: int, now: datetime) -> None:
    """Keep figures as a moment, unless there is one of that change."""
    Moment.objects.get_or_create(
        mission=mission,
        change_number=as_of,
        defaults={"legend": _legend(mission, packed.legend), "cells": packed.cells, "at": now},
    )


def _legend(mission: Mission, data: bytes) -> Legend:
    legend, _ = Legend.objects.get_or_create(mission=mission, sha256=sha256(data), defaults={"data": data})
    return legend


@transaction.atomic
def record(mission: Mission, as_of: int, *, n: int, differing: Sequence[Key], now: datetime) -> SelfCheck:
    """Note that the figures of a snapshot were compared with a recomputation; a difference is said aloud."""
    if differing:
        names = [str(key) for key in differing[:NAMED]]
        logger.error("mission %s, change %s: %s of %s figures differ: %s", mission, as_of, len(differing), n, names)
        append(
            mission_id=mission.pk,
            kind="figures.differed",
            subject=f"mission:{mission.pk}",
            body={"change": as_of, "figures": n, "differing": len(differing), "keys": names},
            by=command("worker").name,
            now=now,
        )
    return SelfCheck.objects.create(mission=mission, change_number=as_of, n=n, differing=len(differing), at=now)
