"""Safety."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action
from paragraph8.domain.recalls import Call
from paragraph8.safety.operations import draft_recall

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "safety": Action.SEE_SAFETY,
    "safety_desk": Action.SEE_SAFETY,
    "safety_team": Action.SEE_SAFETY,
    "safety_schedule": Action.SEE_SAFETY,
    "safety_recalls": Action.SEE_SAFETY,
    "safety_recall": Action.SEE_SAFETY,
    "safety_erase": Action.SEE_SAFETY,
    "check_in": Action.CHECK_IN,
}
FORMS = {
    "safety_desk",
    "safety_team",
    "safety_schedule",
    "safety_recalls",
    "safety_recall",
    "safety_erase",
    "check_in",
}


def addresses(pages: Pages) -> dict[str, str]:
    mission = pages.mission.row
    recall = mission.recalls.first() or draft_recall(
        mission=mission, call=Call.RETURN, teams=list(mission.teams.all()), by=SERVER, now=NOW
    )
    return {
        "safety": pages.at("safety/"),
        "safety_desk": pages.at("safety/desk/"),
        "safety_team": pages.at(f"safety/teams/{pages.mission.teams['T1'].pk}/"),
        "safety_schedule": pages.at("safety/schedule/"),
        "safety_recalls": pages.at("safety/recalls/"),
        "safety_recall": pages.at(f"safety/recalls/{recall.pk}/"),
        "safety_erase": pages.at("safety/erase/"),
        "check_in": pages.at("check-in/"),
    }
