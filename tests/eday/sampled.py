"""A small mission with sixty more stations and a sample of them, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from conftest import NOW, SERVER, SmallMission
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.samples.models import Draw
from paragraph8.samples.operations import ask, commit_seed, perform_draw
from paragraph8.samples.stops import standing_keys
from paragraph8.statistics.sampling.design import Method, Request

EARLIER = NOW - timedelta(hours=6)
AFTER_CLOSE = NOW + timedelta(hours=4)


def stations(mission: SmallMission, *, n: int = 60) -> None:
    """Half of them in the north and in towns, half in the south and in villages."""
    new = [NewStation(key=f"N{k:03}", area="A" if k % 2 else "B", registered=200 + 40 * k) for k in range(n)]
    add_stations(mission=mission.row, stations=new, by=SERVER, now=NOW)
    mission.row.refresh_from_db()


def sample(mission: SmallMission, *, n: int = 40, **changes: Any) -> Draw:
    """So many of the stations, by area, with three reserves in each."""
    commit_seed(mission=mission.row, by=SERVER, now=EARLIER)
    facts: dict[str, Any] = {
        "name": "Observers for a day",
        "purpose": Purpose.CITIZEN,
        "request": Request(method=Method.SIMPLE, n=n, minimum=2, reserves=3),
        "strata_by": StrataBy.AREA,
        "reason": "for the test",
        "polls_close": NOW + timedelta(hours=3),
        **changes,
    }
    asked = ask(mission=mission.row, by=SERVER, now=EARLIER + timedelta(minutes=1), **facts)
    return perform_draw(asked=asked, by=SERVER, now=EARLIER + timedelta(minutes=2))


def answered(mission: SmallMission, draw: Draw, said: Callable[[int], Mapping[str, Any] | None]) -> None:
    """One report from each station that stands in the sample; `said` gives its answers, or that it sends none."""
    for place, station in enumerate(standing_keys(draw)):
        answers = said(place)
        if answers is not None:
            mission.send(mission.body(station, answers=dict(answers)), team="T1" if place % 2 else "T2")
