"""Every page of the mission in a browser: for everybody, and no wider than its window.

The application answers in this process, to the client of somebody who may open the page, and the browser shows the
answer. So every address that the doors know is walked with something behind it, at little cost.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from browser.browser import DESK, PHONE, overflow
from web.conftest import Pages, in_language, pages  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

BASE = "http://localhost"
EVERY = (("kk", PHONE), ("en", DESK))
"""Every page is seen in Kazakh, whose words are the longest, on a phone, and in English on a desk."""
SOME = (("ru", PHONE), ("en", PHONE))
"""In the other languages, every fourth page is seen on a phone."""


class Walk:
    """One window, through which somebody looks at pages that the application has answered."""

    def __init__(self, page: Page, axe: Callable[[Page], list[str]]) -> None:
        self.page, self.axe = page, axe
        self.shown: Any = None
        page.route("**/*", self.answer)

    def answer(self, route: Route) -> None:
        """The page itself, styles and scripts; a page that asks for itself again while it is looked at hears nothing
        new. Playwright calls this in a context of its own, in which Django would open another database."""
        path = route.request.url.removeprefix(BASE)
        if path.startswith("/static/"):
            response: Any = Client().get(path)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)
        elif route.request.is_navigation_request():
            route.fulfill(status=200, headers=dict(self.shown.headers), body=self.shown.content)
        else:
            route.fulfill(status=204)

    def complaints(self, client: Client, address: str, language: str, width: int) -> list[str]:
        """What somebody would complain about on the page in that language and window."""
        self.shown = in_language(client, language).get(address, follow=True)
        if self.shown.status_code != 200:
            return [f"status {self.shown.status_code}"]
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(BASE + address)
        self.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        found = list(self.axe(self.page))
        wider = overflow(self.page, width)
        return [*found, f"{wider} px too wide"] if wider else found


@pytest.fixture
def walk(open_page: Callable[..., Page], axe: Callable[[Page], list[str]], complaints: list[str]) -> Walk:
    return Walk(open_page(), axe)


def test_every_page_of_the_mission_is_for_everybody_and_never_scrolls_sideways(pages: Pages, walk: Walk) -> None:  # noqa: F811 - the fixture
    found: dict[str, list[str]] = {}
    walked = 0
    for name, address in pages.addresses().items():
        client = pages.may_open(name)
        if not client.get(address, follow=True).headers["Content-Type"].startswith("text/html"):
            continue
        also = SOME[walked // 2 % 2 :][:1] if walked % 2 else ()
        walked += 1
        for language, width in (*EVERY, *also):
            complaints = walk.complaints(client, address, language, width)
            if complaints:
                found[f"{name} ({address}), {language}, {width} px"] = complaints
    assert walked > 80
    assert found == {}, "\n".join(f"{where}\n    " + "\n    ".join(said) for where, said in found.items())
