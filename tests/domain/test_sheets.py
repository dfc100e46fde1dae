"""The sheets of workbooks are read as the tables of text files are, and nothing in them is trusted blindly."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from paragraph8.domain.importing import sheet_layout, workbook_package
from paragraph8.domain.importing.sheets import NotATableError, Table, read_sheet, sheet_names, sheets_of
from paragraph8.domain.importing.table_errors import NOT_A_TABLE
from paragraph8.domain.importing.tables import read_table

LIST: tuple[tuple[Any, ...], ...] = (("Station", "Area", "Voters"), ("1", "North", 900), ("2", "South", 1200))


def book(rows: Iterable[Iterable[Any]] = LIST, **others: Iterable[Iterable[Any]]) -> Workbook:
    """A workbook with a sheet "List", and more by name."""
    workbook = Workbook()
    workbook.active.title = "List"
    for row in rows:
        workbook.active.append(list(row))
    for name, lines in others.items():
        sheet = workbook.create_sheet(name)
        for row in lines:
            sheet.append(list(row))
    return workbook


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def rewritten(data: bytes, **parts: bytes) -> bytes:
    """The workbook with other bytes in some parts; `sheet1="…"` is the first sheet."""
    names = {"sheet1": "xl/worksheets/sheet1.xml", "workbook": "xl/workbook.xml", "more": "xl/more.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        held = {name: old.read(name) for name in old.namelist()}
        for name, content in {**held, **{names[key]: content for key, content in parts.items()}}.items():
            new.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.cells[name] for name in table.columns) for row in table.rows]


def codes(table: Table) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in table.problems]


def refusal(data: bytes, sheet: str = "") -> str:
    with pytest.raises(NotATableError) as caught:
        read_sheet(data, sheet=sheet)
    return caught.value.reason


def test_a_text_file_is_read_as_before():
    data = b"Station;Voters\n1;900\n"
    assert read_sheet(data) == read_table(data)
    assert sheet_names(data) == ()


def test_a_sheet_gives_the_table_that_its_text_file_gives():
    table = read_sheet(saved(book()))
    text = read_table(b"Station,Area,Voters\n1,North,900\n2,South,1200\n")
    assert table.columns == text.columns
    assert [(row.number, row.cells) for row in table.rows] == [(row.number, row.cells) for row in text.rows]
    assert (table.lines, table.header_lines, table.header_line) == (text.lines, text.header_lines, text.header_line)
    assert (table.sheet, table.encoding, table.problems) == ("List", "xlsx", ())


def test_numbers_dates_and_times_become_text_without_loss():
    row = ("00123", 123.0, 0.1 + 0.2, 0.0000001, True, date(2019, 6, 9), datetime(2019, 6, 9, 7, 30), time(7, 30))  # noqa: DTZ001
    table = read_sheet(saved(book([[f"c{n}" for n in range(9)], (*row, timedelta(hours=30))])))
    values = ("00123", "123", "0.3", "0.0000001", "TRUE", "2019-06-09", "2019-06-09T07:30", "07:30", "30:00")
    assert cells(table) == [values]


def test_a_date_is_the_same_day_in_both_date_systems():
    workbook = book([("Station", "Since"), ("1", date(2019, 6, 9))])
    workbook.epoch = CALENDAR_MAC_1904
    assert cells(read_sheet(saved(workbook))) == [("1", "2019-06-09")]


def test_a_number_that_the_spreadsheet_rounded_is_flagged():
    table = read_sheet(saved(book([("Station", "Id"), ("1", 12345678901234567890)])))
    assert (2, "Id", "rounded-number") in codes(table)


def test_a_formula_is_flagged_and_its_stored_result_is_not_read():
    data = saved(book([("Station", "Voters"), ("1", "=2+2"), ("2", 7)]))
    data = rewritten(data, sheet1=part(data, "xl/worksheets/sheet1.xml").replace(b"<v></v>", b"<v>4</v>"))
    table = read_sheet(data)
    assert b"<v>4</v>" in part(data, "xl/worksheets/sheet1.xml")
    assert cells(table) == [("1", ""), ("2", "7")]
    assert codes(table) == [(2, "Voters", "formula-cell")]
    assert "B2" in str(table.problems[0].text())


def test_a_failed_formula_is_flagged_with_what_it_shows():
    workbook = book([("Station", "Voters"), ("1", "#N/A")])
    workbook.active["B2"].data_type = "e"
    table = read_sheet(saved(workbook))
    assert codes(table) == [(2, "Voters", "error-cell")]
    assert "#N/A" in str(table.problems[0].text())


def test_merged_cells_are_flagged_in_every_row_that_they_cover():
    workbook = book([("Station", "Area"), ("1", "North"), ("2", None), ("3", "South")])
    workbook.active.merge_cells("B2:B3")
    table = read_sheet(saved(workbook))
    assert cells(table) == [("1", "North"), ("2", ""), ("3", "South")]
    assert codes(table) == [(2, "Area", "merged-cells"), (3, "Area", "merged-cells")]
    assert "B2:B3" in str(table.problems[0].text())


def test_a_sheet_full_of_merged_cells_is_refused():
    workbook = book([("Station", "Area"), *((str(n), "x") for n in range(10_100))])
    workbook.active.merge_cells("B2:B10101")
    assert refusal(saved(workbook)) == "too-many-merged"


def test_titles_above_the_header_are_listed_and_rows_keep_their_numbers():
    table = read_sheet(saved(book([("List of polling stations",), (), *LIST, (), ("3", "North", 5), (), ()])))
    assert table.header_line == 3
    assert [row.number for row in table.rows] == [4, 5, 7]
    assert [(problem.row, problem.code) for problem in table.listed] == [(1, "above-header")]
    rows = sum(row.lines for row in table.rows)
    assert table.lines == table.header_lines + table.empty_lines + rows + len(table.listed) == 7


def test_empty_columns_at_the_end_do_not_count_and_unnamed_ones_inside_do():
    workbook = book([("Station", None, "Voters", "Voters", None), ("1", "x", 5, 6, None)])
    workbook.active["E2"].number_format = "0.0"
    table = read_sheet(saved(workbook))
    assert table.columns == ("Station", "#2", "Voters", "Voters#2")
    assert codes(table) == [(1, "#2", "unnamed-column"), (1, "Voters", "duplicate-column")]


def test_the_header_that_stands_again_is_no_row():
    table = read_sheet(saved(book([*LIST, LIST[0], ("3", "North", 5)])))
    assert [row.number for row in table.rows] == [2, 3, 5]
    assert [problem.code for problem in table.listed] == ["repeated-header"]


def test_the_first_sheet_that_begins_with_names_is_taken_and_the_others_are_named():
    table = read_sheet(saved(book([("Read me first",), ("Then the list",)], Stations=LIST, Totals=[("Sum", 2)])))
    assert table.sheet == "Stations"
    assert "List, Totals" in str(table.problems[0].text())


def test_a_sheet_can_be_chosen_and_one_that_is_not_there_is_refused_with_those_that_are():
    data = saved(book(LIST, Other=[("a", "b"), ("1", "2")]))
    assert read_sheet(data, sheet="Other").columns == ("a", "b")
    with pytest.raises(NotATableError) as caught:
        read_sheet(data, sheet="Nowhere")
    assert caught.value.reason == "unknown-sheet"
    assert all("List, Other" in string for _, string in caught.value.text().strings)


def test_nothing_is_guessed_when_no_sheet_begins_with_names():
    assert refusal(saved(book([(1, 2), (3, 4)], Other=[(5, 6), (7, 8)]))) == "which-sheet"


def test_hidden_sheets_and_rows_are_said():
    workbook = book(LIST, Secret=LIST)
    workbook["Secret"].sheet_state = "veryHidden"
    workbook.active.row_dimensions[2].hidden = True
    data = saved(workbook)
    assert [problem.code for problem in read_sheet(data).problems] == ["hidden-rows", "hidden-sheets"]
    assert "hidden-sheet-read" in {problem.code for problem in read_sheet(data, sheet="Secret").problems}
    assert [(sheet.name, sheet.hidden) for sheet in sheets_of(data)] == [("List", False), ("Secret", True)]


def test_an_empty_sheet_is_refused():
    assert refusal(saved(book([]))) == "empty"


def test_the_stray_cell_at_the_far_end_does_not_fill_the_memory():
    workbook = book()
    workbook.active["XFD1048576"] = "x"
    assert refusal(saved(workbook)) == "huge-workbook"


def test_a_stray_cell_that_hides_its_place_is_found(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheet_layout, "MOST_CELLS", 20)
    data = saved(book())
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    sheet += b"<row r='9'>" + b"<c><v>1</v></c>" * 3 + b"</row></sheetData></worksheet>"
    assert refusal(rewritten(data, sheet1=sheet)) == "huge-workbook"


def test_a_bomb_is_refused_before_it_is_opened():
    assert refusal(rewritten(saved(book()), more=b"0" * 50_000_000)) == "huge-workbook"


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch: pytest.MonkeyPatch):
    big = b"0" * 5_000_000
    data = rewritten(saved(book()), more=big)
    entry = len(big).to_bytes(4, "little")
    position = data.rfind(entry, 0, data.rfind(b"xl/more.xml"))
    lying = data[:position] + (900).to_bytes(4, "little") + data[position + 4 :]
    assert lying != data
    assert refusal(lying) == "huge-workbook"


def test_the_whole_is_bounded_as_well_as_each_part(monkeypatch: pytest.MonkeyPatch):
    data = saved(book())
    monkeypatch.setattr(workbook_package, "MOST_UNPACKED", 1000)
    assert refusal(data) == "huge-workbook"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(encoding: str):
    data = saved(book())
    attack = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet/>".encode(encoding)
    assert refusal(rewritten(data, sheet1=attack)) == "declaring-workbook"
    assert refusal(rewritten(data, more=attack)) == "declaring-workbook"


def test_old_locked_and_other_files_are_refused_with_words():
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    assert refusal(old) == "old-workbook"
    assert refusal(old + "EncryptedPackage".encode("utf-16-le")) == "locked-workbook"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert refusal(file.getvalue()) == "open-document"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refusal(file.getvalue()) == "no-workbook"


def test_a_damaged_workbook_is_refused_wherever_it_is_cut():
    data = saved(book())
    assert {refusal(data[: len(data) * tenth // 10]) for tenth in range(1, 10)} == {"broken-workbook"}
    assert refusal(rewritten(data, sheet1=b"<worksheet><sheetData><row>")) == "broken-workbook"
    assert refusal(rewritten(data, workbook=b"<workbook/>")) in ("which-sheet", "broken-workbook")


def test_flipped_bytes_never_escape_as_another_error():
    data = saved(book())
    for position in range(0, len(data), 97):
        damaged = bytearray(data)
        damaged[position] ^= 0xFF
        try:
            read_sheet(bytes(damaged))
        except NotATableError:
            pass
        except zlib.error:  # pragma: no cover - would be a fault of the package reader
            pytest.fail(str(position))


def test_every_refusal_speaks_three_languages():
    for reason in NOT_A_TABLE:
        said = NotATableError(reason, sheet="x", sheets="y").text()
        assert said.languages() == {"en", "kk", "ru"}
