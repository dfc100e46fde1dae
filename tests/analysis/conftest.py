"""A small mission with a drawn, stratified sample that has reports, and its folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.missions.operations import NewStation, add_areas, add_stations
from paragraph8.samples.operations import ask, commit_seed, perform_draw
from paragraph8.statistics.sampling.design import Method, Request

EARLIER = NOW - timedelta(hours=8)
AREAS = ("C", "D", "E")


def sampled_mission(
    mission: SmallMission, sequenced: Callable[[], int], method: Method = Method.SIMPLE
) -> SmallMission:
    """Five areas with 120 stations, 44 of them drawn; 40 report, one area from a single station; two teams walk beside
    the sample and report twice from one station."""
    add_areas(mission=mission.row, areas=[{"code": code, "name": code} for code in AREAS], by=SERVER, now=NOW)
    sizes = {"A": 40, "B": 35, "C": 25, "D": 14, "E": 6}
    new = [
        NewStation(key=f"{area}-{n:02}", area=area, registered=150 + 17 * n, urban=n % 3 == 0)
        for area, size in sizes.items()
        for n in range(size)
    ]
    add_stations(mission=mission.row, stations=new, by=SERVER, now=NOW)
    mission.row.refresh_from_db()
    commit_seed(mission=mission.row, by=SERVER, now=EARLIER)
    asked = ask(
        mission=mission.row,
        name="Quick count",
        purpose=Purpose.CITIZEN,
        request=Request(method=method, n=44, minimum=2, reserves=1),
        strata_by=StrataBy.AREA,
        reason="for the test",
        polls_close=NOW + timedelta(hours=1),
        by=SERVER,
        now=EARLIER + timedelta(minutes=1),
    )
    draw = perform_draw(asked=asked, by=SERVER, now=EARLIER + timedelta(minutes=2))
    from paragraph8.samples.queries import design_of

    single = 0
    for place, unit in enumerate(design_of(draw).drawn):
        if place % 11 == 5:
            continue
        if unit.stratum == "E":
            single += 1
            if single > 1:
                continue
        bad = (place * 7) % 5
        answers: dict[str, object] = {
            "C01": "no" if place % 4 == 0 else "yes",
            "C02": ("very-good", "good", "bad", "very-bad", "good")[bad] if place % 9 else {"missing": "not-observed"},
            "C03": 400 + place,
            "C04": 300,
            "C05": f"The chair, Ms Somebody, said {place}",
        }
        mission.send(mission.body(unit.station, answers=answers), team="T1" if place % 2 else "T2")
    for station in ("A1", "A1", "B2"):
        mission.send(mission.body(station, answers={"C01": "no", "C02": "bad", "C05": "=HYPERLINK()"}), team="T1")
    sequenced()
    return mission


@pytest.fixture
def sampled(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    return sampled_mission(mission, sequenced)


@pytest.fixture
def observed(mission: SmallMission, sequenced: Callable[[], int]) -> SmallMission:
    """Reports from routes alone: no sample was drawn."""
    for n in range(12):
        station = ("A1", "A2", "B1", "B2")[n % 4]
        answers = {"C01": "yes" if n % 3 else "no", "C02": "bad" if n < 5 else {"missing": "refused"}, "C03": 900 - n}
        mission.send(mission.body(station, answers=answers), team="T1" if n % 2 else "T2")
    sequenced()
    return mission


@pytest.fixture
def folder(sampled: SmallMission, tmp_path: Path) -> Path:
    from paragraph8.analysis.operations import export

    return export(mission=sampled.row, target=tmp_path / "analysis", by=SERVER, now=NOW).folder
