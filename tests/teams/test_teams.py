"""Teams arranged by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import Action, NotAllowedError, Role, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.missions.models import Sharing, Team
from paragraph8.teams.models import Seat
from paragraph8.teams.operations import (
    RefusedTeamError,
    add_teams,
    ask_languages,
    dissolve,
    equip,
    exchange,
    keep_apart,
    seat,
    set_lock,
    unseat,
)
from paragraph8.teams.queries import UnknownTeamError, history_of, languages_asked, team_of, teams_of, without_team

from .conftest import DAY, Observers, withdraw


def members(mission: SmallMission, code: str) -> list[str]:
    return [
        m.person.code
        for row in teams_of(mission.row, day=DAY, viewer=SERVER)
        if row.team.code == code
        for m in row.members
    ]


def put(team: Team, *people, day: date = DAY) -> None:
    for person in people:
        seat(team=team, person=person, day=day, by=SERVER, now=NOW)


def test_a_group_without_a_roster_makes_teams_from_nothing(mission: SmallMission) -> None:
    add_teams(mission=mission.row, codes=["C1", "C2"], by=SERVER, now=NOW)
    rows = teams_of(mission.row, day=DAY, viewer=SERVER)
    assert [row.team.code for row in rows] == ["C1", "C2", "T1", "T2"]
    assert rows[0].members == ()


@pytest.mark.parametrize("codes", [["T1"], ["X", "X"], ["X" * 31], [""]])
def test_a_code_that_is_taken_doubled_too_long_or_empty_is_refused_and_no_team_is_made(
    mission: SmallMission, codes: list[str]
) -> None:
    with pytest.raises(RefusedTeamError):
        add_teams(mission=mission.row, codes=["NEW", *codes], by=SERVER, now=NOW)
    assert not mission.row.teams.filter(code="NEW").exists()


def test_somebody_who_moves_leaves_the_former_team_on_that_day(mission: SmallMission, observers: Observers) -> None:
    (one,) = observers(1)
    put(mission.teams["T1"], one, day=DAY - timedelta(3))
    put(mission.teams["T2"], one)
    assert members(mission, "T1") == []
    assert members(mission, "T2") == [one.code]
    (left,) = history_of(mission.teams["T1"], viewer=SERVER)
    assert (left[0].since, left[0].until) == (DAY - timedelta(3), DAY)


def test_two_people_change_places_between_two_teams_and_not_within_one(
    mission: SmallMission, observers: Observers
) -> None:
    one, other, third = observers(3)
    put(mission.teams["T1"], one, third)
    put(mission.teams["T2"], other)
    exchange(first=one, second=other, day=DAY, by=SERVER, now=NOW)
    assert members(mission, "T1") == [other.code, third.code]
    with pytest.raises(RefusedTeamError):
        exchange(first=other, second=third, day=DAY, by=SERVER, now=NOW)
    assert members(mission, "T1") == [other.code, third.code]


def test_what_cannot_be_is_refused_and_changes_nothing(mission: SmallMission, observers: Observers) -> None:
    one, gone = observers(2)
    withdraw(mission, gone)
    team = mission.teams["T1"]
    put(team, one)
    for person, day in ((one, DAY), (gone, DAY), (one, DAY - timedelta(30))):
        with pytest.raises(RefusedTeamError):
            seat(team=team, person=person, day=day, by=SERVER, now=NOW)
    with pytest.raises(RefusedTeamError):
        seat(team=mission.teams["T2"], person=one, day=DAY - timedelta(30), by=SERVER, now=NOW)
    with pytest.raises(RefusedTeamError):
        unseat(person=gone, day=DAY, by=SERVER, now=NOW)
    assert members(mission, "T1") == [one.code]
    assert Seat.objects.count() == 1


def test_who_is_gone_is_shown_in_the_team_and_not_among_those_without_one(
    mission: SmallMission, observers: Observers
) -> None:
    one, other, third = observers(3)
    put(mission.teams["T1"], one, other)
    withdraw(mission, one, third)
    (row,) = [row for row in teams_of(mission.row, day=DAY, viewer=SERVER) if row.team.code == "T1"]
    assert row.wounded
    assert without_team(mission.row, day=DAY, viewer=SERVER) == []
    before = DAY - timedelta(1)
    assert [m.person for m in without_team(mission.row, day=before, viewer=SERVER)] == [third]


def test_a_dissolved_team_keeps_its_history_and_gives_its_people_back(
    mission: SmallMission, observers: Observers
) -> None:
    (one,) = observers(1)
    team = mission.teams["T1"]
    put(team, one)
    set_lock(team=team, locked=True, by=SERVER, now=NOW)
    dissolve(team=team, day=DAY, by=SERVER, now=NOW)
    assert [row.team.code for row in teams_of(mission.row, day=DAY, viewer=SERVER)] == ["T2"]
    assert [m.person for m in without_team(mission.row, day=DAY, viewer=SERVER)] == [one]
    assert len(history_of(team, viewer=SERVER)) == 1
    with pytest.raises(RefusedTeamError):
        dissolve(team=team, day=DAY, by=SERVER, now=NOW)
    with pytest.raises(RefusedTeamError):
        put(team, one)


def test_the_log_holds_neither_number_plates_nor_telephones_nor_names(
    mission: SmallMission, observers: Observers
) -> None:
    one, other = observers(2)
    put(mission.teams["T1"], one, other)
    keep_apart(first=other, second=one, by=SERVER, now=NOW)
    equip(
        team=mission.teams["T1"],
        car="777 ABC 02",
        phone="+7 700 111 22 33",
        area=None,
        institution=None,
        by=SERVER,
        now=NOW,
    )
    bodies = " ".join(LogEntry.objects.values_list("body", flat=True))
    assert '"changed":["car","phone"]' in bodies
    for secret in ("777", "700", "Family", "Given"):
        assert secret not in bodies


def test_an_area_without_a_language_of_its_own_asks_for_that_of_the_area_above(mission: SmallMission) -> None:
    area = mission.row.areas.get(code="A")
    below = mission.row.areas.create(code="A1", name={"en": "Below"}, parent=area, path="A/A1/")
    ask_languages(area=area, languages=["kk", "ru"], by=SERVER, now=NOW)
    assert languages_asked(mission.row)[below.pk] == {"kk", "ru"}
    ask_languages(area=below, languages=["ru"], by=SERVER, now=NOW)
    assert languages_asked(mission.row)[below.pk] == {"ru"}


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_manage_teams_arranges_them(mission: SmallMission, observers: Observers, role: Role) -> None:
    (one,) = observers(1)
    viewer = mission.viewer(role, "T1")
    allowed = viewer.may(Action.MANAGE_TEAMS, mission.row.pk)
    assert allowed is (role in (Role.ADMINISTRATOR, Role.HEAD, Role.OPERATIONS, Role.COORDINATOR))
    if allowed:
        seat(team=mission.teams["T1"], person=one, day=DAY, by=viewer, now=NOW)
    else:
        with pytest.raises(NotAllowedError):
            seat(team=mission.teams["T1"], person=one, day=DAY, by=viewer, now=NOW)
    assert Seat.objects.count() == int(allowed)


def test_somebody_of_one_institution_arranges_its_own_teams_and_people_alone(
    mission: SmallMission, observers: Observers
) -> None:
    (own,) = observers(1)
    (foreign,) = observers(1, institution="assembly")
    office, assembly = mission.row.institutions.all()
    Team.objects.filter(code="T1").update(institution=office)
    Team.objects.filter(code="T2").update(institution=assembly)
    one, two = Team.objects.get(code="T1"), Team.objects.get(code="T2")
    viewer = Viewer("officer", roles={mission.row.pk: Role.OPERATIONS}, institutions={mission.row.pk: office.pk})
    seat(team=one, person=own, day=DAY, by=viewer, now=NOW)
    for team, person in ((two, own), (one, foreign)):
        with pytest.raises(NotAllowedError):
            seat(team=team, person=person, day=DAY, by=viewer, now=NOW)
    assert [row.team.code for row in teams_of(mission.row, day=DAY, viewer=viewer)] == ["T1"]
    with pytest.raises(UnknownTeamError):
        team_of(mission.row, two.pk, day=DAY, viewer=viewer)
    Sharing.objects.create(mission=mission.row, owner=assembly, reader=office, subject="roster")
    assert team_of(mission.row, two.pk, day=DAY, viewer=viewer).team == two
    with pytest.raises(NotAllowedError):
        set_lock(team=two, locked=True, by=viewer, now=NOW)


def test_a_long_term_observer_sees_the_teams_of_the_own_areas_by_codes_alone(
    mission: SmallMission, observers: Observers
) -> None:
    (one,) = observers(1)
    area = mission.row.areas.get(code="A")
    Team.objects.filter(code="T2").update(area=area)
    put(mission.teams["T2"], one)
    viewer = Viewer("lto", roles={mission.row.pk: Role.LONG_TERM}, areas={mission.row.pk: frozenset({area.pk})})
    (row,) = teams_of(mission.row, day=DAY, viewer=viewer)
    assert [member.name for member in row.members] == [one.code]
    assert without_team(mission.row, day=DAY, viewer=viewer) == []
    (same,) = [row for row in teams_of(mission.row, day=DAY, viewer=mission.viewer(Role.HEAD)) if row.members]
    assert same.members[0].name != one.code


def test_a_car_and_a_telephone_of_two_teams_are_told(mission: SmallMission) -> None:
    for team in mission.teams.values():
        equip(team=team, car="A 1", phone="", area=None, institution=None, by=SERVER, now=NOW)
    assert all(row.same_car and not row.same_phone for row in teams_of(mission.row, day=DAY, viewer=SERVER))


def test_who_moves_tomorrow_stands_in_both_teams_today_with_the_day(
    mission: SmallMission, observers: Observers
) -> None:
    (one,) = observers(1)
    tomorrow = DAY + timedelta(1)
    put(mission.teams["T1"], one)
    put(mission.teams["T2"], one, day=tomorrow)
    found = {row.team.code: row.members for row in teams_of(mission.row, day=DAY, viewer=SERVER)}
    assert [(m.until, m.coming) for m in found["T1"]] == [(tomorrow, False)]
    assert [(m.until, m.coming) for m in found["T2"]] == [(None, True)]
    after = {row.team.code: row.members for row in teams_of(mission.row, day=tomorrow, viewer=SERVER)}
    assert (len(after["T1"]), len(after["T2"])) == (0, 1)
