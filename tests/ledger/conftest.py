"""A small ledger: one event of election day with rival figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from conftest import SERVER, SmallMission
from paragraph8.domain.ledger.claims import Amount, AuthorKind, Bound
from paragraph8.domain.ledger.scopes import Scope
from paragraph8.domain.ledger.typologies import Phase
from paragraph8.domain.text import Text
from paragraph8.ledger.claims import add_claim
from paragraph8.ledger.events import Act, EventFacts, add_event
from paragraph8.ledger.models import Claim, Event


def moment(day: int, hour: int = 12) -> datetime:
    return datetime(2019, 6, day, hour, tzinfo=UTC)


def facts(**changes: Any) -> EventFacts:
    told: dict[str, Any] = {
        "kind": "detention",
        "title": Text.of({"en": "People are detained", "ru": "Людей задерживают"}),
        "phase": Phase.ELECTION_DAY,
        "zone": "Asia/Almaty",
        "since": date(2019, 6, 9),
        "until": date(2019, 6, 9),
        "acts": (Act(by="police", act="detains", to="protesters"),),
        "rights": ("assembly",),
    }
    return EventFacts(**{**told, **changes})


def say(mission: SmallMission, code: str, day: int, amount: Amount | int, **changes: Any) -> Claim:
    told: dict[str, Any] = {
        "topic": "detentions",
        "author": Text.of("Interior ministry"),
        "author_kind": AuthorKind.AUTHORITY,
        "amount": amount if isinstance(amount, Amount) else Amount(bound=Bound.ABOUT, point=amount),
        "scope": Scope(counted="detained", areas=("",), since=date(2019, 6, 9), until=date(2019, 6, 9)),
        "said_at": moment(day),
        "language": "ru",
        "verbatim": "Задержано около …",
        "source": "A briefing",
        "now": moment(day, 13),
    }
    return add_claim(mission=mission.row, code=code, by=SERVER, **{**told, **changes})


@pytest.fixture
def event(mission: SmallMission) -> Event:
    area = mission.row.areas.get(code="A")
    return add_event(mission=mission.row, facts=facts(area=area, public_area=area), by=SERVER, now=moment(9, 14))
