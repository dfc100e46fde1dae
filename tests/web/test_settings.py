"""Making a mission and setting it up in the browser, without a manual and without a command."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from conftest import NOW, SERVER
from paragraph8.accounts.models import Device
from paragraph8.accounts.operations import make_founder
from paragraph8.missions.models import Mission

from .conftest import Pages, in_language, text_of

MISSION = {
    "title-en": "Parliamentary elections",
    "title-kk": "",
    "title-ru": "",
    "slug": "somewhere-2030",
    "origin": "real",
    "format": "full",
    "languages": ["en", "ru"],
    "zone": "Asia/Almaty",
    "election_date": "2030-05-01",
}


@pytest.fixture
def founder(db: None) -> Client:
    user = make_founder(username="anna", password="long-enough-for-anybody", by=SERVER, now=NOW)
    client = Client()
    client.force_login(user)
    return client


def test_a_newcomer_is_offered_to_make_the_first_mission(founder: Client) -> None:
    text = text_of(founder.get("/"))
    assert "There is no mission yet." in text
    assert 'href="/new-mission/"' in text


def test_a_mission_is_made_in_the_browser_and_opens(founder: Client) -> None:
    response = founder.post("/new-mission/", MISSION, follow=True)
    assert response.redirect_chain[-1][0] == "/m/somewhere-2030/"
    assert "you are its head" in text_of(response)
    mission = Mission.objects.get(slug="somewhere-2030")
    assert mission.languages == ["en", "ru"]
    assert str(mission.election_date) == "2030-05-01"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "Some where", "small Latin letters"),
        ("slug", "", "This field is required."),
        ("title-en", "", "This field is required."),
        ("zone", "Mars/Olympus", "Select a valid choice"),
        ("election_date", "31/31/2030", "Enter a valid date."),
        ("format", "grand", "Select a valid choice"),
        ("languages", ["xx"], "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(
    founder: Client, field: str, value: object, said: str
) -> None:
    response = founder.post("/new-mission/", {**MISSION, field: value})
    assert response.status_code == 422
    assert said in text_of(response)
    assert field.startswith("title") or "Parliamentary elections" in text_of(response)
    assert not Mission.objects.exists()


def test_a_name_that_is_taken_is_refused(founder: Client) -> None:
    founder.post("/new-mission/", MISSION)
    assert "There is a mission of that name already." in text_of(founder.post("/new-mission/", MISSION))


def test_nobody_else_makes_missions(pages: Pages) -> None:
    for name, client in pages.clients.items():
        response = client.post("/new-mission/", MISSION)
        assert response.status_code == (302 if name == "nobody" else 403), name
    assert not Mission.objects.filter(slug="somewhere-2030").exists()


def test_institutions_contacts_and_sharing_are_set_on_one_page(pages: Pages) -> None:
    client, address = pages.clients["administrator"], pages.at("settings/")
    for code, name in (("office", "Office"), ("assembly", "Assembly")):
        typed = {"code": code, "name-en": name, "name-kk": name, "name-ru": name, "short-en": f"the {name}"}
        assert client.post(f"{address}?edit=institution", typed).status_code == 302
    text = text_of(client.get(address))
    assert text.index("Office") < text.index("Assembly")
    second = pages.mission.row.institutions.get(code="assembly")
    client.post(address, {"first": second.pk})
    assert [row.code for row in pages.mission.row.institutions.all()] == ["assembly", "office"]
    assert client.post(f"{address}?edit=sharing", {"office.assembly": ["reports", "tables"]}).status_code == 302
    assert set(pages.mission.row.sharings.values_list("owner__code", "subject")) == {
        ("office", "reports"),
        ("office", "tables"),
    }
    contact = {"office-en": "Press", "email": "press@example.org", "public": "on", "institution": "office"}
    assert client.post(f"{address}?edit=contact", contact).status_code == 302
    assert "press@example.org" in text_of(client.get(address))
    client.post(address, {"remove": pages.mission.row.contact_book.get().pk})
    assert not pages.mission.row.contact_book.exists()


def test_a_contact_with_a_doubled_sign_is_refused_in_the_language_of_the_page(pages: Pages) -> None:
    client = in_language(pages.clients["administrator"], "ru")
    response = client.post(pages.at("settings/?edit=contact"), {"office-en": "Press", "email": "press@@example.org"})
    assert response.status_code == 422
    assert "Это не может быть адресом электронной почты" in text_of(response)
    assert "press@@example.org" in text_of(response)


def test_a_limited_mission_shows_counts_and_says_why_there_is_no_more(pages: Pages) -> None:
    client = pages.clients["head"]
    figure = pages.addresses()["figure"]
    typed = {"title-en": "A small mission", "format": "limited", "languages": ["en", "kk", "ru"], "zone": "Asia/Almaty"}
    assert client.post(pages.at("settings/?edit=facts"), typed).status_code == 302
    text = text_of(client.get(pages.at("election-day/")))
    assert "A mission of this format visits few polling stations" in text
    assert "Worst items" not in text
    refused = text_of(client.get(figure))
    assert "This figure is refused" in refused


def test_people_and_devices_are_given_access_in_the_browser(pages: Pages) -> None:
    client, address = pages.clients["administrator"], pages.at("settings/access/")
    member = {"do": "member", "username": "berik", "password": "long-enough-for-anybody", "role": "statistician"}
    assert client.post(address, member).status_code == 302
    berik = pages.mission.row.memberships.get(user__username="berik")
    assert berik.role == "statistician"
    response = client.post(address, {"do": "device", "name": "phone-9", "team": "T1"})
    token = re.search(r"<code>([\w-]{40,})</code>", text_of(response))
    assert token
    assert token[1] not in text_of(client.get(address))
    device = Device.objects.get(name="phone-9")
    client.post(address, {"do": "revoke", "row": device.pk})
    device.refresh_from_db()
    assert device.revoked_at
    client.post(address, {"do": "remove", "row": berik.pk})
    assert not pages.mission.row.memberships.filter(user__username="berik").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"do": "member", "username": "x", "password": "short", "role": "analyst"}, "too short"),
        ({"do": "member", "username": "x y", "password": "long-enough-for-anybody", "role": "head"}, "valid username"),
        ({"do": "member", "username": "x", "password": "long-enough-for-anybody", "role": "observer"}, "needs one"),
        ({"do": "member", "username": "x", "role": "observer", "team": "T9"}, "no team of that code"),
        ({"do": "member", "username": "x", "role": "emperor"}, "Select a valid choice"),
        ({"do": "device", "name": "phone", "team": "T9"}, "no team of that code"),
    ],
)
def test_access_that_cannot_be_given_is_refused_with_its_reason(pages: Pages, typed: dict[str, str], said: str) -> None:
    response = pages.clients["administrator"].post(pages.at("settings/access/"), typed)
    assert response.status_code == 422
    assert said in text_of(response)


def test_nobody_takes_the_own_role_away(pages: Pages) -> None:
    own = pages.mission.row.memberships.get(user__username="administrator")
    client = pages.clients["administrator"]
    text = text_of(client.post(pages.at("settings/access/"), {"do": "remove", "row": own.pk}, follow=True))
    assert "You cannot take your own role away" in text
    assert pages.mission.row.memberships.filter(pk=own.pk).exists()
