"""The method of estimates from a drawn sample, against the reference numbers of the invented vote tabulation PVT-A."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from paragraph8.domain.figures import Key
from paragraph8.statistics.methods import compute, outcomes
from paragraph8.statistics.samples import COMPLETE, NO_REPORT, Sample, interval_of

from . import stations

NEGATIVE = Key.of("eday", "estimate", form="f", question="Q", answer="neg", sample="1")


def rows(*, only_reported: bool = False, **changes: Any) -> list[dict[str, Any]]:
    """PVT-A as rows of a sample; with `only_reported` the stations whose report did not come in say nothing."""
    drawn = stations.sample()
    n = {h: int((drawn["h"] == h).sum()) for h in range(1, 13)}
    made = []
    for k in range(len(drawn["h"])):
        h = int(drawn["h"][k])
        silent = only_reported and not drawn["rep"][k]
        made.append(
            {
                "row": f"{k + 1:04}",
                "station": f"S{k}",
                "area": f"area-{h}",
                "area_there": int(drawn["N"][k]),
                "stratum": f"h{h}",
                "there": int(drawn["N"][k]),
                "probability": f"{n[h]}/{drawn['N'][k]}",
                "certain": False,
                "scheme": "simple@1",
                "replaced": "",
                "report": "" if silent else f"r{k}",
                "team": None if silent else f"T{k % 9}",
                "missing": NO_REPORT if silent else "",
                "answers": {} if silent else {"Q": "neg" if drawn["neg"][k] else "pos"},
                **changes,
            }
        )
    return made


def close(spelled: str | None, number: float) -> bool:
    return spelled is not None and float(spelled) == pytest.approx(number, rel=1e-8)


def test_the_whole_sample_gives_the_reference_numbers() -> None:
    tally = compute("estimate@1", rows(), NEGATIVE)
    estimate, interval = tally.estimate, tally.interval
    assert estimate is not None
    assert interval is not None
    assert close(estimate.value, 0.1818226589)
    assert close(estimate.standard_error, 0.0322977833)
    assert close(estimate.design_effect, 1.25438946083)
    assert (close(interval.low, 0.1222441092), close(interval.high, 0.2551027325)) == (True, True)
    assert (estimate.df, estimate.n, estimate.drawn, estimate.population, estimate.strata) == (162, 174, 174, 5286, 12)
    assert (interval.method, interval.level) == ("korn-graubard", "0.95")


def test_stations_without_a_report_are_spoken_for_by_those_of_their_stratum() -> None:
    tally = compute("estimate@1", rows(only_reported=True), NEGATIVE)
    estimate = tally.estimate
    assert estimate is not None
    assert close(estimate.value, 0.1392695840)
    assert close(estimate.standard_error, 0.0291052634)
    assert (estimate.n, estimate.reported, estimate.drawn) == (127, 127, 174)
    assert tally.left_out == ((NO_REPORT, 47),)


def test_a_domain_keeps_the_stations_outside_it_in_the_design() -> None:
    everything = rows()
    for row, urban in zip(everything, stations.sample()["urb"], strict=True):
        row["area"] = "urban" if urban else "rural"
        row["area_there"] = 2100 if urban else 3186
    estimate = compute("estimate@1", everything, NEGATIVE.within("urban")).estimate
    assert estimate is not None
    assert close(estimate.value, 0.1368242209)
    assert close(estimate.standard_error, 0.0418864140)
    interval = compute("estimate@1", everything, NEGATIVE.within("urban")).interval
    assert interval is not None
    assert (close(interval.low, 0.0650404292), close(interval.high, 0.2427754171)) == (True, True)
    assert (estimate.df, estimate.population) == (64, 2100)


def test_neither_the_order_of_rows_nor_the_names_of_strata_matter() -> None:
    first = compute("estimate@1", rows(only_reported=True), NEGATIVE)
    turned = [{**row, "stratum": f"x{row['stratum'][::-1]}"} for row in reversed(rows(only_reported=True))]
    second = compute("estimate@1", turned, NEGATIVE)
    assert first.estimate is not None
    assert second.estimate is not None
    assert first.estimate.agrees(second.estimate)


def test_a_question_left_open_stays_in_the_design_and_is_counted() -> None:
    everything = rows()
    for row in everything[:9]:
        row["answers"] = {"Q": {"missing": "not-observed"}}
    tally = compute("estimate@1", everything, NEGATIVE)
    assert tally.estimate is not None
    assert (tally.estimate.n, tally.estimate.reported) == (165, 174)
    assert tally.left_out == (("not-observed", 9),)


def test_an_empty_stratum_is_told_and_spoken_for_by_nobody() -> None:
    everything = [{**row, "missing": NO_REPORT, "answers": {}} if row["stratum"] == "h3" else row for row in rows()]
    estimate = compute("estimate@1", everything, NEGATIVE).estimate
    assert estimate is not None
    assert (estimate.strata_empty, estimate.unreached, estimate.strata) == (1, stations.N[3], 12)


def test_a_stratum_with_one_report_follows_the_printed_rule() -> None:
    everything = rows()
    kept = next(k for k, row in enumerate(everything) if row["stratum"] == "h3")
    for k, row in enumerate(everything):
        if row["stratum"] == "h3" and k != kept:
            row |= {"missing": NO_REPORT, "answers": {}}
    estimate = compute("estimate@1", everything, NEGATIVE).estimate
    assert estimate is not None
    assert (estimate.strata_single, estimate.single) == (1, "adjust")
    assert estimate.standard_error is not None


def test_a_frame_from_which_every_station_answered_leaves_nothing_to_chance() -> None:
    everything = [
        {**row, "there": 4, "area": "A", "area_there": 4, "stratum": "one", "probability": "1/1", "certain": True}
        for row in rows()[:4]
    ]
    tally = compute("estimate@1", everything, NEGATIVE)
    assert tally.estimate is not None
    assert tally.interval is not None
    assert tally.interval.method == COMPLETE
    assert tally.interval.low == tally.interval.high == tally.estimate.value


def test_no_event_among_many_has_an_upper_bound() -> None:
    everything = [{**row, "answers": {"Q": "pos"}} for row in rows()]
    interval = compute("estimate@1", everything, NEGATIVE).interval
    assert interval is not None
    assert interval.low == "0"
    assert 0.01 < float(interval.high) < 0.05


def test_without_any_report_there_is_no_value_rather_than_zero() -> None:
    tally = compute("estimate@1", rows(missing=NO_REPORT, answers={}), NEGATIVE)
    assert tally.estimate is not None
    assert (tally.estimate.value, tally.estimate.standard_error, tally.interval) == (None, None, None)
    assert tally.left_out == ((NO_REPORT, 174),)


def test_a_single_report_has_a_value_and_no_interval() -> None:
    everything: list[Mapping[str, Any]] = [
        row if k == 0 else {**row, "missing": NO_REPORT, "answers": {}} for k, row in enumerate(rows())
    ]
    tally = compute("estimate@1", everything, NEGATIVE)
    assert tally.estimate is not None
    assert tally.estimate.value in ("0", "1")
    assert (tally.estimate.standard_error, tally.interval) == (None, None)


def test_draws_by_size_are_estimated_as_if_with_replacement() -> None:
    plain = compute("estimate@1", rows(), NEGATIVE).estimate
    by_size = compute("estimate@1", rows(scheme="pps-systematic@1"), NEGATIVE).estimate
    assert plain is not None
    assert by_size is not None
    assert plain.value == by_size.value
    assert float(by_size.standard_error or 0) > float(plain.standard_error or 0)


def test_what_each_station_contributed_is_said_row_by_row() -> None:
    said = outcomes("estimate@1", rows(only_reported=True), NEGATIVE)
    assert set(said) == {"in", "out", NO_REPORT}
    assert said.count(NO_REPORT) == 47
    elsewhere = outcomes("estimate@1", rows(), NEGATIVE.within("area-1"))
    assert elsewhere.count("elsewhere") == 174 - sum(row["stratum"] == "h1" for row in rows())


def test_the_published_numbers_give_the_interval_again() -> None:
    tally = compute("estimate@1", rows(), NEGATIVE)
    assert tally.estimate is not None
    assert tally.interval is not None
    again = interval_of(tally.estimate, method=tally.interval.method)
    assert again is not None
    assert again.agrees(tally.interval)


@pytest.mark.parametrize("probability", ["0/5", "6/5", "1/0", "often"])
def test_a_row_with_an_impossible_probability_is_no_sample(probability: str) -> None:
    with pytest.raises(ValueError, match=r"probability|invalid literal"):
        compute("estimate@1", rows(probability=probability), NEGATIVE)


def test_rows_are_encoded_once() -> None:
    sample = Sample.of(rows())
    assert Sample.of(sample) is sample
    assert sample.estimate(NEGATIVE).estimate == compute("estimate@1", sample, NEGATIVE).estimate
