"""A second round has the people, stations, teams and forms of the first, and none of its reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from conftest import NOW, SERVER, SmallMission
from contest.conftest import contested_mission, earlier
from paragraph8.accounts.models import Membership
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.contest.queries import current_series
from paragraph8.deployment import second_round as module
from paragraph8.deployment.second_round import REFUSALS, RefusedRoundError, second_round
from paragraph8.domain.contests import Measure
from paragraph8.domain.people import Function, Gender, Reason, Status
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission, StationList
from paragraph8.missions.setting_up import add_institutions
from paragraph8.roster.erasing import erase
from paragraph8.roster.operations import Facts, NewPerson, add_people, step
from paragraph8.roster.personal import Personal, opened
from paragraph8.teams.operations import seat

TODAY = date(2019, 6, 10)


@pytest.fixture
def first(mission: SmallMission) -> SmallMission:
    """Four observers: two in a team, one who left, one who was erased; two on the ballot; a member."""
    contested_mission(mission)
    earlier(mission, Measure.CANDIDATES, 1, 1)
    row = mission.row
    add_institutions(mission=row, names={"office": Text.of("Office")}, by=SERVER, now=NOW)
    people = add_people(
        mission=row, people=[_person(name) for name in ("Ada", "Ben", "Cleo", "Dan")], by=SERVER, now=NOW
    )
    seat(team=mission.teams["T1"], person=people[0], day=TODAY, by=SERVER, now=NOW)
    seat(team=mission.teams["T1"], person=people[1], day=TODAY, by=SERVER, now=NOW)
    step(mission=row, people=[people[0]], status=Status.ACCREDITED, day=TODAY, by=SERVER, now=NOW)
    step(
        mission=row,
        people=[people[2]],
        status=Status.WITHDRAWN,
        day=TODAY,
        reason=Reason.PERSONAL,
        by=SERVER,
        now=NOW,
    )
    erase(mission=row, people=[people[3]], by=SERVER, now=NOW)
    get_user_model().objects.create_user(username="olga")
    add_member(
        username="olga",
        password="unused",
        mission_id=row.pk,
        role=Role.OBSERVER,
        team_id=mission.teams["T1"].pk,
        by=SERVER,
        now=NOW,
    )
    mission.send(mission.body())
    return mission


def _person(name: str) -> NewPerson:
    facts = Facts(function=Function.STO, institution="office", country="AT", gender=Gender.WOMAN, languages=("en",))
    return NewPerson(personal=Personal(family="Example", given=name, card="17"), facts=facts)


def make(mission: SmallMission, **facts: Any) -> Mission:
    told = {
        "mission": mission.row,
        "slug": "small-2",
        "title": Text.of("The second round"),
        "election_date": date(2019, 6, 23),
        "contestants": ("anna", "boris"),
        "by": SERVER,
        "now": NOW,
    }
    return second_round(**{**told, **facts})


def test_the_frame_is_the_same_one_round_later(first: SmallMission) -> None:
    made = make(first)
    assert (made.first_round, made.election_date, made.simulated) == (first.row, date(2019, 6, 23), True)
    contest = made.contests.get()
    assert (contest.code, contest.round, contest.early) == ("president", 2, True)
    assert [(row.code, row.status) for row in made.contestants.order_by("code")] == [
        ("anna", "registered"),
        ("boris", "registered"),
    ]
    assert [row.n for row in current_series(made, Measure.CANDIDATES)] == [1, 1]
    assert [area.path for area in made.areas.all()] == ["A/", "B/"]
    assert [row.code for row in made.institutions.all()] == ["office"]
    assert [form.code for form in made.forms.all()] == ["counting"]


def test_the_station_list_in_force_is_the_first_list_with_its_own_rows(first: SmallMission) -> None:
    made = make(first)
    assert made.station_list is not None
    assert made.station_list.pk != first.row.station_list_id
    assert {(row.key, row.area.code, row.registered) for row in made.stations} == {
        (row.key, row.area.code, row.registered) for row in first.row.stations
    }
    assert {row.area.mission_id for row in made.stations} == {made.pk}
    assert first.row.stations.count() == 4


def test_people_who_are_still_there_come_along_under_a_new_key(first: SmallMission) -> None:
    made = make(first)
    people = list(made.people.order_by("code"))
    assert [person.code for person in people] == ["P0001", "P0002"]
    assert [personal.given for personal in opened(people).values()] == ["Ada", "Ben"]
    old = first.row.people.get(code="P0001")
    assert bytes(people[0].key.key) != bytes(old.key.key)
    assert people[0].key.retain_until > old.key.retain_until
    assert [row.status for row in people[0].steps.all()] == ["nominated", "accredited"]
    assert [row.status for row in people[1].steps.all()] == ["nominated"]
    assert people[0].institution.mission_id == made.pk


def test_teams_come_along_with_their_people_and_members_with_their_team(first: SmallMission) -> None:
    made = make(first)
    team = made.teams.get(code="T1")
    assert sorted(team.seats.values_list("person__code", flat=True)) == ["P0001", "P0002"]
    member = Membership.objects.get(mission=made, user__username="olga")
    assert (member.role, member.team) == ("observer", team)


def test_no_report_and_no_device_comes_along(first: SmallMission) -> None:
    made = make(first)
    assert not made.reports.exists()
    assert not made.devices.exists()


def test_the_log_says_how_much_was_carried_and_names_nobody(first: SmallMission) -> None:
    made = make(first)
    entry = LogEntry.objects.get(mission_id=made.pk, kind="mission.carried-over")
    assert '"people":2' in entry.body
    assert "Ada" not in entry.body


def test_a_call_that_was_cut_off_is_finished_by_calling_again(first: SmallMission, monkeypatch: Any) -> None:
    def dies(*_args: Any) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(module, "_finish", dies)
    with pytest.raises(RuntimeError):
        make(first)
    half = Mission.objects.get(slug="small-2")
    assert half.station_list is None
    assert not Membership.objects.filter(mission=half).exists(), "nobody meets a half mission"
    monkeypatch.undo()
    made = make(first)
    assert made.pk == half.pk
    assert made.people.count() == 2
    assert made.teams.count() == 2
    assert made.contestants.count() == 2
    assert StationList.objects.filter(mission=made).count() == 1
    assert made.stations.count() == 4


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"contestants": ("anna", "anna")}, "two-contestants"),
        ({"contestants": ("anna", "clara")}, "two-contestants"),
        ({"contestants": ("anna", "nobody")}, "two-contestants"),
        ({"election_date": date(2019, 6, 9)}, "not-later"),
        ({"slug": "small"}, "slug-taken"),
    ],
)
def test_a_round_that_cannot_be_is_refused_before_anything_is_made(
    first: SmallMission, facts: dict[str, Any], reason: str
) -> None:
    with pytest.raises(RefusedRoundError) as refused:
        make(first, **facts)
    assert refused.value.reason == reason
    assert Mission.objects.count() == 1
    assert refused.value.text().languages() == {"en", "kk", "ru"}


def test_a_finished_round_is_not_made_twice(first: SmallMission) -> None:
    make(first)
    with pytest.raises(RefusedRoundError):
        make(first)
    assert REFUSALS.keys() == {"slug-taken", "two-contestants", "not-later"}


def test_only_a_founder_who_manages_everything_may(first: SmallMission) -> None:
    with pytest.raises(NotAllowedError):
        make(first, by=first.viewer(Role.ANALYST))
    with pytest.raises(PermissionError):
        make(first, by=first.viewer(Role.ADMINISTRATOR))
    assert make(first, by=replace(first.viewer(Role.ADMINISTRATOR), founder=True)).people.count() == 2
