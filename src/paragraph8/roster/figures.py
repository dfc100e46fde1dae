"""Figures of the roster: how many observers there are on a day, and from how many countries.

The rows stay sealed: a code beside a country, a function and a gender would tell who somebody is. The public gets the
tallies, and only those from which nobody can be picked out: by institution, by function, by part of the mission, and
by gender for the whole. The others are for the room.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from paragraph8.domain.countries import codes as country_codes
from paragraph8.domain.countries import country_name
from paragraph8.domain.figures import Audience, Basis, Figure, FigureSpec, Key, Kind, Origin, Population, Unit
from paragraph8.domain.people import Category, Function, Gender
from paragraph8.domain.people_texts import CATEGORIES, FUNCTIONS, GENDERS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.methods import METHODS
from paragraph8.statistics.methods import compute as compute_method
from paragraph8.statistics.roster import DAY

from .models import StatusStep
from .rows import rows_as_of

APP = "roster"
POPULATION = "roster"

# measure → (method, unit, title)
_MEASURES: dict[str, tuple[str, Unit, Text]] = {
    "observers": (
        "people-present@1",
        Unit.OBSERVER,
        Text.of({"en": "Observers present", "kk": "Келген байқаушылар", "ru": "Прибывшие наблюдатели"}),
    ),
    "accredited": (
        "people-accredited@1",
        Unit.OBSERVER,
        Text.of(
            {"en": "Accredited observers", "kk": "Аккредиттелген байқаушылар", "ru": "Аккредитованные наблюдатели"}
        ),
    ),
    "countries": (
        "countries-present@1",
        Unit.COUNTRY,
        Text.of(
            {
                "en": "Countries that sent the observers present",
                "kk": "Келген байқаушыларды жіберген елдер",
                "ru": "Страны, направившие прибывших наблюдателей",
            }
        ),
    ),
}
_ALONE = frozenset({"gender", "country"})
"""Dimensions that go to the public, if at all, only where no other narrows the figure."""


def catalogue(mission: Mission) -> Sequence[FigureSpec]:
    """What can be computed once somebody is on the roster."""
    if not StatusStep.objects.filter(person__mission=mission).exists():
        return []
    institutions = list(mission.institutions.values_list("code", flat=True))
    held = set(mission.people.values_list("function", flat=True))
    dimensions: list[dict[str, str]] = [{}]
    dimensions += [{"institution": code} for code in institutions]
    dimensions += [{"category": category.value} for category in Category]
    dimensions += [{"function": function.value} for function in Function if function.value in held]
    dimensions += [{"gender": gender.value} for gender in Gender if gender.value]
    keys = [Key.of(APP, "observers", **each) for each in dimensions]
    for measure in ("accredited", "countries"):
        keys += [Key.of(APP, measure), *(Key.of(APP, measure, institution=code) for code in institutions)]
    names = _institution_names(mission)
    return [
        FigureSpec(
            key=key,
            title=_title(key, names),
            kind=Kind.COUNT,
            unit=_MEASURES[key.measure][1],
            audience=_audience(key),
        )
        for key in keys
    ]


def compute(mission: Mission, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
    """Figures as of a change; a key that names what the mission does not have is left out of the answer."""
    names = _institution_names(mission)
    wanted = [key for key in keys if _known(key, names)]
    rows = rows_as_of(mission, as_of) if wanted else []
    return {
        key: Figure(
            key=key,
            kind=Kind.COUNT,
            basis=Basis.REGISTER,
            origin=Origin(mission.origin),
            unit=_MEASURES[key.measure][1],
            title=_title(key, names),
            as_of=as_of,
            method=_MEASURES[key.measure][0],
            value=compute_method(_MEASURES[key.measure][0], rows, key).value,
            audience=_audience(key),
        )
        for key in wanted
    }


def populations(mission: Mission, *, as_of: int) -> Mapping[str, Population]:
    """The rows of the roster, naming nobody; they go into the sealed folder alone."""
    rows = rows_as_of(mission, as_of)
    return {POPULATION: Population(POPULATION, tuple(rows))} if rows else {}


def population_of(key: Key) -> str:  # noqa: ARG001 - one population
    """The population that a figure rests on."""
    return POPULATION


def rows(mission: Mission, key: Key, *, as_of: int, audience: Audience) -> Iterable[Mapping[str, Any]]:
    """The people whom a figure counts, by code; for the public: none, they are protected."""
    if audience is not Audience.ROOM or not _known(key, _institution_names(mission)):
        return []
    found = rows_as_of(mission, as_of)
    outcomes = METHODS[_MEASURES[key.measure][0]].outcomes(found, key)
    return [
        {"row": row["row"], "institution": row["institution"], "function": row["function"]}
        for row, outcome in zip(found, outcomes, strict=True)
        if outcome == "in"
    ]


def _known(key: Key, institutions: Mapping[str, Text]) -> bool:
    if key.app != APP or key.measure not in _MEASURES:
        return False
    allowed: dict[str, Iterable[str]] = {
        "institution": institutions,
        "function": {function.value for function in Function},
        "category": {category.value for category in Category},
        "gender": {gender.value for gender in Gender if gender.value},
        "country": country_codes(),
    }
    return all(_is_day(value) if name == DAY else value in allowed.get(name, ()) for name, value in key.dimensions)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _audience(key: Key) -> Audience:
    """For whom: how many of a small group are women, or came from one country, points at people."""
    narrowed = [name for name, _ in key.dimensions if name != DAY]
    alone = not _ALONE & set(narrowed) or narrowed == ["gender"]
    return Audience.PUBLIC if alone else Audience.ROOM


def _institution_names(mission: Mission) -> dict[str, Text]:
    return {row.code: Text.of(row.name) for row in mission.institutions.all()}


def _title(key: Key, institutions: Mapping[str, Text]) -> Text:
    """The measure, and after a colon what narrows it."""
    words: list[Text] = []
    for name, value in key.dimensions:
        match name:
            case "institution":
                words.append(institutions[value])
            case "function":
                words.append(FUNCTIONS[Function(value)])
            case "category":
                words.append(CATEGORIES[Category(value)])
            case "gender":
                words.append(GENDERS[Gender(value)])
            case "country":
                words.append(country_name(value))
            case _:
                words.append(Text.of(dict.fromkeys(("en", "kk", "ru"), value)))
    title = _MEASURES[key.measure][2]
    if not words:
        return title
    return Text.of(
        {tag: f"{string}: {', '.join(word.shown(tag).string for word in words)}" for tag, string in title.strings}
    )
