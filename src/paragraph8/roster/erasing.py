"""Erasing people: the key is destroyed, the counts stay, and the page says when it happened.

What was sealed under a destroyed key opens nowhere any more, not even in a copy of the row. Local staff go first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.missions.models import Mission

from .models import LocalKey, LocalPerson, Person, PersonKey, RosterImport
from .operations import check_people
from .refusals import RefusedPeopleError

UNDECIDED = timedelta(days=14)
"""For how long a list that nobody published is kept."""


@dataclass(frozen=True)
class Erased:
    """How many of each were erased."""

    local: int
    people: int
    lists: int


def erase(*, mission: Mission, people: Sequence[Person], by: Viewer, now: datetime, cause: str = "asked") -> int:
    """Erase the personal data of these people now; how many had any. Raises `NotAllowedError`, `RefusedPeopleError`."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, people, by, merged=True)
    with transaction.atomic():
        _overwrite_what_is_deleted()
        held = list(Person.objects.filter(pk__in=[person.pk for person in people], key__isnull=False))
        if not held:
            return 0
        PersonKey.objects.filter(person__in=held).delete()
        Person.objects.filter(pk__in=[person.pk for person in held]).update(
            sealed=b"", erased_at=now, citizenship="", languages=[], missions_before=None, card_expires=None
        )
        body = {"codes": sorted(person.code for person in held), "cause": cause}
        append(
            mission_id=mission.pk,
            kind="people.erased",
            subject=f"mission:{mission.pk}",
            body=body,
            by=by.name,
            now=now,
        )
    return len(held)


def erase_local(
    *, mission: Mission, people: Sequence[LocalPerson], by: Viewer, now: datetime, cause: str = "asked"
) -> int:
    """The same for local staff, of whom nothing but the code and the duty stays."""
    by.require(Action.MANAGE_LOCAL_STAFF, mission.pk)
    if any(person.mission_id != mission.pk for person in people):
        raise RefusedPeopleError("nobody")
    with transaction.atomic():
        _overwrite_what_is_deleted()
        held = list(LocalPerson.objects.filter(pk__in=[person.pk for person in people], key__isnull=False))
        if not held:
            return 0
        LocalKey.objects.filter(person__in=held).delete()
        LocalPerson.objects.filter(pk__in=[person.pk for person in held]).update(
            sealed=b"", erased_at=now, languages=[], starts=None, ends=None
        )
        body = {"codes": sorted(person.code for person in held), "cause": cause}
        append(
            mission_id=mission.pk,
            kind="local-staff.erased",
            subject=f"mission:{mission.pk}",
            body=body,
            by=by.name,
            now=now,
        )
    return len(held)


def erase_due(*, mission: Mission, today: date, by: Viewer, now: datetime) -> Erased:
    """Erase everybody whose retention date has come, local staff first, and lists that nobody published in two weeks.

    Meant to be called once a day; calling it again changes nothing.
    """
    local = LocalPerson.objects.filter(mission=mission, key__retain_until__lte=today)
    n_local = erase_local(mission=mission, people=list(local), by=by, now=now, cause="retention") if local else 0
    due = Person.objects.filter(mission=mission, key__retain_until__lte=today)
    n_people = erase(mission=mission, people=list(due), by=by, now=now, cause="retention") if due else 0
    by.require(Action.MANAGE_ROSTER, mission.pk)
    with transaction.atomic():
        _overwrite_what_is_deleted()
        lists = RosterImport.objects.filter(
            mission=mission, published_at=None, dropped_at=None, at__lte=now - UNDECIDED
        ).update(key=b"", sealed=b"", decisions={}, mapping={}, dropped_at=now)
    return Erased(n_local, n_people, lists)


def _overwrite_what_is_deleted() -> None:
    """SQLite leaves deleted bytes in the file unless it is told to overwrite them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
