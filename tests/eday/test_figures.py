"""Election-day figures: what may be computed from observations, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conftest import NOW, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role, command
from paragraph8.domain.figures import Audience, Basis, Key, Kind, Origin, RefusedFigureError, Unit, rows_digest
from paragraph8.eday.figures import catalogue, compute, populations, rows
from paragraph8.evidence.operations import freeze, snapshot
from paragraph8.evidence.queries import figures, live

SERVER = command("test")
BAD = Key.of("eday", "answer", form="counting", question="C02", answer="bad+very-bad")


@pytest.fixture
def night(mission: SmallMission, sequenced: Callable[[], int]) -> tuple[SmallMission, int]:
    """Five counts: two bad, two good, one not observed."""
    for station, overall in [("A1", "bad"), ("A2", "very-bad"), ("B1", "good"), ("B2", "good")]:
        mission.send(mission.body(station, answers={"C02": overall, "C03": 900, "C04": 700}))
    mission.send(mission.body("B2", answers={"C02": {"missing": "not-observed"}}), team="T2")
    return mission, sequenced()


def test_a_share_carries_numerator_denominator_and_what_was_left_out(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    figure = compute(mission.row, [BAD], as_of=as_of)[BAD]
    assert (figure.numerator, figure.denominator, dict(figure.left_out)) == (2, 4, {"not-observed": 1})
    assert (figure.basis, figure.unit, figure.origin) == (Basis.OBSERVED, Unit.OBSERVATION, Origin.SIMULATED)
    assert (figure.n_stations, figure.n_teams, figure.n_areas) == (4, 1, 2)


def test_no_interval_exists_for_observations(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    figure = compute(mission.row, [BAD], as_of=as_of)[BAD]
    with pytest.raises(RefusedFigureError) as refused:
        figure.interval_or_refuse()
    assert refused.value.reason == "interval-on-observations"


@pytest.mark.parametrize("measure", ["answer", "at-least", "part", "total", "mean", "rank"])
def test_votes_and_ballots_are_never_added_shared_or_ranked(night: tuple[SmallMission, int], measure: str) -> None:
    mission, as_of = night
    key = Key.of("eday", measure, form="counting", question="C04", of="C03")
    with pytest.raises(RefusedFigureError) as refused:
        compute(mission.row, [key], as_of=as_of)
    assert refused.value.reason == "reconciliation-only"


def test_the_spread_of_ballots_stays_in_the_room(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    key = Key.of("eday", "spread", form="counting", question="C04")
    figure = compute(mission.row, [key], as_of=as_of)[key]
    assert (figure.kind, figure.audience) == (Kind.SPREAD, Audience.ROOM)
    assert figure.spread == (700,) * 5


def test_everything_in_the_catalogue_can_be_computed(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    specs = catalogue(mission.row)
    found = compute(mission.row, [spec.key for spec in specs], as_of=as_of)
    assert set(found) == {spec.key for spec in specs}
    assert all(found[spec.key].unit is spec.unit and found[spec.key].kind is spec.kind for spec in specs)


def test_a_key_nobody_computes_is_refused(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    for spelling in ("eday.answer[answer=x,form=nope,question=C01]", "weather.rain", "missions.nothing"):
        with pytest.raises(RefusedFigureError):
            figures(mission.row, [Key.parse(spelling)], as_of=as_of, viewer=SERVER)


@pytest.mark.parametrize(
    "spelling",
    [
        "eday.answer[answer=po,form=counting,question=C01]",
        "eday.answer[answer=yes+no,form=counting,question=C01]",
        "eday.answer[answer=yes+yes,form=counting,question=C01]",
        "eday.answer[answer=yes,area=nowhere,form=counting,question=C01]",
        "eday.answer[answer=yes,form=counting,nonsense=1,question=C01]",
        "eday.answer[answer=yes,form=counting,question=C01,unit=voter]",
        "eday.answer[answer=x,form=counting,question=C05]",
        "eday.answer[form=counting,question=C01]",
        "eday.at-least[form=counting,n=1,question=C01]",
        "eday.at-least[form=counting,n=x,question=C03]",
        "eday.at-least[form=counting,n=01,question=C03]",
        "eday.observations[form=counting,unit=station]",
        "eday.part[form=counting,of=C03,question=C03,unit=station]",
        "eday.part[form=counting,of=C99,question=C03]",
        "eday.spread[form=counting,question=C03,unit=station]",
    ],
)
def test_a_key_with_something_in_it_that_does_not_exist_counts_nothing(
    night: tuple[SmallMission, int], spelling: str
) -> None:
    mission, as_of = night
    with pytest.raises(RefusedFigureError) as refused:
        figures(mission.row, [Key.parse(spelling)], as_of=as_of, viewer=SERVER)
    assert refused.value.reason == "unknown-key"


def test_the_public_sees_no_rows(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    assert list(rows(mission.row, BAD, as_of=as_of, audience=Audience.PUBLIC)) == []
    inside = list(rows(mission.row, BAD, as_of=as_of, audience=Audience.ROOM))
    assert sorted(row["outcome"] for row in inside) == ["in", "in", "not-observed", "out", "out"]


def test_an_outsider_gets_no_figure(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    with pytest.raises(NotAllowedError):
        figures(mission.row, [BAD], as_of=as_of, viewer=mission.viewer(Role.OBSERVER, team="T1"))


def test_a_freeze_names_the_rows_its_figures_rest_on(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    frozen = freeze(mission=mission.row, keys=[BAD], texts={}, as_of=as_of, by=SERVER, now=NOW)
    import json

    (figure,) = json.loads(frozen.figures)
    population = populations(mission.row, as_of=as_of)["observations-counting"]
    digest = rows_digest(population.name, population.rows)
    assert figure["rows"] == {"population": digest.population, "n": 5, "sha256": digest.sha256}


def test_the_snapshot_is_what_computing_again_gives(night: tuple[SmallMission, int]) -> None:
    mission, as_of = night
    snapshot(mission=mission.row, now=NOW)
    change, found = live(mission.row, viewer=SERVER)
    assert change == as_of
    assert found[BAD] == compute(mission.row, [BAD], as_of=as_of)[BAD]
