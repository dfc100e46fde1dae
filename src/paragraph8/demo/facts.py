"""The reference mission as typed facts: `reference`, `forms`, `texts`, `sources`, `commitments`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.text import Text

from .data import commitments, read_toml, sources
from .texts import texts

__all__ = ["commitments", "forms", "reference", "sources", "texts"]

FORMS = ("opening", "voting", "counting", "tabulation")
"""Form codes in the order of the day; each is also the code of the process it watches."""


@dataclass(frozen=True)
class Institution:
    """One of the two fictitious institutions; `short` is how a text names it after the first time."""

    code: str
    name: Text
    short: Text
    email: str
    phone: str


@dataclass(frozen=True)
class Area:
    """One of the 17 units. `turnout` is per cent of listed voters by local clock time, as the authority announced it;
    hours that no source gives are absent. `stations_2021` is the size of the next election's station list."""

    code: str
    name: Text
    kind: str
    zone: str
    at: str
    turnout: tuple[tuple[str, str], ...]
    stations_2021: int


@dataclass(frozen=True)
class Candidate:
    """Somebody on the ballot of 2019; `votes` are the final ones."""

    code: str
    name: Text
    nominator: Text
    gender: str
    votes: int
    registered_on: date
    status: str
    source: str


@dataclass(frozen=True)
class RegisterTotal:
    """A total copied from a register; `source` is a key of `sources()`."""

    register: str
    code: str
    n: int
    as_of: date
    source: str
    institution: str = ""


@dataclass(frozen=True)
class Event:
    """A day of the calendar."""

    day: date
    title: Text
    source: str


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What the mission is set up with."""

    slug: str
    title: Text
    notice: Text
    languages: tuple[str, ...]
    zone: str
    election_date: date
    heard_until: datetime
    released_at: datetime
    institutions: tuple[Institution, ...]
    areas: tuple[Area, ...]
    turnout_sources: tuple[str, ...]
    stations_2021_source: str
    contestants: tuple[Candidate, ...]
    registers: tuple[RegisterTotal, ...]
    calendar: tuple[Event, ...]


@cache
def reference() -> Reference:
    """The mission, its areas, contestants, registers and calendar."""
    data = read_toml("reference.toml")
    mission = data["mission"]
    return Reference(
        slug=mission["slug"],
        title=Text.of(mission["title"]),
        notice=Text.of(mission["notice"]),
        languages=tuple(mission["languages"]),
        zone=mission["zone"],
        election_date=mission["election_date"],
        heard_until=mission["heard_until"],
        released_at=mission["released_at"],
        institutions=tuple(
            Institution(row["code"], Text.of(row["name"]), Text.of(row["short"]), row["email"], row["phone"])
            for row in data["institutions"]
        ),
        areas=tuple(_area(row) for row in data["areas"]),
        turnout_sources=tuple(data["area_sources"]["turnout"]),
        stations_2021_source=data["area_sources"]["stations_2021"],
        contestants=tuple(_candidate(row) for row in data["contestants"]),
        registers=tuple(RegisterTotal(**row) for row in data["registers"]),
        calendar=tuple(Event(row["day"], Text.of(row["title"]), row["source"]) for row in data["calendar"]),
    )


@cache
def forms() -> tuple[Form, ...]:
    """The four forms with the scales they share and their rules."""
    scales = read_toml("forms/scales.toml")["scales"]
    rules = read_toml("forms/rules.toml")
    return tuple(_form(code, scales, rules[code]) for code in FORMS)


def _form(code: str, scales: list[dict[str, Any]], rules: list[dict[str, Any]]) -> Form:
    data = read_toml(f"forms/{code}.toml")
    used = {question.get("scale") for block in data["blocks"] for question in block["questions"]}
    return form_from_json({**data, "scales": [scale for scale in scales if scale["code"] in used], "rules": rules})


def _area(row: Mapping[str, Any]) -> Area:
    return Area(
        code=row["code"],
        name=Text.of(row["name"]),
        kind=row["kind"],
        zone=row["zone"],
        at=row["at"],
        turnout=tuple(sorted(row["turnout"].items())),
        stations_2021=row["stations_2021"],
    )


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(
        code=row["code"],
        name=Text.of(row["name"]),
        nominator=Text.of(row["nominator"]),
        gender=row["gender"],
        votes=row["votes"],
        registered_on=row["registered_on"],
        status="registered",
        source=row["source"],
    )
