"""Drawn stations on the days of the teams: dealt out, shown at their hour, replaced by a reserve with a reason."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.missions.models import Station

from . import refusals
from .frames import Covering
from .models import Draw, Replacement, Stop
from .queries import design_of, is_open, replacements_of
from .refusals import RefusedSampleError
from .sealing import salted, unseal


@transaction.atomic
def plan_stops(*, draw: Draw, first: datetime, minutes: int, by: Viewer, now: datetime) -> list[Stop]:
    """Give each station of the sample, as it stands now, to a team of the innermost area with teams that it lies in:
    in the order of the draw, in turn. The first of a team is shown at `first`, each other so many minutes later.

    What was planned for this draw before is planned anew. A station in no team's area gets no stop. Raises
    `RefusedSampleError` when no team has an area.
    """
    by.require(Action.DRAW_SAMPLE, draw.mission_id)
    covering = Covering.of(draw.mission)
    if not covering.by_path:
        raise RefusedSampleError(refusals.NO_TEAMS)
    keys = standing_keys(draw)
    there = Station.objects.filter(list_id=draw.request.station_list_id, key__in=keys).select_related("area")
    stations = {station.key: station for station in there}
    by_area: dict[str, list[Station]] = defaultdict(list)
    for key in keys:
        station = stations[key]
        by_area[covering.innermost(station.area.path if station.area else "")].append(station)
    by_area.pop("", None)
    stops: list[Stop] = []
    for path, inside in by_area.items():
        teams = covering.by_path[path]
        for place, station in enumerate(inside):
            turn, which = divmod(place, len(teams))
            show_at = first + timedelta(minutes=minutes * turn)
            stops.append(Stop(draw=draw, team=teams[which], station=station, order=turn + 1, show_at=show_at))
    Stop.objects.filter(draw=draw).delete()
    made = Stop.objects.bulk_create(stops, batch_size=500)
    rows = [[stop.team.code, stop.order, stop.station.key, stop.show_at.isoformat()] for stop in made]
    append(
        mission_id=draw.mission_id,
        kind="stops.planned",
        subject=f"draw:{draw.pk}",
        body={"stops": len(made), "teams": len({stop.team_id for stop in made}), "sha256": _salted(draw, rows)},
        by=by.name,
        now=now,
    )
    return made


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
