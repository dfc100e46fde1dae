"""June 2019 can be read day by day as it was known on each day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.demo.data import read_toml, sources
from paragraph8.demo.ledger import write_ledger
from paragraph8.domain.ledger.claims import SumState, sum_of
from paragraph8.domain.ledger.corroboration import Level
from paragraph8.domain.ledger.scopes import Relation, relation
from paragraph8.ledger.models import Claim, Event
from paragraph8.ledger.queries import claim, claims_of, events_of, known_by, standing_of
from paragraph8.missions.models import Mission
from paragraph8.missions.operations import add_areas

ZONE = ZoneInfo("Asia/Almaty")


def local(day: int, hour: int = 23, minute: int = 59) -> datetime:
    return datetime(2019, 6, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def june(mission: SmallMission) -> Mission:
    areas = [{"code": code, "name": code} for code in ("ALA", "NUR", "SHY")]
    add_areas(mission=mission.row, areas=areas, by=SERVER, now=NOW)
    return mission.row


def stood(june: Mission, topic: str, day: int, hour: int = 23, minute: int = 59) -> list[str]:
    found = standing_of(june, viewer=SERVER, topic=topic, at=local(day, hour, minute))
    return [row.code for row in found]


def test_each_evening_has_the_figures_of_that_evening(june: Mission) -> None:
    write_ledger(mission=june, by=SERVER, until=local(30))
    assert stood(june, "detentions", 9, 17) == []
    assert stood(june, "detentions", 9, 20) == ["det-almaty", "det-hundred"]
    assert "det-500" in stood(june, "detentions", 10)
    assert {"det-700", "det-400-almaty", "det-fh"} <= set(stood(june, "detentions", 11))
    assert "det-500" not in stood(june, "detentions", 11), "the ministry said it anew"
    assert "det-4000" not in stood(june, "detentions", 17)
    assert "det-4000" in stood(june, "detentions", 18)


def test_a_statement_of_the_tenth_cannot_know_the_eighteenth(june: Mission, sequenced: Callable[[], int]) -> None:
    write_ledger(mission=june, by=SERVER, until=local(10))
    as_of = sequenced()
    write_ledger(mission=june, by=SERVER, until=local(30), since=local(10))
    sequenced()
    then = {row.code for row in claims_of(june, viewer=SERVER, topic="detentions", as_of=as_of)}
    assert then == {"det-hundred", "det-almaty", "det-500", "det-30"}
    assert Claim.objects.filter(mission=june).count() == len(read_toml("ledger.toml")["claims"])


def test_the_arithmetic_of_the_authors_is_checked(june: Mission) -> None:
    write_ledger(mission=june, by=SERVER, until=local(30))
    sums = {row.code: sum_of(claim(row)) for row in Claim.objects.filter(mission=june)}
    states = {code: found.state for code, found in sums.items() if found}
    assert states == {
        "det-700": SumState.ROUNDED,
        "out-957": SumState.FITS,
        "held-180": SumState.FITS,
        "det-4000": SumState.ROUNDED,
    }


def test_617_on_two_days_is_no_part_of_677_on_five(june: Mission) -> None:
    write_ledger(mission=june, by=SERVER, until=local(30))
    two_days, five_days = (claim(Claim.objects.get(code=code)) for code in ("jailed-617", "jailed-677"))
    assert relation(two_days.scope, five_days.scope) is Relation.INSIDE


def test_events_rest_on_open_sources_and_are_alleged(june: Mission) -> None:
    write_ledger(mission=june, by=SERVER, until=local(30))
    assert len(events_of(june, viewer=SERVER)) == len(read_toml("ledger.toml")["events"])
    for event in Event.objects.filter(mission=june):
        assert known_by(event, viewer=SERVER).judged.level is Level.ALLEGED


def test_nothing_is_quoted_that_is_ours_and_every_source_has_a_title(june: Mission) -> None:
    write_ledger(mission=june, by=SERVER, until=local(30))
    assert all(row.paraphrased for row in Claim.objects.filter(mission=june))
    data = read_toml("ledger.toml")
    named = {key for row in data["events"] for key in row["sources"]} | {row["source"] for row in data["claims"]}
    assert named <= set(sources())
    misprinted = Event.objects.get(versions__verbatim="9 May").versions.get()
    assert misprinted.reading == "9 June 2019"


def test_entering_twice_by_days_enters_once(june: Mission) -> None:
    for day in range(8, 31):
        write_ledger(mission=june, by=SERVER, until=local(day), since=local(day - 1))
    assert Claim.objects.filter(mission=june).count() == len(read_toml("ledger.toml")["claims"])
