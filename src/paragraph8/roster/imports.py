"""Lists of people that somebody brings: kept sealed, decided row by row, published in one short step or dropped.

Until then nothing of the list is on the roster; afterwards nothing of the file is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import sha256
from paragraph8.domain.importing.dates import Order
from paragraph8.domain.importing.roster_columns import Column, recognised
from paragraph8.domain.importing.roster_rows import MOST_PEOPLE, ReadPerson
from paragraph8.domain.importing.sheets import read_sheet
from paragraph8.domain.people import Function
from paragraph8.domain.text import Text
from paragraph8.missions.models import Institution, Mission

from .lists import NEW, SKIP, owner_of_list, preview, refuse_when_over
from .models import Person, RosterImport, StatusStep
from .operations import REQUIREMENTS, Facts, NewPerson, add_people, check_people
from .personal import Personal, opened, sealed_for
from .queries import people_seen
from .refusals import RefusedPeopleError
from .rows import steps_of
from .sealing import new_key, seal

MOST_MB = 10
"""A list of a thousand people is less than one."""

LISTS: Mapping[str, Text] = {
    "too-many": Text.of(
        {
            "en": "The list has more than 5,000 rows. That is no roster of a mission: bring the sheet with its people "
            "alone.",
            "kk": "Тізімде 5 000-нан астам жол бар. Бұл миссия тізімі емес: тек оның адамдары бар парақты әкеліңіз.",
            "ru": "В списке больше 5 000 строк. Это не список миссии: загрузите лист, где только ее люди.",
        }
    ),
    "no-rows": Text.of(
        {
            "en": "The list has names of columns and no row below them.",
            "kk": "Тізімде баған атаулары бар, бірақ астында бірде-бір жол жоқ.",
            "ru": "В списке есть имена столбцов, но под ними нет строк.",
        }
    ),
}


class ListRefusedError(ValueError):
    """The list is not taken. `reason` is a code of `LISTS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return LISTS[self.reason]


def keep_list(
    *,
    mission: Mission,
    data: bytes,
    name: str,
    by: Viewer,
    now: datetime,
    sheet: str = "",
    institution: Institution | None = None,
    function: Function | None = None,
) -> RosterImport:
    """Read a CSV file or a sheet of a workbook and keep the table, sealed, for somebody to decide about. Its
    `institution` and `function` stand where a cell is empty.

    Raises `NotAllowedError`, `NotATableError`, `ListRefusedError`.
    """
    by.require(Action.MANAGE_ROSTER, mission.pk)
    institution = _own(mission, institution, by)
    table = read_sheet(data, sheet=sheet)
    if not table.rows:
        raise ListRefusedError("no-rows")
    if len(table.rows) > MOST_PEOPLE:
        raise ListRefusedError("too-many")
    content = {
        "name": name[:200],
        "columns": list(table.columns),
        "rows": [[row.number, dict(row.cells), bool(row.extra)] for row in table.rows],
        "problems": [problem.to_json() for problem in table.problems],
    }
    known = recognised(table.columns)
    mapping = {str(n): known[heading].value for n, heading in enumerate(table.columns) if heading in known}
    key = new_key()
    digest = sha256(data)
    with transaction.atomic():
        entry = RosterImport.objects.create(
            mission=mission,
            institution=institution,
            sha256=digest,
            key=key,
            mapping={"columns": mapping, "order": "", "function": function.value if function else ""},
            at=now,
            by=by.name,
        )
        entry.sealed = seal(key, owner_of_list(entry), content)
        entry.save(update_fields=["sealed"])
        _log(mission, "roster.read", entry, {"sha256": digest, "rows": len(table.rows)}, by, now)
    return entry


@transaction.atomic
def assign_columns(
    *,
    mission: Mission,
    entry: RosterImport,
    columns: Mapping[int, Column],
    order: Order,
    institution: Institution | None,
    function: Function | None,
    by: Viewer,
) -> None:
    """Say which column, by its place in the file from 0 on, holds what, and how dates with slashes are written. Raises
    `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    refuse_when_over(entry)
    institution = _own(mission, institution, by)
    entry.mapping = {
        "columns": {str(number): column.value for number, column in columns.items()},
        "order": order.value,
        "function": function.value if function else "",
    }
    entry.institution = institution
    entry.save(update_fields=["mapping", "institution"])


@transaction.atomic
def decide(*, mission: Mission, entry: RosterImport, decisions: Mapping[int, str], by: Viewer) -> None:
    """Say who rows are: the code of somebody on the roster, "new" or "skip"; "" takes a decision back."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    refuse_when_over(entry)
    known = set(people_seen(mission, viewer=by).values_list("code", flat=True)) | {NEW, SKIP, ""}
    kept = dict(entry.decisions)
    for row, decision in decisions.items():
        if decision in known:
            kept[str(row)] = decision
    entry.decisions = {row: decision for row, decision in kept.items() if decision}
    entry.save(update_fields=["decisions"])


def publish(*, mission: Mission, entry: RosterImport, by: Viewer, now: datetime) -> tuple[int, int]:
    """Put the list on the roster, all of it or nothing; how many people were added, and to how many something was.

    Raises `RefusedPeopleError` while rows are wrong or undecided.
    """
    found = preview(mission, entry, viewer=by, now=now)
    if found.blocked:
        raise RefusedPeopleError("rows-wrong", [str(line.person.row) for line in found.blocked])
    if found.undecided:
        raise RefusedPeopleError("rows-undecided", [str(line.person.row) for line in found.undecided])
    new = [_new(line.person) for line in found.lines if line.decision == NEW]
    joined = [(line.decision, line.person) for line in found.lines if line.decision not in (NEW, SKIP)]
    if not new and not joined:
        raise RefusedPeopleError("nothing-new")
    with transaction.atomic():
        claimed = RosterImport.objects.filter(pk=entry.pk, published_at=None, dropped_at=None).update(
            published_at=now, added=len(new), key=b"", sealed=b"", mapping={}, decisions={}
        )
        if not claimed:
            raise RefusedPeopleError("import-over")
        rows = add_people(mission=mission, people=new, by=by, now=now)
        codes = sorted({code for code, _ in joined})
        body = {"added": [row.code for row in rows], "joined": codes, "sha256": entry.sha256}
        logged = _log(mission, "roster.published", entry, body, by, now)
        _join(mission, joined, by, now, logged)
        RosterImport.objects.filter(pk=entry.pk).update(joined=len(codes))
    return len(rows), len(codes)


@transaction.atomic
def drop(*, mission: Mission, entry: RosterImport, by: Viewer, now: datetime) -> None:
    """Leave the list alone: nothing of it is kept but its hash."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    refuse_when_over(entry)
    RosterImport.objects.filter(pk=entry.pk).update(key=b"", sealed=b"", mapping={}, decisions={}, dropped_at=now)
    _log(mission, "roster.dropped", entry, {"sha256": entry.sha256}, by, now)


def _new(person: ReadPerson) -> NewPerson:
    if person.function is None:
        raise RefusedPeopleError("rows-wrong", [str(person.row)])
    return NewPerson(
        personal=Personal(
            family=person.family,
            given=person.given,
            other_name=person.other_name,
            email=person.email,
            phone=person.phone,
            address=person.address,
            card=person.card,
        ),
        facts=Facts(
            function=person.function,
            institution=person.institution,
            also=person.also,
            country=person.country,
            citizenship=person.citizenship,
            gender=person.gender,
            languages=person.languages,
            missions_before=person.missions_before,
            card_expires=person.card_expires,
        ),
        steps=person.steps,
        met=person.met,
    )


def _join(
    mission: Mission, joined: Sequence[tuple[str, ReadPerson]], by: Viewer, now: datetime, logged: LogEntry
) -> None:
    """Add to people on the roster what the list knows more: steps that their history lacks, and what stands empty.
    Nothing that the roster says already is replaced."""
    if not joined:
        return
    codes = {code for code, _ in joined}
    people = {row.code: row for row in mission.people.filter(code__in=codes).select_related("key")}
    check_people(mission, list(people.values()), by)
    held = steps_of(mission, list(people.values()))
    names = opened(people.values())
    steps = []
    for code, person in joined:
        row = people[code]
        for status, day in person.steps:
            if [status.value, day.isoformat()] not in held[row.pk]:
                held[row.pk].append([status.value, day.isoformat()])
                steps.append(StatusStep(person=row, status=status.value, day=day, at=now, by=by.name, entry=logged))
        if row.pk in names:
            names[row.pk] = _filled(names[row.pk], person)
            row.sealed = sealed_for(row, names[row.pk], bytes(row.key.key))
            row.has_card = bool(names[row.pk].card)
        row.languages = row.languages or list(person.languages)
        row.missions_before = person.missions_before if row.missions_before is None else row.missions_before
        row.card_expires = row.card_expires or person.card_expires
        for requirement, day in person.met.items():
            if getattr(row, REQUIREMENTS[requirement]) is None:
                setattr(row, REQUIREMENTS[requirement], day)
    StatusStep.objects.bulk_create(steps)
    written = ["sealed", "has_card", "languages", "missions_before", "card_expires", *REQUIREMENTS.values()]
    Person.objects.bulk_update(people.values(), written)


def _filled(personal: Personal, person: ReadPerson) -> Personal:
    """The personal data with what stood empty taken from the list; another spelling of the name is kept beside."""
    other = (
        "" if (person.family, person.given) == (personal.family, personal.given) else f"{person.given} {person.family}"
    )
    return replace(
        personal,
        other_name=personal.other_name or person.other_name or other.strip(),
        email=personal.email or person.email,
        phone=personal.phone or person.phone,
        address=personal.address or person.address,
        card=personal.card or person.card,
    )


def _own(mission: Mission, institution: Institution | None, by: Viewer) -> Institution | None:
    """Whose list it is: somebody of one institution brings that one's."""
    own = by.institutions.get(mission.pk)
    return institution if own is None else mission.institutions.get(pk=own)


def _log(
    mission: Mission, kind: str, entry: RosterImport, body: Mapping[str, Any], by: Viewer, now: datetime
) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=f"list:{entry.pk}", body=body, by=by.name, now=now)
