"""Figures from the station list in force: stations and registered voters, by type, area, town and village.

A list may have 100,000 rows. The population holds one row for each first-level area, type and setting, with how many
stations there are and how many voters they have; the row identifier is "area/kind/setting".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, Sum

from paragraph8.domain.figures import Audience, Basis, Figure, FigureSpec, Key, Kind, Origin, Population, Unit
from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission, Station
from paragraph8.statistics.methods import compute as compute_method

from .labels import KIND_TITLES, SETTING_TITLES

APP = "places"
RESTS_ON_REPORTS = False
METHOD = "register-sum@1"
NONE = "-"
"""Stands in a row for no area, and for a setting that the list does not give."""

_MEASURES: dict[str, tuple[str, Unit, Text]] = {
    "stations": (
        METHOD,
        Unit.STATION,
        Text.of(
            {
                "en": "Polling stations on the station list",
                "kk": "Учаскелер тізіміндегі сайлау учаскелері",
                "ru": "Избирательные участки в списке участков",
            }
        ),
    ),
    "voters": (
        METHOD,
        Unit.VOTER,
        Text.of(
            {
                "en": "Registered voters on the station list",
                "kk": "Учаскелер тізіміндегі тіркелген сайлаушылар",
                "ru": "Зарегистрированные избиратели в списке участков",
            }
        ),
    ),
}
_POPULATION = {"stations": "list-stations", "voters": "list-voters"}
"""Measure → name of its rows, which no other room may use."""
_DIMENSIONS = ("area", "kind", "setting")


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """What the list in force can say: in all, by type, by area, in town and village."""
    rows = _rows(mission)
    titles = _area_titles(mission)
    specs = []
    for measure, (_, unit, _title) in _MEASURES.items():
        held = [row for row in rows[measure] if row["n"]]
        if not held:
            continue
        keys = [Key.of(APP, measure)]
        for dimension in _DIMENSIONS:
            values = dict.fromkeys(row[dimension] for row in held if row[dimension] != NONE)
            keys += [Key.of(APP, measure, **{dimension: value}) for value in values]
        specs += [FigureSpec(key=key, title=_said(key, titles), kind=Kind.COUNT, unit=unit) for key in keys]
    return specs


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures of the list in force; a key with a value that the list does not have is left out of the answer."""
    wanted = [key for key in keys if key.app == APP and key.measure in _MEASURES]
    if not wanted or mission.station_list is None:
        return {}
    rows, titles = _rows(mission), _area_titles(mission)
    figures = {}
    for key in wanted:
        held = {name: {row[name] for row in rows[key.measure]} - {NONE} for name in _DIMENSIONS}
        if not rows[key.measure] or any(value not in held.get(name, ()) for name, value in key.dimensions):
            continue
        method, unit, _title = _MEASURES[key.measure]
        figures[key] = Figure(
            key=key,
            kind=Kind.COUNT,
            basis=Basis.REGISTER,
            origin=Origin(mission.origin),
            unit=unit,
            title=_said(key, titles),
            as_of=as_of,
            method=method,
            value=compute_method(method, rows[key.measure], key).value,
            source=mission.station_list.source,
        )
    return figures


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:  # noqa: ARG001 - one list is in force
    """Stations and voters of the list in force, by area, type and setting."""
    return {
        _POPULATION[name]: Population(_POPULATION[name], tuple(rows)) for name, rows in _rows(mission).items() if rows
    }


def population_of(key: Key) -> str:
    """The rows that a figure rests on."""
    return _POPULATION[key.measure]


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:  # noqa: ARG001
    """The rows behind a figure; sums by area and type are safe to publish."""
    return _rows(mission)[key.measure]


def _rows(mission: Mission) -> dict[str, list[dict[str, Any]]]:
    counted = (
        Station.objects.filter(list_id=mission.station_list_id)
        .exclude(kind=StationKind.COMMISSION)
        .order_by("top__code", "kind", "urban")
        .values("top__code", "kind", "urban")
        .annotate(n=Count("pk"), voters=Sum("registered"))
        if mission.station_list_id
        else ()
    )
    found: dict[str, list[dict[str, Any]]] = {"stations": [], "voters": []}
    for row in counted:
        setting = NONE if row["urban"] is None else "urban" if row["urban"] else "rural"
        facts = {"area": row["top__code"] or NONE, "kind": row["kind"], "setting": setting}
        name = "/".join(facts.values())
        found["stations"].append({"row": name, **facts, "n": row["n"]})
        if row["voters"] is not None:
            found["voters"].append({"row": name, **facts, "n": row["voters"]})
    return found


def _area_titles(mission: Mission) -> dict[str, Text]:
    return {area.code: area.title() for area in mission.areas.filter(parent=None)}


def _said(key: Key, areas: Mapping[str, Text]) -> Text:
    """The title of the measure with what it is limited to."""
    parts = [_MEASURES[key.measure][2]]
    for name, value in key.dimensions:
        known = {"area": areas, "kind": KIND_TITLES, "setting": SETTING_TITLES}[name]
        parts.append(known.get(value, Text.of(value)))
    return Text.of({tag: ": ".join(part.shown(tag).string for part in parts) for tag in ("en", "kk", "ru")})
