"""Figures, for whoever quotes them. No room is asked but through here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change
from paragraph8.audit.queries import latest_change
from paragraph8.domain.figures import (
    Audience,
    Figure,
    FigureSpec,
    Key,
    Kind,
    Population,
    RefusedFigureError,
)
from paragraph8.domain.missions import Subject
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import first_level_areas_of, require_tables, teams_seen

from .models import Moment, SelfCheck, Snapshot
from .packing import Figures, Packed, pack
from .registry import apps

EVERY = timedelta(minutes=5)
"""Of the snapshots that were made within so long, the last is kept."""
BY_AREA = ("answer", "at-least", "observations")
"""Measures of forms that a snapshot holds by area too."""
QUIET = (
    "report.",
    "rehearsal.",
    "figures.",
    "freeze.",
    "analysis.",
    "checkin.",
    "checkins.",
    "alarm.",
    "document.",
    "sentence.",
    "statement.",
)
"""Beginnings of kinds of log entries that leave alone what a mission has set up."""


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


def live(mission: Mission, *, viewer: Viewer, as_of: int | None = None) -> tuple[int, Mapping[Key, Figure]]:
    """The last snapshot: its change number and figures; nothing when the worker has made none.

    With `as_of` the figures as of that change, by the snapshots that were kept; what lies between two of them is
    computed from all rows, and equals what was or would have been shown then. The number is never above the last
    change there is.
    """
    require_tables(mission, viewer=viewer)
    if as_of is None:
        held = Snapshot.objects.filter(mission=mission).select_related("legend").first()
        return (held.change_number, Figures(packed(held), held.change_number)) if held else (0, {})
    as_of = min(as_of, latest_change())
    return as_of, Figures(packed_at(mission, as_of=as_of), as_of)


def moments(mission: Mission, *, viewer: Viewer) -> list[tuple[int, datetime]]:
    """The changes of which there are figures at hand, oldest first, each with the time at which they were made; the
    last one is the snapshot of now."""
    require_tables(mission, viewer=viewer)
    kept = Moment.objects.filter(mission=mission).order_by("change_number").values_list("change_number", "at")
    now = Snapshot.objects.filter(mission=mission).values_list("change_number", "made_at")
    return sorted(dict([*now, *kept]).items())


def shown(mission: Mission) -> dict[str, list[Key]]:
    """By app the keys of a snapshot: everything for the whole mission, and what forms say in each area.

    Estimates are no part of it: they move little with one report, cost more than a count, and a page asks for few.
    """
    areas = sorted(first_level_areas_of(mission))
    return {
        name: _with_areas([spec.key for spec in app.catalogue(mission) if spec.kind is not Kind.ESTIMATE], areas)
        for name, app in apps().items()
    }


def _with_areas(keys: Sequence[Key], areas: Sequence[str]) -> list[Key]:
    """The keys, and those that count observations of a form once more for each area. A spread stays that of the whole
    mission; what is counted by station, or estimated from a sample, is computed by area when somebody asks."""
    counted = [key for key in keys if key.measure in BY_AREA and not key.dimension("unit")]
    return [*keys, *(key.within(area) for key in counted for area in areas)]


def slot(moment: datetime) -> int:
    """The few minutes that a moment lies in, numbered."""
    return int(moment.timestamp() // EVERY.total_seconds())


def offered(mission: Mission, name: str, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """The figures of an app's keys, without those that it refuses as of that change: the catalogue speaks of now, and
    the log may not have come so far."""
    wanted = list(keys)
    while True:
        try:
            return apps()[name].compute(mission, wanted, as_of=as_of)
        except RefusedFigureError as error:
            left = [key for key in wanted if key not in error.keys]
            if len(left) == len(wanted):
                raise
            wanted = left


def packed_at(mission: Mission, *, as_of: int) -> Packed:
    """The figures as of a change: of the newest snapshot that nothing has touched since, else computed anew."""
    held = _newest(mission, as_of)
    if held and not touched(mission, after=held.change_number, until=as_of):
        return packed(held)
    found: dict[Key, Figure] = {}
    for name, keys in shown(mission).items():
        found.update(offered(mission, name, keys, as_of=as_of))
    return pack(found.values())


def packed(held: Snapshot | Moment) -> Packed:
    """What a row holds."""
    return Packed(bytes(held.legend.data), bytes(held.cells))


def touched(mission: Mission, *, after: int, until: int) -> bool:
    """Whether the mission has a change between the two. Any may change a figure: some depend on the day of the last."""
    return Change.objects.filter(mission_id=mission.pk, number__gt=after, number__lte=until).exists()


def set_up_anew(mission: Mission, *, after: int, until: int) -> bool:
    """Whether between the two something came that no report says: forms, areas, registers, or what the mission is."""
    changes = Change.objects.filter(mission_id=mission.pk, number__gt=after, number__lte=until)
    for quiet in QUIET:
        changes = changes.exclude(entry__kind__startswith=quiet)
    return changes.exists()


def _newest(mission: Mission, as_of: int) -> Snapshot | Moment | None:
    known = {"mission": mission, "change_number__lte": as_of}
    snapshot = Snapshot.objects.filter(**known).select_related("legend").first()
    moment = Moment.objects.filter(**known).select_related("legend").order_by("-change_number").first()
    held: list[Snapshot | Moment] = [row for row in (snapshot, moment) if row]
    return max(held, key=lambda row: row.change_number, default=None)


def checked(mission: Mission, *, viewer: Viewer) -> SelfCheck | None:
    """The last comparison of the mission's figures with a recomputation."""
    require_tables(mission, viewer=viewer)
    return SelfCheck.objects.filter(mission=mission).order_by("-pk").first()


def health() -> dict[str, Any]:
    """For whoever watches the server: when figures were last found to equal a recomputation, and how often they did
    not. It names no mission."""
    agreed = SelfCheck.objects.filter(differing=0).order_by("-pk").values_list("at", flat=True).first()
    differed = SelfCheck.objects.filter(differing__gt=0).order_by("-pk").values_list("at", flat=True)
    return {
        "agreed_at": agreed and agreed.isoformat(),
        "differed_at": differed[0].isoformat() if differed else None,
        "differed": len(differed),
    }
