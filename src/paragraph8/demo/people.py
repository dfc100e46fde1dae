"""The simulated roster: who the two fictitious institutions sent, from where, and when each arrived or left.

Nobody in it exists. Names are numbers; seconding countries are drawn from a list of states, so that the sums look like
those of a mission. Its size is its own, and is not that of the mission of 2019, which the texts quote from a source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from paragraph8.domain.people import Function, Gender, Requirement, Status
from paragraph8.roster.operations import Facts, NewPerson
from paragraph8.roster.personal import Personal

from .places import Team

COUNTRIES = (
    *("AL", "AM", "AT", "AZ", "BA", "BE", "BG", "CA", "CH", "CY", "CZ", "DE", "DK", "EE", "ES"),
    *("FI", "FR", "GB", "GE", "GR", "HR", "HU", "IE", "IS", "IT", "LT", "LU", "LV", "MD", "ME"),
    *("MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", "UA", "US"),
)
"""States that might second observers."""
CORE = (
    Function.HEAD_OF_MISSION,
    Function.DEPUTY_HEAD,
    *[Function.ANALYST] * 5,
    Function.STATISTICIAN,
    Function.LTO_COORDINATOR,
    Function.SECURITY,
    Function.PRESS,
)
LONG_TERM = 24
PARLIAMENTARIANS = 42
STAFF = 7
SPEAKS_RUSSIAN = 0.45
WITHDRAWN = 6
"""Short-term observers who were accredited and did not come."""

_OFFICE, _ASSEMBLY = "office", "assembly"


@dataclass(frozen=True)
class Roster:
    """People to be added; `crews` are the places in `people` of the two observers of each team; `revoked` is the place
    of the one whose accreditation is taken away, and `revoked_on` when."""

    people: tuple[NewPerson, ...]
    crews: Mapping[str, tuple[int, ...]]
    revoked: int
    revoked_on: date


def draw_roster(rng: Random, teams: Sequence[Team], election: date) -> Roster:
    """The roster: a core team, long-term observers, two short-term observers a team, parliamentarians and staff."""
    people: list[NewPerson] = []
    country = _Countries(rng)

    def add(function: Function, institution: str, arrived: date | None) -> int:
        seconded = institution == _ASSEMBLY or function not in CORE
        people.append(_person(rng, len(people) + 1, function, institution, country.next() if seconded else "", arrived))
        return len(people) - 1

    for function in CORE:
        add(function, _OFFICE, election - timedelta(days=32))
    for _ in range(LONG_TERM):
        add(Function.LTO, _OFFICE, election - timedelta(days=26))
    add(Function.SPECIAL_COORDINATOR, _ASSEMBLY, election - timedelta(days=4))
    add(Function.HEAD_OF_DELEGATION, _ASSEMBLY, election - timedelta(days=4))
    for _ in range(PARLIAMENTARIANS):
        add(Function.PARLIAMENTARIAN, _ASSEMBLY, election - timedelta(days=3))
    for _ in range(STAFF):
        add(Function.STAFF, _ASSEMBLY, election - timedelta(days=5))
    crews = {
        team.code: tuple(add(Function.STO, _OFFICE, election - timedelta(days=6)) for _ in range(2)) for team in teams
    }
    for _ in range(WITHDRAWN):
        add(Function.STO, _OFFICE, None)
    revoked = add(Function.LTO, _OFFICE, election - timedelta(days=26))
    return Roster(tuple(people), crews, revoked, election - timedelta(days=19))


class _Countries:
    """Seconding countries: every one of the list once, then by chance, so that no country is left out."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.waiting = rng.sample(COUNTRIES, len(COUNTRIES))

    def next(self) -> str:
        return self.waiting.pop() if self.waiting else self.rng.choice(COUNTRIES)


def _person(
    rng: Random, number: int, function: Function, institution: str, country: str, arrived: date | None
) -> NewPerson:
    citizenship = country or rng.choice(COUNTRIES)
    languages = ("en", "ru") if rng.random() < SPEAKS_RUSSIAN else ("en",)
    before = min(12, int(rng.random() * rng.random() * 14))
    day = (arrived or date(2019, 6, 3)) - timedelta(days=9)
    steps = [(Status.NOMINATED, day - timedelta(days=20)), (Status.ACCREDITED, day)]
    steps.append((Status.ARRIVED, arrived) if arrived else (Status.WITHDRAWN, day + timedelta(days=5)))
    met = {Requirement.CODE_OF_CONDUCT: arrived, Requirement.INTERESTS: arrived, Requirement.BRIEFING: arrived}
    return NewPerson(
        personal=Personal(family=f"{number:03d}", given="Simulated person", card=f"SIM-{number:04d}"),
        facts=Facts(
            function=function,
            institution=institution,
            country=country,
            citizenship=citizenship,
            gender=Gender.WOMAN if rng.random() < 0.46 else Gender.MAN,
            languages=languages,
            missions_before=before,
            card_expires=day + timedelta(days=40),
        ),
        steps=tuple(steps),
        met={requirement: met_on for requirement, met_on in met.items() if met_on},
    )
