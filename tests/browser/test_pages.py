"""The pages of a mission in a real browser, served as `p8 serve` serves them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.browser import DESK, PHONE, overflow
from browser.long_mission import PASSWORD, report
from browser.serving import environment, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
NEGATIVE = "eday.answer%5Banswer=bad+very-bad,form=count,question=Q1%5D"
SPREAD = "eday.spread%5Bform=count,question=Q3%5D"


@dataclass
class Site:
    """A server with the long mission, what is in it, and the cookies of who has signed in."""

    base: str
    facts: dict[str, Any]
    states: dict[tuple[str, str], Any] = field(default_factory=dict)

    def pages(self) -> dict[str, str]:
        """Every page of the mission, in the states in which it can be."""
        report_page = f"/m/long/reports/{self.facts['corrected']}/"
        statement = "/m/long/statement/statement/"
        return {
            "missions": "/",
            "home": "/m/long/",
            "election day": "/m/long/election-day/?paused=yes",
            "election day on a wall": "/m/long/election-day/?paused=yes&wall=yes",
            "election day then": "/m/long/election-day/?at=27:00",
            "tables": "/m/long/election-day/tables/",
            "tables of one region": "/m/long/election-day/tables/?area=AKM&form=count",
            "tables of a question": "/m/long/election-day/tables/?form=count&question=Q1&compare=yes",
            "figure": f"/m/long/figures/{NEGATIVE}/",
            "figure of the room": f"/m/long/figures/{SPREAD}/",
            "reports": "/m/long/reports/",
            "no report fits": "/m/long/reports/?area=EAS&form=-",
            "report": report_page,
            "correcting an answer": f"{report_page}?correct=Q1",
            "correcting several answers": f"{report_page}?correct=Q4",
            "attaching to a station": f"{report_page}?correct=station",
            "setting aside": f"{report_page}?correct=set-aside",
            "report with another content": f"/m/long/reports/{self.facts['conflicting']}/",
            "report that cannot be read": f"/m/long/reports/{self.facts['unreadable']}/",
            "statement": statement,
            "wording a sentence": f"{statement}?edit={self.facts['sentence']}&language=kk",
            "releases": "/m/long/releases/",
            "log": "/m/long/log/",
            "samples": "/m/long/samples/",
            "new sample": "/m/long/samples/new/",
            "sample": f"/m/long/samples/{self.facts['sample']}/",
            "my stops": "/m/long/my-stops/",
            "rehearsal": "/m/long/rehearsal/",
            "signing out": "/sign-out/",
            "empty home": "/m/empty/",
            "empty election day": "/m/empty/election-day/?paused=yes",
            "empty reports": "/m/empty/reports/",
            "empty statement": "/m/empty/statement/",
            "empty releases": "/m/empty/releases/",
            "empty log": "/m/empty/log/",
        }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`p8 serve` with web process and worker on a database of its own."""
    home = tmp_path_factory.mktemp("home")
    made = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("long_mission.py"))],
        env=environment(home),
        stdout=subprocess.PIPE,
        check=True,
        timeout=240,
    )
    with served(home) as base:
        yield Site(base, json.loads(made.stdout))


Open = Callable[..., "Page"]


@pytest.fixture
def as_(site: Site, browser: Browser, open_page: Open) -> Open:
    """`as_("head", "kk", width=360)`: a page of somebody signed in, in a language; "" is nobody."""

    def open_(name: str, language: str = "en", width: int = DESK, **options: Any) -> Page:
        if name and (name, language) not in site.states:
            site.states[name, language] = _signed_in(browser, site.base, name, language)
        cookies = {"cookies": [{"name": "django_language", "value": language, "url": site.base}]}
        state = site.states[name, language] if name else cookies
        return open_page(base_url=site.base, storage_state=state, viewport={"width": width, "height": 900}, **options)

    return open_


NAMES = [
    "missions",
    "home",
    "election day",
    "election day on a wall",
    "election day then",
    "tables",
    "tables of one region",
    "tables of a question",
    "figure",
    "figure of the room",
    "reports",
    "no report fits",
    "report",
    "correcting an answer",
    "correcting several answers",
    "attaching to a station",
    "setting aside",
    "report with another content",
    "report that cannot be read",
    "statement",
    "wording a sentence",
    "releases",
    "log",
    "samples",
    "new sample",
    "sample",
    "my stops",
    "rehearsal",
    "signing out",
    "empty home",
    "empty election day",
    "empty reports",
    "empty statement",
    "empty releases",
    "empty log",
]


def test_every_page_of_the_site_is_looked_at(site: Site) -> None:
    assert list(site.pages()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_in_kazakh_on_a_phone_is_for_everybody_and_never_scrolls_sideways(
    site: Site, as_: Open, axe: Callable[[Page], list[str]], name: str
) -> None:
    page = as_("head", "kk", width=PHONE)
    assert page.goto(site.pages()[name]).status == 200
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert axe(page) == []
    assert overflow(page, PHONE) == 0


def test_a_design_is_looked_at_in_the_browser(site: Site, as_: Open, axe: Callable[[Page], list[str]]) -> None:
    page = as_("statistician", "ru", width=PHONE)
    page.goto(site.pages()["new sample"])
    page.fill("[name=name]", "Выборка")
    page.fill("[name=n]", "24")
    page.select_option("[name=strata_by]", "area-urban")
    page.click("button[value=preview]")
    assert page.locator("table tbody tr").count() > 1
    assert axe(page) == []
    assert overflow(page, PHONE) == 0


@pytest.mark.parametrize(
    "name",
    ["home", "election day", "tables of a question", "figure", "report", "correcting an answer", "statement", "log"],
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_page_on_a_dark_desk_is_for_everybody(
    site: Site, as_: Open, axe: Callable[[Page], list[str]], name: str, language: str
) -> None:
    page = as_("head", language, color_scheme="dark")
    page.goto(site.pages()[name])
    assert axe(page) == []
    assert overflow(page, DESK) == 0


@pytest.mark.parametrize(("name", "status"), [("/nowhere/", 404), ("/m/long/figures/nonsense/", 404)])
def test_a_page_that_is_not_there_is_for_everybody(
    as_: Open, axe: Callable[[Page], list[str]], complaints: list[str], name: str, status: int
) -> None:
    page = as_("head", "kk", width=PHONE)
    assert page.goto(name).status == status
    assert axe(page) == []
    assert overflow(page, PHONE) == 0
    complaints.clear()


def test_a_closed_page_is_for_everybody(as_: Open, axe: Callable[[Page], list[str]], complaints: list[str]) -> None:
    page = as_("reader", "kk", width=PHONE)
    assert page.goto("/m/long/reports/").status == 403
    assert axe(page) == []
    assert overflow(page, PHONE) == 0
    complaints.clear()


def test_signing_in_wrongly_is_for_everybody(as_: Open, axe: Callable[[Page], list[str]]) -> None:
    page = as_("", "kk", width=PHONE)
    page.goto("/sign-in/")
    page.fill("[name=login]", "head")
    page.fill("[name=password]", "wrong")
    page.click("main button")
    assert page.locator("[role=alert]").is_visible()
    assert page.input_value("[name=login]") == "head"
    assert axe(page) == []
    assert overflow(page, PHONE) == 0


def test_who_has_no_mission_yet_sees_what_to_do(as_: Open, axe: Callable[[Page], list[str]]) -> None:
    page = as_("newcomer", "kk", width=PHONE)
    page.goto("/")
    assert page.locator(".empty").is_visible()
    assert axe(page) == []
    assert overflow(page, PHONE) == 0


def test_a_correction_that_was_not_saved_is_for_everybody(
    site: Site, as_: Open, axe: Callable[[Page], list[str]], complaints: list[str]
) -> None:
    page = as_("head", "kk", width=PHONE)
    page.goto(site.pages()["correcting an answer"])
    page.select_option("[name=unknown]", "not-observed")
    page.click("#correct button")
    assert page.locator("#correct [role=alert]").is_visible()
    assert page.input_value("[name=unknown]") == "not-observed"
    assert page.get_attribute("[name=reason]", "aria-invalid") == "true"
    assert axe(page) == []
    assert overflow(page, PHONE) == 0
    complaints.clear()


def test_two_people_who_word_one_sentence_hear_of_each_other(
    site: Site, as_: Open, axe: Callable[[Page], list[str]], complaints: list[str]
) -> None:
    first, second = as_("head", "kk", width=PHONE), as_("analyst", "kk", width=PHONE)
    for page in (first, second):
        page.goto(site.pages()["wording a sentence"])
    first.fill("[name=template]", "Санау ашық өтті.")
    first.click(".word button")
    first.wait_for_url("**/statement/#*")
    second.fill("[name=template]", "Санау басқаша өтті.")
    second.click(".word button")
    assert second.locator(".word [role=alert]").is_visible()
    assert "Санау ашық өтті." in second.inner_text(".word [role=alert]")
    assert second.input_value("[name=template]") == "Санау басқаша өтті."
    assert axe(second) == []
    assert overflow(second, PHONE) == 0
    second.set_viewport_size({"width": PHONE, "height": 900})
    second.click(".word button")
    second.wait_for_url("**/statement/#*")
    assert "Санау басқаша өтті." in second.inner_text("main")
    complaints.clear()


def test_a_report_that_comes_in_shows_without_loading_the_page_again(site: Site, as_: Open) -> None:
    page = as_("analyst", "en")
    statuses: list[int] = []
    page.on("response", lambda response: statuses.append(response.status))
    page.goto("/m/long/election-day/")
    before = _reports_in(page)
    page.evaluate("window.opened = 'once'")
    page.wait_for_timeout(2_500)
    sent = time.monotonic()
    _send(site, report(99, station="AKM3"))
    page.get_by_text(f"Reports in: {before + 1}.").wait_for()
    assert time.monotonic() - sent < 5
    assert page.evaluate("window.opened") == "once"
    assert 304 in statuses
    assert page.locator("#stamp").count() == 1
    assert "up to date" in page.inner_text("#stamp")


def test_what_comes_in_changes_in_place_and_takes_nothing_from_the_reader(site: Site, as_: Open) -> None:
    """No block is taken out and put back, an open table stays open, and the focus stays where it was."""
    page = as_("analyst", "en")
    page.goto("/m/long/election-day/")
    before = _reports_in(page)
    page.click("#intake-table > summary")
    page.focus("#in-count")
    page.evaluate(
        """() => {
            window.kept = [...document.querySelectorAll("#live section, #live svg, #live details")];
            window.gone = 0;
            new MutationObserver((changes) => {
                const gone = changes.flatMap(({ removedNodes }) => [...removedNodes]);
                window.gone += gone.filter((node) => node.matches?.("section, svg, details, #live")).length;
            }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    _send(site, report(98, station="AKM4"))
    page.get_by_text(f"Reports in: {before + 1}.").wait_for()
    assert page.evaluate("window.gone") == 0
    assert page.evaluate("window.kept.every((node) => node.isConnected)")
    assert page.evaluate("document.querySelector('#intake-table').open")
    assert page.evaluate("document.activeElement.id") == "in-count"
    total = page.inner_text("#in-count")
    assert int(total.replace(",", "")) == before + 1


def test_the_slider_says_its_hour_and_is_moved_by_keys(site: Site, as_: Open) -> None:
    page = as_("analyst", "ru", width=PHONE)
    page.goto(site.pages()["election day then"])
    page.focus("#at")
    page.keyboard.press("Home")
    assert page.inner_text(".slider output") == "06:00"
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#at", "aria-valuetext") == "06:10"
    page.keyboard.press("End")
    assert page.inner_text(".slider output").startswith("04:00 ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/election-day/?at=1680")
    assert page.locator(".past.note").is_visible()


def test_the_wall_fits_one_screen(site: Site, as_: Open) -> None:
    page = as_("head", "en", width=1920)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(site.pages()["election day on a wall"])
    assert overflow(page, 1920) == 0
    assert float(page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")) == 17
    assert page.locator(".room > section, .side > section").count() >= 8


def test_the_room_can_be_read_without_a_script(as_: Open) -> None:
    page = as_("analyst", "en", java_script_enabled=False)
    page.goto("/m/long/election-day/")
    assert "Reports in:" in page.inner_text("main")
    page.click("text=Pause")
    assert "Follow live" in page.inner_text("main")
    page.fill("#at", "1440")
    page.click(".slider button")
    assert "as it was known at 00:00" in page.inner_text("main")
    page.click("text=Back to now")
    assert "Pause" in page.inner_text("main")


def test_the_first_key_leads_past_the_masthead_and_focus_is_seen(site: Site, as_: Open) -> None:
    page = as_("head", "en")
    page.goto(site.pages()["home"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_the_language_changes_on_the_same_page(site: Site, as_: Open) -> None:
    page = as_("head", "en")
    address = site.pages()["no report fits"]
    page.goto(address)
    page.click(".tongues button[value=ru]")
    assert page.url == site.base + address
    assert page.locator("html").get_attribute("lang") == "ru"


def test_a_stranger_reads_the_release_on_a_phone_in_kazakh(as_: Open, axe: Callable[[Page], list[str]]) -> None:
    page = as_("", "kk", width=PHONE)
    for name in ("", "statement.kk.html"):
        assert page.goto(f"/releases/long/1/{name}").status == 200
        assert axe(page) == []
        assert overflow(page, PHONE) == 0


def _reports_in(page: Page) -> int:
    words = page.inner_text(".in > header p")
    return int(words.split("Reports in:")[1].split(".")[0].strip().replace(",", ""))


def _send(site: Site, body: bytes) -> None:
    headers = {"Authorization": f"Bearer {site.facts['token']}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{site.base}/api/missions/long/reports", body, headers)  # noqa: S310 - ours
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
        assert response.status == 201


def _signed_in(browser: Browser, base: str, name: str, language: str) -> Any:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto("/sign-in/")
    page.click(f".tongues button[value={language}]")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "sign-in" not in url)
    state = context.storage_state()
    context.close()
    return state
