"""Drawn stations on the days of the teams: dealt out, shown at their hour, replaced by a reserve with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.missions.models import Station, Team

from . import refusals
from .frames import Covering
from .models import Draw, Replacement, Stop
from .queries import design_of, is_open, replacements_of
from .refusals import RefusedSampleError
from .sealing import salted, unseal


@transaction.atomic
def plan_stops(*, draw: Draw, first: datetime, minutes: int, by: Viewer, now: datetime) -> list[Stop]:
    """Give each station of the sample, as it stands now, to a team of the innermost area with teams that it lies in:
    in the order of the draw, to the team that has fewest. The first of a team is shown at `first`, each other so many
    minutes later.

    Planned again, a stop stays with its team where that is still there, and what was shown keeps its hour. Stops of an
    earlier draw for the same purpose end. A station in no team's area gets no stop. Raises `RefusedSampleError` when
    no team has an area.
    """
    by.require(Action.DRAW_SAMPLE, draw.mission_id)
    Draw.objects.select_for_update().only("pk").get(pk=draw.pk)
    covering = Covering.of(draw.mission)
    if not covering.by_path:
        raise RefusedSampleError(refusals.NO_TEAMS)
    held = {stop.station.key: stop for stop in Stop.objects.filter(draw=draw).select_related("station", "team")}
    days: list[list[Stop]] = []
    for path, inside in _stations_by_area(draw, covering).items():
        days += _dealt(draw, inside, covering.by_path[path], held)
    shown = {stop.pk for stop in held.values() if stop.show_at <= now}
    for day in days:
        _set_hours(day, shown=shown, first=first, minutes=minutes)
    stops = [stop for day in days for stop in day]
    earlier = Stop.objects.filter(draw__mission=draw.mission_id, draw__request__purpose=draw.request.purpose)
    earlier.exclude(pk__in=[stop.pk for stop in stops if stop.pk]).delete()
    Stop.objects.bulk_update([stop for stop in stops if stop.pk], ["team", "order", "show_at"], batch_size=500)
    Stop.objects.bulk_create([stop for stop in stops if not stop.pk], batch_size=500)
    rows = [[stop.team.code, stop.order, stop.station.key, stop.show_at.isoformat()] for stop in stops]
    append(
        mission_id=draw.mission_id,
        kind="stops.planned",
        subject=f"draw:{draw.pk}",
        body={"stops": len(stops), "teams": len({stop.team_id for stop in stops}), "sha256": _salted(draw, rows)},
        by=by.name,
        now=now,
    )
    return stops


def _stations_by_area(draw: Draw, covering: Covering) -> dict[str, list[Station]]:
    """The stations of the sample by the path of the area whose teams take them, in the order of the draw."""
    keys = standing_keys(draw)
    there = Station.objects.filter(list_id=draw.request.station_list_id, key__in=keys).select_related("area")
    stations = {station.key: station for station in there}
    found: dict[str, list[Station]] = defaultdict(list)
    for key in keys:
        station = stations[key]
        found[covering.innermost(station.area.path if station.area else "")].append(station)
    found.pop("", None)
    return found


def _dealt(draw: Draw, inside: Sequence[Station], teams: Sequence[Team], held: Mapping[str, Stop]) -> list[list[Stop]]:
    """The stops of each team of an area: those that it has, then of the others always one for who has fewest."""
    days: dict[int, list[Stop]] = {team.pk: [] for team in teams}
    waiting = []
    for station in inside:
        stop = held.get(station.key)
        if stop is not None and stop.team_id in days:
            days[stop.team_id].append(stop)
        else:
            waiting.append(stop or Stop(draw=draw, station=station))
    for stop in waiting:
        stop.team = min(teams, key=lambda team: len(days[team.pk]))
        # A stop that comes from another team is new to this one, whatever was shown before.
        stop.order = 0
        days[stop.team.pk].append(stop)
    return list(days.values())


def _set_hours(day: Sequence[Stop], *, shown: Collection[int], first: datetime, minutes: int) -> None:
    """Order and hour of each stop of a team's day; what the team has seen stays as it is."""
    seen = [stop for stop in day if stop.pk in shown and stop.order]
    for turn, stop in enumerate(stop for stop in day if stop not in seen):
        stop.order = len(seen) + turn + 1
        stop.show_at = first + timedelta(minutes=minutes * turn)
    for place, stop in enumerate(sorted(seen, key=lambda stop: stop.order), start=1):
        stop.order = place


@transaction.atomic
def replace(*, draw: Draw, station: str, reason: str, by: Viewer, now: datetime) -> Replacement:
    """Let the next reserve of its stratum step in for a station that cannot be reached. Who asks has no choice of it.

    Raises `RefusedSampleError` for a station that is not in the sample, without a reason, without a reserve left, and
    once polls have closed.
    """
    by.require(Action.DRAW_SAMPLE, draw.mission_id)
    Draw.objects.select_for_update().only("pk").get(pk=draw.pk)
    if is_open(draw, now=now):
        raise RefusedSampleError(refusals.CLOSED)
    if not reason.strip():
        raise RefusedSampleError(refusals.NO_WORDS)
    stratum = _stratum_of(draw, station)
    used = {row.reserve for row in replacements_of(draw)}
    reserve = next((key for key in design_of(draw).reserves_of(stratum) if key not in used), None)
    if reserve is None:
        raise RefusedSampleError(refusals.NO_RESERVE)
    entry = append(
        mission_id=draw.mission_id,
        kind="draw.replaced",
        subject=f"draw:{draw.pk}",
        body={"sha256": _salted(draw, [station, reserve]), "number": len(used) + 1},
        by=by.name,
        now=now,
    )
    row = Replacement.objects.create(
        draw=draw,
        stratum=stratum,
        out=station,
        reserve=reserve,
        reason=reason.strip(),
        at=now,
        by=by.name,
        entry=entry,
    )
    stands_in = Station.objects.get(list_id=draw.request.station_list_id, key=reserve)
    Stop.objects.filter(draw=draw, station__key=station).update(station=stands_in)
    return row


def standing_keys(draw: Draw) -> list[str]:
    """Keys of the stations of the sample as they stand, in the order of the draw."""
    gave_way = {row.out: row.reserve for row in replacements_of(draw)}
    keys = []
    for unit in design_of(draw).drawn:
        key = unit.station
        while key in gave_way:
            key = gave_way[key]
        keys.append(key)
    return keys


def _stratum_of(draw: Draw, station: str) -> str:
    """The stratum of a station that stands in the sample."""
    units = zip(standing_keys(draw), design_of(draw).drawn, strict=True)
    stratum = next((unit.stratum for key, unit in units if key == station), None)
    if stratum is None:
        raise RefusedSampleError(refusals.NOT_IN_SAMPLE)
    return stratum


def _salted(draw: Draw, value: list[Any]) -> str:
    return salted(value, seed=unseal(bytes(draw.commitment.sealed), mission_id=draw.mission_id))
