"""Figures from the mission's registers: voters, stations, contestants, members of the mission."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paragraph8.domain.figures import (
    Audience,
    Basis,
    Figure,
    FigureSpec,
    Key,
    Kind,
    Origin,
    Population,
    Unit,
)
from paragraph8.domain.text import Text
from paragraph8.statistics.methods import compute as compute_method

from .models import Mission

APP = "missions"
RESTS_ON_REPORTS = False

# measure → (register that holds the rows, method, unit, title)
_MEASURES: dict[str, tuple[str, str, Unit, Text]] = {
    "voters": (
        "voters",
        "register-sum@1",
        Unit.VOTER,
        Text.of({"en": "Registered voters", "kk": "Тіркелген сайлаушылар", "ru": "Зарегистрированные избиратели"}),
    ),
    "stations": (
        "stations",
        "register-sum@1",
        Unit.STATION,
        Text.of({"en": "Polling stations", "kk": "Сайлау учаскелері", "ru": "Избирательные участки"}),
    ),
    "contestants": (
        "contestants",
        "register-count@1",
        Unit.CONTESTANT,
        Text.of({"en": "Registered candidates", "kk": "Тіркелген кандидаттар", "ru": "Зарегистрированные кандидаты"}),
    ),
    "observers": (
        "observers",
        "register-sum@1",
        Unit.OBSERVER,
        Text.of({"en": "Observers of the mission", "kk": "Миссия байқаушылары", "ru": "Наблюдатели миссии"}),
    ),
    "countries": (
        "countries",
        "register-sum@1",
        Unit.COUNTRY,
        Text.of(
            {
                "en": "Countries the observers came from",
                "kk": "Байқаушылар келген елдер",
                "ru": "Страны, из которых прибыли наблюдатели",
            }
        ),
    ),
}


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """What the registers can say."""
    keys = [Key.of(APP, measure) for measure in _MEASURES]
    keys.append(Key.of(APP, "contestants", gender="f"))
    keys += [Key.of(APP, "observers", institution=institution.code) for institution in mission.institutions.all()]
    held = {register for register, rows in _registers(mission).items() if rows}
    return [
        FigureSpec(key=key, title=_title(key), kind=Kind.COUNT, unit=_MEASURES[key.measure][2])
        for key in keys
        if _MEASURES[key.measure][0] in held
    ]


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures of the registers; a key that is not in the catalogue is left out of the answer."""
    known = {spec.key for spec in catalogue(mission)}
    registers = _registers(mission)
    figures = {}
    for key in keys:
        if key not in known:
            continue
        register, method, unit, _ = _MEASURES[key.measure]
        rows = registers[register]
        tally = compute_method(method, rows, key)
        figures[key] = Figure(
            key=key,
            kind=Kind.COUNT,
            basis=Basis.REGISTER,
            origin=Origin.REAL,
            unit=unit,
            title=_title(key),
            as_of=as_of,
            method=method,
            value=tally.value,
            source="; ".join(dict.fromkeys(row["source"] for row in rows if row["source"])),
        )
    return figures


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:  # noqa: ARG001 - registers have one state
    """The rows of each register."""
    return {name: Population(name, tuple(rows)) for name, rows in _registers(mission).items() if rows}


def population_of(key: Key) -> str:
    """The register that a figure rests on."""
    return _MEASURES[key.measure][0]


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:  # noqa: ARG001
    """The register rows behind a figure; registers are public."""
    return _registers(mission)[_MEASURES[key.measure][0]]


def _registers(mission: Mission) -> dict[str, list[dict[str, Any]]]:
    registers: dict[str, list[dict[str, Any]]] = {
        "contestants": [
            {"row": row.code, "gender": row.gender, "status": row.status, "source": row.source}
            for row in mission.contestants.filter(status="registered").order_by("code")
        ]
    }
    for line in mission.register.order_by("register", "code"):
        registers.setdefault(line.register, []).append(
            {"row": line.code, "institution": line.institution, "n": line.n, "source": line.source}
        )
    return {name: rows for name, rows in registers.items() if name in {measure[0] for measure in _MEASURES.values()}}


def _title(key: Key) -> Text:
    if key.dimension("gender") == "f":
        return Text.of(
            {
                "en": "Women among the registered candidates",
                "kk": "Тіркелген кандидаттар арасындағы әйелдер",
                "ru": "Женщины среди зарегистрированных кандидатов",
            }
        )
    return _MEASURES[key.measure][3]
