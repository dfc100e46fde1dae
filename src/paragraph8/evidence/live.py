"""What the worker holds of a mission from one look to the next, so that a report costs what one report costs.

Rooms that have a live state (see `registry.LiveState`) keep the counts behind their figures in memory and update them
with each reading; the others compute anew what may have changed. Now and then other states are made from all rows, a
little at each look, and what the pages show is compared with them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import chain

from paragraph8.audit.queries import latest_change
from paragraph8.domain.figures import Figure, Key
from paragraph8.missions.models import Mission

from . import queries, snapshots
from .models import Snapshot
from .packing import Figures, pack
from .registry import apps, live_state, rests_on_reports

CHECK_EVERY = timedelta(minutes=10)
"""Between two comparisons with a recomputation, as long as something comes in."""
PATIENCE = 0.4
"""Seconds of one look that go to counting what was there before the worker started."""


class States:
    """The live states of a mission's rooms, made from all rows as of a change and kept up from there."""

    def __init__(self, mission: Mission, *, as_of: int) -> None:
        self.as_of = as_of
        self._of = {name: state for name in apps() if (state := live_state(name, mission)) is not None}
        self._steps = chain.from_iterable(state.load(as_of=as_of) for state in self._of.values())

    def made(self, *, within: float) -> bool:
        """Count rows, within some seconds; whether all are counted."""
        until = time.monotonic() + within
        return all(time.monotonic() < until for _ in self._steps)

    def renew(self, mission: Mission) -> None:
        """The mission itself has changed."""
        for state in self._of.values():
            state.renew(mission)

    def advance(self, *, as_of: int) -> None:
        """Take in what was read since."""
        for state in self._of.values():
            state.advance(as_of=as_of)
        self.as_of = as_of

    def figures(self, keys: Mapping[str, list[Key]], *, as_of: int) -> dict[Key, Figure]:
        """The figures of these keys by app."""
        found: dict[Key, Figure] = {}
        for name, state in self._of.items():
            found.update(state.figures(keys.get(name, []), as_of=as_of))
        return found


class Check:
    """The figures of a snapshot, computed again from all rows."""

    def __init__(self, held: Snapshot, keys: Mapping[str, list[Key]]) -> None:
        self.keys = keys
        self.states = States(held.mission, as_of=held.change_number)
        self._shown = Figures(queries.packed(held), held.change_number)

    def differing(self) -> tuple[int, list[Key]]:
        """How many figures were compared, and those that are shown otherwise than they are computed."""
        computed = self.states.figures(self.keys, as_of=self.states.as_of)
        return len(computed), [key for key, figure in computed.items() if self._shown.get(key) != figure]


class LiveMission:
    """One mission, for as long as the worker lives."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self._forget()

    def look(self, *, now: datetime) -> Snapshot | None:
        """Bring the snapshot up to date, and the moments; `None` while rows of before the start are being counted.

        Call it often: every call does a fraction of a second of what there is to do.
        """
        try:
            return self._look(now)
        except Exception:
            # Half an update may be in the counts: they are made anew.
            self._forget()
            raise

    def _forget(self) -> None:
        self._states = States(self.mission, as_of=latest_change())
        self._keys: dict[str, list[Key]] = {}
        self._others: dict[str, Mapping[Key, Figure]] = {}
        self._check: Check | None = None
        self._checked: datetime | None = None
        self._wrong = False

    def _look(self, now: datetime) -> Snapshot | None:
        held = Snapshot.objects.filter(mission=self.mission).defer("cells").first()
        if held:
            snapshots.keep_due(held, now=now)
        if not self._states.made(within=PATIENCE):
            return None
        if held is None or self._wrong or held.change_number < latest_change(self.mission.pk):
            held = self._write(now)
        self._go_on_checking(held, now)
        return held

    def _write(self, now: datetime) -> Snapshot:
        as_of = latest_change()
        if not self._keys or queries.set_up_anew(self.mission, after=self._states.as_of, until=as_of):
            self._renew()
        self._states.advance(as_of=as_of)
        figures = self._states.figures(self._keys, as_of=as_of)
        for name in apps():
            if rests_on_reports(name) or name not in self._others:
                left = [key for key in self._keys[name] if key not in figures]
                self._others[name] = queries.offered(self.mission, name, left, as_of=as_of) if left else {}
        packed = pack(chain(figures.values(), *(computed.values() for computed in self._others.values())))
        self._wrong = False
        return snapshots.write(self.mission, packed, as_of=as_of, now=now)

    def _renew(self) -> None:
        """Something else than a report changed the mission: forms, areas, registers, or what it is."""
        self.mission.refresh_from_db()
        self._keys = queries.shown(self.mission)
        self._states.renew(self.mission)
        self._others.clear()
        self._check = None

    def _go_on_checking(self, held: Snapshot, now: datetime) -> None:
        if self._check is None:
            if self._checked is None:
                self._checked = now
            elif now - self._checked >= CHECK_EVERY and held.made_at > self._checked and self._keys:
                self._check, self._checked = Check(held, self._keys), now
            return
        if not self._check.states.made(within=0):
            return
        n, differing = self._check.differing()
        snapshots.record(self.mission, self._check.states.as_of, n=n, differing=differing, now=now)
        if differing:
            self._states, self._wrong = self._check.states, True
        self._check = None
