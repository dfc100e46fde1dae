"""The list of people as its page shows it: what was chosen, the sums with their parts, the tallies as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.utils.translation import get_language

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.people import Category, Function, Gender, Requirement
from paragraph8.domain.people_texts import CATEGORIES, FUNCTIONS, GENDERS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.statistics.roster import Move, Sums
from paragraph8.statistics.roster_rules import COUNTING_RULES
from paragraph8.web.paging import Page, after

from .operations import current_day
from .queries import Filter, Listed, Roster, people_hidden, people_seen, roster

_MOST_WORDS = 100
_YEARS = range(1990, 2100)


class UnknownDayError(LookupError):
    """What stands in the address is no day."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the address asks for."""

    day: date
    since: date | None
    wanted: Filter

    @property
    def narrowed(self) -> bool:
        """Whether the list leaves somebody out."""
        return self.wanted != Filter()


@dataclass(frozen=True)
class Part:
    """A part of the mission, how many people of it are present, and from how many countries where that is said."""

    title: Text
    n: int
    countries: int | None = None


@dataclass(frozen=True, kw_only=True)
class RosterPage:
    """Everything the page prints."""

    chosen: Chosen
    roster: Roster
    categories: tuple[Part, ...]
    functions: tuple[Part, ...]
    institutions: tuple[Part, ...]
    genders: tuple[Part, ...]
    lacking: tuple[tuple[Requirement, int], ...]
    hidden: int
    page: Page[Mapping[str, object]]
    moves: tuple[tuple[Move, Listed | None], ...]
    rules = COUNTING_RULES

    @property
    def came(self) -> int:
        """How many more are present than on the earlier day, leavers not taken off."""
        return sum(move.counted > 0 for move, _ in self.moves)

    @property
    def went(self) -> int:
        """How many of those who were present are present no more."""
        return sum(move.counted < 0 for move, _ in self.moves)

    @property
    def people(self) -> list[Listed]:
        """Those on this page of the list."""
        return [row["listed"] for row in self.page.rows]  # type: ignore[misc]


def chosen(mission: Mission, query: Mapping[str, str], now: datetime) -> Chosen:
    """Read the address; a filter that fits nothing shows nobody, and a day that is none is unknown."""
    return Chosen(
        day=_day(query.get("day", "")) or current_day(mission, now),
        since=_day(query.get("since", "")),
        wanted=Filter(
            institution=query.get("institution", ""),
            function=query.get("function", ""),
            status=query.get("status", ""),
            lacking=query.get("lacking", ""),
            words=query.get("words", "").strip()[:_MOST_WORDS],
        ),
    )


def roster_page(mission: Mission, asked: Chosen, *, viewer: Viewer, last: str = "") -> RosterPage:
    """The page."""
    found = roster(mission, day=asked.day, since=asked.since, wanted=asked.wanted, viewer=viewer)
    everybody = {row.code: row for row in people_seen(mission, viewer=viewer)}
    listed = {each.person.code: each for each in found.people}
    shown = after([{"code": each.person.code, "listed": each} for each in found.people], "code", last)
    return RosterPage(
        chosen=asked,
        roster=found,
        categories=parts(found.sums.categories, {each.value: CATEGORIES[each] for each in Category}),
        functions=parts(found.sums.functions, {each.value: FUNCTIONS[each] for each in Function}),
        institutions=institutions(mission, found.sums),
        genders=parts(found.sums.genders, {each.value: GENDERS[each] for each in Gender}),
        lacking=tuple(found.lacking.items()),
        hidden=people_hidden(mission, viewer=viewer),
        page=shown,
        moves=tuple((move, listed.get(move.row)) for move in found.moves if move.row in everybody),
    )


def parts(sums: Mapping[str, int], titles: Mapping[str, Text]) -> tuple[Part, ...]:
    """The parts that somebody belongs to, in the order of their titles' table."""
    return tuple(Part(title, sums[code]) for code, title in titles.items() if sums.get(code))


def institutions(mission: Mission, sums: Sums) -> tuple[Part, ...]:
    """The institutions in the order of mention, and those who belong to the mission as a whole."""
    named = [(row.code, Text.of(row.name)) for row in mission.institutions.all()]
    whole = ("", MISSION_AS_A_WHOLE)
    return tuple(
        Part(title, sums.institutions.get(code, 0), sums.institution_countries.get(code, 0))
        for code, title in (*named, whole)
        if sums.institutions.get(code)
    )


MISSION_AS_A_WHOLE = Text.of({"en": "the mission as a whole", "kk": "тұтас миссия", "ru": "миссия в целом"})
_TALLIES: Mapping[str, Text] = {
    code: Text.of({"en": en, "kk": kk, "ru": ru})
    for code, en, kk, ru in (
        ("what", "what", "не", "что"),
        ("part", "part", "бөлігі", "часть"),
        ("observers", "observers", "байқаушылар", "наблюдатели"),
        ("countries", "countries", "елдер", "страны"),
        ("day", "day", "күні", "день"),
        ("origin", "origin", "шығу тегі", "происхождение"),
        ("all", "whole mission", "бүкіл миссия", "вся миссия"),
        ("accredited", "accredited", "аккредиттелген", "аккредитованы"),
        ("category", "part of the mission", "миссия бөлігі", "часть миссии"),
        ("institution", "institution", "мекеме", "организация"),
        ("gender", "gender", "жынысы", "пол"),
        ("rule", "counting rule", "санау ережесі", "правило подсчета"),
    )
}


def tallies(mission: Mission, asked: Chosen, *, viewer: Viewer) -> str:
    """The sums of a day as CSV, with the rules by which they were counted; what is public of a roster, and no more."""
    found = roster(mission, day=asked.day, viewer=viewer).sums
    day, origin = found.day, mission.origin
    lines: list[Iterable[object]] = [
        [_said(code) for code in ("what", "part", "observers", "countries", "day", "origin")],
        [_said("all"), "", found.present, found.countries, day, origin],
        [_said("accredited"), "", found.accredited, "", day, origin],
    ]
    for code, some in (
        ("category", parts(found.categories, {each.value: CATEGORIES[each] for each in Category})),
        ("institution", institutions(mission, found)),
        ("gender", parts(found.genders, {each.value: GENDERS[each] for each in Gender})),
    ):
        lines += [
            [_said(code), _plain(part.title), part.n, "" if part.countries is None else part.countries, day, origin]
            for part in some
        ]
    lines += [[_said("rule"), _plain(rule.text), "", "", day, origin] for rule in COUNTING_RULES]
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([_harmless(cell) for cell in line] for line in lines)
    return out.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet program takes for no formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t")) else cell


def _said(code: str) -> str:
    return _plain(_TALLIES[code])


def _plain(text: Text) -> str:
    return text.shown(get_language() or "en").string


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise UnknownDayError(written) from error
    if day.year not in _YEARS:
        raise UnknownDayError(written)
    return day
