"""The machine's own Chromium, and what a person would complain about on a page.

`python tests/browser/browser.py` prints what the machine lacks for these tests, by its names in Debian; its exit code
is 1 when something is missing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, WebError

PHONE = 360
DESK = 1280
"""Widths of a window in CSS pixels."""

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    # Nothing outside this machine can be reached: a page that asks for a foreign font or script fails its test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
RULES = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},  # in WCAG 2.2 AA, yet off in axe unless asked for
}


def chromium() -> str | None:
    """The program's path, or None."""
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: one line per element, with its rule, severity, place and reason."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [_line(violation, node) for violation in found for node in violation["nodes"]]


def _line(violation: Mapping[str, Any], node: Mapping[str, Any]) -> str:
    place = " ".join(str(part) for part in node["target"])
    reasons = [check["message"] for kind in ("all", "any", "none") for check in node[kind]]
    return f"{violation['id']} ({violation['impact']}) at {place}: {'; '.join(reasons) or violation['help']}"


def overflow(page: Page, width: int) -> int:
    """By how many CSS pixels the page is wider than a window of that width; 0 when nothing scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def logged(message: ConsoleMessage) -> str | None:
    """An error in the console, in one line; None for any other message."""
    if message.type != "error":
        return None
    return f"console: {message.text} ({message.location['url']}:{message.location['lineNumber']})"


def not_caught(event: WebError) -> str:
    """An error that no script caught, in one line."""
    return f"not caught: {event.error}"


def missing() -> list[str]:
    """Packages of Debian without which these tests cannot run here."""
    driver = subprocess.run([sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False)
    needed = {"chromium": chromium() is not None, "libatomic1": driver.returncode == 0}  # Playwright's Node links to it
    return [package for package, found in needed.items() if not found]


if __name__ == "__main__":
    lacking = missing()
    print(*lacking)
    sys.exit(1 if lacking else 0)
