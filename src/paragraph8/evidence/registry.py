"""The evidence apps of this installation, each a module `figures` of one shape (see docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings

from paragraph8.domain.figures import Audience, Figure, FigureSpec, Key, Population
from paragraph8.missions.models import Mission


class EvidenceApp(Protocol):
    """What `<app>/figures.py` offers."""

    APP: str

    def catalogue(self, mission: Mission) -> Sequence[FigureSpec]:
        """What can be computed."""

    def compute(self, mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
        """Figures as of a change."""

    def populations(self, mission: Mission, *, as_of: int) -> Mapping[str, Population]:
        """The rows that figures rest on."""

    def population_of(self, key: Key) -> str:
        """The name of the population that a figure rests on."""

    def rows(self, mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:
        """The rows behind one figure."""


class LiveState(Protocol):
    """What an app keeps in the worker's memory, so that its figures need not be computed from all rows.

    The figures that it gives as of a change are those that `compute` gives; the worker compares them now and then.
    """

    def renew(self, mission: Mission) -> None:
        """Something of the mission has changed that no report says: forms, areas, registers."""

    def load(self, *, as_of: int) -> Iterator[None]:
        """Count all rows as of a change; it yields after every fraction of a second."""

    def advance(self, *, as_of: int) -> None:
        """Take in what was read since, up to a change."""

    def figures(self, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
        """The figures as they stand, as of the change that was last taken in; what is not kept up is left out, and
        computed."""


@cache
def apps() -> dict[str, EvidenceApp]:
    """The evidence apps by name."""
    modules = [cast(EvidenceApp, import_module(f"{path}.figures")) for path in settings.EVIDENCE_APPS]
    return {module.APP: module for module in modules}


def live_state(name: str, mission: Mission) -> LiveState | None:
    """The live state of an app that offers one (`live_state(mission)` in its `figures.py`), with nothing counted."""
    offer = getattr(apps()[name], "live_state", None)
    return cast(LiveState, offer(mission)) if offer else None


def rests_on_reports(name: str) -> bool:
    """Whether a report, or the time at which it comes, can change a figure of the app. One that says
    `RESTS_ON_REPORTS = False` in its `figures.py` is asked only when something else has changed."""
    return bool(getattr(apps()[name], "RESTS_ON_REPORTS", True))
