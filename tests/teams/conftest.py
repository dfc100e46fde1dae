"""Observers of the small mission."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.domain.people import Function, Gender, Reason, Status
from paragraph8.domain.text import Text
from paragraph8.missions.setting_up import add_institutions
from paragraph8.roster.models import Person
from paragraph8.roster.operations import Facts, NewPerson, add_people, step
from paragraph8.roster.personal import Personal

DAY = NOW.date()
COUNTRIES = ("DE", "FR", "US", "PL")
Observers = Callable[..., list[Person]]


@pytest.fixture
def observers(mission: SmallMission) -> Observers:
    """Adds so many observers who have arrived: alternately women and men, new and experienced, of four countries."""
    add_institutions(
        mission=mission.row, names={"office": Text.of("Office"), "assembly": Text.of("Assembly")}, by=SERVER, now=NOW
    )

    def added(n: int, function: Function = Function.STO, institution: str = "office") -> list[Person]:
        return add_people(
            mission=mission.row,
            people=[
                NewPerson(
                    personal=Personal(family=f"Family{number}", given="Given"),
                    facts=Facts(
                        function=function,
                        institution=institution,
                        country=COUNTRIES[number % 4],
                        gender=Gender.WOMAN if number % 2 else Gender.MAN,
                        languages=("en", "kk") if number % 3 == 0 else ("en",),
                        missions_before=number % 3,
                    ),
                    steps=((Status.ARRIVED, date(2019, 6, 1)),),
                )
                for number in range(n)
            ],
            by=SERVER,
            now=NOW,
        )

    return added


def withdraw(mission: SmallMission, *people: Person, day: date = DAY) -> None:
    step(
        mission=mission.row, people=people, status=Status.WITHDRAWN, day=day, reason=Reason.PERSONAL, by=SERVER, now=NOW
    )
