"""Writing the roster. Every write appends to the log, which holds codes, counts and days, and names nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.domain.countries import codes as country_codes
from paragraph8.domain.importing.roster_rows import FARTHEST
from paragraph8.domain.people import ENDINGS, Function, Gender, Reason, Requirement, Status, retention_date
from paragraph8.missions.models import Institution, Mission
from paragraph8.statistics.roster import standing

from .models import Person, PersonKey, PersonVersion, StatusStep
from .personal import Personal, sealed_for, with_key
from .refusals import RefusedPeopleError
from .rows import steps_of

BATCH = 500
_NUMBER = re.compile(r"P(\d+)\Z")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}\Z")
REQUIREMENTS: Mapping[Requirement, str] = {
    Requirement.CODE_OF_CONDUCT: "code_signed",
    Requirement.INTERESTS: "interests_declared",
    Requirement.BRIEFING: "briefed",
}
"""Requirement → the field with the day on which it was met; a card has a number instead."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the roster says of a person apart from the name. `institution` and `also` are codes, "" for none; countries
    are ISO 3166 alpha-2, languages ISO 639."""

    function: Function
    institution: str = ""
    also: str = ""
    country: str = ""
    citizenship: str = ""
    gender: Gender = Gender.UNKNOWN
    languages: tuple[str, ...] = ()
    missions_before: int | None = None
    card_expires: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """Somebody to be added. `code` is given where another list already uses one; `steps` are (status, day); without
    any the person is nominated today. `met` says which requirements were met on which day."""

    personal: Personal
    facts: Facts
    code: str = ""
    steps: tuple[tuple[Status, date], ...] = ()
    met: Mapping[Requirement, date] = field(default_factory=dict)
    retain_until: date | None = None


def add_people(*, mission: Mission, people: Iterable[NewPerson], by: Viewer, now: datetime) -> list[Person]:
    """Add people, all or none. Raises `NotAllowedError`, and `RefusedPeopleError` when one of them cannot be added."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    new = list(people)
    institutions = {row.code: row for row in mission.institutions.all()}
    today = today_of(mission, now)
    near = near_days(mission, now)
    for person in new:
        _check_facts(person.facts, institutions, by, mission)
        if not person.personal.family.strip():
            raise RefusedPeopleError("no-name")
        for _, day in person.steps:
            _check_day(day, near)
    if not new:
        return []
    with transaction.atomic():
        Mission.objects.select_for_update().get(pk=mission.pk)
        numbered = _codes(mission, [person.code for person in new])
        rows = [_row(mission, code, person, institutions) for code, person in zip(numbered, new, strict=True)]
        standard = retention_date(mission.election_date, today)
        keys = [
            with_key(row, person.personal, person.retain_until or standard)
            for row, person in zip(rows, new, strict=True)
        ]
        Person.objects.bulk_create(rows, batch_size=BATCH)
        type(keys[0]).objects.bulk_create(keys, batch_size=BATCH)
        entry = _log(mission, "people.added", {"codes": numbered}, by, now)
        PersonVersion.objects.bulk_create((version_of(row, entry) for row in rows), batch_size=BATCH)
        steps = [
            StatusStep(person=row, status=status.value, day=day, at=now, by=by.name, entry=entry)
            for row, person in zip(rows, new, strict=True)
            for status, day in person.steps or ((Status.NOMINATED, today),)
        ]
        StatusStep.objects.bulk_create(steps, batch_size=BATCH)
    return rows


def step(
    *,
    mission: Mission,
    people: Sequence[Person],
    status: Status,
    day: date,
    by: Viewer,
    now: datetime,
    reason: Reason | None = None,
) -> list[StatusStep]:
    """Add a step that holds from the day on to the history of each person; who stands there on that day already gets
    none. All or none: raises `NotAllowedError`, `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, people, by)
    _check_day(day, near_days(mission, now))
    if status in ENDINGS and reason is None:
        raise RefusedPeopleError("no-reason")
    with transaction.atomic():
        held = {pk: standing(steps, day.isoformat()) for pk, steps in steps_of(mission, people).items()}
        if status is Status.REVOKED:
            never = [person.code for person in people if not held[person.pk].accredited]
            if never:
                raise RefusedPeopleError("never-accredited", never)
        moved = [person for person in people if held[person.pk].last is not status]
        if not moved:
            return []
        body = {"codes": [person.code for person in moved], "status": status.value, "day": day.isoformat()}
        entry = _log(mission, "status.recorded", body, by, now)
        return StatusStep.objects.bulk_create(
            (
                StatusStep(
                    person=person,
                    status=status.value,
                    day=day,
                    reason=reason.value if reason else "",
                    at=now,
                    by=by.name,
                    entry=entry,
                )
                for person in moved
            ),
            batch_size=BATCH,
        )


@transaction.atomic
def take_back(*, mission: Mission, taken: StatusStep, by: Viewer, now: datetime) -> StatusStep:
    """Say that a step was a mistake: it stays readable and counts no more. Raises `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, [taken.person], by, merged=True)
    if taken.takes_back_id or StatusStep.objects.filter(takes_back=taken).exists():
        raise RefusedPeopleError("taken-back")
    body = {"codes": [taken.person.code], "status": taken.status, "day": taken.day.isoformat()}
    entry = _log(mission, "status.retracted", body, by, now)
    return StatusStep.objects.create(
        person=taken.person,
        status=taken.status,
        day=taken.day,
        reason=Reason.MISTAKE.value,
        takes_back=taken,
        at=now,
        by=by.name,
        entry=entry,
    )


@transaction.atomic
def change_person(
    *,
    mission: Mission,
    person: Person,
    facts: Facts,
    personal: Personal,
    by: Viewer,
    now: datetime,
    retain_until: date | None = None,
) -> None:
    """Write other facts and personal data, and with a date how long these are kept. Raises `NotAllowedError`,
    `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, [person], by)
    institutions = {row.code: row for row in mission.institutions.all()}
    _check_facts(facts, institutions, by, mission)
    key = getattr(person, "key", None)
    if key is None:
        raise RefusedPeopleError("erased", [person.code])
    if not personal.family.strip():
        raise RefusedPeopleError("no-name")
    before = _counted(person)
    _put(person, facts, institutions)
    person.has_card = bool(personal.card)
    person.sealed = sealed_for(person, personal, bytes(key.key))
    person.save()
    if retain_until is not None:
        _check_day(retain_until, near_days(mission, now))
        PersonKey.objects.filter(person=person).update(retain_until=retain_until)
    body = {"code": person.code, "counted": digest(_counted(person)), "personal": digest(bytes(person.sealed).hex())}
    entry = _log(mission, "person.changed", body, by, now)
    if before != _counted(person):
        version_of(person, entry).save()


@transaction.atomic
def meet(
    *, mission: Mission, people: Sequence[Person], requirement: Requirement, day: date | None, by: Viewer, now: datetime
) -> None:
    """Note that people met a requirement on a day; without a day, that they did not. A card is noted with its number
    on the person's page. Raises `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, people, by)
    if day is not None:
        _check_day(day, near_days(mission, now))
    name = REQUIREMENTS[requirement]
    Person.objects.filter(pk__in=[person.pk for person in people]).update(**{name: day})
    body = {
        "codes": [person.code for person in people],
        "requirement": requirement.value,
        "day": day.isoformat() if day else "",
    }
    _log(mission, "requirement.noted", body, by, now)


def check_people(mission: Mission, people: Sequence[Person], by: Viewer, *, merged: bool = False) -> None:
    """Refuse what is written about nobody, about entries joined with others, and about people of an institution that
    is not the viewer's: what institutions share is for reading."""
    if not people:
        raise RefusedPeopleError("nobody")
    if any(person.mission_id != mission.pk for person in people):
        raise RefusedPeopleError("nobody")
    joined = [person.code for person in people if person.merged_into_id]
    if joined and not merged:
        raise RefusedPeopleError("merged", joined)
    own = by.institutions.get(mission.pk)
    foreign = [person.code for person in people if own and person.institution_id not in (own, None)]
    if foreign:
        raise RefusedPeopleError("other-institution", foreign)


def today_of(mission: Mission, now: datetime) -> date:
    """The date where the mission is."""
    return now.astimezone(ZoneInfo(mission.zone)).date()


def current_day(mission: Mission, now: datetime) -> date:
    """The day that pages show when nobody chooses one: today; in a simulated mission, the day of its last entry in the
    log, which is also the day that its figures count."""
    last = LogEntry.objects.filter(mission_id=mission.pk).order_by("-pk").first() if mission.simulated else None
    return today_of(mission, last.at if last else now)


def near_days(mission: Mission, now: datetime) -> tuple[date, ...]:
    """Days of which a step lies near one: today and election day. None for a simulated mission, whose days may be far
    from those of the clock."""
    if mission.simulated:
        return ()
    return tuple(day for day in (today_of(mission, now), mission.election_date) if day is not None)


def version_of(person: Person, entry: LogEntry) -> PersonVersion:
    """What is counted of the person from this entry on; not saved yet."""
    return PersonVersion(
        person=person,
        institution_id=person.institution_id,
        function=person.function,
        country=person.country,
        gender=person.gender,
        merged_into_id=person.merged_into_id,
        entry=entry,
    )


def _row(mission: Mission, code: str, person: NewPerson, institutions: Mapping[str, Institution]) -> Person:
    row = Person(mission=mission, code=code, has_card=bool(person.personal.card))
    _put(row, person.facts, institutions)
    for requirement, day in person.met.items():
        setattr(row, REQUIREMENTS[requirement], day)
    return row


def _put(row: Person, facts: Facts, institutions: Mapping[str, Institution]) -> None:
    row.institution = institutions.get(facts.institution)
    row.also = institutions.get(facts.also)
    row.function = facts.function.value
    row.country = facts.country
    row.citizenship = facts.citizenship
    row.gender = facts.gender.value
    row.languages = list(facts.languages)
    row.missions_before = facts.missions_before
    row.card_expires = facts.card_expires


def _counted(person: Person) -> dict[str, Any]:
    return {
        "institution": person.institution_id,
        "function": person.function,
        "country": person.country,
        "gender": person.gender,
    }


def _check_facts(facts: Facts, institutions: Mapping[str, Institution], by: Viewer, mission: Mission) -> None:
    for code in (facts.institution, facts.also):
        if code and code not in institutions:
            raise RefusedPeopleError("unknown-institution", [code])
    if facts.also and facts.also == facts.institution:
        raise RefusedPeopleError("two-institutions", [facts.also])
    for country in (facts.country, facts.citizenship):
        if country and country not in country_codes():
            raise RefusedPeopleError("unknown-country", [country])
    own = by.institutions.get(mission.pk)
    if own and (not facts.institution or institutions[facts.institution].pk != own):
        raise RefusedPeopleError("other-institution", [facts.institution or "–"])


def _check_day(day: date, near: Sequence[date]) -> None:
    if near and all(abs(day - each) > FARTHEST for each in near):
        raise RefusedPeopleError("day-far")


def _codes(mission: Mission, given: Sequence[str]) -> list[str]:
    """The code of each: the given one, or the next that is free."""
    wrong = sorted({code for code in given if code and not _CODE.match(code)})
    if wrong:
        raise RefusedPeopleError("code-wrong", wrong)
    held: QuerySet[Person, str] = mission.people.values_list("code", flat=True)
    taken = set(held)
    doubled = sorted({code for code in given if code and (code in taken or given.count(code) > 1)})
    if doubled:
        raise RefusedPeopleError("code-taken", doubled)
    numbers = [int(match[1]) for code in {*taken, *given} if (match := _NUMBER.match(code))]
    following = max(numbers, default=0)
    codes = []
    for code in given:
        following += not code
        codes.append(code or f"P{following:04d}")
    return codes


def _log(mission: Mission, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=f"mission:{mission.pk}", body=body, by=by.name, now=now)
