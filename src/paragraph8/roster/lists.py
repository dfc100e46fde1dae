"""Lists of people that somebody brought, as they would be taken: each row with what is wrong with it, and whom it may
be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.importing.dates import Order
from paragraph8.domain.importing.roster_columns import Column
from paragraph8.domain.importing.roster_rows import Reading, ReadPerson, Row, read_people
from paragraph8.domain.importing.row_problems import RowProblem, row_problem
from paragraph8.domain.likeness import Entry, Likeness, proposals
from paragraph8.domain.names import folded
from paragraph8.domain.people import Function
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission

from .merging import entry_of
from .models import RosterImport
from .operations import near_days, today_of
from .personal import opened
from .queries import people_seen
from .refusals import RefusedPeopleError
from .sealing import unseal

NEW, SKIP = "new", "skip"
"""Decisions about a row besides the code of somebody on the roster."""
LOST = frozenset({"formula-cell", "merged-cells"})
"""Problems of a workbook after which the value of a cell is not known."""
SURE = 85
"""From this score on a row waits for a decision; below, it is proposed and counts as new unless somebody decides."""


class UnknownListError(LookupError):
    """No such list, as far as the viewer may know."""


@dataclass(frozen=True)
class Match:
    """Somebody on the roster, or an earlier row of the list, who may be the person of a row."""

    code: str
    name: str
    likeness: Likeness
    row: int = 0


@dataclass(frozen=True)
class Line:
    """A row of the list as it would be taken. `decision` is what was decided, or would be done without a decision;
    empty while somebody has to decide."""

    person: ReadPerson
    matches: tuple[Match, ...]
    decision: str
    decided: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The whole list before it counts."""

    name: str
    headings: tuple[str, ...]
    columns: Mapping[str, Column]
    lines: tuple[Line, ...]
    problems: tuple[RowProblem, ...]

    @property
    def blocked(self) -> tuple[Line, ...]:
        """Rows that cannot be taken and were not left out."""
        return tuple(line for line in self.lines if line.person.blocked and line.decision != SKIP)

    @property
    def undecided(self) -> tuple[Line, ...]:
        """Rows for which somebody has to say who they are."""
        return tuple(line for line in self.lines if not line.decision and not line.person.blocked)

    @property
    def new(self) -> int:
        """How many people would be added."""
        return sum(line.decision == NEW and not line.person.blocked for line in self.lines)

    @property
    def joined(self) -> int:
        """How many rows would add to somebody on the roster."""
        return sum(line.decision not in ("", NEW, SKIP) for line in self.lines)


def preview(mission: Mission, entry: RosterImport, *, viewer: Viewer, now: datetime) -> Preview:
    """The list as it would be taken. Raises `RefusedPeopleError` when it is published or dropped."""
    viewer.require(Action.MANAGE_ROSTER, mission.pk)
    refuse_when_over(entry)
    content = unseal(bytes(entry.key), owner_of_list(entry), bytes(entry.sealed))
    problems = tuple(
        row_problem(each["row"], each["column"], each["code"], **each["details"]) for each in content["problems"]
    )
    columns = {content["columns"][int(number)]: Column(column) for number, column in entry.mapping["columns"].items()}
    reading = Reading(
        columns=columns,
        institutions=_institutions(mission),
        today=today_of(mission, now),
        near=near_days(mission, now),
        institution=entry.institution.code if entry.institution else "",
        function=Function(entry.mapping["function"]) if entry.mapping["function"] else None,
        order=Order(entry.mapping["order"]),
        lost=frozenset((problem.row, problem.column) for problem in problems if problem.code in LOST),
    )
    people = read_people([Row(number, cells, extra) for number, cells, extra in content["rows"]], reading)
    matches = _matches(mission, people, viewer)
    return Preview(
        name=content["name"],
        headings=tuple(content["columns"]),
        columns=columns,
        lines=tuple(_line(person, matches.get(person.row, ()), entry.decisions) for person in people),
        problems=problems,
    )


def list_of(mission: Mission, pk: int, *, viewer: Viewer) -> RosterImport:
    """One list. Raises `UnknownListError`."""
    found = lists_of(mission, viewer=viewer)
    entry = next((each for each in found if each.pk == pk), None)
    if entry is None:
        raise UnknownListError(pk)
    return entry


def lists_of(mission: Mission, *, viewer: Viewer) -> list[RosterImport]:
    """The lists that were brought, newest first; for somebody of one institution, the own ones."""
    viewer.require(Action.MANAGE_ROSTER, mission.pk)
    lists = RosterImport.objects.filter(mission=mission).select_related("institution").order_by("-pk")
    own = viewer.institutions.get(mission.pk)
    return list(lists.filter(institution=own) if own else lists)


def _institutions(mission: Mission) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in mission.institutions.all():
        for text in (row.name, row.short, row.delegation):
            names |= {folded(string): row.code for string in Text.of(text).to_json().values() if string}
        names[folded(row.code)] = row.code
    return names


def _matches(mission: Mission, people: list[ReadPerson], viewer: Viewer) -> dict[int, tuple[Match, ...]]:
    """Whom each row may be: people on the roster, and rows further up in the same list."""
    seen = list(people_seen(mission, viewer=viewer).filter(merged_into=None))
    names = opened(seen)
    held = {row.code: names[row.pk] for row in seen if row.pk in names}
    on_roster = [entry_of(row, names[row.pk]) for row in seen if row.pk in names]
    rows = {f"#{person.row}": person for person in people}
    entries = [_entry(person) for person in people]
    found: dict[int, list[Match]] = {}
    for entry, other, alike in proposals(entries, [*on_roster, *entries]):
        person = rows[entry.key]
        if other.key in rows:
            if rows[other.key].row < person.row:
                match = Match("", other.name, alike, rows[other.key].row)
                found.setdefault(person.row, []).append(match)
        else:
            found.setdefault(person.row, []).append(Match(other.key, held[other.key].listed, alike))
    return {row: tuple(matches[:5]) for row, matches in found.items()}


def _entry(person: ReadPerson) -> Entry:
    return Entry(
        key=f"#{person.row}",
        family=person.family,
        given=person.given,
        country=person.country,
        gender=person.gender,
        email=person.email,
        card=person.card,
    )


def _line(person: ReadPerson, matches: tuple[Match, ...], decisions: Mapping[str, str]) -> Line:
    decided = decisions.get(str(person.row), "")
    likely = any(match.likeness.score >= SURE for match in matches)
    return Line(person, matches, decided or ("" if likely else NEW), bool(decided))


def refuse_when_over(entry: RosterImport) -> None:
    """Refuse what is done with a list that was published or dropped."""
    if not entry.open:
        raise RefusedPeopleError("import-over")


def owner_of_list(entry: RosterImport) -> str:
    """What the table of a list is bound to."""
    return f"mission:{entry.mission_id}/list:{entry.pk}"
