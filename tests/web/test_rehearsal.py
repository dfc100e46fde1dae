"""The pages while the mission rehearses: every one says so, and the buttons do what they say."""

from __future__ import annotations

from conftest import NOW, SERVER
from paragraph8.missions.rehearsals import start_rehearsal

from .conftest import Pages, text_of


def test_every_page_says_that_the_mission_rehearses(pages: Pages) -> None:
    words = "practice and enters no figure"
    assert words not in text_of(pages.clients["head"].get(pages.at("reports/")))
    start_rehearsal(mission=pages.mission.row, by=SERVER, now=NOW)
    for name, address in pages.addresses().items():
        response = pages.may_open(name).get(address)
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            assert words in text_of(response), name


def test_the_buttons_begin_and_end_a_rehearsal(pages: Pages) -> None:
    client = pages.clients["coordinator"]
    assert "Begin a rehearsal" in text_of(client.get(pages.at("rehearsal/")))
    assert client.post(pages.at("rehearsal/"), {"do": "start"}).status_code == 302
    assert "End the rehearsal" in text_of(client.get(pages.at("rehearsal/")))
    assert client.post(pages.at("rehearsal/"), {"do": "start"}).status_code == 422
    assert client.post(pages.at("rehearsal/"), {"do": "end"}).status_code == 302
    assert client.post(pages.at("rehearsal/"), {"do": "end"}).status_code == 422


def test_who_may_not_begin_one_finds_no_button(pages: Pages) -> None:
    page = text_of(pages.clients["observer"].get(pages.at("rehearsal/")))
    assert "Begin a rehearsal" not in page
    assert pages.clients["observer"].post(pages.at("rehearsal/"), {"do": "start"}).status_code == 403


def test_practice_has_a_list_of_its_own_and_a_line_at_the_start(pages: Pages, sequenced) -> None:
    start_rehearsal(mission=pages.mission.row, by=SERVER, now=NOW)
    uid = str(pages.mission.send(pages.mission.body(), now=NOW).sent.id)
    sequenced()
    head = pages.clients["head"]
    assert "in no figure: reports 1" in text_of(head.get(pages.at()))
    assert uid not in text_of(head.get(pages.at("reports/")))
    assert uid in text_of(head.get(pages.at("reports/?rehearsal=1")))
    assert "It counts in no figure." in text_of(head.get(pages.at(f"reports/{uid}/")))
