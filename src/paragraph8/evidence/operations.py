"""Freezing figures, and the snapshot that rooms read."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer, command
from paragraph8.audit.models import Change
from paragraph8.audit.operations import append
from paragraph8.audit.queries import latest_change
from paragraph8.domain.canonical import canonical, digest, sha256
from paragraph8.domain.figures import Figure, Key, RowsDigest, rows_digest
from paragraph8.missions.models import Mission

from . import queries
from .models import Freeze, Legend, Moment, Snapshot
from .packing import Packed, pack
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
    _keep_frozen(mission, as_of=as_of, now=now)
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
    """Compute the figures of all rooms as of the last change, if there is a newer one, and keep them for the pages.

    The snapshot that was the last of its few minutes (`queries.EVERY`) is kept as a moment before it is replaced.
    """
    as_of = latest_change()
    held = Snapshot.objects.filter(mission=mission).first()
    if held and queries.slot(held.made_at) < queries.slot(now):
        _keep(held)
    if held and held.change_number >= latest_change(mission.pk):
        return held
    figures = queries.figures(mission, queries.shown(mission), as_of=as_of, viewer=command("worker"))
    return _write(mission, pack(figures.values()), as_of=as_of, now=now)


@transaction.atomic
def _write(mission: Mission, packed: Packed, *, as_of: int, now: datetime) -> Snapshot:
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


def _legend(mission: Mission, data: bytes) -> Legend:
    legend, _ = Legend.objects.get_or_create(mission=mission, sha256=sha256(data), defaults={"data": data})
    return legend


def _keep(held: Snapshot) -> None:
    """Keep the snapshot as a moment, unless that is done."""
    Moment.objects.get_or_create(
        mission_id=held.mission_id,
        change_number=held.change_number,
        defaults={"legend_id": held.legend_id, "cells": held.cells, "at": held.made_at},
    )


def _keep_frozen(mission: Mission, *, as_of: int, now: datetime) -> None:
    """Keep the figures of a freeze as a moment, unless there is one of that change."""
    if Moment.objects.filter(mission=mission, change_number=as_of).exists():
        return
    packed = queries.packed_at(mission, as_of=as_of)
    Moment.objects.create(
        mission=mission,
        change_number=as_of,
        legend=_legend(mission, packed.legend),
        cells=packed.cells,
        at=now,
    )
