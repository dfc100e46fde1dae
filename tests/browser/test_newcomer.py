"""A newcomer makes a mission from nothing in the browser: stations, forms, teams, a sample, a plan, packs."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from browser.serving import environment, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "long-enough-for-anybody"
STATIONS = "Number,Region,District,Name,Address,Type,Urban,Voters\n" + "".join(
    f"{n:03d},{'North' if n <= 60 else 'South'},District {1 + n % 6},School {n},Street {n},regular,"
    f"{'urban' if n % 2 else 'rural'},{500 + n}\n"
    for n in range(1, 121)
)


@pytest.fixture
def base(tmp_path: Path) -> Iterator[str]:
    """A server on which nothing is yet but a founder's account."""
    founder = [sys.executable, "-m", "paragraph8.cli", "founder", "anna"]
    subprocess.run(
        founder,
        env=environment(tmp_path),
        input=PASSWORD.encode(),
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=120,
    )
    with served(tmp_path) as address:
        yield address


def test_a_mission_is_made_deployed_and_printed_in_the_browser(
    base: str, open_page: Callable[..., Page], axe: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    page = open_page(base_url=base)
    page.goto("/sign-in/")
    page.fill("[name=login]", "anna")
    page.fill("[name=password]", PASSWORD)
    page.click("main button.btn")
    _makes_a_mission(page)
    assert axe(page) == []
    _puts_a_list_in_force(page, tmp_path)
    _takes_a_form_from_the_library(page)
    _adds_teams(page)
    _draws_a_sample(page)
    _plans_the_day(page)
    packs = _prints_packs(page)
    assert {"counting", "opening"} <= {form for form in ("opening", "counting") for n in packs.namelist() if form in n}
    covers = [
        PdfReader(io.BytesIO(packs.read(name))).pages[0].extract_text()
        for name in packs.namelist()
        if name.endswith(".pdf") and not re.search("opening|counting", name)
    ]
    assert sorted({team for cover in covers for team in re.findall(r"\b[NS][12]\b", cover)}) == ["N1", "N2", "S1", "S2"]
    page.goto("/m/somewhere-2030/")
    assert page.locator("#h-steps").count() == 1
    assert page.get_by_text("begun").count() >= 5


def _makes_a_mission(page: Page) -> None:
    page.click("text=Make a mission")
    page.fill("[name=title-en]", "Parliamentary elections 2030")
    page.fill("[name=slug]", "somewhere-2030")
    page.select_option("[name=zone]", "Asia/Almaty")
    page.fill("[name=election_date]", "2030-05-01")
    page.click("main button.btn")
    page.wait_for_url("**/m/somewhere-2030/")


def _puts_a_list_in_force(page: Page, folder: Path) -> None:
    file = folder / "stations.csv"
    file.write_text(STATIONS)
    page.click("text=Upload the list of polling stations")
    page.goto("/m/somewhere-2030/places/imports/")
    page.set_input_files("[name=file]", str(file))
    page.fill("[name=source]", "Commission, list of 1 April 2030")
    page.click("main form button.btn")
    page.click("button[value=check]")
    page.click("button[value=publish]")
    page.wait_for_url("**/places/lists/")
    page.goto("/m/somewhere-2030/places/")
    assert page.get_by_text("Station list 1 is in force.").count() == 1


def _takes_a_form_from_the_library(page: Page) -> None:
    for name in ("opening", "counting"):
        page.goto(f"/m/somewhere-2030/forms/library/{name}/")
        page.click("text=Take this form")
        page.click("text=Store it as a draft")
        page.click("button[name=step][value=publish]")
        page.wait_for_load_state()
        assert page.locator(".flag.is-ok").count() > 0


def _adds_teams(page: Page) -> None:
    for region, codes in (("North", "N1\nN2"), ("South", "S1\nS2")):
        page.goto("/m/somewhere-2030/teams/new/")
        page.fill("[name=codes]", codes)
        area = page.locator("[name=area] option", has_text=re.compile(f"^{region}")).get_attribute("value")
        page.select_option("[name=area]", area)
        page.get_by_role("button", name="Add teams").click()
        page.wait_for_load_state()


def _draws_a_sample(page: Page) -> None:
    page.goto("/m/somewhere-2030/samples/")
    page.locator("form:has(input[value=commit]) button").click()
    page.goto("/m/somewhere-2030/samples/new/")
    page.fill("[name=name]", "Citizens")
    page.fill("[name=n]", "20")
    page.click("button[value=draw]")
    page.get_by_role("link", name="Citizens").wait_for()


def _plans_the_day(page: Page) -> None:
    page.goto("/m/somewhere-2030/deployment/new-plan/")
    page.select_option("[name=mode]", "suggested")
    page.get_by_role("button", name="Work the plan out").click()
    page.click("button[value=accept]")
    page.wait_for_load_state()
    page.goto("/m/somewhere-2030/deployment/")
    assert page.get_by_text("Plan 1 holds").count() == 1


def _prints_packs(page: Page) -> zipfile.ZipFile:
    page.goto("/m/somewhere-2030/deployment/packs/")
    page.locator("main form button.btn").last.click()
    link = page.locator("a[href*='pack-file']").first
    link.wait_for()
    with page.expect_download() as loading:
        link.click()
    return zipfile.ZipFile(loading.value.path())
