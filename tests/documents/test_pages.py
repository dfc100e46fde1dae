"""Released pages in a real browser: on a phone and a desk, light, dark and on paper, in every language and state."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.browser import DESK, FLAGS, PHONE, chromium, overflow, violations
from documents.sample import Sample
from documents.variants import albanian_and_arabic, hostile, long, release_of
from paragraph8.documents.build import build
from paragraph8.documents.html import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
RELEASED = (
    *(f"{code}.{language}.html" for code in ("statement", "press-release") for language in ("en", "kk", "ru")),
    "index.html",
)
DIFFICULT = ("hostile.kk.html", "long.kk.html", "right-to-left.ar.html", "fallback.sq.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed with the module: while a browser is open, other tests see a running event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS), chromium_sandbox=False)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(release_folder: Path, mission: Sample, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("difficult")
    editions = (hostile(), long(), albanian_and_arabic(), albanian_and_arabic())
    for name, edition in zip(DIFFICULT, editions, strict=True):
        language = name.split(".")[1]
        (folder / name).write_bytes(to_html(build(release_of(mission, edition), "statement", language)))
    return {name: release_folder / "public" / name for name in RELEASED} | {name: folder / name for name in DIFFICULT}


def show(page: Page, path: Path, *, opened: bool) -> None:
    page.goto(path.as_uri())
    if opened:
        page.evaluate("document.querySelectorAll('details').forEach(card => { card.open = true })")


@pytest.mark.parametrize("name", [*RELEASED, *DIFFICULT])
def test_a_page_has_no_barrier_and_never_scrolls_sideways(browser: Browser, pages: dict[str, Path], name: str) -> None:
    for width, scheme, opened in ((PHONE, "light", True), (DESK, "dark", False)):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        show(page, pages[name], opened=opened)
        assert violations(page) == []
        assert overflow(page, width) == 0
        page.close()


def test_a_number_opens_its_evidence_without_script(browser: Browser, release_folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 900})
    page = context.new_page()
    page.goto((release_folder / "public" / "statement.kk.html").as_uri())
    facts = page.locator("#card-st-001-2 .facts")
    assert not facts.is_visible()
    page.locator("#sentence-st-001 .num").first.click()
    facts.wait_for(state="visible")
    assert "180" in facts.inner_text()
    context.close()


def test_paper_shows_every_card_and_the_notice(browser: Browser, release_folder: Path) -> None:
    page = browser.new_page()
    show(page, release_folder / "public" / "statement.ru.html", opened=False)
    page.emulate_media(media="print")
    assert page.locator("#card-st-001-2 .facts").is_visible()
    assert page.locator(".notice").is_visible()
    assert not page.locator(".tongues").is_visible()
    page.close()


def test_a_page_asks_the_network_for_nothing(browser: Browser, release_folder: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    path = release_folder / "public" / "press-release.en.html"
    show(page, path, opened=True)
    assert asked == [path.as_uri()]
    page.close()
