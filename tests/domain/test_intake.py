"""A mapping turns the rows of a file into reports and loses nothing, whatever was done to the file."""

from __future__ import annotations

import json

import pytest

from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import Key
from paragraph8.domain.importing.cells import clock_time, unspaced, whole_number
from paragraph8.domain.importing.mapping import Intake
from paragraph8.domain.importing.tables import Table, read_table
from paragraph8.domain.reports import read_body
from resaving import (
    ADDED_LINES,
    KOSOVO,
    RESAVINGS,
    SMALL,
    TOUCHED_ROWS,
    accounted,
    saved,
    small_sheet,
    soiled_lines,
)

HEADER = "No,Centre,Room,District,Place,Screen,Voters so far,Refused,Ended,Left,Seen,Note"
ROW = "7,1804E, 01r,Deçan,Migjeni,PO,345,0,deri 20:00,7:05,PO/JO,mirë"


def table(*rows: str, header: str = HEADER) -> Table:
    return read_table("\n".join([header, *rows]).encode())


def answer(column: str, cell: str):
    """How the small mapping reads one cell."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: cell}
    row = SMALL.report(table(",".join(cells.values())).rows[0])
    question = next(question for question in SMALL.form().questions() if question.column == column)
    return SMALL.form().read(read_body(row.body).answers)[question.code]


def found(intake: Intake) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in intake.problems]


def test_a_row_becomes_a_report_with_its_answers_and_its_cells_as_written():
    row = SMALL.report(table(ROW).rows[0])
    body = json.loads(row.body)
    assert body["answers"] == {
        "Screen": "yes",
        "voted": 345,
        "Refused": 0,
        "Ended": "before-20.00",
        "Left": "07:05",
        "Seen": ["yes", "no"],
        "Note": "mirë",
    }
    assert body["source"]["cells"]["Room"] == " 01r"
    assert body["source"]["cells"]["Voters so far"] == "345"
    assert row.problems == ()


def test_the_server_reads_the_report_without_a_problem():
    row = SMALL.report(table(ROW).rows[0])
    sent = read_body(row.body)
    assert sent.problems == ()
    assert (sent.id, sent.form, sent.version, sent.station) == (row.id, "voting", "1", "1804e-1r")


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("Screen", "po ", "yes"),
        ("Screen", "false", "no"),
        ("Screen", "", Missing.NO_ANSWER),
        ("Screen", "  ", Missing.NO_ANSWER),
        ("Screen", "n/a", Missing.NOT_AVAILABLE),
        ("Screen", "7", Missing.UNREADABLE),
        ("Voters so far", "0", Missing.NO_ANSWER),
        ("Voters so far", "00", Missing.NO_ANSWER),
        ("Voters so far", "1 099", 1099),
        ("Voters so far", "850.0", 850),
        ("Voters so far", "4000", 4000),
        ("Voters so far", "1.099", Missing.UNREADABLE),
        ("Voters so far", "rreth 300", Missing.UNREADABLE),
        ("Voters so far", "9" * 5000, Missing.UNREADABLE),
        ("Refused", "0", 0),
        ("Refused", "-3", -3),
        ("Ended", "20:00 –23:00", "20.00-23.00"),
        ("Ended", "19:05", "before-20.00"),
        ("Ended", "20:00", "20.00-23.00"),
        ("Ended", "0:15", "from-23.00"),
        ("Ended", "24:15:00", "from-23.00"),
        ("Ended", "9:45", Missing.UNREADABLE),
        ("Ended", "19:0j0 -20:00", Missing.UNREADABLE),
        ("Ended", "19;00", Missing.UNREADABLE),
        ("Ended", "-", Missing.NOT_OBSERVED),
        ("Ended", "N/A", Missing.NOT_APPLICABLE),
        ("Left", "19.5", Missing.UNREADABLE),
        ("Left", "25:10", "25:10"),
        ("Seen", "JO / jo", ("no",)),
        ("Seen", "JO/maybe", Missing.UNREADABLE),
        ("Seen", "/", Missing.UNREADABLE),
        ("Note", "  0 ", "0"),
    ],
)
def test_a_cell_is_read_as_the_mapping_says_and_never_guessed(column, cell, expected):
    assert answer(column, cell) == expected


def test_what_fits_no_answer_is_listed_by_row_and_column_with_the_cell():
    intake = SMALL.read(table(ROW, ROW.replace("7,", "8,", 1).replace("PO,345", "22,shumë")))
    assert found(intake) == [(3, "Screen", "unreadable-cell"), (3, "Voters so far", "unreadable-cell")]
    assert intake.problems[0].to_json()["details"] == {"cell": "22"}
    assert json.loads(intake.rows[1].body)["answers"]["Screen"] == {"missing": "unreadable"}
    assert json.loads(intake.rows[1].body)["source"]["cells"]["Screen"] == "22"


def test_a_station_has_one_key_however_it_is_spelt():
    rows = [
        f"{n},{centre},{room},Deçan,Migjeni"
        for n, (centre, room) in enumerate([("1804E", "01R"), ("1804e ", "1r"), (" 1804E", "001R")])
    ]
    intake = SMALL.read(table(*rows, header="No,Centre,Room,District,Place"))
    assert {row.station.key for row in intake.rows} == {"1804e-1r"}
    assert [station.key for station in intake.stations] == ["1804e-1r"]


def test_a_row_is_unattached_only_when_every_part_of_its_key_is_missing():
    rows = ["1,N/A,n/a,Deçan,", "2,N/A,01R,Deçan,", "3,,,Deçan,", f"4,{'9' * 200},1,Deçan,"]
    intake = SMALL.read(table(*rows, header="No,Centre,Room,District,Place"))
    assert [row.station.attached for row in intake.rows] == [False, True, False, False]
    assert [row.station.key for row in intake.rows[:3]] == ["n/a-n/a", "n/a-1r", ""]
    assert (intake.attached, intake.not_attached) == (1, 3)
    assert [station.key for station in intake.stations] == ["n/a-1r"]
    assert [(row, code) for row, _, code in found(intake) if code == "no-station"] == [
        (2, "no-station"),
        (4, "no-station"),
        (5, "no-station"),
    ]


def test_areas_have_codes_that_may_stand_in_a_figure_key_and_the_name_given_to_them():
    rows = [
        "1,a,1,Fushë  Kosovë,",
        "2,b,1,fushë kosovë,",
        "3,c,1,Fushë  Kosovë,",
        "4,d,1,Deçan,",
        "5,e,1,N/A,",
        "6,f,1,||,",
    ]
    areas = SMALL.areas(table(*rows, header="No,Centre,Room,District,Place"))
    assert [area.to_json() for area in areas] == [
        {"code": "deçan", "name": {"en": "Deçan", "ru": "Дечани"}},
        {"code": "fushë-kosovë", "name": {"sq": "Fushë Kosovë"}},
    ]
    assert Key.of("eday", "answer", area=areas[1].code)


def test_a_station_that_moves_is_placed_where_most_rows_put_it_and_listed():
    rows = ["1,a,1,Viti,X", "2,a,1,Gjilan,Y", "3,A,01,Gjilan,Y", "4,b,1,||,"]
    header = "No,Centre,Room,District,Place"
    intake = SMALL.read(table(*rows, header=header))
    assert [(s.key, s.area, s.label) for s in intake.stations] == [("a-1", "gjilan", "Y"), ("b-1", "", "")]
    assert SMALL.read(table(*reversed(rows), header=header)).stations == intake.stations
    assert (2, "District", "station-in-several-areas") in found(intake)
    assert (5, "District", "unreadable-area") in found(intake)


def test_a_column_that_only_the_file_or_only_the_mapping_knows_is_listed_once():
    intake = SMALL.read(table("1,a,1,Viti,,x", "2,b,1,Viti,,y", header="No,Centre,Room,District,Place,Mood"))
    columns = [(column, code) for _, column, code in found(intake)]
    assert columns.count(("Mood", "unmapped-column")) == 1
    assert columns.count(("Screen", "missing-column")) == 1
    body = json.loads(intake.rows[0].body)
    assert body["source"]["cells"]["Mood"] == "x"
    assert body["answers"]["Screen"] == {"missing": "not-asked"}


def test_a_header_in_another_case_is_the_same_header_and_gives_the_same_bytes():
    shouted = SMALL.report(table(ROW, header=HEADER.upper()).rows[0])
    assert shouted == SMALL.report(table(ROW).rows[0])


def test_two_columns_whose_names_differ_in_case_alone_are_both_kept():
    row = SMALL.report(table(f"{ROW},JO", header=f"{HEADER},screen").rows[0])
    cells = json.loads(row.body)["source"]["cells"]
    assert (cells["Screen"], cells["screen"]) == ("PO", "JO")


def test_a_row_with_too_many_cells_is_kept_whole_and_answers_nothing():
    intake = SMALL.read(table(ROW.replace("Migjeni", "Migjeni, kati 2")))
    body = json.loads(intake.rows[0].body)
    assert set(map(str, body["answers"].values())) == {"{'missing': 'unreadable'}"}
    assert body["source"]["extra"] == ["mirë"]
    assert body["station"] == ""
    assert (intake.attached, intake.not_attached, intake.stations, intake.areas) == (0, 1, (), ())
    assert [code for _, _, code in found(intake)] == ["too-long"]


def test_the_identifier_is_that_of_the_record_number_and_else_that_of_the_cells():
    numbered = [SMALL.report(row).id for row in table(ROW, ROW.replace("PO,345", "JO,1")).rows]
    assert numbered[0] == numbered[1]
    unnumbered = [SMALL.report(row).id for row in table(ROW[1:], ROW[1:], ROW[1:].replace("PO,345", "JO,1")).rows]
    assert unnumbered[0] == unnumbered[1] != unnumbered[2]
    too_long = [SMALL.report(row).id for row in table(f"{ROW},a", f"{ROW},b").rows]
    assert len({*numbered, *unnumbered, *too_long}) == 5


def test_a_record_that_comes_twice_in_one_file_is_listed_as_repeated_or_as_conflicting():
    intake = SMALL.read(table(ROW, ROW, ROW.replace("PO,345", "JO,1")))
    assert found(intake) == [(3, "", "repeated-record"), (4, "", "conflicting-record")]
    assert intake.problems[0].to_json()["details"] == {"first": 2}


def test_spellings_are_compared_without_case_blanks_dashes_and_ways_of_composing():
    assert unspaced("Rrallë  Herë") == unspaced("rralle\u0308 here\u0308\u200b")
    assert unspaced("19:00 -20:00") == unspaced("19:00\u00a0– 20:00")
    assert unspaced("PO") != unspaced("P0")
    assert whole_number("1\u202f099") == whole_number("1'099") == 1099
    assert clock_time("24:60") is None


@pytest.mark.parametrize(("separator", "encoding", "quote_all"), RESAVINGS)
def test_the_same_forms_saved_anew_go_through_the_same_mapping_and_are_the_same_reports(separator, encoding, quote_all):
    sheet = small_sheet(KOSOVO)
    before = KOSOVO.read(read_table(saved(sheet.lines(","), "utf-8")))
    after = KOSOVO.read(read_table(saved(sheet.reordered(7).lines(separator, quote_all=quote_all), encoding, "\n")))
    assert len(before.rows) == 40
    assert {row.id: row.body for row in after.rows} == {row.id: row.body for row in before.rows}
    assert (after.stations, after.areas) == (before.stations, before.areas)


@pytest.mark.parametrize(("separator", "encoding", "quote_all"), RESAVINGS)
def test_other_dirt_in_the_file_costs_nothing_but_what_it_touches(separator, encoding, quote_all):
    sheet = small_sheet(KOSOVO)
    before = {row.id: row.body for row in KOSOVO.read(read_table(saved(sheet.lines(","), "utf-8"))).rows}
    table = read_table(saved(soiled_lines(sheet, separator, quote_all=quote_all), encoding))
    intake = KOSOVO.read(table)
    assert accounted(table) == table.lines
    assert intake.attached + intake.not_attached + len(table.listed) == 40 + ADDED_LINES
    assert (intake.attached, intake.not_attached, len(table.listed)) == (39, 1, ADDED_LINES)
    same = {row.id for row in intake.rows if before.get(row.id) == row.body}
    assert len(same) == 40 - TOUCHED_ROWS
    codes = {problem.code for problem in intake.problems}
    assert codes >= {"unreadable-cell", "no-station", "broken-quote", "repeated-header", "unsplit-line"}
    assert ("PA07M1P", "22") in {(p.column, dict(p.details).get("cell")) for p in intake.problems}
