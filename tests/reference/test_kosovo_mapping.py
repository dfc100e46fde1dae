"""The forms of real observers, Kosovo 2013, first round: what is in them is found, and nothing of them is lost."""

from __future__ import annotations

import json
import os
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from paragraph8.domain.answers import Answer, Missing
from paragraph8.domain.importing.mapping import Intake
from paragraph8.domain.importing.tables import read_table
from resaving import ADDED_LINES, KOSOVO, RESAVINGS, TOUCHED_ROWS, Sheet, accounted, saved, soiled_lines

pytestmark = pytest.mark.reference

SERIES = ("PV07-10", "PV07-13", "PV07-16", "PV07-19")
Read = tuple[str, dict[str, Answer]]


@pytest.fixture(scope="module")
def data() -> bytes:
    folder = os.environ.get("P8_REFERENCE_DATA")
    if not folder:
        pytest.skip("real data: set P8_REFERENCE_DATA to the folder that holds kosovo-2013-first-round.csv")
    return (Path(folder) / "kosovo-2013-first-round.csv").read_bytes()


@pytest.fixture(scope="module")
def intake(data: bytes) -> Intake:
    return KOSOVO.read(read_table(data))


@pytest.fixture(scope="module")
def forms(intake: Intake) -> list[Read]:
    """Station key and answers of every form, as the server will read them from the reports."""
    return [(row.station.key, KOSOVO.form().read(json.loads(row.body)["answers"])) for row in intake.rows]


def over_list(forms: list[Read]) -> list[tuple[str, bool]]:
    """Of the forms with both numbers: the station, and whether more had voted than are on the list."""
    numbers = [(key, answers["PV07-19"], answers["P07VNL"]) for key, answers in forms]
    return [
        (key, voted > listed) for key, voted, listed in numbers if isinstance(voted, int) and isinstance(listed, int)
    ]


def test_every_line_of_the_file_is_a_report(data, intake):
    table = read_table(data)
    assert (table.lines, accounted(table), len(table.columns)) == (1_144, 1_144, 110)
    assert (len(intake.rows), intake.attached, intake.not_attached, table.listed) == (1_143, 1_136, 7, ())
    assert len({row.id for row in intake.rows}) == 1_143


def test_every_column_answers_a_question_or_names_the_record_and_its_place(intake):
    assert not [problem for problem in intake.problems if problem.code in ("unmapped-column", "missing-column")]
    assert len(list(KOSOVO.form().questions())) == 110 - len(("ID", "NrQV", "NRVV", "Komuna", "EQV"))


def test_letter_case_and_leading_zeros_folded_66_of_1068_station_keys_have_more_than_one_form(forms):
    forms_per_key = Counter(key for key, _ in forms)
    assert len(forms_per_key) == 1_068
    assert sum(count > 1 for count in forms_per_key.values()) == 66


def test_the_seven_forms_that_name_no_station_are_listed_and_kept_without_one(intake):
    unattached = [row for row in intake.rows if not row.station.attached]
    assert {row.station.key for row in unattached} == {"n/a-n/a"}
    listed = [problem.row for problem in intake.problems if problem.code == "no-station"]
    assert listed == [row.number for row in unattached]
    assert len(listed) == 7
    assert len(intake.stations) == 1_067
    assert len(intake.areas) == 28


def test_59_of_942_complete_series_of_voters_so_far_decrease(forms):
    series = [[answers[question] for question in SERIES] for _, answers in forms]
    complete = [numbers for numbers in series if all(isinstance(number, int) for number in numbers)]
    assert len(complete) == 942
    assert sum(numbers != sorted(numbers) for numbers in complete) == 59


def test_28_of_914_forms_and_26_of_867_stations_have_more_voters_than_the_list(forms):
    both = over_list(forms)
    assert (sum(over for _, over in both), len(both)) == (28, 914)
    assert (len({key for key, over in both if over}), len({key for key, _ in both})) == (26, 867)


def test_more_than_one_person_behind_the_screen_in_369_of_1099_observations(forms):
    answers = Counter(answers["PA07M1P"] for _, answers in forms)
    assert answers == {"yes": 369, "no": 730, Missing.NOT_AVAILABLE: 44}


def test_more_than_one_person_behind_the_screen_at_349_of_1034_stations(forms):
    at_station: defaultdict[str, set[Answer]] = defaultdict(set)
    for key, answers in forms:
        if not isinstance(answers["PA07M1P"], Missing):
            at_station[key].add(answers["PA07M1P"])
    assert (sum("yes" in seen for seen in at_station.values()), len(at_station)) == (349, 1_034)


def test_clock_times_go_into_their_span_and_broken_ones_are_listed_by_row_and_column(intake, forms):
    unreadable = Counter(problem.column for problem in intake.problems if problem.code == "unreadable-cell")
    assert unreadable == {"PM01PPV": 13, "PNR03": 5, "PM04NUM": 1}
    cells = {(p.row, p.column): dict(p.details)["cell"] for p in intake.problems if p.code == "unreadable-cell"}
    assert cells[180, "PM04NUM"] == "19:0j0 -20:00"
    ended = Counter(answers["PM01PPV"] for _, answers in forms)
    # 872 forms tick the span, the others write 19:05, 19:10, 19:02, 19:04, 19:07, 19:00 and, once each, three more.
    assert ended["19.00-19.30"] == 872 + 16 + 4 + 3 + 3 + 2 + 2 + 3
    assert ended["18.30-19.00"] == 187 + 1


def test_the_answers_that_are_missing_keep_their_reasons(forms):
    outcome = Counter(answers["PAifPO"] for _, answers in forms)
    assert outcome == {Missing.NO_ANSWER: 752, Missing.NOT_AVAILABLE: 334, "no": 52, "yes": 5}
    assert sum(answers["PV07-19"] is Missing.NO_ANSWER for _, answers in forms) == 186
    assert sum(answers["PAK02"] == 0 for _, answers in forms) == 108


@pytest.mark.parametrize(("separator", "encoding", "quote_all"), RESAVINGS)
def test_the_file_saved_anew_gives_the_same_reports(data, intake, separator, encoding, quote_all):
    lines = Sheet.of(data).reordered(3).lines(separator, quote_all=quote_all)
    again = KOSOVO.read(read_table(saved(lines, encoding)))
    assert {row.id: row.body for row in again.rows} == {row.id: row.body for row in intake.rows}
    assert (again.stations, again.areas) == (intake.stations, intake.areas)


@pytest.mark.parametrize(("separator", "encoding", "quote_all"), RESAVINGS)
def test_dirt_in_the_file_costs_nothing_but_what_it_touches(data, intake, separator, encoding, quote_all):
    table = read_table(saved(soiled_lines(Sheet.of(data), separator, quote_all=quote_all), encoding))
    again = KOSOVO.read(table)
    assert accounted(table) == table.lines
    assert again.attached + again.not_attached + len(table.listed) == 1_143 + ADDED_LINES
    assert (again.not_attached, len(table.listed)) == (8, ADDED_LINES)
    before = {row.id: row.body for row in intake.rows}
    assert sum(before.get(row.id) == row.body for row in again.rows) == 1_143 - TOUCHED_ROWS
    new = Counter(problem.code for problem in again.problems) - Counter(problem.code for problem in intake.problems)
    expected = {"unreadable-cell": 1, "no-station": 1, "broken-quote": 1, "repeated-header": 1, "unsplit-line": 1}
    assert new == expected | ({"not-utf-8": 1} if encoding == "latin-1" else {})


def test_the_file_is_read_within_a_second_and_a_half(data):
    def seconds() -> float:
        start = time.process_time()
        for row in read_table(data).rows:
            KOSOVO.report(row)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) <= 1.5
