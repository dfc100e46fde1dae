"""A CSV file that other programs, mail and people have been at still gives every row, or says which it does not."""

from __future__ import annotations

import pytest

from paragraph8.domain.importing.row_problems import LISTED, ROW_PROBLEMS, RowProblem, row_problem
from paragraph8.domain.importing.sheet_problems import SHEET_PROBLEMS
from paragraph8.domain.importing.tables import NOT_A_TABLE, NotATableError, Table, read_table
from resaving import accounted

FORMS = "ID,Komuna,EQV\n1,Prishtinë,Migjeni\n2,Gjilan,Dardania\n"
ROWS = [{"ID": "1", "Komuna": "Prishtinë", "EQV": "Migjeni"}, {"ID": "2", "Komuna": "Gjilan", "EQV": "Dardania"}]


def read(data: bytes | str) -> Table:
    table = read_table(data.encode() if isinstance(data, str) else data)
    assert accounted(table) == table.lines
    return table


def cells(table: Table) -> list[dict[str, str]]:
    return [dict(row.cells) for row in table.rows]


def found(table: Table) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.code) for problem in table.problems]


def test_a_clean_file_gives_its_rows_with_their_line_numbers_and_no_problem():
    table = read(FORMS)
    assert cells(table) == ROWS
    assert [row.number for row in table.rows] == [2, 3]
    assert table.columns == ("ID", "Komuna", "EQV")
    assert table.problems == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(separator):
    table = read(FORMS.replace(",", separator))
    assert cells(table) == ROWS
    assert table.separator == separator


def test_the_separator_is_the_one_on_which_the_lines_agree_not_the_commonest():
    table = read('ID;Note\n1;"a, b, c, d"\n2;x, y, z\n')
    assert cells(table) == [{"ID": "1", "Note": "a, b, c, d"}, {"ID": "2", "Note": "x, y, z"}]


def test_a_separator_declared_by_a_spreadsheet_program_is_taken_at_its_word():
    table = read("sep=;\nID;Note, or none\n1;x\n")
    assert cells(table) == [{"ID": "1", "Note, or none": "x"}]
    assert table.header_lines == 2
    assert table.rows[0].number == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_byte_order_mark(encoding):
    table = read(FORMS.encode(encoding))
    assert cells(table) == ROWS
    assert table.problems == ()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_file_from_an_old_program_is_read_and_flagged_once_for_the_whole_file(encoding):
    table = read(FORMS.encode(encoding))
    assert cells(table) == ROWS
    assert table.problems == (RowProblem(0, "", "not-utf-8", (("assumed", "windows-1252"),)),)


def test_one_line_in_another_encoding_does_not_spoil_the_letters_of_the_others():
    table = read(FORMS.encode() + "3,Deçan,Iliria\n".encode("latin-1"))
    assert [row["Komuna"] for row in cells(table)] == ["Prishtinë", "Gjilan", "Deçan"]
    assert found(table) == [(4, "", "not-utf-8")]


def test_bytes_that_windows_1252_leaves_empty_still_have_a_character():
    table = read(b"ID,EQV\n1,\x81\xeb\x9d\n")
    assert cells(table) == [{"ID": "1", "EQV": "\x81ë\x9d"}]


def test_utf_16_cut_in_the_middle_of_a_character_is_read_and_flagged():
    table = read(FORMS.encode("utf-16")[:-1])
    assert len(table.rows) == 2
    assert found(table) == [(0, "", "undecodable")]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_break_ends_a_line(newline):
    assert cells(read(FORMS.replace("\n", newline))) == ROWS


def test_a_quoted_cell_may_hold_the_separator_a_quote_and_a_line_break():
    table = read('ID,EQV\r\n1,"Sh.F. ""Lulja"",\r\nkati 2"\r\n2,x\r\n')
    assert cells(table) == [{"ID": "1", "EQV": 'Sh.F. "Lulja",\nkati 2'}, {"ID": "2", "EQV": "x"}]
    assert [(row.number, row.lines) for row in table.rows] == [(2, 2), (4, 1)]
    assert table.problems == ()


def test_a_quote_that_never_closes_costs_no_other_row():
    table = read('ID,Komuna,EQV\n1,"Prishtinë,Migjeni\n2,Gjilan,"Dardania, 2"\n3,Gjilan,Iliria\n')
    assert [row["ID"] for row in cells(table)] == ["1", "2", "3"]
    assert cells(table)[0] == {"ID": "1", "Komuna": '"Prishtinë', "EQV": "Migjeni"}
    assert table.problems == (RowProblem(2, "Komuna", "broken-quote", (("raw", '1,"Prishtinë,Migjeni'),)),)


def test_a_quote_that_happens_to_close_lines_later_does_not_swallow_the_rows_between():
    table = read('ID,Komuna,EQV\n1,"Prishtinë,Migjeni\n2,Gjilan,Iliria"\n3,Gjilan,Iliria\n')
    assert [row["ID"] for row in cells(table)] == ["1", "2", "3"]
    assert found(table) == [(2, "Komuna", "broken-quote")]


def test_a_file_quoted_throughout_survives_one_broken_quote():
    table = read('"ID","Komuna","EQV"\n"1","Pris"htinë","Migjeni"\n"2","Gjilan","Iliria"\n')
    assert cells(table)[0] == {"ID": "1", "Komuna": 'Pris"htinë', "EQV": "Migjeni"}
    assert cells(table)[1]["EQV"] == "Iliria"
    assert [code for _, _, code in found(table)] == ["broken-quote"]


def test_a_line_that_cannot_be_split_is_listed_with_its_whole_text():
    broken = '1,"Prishtinë,Migjeni, kati 2, ' + "x" * 200_000
    table = read(f"ID,Komuna,EQV\n{broken}\n2,Gjilan,Iliria\n")
    assert [row["ID"] for row in cells(table)] == ["2"]
    assert table.listed == (RowProblem(2, "", "unsplit-line", (("raw", broken),)),)


def test_a_footer_is_listed_and_is_no_row():
    table = read(FORMS + "Gjithsej: 2\n")
    assert cells(table) == ROWS
    assert [problem.row for problem in table.listed] == [4]


def test_a_header_in_the_middle_is_listed_and_is_no_row():
    table = read(FORMS + "ID, Komuna ,EQV\n3,Deçan,Iliria\n")
    assert len(table.rows) == 3
    assert [(problem.row, problem.code) for problem in table.listed] == [(4, "repeated-header")]


def test_a_column_name_that_stands_twice_is_flagged_and_both_columns_are_kept():
    table = read("ID,EQV,EQV\n1,a,b\n")
    assert cells(table) == [{"ID": "1", "EQV": "a", "EQV#2": "b"}]
    assert table.problems == (RowProblem(1, "EQV", "duplicate-column", (("name", "EQV#2"),)),)


def test_a_column_without_a_name_is_kept_where_it_holds_something():
    table = read("ID,,EQV,\n1,x,a,\n2,,b,\n")
    assert cells(table) == [{"ID": "1", "#2": "x", "EQV": "a"}, {"ID": "2", "EQV": "b"}]
    assert found(table) == [(1, "#2", "unnamed-column")]


def test_a_short_row_is_flagged_where_it_ends_and_its_rest_is_empty():
    table = read(FORMS + "3,Deçan\n")
    assert cells(table)[2] == {"ID": "3", "Komuna": "Deçan", "EQV": ""}
    assert table.problems == (RowProblem(4, "EQV", "too-short", (("cells", 2), ("columns", 3))),)


def test_a_long_row_is_flagged_and_keeps_its_extra_cells():
    table = read(FORMS + "3,Deçan,Iliria,kati 2,\n")
    assert table.rows[2].extra == ("kati 2",)
    assert found(table) == [(4, "", "too-long")]


def test_trailing_separators_change_nothing():
    assert cells(read(FORMS.replace("\n", ",,\n"))) == ROWS


def test_empty_lines_are_counted_and_nothing_else():
    table = read("\n\n" + FORMS.replace("\n2", "\n\n,,\n  \n2") + "\n")
    assert cells(table) == ROWS
    assert table.empty_lines == 6
    assert table.problems == ()


def test_a_nul_is_shown_and_flagged_by_row_and_column():
    table = read(b"ID,Komuna,EQV\n1,Gji\x00lan,x\n")
    assert cells(table)[0]["Komuna"] == "Gji␀lan"
    assert found(table) == [(2, "Komuna", "nul-character")]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\r\n \r\n\t\n", b",,,\n", b"\x00\x00", "\n".encode("utf-16")])
def test_a_file_with_nothing_in_it_is_no_table(data):
    with pytest.raises(NotATableError) as error:
        read_table(data)
    assert error.value.reason == "empty"
    assert error.value.text().languages() == {"en", "kk", "ru"}


def test_a_workbook_is_named_for_what_it_is():
    with pytest.raises(NotATableError, match="Save the sheet as CSV"):
        read_table(b"PK\x03\x04" + bytes(100))
    assert all(text.languages() == {"en", "kk", "ru"} for text in NOT_A_TABLE.values())


@pytest.mark.parametrize("junk", [bytes(range(256)) * 3, b'"', b'"\n"\n"', b"a,b\n" + b'"' * 4001, b"\xff\xfe\x00"])
def test_junk_is_accounted_for_line_by_line(junk):
    table = read_table(junk)
    assert accounted(table) == table.lines > 0


def test_ten_megabytes_of_open_quotes_are_listed_line_by_line():
    table = read("a,b,c\n" + ('x,"' + "y" * 997 + "\n") * 10_000)
    assert len(table.listed) == 10_000


def test_every_problem_says_in_three_languages_what_became_of_the_cell():
    details = {"assumed": "x", "raw": "x", "name": "x", "cells": 1, "columns": 2, "cell": "{x}", "station": "x"}
    details |= {"first": 7, "areas": "x", "sheet": "x", "sheets": "x", "n": 1, "value": "x", "range": "x"}
    for code, text in {**ROW_PROBLEMS, **SHEET_PROBLEMS}.items():
        said = row_problem(2, "EQV", code, **details).text()
        assert text.languages() == said.languages() == {"en", "kk", "ru"}
    assert {*ROW_PROBLEMS, *SHEET_PROBLEMS} > LISTED


def test_a_long_cell_is_cut_in_the_sentence_and_whole_in_the_data():
    problem = row_problem(2, "EQV", "unreadable-cell", cell="x" * 500)
    assert len(str(problem.text())) < 300
    assert problem.to_json()["details"] == {"cell": "x" * 500}


def test_cyrillic_text_of_an_old_program_is_read_with_its_letters():
    table = read_table("Учаске;Атауы\n1;Әл-Фараби атындағы мектеп\n2;Средняя школа\n".encode("kz1048"))
    assert table.columns == ("Учаске", "Атауы")
    assert [row.cells["Атауы"] for row in table.rows] == ["Әл-Фараби атындағы мектеп", "Средняя школа"]
    assert table.encoding == "kz-1048"
    assert [problem.code for problem in table.problems] == ["not-utf-8"]


def test_latin_letters_with_accents_stay_in_the_western_code_page():
    table = read_table("Station;Name\n1;Fushë Kosovë\n".encode("cp1252"))
    assert table.encoding == "windows-1252"
    assert table.rows[0].cells["Name"] == "Fushë Kosovë"
