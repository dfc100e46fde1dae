"""Reading the roster. Which people a viewer sees is written here once; everything else starts from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.missions import Subject
from paragraph8.domain.people import Requirement
from paragraph8.domain.transliteration import romanized
from paragraph8.missions.models import Mission
from paragraph8.statistics.roster import Move, Standing, Sums, moves, standing, sums

from .models import Person, StatusStep
from .operations import REQUIREMENTS
from .personal import Personal, opened
from .rows import rows_now


class UnknownPersonError(LookupError):
    """No person of that code, as far as the viewer may know."""


def people_seen(mission: Mission, *, viewer: Viewer) -> QuerySet[Person]:
    """The people whom the viewer may see: everybody, or for somebody of one institution the own people, those of the
    mission as a whole, and those of institutions that share their roster with it. Raises `NotAllowedError`."""
    viewer.require(Action.SEE_ROSTER, mission.pk)
    people = mission.people.select_related("institution", "also", "key").order_by("code")
    institution = viewer.institutions.get(mission.pk)
    if institution is None:
        return people
    shared = mission.sharings.filter(reader_id=institution, subject=Subject.ROSTER).values("owner_id")
    own = Q(institution_id=institution) | Q(also_id=institution)
    return people.filter(own | Q(institution=None) | Q(institution_id__in=shared))


def people_hidden(mission: Mission, *, viewer: Viewer) -> int:
    """How many people of other institutions the viewer does not see."""
    seen = people_seen(mission, viewer=viewer).filter(merged_into=None).count()
    return mission.people.filter(merged_into=None).count() - seen


@dataclass(frozen=True)
class Listed:
    """Somebody on the list: the row, the standing on the day, the name where it is not erased, what is lacking."""

    person: Person
    standing: Standing
    personal: Personal | None
    lacks: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Whom the list shows. `words` are compared in the rough spelling, so that either alphabet finds the other."""

    institution: str = ""
    function: str = ""
    status: str = ""
    lacking: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The list on a day with its sums, and what changed since another day."""

    day: date
    people: tuple[Listed, ...]
    sums: Sums
    lacking: Mapping[Requirement, int]
    unaccredited: tuple[str, ...]
    moves: tuple[Move, ...] = ()


PRESENT = "present"
"""Filter by status: whoever is present, whichever the last step was."""


def roster(
    mission: Mission, *, day: date, viewer: Viewer, wanted: Filter | None = None, since: date | None = None
) -> Roster:
    """The people whom the viewer may see, as they stand on the day; sums and lacks are of all of them, the list is
    narrowed."""
    seen = {person.code: person for person in people_seen(mission, viewer=viewer).filter(merged_into=None)}
    rows = rows_now(mission, today=day, only=[person.pk for person in seen.values()])
    names = opened(seen.values())
    listed = [
        Listed(person, standing(row["steps"], day.isoformat()), names.get(person.pk), lacks(person))
        for row in rows
        for person in [seen[row["row"]]]
    ]
    present = [each for each in listed if each.standing.present]
    return Roster(
        day=day,
        people=tuple(each for each in listed if _fits(each, wanted or Filter())),
        sums=sums(rows, day.isoformat()),
        lacking={need: sum(need in each.lacks for each in present) for need in Requirement},
        unaccredited=tuple(each.person.code for each in present if not each.standing.accredited),
        moves=tuple(moves(rows, since.isoformat(), day.isoformat())) if since else (),
    )


def present_on(mission: Mission, *, day: date, viewer: Viewer) -> list[Person]:
    """The people present on a day, of those whom the viewer may see: whom a plan can count on."""
    return [each.person for each in roster(mission, day=day, viewer=viewer).people if each.standing.present]


def names_of(people: Sequence[Person], mission: Mission, *, viewer: Viewer) -> dict[str, str]:
    """Names by code, family name first, of those of these people whom the viewer may see; erased ones are missing."""
    seen = people_seen(mission, viewer=viewer).filter(pk__in=[person.pk for person in people])
    found = list(seen)
    personal = opened(found)
    return {person.code: personal[person.pk].listed for person in found if person.pk in personal}


def lacks(person: Person) -> tuple[Requirement, ...]:
    """What the person still owes the mission."""
    dated = tuple(need for need, name in REQUIREMENTS.items() if getattr(person, name) is None)
    return dated if person.has_card else (Requirement.CARD, *dated)


@dataclass(frozen=True, kw_only=True)
class PersonFile:
    """Everything known of one person. `steps` are all there are, those of joined entries and those taken back
    included; `changes` what the log says."""

    person: Person
    personal: Personal | None
    standing: Standing
    steps: tuple[StatusStep, ...]
    joined: tuple[Person, ...]
    lacks: tuple[Requirement, ...]


def person_file(mission: Mission, code: str, *, day: date, viewer: Viewer) -> PersonFile:
    """One person. Raises `UnknownPersonError`."""
    person = people_seen(mission, viewer=viewer).filter(code=code).first()
    if person is None:
        raise UnknownPersonError(code)
    joined = _joined(person)
    steps = StatusStep.objects.filter(person__in=[person, *joined]).select_related("person", "takes_back")
    ordered = sorted(steps.order_by("pk"), key=lambda each: each.day)
    gone = {each.takes_back_id for each in ordered if each.takes_back_id}
    counting = [
        (s.status, s.day.isoformat()) for s in sorted(ordered, key=_pk) if s.takes_back is None and s.pk not in gone
    ]
    return PersonFile(
        person=person,
        personal=opened([person]).get(person.pk),
        standing=standing(counting, day.isoformat()),
        steps=tuple(ordered),
        joined=tuple(joined),
        lacks=lacks(person),
    )


def _joined(person: Person) -> list[Person]:
    found: list[Person] = []
    level = [person]
    while level:
        level = list(Person.objects.filter(merged_into__in=level).order_by("code"))
        found += level
    return found


def _pk(step: StatusStep) -> int:
    return int(step.pk)


def _fits(listed: Listed, wanted: Filter) -> bool:
    person, held = listed.person, listed.standing
    institutions = {row.code for row in (person.institution, person.also) if row}
    status = held.last.value if held.last else ""
    return (
        (not wanted.institution or wanted.institution in institutions)
        and (not wanted.function or wanted.function == person.function)
        and (not wanted.status or (held.present if wanted.status == PRESENT else wanted.status == status))
        and (not wanted.lacking or wanted.lacking in {need.value for need in listed.lacks})
        and (not wanted.words.strip() or _named(listed, wanted.words))
    )


def _named(listed: Listed, words: str) -> bool:
    """Whether every word begins one of the name, or it is the code."""
    if words.strip().upper() == listed.person.code:
        return True
    if listed.personal is None:
        return False
    name = listed.personal.searched.split()
    looked = romanized(words).split()
    return bool(looked) and all(any(part.startswith(word) for part in name) for word in looked)
