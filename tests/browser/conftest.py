"""A real browser for the tests in this folder: the machine's Chromium, and a page that tells on itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.browser import DESK, FLAGS, chromium, logged, not_caught, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder and puts them last: while a browser is open, Django sees a running event loop."""
    here = [item for item in items if FOLDER in item.path.parents]
    for item in here:
        item.add_marker("browser")
    items[:] = [item for item in items if FOLDER not in item.path.parents] + here


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once. Never skipped: without it these tests fail."""
    from playwright.sync_api import sync_playwright

    program = chromium()
    if program is None:
        pytest.fail("These tests need Chromium or Google Chrome; `./run test` says how to install it.")
    with pytest.MonkeyPatch.context() as environment:
        # Playwright's synchronous interface runs a loop in this thread, in which Django would refuse its database.
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            # No sandbox: Chromium has none for root or in most containers, and the pages are our own.
            opened = playwright.chromium.launch(
                executable_path=program, args=list(FLAGS), chromium_sandbox=False, timeout=60_000
            )
            yield opened
            opened.close()


@pytest.fixture
def complaints() -> list[str]:
    """Errors that pages logged or did not catch. A test that provokes one asserts it and clears the list."""
    return []


@pytest.fixture
def open_page(browser: Browser, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page in a context of its own: `open_page(java_script_enabled=False)`, any option of a context."""

    def listen(message: ConsoleMessage) -> None:
        if told := logged(message):
            complaints.append(told)

    with ExitStack() as contexts:

        def open_(**options: Any) -> Page:
            context = browser.new_context(**{"viewport": {"width": DESK, "height": 900}, **options})
            contexts.callback(context.close)
            context.set_default_timeout(15_000)
            context.on("console", listen)
            context.on("weberror", lambda event: complaints.append(not_caught(event)))
            return context.new_page()

        yield open_
    assert complaints == [], "the browser complained"


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """One fresh page, 1280 pixels wide; the test fails when the page logs an error or does not catch one."""
    return open_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`: what axe finds, each finding a readable line."""
    return violations
