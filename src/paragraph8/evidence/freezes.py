"""Freezes as they are read: a list, one with its figures, what two have in common and what not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.figures import Audience, Figure, Key, figure_from_json
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import require_tables

from .models import Freeze
from .operations import body_of

FILE = "paragraph8 freeze 1"
"""What the file of a freeze calls itself."""


class UnknownFreezeError(LookupError):
    """No such freeze, as far as the viewer may know."""


@dataclass(frozen=True)
class Opened:
    """A freeze with the figures that the viewer may see: who may not see reports does not see the spreads that serve
    reconciliation alone. `hidden` counts those."""

    row: Freeze
    figures: Mapping[Key, Figure]
    hidden: int

    @cached_property
    def holds(self) -> bool:
        """Whether what is stored still has the digest under which it was fixed."""
        figures, texts = json.loads(self.row.figures), json.loads(self.row.texts)
        return self.row.digest == digest(body_of(self.row.change_id, figures, texts))

    @cached_property
    def texts(self) -> str:
        """The digest of the texts that were fixed with the figures; empty where none were."""
        texts = json.loads(self.row.texts)
        return digest(texts) if texts else ""


def freezes_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Freeze]:
    """All freezes, newest first. A freeze is never taken away."""
    require_tables(mission, viewer=viewer)
    rows = Freeze.objects.filter(mission=mission).defer("figures", "texts", "secret").order_by("-pk")
    return rows.select_related("request", "change")


def freeze_of(mission: Mission, pk: int, *, viewer: Viewer) -> Opened:
    """One freeze. Raises `UnknownFreezeError`."""
    require_tables(mission, viewer=viewer)
    rows = Freeze.objects.filter(mission=mission, pk=pk).defer("secret")
    row = rows.select_related("mission", "request", "change").first()
    if row is None:
        raise UnknownFreezeError(pk)
    figures = [figure_from_json(data) for data in json.loads(row.figures)]
    seen = [figure for figure in figures if figure.audience is Audience.PUBLIC or may_see_room(mission, viewer)]
    return Opened(row, {figure.key: figure for figure in seen}, len(figures) - len(seen))


def may_see_room(mission: Mission, viewer: Viewer) -> bool:
    """Whether the viewer sees figures that never leave the mission's analysts."""
    return viewer.may(Action.SEE_REPORTS, mission.pk)


def file_of(opened: Opened, *, viewer: Viewer) -> bytes:
    """The freeze as a file, canonical JSON: whoever has it, and every figure in it, computes the digest again. The salt
    of the commitments is not in it."""
    viewer.require(Action.SEE_FIGURES, opened.row.mission_id)
    row, mission = opened.row, opened.row.mission
    asked = row.request
    body: dict[str, Any] = {
        "file": FILE,
        "mission": {
            "slug": mission.slug,
            "title": mission.title,
            "origin": mission.origin,
            "notice": mission.notice,
        },
        "name": asked.name if asked else "",
        "purpose": asked.purpose if asked else "",
        "change": row.change_id,
        "digest": row.digest,
        "texts": digest(json.loads(row.texts)),
        "at": row.at.isoformat(),
        "author": row.author,
        "hidden": opened.hidden,
        "figures": [figure.to_json() for figure in opened.figures.values()],
    }
    return canonical(body)
