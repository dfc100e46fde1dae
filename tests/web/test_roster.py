"""The pages of people: what they show to whom, what their buttons do, what they say of bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import NOW, SERVER
from paragraph8.accounts.models import Membership
from paragraph8.accounts.permissions import TABLE, Action, Role
from paragraph8.audit.models import LogEntry
from paragraph8.domain.canonical import canonical
from paragraph8.domain.figures import Audience
from paragraph8.domain.people import Function, Gender, Status
from paragraph8.domain.text import Text
from paragraph8.evidence import queries as evidence
from paragraph8.evidence.registry import apps
from paragraph8.missions.models import Mission
from paragraph8.missions.setting_up import add_institutions
from paragraph8.roster import imports
from paragraph8.roster.models import Person, RosterImport, StatusStep
from paragraph8.roster.operations import Facts, NewPerson, add_people
from paragraph8.roster.personal import Personal

from .conftest import Pages, in_language, text_of

PLANTED = "Localname"
HERE = ((Status.ACCREDITED, date(2019, 5, 20)), (Status.ARRIVED, date(2019, 6, 1)))
LIST = "Surname;First name;Function;Seconding country;Arrived on\n"


@pytest.fixture
def peopled(pages: Pages) -> Pages:
    """Two institutions with two people each, beside what stands behind the addresses."""
    pages.addresses()
    names = {"office": Text.of({"en": "Office", "kk": "Бюро", "ru": "Бюро"}), "assembly": Text.of({"en": "Assembly"})}
    add_institutions(mission=pages.mission.row, names=names, by=SERVER, now=NOW)
    people = [
        NewPerson(
            personal=Personal(family=family, given="Anna", phone="+46 70 1234567", card=f"C-{family}"),
            facts=Facts(function=Function.STO, institution=institution, country=country, gender=Gender.WOMAN),
            steps=HERE,
        )
        for family, institution, country in (
            ("Berg", "office", "SE"),
            ("Lund", "office", "NO"),
            ("Costa", "assembly", "PT"),
            ("Dahl", "assembly", "SE"),
        )
    ]
    add_people(mission=pages.mission.row, people=people, by=SERVER, now=NOW)
    return pages


def head_at(pages: Pages, rest: str) -> str:
    return text_of(pages.clients["head"].get(pages.at(rest)))


def test_sums_stand_beside_their_rules_in_three_languages(peopled: Pages) -> None:
    for language, present, rule in (
        ("en", "present", "A country that sent people to several institutions counts once"),
        ("kk", "келген", "Бірнеше мекемеге адам жіберген ел"),
        ("ru", "прибыли", "Страна, направившая людей в несколько организаций"),
    ):
        text = text_of(in_language(peopled.clients["head"], language).get(peopled.at("people/?day=2019-06-09")))
        assert f"<b>4</b> {present}" in text
        assert rule in text
        assert "is-ok" in text


def test_the_list_as_of_another_day(peopled: Pages) -> None:
    assert "<b>0</b> present" in head_at(peopled, "people/?day=2019-05-31")
    moved = head_at(peopled, "people/?day=2019-06-09&since=2019-05-31")
    assert moved.count(">+1<") == 4


def test_a_day_that_is_none_is_not_found(peopled: Pages) -> None:
    for day in ("yesterday", "2019-02-30", "0001-01-01", "2019-06-09%00"):
        assert peopled.clients["head"].get(peopled.at(f"people/?day={day}")).status_code == 404


def test_several_people_take_a_step_together(peopled: Pages) -> None:
    sent = {
        "act": "step",
        "person": ["P0002", "P0003"],
        "status": "withdrawn",
        "day": "2019-06-09",
        "reason": "personal",
    }
    address = peopled.at("people/?day=2019-06-09")
    assert peopled.clients["operations"].post(address, sent).status_code == 302
    assert "<b>2</b> present" in head_at(peopled, "people/?day=2019-06-09")
    assert "<b>4</b> present" in head_at(peopled, "people/?day=2019-06-08")


def test_several_people_are_briefed_together(peopled: Pages) -> None:
    sent = {"act": "meet", "person": ["P0002", "P0003"], "requirement": "briefing", "met": "2019-06-08"}
    assert peopled.clients["operations"].post(peopled.at("people/"), sent).status_code == 302
    assert Person.objects.filter(briefed="2019-06-08").count() == 2
    assert peopled.clients["operations"].post(peopled.at("people/"), {**sent, "act": "explode"}).status_code == 422


def test_a_figure_of_the_roster_opens_to_codes_alone(peopled: Pages, sequenced: Callable[[], int]) -> None:
    sequenced()
    for key in ("roster.observers[day=2019-06-09]", "roster.countries[institution=office]"):
        text = text_of(peopled.clients["analyst"].get(peopled.at(f"figures/{key}/")))
        assert "P0002" in text
        assert "Berg" not in text
        assert "P0002" not in text_of(peopled.clients["reader"].get(peopled.at(f"figures/{key}/")))


def test_a_step_that_is_refused_keeps_what_was_chosen(peopled: Pages) -> None:
    sent = {"act": "step", "person": ["P0002"], "status": "withdrawn", "day": "2019-06-09", "reason": ""}
    response = peopled.clients["head"].post(peopled.at("people/"), sent)
    text = text_of(response)
    assert response.status_code == 422
    assert "Choose a reason" in text
    assert 'value="P0002" id="p-P0002" checked' in text
    assert peopled.clients["head"].post(peopled.at("people/"), {**sent, "person": []}).status_code == 422
    wrong = text_of(peopled.clients["head"].post(peopled.at("people/"), {**sent, "day": "09/06/2019"}))
    assert "Write the date as 2019-06-09." in wrong


def test_a_persons_page_records_steps_and_takes_them_back(peopled: Pages) -> None:
    address = peopled.at("people/P0002/")
    head = peopled.clients["head"]
    sent = {"act": "step", "status": "accreditation-revoked", "day": "2019-06-09", "reason": "authorities-decided"}
    assert head.post(address, sent).status_code == 302
    taken = StatusStep.objects.get(status=Status.REVOKED)
    assert "decision of the authorities" in text_of(head.get(address))
    assert head.post(address, {"act": "take-back", "step": str(taken.pk)}).status_code == 302
    assert "<del>" in text_of(head.get(address))
    again = head.post(address, {"act": "take-back", "step": str(taken.pk)})
    assert again.status_code == 422
    assert "taken back already" in text_of(again)
    assert head.post(address, {"act": "take-back", "step": "999999"}).status_code == 404
    assert head.post(address, {"act": "explode"}).status_code == 422
    assert head.post(address, {}).status_code == 422


def test_requirements_are_noted_on_the_page(peopled: Pages) -> None:
    sent = {"act": "meet", "requirement": "briefing", "met": "2019-06-05"}
    assert peopled.clients["head"].post(peopled.at("people/P0002/"), sent).status_code == 302
    assert "5 June 2019" in head_at(peopled, "people/P0002/").replace("\u00a0", " ")
    assert peopled.clients["head"].post(peopled.at("people/P0002/"), {**sent, "requirement": "x"}).status_code == 422


def test_a_person_is_changed_and_errors_keep_what_was_typed(peopled: Pages) -> None:
    head, address = peopled.clients["head"], peopled.at("people/P0002/")
    form = {"act": "change", "family": "Bergström", "given": "Anna", "function": "lto", "institution": "office"}
    assert "Berg" in text_of(head.get(address + "?edit"))
    assert head.post(address, {**form, "country": "FI", "gender": "f", "languages": "Swedish, ru"}).status_code == 302
    text = text_of(head.get(address))
    assert "Bergström" in text
    assert "Finland" in text
    assert "Swedish, Russian" in text
    wrong = head.post(address, {**form, "family": "", "languages": "Klingonish", "also": "office"})
    assert wrong.status_code == 422
    assert "Klingonish" in text_of(wrong)
    same = head.post(address, {**form, "also": "office"})
    assert "The second institution is the same as the first" in text_of(same)


def test_erasing_needs_to_be_said_twice_and_leaves_the_sums(peopled: Pages) -> None:
    head, address = peopled.clients["head"], peopled.at("people/P0002/")
    assert head.post(address, {"act": "erase"}).status_code == 422
    assert head.post(address, {"act": "erase", "sure": "on"}).status_code == 302
    text = text_of(head.get(address))
    assert "The personal data were erased" in text
    assert "Berg" not in text
    assert "<b>4</b> present" in head_at(peopled, "people/?day=2019-06-09")
    assert head.get(address + "?edit").status_code == 200


def test_card_phone_and_address_are_for_those_who_manage_the_roster(peopled: Pages) -> None:
    for name, shown in (("operations", True), ("analyst", False), ("coordinator", False)):
        text = text_of(peopled.clients[name].get(peopled.at("people/P0002/")))
        assert "Berg" in text
        assert ("1234567" in text) is shown, name
        assert ("C-Berg" in text) is shown, name
        assert ("<form method" in text.replace('class="tongues" ', "tongues")) is shown, name


def test_only_who_manages_the_roster_can_post(peopled: Pages) -> None:
    sent = {
        "people/": {
            "act": "step",
            "person": ["P0002"],
            "status": "withdrawn",
            "day": "2019-06-09",
            "reason": "personal",
        },
        "people/P0003/": {"act": "step", "status": "withdrawn", "day": "2019-06-09", "reason": "personal"},
        "people/new/": {"family": "New", "function": "sto"},
        "people/same/": {"act": "refuse", "kept": "P0002", "gone": "P0003"},
        "people/local/": {"family": "Another", "duty": "driver"},
    }
    for role in Role:
        for rest, data in sent.items():
            status = peopled.clients[role.value].post(peopled.at(rest), data).status_code
            allowed = Action.MANAGE_ROSTER in TABLE[role]
            assert (status == 302) is allowed, f"{role} at {rest}"
            assert allowed or status == 403


def test_a_member_of_one_institution_sees_others_only_if_they_share(peopled: Pages) -> None:
    mission = peopled.mission.row
    assembly = mission.institutions.get(code="assembly")
    Membership.objects.filter(user__username="operations").update(institution=assembly)
    client = peopled.clients["operations"]
    text = text_of(client.get(peopled.at("people/?day=2019-06-09")))
    assert "Costa" in text
    assert "Berg" not in text
    assert "<b>2</b> present" in text
    assert "not counted here: 2" in text
    assert client.get(peopled.at("people/P0002/")).status_code == 404
    assert "Berg" not in text_of(client.get(peopled.at("people/badges/?day=2019-06-09")))
    mission.sharings.create(owner=mission.institutions.get(code="office"), reader=assembly, subject="roster")
    assert "Berg" in text_of(client.get(peopled.at("people/?day=2019-06-09")))
    refused = client.post(peopled.at("people/P0002/"), {"act": "step", "status": "nominated", "day": "2019-06-09"})
    assert "belong to another institution" in text_of(refused)


def test_badges_hold_names_cards_and_origin(peopled: Pages) -> None:
    text = head_at(peopled, "people/badges/?day=2019-06-09&status=present")
    assert text.count('class="name"') == 4
    assert "C-Berg" in text
    assert "roster/badges.css" in text
    assert "No badge to print." in head_at(peopled, "people/badges/?words=nobody")


def test_the_tallies_leave_as_csv_without_anybody(peopled: Pages) -> None:
    response = peopled.clients["analyst"].get(peopled.at("people/?day=2019-06-09&as=csv"))
    assert response.headers["Content-Type"].startswith("text/csv")
    text = text_of(response)
    assert "whole mission,,4,3,2019-06-09,simulated" in text
    assert "institution,Office,2,2,2019-06-09,simulated" in text
    assert "counting rule" in text
    assert not any(word in text for word in ("Berg", "Anna", "P0002", PLANTED))
    russian = text_of(in_language(peopled.clients["analyst"], "ru").get(peopled.at("people/?as=csv")))
    assert "вся миссия" in russian


def test_the_same_person_is_joined_and_parted_on_the_pages(peopled: Pages) -> None:
    head = peopled.clients["head"]
    twice = NewPerson(personal=Personal(family="БЕРГ", given="А."), facts=Facts(function=Function.STO, country="SE"))
    (row,) = add_people(mission=peopled.mission.row, people=[twice], by=SERVER, now=NOW)
    text = head_at(peopled, "people/same/")
    assert "Keep P0002, join P0006 with it" in text
    assert "written in two alphabets" in text
    sent = {"act": "merge", "kept": "P0002", "gone": row.code}
    assert head.post(peopled.at("people/same/"), sent).status_code == 302
    assert "is joined with another" in head_at(peopled, f"people/{row.code}/")
    assert head.post(peopled.at("people/same/"), sent).status_code == 422
    assert head.post(peopled.at(f"people/{row.code}/"), {"act": "part"}).status_code == 302
    assert head.post(peopled.at("people/same/"), {"act": "merge", "kept": "P0002", "gone": "X"}).status_code == 422
    assert head.post(peopled.at("people/same/"), {**sent, "act": "refuse"}).status_code == 302
    assert "No two entries are alike." in head_at(peopled, "people/same/")


def upload(pages: Pages, data: bytes, name: str = "people.csv", **more: str):
    sent = {"file": SimpleUploadedFile(name, data), **more}
    return pages.clients["operations"].post(pages.at("people/lists/"), sent)


def test_a_list_goes_from_the_file_to_the_roster(peopled: Pages) -> None:
    client = peopled.clients["operations"]
    text = LIST + "Berg;Anna;STO;Sweden;01.06.2019\nHolm;Ole;STO;Norway;03/06/2019\nMoe;Pia;STO;Denmark;02.06.2019\n"
    response = upload(peopled, text.encode(), institution="office")
    address = response.headers["Location"]
    shown = text_of(client.get(address))
    assert "can be 2019-06-03 or 2019-03-06" in shown
    assert "P0002" in shown
    assert client.post(address, {"act": "publish"}).status_code == 422
    columns = {"column-0": "family", "column-1": "given", "column-2": "function", "column-3": "country"}
    read = {"act": "columns", **columns, "column-4": "arrived", "order": "day-first", "institution": "office"}
    assert client.post(address, read).status_code == 302
    assert "Decide first who these rows are: 2" in text_of(client.post(address, {"act": "publish"}))
    assert client.post(address, {"act": "decide", "row-2": "P0002", "row-x": "new", "row-3": "P7"}).status_code == 302
    assert client.post(address, {"act": "publish"}).status_code == 302
    assert "<b>6</b> present" in head_at(peopled, "people/?day=2019-06-09")
    assert "published" in text_of(client.get(address))


def test_columns_that_contradict_each_other_are_refused(peopled: Pages) -> None:
    address = upload(peopled, (LIST + "Berg;Anna;STO;Sweden;\n").encode()).headers["Location"]
    client = peopled.clients["operations"]
    doubled = client.post(address, {"act": "columns", "column-0": "family", "column-1": "family"})
    assert "Two columns cannot hold the same: family name." in text_of(doubled)
    assert "Say which column holds the names." in text_of(client.post(address, {"act": "columns", "column-0": ""}))
    assert client.post(address, {"act": "nonsense"}).status_code == 422
    assert client.post(address, {"act": "drop"}).status_code == 302
    assert client.post(address, {"act": "publish"}).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty. Choose the file again."),
        (b"PK\x03\x04nonsense", "packed file, but no workbook"),
        (LIST.encode(), "no row below them"),
    ],
)
def test_a_file_that_is_no_list_is_refused_on_the_page(peopled: Pages, data: bytes, said: str) -> None:
    response = upload(peopled, data)
    assert response.status_code == 422
    assert said in text_of(response) or "damaged" in text_of(response)
    assert RosterImport.objects.count() == 1


def test_a_file_that_is_far_too_large_is_refused_unread(peopled: Pages, monkeypatch) -> None:
    monkeypatch.setattr("paragraph8.web.uploads.MEGABYTE", 1)
    monkeypatch.setattr(imports, "keep_list", lambda **_: pytest.fail("the file was read"))
    assert "larger than 10 MB" in text_of(upload(peopled, (LIST + "x" * 20).encode()))


def test_a_list_of_another_mission_is_not_found(peopled: Pages) -> None:
    other = RosterImport.objects.create(
        mission=Mission.objects.get(slug="other"), sha256="", key=b"", at=NOW, by="somebody"
    )
    assert peopled.clients["head"].get(peopled.at(f"people/lists/{other.pk}/")).status_code == 404


def test_an_empty_roster_says_what_to_do_next(pages: Pages) -> None:
    assert "Bring the list that an institution sent" in head_at(pages, "people/")
    assert "when the operations officer adds them" in text_of(pages.clients["analyst"].get(pages.at("people/")))


def test_local_staff_are_added_changed_and_erased(peopled: Pages) -> None:
    client = peopled.clients["operations"]
    sent = {"family": "Another", "duty": "driver", "languages": "kk, ru", "starts": "2019-06-01", "ends": "2019-05-01"}
    assert "cannot end before it begins" in text_of(client.post(peopled.at("people/local/"), sent))
    assert client.post(peopled.at("people/local/"), {**sent, "ends": ""}).status_code == 302
    address = peopled.at("people/local/L002/")
    assert client.post(address, {"act": "change", "family": "Renamed", "duty": "driver"}).status_code == 302
    assert "Renamed" in text_of(client.get(address))
    assert client.post(address, {"act": "erase"}).status_code == 422
    assert client.post(address, {"act": "erase", "sure": "on"}).status_code == 302
    assert "Renamed" not in text_of(client.get(peopled.at("people/local/")))
    assert client.get(peopled.at("people/local/L099/")).status_code == 404


def test_a_planted_name_of_local_staff_is_found_on_their_pages_alone(
    peopled: Pages, sequenced: Callable[[], int]
) -> None:
    """Every page of every role, the log, every figure, every population, every export."""
    change = sequenced()
    own = {"local_staff", "local_person"}
    for role in Role:
        client = peopled.clients[role.value]
        for name, address in peopled.addresses().items():
            found = PLANTED in text_of(client.get(address, follow=True))
            assert found is (name in own and Action.MANAGE_LOCAL_STAFF in TABLE[role]), f"{role} at {name}"
        for rest in ("people/?as=csv", f"people/?words={PLANTED}x", "people/same/", "people/badges/"):
            assert PLANTED not in text_of(client.get(peopled.at(rest))).replace(f"{PLANTED}x", ""), f"{role} at {rest}"
    mission = peopled.mission.row
    keys = [spec.key for spec in evidence.catalogue(mission, viewer=SERVER)]
    figures = evidence.figures(mission, keys, as_of=change, viewer=SERVER)
    exported = [
        *(canonical(figure.to_json()).decode() for figure in figures.values()),
        *(
            canonical(list(held.rows)).decode()
            for held in evidence.populations(mission, as_of=change, viewer=SERVER).values()
        ),
        *(
            canonical(list(apps()[key.app].rows(mission, key, as_of=change, audience=audience))).decode()
            for key in keys
            for audience in Audience
        ),
        *LogEntry.objects.values_list("body", flat=True),
        *LogEntry.objects.values_list("actor", flat=True),
        *LogEntry.objects.values_list("subject", flat=True),
    ]
    assert not any(PLANTED in text for text in exported)
    assert not Person.objects.filter(code__startswith="L").exists()
