"""What stands on the pages of a mission."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import reverse
from django.utils.translation import override

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import TABLE, Role
from paragraph8.domain.figures import Origin
from paragraph8.domain.text import Text
from paragraph8.eday.operations import Keeper
from paragraph8.evidence.operations import snapshot
from paragraph8.missions.models import Mission, RegisterLine
from paragraph8.missions.operations import add_register_lines, create_mission
from paragraph8.missions.pages import ROOMS
from paragraph8.missions.steps import STEPS
from paragraph8.web.views import broken

from .conftest import NEGATIVE, OBSERVATIONS, Pages, in_language, many, text_of

QUESTIONS = {
    "mission": ("Where does the mission stand?", "Миссияның жайы қалай?", "Как обстоят дела в миссии?"),
    "election_day": ("How is it going?", "Жағдай қандай?", "Как идут дела?"),
    "figure": ("What does this figure rest on?", "Бұл көрсеткіш неге негізделген?", "На чем основан этот показатель?"),
    "reports": ("Which reports have come in?", "Қандай есептер келді?", "Какие отчеты поступили?"),
    "report": ("Can this report be used as it stands?", "Бұл есепті осы күйінде", "Можно ли использовать"),
    "statement": ("May we say this, and in these words?", "Мұны осылай деп айтуға бола ма?", "Можно ли это сказать"),
    "releases": ("What has been published?", "Не жарияланды?", "Что опубликовано?"),
    "log": ("Who did what, and when?", "Кім, қашан, не істеді?", "Кто, что и когда сделал?"),
}


@pytest.mark.parametrize(("place", "language"), [(0, "en"), (1, "kk"), (2, "ru")])
def test_every_page_is_titled_by_its_question(pages: Pages, place: int, language: str) -> None:
    client = in_language(pages.clients["head"], language)
    for name, questions in QUESTIONS.items():
        text = text_of(client.get(pages.addresses()[name]))
        assert f'<html lang="{language}">' in text
        assert re.search(rf"<h1>[^<]*{re.escape(questions[place])}", text), name
        assert questions[place] in re.search("<title>(.*?)</title>", text)[1], name


def test_every_page_of_a_simulated_mission_says_so_and_what_it_knew(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        client = in_language(pages.may_open(name), "kk")
        response = client.get(address, follow=True)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        text = text_of(response)
        assert 'class="notice"' in text, name
        assert "Үлгіленген." in text, name
        assert 'class="origin"' in text, name
        assert re.search(r'<time datetime="2019-06-10T00:00:00\+06:00">00:00:00</time> UTC\+6', text), name
        assert re.search(r"№\u00a0\d+ өзгеріс", text), name


def test_a_real_mission_carries_no_notice(pages: Pages) -> None:
    Mission.objects.filter(slug="small").update(origin="real")
    text = text_of(pages.clients["head"].get(pages.at()))
    assert 'class="notice"' not in text
    assert 'class="origin"' not in text


def test_error_pages_of_a_simulated_mission_carry_the_notice_too(pages: Pages) -> None:
    response = pages.clients["reader"].get(pages.at("reports/"))
    assert response.status_code == 403
    assert "Simulated." in text_of(response)


def test_who_has_one_mission_goes_straight_to_it(pages: Pages) -> None:
    assert pages.clients["analyst"].get("/").headers["Location"] == "/m/small/"


def test_who_has_several_missions_chooses(pages: Pages) -> None:
    other = Mission.objects.get(slug="other")
    add_member(username="analyst", password="", mission_id=other.pk, role=Role.READER, by=SERVER, now=NOW)
    text = text_of(pages.clients["analyst"].get("/"))
    assert 'href="/m/small/"' in text
    assert 'href="/m/other/"' in text


def test_who_has_no_mission_is_told_what_to_do(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user(username="newcomer"))
    text = text_of(client.get("/"))
    assert "You are not part of any mission yet." in text
    assert "newcomer" in text


def test_the_language_changes_without_losing_the_page(pages: Pages) -> None:
    client = pages.clients["head"]
    address = pages.at("reports/?form=counting")
    response = client.post(reverse("set_language"), {"language": "kk", "next": address})
    assert response.headers["Location"] == address
    assert "Қандай есептер келді?" in text_of(client.get(address))
    assert f'name="next" value="{address}"' in text_of(client.get(address))


def test_the_language_switch_leads_nowhere_else(pages: Pages) -> None:
    response = pages.clients["head"].post("/language/", {"language": "kk", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_every_page_can_be_used_by_keyboard(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        response = pages.clients["head"].get(address, follow=True)
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        text = text_of(response)
        assert 'class="skip" href="#content"' in text, name
        assert 'id="content"' in text, name
        for field in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
            if (
                'type="hidden"' in field
                or "aria-label=" in field
                or re.search(rf"<label[^>]*>\s*{re.escape(field)}", text)
            ):
                continue
            identifier = re.search(r'id="([^"]+)"', field)
            assert identifier, f"{name}: {field}"
            assert f'for="{identifier[1]}"' in text, f"{name}: {field}"


def test_the_home_page_counts_reports_and_stations_and_what_waits(pages: Pages) -> None:
    text = text_of(pages.clients["head"].get(pages.at()))
    assert re.search(r'form=counting">4</a></td>\s*<td class="n">2</td>', text)
    assert "Problems waiting" in text
    assert "?problem=above" in text


def test_each_room_is_offered_with_its_question(pages: Pages) -> None:
    text = text_of(pages.clients["head"].get(pages.at()))
    for room in ROOMS[1:]:
        assert (str(room.question) in text) is (room.action in TABLE[Role.HEAD]), room.code


def test_a_mission_without_form_or_report_says_what_to_do(mission: SmallMission) -> None:
    empty = create_mission(slug="empty", title=Text.of("Empty"), by=SERVER, now=NOW, origin=Origin.REAL)
    user = User.objects.create_user(username="first")
    add_member(username="first", password="", mission_id=empty.pk, role=Role.HEAD, by=SERVER, now=NOW)
    client = Client()
    client.force_login(user)
    home = text_of(client.get("/m/empty/"))
    assert "Take forms from the library" in home
    assert home.count("is-wait") == len(STEPS)
    assert "No report fits." in text_of(client.get("/m/empty/reports/"))
    assert "p8 serve" in text_of(client.get("/m/empty/election-day/"))
    assert "p8 statement empty" in text_of(client.get("/m/empty/statement/"))
    assert "p8 release empty" in text_of(client.get("/m/empty/releases/"))
    assert "Nothing stands in the log here." in text_of(client.get("/m/empty/log/"))


def test_the_list_narrows_by_form_problem_and_area(pages: Pages, sequenced: Callable[[], int]) -> None:
    pages.mission.send(b"not a report at all")
    many(pages.mission, 1)
    sequenced()

    def shown(query: str) -> int:
        return text_of(pages.clients["analyst"].get(pages.at(f"reports/?{query}"))).count("/m/small/reports/0")

    assert shown("form=counting") == 5
    assert shown("area=B") == 2
    assert shown("problem=above") == 4
    assert shown("problem=above&area=B") == 2
    text = text_of(pages.clients["analyst"].get(pages.at("reports/?form=-")))
    assert "could not be read" in text


@override_settings(PAGE_ROWS=2)
def test_a_long_list_is_paged_and_every_report_stands_on_one_page(pages: Pages, sequenced: Callable[[], int]) -> None:
    many(pages.mission, 3)
    sequenced()
    seen: list[str] = []
    address = pages.at("reports/")
    while address:
        text = text_of(pages.clients["analyst"].get(address))
        seen += re.findall(r'href="/m/small/reports/([0-9a-f-]{36})/"', text)
        further = re.search(r'rel="next" href="([^"]+)"', text)
        address = pages.at("reports/") + further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == 7


@override_settings(PAGE_ROWS=2)
def test_reports_behind_a_figure_are_paged_too(pages: Pages) -> None:
    address = pages.at(f"figures/{NEGATIVE}/")
    first = text_of(pages.clients["analyst"].get(address))
    further = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = text_of(pages.clients["analyst"].get(address + further))
    found = [re.findall(r'href="/m/small/reports/([0-9a-f-]{36})/"', text) for text in (first, second)]
    assert [len(uids) for uids in found] == [2, 2]
    assert not set(found[0]) & set(found[1])


def test_a_figure_shows_everything_it_rests_on(pages: Pages) -> None:
    text = text_of(pages.clients["analyst"].get(pages.at(f"figures/{NEGATIVE}/")))
    for words in ("2 of 4", "Denominator", "observation", "not a sample", "answer@1", NEGATIVE, "North", "South"):
        assert words in text, words
    assert "count only" in text
    assert text.count("counted in the numerator") >= 3
    only = text_of(pages.clients["analyst"].get(pages.at(f"figures/{NEGATIVE}/?outcome=in")))
    assert len(re.findall(r'href="/m/small/reports/[0-9a-f-]{36}/"', only)) == 2


def test_a_figure_of_a_register_shows_its_rows_with_their_sources(pages: Pages) -> None:
    line = RegisterLine(
        mission=pages.mission.row, register="voters", code="all", n=11960364, source="Commission, 3 June 2019"
    )
    add_register_lines(mission=pages.mission.row, lines=[line], by=SERVER, now=NOW)
    text = text_of(pages.clients["analyst"].get(pages.at("figures/missions.voters/")))
    assert text.count("11,960,364") == 2
    assert text.count("Commission, 3 June 2019") == 2


def test_a_report_shows_answers_in_words_and_the_bytes_as_they_came(pages: Pages) -> None:
    text = text_of(pages.clients["analyst"].get(pages.addresses()["report"]))
    assert "Choice shown to all" in text
    assert "said T1" in text
    assert "&quot;C05&quot;: &quot;said T1&quot;" in text
    assert "Ballots in the box" in text
    assert "phone-T1" in text


def test_the_text_of_a_report_cannot_run(pages: Pages, sequenced: Callable[[], int]) -> None:
    uid = pages.mission.send(pages.mission.body(answers={"C05": "<script>alert(1)</script>"})).sent.id
    sequenced()
    response = pages.clients["analyst"].get(pages.at(f"reports/{uid}/"))
    assert "<script>alert" not in text_of(response)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def test_a_long_report_is_shortened_and_says_by_how_much(pages: Pages, sequenced: Callable[[], int]) -> None:
    body = pages.mission.body(answers={"C05": "a" * 10_000})
    uid = pages.mission.send(body).sent.id
    sequenced()
    text = text_of(pages.clients["analyst"].get(pages.at(f"reports/{uid}/")))
    assert f"Characters not shown: {len(body.decode()) - 4000:,}." in text


def test_a_report_that_cannot_be_read_is_shown_with_its_problem(pages: Pages, sequenced: Callable[[], int]) -> None:
    uid = pages.mission.send(b"\xff\xfe {").sent.id
    waiting = text_of(pages.clients["analyst"].get(pages.at(f"reports/{uid}/")))
    assert "Received, and not read yet." in waiting
    sequenced()
    text = text_of(pages.clients["analyst"].get(pages.at(f"reports/{uid}/")))
    assert "No answer could be read." in text
    assert "not UTF-8" in text


def test_two_contents_under_one_number_are_both_shown(pages: Pages, sequenced: Callable[[], int]) -> None:
    body = json.loads(pages.mission.body())
    uid = pages.mission.send(json.dumps(body).encode()).sent.id
    pages.mission.send(json.dumps({**body, "station": "B2"}).encode())
    sequenced()
    text = text_of(pages.clients["analyst"].get(pages.at(f"reports/{uid}/")))
    assert "Other content under the same number" in text
    assert "&quot;B2&quot;" in text


def test_a_correction_shows_what_was_what_is_who_and_why(pages: Pages, sequenced: Callable[[], int]) -> None:
    address = pages.addresses()["report"]
    pages.clients["analyst"].post(address + "?correct=C02", {"answer": "bad", "reason": "The team called."})
    waiting = text_of(pages.clients["head"].get(address))
    assert "A correction is saved and waits for its change number." in waiting
    sequenced()
    text = text_of(pages.clients["head"].get(address))
    assert re.search(r"<del>good</del> <ins>bad</ins>", text)
    assert "The team called." in text
    assert "analyst" in text
    assert "waits for its change number" not in text


def test_a_report_set_aside_says_so_and_can_be_taken_back(pages: Pages, sequenced: Callable[[], int]) -> None:
    address = pages.addresses()["report"]
    for expected in ("It counts in no figure.", "Taken back into the figures."):
        seen = re.search(
            r'name="seen" value="(\d+)"', text_of(pages.clients["head"].get(address + "?correct=set-aside"))
        )
        pages.clients["head"].post(address + "?correct=set-aside", {"reason": "Twice.", "seen": seen[1]})
        sequenced()
        assert expected in text_of(pages.clients["head"].get(address))


def test_a_statement_shows_live_figures_as_chips_in_every_language(pages: Pages) -> None:
    text = text_of(pages.clients["head"].get(pages.addresses()["statement"]))
    figure = f'href="/m/small/figures/{OBSERVATIONS.replace("[", "%5B").replace("]", "%5D")}/"'
    assert len(re.findall(rf'class="chip" {re.escape(figure)}', text)) == 3
    assert "4\u00a0observations" in text
    assert "4\u00a0байқау" in text
    assert "4\u00a0наблюдения" in text


def test_a_statement_says_what_blocks_its_release(pages: Pages) -> None:
    text = text_of(pages.clients["head"].get(pages.addresses()["statement"]))
    assert re.search(r"findings that block the release: [1-9]", text)
    assert "“12” is a number typed by hand" in text
    assert "blocks the release" in text


def test_figures_of_a_statement_move_with_the_reports(pages: Pages, sequenced: Callable[[], int]) -> None:
    many(pages.mission, 1)
    sequenced()
    assert "5\u00a0observations" in text_of(pages.clients["head"].get(pages.addresses()["statement"]))


def test_the_log_tells_every_write_and_leads_to_its_report(pages: Pages) -> None:
    text = text_of(pages.clients["head"].get(pages.at("log/")))
    assert "A report was received" in text
    assert "phone-T1" in text
    assert pages.addresses()["report"] in text
    assert "A sentence was worded" in text


def test_signing_in_and_out(pages: Pages) -> None:
    user = User.objects.get(username="analyst")
    user.set_password("correct horse battery")
    user.save()
    client = Client()
    address = pages.at("reports/")
    asked = client.get(address, follow=True)
    assert "Who is signing in?" in text_of(asked)
    signed_in = client.post(
        "/sign-in/", {"login": "analyst", "password": "correct horse battery", "next": address}, follow=True
    )
    assert signed_in.redirect_chain[-1][0] == address
    assert "Sign out now?" in text_of(client.get("/sign-out/"))
    client.post("/sign-out/")
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "address", ["/signup/", "/accounts/signup/", "/sign-up/", "/admin/", "/accounts/password/reset/"]
)
def test_there_is_no_other_way_in(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_a_forged_form_is_refused_and_says_what_was_kept(pages: Pages) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = "ru"
    response = client.post("/sign-in/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "Форма не сохранена" in text_of(response)
    assert "Ничего не изменено." in text_of(response)


def test_a_page_that_breaks_says_what_was_kept_without_asking_the_database(
    pages: Pages, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    with override("kk"), django_assert_num_queries(0):
        response = broken(RequestFactory().get("/m/small/"))
    assert response.status_code == 500
    assert "Серверге жеткен есептер сақталған" in text_of(response)


def test_pages_of_a_mission_are_not_kept_by_anything_in_between(pages: Pages) -> None:
    for name, address in pages.addresses().items():
        assert "private" in pages.may_open(name).get(address).headers["Cache-Control"], name


BASELINES = {
    "mission": 13,
    "election_day": 21,
    "figure": 13,
    "election_coverage": 10,
    "reports": 12,
    "report": 14,
    "statement": 13,
    "releases": 7,
    "log": 8,
}
"""How often each page asks the database. More needs a reason; fewer is good news and a smaller number here."""


@pytest.mark.parametrize("name", list(BASELINES))
def test_a_page_asks_the_database_as_often_for_fifty_reports_as_for_four(
    pages: Pages, sequenced: Callable[[], int], name: str, django_assert_num_queries
) -> None:
    address = pages.addresses()[name]

    def ask() -> None:
        with django_assert_num_queries(BASELINES[name]):
            assert pages.clients["head"].get(address).status_code == 200

    sequenced()
    ask()
    many(pages.mission, 46, C02="bad")
    sequenced()
    made = snapshot(mission=pages.mission.row, now=NOW)
    Keeper().keep(mission=pages.mission.row, as_of=made.change_number, now=NOW)
    ask()


def test_a_room_in_which_nothing_changed_costs_eleven_small_questions(pages: Pages, django_assert_num_queries) -> None:
    client, address = pages.clients["head"], pages.at("election-day/")
    tag = client.get(address, headers={"HX-Request": "true"}).headers["ETag"]
    with django_assert_num_queries(11):
        assert client.get(address, headers={"HX-Request": "true", "If-None-Match": tag}).status_code == 304
