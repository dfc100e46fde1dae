"""The small mission with a contest, two who stand, one who was refused, and earlier elections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.contest.operations import add_contest, add_contestant, take_step
from paragraph8.contest.registers import add_voters, claim_span, write_calendar, write_series
from paragraph8.domain.contests import Election, Measure, Standing, Voters
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission


@pytest.fixture
def contested(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    contested_mission(mission)
    sequenced()
    return mission


def contested_mission(mission: SmallMission) -> None:
    """Three nominated, two registered, one of them a woman; two totals of voters; a deadline met and one passed."""
    row = mission.row
    Mission.objects.filter(pk=row.pk).update(election_date=date(2019, 6, 9))
    row.election_date = date(2019, 6, 9)
    contest = add_contest(
        mission=row,
        code="president",
        name=Text.of("President"),
        kind=Election.PRESIDENTIAL,
        early=True,
        by=SERVER,
        now=NOW,
    )
    for code, gender in (("anna", "f"), ("boris", "m"), ("clara", "f")):
        contestant = add_contestant(
            mission=row,
            contest=contest,
            code=code,
            name=Text.of({"en": code.title(), "kk": code.title(), "ru": code.title()}),
            status=Standing.NOMINATED,
            day=date(2019, 4, 20),
            gender=gender,
            source="List of nominees",
            by=SERVER,
            now=NOW,
        )
        refused = code == "clara"
        take_step(
            contestant=contestant,
            status=Standing.REFUSED if refused else Standing.REGISTERED,
            day=date(2019, 5, 3),
            reason="Documents were missing." if refused else "",
            source="Commission",
            by=SERVER,
            now=NOW,
        )
    for day, n in ((20, 900), (30, 1000)):
        add_voters(mission=row, n=n, day=date(2019, 5, day), source=f"Commission, {day} May", by=SERVER, now=NOW)
    add_voters(mission=row, n=40, day=date(2019, 5, 30), category=Voters.ABROAD, source="Ministry", by=SERVER, now=NOW)
    write_calendar(
        mission=row,
        code="registration-ends",
        title=Text.of({"en": "Registration ends", "kk": "Тіркеу аяқталады", "ru": "Регистрация заканчивается"}),
        legal_basis="Article 59",
        due_on=date(2019, 5, 11),
        happened_on=date(2019, 5, 6),
        source="Commission",
        by=SERVER,
        now=NOW,
    )
    write_calendar(
        mission=row,
        code="lists-displayed",
        title=Text.of("Voter lists are displayed"),
        legal_basis="Article 26",
        due_on=date(2019, 5, 25),
        source="Law",
        by=SERVER,
        now=NOW,
    )


def earlier(mission: SmallMission, measure: Measure, *numbers: int | None, complete: bool = True) -> None:
    """Elections in 2005, 2006, … with these numbers, and the claim that they are all since 2005."""
    for i, n in enumerate(numbers):
        write_series(
            mission=mission.row,
            measure=measure,
            election=date(2005 + i, 12, 4),
            n=n,
            source="Archive",
            by=SERVER,
            now=NOW,
        )
    claim_span(
        mission=mission.row,
        measure=measure,
        since=date(2005, 1, 1),
        complete=complete,
        source="Archive",
        by=SERVER,
        now=NOW,
    )
