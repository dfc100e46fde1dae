"""How the mission is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "settings": Action.MANAGE_MISSION,
    "access": Action.MANAGE_MISSION,
    "job": Action.SEE_MISSION,
}
FORMS = {"settings", "access"}


def addresses(pages: Pages) -> dict[str, str]:
    return {
        "settings": pages.at("settings/"),
        "access": pages.at("settings/access/"),
        "job": pages.at(f"jobs/{pages.job}/"),
    }
