"""The ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "ledger": Action.SEE_LEDGER,
    "ledger_event_new": Action.WRITE_LEDGER,
    "ledger_event": Action.SEE_LEDGER,
    "ledger_claim_new": Action.WRITE_LEDGER,
    "ledger_topic": Action.SEE_LEDGER,
}
FORMS = {"ledger_event_new", "ledger_event", "ledger_claim_new", "ledger_topic"}


def addresses(pages: Pages) -> dict[str, str]:
    _made(pages)
    return {
        "ledger": pages.at("ledger/"),
        "ledger_event_new": pages.at("ledger/new-event/"),
        "ledger_event": pages.at("ledger/events/E0001/"),
        "ledger_claim_new": pages.at("ledger/new-claim/"),
        "ledger_topic": pages.at("ledger/topics/detentions/"),
    }


def _made(pages: Pages) -> None:
    """An event that is known, and two figures about it, made once for each mission."""
    from ledger.conftest import facts, say
    from paragraph8.domain.ledger.corroboration import Mode
    from paragraph8.domain.text import Text
    from paragraph8.ledger.events import add_event, add_outcome
    from paragraph8.ledger.information import Told, add_information
    from paragraph8.ledger.models import Event

    mission = pages.mission.row
    if Event.objects.filter(mission=mission).exists():
        return
    event = add_event(mission=mission, facts=facts(), by=SERVER, now=NOW)
    add_information(event=event, told=Told(mode=Mode.OBSERVED), by=SERVER, now=NOW)
    add_outcome(event=event, outcome="fined", n=12, source="A court", by=SERVER, now=NOW)
    say(pages.mission, "det-1", 9, 100)
    say(pages.mission, "det-2", 10, 400, author=Text.of("A rights group"))
