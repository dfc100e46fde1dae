"""Freezing figures, and the snapshot that rooms read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.figures import Figure, Key, RowsDigest, rows_digest
from paragraph8.missions.models import Mission

from . import queries, snapshots
from .live import LiveMission
from .models import Freeze, Snapshot
from .registry import apps


class NothingToFreezeError(ValueError):
    """The mission has no change yet."""


@transaction.atomic
def freeze(
    *, mission: Mission, keys: Iterable[Key], texts: Mapping[str, Any], as_of: int, by: Viewer, now: datetime
) -> Freeze:
    """Fix the figures of these keys and those that they are derived from, with digests of their rows, and the texts
    that quote them.

    Raises `NothingToFreezeError`, `NotAllowedError`, and `RefusedFigureError` as the figures do.
    """
    by.require(Action.FREEZE, mission.pk)
    change = Change.objects.filter(number=as_of).first()
    if change is None:
        raise NothingToFreezeError(mission.slug)
    found = with_rows(mission, queries.with_inputs(mission, keys, as_of=as_of, viewer=by), as_of=as_of, by=by)
    figures = [found[key].to_json() for key in sorted(found, key=str)]
    body = {"change": as_of, "figures": digest(figures), "texts": digest(texts)}
    entry = append(
        mission_id=mission.pk,
        kind="figures.frozen",
        subject=f"mission:{mission.pk}",
        body=body,
        by=by.name,
        now=now,
    )
    snapshots.keep(mission, queries.packed_at(mission, as_of=as_of), as_of=as_of, now=now)
    return Freeze.objects.create(
        mission=mission,
        change=change,
        figures=canonical(figures).decode(),
        texts=canonical(texts).decode(),
        secret=secrets.token_bytes(32),
        digest=digest(body),
        author=by.name,
        at=now,
        entry=entry,
    )


def with_rows(mission: Mission, figures: Mapping[Key, Figure], *, as_of: int, by: Viewer) -> dict[Key, Figure]:
    """The figures, each with the digest of the rows it rests on."""
    populations = queries.populations(mission, as_of=as_of, viewer=by)
    digests: dict[str, RowsDigest] = {}

    def rows_of(key: Key) -> RowsDigest:
        name = apps()[key.app].population_of(key)
        if name not in digests:
            digests[name] = rows_digest(name, populations[name].rows)
        return digests[name]

    return {key: replace(figure, rows=rows_of(key)) for key, figure in figures.items()}


def snapshot(*, mission: Mission, now: datetime) -> Snapshot:
    """Bring the figures that the pages read up to the last change, counting all rows. The worker, which does this all
    day, keeps a `LiveMission` instead."""
    live = LiveMission(mission)
    while (made := live.look(now=now)) is None:
        pass
    return made
