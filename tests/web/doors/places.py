"""Areas and stations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "places": Action.SEE_PLACES,
}
FORMS: set[str] = set()


def addresses(pages: Pages) -> dict[str, str]:
    return {
        "places": pages.at("places/"),
    }
