"""The evidence apps of this installation, each a module `figures` of one shape (see docs/architecture.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


@cache
def apps() -> dict[str, EvidenceApp]:
    """The evidence apps by name."""
    modules = [cast(EvidenceApp, import_module(f"{path}.figures")) for path in settings.EVIDENCE_APPS]
    return {module.APP: module for module in modules}
