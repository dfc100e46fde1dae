"""Teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action
from paragraph8.teams.models import Proposal

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "teams": Action.SEE_TEAMS,
    "team": Action.SEE_TEAMS,
    "teams_new": Action.MANAGE_TEAMS,
    "teams_fleet": Action.MANAGE_TEAMS,
    "teams_propose": Action.MANAGE_TEAMS,
    "teams_repair": Action.MANAGE_TEAMS,
    "teams_rules": Action.MANAGE_TEAMS,
    "teams_proposal": Action.MANAGE_TEAMS,
}
FORMS = {"team", "teams_new", "teams_fleet", "teams_propose", "teams_repair", "teams_rules", "teams_proposal"}
EMPTY_QUALITY = {"people": 0, "teams": 0, "threes": [], "mixes": {}, "unmet": [], "unknown_languages": []}


def addresses(pages: Pages) -> dict[str, str]:
    proposal, _ = Proposal.objects.get_or_create(
        mission=pages.mission.row,
        origin="pairing",
        defaults={
            "body": {"teams": [], "changes": [], "quality": EMPTY_QUALITY},
            "base": "",
            "day": NOW.date(),
            "at": NOW,
            "by": SERVER.name,
        },
    )
    return {
        "teams": pages.at("teams/"),
        "team": pages.at(f"teams/{pages.mission.teams['T1'].pk}/"),
        "teams_new": pages.at("teams/new/"),
        "teams_fleet": pages.at("teams/fleet/"),
        "teams_propose": pages.at("teams/propose/"),
        "teams_repair": pages.at("teams/repair/"),
        "teams_rules": pages.at("teams/rules/"),
        "teams_proposal": pages.at(f"teams/proposals/{proposal.pk}/"),
    }
