"""A mapping that somebody wrote turns the rows of a file into reports and loses nothing, whatever was done to it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paragraph8.domain import declarations, mapping
from paragraph8.domain.answers import Missing
from paragraph8.domain.cells import clock_time, folded, whole_number
from paragraph8.domain.figures import Key, Origin
from paragraph8.domain.forms import Kind, Use, form_from_json
from paragraph8.domain.mapping import Intake, MappingError, load_mapping
from paragraph8.domain.reports import read_body
from paragraph8.domain.row_problems import ROW_PROBLEMS
from paragraph8.domain.station_keys import STEPS
from paragraph8.domain.tables import Table, read_table
from resaving import ADDED_LINES, RESAVINGS, TOUCHED_ROWS, accounted, saved, small_sheet, soiled_lines

HERE = Path(__file__).parents[2]
KOSOVO = load_mapping((HERE / "examples/kosovo-2013/mapping.toml").read_bytes())

SMALL = """
[form]
code = "voting"
version = "1"
process = "voting"
title = "Voting"

[record]
column = "No"

[station]
label = "Place"
[[station.parts]]
column = "Centre"
[[station.parts]]
column = "Room"
steps = ["strip", "casefold", "strip-leading-zeros"]

[area]
column = "District"
language = "sq"
[area.names]
"Deçan" = { en = "Deçan", ru = "Дечани" }

[missing]
no-answer = [""]
not-available = ["N/A"]

[scales.yes-no]
options = [
    { code = "yes", cells = ["PO", "TRUE"], title = "Yes" },
    { code = "no", cells = ["JO", "FALSE"], title = "No", negative = true },
]

[scales.end]
ordered = true
overnight = true
options = [
    { code = "before-20.00", cells = ["deri 20:00"], from = "19:00", until = "20:00", title = "Before 20:00" },
    { code = "20.00-23.00", cells = ["20:00 - 23:00"], from = "20:00", until = "23:00", title = "20:00-23:00" },
    { code = "from-23.00", cells = ["23:00 +"], from = "23:00", until = "30:00", title = "23:00 or later" },
]

[[blocks]]
code = "day"
title = { en = "The day", kk = "Күн", ru = "День" }

[[blocks.questions]]
column = "Screen"
kind = "choice"
scale = "yes-no"
negative = ["yes"]
title = "More than one person behind the screen"

[[blocks.questions]]
code = "voted"
column = "Voters so far"
kind = "integer"
low = 0
high = 3000
use = "reconciliation"
zero_means_missing = true
title = "Voters so far"

[[blocks.questions]]
column = "Refused"
kind = "integer"
title = "Refused"

[[blocks.questions]]
column = "Ended"
kind = "choice"
scale = "end"
missing = { not-observed = ["-"], not-applicable = ["N/A"] }
title = "Count ended"

[[blocks.questions]]
column = "Left"
kind = "time"
title = "Left at"

[[blocks.questions]]
column = "Seen"
kind = "choices"
scale = "yes-no"
split = "/"
title = "Seen"

[[blocks.questions]]
column = "Note"
kind = "text"
use = "comment"
title = "Note"

[[rules]]
check = "range"
name = "plausible-voters"
questions = ["voted"]
severity = "warn"
"""
HEADER = "No,Centre,Room,District,Place,Screen,Voters so far,Refused,Ended,Left,Seen,Note"
ROW = "7,1804E, 01r,Deçan,Migjeni,PO,345,0,deri 20:00,7:05,PO/JO,mirë"
READ = load_mapping(SMALL.encode())


def table(*rows: str, header: str = HEADER) -> Table:
    return read_table("\n".join([header, *rows]).encode())


def answer(column: str, cell: str):
    """How the small mapping reads one cell."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: cell}
    row = READ.report(table(",".join(cells.values())).rows[0])
    question = next(question for question in READ.form().questions() if question.column == column)
    return READ.form().read(read_body(row.body).answers)[question.code]


def found(intake: Intake) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in intake.problems]


def test_a_row_becomes_a_report_with_its_answers_and_its_cells_as_written():
    row = READ.report(table(ROW).rows[0])
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
    row = READ.report(table(ROW).rows[0])
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
    intake = READ.read(table(ROW, ROW.replace("7,", "8,", 1).replace("PO,345", "22,shumë")))
    assert found(intake) == [(3, "Screen", "unreadable-cell"), (3, "Voters so far", "unreadable-cell")]
    assert intake.problems[0].to_json()["details"] == {"cell": "22"}
    assert json.loads(intake.rows[1].body)["answers"]["Screen"] == {"missing": "unreadable"}
    assert json.loads(intake.rows[1].body)["source"]["cells"]["Screen"] == "22"


def test_a_station_has_one_key_however_it_is_spelt():
    rows = [
        f"{n},{centre},{room},Deçan,Migjeni"
        for n, (centre, room) in enumerate([("1804E", "01R"), ("1804e ", "1r"), (" 1804E", "001R")])
    ]
    intake = READ.read(table(*rows, header="No,Centre,Room,District,Place"))
    assert {row.station.key for row in intake.rows} == {"1804e-1r"}
    assert [station.key for station in intake.stations] == ["1804e-1r"]


def test_a_row_is_unattached_only_when_every_part_of_its_key_is_missing():
    rows = ["1,N/A,n/a,Deçan,", "2,N/A,01R,Deçan,", "3,,,Deçan,", f"4,{'9' * 200},1,Deçan,"]
    intake = READ.read(table(*rows, header="No,Centre,Room,District,Place"))
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
    areas = READ.areas(table(*rows, header="No,Centre,Room,District,Place"))
    assert [area.to_json() for area in areas] == [
        {"code": "deçan", "name": {"en": "Deçan", "ru": "Дечани"}},
        {"code": "fushë-kosovë", "name": {"sq": "Fushë Kosovë"}},
    ]
    assert Key.of("eday", "answer", area=areas[1].code)


def test_a_station_that_moves_is_placed_where_most_rows_put_it_and_listed():
    rows = ["1,a,1,Viti,X", "2,a,1,Gjilan,Y", "3,A,01,Gjilan,Y", "4,b,1,||,"]
    header = "No,Centre,Room,District,Place"
    intake = READ.read(table(*rows, header=header))
    assert [(s.key, s.area, s.label) for s in intake.stations] == [("a-1", "gjilan", "Y"), ("b-1", "", "")]
    assert READ.read(table(*reversed(rows), header=header)).stations == intake.stations
    assert (2, "District", "station-in-several-areas") in found(intake)
    assert (5, "District", "unreadable-area") in found(intake)


def test_a_column_that_only_the_file_or_only_the_mapping_knows_is_listed_once():
    intake = READ.read(table("1,a,1,Viti,,x", "2,b,1,Viti,,y", header="No,Centre,Room,District,Place,Mood"))
    columns = [(column, code) for _, column, code in found(intake)]
    assert columns.count(("Mood", "unmapped-column")) == 1
    assert columns.count(("Screen", "missing-column")) == 1
    body = json.loads(intake.rows[0].body)
    assert body["source"]["cells"]["Mood"] == "x"
    assert body["answers"]["Screen"] == {"missing": "not-asked"}


def test_a_header_in_another_case_is_the_same_header_and_gives_the_same_bytes():
    shouted = READ.report(table(ROW, header=HEADER.upper()).rows[0])
    assert shouted == READ.report(table(ROW).rows[0])


def test_two_columns_whose_names_differ_in_case_alone_are_both_kept():
    row = READ.report(table(f"{ROW},JO", header=f"{HEADER},screen").rows[0])
    cells = json.loads(row.body)["source"]["cells"]
    assert (cells["Screen"], cells["screen"]) == ("PO", "JO")


def test_a_row_with_too_many_cells_is_kept_whole_and_answers_nothing():
    intake = READ.read(table(ROW.replace("Migjeni", "Migjeni, kati 2")))
    body = json.loads(intake.rows[0].body)
    assert set(map(str, body["answers"].values())) == {"{'missing': 'unreadable'}"}
    assert body["source"]["extra"] == ["mirë"]
    assert body["station"] == ""
    assert (intake.attached, intake.not_attached, intake.stations, intake.areas) == (0, 1, (), ())
    assert [code for _, _, code in found(intake)] == ["too-long"]


def test_the_identifier_is_that_of_the_record_number_and_else_that_of_the_cells():
    numbered = [READ.report(row).id for row in table(ROW, ROW.replace("PO,345", "JO,1")).rows]
    assert numbered[0] == numbered[1]
    unnumbered = [READ.report(row).id for row in table(ROW[1:], ROW[1:], ROW[1:].replace("PO,345", "JO,1")).rows]
    assert unnumbered[0] == unnumbered[1] != unnumbered[2]
    too_long = [READ.report(row).id for row in table(f"{ROW},a", f"{ROW},b").rows]
    assert len({*numbered, *unnumbered, *too_long}) == 5


def test_a_record_that_comes_twice_in_one_file_is_listed_as_repeated_or_as_conflicting():
    intake = READ.read(table(ROW, ROW, ROW.replace("PO,345", "JO,1")))
    assert found(intake) == [(3, "", "repeated-record"), (4, "", "conflicting-record")]
    assert intake.problems[0].to_json()["details"] == {"first": 2}


def test_the_form_holds_what_the_mapping_says_and_survives_its_json():
    form = READ.form()
    screen, voted, *_, note = form.questions()
    assert (screen.code, screen.column, screen.kind, form.negative(screen)) == (
        "Screen",
        "Screen",
        Kind.CHOICE,
        {"yes"},
    )
    assert (voted.code, voted.column, voted.use, voted.high) == ("voted", "Voters so far", Use.RECONCILIATION, 3000)
    assert note.use is Use.COMMENT
    assert form.rules[0].name == "plausible-voters"
    assert form_from_json(form.to_json()) == form


def test_the_mapping_describes_the_mission_that_it_makes():
    assert READ.mission is None
    facts = KOSOVO.mission
    assert (facts.origin, facts.zone, facts.election_date.isoformat()) == (Origin.REAL, "Europe/Belgrade", "2013-11-03")
    assert facts.title.languages() >= {"en", "kk", "ru"}


def test_the_kosovo_form_speaks_four_languages_and_its_codes_may_stand_in_a_figure_key():
    form = KOSOVO.form()
    titles = [
        form.title,
        *(block.title for block in form.blocks),
        *(question.title for question in form.questions()),
        *(option.title for scale in form.scales for option in scale.options),
    ]
    assert all(title.languages() == {"en", "kk", "ru", "sq"} for title in titles)
    assert len({str(question.title) for question in form.questions()}) == len(list(form.questions()))
    for question in form.questions():
        scale = form.scale(question)
        for code in scale.codes() if scale else ():
            Key.of("eday", "answer", question=question.code, answer=code)
    assert len(form.rules) >= 25


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('code = "voting"', "code = 7", "wrong-type", "form.code"),
        ('code = "voting"', 'code = "the voting"', "not-a-code", "form.code"),
        ('version = "1"', "", "missing-key", "form.version"),
        ('process = "voting"', 'process = "ballot"', "unknown-value", "form.process"),
        ('process = "voting"', 'proces = "voting"', "unknown-key", "form.proces"),
        ('title = "Voting"', "title = {}", "wrong-type", "form.title"),
        ("[record]", "[records]", "unknown-key", "records"),
        ('"strip-leading-zeros"', '"trim"', "unknown-value", "station.parts[2].steps"),
        ("no-answer =", "no-reply =", "unknown-key", "missing.no-reply"),
        ('not-available = ["N/A"]', 'not-available = [""]', "twice", "missing.not-available"),
        ('["JO", "FALSE"]', '["po"]', "twice", "scales.yes-no.options[2].cells"),
        ('code = "no"', 'code = "yes"', "twice", "scales.yes-no.options"),
        ('until = "20:00"', 'until = "8 pm"', "wrong-type", "scales.end.options[1].until"),
        ("overnight = true", 'overnight = "yes"', "wrong-type", "scales.end.overnight"),
        ('scale = "yes-no"\nneg', 'scale = "yesno"\nneg', "unknown-value", "blocks[1].questions[1].scale"),
        ('negative = ["yes"]', 'negative = ["PO"]', "unknown-value", "blocks[1].questions[1].negative"),
        ('code = "voted"\n', "", "not-a-code", "blocks[1].questions[2].code"),
        ("low = 0", "low = true", "wrong-type", "blocks[1].questions[2].low"),
        ("high = 3000", "high = -1", "bad-form", "form"),
        ('code = "voted"', 'code = "Screen"', "twice", "blocks[1].questions[2].code"),
        ('kind = "time"', 'kind = "clock"', "unknown-value", "blocks[1].questions[5].kind"),
        ('kind = "time"', 'kind = "time"\nscale = "end"', "unknown-key", "blocks[1].questions[5].scale"),
        ('questions = ["voted"]', 'questions = ["votes"]', "unknown-value", "rules[1].questions"),
        ('questions = ["voted"]', 'questions = ["Note"]', "bad-form", "form"),
        ('check = "range"', 'check = "ranges"', "bad-form", "form"),
        ('severity = "warn"', 'severity = "high"', "unknown-value", "rules[1].severity"),
        ('label = "Place"', 'lable = "Place"', "unknown-key", "station.lable"),
        ('column = "Centre"', 'column = "Centre"\nstep = []', "unknown-key", "station.parts[1].step"),
        ('language = "sq"', 'lang = "sq"', "unknown-key", "area.lang"),
        ('column = "No"', 'colum = "No"', "unknown-key", "record.colum"),
        ("overnight = true", "over_night = true", "unknown-key", "scales.end.over_night"),
        ("negative = true }", "negativ = true }", "unknown-key", "scales.yes-no.options[2].negativ"),
        ('kind = "time"', 'kind = "time"\nhigth = 3', "unknown-key", "blocks[1].questions[5].higth"),
        ('code = "day"', 'code = "day"\nname = "x"', "unknown-key", "blocks[1].name"),
        ('severity = "warn"', 'severty = "warn"', "unknown-key", "rules[1].severty"),
        ("[form]", "[mission]\ntitle = 'x'\nplace = 'y'\n[form]", "unknown-key", "mission.place"),
        ("[form]", "[form", "not-toml", ""),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_key_in_three_languages(old, new, code, key):
    assert old in SMALL
    with pytest.raises(MappingError) as error:
        load_mapping(SMALL.replace(old, new, 1).encode())
    assert (error.value.code, error.value.key) == (code, key)
    assert key in str(error.value)
    assert error.value.text().languages() == {"en", "kk", "ru"}


def test_a_mapping_in_another_encoding_is_refused_and_one_with_a_byte_order_mark_is_not():
    assert load_mapping(SMALL.encode("utf-8-sig")).form() == READ.form()
    with pytest.raises(MappingError, match="not a TOML file in UTF-8"):
        load_mapping(SMALL.encode("latin-1", errors="replace"))


def test_spellings_are_compared_without_case_blanks_dashes_and_ways_of_composing():
    assert folded("Rrallë  Herë") == folded("rralle\u0308 here\u0308\u200b")
    assert folded("19:00 -20:00") == folded("19:00\u00a0– 20:00")
    assert folded("PO") != folded("P0")
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


def test_every_key_code_and_step_of_a_mapping_is_documented():
    page = (HERE / "docs/import.md").read_text()
    source = Path(mapping.__file__).read_text()
    keys = set(
        re.findall(r'\.(?:text|code|one_of|flag|whole|day|texts|strings|raw|tables?|gives)\("([a-z_]+)"', source)
    )
    assert {"zero_means_missing", "overnight", "parts", "tolerance"} <= keys
    assert {key for key in keys if not re.search(rf"`(\[+)?([a-z_.]+\.)?{key}(\.CODE)?(\]+)?`", page)} == set()
    for word in (*ROW_PROBLEMS, *STEPS, *(reason for reason in mapping._REASONS)):
        assert f"`{word}`" in page, word


def test_every_error_of_a_mapping_can_happen():
    source = Path(mapping.__file__).read_text() + Path(declarations.__file__).read_text()
    for code, text in declarations.MAPPING_ERRORS.items():
        assert source.count(f'"{code}"') >= 2, code
        assert text.languages() == {"en", "kk", "ru"}
