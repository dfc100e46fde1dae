"""The running state of the day: taken report by report or all at once, it says the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import COUNT_FORM
from paragraph8.domain.forms import form_from_json
from paragraph8.eday.clock import Clock, clock_words, read_minute, spelled
from paragraph8.eday.day import NEWEST, Day, Mark
from paragraph8.eday.turnout import Step, five, steps

SPOTS = [("A", "urban", "regular"), ("A", "rural", "regular"), ("B", "", "hospital")]
MARKS = st.builds(
    Mark,
    report=st.integers(1, 12),
    uid=st.just("x"),
    form=st.sampled_from(["opening", "voting", "incident"]),
    team=st.sampled_from(["", "T1", "T2"]),
    station=st.sampled_from(["", "S1", "S2", "S3"]),
    spot=st.sampled_from(SPOTS),
    received=st.integers(0, 1700),
    ended=st.floats(0, 1e6),
    set_aside=st.booleans(),
    incident=st.booleans(),
    problems=st.lists(st.sampled_from([("above", "", "block"), ("range", "r", "warn")]), unique=True).map(tuple),
    turnout=st.lists(st.tuples(st.sampled_from(["B02", "B03"]), st.integers(0, 900)), max_size=2).map(tuple),
)


def mark(report: int = 1, **more: object) -> Mark:
    facts = {"uid": str(report), "form": "voting", "team": "T1", "station": "S1", "spot": SPOTS[0]}
    return Mark(**{"report": report, "received": 600, "ended": 0.0, **facts, **more})


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKS, max_size=40))
def test_a_later_reading_stands_for_its_report_however_often_it_changed(marks: list[Mark]) -> None:
    """A report is received once: its readings share the sender and the moment, everything else may change."""
    first: dict[int, Mark] = {}
    told = []
    for each in marks:
        begun = first.setdefault(each.report, each)
        told.append(Mark(**{**_facts(each), "team": begun.team, "received": begun.received, "uid": str(each.report)}))
    running, scratch = Day(), Day()
    for each in told:
        running.take(each)
    for each in {each.report: each for each in told}.values():
        scratch.take(each)
    assert running.told() == scratch.told()


def _facts(each: Mark) -> dict[str, object]:
    return {name: getattr(each, name) for name in Mark.__slots__}


def test_what_is_set_aside_is_counted_apart_and_comes_back() -> None:
    day = Day()
    day.take(mark())
    day.take(mark(set_aside=True))
    assert (day.told()["came"], day.told()["aside"], day.told()["visited"]) == ([], {"voting": 1}, [])
    day.take(mark())
    assert (day.told()["came"], day.told()["aside"]) == ([["voting", 10, 1]], {})
    assert day.told()["visited"] == [["A", "urban", "regular", 1]]


def test_two_reports_from_one_station_are_one_station_visited() -> None:
    day = Day()
    day.take(mark(1))
    day.take(mark(2, team="T2"))
    assert day.told()["visited"] == [["A", "urban", "regular", 1]]
    assert day.told()["teams"] == {"T1": [1, 600], "T2": [1, 600]}


def test_a_problem_that_is_gone_from_the_reading_is_open_no_more() -> None:
    day = Day()
    day.take(mark(1, problems=(("above", "", "block"),)))
    day.take(mark(2, problems=(("above", "", "block"),), received=500))
    assert day.told()["problems"] == [["above", "", "block", 2, 1, 500]]
    day.take(mark(2))
    assert day.told()["problems"] == [["above", "", "block", 1, 1, 600]]


def test_the_newest_incidents_are_named_and_all_are_counted() -> None:
    day = Day()
    for n in range(NEWEST + 3):
        day.take(mark(n, incident=True, received=600 + n))
    told = day.told()["incidents"]
    assert told["areas"] == {"A": NEWEST + 3}
    assert [minute for *_, minute in told["newest"]] == [600 + n for n in range(NEWEST + 2, 2, -1)]


@settings(deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=60))
def test_five_numbers_are_numbers_that_were_seen(values: list[int]) -> None:
    counts = {value: values.count(value) for value in values}
    found = five(counts)
    ordered = sorted(values)

    def quantile(quarter: int) -> int:
        """The smallest value at or under which a quarter of all lies: inverted distribution, as `spread@1` has it."""
        return ordered[max(0, -(-quarter * len(ordered) // 4) - 1)]

    assert found == tuple(quantile(quarter) for quarter in range(5))
    assert set(found) <= set(values)
    assert five({}) is None
    assert five({7: 0}) is None


def series(*titles: str, use: str = "reconciliation") -> dict[str, object]:
    questions = [
        {"code": f"V{n}", "title": {"en": title, "ru": f"Проголосовало {title}"}, "kind": "integer", "use": use}
        for n, title in enumerate(titles)
    ]
    return {
        **COUNT_FORM,
        "blocks": [{"code": "all", "title": "All", "questions": questions}],
        "rules": [{"check": "series-decreases", "questions": [q["code"] for q in questions], "zero_is_missing": True}],
    }


def test_a_series_names_its_hours_in_the_titles_of_its_questions() -> None:
    form = form_from_json(series("Voters at 12:00", "Voters at 10:00"))
    assert [(step.question, step.minute) for step in steps(form)] == [("V1", 600), ("V0", 720)]


@pytest.mark.parametrize(
    "form",
    [
        COUNT_FORM,
        series("Voters in the morning", "Voters at 12:00"),
        series("Voters from 10:00 to 12:00", "Voters at 14:00"),
        series("Voters at 10:00", "Voters at 12:00", use="plain"),
        series("Code 110:00", "Voters at 12:00"),
    ],
)
def test_a_series_without_clear_hours_is_no_turnout(form: dict[str, object]) -> None:
    assert steps(form_from_json(form)) == ()


def test_turnout_is_of_the_voters_on_the_stations_list() -> None:
    step = Step("V", 600, zero_is_missing=True)
    assert step.per_mille({"V": 250}, 1000) == 250
    assert step.per_mille({"V": 1100}, 1000) == 1100, "more than on the list is shown as it is"
    for answers, registered in [({"V": 0}, 1000), ({}, 1000), ({"V": {"missing": "x"}}, 1000), ({"V": 5}, None)]:
        assert step.per_mille(answers, registered) is None
    assert Step("V", 600).per_mille({"V": 0}, 1000) == 0


def test_the_day_runs_past_midnight_on_the_clock_of_the_place() -> None:
    clock = Clock("Asia/Almaty", date(2019, 6, 9))
    assert clock.minute(datetime(2019, 6, 9, 1, 0, tzinfo=UTC)) == 7 * 60
    assert clock.minute(datetime(2019, 6, 9, 21, 10, tzinfo=UTC)) == 27 * 60 + 10
    assert clock.minute(datetime(2019, 6, 8, 17, 59, tzinfo=UTC)) == -1
    assert clock.minute(clock.moment(13 * 60)) == 13 * 60
    assert (clock_words(27 * 60 + 10), spelled(27 * 60 + 10)) == ("03:10", "27:10")


def test_a_change_to_summer_time_moves_no_hour() -> None:
    clock = Clock("Europe/Vienna", date(2024, 3, 31))
    assert clock.minute(datetime(2024, 3, 31, 6, 0, tzinfo=UTC)) == 8 * 60


@pytest.mark.parametrize(
    ("written", "minute"),
    [("13:00", 780), ("03:00", 1620), ("27:00", 1620), ("780", 780), ("07:30", 450), ("0", 0)],
)
def test_an_hour_of_an_address_is_read(written: str, minute: int) -> None:
    assert read_minute(written) == minute


@pytest.mark.parametrize("written", ["", "noon", "25:99", "99:00", "-5", "1:2:3", "99999", "٣:٠٠", "12.5", "4000"])
def test_what_is_no_hour_is_none(written: str) -> None:
    assert read_minute(written) is None
