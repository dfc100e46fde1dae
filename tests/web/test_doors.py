"""Who may open which page: everybody is sent to every address."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from paragraph8.accounts.permissions import TABLE, Action, Role

from . import doors
from .conftest import Pages, text_of

NEEDED = doors.needed()
OPEN = {"account_login", "health", "set_language", "release", "released", "receive", "enrol", "schedule"}
"""Pages without a sign-in; `receive` and `schedule` know devices by their tokens, `enrol` phones by their codes."""
OF_NO_MISSION = {"missions", "new_mission", "account_logout"}


def all_names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names |= all_names(pattern.url_patterns)
        elif pattern.name:
            names.add(pattern.name)
    return names


def test_every_address_has_a_door_of_a_known_kind() -> None:
    """A new address must be walked here before it can be merged."""
    assert all_names(get_resolver().url_patterns) == set(NEEDED) | OPEN | OF_NO_MISSION


def test_the_walk_visits_every_page_of_a_mission(pages: Pages) -> None:
    assert set(pages.addresses()) == set(NEEDED)


def test_an_outsider_finds_no_page_of_a_mission_of_others(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        response = pages.clients["outsider"].get(address)
        assert response.status_code == 404, name
        assert "A small mission" not in text_of(response), name


def test_an_outsider_learns_no_difference_between_a_mission_of_others_and_none(pages: Pages) -> None:
    outsider = pages.clients["outsider"]
    of_others = text_of(outsider.get("/m/small/reports/")).replace("/m/small/", "/m/SLUG/")
    of_nobody = text_of(outsider.get("/m/nowhere/reports/")).replace("/m/nowhere/", "/m/SLUG/")
    assert _without_tokens(of_others) == _without_tokens(of_nobody)


def test_somebody_who_has_not_signed_in_is_asked_to_and_comes_back(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        response = pages.clients["nobody"].get(address)
        assert response.status_code == 302, name
        assert response.headers["Location"].startswith("/sign-in/?next=/m/small/"), name


def test_the_start_asks_for_sign_in_too(pages: Pages) -> None:
    assert pages.clients["nobody"].get("/").headers["Location"] == "/sign-in/?next=/"


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_the_table_says_and_nothing_else(pages: Pages, role: Role) -> None:
    for name, address in pages.addresses().items():
        response = pages.clients[role.value].get(address, follow=True)
        expected = 200 if NEEDED[name] in TABLE[role] else 403
        assert response.status_code == expected, f"{role} at {name}"


@pytest.mark.parametrize("role", list(Role))
def test_no_page_links_to_one_that_the_role_may_not_open(pages: Pages, role: Role) -> None:
    client = pages.clients[role.value]
    for address in pages.addresses().values():
        text = text_of(client.get(address, follow=True))
        for name, action in NEEDED.items():
            if action not in TABLE[role]:
                assert f'href="{pages.addresses()[name]}' not in text, f"{role}: {address} links to {name}"


def test_only_who_may_correct_can_post_a_correction(pages: Pages) -> None:
    address = pages.addresses()["report"] + "?correct=set-aside"
    for role in Role:
        response = pages.clients[role.value].post(address, {"reason": "Seen twice.", "seen": "99"})
        allowed = Action.CORRECT_REPORTS in TABLE[role]
        assert response.status_code == (302 if allowed else 403), role


def test_only_who_may_write_can_post_a_wording(pages: Pages) -> None:
    sentence = pages.document.sections.get().sentences.first()
    address = f"{pages.addresses()['statement']}?edit={sentence.pk}&language=en"
    for role in Role:
        current = sentence.wordings.filter(language="en").latest("pk").pk
        response = pages.clients[role.value].post(address, {"template": "Other words.", "opened_on": current})
        allowed = Action.WRITE_STATEMENT in TABLE[role]
        assert response.status_code == (302 if allowed else 403), role


def test_a_team_member_sees_the_reports_of_the_own_team_only(pages: Pages) -> None:
    observer = pages.clients["observer"]
    listed = text_of(observer.get(pages.at("reports/")))
    assert str(pages.uids["T1"]) in listed
    assert str(pages.uids["T2"]) not in listed
    assert observer.get(pages.at(f"reports/{pages.uids['T2']}/")).status_code == 404


def test_a_team_member_does_not_learn_the_names_of_mission_staff(pages: Pages, sequenced) -> None:
    address = pages.addresses()["report"]
    pages.clients["analyst"].post(address + "?correct=set-aside", {"reason": "Seen twice."})
    sequenced()
    assert "analyst" in text_of(pages.clients["head"].get(address))
    assert "analyst" not in text_of(pages.clients["observer"].get(address))
    assert "mission staff" in text_of(pages.clients["observer"].get(address))


def test_a_reader_sees_how_much_came_in_but_no_report(pages: Pages) -> None:
    home = text_of(pages.clients["reader"].get(pages.at()))
    assert "What has come in" in home
    assert "Problems waiting" not in home
    figure = text_of(pages.clients["reader"].get(pages.addresses()["figure"]))
    assert "2-ні" not in figure
    assert str(pages.uids["T1"]) not in figure


def test_a_reader_does_not_see_the_spread_that_only_reconciles(pages: Pages) -> None:
    address = pages.at("election-day/tables/")
    analyst, reader = (text_of(pages.clients[name].get(address)) for name in ("analyst", "reader"))
    assert "Spread of the stations we visited" in analyst
    assert "Spread of the stations we visited" not in reader
    opened = text_of(pages.clients["reader"].get(pages.at("figures/eday.spread[form=counting,question=C04]/")))
    assert "stays inside the mission" in opened
    assert "950" not in opened


def _without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_only_pages_with_a_form_take_what_is_posted(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        response = pages.clients["head"].post(address, {})
        assert (response.status_code != 405) is (name in doors.with_forms()), name
    assert pages.clients["head"].post("/", {}).status_code == 405


def test_who_may_not_correct_sees_no_form_for_it(pages: Pages) -> None:
    for name, shown in (("analyst", True), ("observer", False)):
        text = text_of(pages.clients[name].get(pages.addresses()["report"] + "?correct=C02"))
        assert ('name="reason"' in text) is shown, name
