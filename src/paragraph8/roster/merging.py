"""Two entries, one person: proposals that somebody decides, joining, and taking a joining back.

A joined entry keeps its row, its code, its steps and its key; it counts no more, and its steps belong to the entry
that it was joined with. So nothing has to be moved back when the joining proves wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.likeness import Entry, Likeness, proposals
from paragraph8.missions.models import Mission

from .models import Person, PersonVersion, Refusal, StatusStep
from .operations import check_people, version_of
from .personal import Personal, opened
from .queries import people_seen
from .refusals import RefusedPeopleError


@dataclass(frozen=True)
class Proposal:
    """Two entries that may be one person, with their names, and why."""

    one: Person
    other: Person
    names: tuple[Personal, Personal]
    likeness: Likeness


def entry_of(person: Person, personal: Personal) -> Entry:
    """What is compared of a person on the roster."""
    return Entry(
        key=person.code,
        family=personal.family,
        given=personal.given,
        country=person.country,
        gender=person.gender,
        email=personal.email,
        card=personal.card,
    )


def proposed(mission: Mission, *, viewer: Viewer) -> list[Proposal]:
    """Pairs of entries on the roster that may be one person, the likeliest first, without those that somebody said are
    two."""
    viewer.require(Action.MANAGE_ROSTER, mission.pk)
    people = {row.code: row for row in people_seen(mission, viewer=viewer).filter(merged_into=None)}
    names = opened(people.values())
    entries = [entry_of(row, names[row.pk]) for row in people.values() if row.pk in names]
    refused = {
        frozenset(pair) for pair in Refusal.objects.filter(one__mission=mission).values_list("one__code", "other__code")
    }
    found = []
    for one, other, alike in proposals(entries, entries):
        if one.key < other.key and frozenset((one.key, other.key)) not in refused:
            first, second = people[one.key], people[other.key]
            found.append(Proposal(first, second, (names[first.pk], names[second.pk]), alike))
    return found


@transaction.atomic
def refuse(*, mission: Mission, one: Person, other: Person, by: Viewer, now: datetime) -> None:
    """Say that two entries are two people."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, [one, other], by)
    first, second = sorted((one, other), key=lambda person: person.pk)
    _, made = Refusal.objects.get_or_create(one=first, other=second, defaults={"by": by.name, "at": now})
    if made:
        _log(mission, "people.distinguished", {"codes": [first.code, second.code]}, by, now)


@transaction.atomic
def merge(*, mission: Mission, kept: Person, gone: Person, by: Viewer, now: datetime) -> None:
    """Join an entry with another, which is kept. Both histories stay and count together.

    Raises `RefusedPeopleError` when other rooms refer to the entry that would go.
    """
    by.require(Action.MANAGE_ROSTER, mission.pk)
    if kept.pk == gone.pk:
        raise RefusedPeopleError("same-entry")
    check_people(mission, [kept, gone], by)
    if referred_to(gone):
        raise RefusedPeopleError("referred-to", [gone.code])
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    entry = _log(mission, "people.merged", {"kept": kept.code, "gone": gone.code}, by, now)
    version_of(gone, entry).save()


@transaction.atomic
def undo_merge(*, mission: Mission, gone: Person, by: Viewer, now: datetime) -> None:
    """Part an entry from the one it was joined with. Raises `RefusedPeopleError` when the history went on since then:
    a new step may be either's."""
    by.require(Action.MANAGE_ROSTER, mission.pk)
    check_people(mission, [gone], by, merged=True)
    kept = gone.merged_into
    if kept is None:
        raise RefusedPeopleError("not-merged")
    joined = PersonVersion.objects.filter(person=gone, merged_into=kept).latest("pk")
    if StatusStep.objects.filter(person=kept, entry__gt=joined.entry_id).exists():
        raise RefusedPeopleError("steps-since", [kept.code])
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    entry = _log(mission, "people.parted", {"kept": kept.code, "gone": gone.code}, by, now)
    version_of(gone, entry).save()


def referred_to(person: Person, *, but: str = "roster") -> bool:
    """Whether a room but this one has a row that names the person: found out from the models, since the roster knows no
    room above it."""
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model._meta.app_label != but:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: person})
            if rows.exists():
                return True
    return False


def _log(mission: Mission, kind: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=f"mission:{mission.pk}", body=body, by=by.name, now=now)
