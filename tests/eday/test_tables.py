"""Tables and their files: what is shown to whom, and that nothing in a file runs."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from conftest import COUNT_FORM, NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import Role, Viewer
from paragraph8.domain.figures import Basis, Figure, Key, Kind, Origin, Unit
from paragraph8.domain.forms import form_from_json
from paragraph8.domain.missions import Format, StationKind
from paragraph8.domain.text import Text
from paragraph8.eday.figures import compute
from paragraph8.eday.gates import Shown, hidden_of, points_at_a_team, shown
from paragraph8.eday.moments import UnknownMomentError
from paragraph8.eday.questions import UnknownChoiceError
from paragraph8.eday.table_files import KINDS, MissingExtraError, table_file
from paragraph8.eday.table_rows import COLUMNS, rows
from paragraph8.eday.tables import Asked, Tables, tables
from paragraph8.evidence.operations import snapshot
from paragraph8.missions.models import Station
from paragraph8.missions.operations import store_form

BAD = Key.of("eday", "answer", form="counting", question="C02", answer="bad+very-bad")
Sequenced = Callable[[], int]


@pytest.fixture
def night(mission: SmallMission, sequenced: Sequenced) -> SmallMission:
    """The north: twelve observations in a town by two teams at two stations. The south: two in a village hospital, by
    one team."""
    Station.objects.filter(key__startswith="A").update(urban=True)
    Station.objects.filter(key__startswith="B").update(urban=False, kind=StationKind.HOSPITAL.value)
    for n in range(12):
        answers = {"C01": "yes", "C02": "bad" if n < 3 else "good", "C03": 900}
        mission.send(mission.body(f"A{n % 2 + 1}", answers=answers), team=f"T{n % 2 + 1}")
    for _ in range(2):
        mission.send(mission.body("B1", answers={"C02": "bad"}))
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    return mission


def asked(mission: SmallMission, viewer: Viewer = SERVER, **what: str) -> Tables:
    return tables(mission.row, Asked(**what), viewer=viewer, now=NOW)


def counts(page: Tables, group: str) -> dict[str, tuple[int | None, int | None]]:
    (lines,) = [each.lines for each in page.groups if each.code == group]
    return {str(line.title): (line.cells[0].figure.numerator, line.cells[0].figure.denominator) for line in lines}


def test_figures_can_be_asked_for_by_setting_and_type(night: SmallMission, sequenced: Sequenced) -> None:
    def bad(**where: str) -> tuple[int | None, int | None]:
        key = Key.of("eday", "answer", form="counting", question="C02", answer="bad+very-bad", **where)
        figure = compute(night.row, [key], as_of=sequenced())[key]
        return figure.numerator, figure.denominator

    assert bad() == (5, 14)
    assert bad(setting="urban") == (3, 12)
    assert bad(setting="rural") == (2, 2)
    assert bad(kind="hospital") == bad(kind="hospital", setting="rural") == (2, 2)
    assert bad(kind="regular") == (3, 12)
    assert bad(kind="prison") == bad(area="A", setting="rural") == (0, 0)


@pytest.mark.parametrize("where", [{"setting": "suburb"}, {"kind": "castle"}])
def test_a_setting_or_type_that_there_is_not_counts_nothing(night: SmallMission, where: dict[str, str]) -> None:
    key = Key.of("eday", "observations", form="counting", **where)
    assert compute(night.row, [key], as_of=10_000) == {}


def test_one_question_is_divided_in_every_way_and_adds_up(night: SmallMission) -> None:
    page = asked(night, question="C02")
    assert page.whole is not None
    assert (page.whole.answered, page.whole.left_out) == (14, 0)
    assert counts(page, "area") == {"North": (3, 12), "South": (2, 2)}
    assert counts(page, "setting") == {"town": (3, 12), "village": (2, 2)}
    assert counts(page, "kind") == {"regular": (3, 12), "hospital": (2, 2)}
    for group in page.groups:
        assert sum(line.answered for line in group.lines) == page.whole.answered
    assert [[cell.figure.denominator for cell in cells] for _, cells in page.crossing.rows] == [[12, 0], [0, 2]]


def test_a_part_is_divided_in_the_ways_that_are_left(night: SmallMission) -> None:
    page = asked(night, question="C02", area="A")
    assert {group.code for group in page.groups} == {"setting", "kind"}
    assert page.crossing is None
    assert page.base.value == 12


def test_the_base_leads_and_coverage_is_told(night: SmallMission) -> None:
    page = asked(night)
    assert (page.base.value, page.base.n_stations) == (14, 3)
    assert (page.reached.visited, page.reached.frame) == (3, 4)
    page = asked(night, setting="rural")
    assert (page.base.value, page.reached.visited, page.reached.frame) == (2, 1, 2)


def test_a_filtered_form_counts_the_part_alone(night: SmallMission) -> None:
    (part,) = asked(night, kind="hospital").parts
    assert {item.question.code: item.answered for item in part.items}["C02"] == 2


def figure(n: int, of: int, *, teams: int = 9, stations: int = 9) -> Figure:
    return Figure(
        key=BAD, kind=Kind.SHARE, basis=Basis.OBSERVED, origin=Origin.REAL, unit=Unit.OBSERVATION, title=Text.of("t"),
        as_of=1, method="answer@1", numerator=n, denominator=of, n_teams=teams, n_stations=stations, n_areas=1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("of", "how"),
    [(0, Shown.NONE), (9, Shown.COUNT), (10, Shown.BRACKETS), (29, Shown.BRACKETS), (30, Shown.SHARE)],
)
def test_a_percentage_needs_answers(of: int, how: Shown) -> None:
    assert shown(figure(0, of), hidden=False) is how


@pytest.mark.parametrize(
    ("teams", "stations", "points"), [(1, 9, True), (2, 4, True), (2, 5, False), (9, 1, True)]
)  # fmt: skip
def test_one_team_or_few_stations_point_at_somebody(teams: int, stations: int, points: bool) -> None:
    assert points_at_a_team(figure(1, 20, teams=teams, stations=stations)) is points
    assert not points_at_a_team(figure(0, 0, teams=0, stations=0)), "nobody is nobody"


def test_one_hidden_part_takes_a_second_with_it_so_that_nobody_subtracts() -> None:
    keys = [BAD.within(area) for area in "ABC"]
    known = dict(zip(keys, [figure(1, 2, teams=1), figure(1, 9, stations=6), figure(5, 30)], strict=True))
    assert hidden_of(keys, known) == {keys[0], keys[1]}
    assert hidden_of(keys[1:], known) == set()


def test_a_reader_sees_no_cell_that_points_at_a_team_and_an_analyst_does(night: SmallMission) -> None:
    reader, analyst = (asked(night, night.viewer(role), question="C02") for role in (Role.READER, Role.ANALYST))
    assert [line.hidden for group in reader.groups for line in group.lines] == [True] * 6
    assert not any(line.hidden for group in analyst.groups for line in group.lines)
    assert asked(night, night.viewer(Role.READER), area="B").hidden
    assert not asked(night, night.viewer(Role.ANALYST), area="B").hidden


def test_an_analyst_of_one_institution_is_an_outsider_to_the_teams_of_others(night: SmallMission) -> None:
    institution = night.row.institutions.create(code="X", name={}, position=1)
    one = replace(night.viewer(Role.ANALYST), institutions={night.row.pk: institution.pk})
    assert asked(night, one, area="B").hidden


def test_counts_of_two_moments_are_not_compared(night: SmallMission) -> None:
    assert asked(night).compared is None
    said = asked(night, compare="yes").compared
    assert said is not None
    assert {"en", "kk", "ru"} <= said.languages()


@pytest.mark.parametrize(
    "wrong",
    [
        *({name: "x"} for name in ("form", "area", "setting", "kind", "question")),
        {"question": "C05"},
        {"question": "C04"},
    ],
)
def test_a_choice_that_the_mission_does_not_have_is_unknown(night: SmallMission, wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownChoiceError):
        asked(night, **wrong)
    with pytest.raises(UnknownMomentError):
        asked(night, as_of="x")


def test_the_tables_of_the_past_are_those_of_the_past(night: SmallMission, sequenced: Sequenced) -> None:
    before = sequenced()
    night.send(night.body("A1", answers={"C02": "very-bad"}))
    sequenced()
    snapshot(mission=night.row, now=NOW)
    assert asked(night).base.value == 15
    assert asked(night, as_of=str(before)).base.value == 14
    assert asked(night, as_of=str(before), question="C02", setting="urban").whole.answered == 12


# Files


def exported(mission: SmallMission, viewer: Viewer = SERVER, **what: str) -> list[dict[str, object]]:
    return rows(mission.row, asked(mission, viewer, **what), language="en", viewer=viewer)


def test_every_number_has_its_key_and_its_change(night: SmallMission, sequenced: Sequenced) -> None:
    found = exported(night)
    by_key = {row["key"]: row for row in found}
    assert len(by_key) == len(found)
    row = by_key[str(BAD)]
    assert (row["count"], row["answered"], row["per_cent"], row["mark"]) == (5, 14, 35.7, "brackets")
    assert {row["as_of"] for row in found} == {sequenced()}
    south = by_key[str(BAD.within("B"))]
    assert (south["count"], south["per_cent"], south["mark"], south["area_text"]) == (2, None, "count", "South")
    assert by_key["eday.observations[form=counting]"]["count"] == 14


def test_a_file_of_one_question_holds_that_question_alone(night: SmallMission) -> None:
    assert {row["question"] for row in exported(night, question="C01")} == {"", "C01"}


def test_what_is_hidden_on_the_page_is_hidden_in_the_file(night: SmallMission) -> None:
    found = exported(night, night.viewer(Role.READER))
    part = [row for row in found if row["area"] or row["setting"] or row["kind"]]
    assert {row["mark"] for row in part if row["question"]} <= {"hidden", "none"}
    assert {row["count"] for row in part if not row["question"]} <= {None, 0}
    for row in part:
        if row["mark"] == "hidden":
            assert [row[name] for name in ("count", "answered", "per_cent", "left_out", "stations", "teams")] == [
                None
            ] * 6
    assert exported(night, night.viewer(Role.READER), area="B") == []


HOSTILE = '=HYPERLINK("http://x")'


def hostile(mission: SmallMission, sequenced: Sequenced) -> list[dict[str, object]]:
    question = {**COUNT_FORM["blocks"][0]["questions"][0], "title": HOSTILE}
    form = {
        **COUNT_FORM,
        "version": "2",
        "rules": [],
        "blocks": [{"code": "all", "title": "All", "questions": [question]}],
    }
    store_form(mission=mission.row, form=form_from_json(form), by=SERVER, now=NOW)
    mission.row.areas.filter(code="A").update(name={"en": "@North"})
    sequenced()
    snapshot(mission=mission.row, now=NOW)
    return exported(mission)


def test_no_cell_of_csv_is_a_formula(night: SmallMission, sequenced: Sequenced) -> None:
    made = table_file("csv", "t", hostile(night, sequenced), notice=Text.of("Simulated."), language="en")
    assert made.name == "t-csv.zip"
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert sorted(archive.namelist()) == ["README.txt", "codebook.csv", "t.csv"]
        lines = list(csv.reader(io.StringIO(archive.read("t.csv").decode("utf-8-sig"))))
        codes = list(csv.reader(io.StringIO(archive.read("codebook.csv").decode("utf-8-sig"))))
        assert archive.read("README.txt").decode().startswith("Simulated.")
    assert lines[0] == [column.name for column in COLUMNS] == [line[0] for line in codes[1:]]
    cells = [cell for line in lines for cell in line]
    assert f"'{HOSTILE}" in cells
    assert "'@North" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_workbook_has_texts_numbers_and_no_formula(night: SmallMission, sequenced: Sequenced) -> None:
    made = table_file("xlsx", "t", hostile(night, sequenced), notice=Text.of("=1+1"), language="ru")
    book = load_workbook(io.BytesIO(made.data))
    assert book.sheetnames == ["table", "codebook", "about"]
    assert {cell.data_type for sheet in book for line in sheet for cell in line} <= {"s", "n", "inlineStr"}
    header, *lines = book["table"].iter_rows(values_only=True)
    place = header.index("count")
    assert all(isinstance(line[place], int) for line in lines)


def test_parquet_has_types_and_the_texts_as_they_are(night: SmallMission, sequenced: Sequenced) -> None:
    polars = pytest.importorskip("polars")
    found = hostile(night, sequenced)
    made = table_file("parquet", "t", found, notice=None, language="kk")
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        frame = polars.read_parquet(io.BytesIO(archive.read("t.parquet")))
    assert frame.columns == [column.name for column in COLUMNS]
    assert frame.schema["count"] == polars.Int64
    assert frame.to_dicts() == found
    assert HOSTILE in frame["question_text"].to_list()


def test_without_the_extra_parquet_is_refused_by_name(night: SmallMission, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtraError):
        table_file("parquet", "t", exported(night), notice=None, language="en")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"xlsx"}))
def test_the_same_table_is_the_same_file(night: SmallMission, kind: str) -> None:
    found = exported(night)
    one, other = (table_file(kind, "t", found, notice=None, language="en").data for _ in range(2))
    assert one == other


def test_a_mission_without_statistics_has_no_table(night: SmallMission) -> None:
    night.row.format = Format.LIMITED.value
    night.row.save()
    assert asked(night).refused is not None
