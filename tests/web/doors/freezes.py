"""Freezes, and what late reports would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "freezes": Action.SEE_FIGURES,
    "freeze": Action.SEE_FIGURES,
    "freeze_file": Action.SEE_FIGURES,
    "freeze_comparison": Action.SEE_FIGURES,
    "late": Action.SEE_STATEMENT,
}
FORMS = {"freezes"}


def addresses(pages: Pages) -> dict[str, str]:
    """With the freeze of the release and another one."""
    from conftest import NOW, SERVER
    from paragraph8.domain.figures import Key
    from paragraph8.evidence.models import Freeze
    from paragraph8.evidence.operations import freeze

    mission = pages.mission.row
    first = Freeze.objects.filter(mission=mission).order_by("pk").first()
    assert first
    keys = [Key.parse(pages.figure), Key.parse("eday.spread[form=counting,question=C04]")]
    second = freeze(mission=mission, keys=keys, texts={}, as_of=first.change_id, by=SERVER, now=NOW)
    return {
        "freezes": pages.at("freezes/"),
        "freeze": pages.at(f"freezes/{second.pk}/"),
        "freeze_file": pages.at(f"freezes/{second.pk}/figures.json"),
        "freeze_comparison": pages.at(f"freezes/{first.pk}/{second.pk}/"),
        "late": pages.at("releases/late/"),
    }
