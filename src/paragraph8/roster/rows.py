"""The rows that people are counted in: as the roster stands now, or as it stood as of a change.

An entry that was joined with another gives no row of its own; its steps belong to the one it was joined with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from paragraph8.audit.models import Change
from paragraph8.domain.people import Function, category_of
from paragraph8.missions.models import Mission

from .models import Person, PersonVersion, StatusStep

Steps = list[list[str]]


@dataclass(frozen=True)
class _Counted:
    """What is counted of one person."""

    person: int
    code: str
    institution: str
    function: str
    country: str
    gender: str
    merged_into: int | None


def rows_now(mission: Mission, *, today: date, only: Iterable[int] | None = None) -> list[dict[str, Any]]:
    """Everybody as the roster stands, changes without a number included; `only` narrows it to these people."""
    people = mission.people.select_related("institution").order_by("code")
    counted = [
        _Counted(
            person.pk,
            person.code,
            person.institution.code if person.institution else "",
            person.function,
            person.country,
            person.gender,
            person.merged_into_id,
        )
        for person in people
    ]
    steps = StatusStep.objects.filter(person__mission=mission)
    rows = _rows(counted, steps, today.isoformat())
    if only is None:
        return rows
    codes = {each.code for each in counted if each.person in set(only)}
    return [row for row in rows if row["row"] in codes]


def rows_as_of(mission: Mission, as_of: int) -> list[dict[str, Any]]:
    """Everybody as of a change number; the day counted is that of the mission's last change by then."""
    last = (
        Change.objects.filter(mission_id=mission.pk, number__lte=as_of)
        .select_related("entry")
        .order_by("-number")
        .first()
    )
    if last is None:
        return []
    versions = (
        PersonVersion.objects.filter(person__mission=mission, entry__change__number__lte=as_of)
        .order_by("pk")
        .values_list(
            "person_id", "person__code", "institution__code", "function", "country", "gender", "merged_into_id"
        )
    )
    newest = {
        pk: _Counted(pk, code, institution or "", function, country, gender, merged)
        for pk, code, institution, function, country, gender, merged in versions
    }
    steps = StatusStep.objects.filter(person__mission=mission, entry__change__number__lte=as_of)
    day = last.entry.at.astimezone(ZoneInfo(mission.zone)).date()
    return _rows(sorted(newest.values(), key=lambda each: each.code), steps, day.isoformat())


def steps_of(mission: Mission, people: Sequence[Person]) -> dict[int, Steps]:
    """The steps that count of each of these people, those of entries joined with them included."""
    roots = dict(mission.people.values_list("pk", "merged_into_id"))
    found = _by_root(StatusStep.objects.filter(person__mission=mission), roots)
    return {person.pk: found[person.pk] for person in people}


def root_of(pk: int, merged_into: Mapping[int, int | None]) -> int:
    """The entry that one was joined with, through however many."""
    while (above := merged_into.get(pk)) is not None:
        pk = above
    return pk


def _rows(counted: Sequence[_Counted], steps: QuerySet[StatusStep], on: str) -> list[dict[str, Any]]:
    found = _by_root(steps, {each.person: each.merged_into for each in counted})
    return [
        {
            "row": each.code,
            "on": on,
            "institution": each.institution,
            "function": each.function,
            "category": category_of(Function(each.function)).value,
            "country": each.country,
            "gender": each.gender,
            "steps": found[each.person],
        }
        for each in counted
        if each.merged_into is None
    ]


def _by_root(steps: QuerySet[StatusStep], merged_into: Mapping[int, int | None]) -> dict[int, Steps]:
    """The steps that were not taken back, by the entry they belong to, in the order in which they were recorded."""
    listed = list(steps.order_by("pk").values_list("pk", "person_id", "status", "day", "takes_back_id"))
    gone = {taken for _, _, _, _, taken in listed if taken}
    found: dict[int, Steps] = defaultdict(list)
    for pk, person, status, day, taken in listed:
        if taken is None and pk not in gone:
            found[root_of(person, merged_into)].append([status, day.isoformat()])
    return found
