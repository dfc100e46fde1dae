"""The election of 2019 as its sources tell it, through the room: the numbers of knowledge come out as figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import SERVER
from paragraph8.contest.figures import compute
from paragraph8.contest.models import ResultVersion
from paragraph8.demo.contest import write_contest, write_results
from paragraph8.demo.data import read_toml, sources
from paragraph8.demo.facts import reference
from paragraph8.domain.figures import Key, Origin, RefusedFigureError
from paragraph8.missions.models import Mission
from paragraph8.missions.operations import add_areas, create_mission

NOW = datetime(2019, 6, 12, 9, 0, tzinfo=UTC)
DATA = read_toml("series.toml")
TITLES = {**{key: str(text) for key, text in sources().items()}, **{k: v["en"] for k, v in DATA["sources"].items()}}


@pytest.fixture
def election(db: None, settings: Any, tmp_path: Path, sequenced: Callable[[], int]) -> Mission:
    """The mission with what the two data files say of the election."""
    settings.VAR = tmp_path
    facts = reference()
    mission = create_mission(
        slug=facts.slug,
        title=facts.title,
        origin=Origin.SIMULATED,
        zone=facts.zone,
        election_date=facts.election_date,
        by=SERVER,
        now=NOW,
    )
    areas = [{"code": area.code, "name": area.name.to_json(), "zone": area.zone} for area in facts.areas]
    add_areas(mission=mission, areas=areas, by=SERVER, now=NOW)
    write_contest(mission=mission, facts=facts, by=SERVER, now=NOW)
    write_results(mission=mission, by=SERVER, until=NOW)
    sequenced()
    return mission


def figure(mission: Mission, spelling: str) -> Any:
    from paragraph8.audit.queries import latest_change

    key = Key.parse(spelling)
    return compute(mission, [key], as_of=latest_change())[key]


@pytest.mark.parametrize(
    ("spelling", "value"),
    [
        ("contest.contestants", 7),
        ("contest.contestants[ever=nominated]", 9),
        ("contest.contestants[gender=f]", 1),
        ("contest.contestants[day=2019-05-03]", 2),
        ("contest.contestants[status=refused]", 1),
        ("contest.voters", 11_960_364),
        ("contest.voters[day=2019-05-21]", 11_947_995),
        ("contest.voters[category=first-time]", 160_203),
        ("contest.record[measure=candidates]", 1),
        ("contest.first[measure=women-candidates]", 1),
        ("contest.votes[contestant=tokayev,version=final]", 6_539_715),
        ("contest.votes[line=received,version=final]", 9_274_110),
    ],
)
def test_a_number_of_2019_comes_out_as_a_figure(election: Mission, spelling: str, value: int) -> None:
    assert figure(election, spelling).value == value


def test_of_those_who_came_forward_nothing_may_be_said(election: Mission) -> None:
    with pytest.raises(RefusedFigureError) as refused:
        figure(election, "contest.record[measure=nominees]")
    assert refused.value.reason == "no-series"


def test_preliminary_turnout_is_the_commissions_own_share(election: Mission) -> None:
    turnout = figure(election, "contest.turnout[version=preliminary]")
    assert (turnout.numerator, turnout.denominator) == (9_261_460, 11_960_364)
    assert turnout.source.startswith("Central Election Commission, 2019-06-10")


def test_the_final_shares_recompute_on_the_sum_of_votes_and_the_preliminary_ones_cannot(election: Mission) -> None:
    found = {v.code: [item["code"] for item in v.findings] for v in ResultVersion.objects.filter(mission=election)}
    assert found == {"evening": ["share-alone"], "preliminary": ["share-alone"], "final": ["share-base"]}
    final = ResultVersion.objects.get(code="final")
    assert final.findings[0]["facts"] == {"base": "sum", "n": 9_216_410}


def test_turnout_by_region_is_that_of_the_other_data_file(election: Mission) -> None:
    evening = next(version for version in DATA["results"] if version["code"] == "evening")
    told = dict(line.split(",")[1:] for line in evening["lines"].split()[1:])
    assert told == {area.code: dict(area.turnout)["20:00"] for area in reference().areas}


def test_every_source_is_named_in_three_languages_and_used(election: Mission) -> None:
    assert not set(DATA["sources"]) & set(sources())
    for text in DATA["sources"].values():
        assert text.keys() == {"en", "kk", "ru"}
    named = {DATA["contest"]["source"]}
    for table in ("contestants", "steps", "series", "voters", "results"):
        for row in DATA[table]:
            named |= {row["source"]} if "source" in row else set(row["sources"])
            named |= {earlier["source"] for earlier in row.get("rows", ())}
    assert set(DATA["sources"]) <= named <= set(TITLES)


def test_one_person_has_one_house_spelling_in_each_language(election: Mission) -> None:
    contestant = election.contestants.get(code="yespayeva")
    assert contestant.name["en"] == "Daniya Yespayeva"
    assert "Daniya Espaeva" in contestant.spellings


def test_no_day_of_the_data_lies_after_the_day_on_which_it_is_told() -> None:
    assert all(version["told_on"] <= date(2019, 6, 11) for version in DATA["results"])
