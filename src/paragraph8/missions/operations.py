"""Setting a mission up. Every write appends to the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import canonical, digest, sha256
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form
from paragraph8.domain.missions import Format, StationKind
from paragraph8.domain.names import folded
from paragraph8.domain.text import Text

from .models import Area, Contestant, FormVersion, Mission, RegisterLine, Station, StationList, Team


class FormChangedError(ValueError):
    """A form of that code and version is stored already and says something else: give the new one a new version."""


@dataclass(frozen=True, kw_only=True)
class NewStation:
    """A line of a station list."""

    key: str
    area: str = ""
    label: str = ""
    registered: int | None = None
    urban: bool | None = None
    kind: StationKind = StationKind.REGULAR


@transaction.atomic
def create_mission(
    *,
    slug: str,
    title: Text,
    by: Viewer,
    now: datetime,
    format: Format = Format.FULL,  # noqa: A002 - the field's own word
    origin: Origin = Origin.REAL,
    languages: Sequence[str] = ("en", "kk", "ru"),
    zone: str = "UTC",
    election_date: date | None = None,
    notice: Text | None = None,
    contacts: Sequence[Mapping[str, str]] = (),
) -> Mission:
    """A new, empty mission. Only a command on the server and people who are founders make missions, and none that is
    real on a server whose clock is simulated.
    """
    if not (by.system or by.founder) or (settings.SIMULATED_CLOCK and origin is not Origin.SIMULATED):
        raise PermissionError("missions are made on the server or by a founder, real ones under a real clock")
    mission = Mission.objects.create(
        slug=slug,
        title=title.to_json(),
        format=format.value,
        origin=origin.value,
        languages=list(languages),
        zone=zone,
        election_date=election_date,
        notice=notice.to_json() if notice else {},
        contacts=list(contacts),
    )
    body = {"slug": slug, "origin": origin.value, "format": format.value}
    _log(mission, "mission.created", f"mission:{mission.pk}", body, by, now)
    return mission


@transaction.atomic
def add_areas(*, mission: Mission, areas: Iterable[Mapping[str, Any]], by: Viewer, now: datetime) -> None:
    """Areas that the mission does not know yet: objects with `code`, `name`, optional `zone` and `at`."""
    by.require(Action.MANAGE_PLACES, mission.pk)
    known = set(mission.areas.values_list("code", flat=True))
    new = [
        Area(
            mission=mission,
            code=area["code"],
            name=Text.of(area["name"]).to_json(),
            zone=area.get("zone", ""),
            at=area.get("at", ""),
            path=f"{area['code']}/",
        )
        for area in areas
        if area["code"] not in known
    ]
    if new:
        Area.objects.bulk_create(new)
        _log(mission, "areas.added", f"mission:{mission.pk}", {"codes": [area.code for area in new]}, by, now)


@transaction.atomic
def add_stations(*, mission: Mission, stations: Iterable[NewStation], by: Viewer, now: datetime) -> int:
    """Add stations whose key the list in force does not know yet to it, and make the first list where there is none;
    how many were new. Whole lists, with versions, come through the places room."""
    by.require(Action.MANAGE_PLACES, mission.pk)
    areas = {area.code: area for area in mission.areas.all()}
    known = set(mission.stations.values_list("key", flat=True))
    new = [station for station in stations if station.key not in known]
    if not new:
        return 0
    if mission.station_list is None:
        mission.station_list = StationList.objects.create(
            mission=mission, number=1, made_at=now, made_by=by.name, published_at=now
        )
        mission.save(update_fields=["station_list"])
    rows = [
        Station(
            mission=mission,
            list=mission.station_list,
            key=station.key,
            label=station.label,
            area=areas.get(station.area),
            top=_top(areas, station.area),
            registered=station.registered,
            urban=station.urban,
            kind=station.kind.value,
            folded=folded(f"{station.key} {station.label}"),
        )
        for station in new
    ]
    Station.objects.bulk_create(rows, batch_size=500)
    StationList.objects.filter(pk=mission.station_list.pk).update(
        n=F("n") + len(rows), registered=F("registered") + sum(row.registered or 0 for row in rows)
    )
    body = {"n": len(rows), "keys": digest(sorted(row.key for row in rows))}
    _log(mission, "stations.added", f"mission:{mission.pk}", body, by, now)
    return len(rows)


@transaction.atomic
def add_teams(*, mission: Mission, codes: Iterable[str], by: Viewer, now: datetime) -> None:
    """Teams by code."""
    by.require(Action.MANAGE_TEAMS, mission.pk)
    teams = Team.objects.bulk_create(Team(mission=mission, code=code) for code in codes)
    _log(mission, "teams.added", f"mission:{mission.pk}", {"n": len(teams)}, by, now)


@transaction.atomic
def add_contestants(*, mission: Mission, contestants: Iterable[Contestant], by: Viewer, now: datetime) -> None:
    """Unsaved contestants of the mission, each with its source."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    rows = Contestant.objects.bulk_create(contestants)
    _log(mission, "contestants.added", f"mission:{mission.pk}", {"codes": [row.code for row in rows]}, by, now)


@transaction.atomic
def add_register_lines(*, mission: Mission, lines: Iterable[RegisterLine], by: Viewer, now: datetime) -> None:
    """Unsaved register lines of the mission. Raises `ValueError` for a line without a source."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    rows = list(lines)
    for row in rows:
        if not row.source:
            raise ValueError(f"{row}: a register line needs its source")
    RegisterLine.objects.bulk_create(rows)
    body = {f"{row.register}/{row.code}": row.n for row in rows}
    _log(mission, "register.added", f"mission:{mission.pk}", body, by, now)


@transaction.atomic
def store_form(*, mission: Mission, form: Form, by: Viewer, now: datetime) -> FormVersion:
    """Store a form version; storing the same one again changes nothing.

    Raises `FormChangedError` when that code and version is stored with other content.
    """
    by.require(Action.MANAGE_FORMS, mission.pk)
    body = canonical(form.to_json())
    stored = mission.forms.filter(code=form.code, version=form.version).first()
    if stored:
        if stored.sha256 != sha256(body):
            raise FormChangedError(f"{form.code} {form.version}")
        return stored
    row = FormVersion.objects.create(
        mission=mission, code=form.code, version=form.version, body=body.decode(), sha256=sha256(body)
    )
    _log(mission, "form.stored", f"form:{row.pk}", {"code": form.code, "sha256": row.sha256}, by, now)
    return row


def _top(areas: Mapping[str, Area], code: str) -> Area | None:
    """The first-level area in or above which the area of that code lies."""
    area = areas.get(code)
    return areas.get(area.path.partition("/")[0]) if area else None


def _log(mission: Mission, kind: str, subject: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=mission.pk, kind=kind, subject=subject, body=body, by=by.name, now=now)
