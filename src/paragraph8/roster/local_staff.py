"""Interpreters, drivers and assistants hired in the country: a list of its own.

They stay in the country when the mission leaves and are the most exposed. Nothing else reads these rows: no figure,
no export, no other page. The log knows them by codes, and they are erased before everybody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.people import Duty, retention_date
from paragraph8.missions.models import Mission

from .models import LocalKey, LocalPerson
from .operations import today_of
from .personal import Personal, opened, sealed_for, with_local_key
from .queries import UnknownPersonError
from .refusals import RefusedPeopleError

_NUMBER = re.compile(r"L(\d+)\Z")


@dataclass(frozen=True, kw_only=True)
class NewLocalPerson:
    """Somebody to be added to the list of local staff."""

    personal: Personal
    duty: Duty
    languages: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    retain_until: date | None = None


@dataclass(frozen=True)
class LocalLine:
    """Somebody on the list; `personal` is gone once erased."""

    person: LocalPerson
    personal: Personal | None
    retain_until: date | None


def add_local_staff(
    *, mission: Mission, people: Sequence[NewLocalPerson], by: Viewer, now: datetime
) -> list[LocalPerson]:
    """Add local staff, all or none. Raises `NotAllowedError`, `RefusedPeopleError`."""
    by.require(Action.MANAGE_LOCAL_STAFF, mission.pk)
    if any(not person.personal.family.strip() for person in people):
        raise RefusedPeopleError("no-name")
    if not people:
        return []
    standard = retention_date(mission.election_date, today_of(mission, now), local=True)
    with transaction.atomic():
        Mission.objects.select_for_update().get(pk=mission.pk)
        held = LocalPerson.objects.filter(mission=mission).values_list("code", flat=True)
        last = max((int(match[1]) for code in held if (match := _NUMBER.match(code))), default=0)
        rows, keys = [], []
        for number, person in enumerate(people, start=last + 1):
            row = LocalPerson(
                mission=mission,
                code=f"L{number:03d}",
                duty=person.duty.value,
                languages=list(person.languages),
                starts=person.starts,
                ends=person.ends,
            )
            keys.append(with_local_key(row, person.personal, person.retain_until or standard))
            rows.append(row)
        LocalPerson.objects.bulk_create(rows)
        LocalKey.objects.bulk_create(keys)
        _log(mission, "local-staff.added", [row.code for row in rows], by, now)
    return rows


@transaction.atomic
def change_local_person(
    *, mission: Mission, person: LocalPerson, written: NewLocalPerson, by: Viewer, now: datetime
) -> None:
    """Write other data. Raises `RefusedPeopleError` when the person is erased or has no name."""
    by.require(Action.MANAGE_LOCAL_STAFF, mission.pk)
    if person.mission_id != mission.pk:
        raise RefusedPeopleError("nobody")
    key = getattr(person, "key", None)
    if key is None:
        raise RefusedPeopleError("erased", [person.code])
    if not written.personal.family.strip():
        raise RefusedPeopleError("no-name")
    person.duty = written.duty.value
    person.languages = list(written.languages)
    person.starts, person.ends = written.starts, written.ends
    person.sealed = sealed_for(person, written.personal, bytes(key.key))
    person.save()
    if written.retain_until is not None:
        LocalKey.objects.filter(person=person).update(retain_until=written.retain_until)
    _log(mission, "local-staff.changed", [person.code], by, now)


def local_staff(mission: Mission, *, viewer: Viewer) -> list[LocalLine]:
    """Everybody on the list. Raises `NotAllowedError`."""
    people = list(_held(mission, viewer))
    names = opened(people)
    return [
        LocalLine(person, names.get(person.pk), person.key.retain_until if hasattr(person, "key") else None)
        for person in people
    ]


def local_person(mission: Mission, code: str, *, viewer: Viewer) -> LocalLine:
    """One of them. Raises `UnknownPersonError`."""
    person = _held(mission, viewer).filter(code=code).first()
    if person is None:
        raise UnknownPersonError(code)
    until = person.key.retain_until if hasattr(person, "key") else None
    return LocalLine(person, opened([person]).get(person.pk), until)


def _held(mission: Mission, viewer: Viewer) -> QuerySet[LocalPerson]:
    viewer.require(Action.MANAGE_LOCAL_STAFF, mission.pk)
    return LocalPerson.objects.filter(mission=mission).select_related("key").order_by("code")


def _log(mission: Mission, kind: str, codes: Sequence[str], by: Viewer, now: datetime) -> None:
    body = {"codes": list(codes)}
    append(mission_id=mission.pk, kind=kind, subject=f"mission:{mission.pk}", body=body, by=by.name, now=now)
