"""Making samples of the small mission, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from conftest import NOW, SERVER, SmallMission
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.samples.models import Draw, DrawRequest
from paragraph8.samples.operations import ask, commit_seed, perform_draw
from paragraph8.statistics.sampling.design import Method, Request

CLOSE = NOW + timedelta(hours=3)


def asked(mission: SmallMission, *, polls_close: datetime = CLOSE, **changes: Any) -> DrawRequest:
    """Two of the four stations, one in each area, with a reserve each; the seed was committed to a minute before."""
    commit_seed(mission=mission.row, by=SERVER, now=NOW)
    facts: dict[str, Any] = {
        "name": "Quick count",
        "purpose": Purpose.CITIZEN,
        "request": Request(method=Method.SIMPLE, n=2, minimum=1, reserves=1),
        "strata_by": StrataBy.AREA,
        "reason": "for the test",
        **changes,
    }
    return ask(mission=mission.row, by=SERVER, now=NOW + timedelta(minutes=1), polls_close=polls_close, **facts)


def drawn(mission: SmallMission, **changes: Any) -> Draw:
    """The same, drawn a minute later."""
    return perform_draw(asked=asked(mission, **changes), by=SERVER, now=NOW + timedelta(minutes=2))
