"""Samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "samples": Action.SEE_DEPLOYMENT,
    "new_sample": Action.SEE_DEPLOYMENT,
    "sample": Action.SEE_DEPLOYMENT,
    "disclosure": Action.SEE_DEPLOYMENT,
    "sample_stations": Action.SEE_DEPLOYMENT,
    "my_stops": Action.SEE_DEPLOYMENT,
}
FORMS = {"samples", "new_sample", "sample"}


def addresses(pages: Pages) -> dict[str, str]:
    """With a draw of which polls have closed: who may see it before stands in tests/samples."""
    from paragraph8.samples.models import Draw
    from samples.drawing import drawn

    draw = Draw.objects.filter(mission=pages.mission.row).first() or drawn(pages.mission)
    return {
        "samples": pages.at("samples/"),
        "new_sample": pages.at("samples/new/"),
        "sample": pages.at(f"samples/{draw.pk}/"),
        "disclosure": pages.at(f"samples/{draw.pk}/disclosure.json"),
        "sample_stations": pages.at(f"samples/{draw.pk}/stations.csv"),
        "my_stops": pages.at("my-stops/"),
    }
