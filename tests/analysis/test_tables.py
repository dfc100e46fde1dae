"""Tables as files."""

from __future__ import annotations

import csv
import io

import pytest

from paragraph8.analysis.codebook import JOINED
from paragraph8.analysis.folder import file_names
from paragraph8.analysis.pseudonyms import pseudonyms
from paragraph8.analysis.rows import observations
from paragraph8.analysis.tables import Column, Holds, Table
from paragraph8.domain.forms import Kind, Question
from paragraph8.domain.text import Text

KEY = bytes(32)


def table(*cells: str | int | None) -> list[list[str]]:
    columns = [Column(f"c{place}") for place in range(len(cells))]
    return list(csv.reader(io.StringIO(Table.of("t", columns, [cells]).csv().decode(), newline="")))


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")'])
def test_no_cell_is_run_by_a_spreadsheet(cell: str) -> None:
    assert table(cell)[1] == [f"'{cell}"]


def test_a_column_that_is_called_like_a_formula_is_not_run_either() -> None:
    written = Table.of("t", [Column("=Q1")], [("yes",)]).csv().decode()
    assert written == "'=Q1\nyes\n"


def test_numbers_keep_their_sign_and_nothing_is_nothing() -> None:
    columns = [Column("a", Holds.WHOLE), Column("b", Holds.NUMBER), Column("c")]
    assert Table.of("t", columns, [(-5, "-0.25", None)]).csv() == b"a,b,c\n-5,-0.25,\n"


def test_commas_quotes_and_lines_come_back() -> None:
    text = 'Учаске "7", үй\nкөше'
    assert table(text, "x")[1] == [text, "x"]


def test_a_table_refuses_rows_of_another_width_and_columns_that_stand_twice() -> None:
    with pytest.raises(ValueError, match="another number of cells"):
        Table.of("t", [Column("a")], [("x", "y")])
    with pytest.raises(ValueError, match="twice"):
        Table.of("t", [Column("a"), Column("a")], [])


def test_several_answers_stand_apart_and_a_wrong_kind_is_no_answer() -> None:
    questions = {
        "Q1": Question(code="Q1", title=Text.of("Which"), kind=Kind.CHOICES),
        "Q2": Question(code="Q2", title=Text.of("How many"), kind=Kind.INTEGER),
        "Q3": Question(code="Q3", title=Text.of("When"), kind=Kind.TIME),
    }
    row = {"row": "1", "station": "S", "area": None, "team": None, "answers": {"Q1": ["a", "b"], "Q2": "many"}}
    made = observations("t", [row], questions, teams={}, begun={}, zone="UTC", zones={}, origin="real")
    cells = dict(zip([column.name for column in made.columns], made.rows[0], strict=True))
    assert (cells["Q1"], cells["Q1.missing"]) == (f"a{JOINED}b", None)
    assert (cells["Q2"], cells["Q2.missing"]) == (None, "unreadable")
    assert (cells["Q3"], cells["Q3.missing"]) == (None, "not-asked")
    assert (cells["day"], cells["hour"], cells["team"]) == (None, None, None)


def test_pseudonyms_differ_by_mission_and_key() -> None:
    one = pseudonyms(["T1", "T2"], mission="a", key=KEY)
    assert len({*one.values(), *pseudonyms(["T1", "T2"], mission="b", key=KEY).values()}) == 4
    assert one["T1"] != pseudonyms(["T1"], mission="a", key=b"\1" * 32)["T1"]
    assert one["T1"] == pseudonyms(["T1"], mission="a", key=KEY)["T1"]


def test_names_of_files_are_plain_letters_and_never_the_same() -> None:
    assert file_names(["observations-санау/1"]) == {"observations-санау/1": "observations-______1"}
    with pytest.raises(ValueError, match="file name"):
        file_names(["observations-а", "observations-б"])
