"""The pages of teams, as people use them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role
from paragraph8.missions.models import Team
from paragraph8.teams.models import Apart, Lock, Proposal, Seat

from .conftest import Observers, withdraw

WISH = {
    "kinds": ["sto"],
    "anew": "no",
    "size": "2",
    "working": "en",
    "experienced": "1",
    "areas": "A 2\nB",
    "seed": "1",
}


@pytest.fixture
def desk(mission: SmallMission) -> Client:
    return signed_in(mission, Role.COORDINATOR)


def signed_in(mission: SmallMission, role: Role, team: str = "") -> Client:
    user = User.objects.create_user(username=f"person-{role.value}")
    add_member(
        username=user.username,
        password="unused",
        mission_id=mission.row.pk,
        role=role,
        team_id=mission.teams[team].pk if team else None,
        by=SERVER,
        now=NOW,
    )
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return response.content.decode()


def test_an_empty_room_says_what_to_do_next(mission: SmallMission, desk: Client) -> None:
    Team.objects.all().update(dissolved_at=NOW)
    assert "let teams be proposed" in text(desk.get("/m/small/teams/"))


def test_a_proposal_is_looked_at_and_accepted_in_three_steps(
    mission: SmallMission, desk: Client, observers: Observers
) -> None:
    observers(6)
    shown = desk.post("/m/small/teams/propose/", WISH, follow=True)
    page = text(shown)
    assert "Nothing changes before you accept." in page
    assert "Nothing: every rule is kept." in page
    assert "Family0, Given (P0001)" in page
    assert Seat.objects.count() == 0
    assert "A proposal waits for a decision." in text(desk.get("/m/small/teams/"))
    done = text(desk.post(shown.redirect_chain[-1][0], {"do": "accept"}, follow=True))
    assert "Accepted. These are the teams now." in done
    assert Seat.objects.count() == 6
    again = desk.post(shown.redirect_chain[-1][0], {"do": "accept"})
    assert again.status_code == 422
    assert "decided already" in text(again)


def test_what_is_mistyped_is_said_field_by_field_and_kept(mission: SmallMission, desk: Client) -> None:
    typed = {"kinds": "lawyer", "size": "7", "working": "englisch", "experienced": "x", "areas": "Z 3", "seed": "-1"}
    response = desk.post("/m/small/teams/propose/", typed)
    assert response.status_code == 422
    page = text(response)
    for words in ("Not understood: englisch", "A whole number from 1 to 50.", "with a number: Z 3", "englisch", "Z 3"):
        assert words in page
    assert Proposal.objects.count() == 0


def test_nobody_to_propose_for_is_said(mission: SmallMission, desk: Client, observers: Observers) -> None:
    response = desk.post("/m/small/teams/propose/", WISH)
    assert response.status_code == 422
    assert "there is nothing to propose" in text(response)


def test_a_drop_out_is_shown_and_repaired(mission: SmallMission, desk: Client, observers: Observers) -> None:
    people = observers(6)
    at = desk.post("/m/small/teams/propose/", WISH, follow=True).redirect_chain[-1][0]
    desk.post(at, {"do": "accept"})
    withdraw(mission, people[0])
    assert "Teams that lost somebody: 1" in text(desk.get("/m/small/teams/"))
    shown = desk.post("/m/small/teams/repair/", {"size": "2", "working": "", "experienced": "1"}, follow=True)
    assert "No repair opens fewer." in text(shown)
    desk.post(shown.redirect_chain[-1][0], {"do": "accept"})
    assert "Teams that lost somebody" not in text(desk.get("/m/small/teams/"))


def test_teams_are_added_and_a_doubled_code_is_refused_with_what_was_typed(mission: SmallMission, desk: Client) -> None:
    area = mission.row.areas.get(code="A")
    desk.post("/m/small/teams/new/", {"codes": "C1, C2\nC3", "area": area.pk})
    assert Team.objects.filter(code__startswith="C", area=area).count() == 3
    response = desk.post("/m/small/teams/new/", {"codes": "C9\nC1"})
    assert response.status_code == 422
    assert "already: C1" in text(response)
    assert "C9\nC1" in text(response)
    assert not Team.objects.filter(code="C9").exists()


def test_everything_on_the_page_of_a_team_can_be_done(
    mission: SmallMission, desk: Client, observers: Observers
) -> None:
    one, other = observers(2)
    team = mission.teams["T1"]
    at, day = f"/m/small/teams/{team.pk}/", "2019-06-10"
    desk.post(at, {"do": "seat", "person": one.pk, "day": day})
    desk.post(f"/m/small/teams/{mission.teams['T2'].pk}/", {"do": "seat", "person": other.pk, "day": day})
    desk.post(at, {"do": "exchange", "person": one.pk, "other": other.pk, "day": day})
    assert Seat.objects.get(team=team, until=None).person == other
    desk.post(at, {"do": "equip", "car": "777", "phone": "+7 700", "area": "", "institution": ""})
    assert Team.objects.get(pk=team.pk).phone == "+7 700"
    desk.post(at, {"do": "lock"})
    assert Lock.objects.count() == 1
    assert "locked: no proposal takes it apart" in text(desk.get(at))
    desk.post(at, {"do": "unlock"})
    desk.post(at, {"do": "leave", "person": other.pk, "day": day})
    assert not Seat.objects.filter(team=team, until=None).exists()
    desk.post(at, {"do": "dissolve"})
    assert Team.objects.get(pk=team.pk).dissolved_at


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"do": "seat", "person": "999", "day": "2019-06-10"}, "Choose one of those offered."),
        ({"do": "seat", "person": "", "day": "10th of June"}, "A day of the calendar"),
        ({"do": "equip", "car": "x" * 70, "phone": "call me"}, "Digits, blanks"),
        ({"do": "fly"}, "Nothing was changed"),
        ({}, "Nothing was changed"),
    ],
)
def test_bad_input_on_the_page_of_a_team_is_refused(
    mission: SmallMission, desk: Client, observers: Observers, typed: dict, words: str
) -> None:
    observers(1)
    response = desk.post(f"/m/small/teams/{mission.teams['T1'].pk}/", typed)
    assert response.status_code == 422
    assert words in text(response)


def test_two_people_are_kept_apart_and_let_together_again(
    mission: SmallMission, desk: Client, observers: Observers
) -> None:
    one, other = observers(2)
    desk.post("/m/small/teams/rules/", {"do": "apart", "first": one.pk, "second": other.pk})
    pair = Apart.objects.get()
    assert "Family0, Given – Family1, Given" in text(desk.get("/m/small/teams/rules/"))
    assert desk.post("/m/small/teams/rules/", {"do": "apart", "first": one.pk, "second": one.pk}).status_code == 422
    assert desk.post("/m/small/teams/rules/", {"do": "together", "pair": "12345"}).status_code == 422
    desk.post("/m/small/teams/rules/", {"do": "together", "pair": pair.pk})
    assert not Apart.objects.exists()


def test_an_area_asks_for_languages(mission: SmallMission, desk: Client) -> None:
    area = mission.row.areas.get(code="A")
    desk.post("/m/small/teams/rules/", {"do": "languages", "area": area.pk, "languages": "kk, ru"})
    assert "kk · ru" in text(desk.get("/m/small/teams/rules/"))
    refused = desk.post("/m/small/teams/rules/", {"do": "languages", "area": area.pk, "languages": "Kazakh!"})
    assert refused.status_code == 422


@pytest.mark.parametrize("role", [Role.ANALYST, Role.SECURITY, Role.LONG_TERM])
def test_who_only_sees_teams_finds_no_form_and_can_post_none(mission: SmallMission, role: Role) -> None:
    client = signed_in(mission, role, "T1" if role is Role.LONG_TERM else "")
    at = f"/m/small/teams/{mission.teams['T1'].pk}/"
    assert not re.search(r'name="do"', text(client.get(at)))
    assert client.post(at, {"do": "lock"}).status_code == 403
    assert "Propose teams" not in text(client.get("/m/small/teams/"))


def test_the_security_officer_reads_codes_and_not_names(mission: SmallMission, observers: Observers) -> None:
    one, *_ = observers(2)
    Seat.objects.create(team=mission.teams["T1"], person=one, since=NOW.date(), at=NOW, by="x")
    page = text(signed_in(mission, Role.SECURITY).get("/m/small/teams/"))
    assert one.code in page
    assert "Family" not in page


def test_a_proposal_of_another_mission_is_not_found(mission: SmallMission, desk: Client) -> None:
    assert desk.get("/m/small/teams/proposals/4711/").status_code == 404
    assert desk.get("/m/small/teams/4711/").status_code == 404


def test_cars_and_telephones_of_all_teams_are_pasted_at_once(mission: SmallMission, desk: Client) -> None:
    assert "T1; ; " in text(desk.get("/m/small/teams/fleet/"))
    page = text(desk.post("/m/small/teams/fleet/", {"lines": "T1; 777 ABC; +7 700 1\nT2\t778 ABC\t\n"}, follow=True))
    assert "Teams changed: 2." in page
    assert Team.objects.get(code="T1").car == "777 ABC"
    assert Team.objects.get(code="T2").car == "778 ABC"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("T1; x; y; z; more", "Line 1 cannot be read"),
        ("T1; x; +7\n; x;", "Line 2 cannot be read"),
        ("T1; x; call me", "Line 1 cannot be read"),
        ("T9; x;", "No team has this code: T9"),
        ("T1; x;\nT1; y;", "twice: T1"),
        ("", "Write at least one line."),
    ],
)
def test_a_list_of_cars_with_one_bad_line_changes_no_team(
    mission: SmallMission, desk: Client, lines: str, words: str
) -> None:
    response = desk.post("/m/small/teams/fleet/", {"lines": f"{lines}\nT2; car;" if lines else ""})
    assert response.status_code == 422
    assert words in text(response)
    assert not Team.objects.exclude(car="").exists()
