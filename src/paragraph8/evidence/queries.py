"""Figures, for whoever quotes them. No room is asked but through here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import (
    Audience,
    Figure,
    FigureSpec,
    Key,
    Population,
    RefusedFigureError,
    figure_from_json,
)
from paragraph8.domain.missions import Subject
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, require_tables, teams_seen

from .models import Snapshot
from .registry import apps


def catalogue(mission: Mission, *, viewer: Viewer) -> list[FigureSpec]:
    """Everything that the mission's rooms can compute."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    return [spec for app in apps().values() for spec in app.catalogue(mission)]


def by_area(mission: Mission, keys: Iterable[Key]) -> list[Key]:
    """The keys of shares of observations once more for each area of the mission."""
    areas = sorted(first_level_areas_of(mission))
    shares = [key for key in keys if key.dimension("question") and not {"area", "unit"} & dict(key.dimensions).keys()]
    return [key.within(area) for key in shares for area in areas]


def figures(mission: Mission, keys: Iterable[Key], *, as_of: int, viewer: Viewer) -> dict[Key, Figure]:
    """The figures of these keys as of a change.

    Raises `RefusedFigureError` for a key that no room computes, or one that a room refuses to compute.
    """
    require_tables(mission, viewer=viewer)
    wanted: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        wanted[key.app].append(key)
    found: dict[Key, Figure] = {}
    for name, of_app in wanted.items():
        if name in apps():
            found.update(apps()[name].compute(mission, of_app, as_of=as_of))
    unknown = [key for of_app in wanted.values() for key in of_app if key not in found]
    if unknown:
        raise RefusedFigureError("unknown-key", *unknown)
    return found


def computable(
    mission: Mission, keys: Iterable[Key], *, as_of: int, viewer: Viewer
) -> tuple[dict[Key, Figure], dict[Key, str]]:
    """The figures of those keys that have one, and of the others the reason (a code of `REFUSALS`)."""
    wanted, refused = set(keys), dict[Key, str]()
    while True:
        try:
            return figures(mission, wanted, as_of=as_of, viewer=viewer), refused
        except RefusedFigureError as error:
            found = wanted.intersection(error.keys)
            if not found:
                raise
            refused.update(dict.fromkeys(found, error.reason))
            wanted -= found


def with_inputs(mission: Mission, keys: Iterable[Key], *, as_of: int, viewer: Viewer) -> dict[Key, Figure]:
    """The figures of these keys, and all that they are derived from. Raises as `figures` does."""
    found = figures(mission, keys, as_of=as_of, viewer=viewer)
    while missing := {key for figure in found.values() for key in figure.inputs} - found.keys():
        found.update(figures(mission, missing, as_of=as_of, viewer=viewer))
    return found


def populations(mission: Mission, *, as_of: int, viewer: Viewer) -> dict[str, Population]:
    """The rows of all rooms as of a change: protected, for sealed releases.

    Raises `ValueError` when two rooms call their rows by one name: figures of one would rest on the other's.
    """
    viewer.require(Action.FREEZE, mission.pk)
    found: dict[str, Population] = {}
    for app in apps().values():
        of_app = app.populations(mission, as_of=as_of)
        if twice := found.keys() & of_app.keys():
            raise ValueError(f"{app.APP}: {', '.join(sorted(twice))} are rows of another room too")
        found |= of_app
    return found


def rows(mission: Mission, key: Key, *, as_of: int, viewer: Viewer) -> Sequence[Mapping[str, Any]]:
    """The rows behind a figure, for the mission's own analysts: of other institutions' teams, those that they share."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_REPORTS, subject=Subject.ROWS)
    if key.app not in apps():
        return []
    found = apps()[key.app].rows(mission, key, as_of=as_of, audience=Audience.ROOM)
    if seen.ids is None:
        return list(found)
    codes = {*mission.teams.filter(pk__in=seen.ids).values_list("code", flat=True), *([None] if seen.teamless else [])}
    return [row for row in found if "team" not in row or row["team"] in codes]


def live(mission: Mission, *, viewer: Viewer) -> tuple[int, dict[Key, Figure]]:
    """The last snapshot: its change number and figures; nothing when the worker has made none."""
    require_tables(mission, viewer=viewer)
    snapshot = Snapshot.objects.filter(mission=mission).first()
    if snapshot is None:
        return 0, {}
    found = [figure_from_json(data) for data in json.loads(snapshot.figures)]
    return snapshot.change_number, {figure.key: figure for figure in found}
