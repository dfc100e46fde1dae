"""What exactly a figure that somebody gave is about, and how two such scopes stand to each other.

Two figures about detentions are comparable only where period, places, population and what is counted agree. Dates that
lie inside other dates make no part of a whole: "617 jailed on 9–10 June" is a part of "677 jailed on 9–13 June" only
when somebody says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from paragraph8.domain.text import Text


class Relation(StrEnum):
    """How the scope of one claim stands to that of another, as far as the words of both tell."""

    SAME = "same"
    """The same period, places, population and definition."""
    INSIDE = "inside"
    """Everything agrees, but period or places lie inside those of the other."""
    AROUND = "around"
    """The reverse of inside."""
    CROSSING = "crossing"
    """Everything agrees, but periods or places overlap only in part."""
    APART = "apart"
    """Periods or places have nothing in common."""
    OTHER_THINGS = "other-things"
    """Another population or definition: the figures count different things."""
    UNKNOWN = "unknown"
    """A claim does not say what would be needed to tell."""


RELATIONS: Mapping[Relation, Text] = {
    Relation.SAME: Text.of(
        {
            "en": "the same period, places and people, counted the same way",
            "kk": "сол кезең, сол жерлер және сол адамдар, санау тәсілі де бірдей",
            "ru": "тот же период, те же места и те же люди, подсчет тот же",
        }
    ),
    Relation.INSIDE: Text.of(
        {
            "en": "its period and places lie inside those of the other; that alone makes it no part of it",
            "kk": "кезеңі мен жерлері екіншісінің ішінде жатыр; бірақ бұл оның бөлігі екенін білдірмейді",
            "ru": "период и места лежат внутри другого; частью его это еще не делает",
        }
    ),
    Relation.AROUND: Text.of(
        {
            "en": "its period and places hold those of the other; that alone does not make the other a part of it",
            "kk": "кезеңі мен жерлері екіншісін қамтиды; бірақ бұл екіншісі оның бөлігі екенін білдірмейді",
            "ru": "период и места охватывают другое; частью его другое это еще не делает",
        }
    ),
    Relation.CROSSING: Text.of(
        {
            "en": "periods or places overlap only in part",
            "kk": "кезеңдері немесе жерлері ішінара ғана сәйкеседі",
            "ru": "периоды или места совпадают лишь частично",
        }
    ),
    Relation.APART: Text.of(
        {
            "en": "other days or other places",
            "kk": "басқа күндер немесе басқа жерлер",
            "ru": "другие дни или другие места",
        }
    ),
    Relation.OTHER_THINGS: Text.of(
        {
            "en": "something else is counted",
            "kk": "басқа нәрсе саналған",
            "ru": "считается не то же самое",
        }
    ),
    Relation.UNKNOWN: Text.of(
        {
            "en": "one of them does not say enough to compare",
            "kk": "біреуінде салыстыруға жеткілікті мәлімет жоқ",
            "ru": "одному из них не хватает сведений для сравнения",
        }
    ),
}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a claim is about. `counted` is a term of the typology of outcomes (`detained`, `jailed`, `fined`, …),
    `population` one of the typology of groups, empty where the claim speaks of people in general. `areas` are paths of
    areas ("KZ/ALA/"), empty where the claim does not say where, and ("",) for the whole country. The days are
    inclusive; `since` is empty where the claim does not say from when."""

    counted: str
    population: str = ""
    areas: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"{self.until} is before {self.since}")

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; the inverse of `scope_from_json`."""
        return {
            "counted": self.counted,
            "population": self.population,
            "areas": list(self.areas),
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }


def scope_from_json(data: Mapping[str, Any]) -> Scope:
    """The scope that `Scope.to_json` wrote."""
    return Scope(
        counted=data["counted"],
        population=data["population"],
        areas=tuple(data["areas"]),
        since=date.fromisoformat(data["since"]) if data["since"] else None,
        until=date.fromisoformat(data["until"]) if data["until"] else None,
    )


def relation(one: Scope, other: Scope) -> Relation:
    """How `one` stands to `other`. Never says that one is part of the other: that is for people to say."""
    if (one.counted, one.population) != (other.counted, other.population):
        return Relation.OTHER_THINGS
    days, places = _days(one, other), _places(one.areas, other.areas)
    if Relation.APART in (days, places):
        return Relation.APART
    if Relation.UNKNOWN in (days, places):
        return Relation.UNKNOWN
    if days is places or places is Relation.SAME:
        return days
    return places if days is Relation.SAME else Relation.CROSSING


def _days(one: Scope, other: Scope) -> Relation:
    if one.since is None or other.since is None:
        silent = one.since is other.since is None and one.until is other.until is None
        return Relation.SAME if silent else Relation.UNKNOWN
    starts, ends = (one.since, other.since), (one.until or one.since, other.until or other.since)
    if ends[0] < starts[1] or ends[1] < starts[0]:
        return Relation.APART
    return _nested(
        starts[0] == starts[1] and ends[0] == ends[1],
        starts[0] >= starts[1] and ends[0] <= ends[1],
        starts[0] <= starts[1] and ends[0] >= ends[1],
    )


def _places(one: tuple[str, ...], other: tuple[str, ...]) -> Relation:
    """Areas are paths: one lies in another when it begins with it."""
    if not one or not other:
        return Relation.SAME if one == other else Relation.UNKNOWN
    inside = all(any(place.startswith(around) for around in other) for place in one)
    around = all(any(place.startswith(outer) for outer in one) for place in other)
    touching = any(a.startswith(b) or b.startswith(a) for a in one for b in other)
    return _nested(inside and around, inside, around) if touching else Relation.APART


def _nested(same: bool, inside: bool, around: bool) -> Relation:
    if same:
        return Relation.SAME
    if inside:
        return Relation.INSIDE
    return Relation.AROUND if around else Relation.CROSSING
