"""People."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "people": Action.SEE_ROSTER,
}
FORMS: set[str] = set()


def addresses(pages: Pages) -> dict[str, str]:
    return {
        "people": pages.at("people/"),
    }
