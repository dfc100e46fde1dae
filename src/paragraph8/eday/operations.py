"""Keeping the room's boards: the only writes of this room. They are a cache of readings and stand in no log."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from paragraph8.missions.models import Mission

from . import models
from .boards import Running, written

EVERY = 10
"""Of so many minutes of the day one board stays for who looks back."""


class Keeper:
    """What the worker holds between its looks: the running state of each mission's day."""

    def __init__(self) -> None:
        self._running: dict[int, Running] = {}

    def keep(self, *, mission: Mission, as_of: int, now: datetime) -> models.Board | None:
        """Keep the board as of the change unless it is there; `None` when nothing has happened yet."""
        if not as_of:
            return None
        held = models.Board.objects.filter(mission=mission).order_by("-change_number").first()
        if held and held.change_number >= as_of:
            return held
        running = self._running.get(mission.pk)
        if running is None or running.change > as_of:
            running = self._running[mission.pk] = Running(mission)
        running.mission = mission
        running.catch_up(as_of)
        return _store(mission, running, held, now)


@transaction.atomic
def _store(mission: Mission, running: Running, before: models.Board | None, now: datetime) -> models.Board:
    """Store the board; the one before stays only as the last of its minutes."""
    made = models.Board.objects.create(
        mission=mission,
        change_number=running.change,
        heard=running.day.heard,
        body=written(running.told()),
        made_at=now,
    )
    if before and _slot(before.heard) == _slot(made.heard):
        before.delete()
    return made


def _slot(heard: int | None) -> int | None:
    return None if heard is None else heard // EVERY
