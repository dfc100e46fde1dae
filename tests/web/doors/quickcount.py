"""Quick counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "quick_count": Action.SEE_FIGURES,
    "quick_count_gate": Action.SEE_FIGURES,
    "quick_count_plan": Action.SEE_FIGURES,
    "quick_count_trace": Action.FREEZE,
}
"""The trace is for analysts while the gate is shut, as it is here."""
FORMS = {"quick_count_gate", "quick_count_plan"}


def addresses(pages: Pages) -> dict[str, str]:
    """With a plan and one return of a sample of four."""
    from conftest import NOW, SERVER, ticking
    from paragraph8.audit.sequencer import sequence_all
    from paragraph8.quickcount.models import Plan
    from quickcount.counting import of_four

    if not Plan.objects.filter(mission=pages.mission.row).exists():
        of_four(pages.mission, by=SERVER, now=NOW)
        sequence_all(clock=ticking())
    return {
        "quick_count": pages.at("quick-count/"),
        "quick_count_gate": pages.at("quick-count/gate/"),
        "quick_count_plan": pages.at("quick-count/plan/"),
        "quick_count_trace": pages.at("quick-count/trace.csv"),
    }
