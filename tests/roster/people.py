"""People of a mission of two institutions, to count and to look at."""

from __future__ import annotations

from datetime import date
from typing import Any

from conftest import NOW, SERVER, SmallMission
from paragraph8.domain.people import Function, Gender, Reason, Status
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.missions.setting_up import add_institutions
from paragraph8.roster.models import Person
from paragraph8.roster.operations import Facts, NewPerson, add_people, step
from paragraph8.roster.personal import Personal

EVE, DAY, AFTER = date(2019, 6, 9), date(2019, 6, 10), date(2019, 6, 11)
"""NOW is the first minute of the tenth of June where the mission is."""
HERE = (
    (Status.NOMINATED, date(2019, 5, 1)),
    (Status.ACCREDITED, date(2019, 5, 20)),
    (Status.ARRIVED, date(2019, 6, 1)),
)
MP = Function.PARLIAMENTARIAN


def new(family: str = "Somebody", given: str = "", *, steps: Any = HERE, **facts: Any) -> NewPerson:
    """Somebody who is accredited and has arrived."""
    facts = {"function": Function.STO, "institution": "office", **facts}
    return NewPerson(personal=Personal(family=family, given=given), facts=Facts(**facts), steps=steps)


def institutions(mission: SmallMission) -> None:
    names = {"office": Text.of({"en": "Office"}), "assembly": Text.of({"en": "Assembly"})}
    add_institutions(mission=mission.row, names=names, by=SERVER, now=NOW)


def add(mission: SmallMission, *people: NewPerson) -> list[Person]:
    return add_people(mission=mission.row, people=people, by=SERVER, now=NOW)


def take(mission: Mission, person: Person, status: Status, day: date, reason: Reason | None = Reason.OTHER) -> None:
    step(mission=mission, people=[person], status=status, day=day, reason=reason, by=SERVER, now=NOW)


def some_people(mission: SmallMission) -> list[Person]:
    """Six who are here: three women, from three countries and from none, with two institutions."""
    institutions(mission)
    return add(
        mission,
        new("Abenova", "Saule", country="KZ", gender=Gender.WOMAN, function=Function.LTO),
        new("Berg", "Anna", country="SE", gender=Gender.WOMAN),
        new("Costa", "Rui", country="PT", gender=Gender.MAN, also="assembly"),
        new("Dahl", "Eva", country="SE", gender=Gender.WOMAN, function=MP, institution="assembly"),
        new("Eder", "Max", gender=Gender.MAN, function=Function.ANALYST),
        new("Fischer", "Uli", country="PT", institution="", function=Function.PRESS),
    )
