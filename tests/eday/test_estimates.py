"""Estimates from a drawn sample: first reports, reserves, silence; and what is refused to a mission without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from eday.sampled import AFTER_CLOSE, answered, sample, stations
from paragraph8.audit.sequencer import sequence_all
from paragraph8.domain.figures import Audience, Basis, Key, Kind, RefusedFigureError, Unit, figure_from_json
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.eday.figures import catalogue, compute, population_of, populations, rows
from paragraph8.evidence.operations import freeze, snapshot
from paragraph8.evidence.queries import live
from paragraph8.review.operations import correct
from paragraph8.samples.stops import plan_stops, replace, standing_keys
from paragraph8.statistics.methods import compute as by_method
from paragraph8.statistics.sampling.design import Method, Request

BAD = Key.of("eday", "estimate", form="counting", question="C02", answer="bad+very-bad", sample="1")
Night = tuple[SmallMission, Any]


def said(place: int) -> Mapping[str, Any] | None:
    """Every fourth says bad; the last four are silent."""
    return None if place >= 36 else {"C02": "bad" if place % 4 == 0 else "good"}


@pytest.fixture
def drawn(mission: SmallMission) -> Night:
    stations(mission)
    return mission, sample(mission)


def estimate_of(mission: SmallMission, key: Key, as_of: int) -> Any:
    return compute(mission.row, [key], as_of=as_of)[key]


def test_an_estimate_speaks_of_the_stations_of_the_frame(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    figure = estimate_of(mission, BAD, sequenced())
    assert (figure.kind, figure.basis, figure.unit) == (Kind.ESTIMATE, Basis.PROBABILITY, Unit.STATION)
    assert (figure.estimate.n, figure.estimate.reported, figure.estimate.drawn) == (36, 36, 40)
    assert figure.estimate.population == 64
    assert dict(figure.left_out) == {"no-report": 4}
    assert float(figure.interval.low) < float(figure.estimate.value) < float(figure.interval.high)
    assert figure.interval_or_refuse() is figure.interval
    assert (figure.numerator, figure.denominator, figure.value) == (None, None, None)


def test_the_value_is_the_weighted_share_of_the_strata(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    figure = estimate_of(mission, BAD, sequenced())
    areas = dict(mission.row.stations.values_list("key", "area__code"))
    reported = [(areas[key], place % 4 == 0) for place, key in enumerate(standing_keys(draw)) if place < 36]
    shares = {
        area: sum(bad for where, bad in reported if where == area) / sum(where == area for where, _ in reported)
        for area in "AB"
    }
    assert float(figure.estimate.value) == pytest.approx((shares["A"] + shares["B"]) / 2)


def test_the_first_report_that_was_received_counts(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    answered(mission, draw, lambda _place: {"C02": "good"})
    for station in standing_keys(draw):
        mission.send(mission.body(station, answers={"C02": "very-bad"}), team="T2")
    figure = estimate_of(mission, BAD, sequenced())
    assert (figure.estimate.value, figure.estimate.n) == ("0", 40)


def test_a_report_that_was_set_aside_gives_way_to_the_next(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    first, second = standing_keys(draw)[:2]
    for station in (first, first, second):
        mission.send(mission.body(station, answers={"C02": "bad"}))
    sequenced()
    reports = list(mission.row.reports.order_by("pk"))
    for report in (reports[0], reports[2]):
        correct(report=report, kind="set-aside", value=True, reason="Sent by mistake.", by=SERVER, now=NOW)
    figure = estimate_of(mission, BAD, sequenced())
    assert figure.estimate.reported == 1
    assert dict(figure.left_out) == {"no-report": 38, "set-aside": 1}


def test_a_reserve_counts_for_the_station_that_gave_way(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    out = standing_keys(draw)[0]
    made = replace(draw=draw, station=out, reason="The bridge is gone.", by=SERVER, now=NOW)
    before = sequenced()
    mission.send(mission.body(out, answers={"C02": "bad"}))
    mission.send(mission.body(made.reserve, answers={"C02": "good"}))
    figure = estimate_of(mission, BAD, sequenced())
    assert (figure.estimate.n, figure.estimate.replaced, figure.estimate.value) == (1, 1, "0")
    assert estimate_of(mission, BAD, before - 1).estimate.replaced == 0


def test_a_core_of_drawn_stops_is_estimated_as_what_it_is(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    stations(mission)
    area = mission.row.areas.get(code="A")
    mission.row.teams.filter(code="T1").update(area=area)
    draw = sample(mission, purpose=Purpose.CORE, strata_by=StrataBy.TEAM, per_team=10)
    plan_stops(draw=draw, first=NOW, minutes=60, by=SERVER, now=NOW)
    answered(mission, draw, lambda place: {"C02": "bad" if place < 5 else "good"})
    mission.send(mission.body("N000", answers={"C02": "very-bad"}))
    figure = estimate_of(mission, BAD, sequenced())
    assert (figure.estimate.value, figure.estimate.n, figure.estimate.population) == ("0.5", 10, 32)
    assert estimate_of(mission, BAD.within("A"), sequenced()).estimate.population == 32


def test_an_estimate_of_one_region_knows_the_stations_of_the_region(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    figure = estimate_of(mission, BAD.within("A"), sequenced())
    assert figure.estimate.population == 32
    assert figure.estimate.drawn == 20


def test_before_any_report_there_is_no_number(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, _draw = drawn
    figure = estimate_of(mission, BAD, sequenced())
    assert (figure.estimate.value, figure.interval) == (None, None)
    with pytest.raises(RefusedFigureError) as refused:
        figure.interval_or_refuse()
    assert refused.value.reason == "too-few-for-interval"


@pytest.mark.parametrize("number", ["1", "2", "01", "x"])
def test_a_mission_without_that_sample_is_told_what_to_quote_instead(
    mission: SmallMission, sequenced: Callable[[], int], number: str
) -> None:
    mission.send(mission.body("A1"))
    as_of = sequenced()
    key = Key.of("eday", "estimate", form="counting", question="C02", answer="bad", sample=number)
    for asked in (key, key.without("sample")):
        with pytest.raises(RefusedFigureError) as refused:
            compute(mission.row, [asked], as_of=as_of)
        assert refused.value.reason == "no-sample"
        assert all("eday.answer" in words for _, words in refused.value.text().strings)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        ("interval", "interval-on-observations"),
        ("margin", "margin-on-observations"),
        ("trend", "trend-on-observations"),
        ("difference", "comparison-of-observations"),
        ("projection", "projection-on-observations"),
    ],
)
def test_what_only_a_sample_can_say_is_refused_to_observations(
    mission: SmallMission, sequenced: Callable[[], int], measure: str, reason: str
) -> None:
    key = Key.of("eday", measure, form="counting", question="C02", answer="bad")
    with pytest.raises(RefusedFigureError) as refused:
        compute(mission.row, [key], as_of=sequenced())
    assert refused.value.reason == reason
    assert {tag for tag, _ in refused.value.text().strings} == {"en", "kk", "ru"}


def test_no_estimate_projects_a_result(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, _draw = drawn
    key = Key.of("eday", "estimate", form="counting", question="C04", answer="700", sample="1")
    with pytest.raises(RefusedFigureError) as refused:
        compute(mission.row, [key], as_of=sequenced())
    assert refused.value.reason == "reconciliation-only"


@pytest.mark.parametrize("changes", [{"answer": "nope"}, {"area": "Z"}, {"unit": "station"}, {"question": "C99"}])
def test_a_key_that_means_nothing_is_unknown(
    drawn: Night, sequenced: Callable[[], int], changes: Mapping[str, str]
) -> None:
    mission, _draw = drawn
    key = Key.of("eday", "estimate", **{**dict(BAD.dimensions), **changes})
    assert compute(mission.row, [key], as_of=sequenced()) == {}


def test_the_catalogue_lists_estimates_and_the_snapshot_does_not(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    assert not any(spec.kind is Kind.ESTIMATE for spec in catalogue(mission.row))
    answered(mission, draw, said)
    as_of = sequenced()
    listed = [spec.key for spec in catalogue(mission.row) if spec.kind is Kind.ESTIMATE]
    assert BAD in listed
    assert set(compute(mission.row, listed, as_of=as_of)) == set(listed)
    snapshot(mission=mission.row, now=NOW)
    _, held = live(mission.row, viewer=SERVER)
    assert BAD not in held
    assert Key.of("eday", "observations", form="counting") in held


def test_a_frozen_estimate_is_read_back_and_computed_again_from_its_rows(
    drawn: Night, sequenced: Callable[[], int]
) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    as_of = sequenced()
    made = freeze(mission=mission.row, keys=[BAD], texts={}, as_of=as_of, by=SERVER, now=NOW)
    assert ":0." not in made.figures
    figure = figure_from_json(json.loads(made.figures)[0])
    behind = populations(mission.row, as_of=as_of)[population_of(BAD)]
    again = by_method(figure.method, behind.rows, figure.key)
    assert (again.estimate, again.interval, again.left_out) == (figure.estimate, figure.interval, figure.left_out)


def test_later_reports_and_replacements_do_not_change_an_earlier_estimate(
    drawn: Night, sequenced: Callable[[], int]
) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    as_of = sequenced()
    before = estimate_of(mission, BAD, as_of)
    replace(draw=draw, station=standing_keys(draw)[0], reason="Snow.", by=SERVER, now=NOW)
    mission.send(mission.body(standing_keys(draw)[38], answers={"C02": "very-bad"}))
    assert sequenced() > as_of
    assert estimate_of(mission, BAD, as_of) == before


def test_a_sample_is_no_sample_before_it_was_drawn(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    sequenced()
    with pytest.raises(RefusedFigureError) as refused:
        compute(mission.row, [BAD], as_of=draw.entry.change.number - 1)
    assert refused.value.reason == "no-sample"


def test_the_drawn_stations_are_shown_only_once_polls_have_closed(drawn: Night, sequenced: Callable[[], int]) -> None:
    mission, draw = drawn
    answered(mission, draw, said)
    as_of = sequenced()
    assert list(rows(mission.row, BAD, as_of=as_of, audience=Audience.ROOM)) == []
    mission.send(mission.body("A1"), now=AFTER_CLOSE)
    sequence_all(clock=lambda: AFTER_CLOSE)
    shown = list(rows(mission.row, BAD, as_of=as_of + 10, audience=Audience.ROOM))
    assert len(shown) == draw.n
    assert {row["outcome"] for row in shown} == {"in", "out", "no-report"}
    assert list(rows(mission.row, BAD, as_of=as_of + 10, audience=Audience.PUBLIC)) == []


def test_draws_by_size_are_estimated_too(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    stations(mission)
    draw = sample(mission, request=Request(method=Method.PPS_SYSTEMATIC, n=12, minimum=2))
    answered(mission, draw, lambda place: {"C02": "bad" if place % 3 == 0 else "good"})
    figure = estimate_of(mission, BAD, sequenced())
    assert figure.estimate.scheme == "pps-systematic@1"
    assert 0 < float(figure.estimate.value) < 1
    assert float(figure.estimate.standard_error) > 0
