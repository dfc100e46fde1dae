"""Deployment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "deployment": Action.SEE_DEPLOYMENT,
    "deployment_new": Action.MANAGE_DEPLOYMENT,
    "deployment_plan": Action.SEE_DEPLOYMENT,
    "deployment_day": Action.SEE_DEPLOYMENT,
    "deployment_areas": Action.MANAGE_DEPLOYMENT,
    "deployment_team": Action.SEE_DEPLOYMENT,
    "deployment_expected": Action.SEE_DEPLOYMENT,
    "deployment_rules": Action.MANAGE_DEPLOYMENT,
    "deployment_packs": Action.MANAGE_DEPLOYMENT,
    "deployment_pack_file": Action.MANAGE_DEPLOYMENT,
    "deployment_phones": Action.MANAGE_DEPLOYMENT,
    "second_round": Action.MANAGE_MISSION,
}
FORMS = {
    "deployment_new",
    "deployment_plan",
    "deployment_day",
    "deployment_areas",
    "deployment_rules",
    "deployment_packs",
    "deployment_phones",
    "second_round",
}


def addresses(pages: Pages) -> dict[str, str]:
    plan, packs = _made(pages)
    return {
        "deployment": pages.at("deployment/"),
        "deployment_new": pages.at("deployment/new-plan/"),
        "deployment_plan": pages.at(f"deployment/plans/{plan}/"),
        "deployment_day": pages.at(f"deployment/plans/{plan}/T1/"),
        "deployment_areas": pages.at("deployment/areas/"),
        "deployment_team": pages.at("deployment/my-team/"),
        "deployment_expected": pages.at("deployment/expected/"),
        "deployment_rules": pages.at("deployment/expectations/"),
        "deployment_packs": pages.at("deployment/packs/"),
        "deployment_pack_file": pages.at(f"deployment/pack-file/{packs}/"),
        "deployment_phones": pages.at("deployment/phones/"),
        "second_round": pages.at("settings/second-round/"),
    }


def _made(pages: Pages) -> tuple[int, int]:
    """A plan that holds, and packs of it, made once for each mission."""
    from conftest import NOW, SERVER
    from paragraph8.deployment.models import Mode, PackSet, Plan
    from paragraph8.deployment.operations import accept_plan, make_plan
    from paragraph8.deployment.packs import folder_of_packs
    from paragraph8.deployment.parameters import Parameters
    from paragraph8.jobs.operations import perform
    from paragraph8.missions.files import keep_file

    mission = pages.mission.row
    packs = PackSet.objects.filter(mission=mission).select_related("plan").first()
    if packs:
        return packs.plan.number, packs.pk
    mission.election_date = date(2019, 6, 9)
    mission.save(update_fields=["election_date"])
    modes = dict.fromkeys(("T1", "T2"), Mode.SUGGESTED)
    plan = make_plan(mission=mission, modes=modes, parameters=Parameters(), seed=1, by=SERVER, now=NOW)
    assert plan.job
    perform(plan.job)
    accept_plan(plan=Plan.objects.get(pk=plan.pk), by=SERVER, now=NOW)
    digest, _ = keep_file(folder_of_packs(), mission.slug, b"packs")
    packs = PackSet.objects.create(
        mission=mission, plan=plan, language="en", n=2, bytes=5, sha256=digest, made_at=NOW, made_by="head"
    )
    return plan.number, packs.pk
