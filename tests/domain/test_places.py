"""Areas, station lists and outlines, without a database."""

from __future__ import annotations

import itertools
import json
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manual import page
from paragraph8.domain.importing.area_rows import AREA_HEADINGS, AREA_MEANINGS, AreaIntake, read_areas
from paragraph8.domain.importing.cells import whole_number
from paragraph8.domain.importing.headings import guess_columns
from paragraph8.domain.importing.row_problems import row_problem
from paragraph8.domain.importing.station_headings import STATION_HEADINGS, STATION_MEANINGS, station_kind
from paragraph8.domain.importing.station_problems import BLOCKING, PLACE_PROBLEMS
from paragraph8.domain.importing.station_rows import StationIntake, StationMapping, read_stations
from paragraph8.domain.importing.tables import read_table
from paragraph8.domain.missions import StationKind
from paragraph8.domain.outlines import NOT_A_MAP, NotAMapError, read_outlines, simplified
from paragraph8.domain.places import AreaLine, StationLine, Tally, area_paths, differences, rolled_up
from paragraph8.domain.text import Text
from paragraph8.domain.transliteration import LONGEST_KEY, romanized, search_key

HEAD = "Number,Region,District,Name,Address,Type,Urban,Voters,Latitude,Longitude,Date\n"


def intake(rows: str, areas: tuple[AreaLine, ...] = (), dated: date | None = None, **choices: Any) -> StationIntake:
    table = read_table((HEAD + rows).encode())
    columns = guess_columns(table.columns, STATION_HEADINGS)
    return read_stations(table, StationMapping(columns=columns, **choices), areas, dated=dated)


def codes(found: StationIntake | AreaIntake) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in found.problems]


def test_headings_are_recognised_in_three_languages():
    for heading in (
        "Polling station,Region,District,Name,Address,Type,Urban/rural,Registered voters,Latitude,Longitude",
        "Учаске нөмірі,Облыс,Аудан,Атауы,Мекенжайы,Түрі,Қала/ауыл,Сайлаушылар саны,Ендік,Бойлық",
        "№ участка,Область,Район,Наименование,Адрес,Тип,Город/село,Число избирателей,Широта,Долгота",
    ):
        columns = tuple(heading.split(","))
        guessed = guess_columns(columns, STATION_HEADINGS)
        assert {guessed[meaning] for meaning in ("number", "level1", "level2", "address", "kind", "urban")} == {
            columns[n] for n in (0, 1, 2, 4, 5, 6)
        }, heading
        assert [guessed[meaning] for meaning in ("registered", "latitude", "longitude")] == list(columns[7:])
        assert columns[3] in guessed.values()


def test_no_column_is_guessed_to_mean_two_things():
    guessed = guess_columns(("Number", "Number of voters", "Name"), STATION_HEADINGS)
    assert guessed == {"number": "Number", "registered": "Number of voters", "name_en": "Name"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",R,,,,,,5,,,", "no-number"),
        ("1,R,,,,,,5,,,", "duplicate-number"),
        ("9,,D,,,,,5,,,", "no-area"),
        ("9,R,,Ð¨ÐºÐ¾Ð»Ð°,,,,5,,,", "broken-letters"),
        ("9,R,,Øêîëà,,,,5,,,", "broken-letters"),
        ("9,R,,,,,,5,,,,extra", "cells-shifted"),
        (f"{'9' * 70},R,,,,,,5,,,", "number-too-long"),
        (f"9,{'R' * 70},,,,,,5,,,", "area-name-unusable"),
    ],
)
def test_a_row_that_cannot_be_a_station_blocks(row: str, code: str):
    found = intake(f"1,R,,,,,,5,,,\n{row}\n")
    assert code in {problem.code for problem in found.problems}
    assert found.blocking()
    assert [line.key for line in found.stations] == ["1"]
    assert (found.rows, found.left_out) == (2, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("9,R,,,,ballroom,,5,,,", "unknown-type"),
        ("9,R,,,,,suburb,5,,,", "unknown-setting"),
        ("9,R,,,,,,many,,,", "voters-not-a-number"),
        ("9,R,,,,,,-5,,,", "voters-negative"),
        ("9,R,,,,,,9000000,,,", "voters-too-many"),
        ("9,R,,,,,,5,north,71,", "coordinates-unreadable"),
        ("9,R,,,,,,5,51,,", "coordinates-unreadable"),
        ("9,R,,,,,,5,95,195,", "coordinates-out-of-range"),
        ("9,R,,,,,,5,0,0,", "coordinates-out-of-range"),
        ("9,R,,,,,,5,171,51,", "coordinates-swapped"),
        ("9,R,,,,,,5,,,soon", "date-unreadable"),
        ("9,R,,,,,,5,,,3/4/2019", "date-doubtful"),
        ("9,R,,,,,,5,,,02.06.2019", "date-differs"),
        (f"9,R,,{'n' * 250},,,,5,,,", "cell-cut"),
    ],
)
def test_a_cell_that_says_nothing_usable_is_said_and_left_unknown(row: str, code: str):
    found = intake(f"{row}\n", dated=date(2019, 6, 1))
    assert codes(found) == [(2, code)]
    assert not found.blocking()
    (station,) = found.stations
    assert station.latitude is None
    assert station.registered in (5, None)
    assert (station.registered is None) is code.startswith("voters")


def test_places_that_only_make_sense_the_other_way_round_are_found_by_the_rest_of_the_list():
    rows = "".join(f"{n},R,,,,,,5,{51 + n / 10},{71 + n / 10},\n" for n in range(5))
    found = intake(rows + "9,R,,,,,,5,71.2,51.2,\n10,R,,,,abroad,,5,52.5,13.4,\n")
    assert codes(found) == [(7, "coordinates-swapped")]
    assert found.stations[-1].latitude == 52.5


def test_numbers_of_voters_are_read_as_people_type_them():
    for typed, n in {
        "1234": 1234,
        "1 234": 1234,
        "1,234": 1234,
        "1.234": 1234,
        "-1 234": -1234,
        "1234.0": 1234,
        "12\u00a0345": 12345,
        "x": None,
    }.items():
        assert whole_number(typed, no_fraction=True) == n, typed
    assert (whole_number("1.234"), whole_number("1,234"), whole_number("1.23")) == (None, None, None)


def test_every_region_may_have_its_own_central_district():
    found = intake("1,North,Central,,,,,5,,,\n2,South,Central,,,,,5,,,\n3,South,Central,,,,,5,,,\n")
    assert [line.area for line in found.stations] == ["north.central", "south.central", "south.central"]
    assert [area.code for area in found.areas] == ["north", "north.central", "south", "south.central"]


def test_a_district_that_the_mission_has_elsewhere_is_no_new_one():
    known = (AreaLine(code="N", name=Text.of("North")), AreaLine(code="c1", name=Text.of("Central"), parent="N"))
    found = intake("1,South,c1,,,,,5,,,\n2,Солтүстік,,,,,,5,,,\n3,N,Central,,,,,5,,,\n", areas=known)
    assert codes(found) == [(2, "area-elsewhere")]
    assert found.stations[-1].area == "c1"


def test_types_are_recognised_by_any_word_in_three_languages():
    assert station_kind("районная больница") is StationKind.HOSPITAL
    assert station_kind("Әскери бөлім") is StationKind.MILITARY
    assert station_kind("Pre-trial detention") is StationKind.PRISON
    assert station_kind("Embassy in Vienna") is StationKind.ABROAD
    assert station_kind("palace") is None


def tree(rows: str, known: tuple[AreaLine, ...] = (), holding: tuple[str, ...] = ()) -> AreaIntake:
    table = read_table(f"Code,Name,Parent,Zone,Place\n{rows}".encode())
    return read_areas(table, guess_columns(table.columns, AREA_HEADINGS), known, holding=holding)


def test_a_tree_of_any_depth_is_read_whatever_the_order_of_its_rows():
    found = tree("c,C,b,,\nb,B,a,,\na,A,,Asia/Almaty,2/3\n")
    assert codes(found) == []
    assert {line.code: line.parent for line in found.areas} == {"a": "", "b": "a", "c": "b"}
    assert (found.areas[-1].zone, found.areas[-1].at) == ("Asia/Almaty", "2/3")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("a,A,b,,\nb,B,a,,\n", [(2, "area-cycle"), (3, "area-cycle")]),
        ("a,A,a,,\n", [(2, "area-cycle")]),
        ("a,A,b,,\nb,B,c,,\nc,C,b,,\n", [(3, "area-cycle"), (4, "area-cycle")]),
        ("a,A,z,,\n", [(2, "unknown-parent")]),
        ("a,A,,,\na,B,,,\n", [(3, "duplicate-code")]),
        ("a b,A,,,\n", [(2, "code-unusable")]),
        ("a/b,A,,,\n", [(2, "code-unusable")]),
        (",A,,,\n", [(2, "no-code")]),
        ("a,A,,Mars/Base,\n", [(2, "unknown-zone")]),
        ("a,A,,,here\n", [(2, "bad-place")]),
        ("a,A,,,1/1\nb,B,,,1/1\n", [(3, "place-taken")]),
    ],
)
def test_what_is_wrong_with_a_tree_is_said_by_row(rows: str, expected: list[tuple[int, str]]):
    assert codes(tree(rows)) == expected


def test_a_cycle_that_closes_through_the_mission_is_found():
    known = (AreaLine(code="a", name=Text.of("A")), AreaLine(code="b", name=Text.of("B"), parent="a"))
    assert codes(tree("a,A,b,,\n", known)) == [(2, "area-cycle")]


def test_an_area_with_stations_does_not_move_under_another_first_level_area():
    known = tuple(AreaLine(code=c, name=Text.of(c), parent=p) for c, p in (("a", ""), ("b", ""), ("d", "a")))
    assert codes(tree("d,D,b,,\n", known, holding=("d",))) == [(2, "moves-stations")]
    assert codes(tree("d,D,b,,\n", known)) == []
    assert codes(tree("d,New name,a,,\n", known, holding=("d",))) == []


def test_a_column_that_the_file_lacks_leaves_what_is_known():
    known = (AreaLine(code="a", name=Text.of({"en": "A", "kk": "Ә"}), zone="Asia/Almaty", at="1/1"),)
    table = read_table(b"Code,Name\na,Better\n")
    found = read_areas(table, guess_columns(table.columns, AREA_HEADINGS), known)
    (line,) = found.areas
    assert (line.name.to_json(), line.zone, line.at) == ({"en": "Better", "kk": "Ә"}, "Asia/Almaty", "1/1")


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefghz"])))
def test_every_area_has_a_path_from_the_first_level_or_is_lost(parents: dict[str, str]):
    paths, lost = area_paths(parents)
    assert set(paths) | lost == set(parents)
    assert not set(paths) & lost
    for code, path in paths.items():
        steps = path.rstrip("/").split("/")
        assert steps[-1] == code
        assert parents[steps[0]] == ""
        assert all(parents[below] == above for above, below in itertools.pairwise(steps))


def test_sums_roll_up_to_every_level():
    paths = {1: "a/", 2: "a/b/", 3: "a/b/c/", 4: "d/"}
    sums = rolled_up(paths, {1: Tally(1, 10), 3: Tally(2, 5, 1), 4: Tally(3, 7)})
    assert sums == {1: Tally(3, 15, 1), 2: Tally(2, 5, 1), 3: Tally(2, 5, 1), 4: Tally(3, 7)}


def line(key: str, **facts: Any) -> StationLine:
    return StationLine(key=key, **{"area": "a", "registered": 10, **facts})


def test_a_station_is_renumbered_only_when_no_other_is_like_it():
    school = {"name": Text.of("School 5"), "address": "Main st"}
    one = differences([line("1", **school)], [line("2", **school)])
    assert one.counts()["renumbered"] == 1
    two = differences([line("1", **school), line("3", **school)], [line("2", **school)])
    assert (two.counts()["renumbered"], two.counts()["closed"], two.counts()["added"]) == (0, 2, 1)
    nameless = differences([line("1")], [line("2")])
    assert (nameless.counts()["closed"], nameless.counts()["added"]) == (1, 1)


def test_a_station_may_have_moved_and_changed_its_voters():
    found = differences([line("1")], [line("1", area="b", registered=None)])
    assert found.counts() == {"added": 0, "closed": 0, "moved": 1, "renumbered": 0, "voters": 1}
    assert found.same == 0


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "x", "y"]), st.integers(0, 3)), max_size=8))
def test_every_station_of_either_list_is_told_or_the_same(rows: list[tuple[str, str, int]]):
    half = len(rows) // 2
    before, now = (
        {key: line(key, address=at, registered=n) for key, at, n in part} for part in (rows[:half], rows[half:])
    )
    found = differences(before.values(), now.values())
    counts = found.counts()
    kept = before.keys() & now.keys()
    assert counts["closed"] + counts["renumbered"] == len(before.keys() - kept)
    assert counts["added"] + counts["renumbered"] == len(now.keys() - kept)
    assert found.same + len({c.now for c in found.changes if c.kind in ("moved", "voters")}) == len(kept)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("srednyaya shkola 5", "Средняя школа №5"),
        ("jambyl", "Жамбыл"),
        ("zhambyl", "ЖАМБЫЛ"),
        ("qaragandy", "Қарағанды"),
        ("karaganda", "Караганда"),
        ("Öskemen", "Өскемен"),
        ("yuriy", "Юрий"),
    ],
)
def test_what_is_typed_in_latin_letters_finds_cyrillic_ones(typed: str, written: str):
    assert romanized(typed) == romanized(written)


def test_a_search_key_has_each_word_once_and_fits_its_column():
    assert search_key("5", "Школа 5", "школа") == " 5 shkola"
    assert len(search_key(*(f"слово{n}" for n in range(500)))) == LONGEST_KEY


def square(x: float, y: float, size: float = 1.0) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def geojson(*features: tuple[Any, Any], kind: str = "Polygon") -> bytes:
    made = [
        {"type": "Feature", "properties": {"name": name, "n": 7}, "geometry": {"type": kind, "coordinates": shape}}
        for name, shape in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


NAMES = {"A": ["North", "Солтүстік"], "B": ["South"]}


def test_outlines_are_drawn_by_code_or_name_and_strangers_are_counted():
    found = read_outlines(
        geojson(("солтүстік", [square(60, 50)]), ("B", [square(61, 50)]), ("X", [square(0, 0)])), NAMES
    )
    assert set(found.shapes) == {"A", "B"}
    assert (found.property, found.strange) == ("name", 1)
    assert found.shapes["A"].startswith("M0.0,")
    assert found.width <= 1000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "not-json"),
        (b"{}", "not-geojson"),
        (b'{"features": [1]}', "not-geojson"),
        (geojson(("A", [1, 2]), kind="Point"), "wrong-geometry"),
        (geojson(("A", [[[1, 2], [3, 4]]])), "broken-geometry"),
        (geojson(("A", [[["x", 2]] * 5])), "broken-geometry"),
        (geojson(("A", 5), kind="MultiPolygon"), "broken-geometry"),
        (geojson(("A", [square(500_000, 5_000_000)])), "not-degrees"),
        (geojson(("elsewhere", [square(1, 2)])), "names-no-area"),
    ],
)
def test_what_is_no_map_is_refused_with_the_reason(data: bytes, reason: str):
    with pytest.raises(NotAMapError) as caught:
        read_outlines(data, NAMES)
    assert caught.value.reason == reason
    assert caught.value.text().languages() == {"en", "kk", "ru"}


def test_simplifying_keeps_every_point_near_the_line():
    circle = [(500 + 400 * math.cos(n / 500 * math.tau), 500 + 400 * math.sin(n / 500 * math.tau)) for n in range(501)]
    fewer = simplified(circle, 0.7)
    assert len(fewer) < 100
    assert all(min(_from(p, a, b) for a, b in itertools.pairwise(fewer)) <= 0.7001 for p in circle)


def _from(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy or 1)))
    return math.dist(p, (a[0] + t * dx, a[1] + t * dy))


def test_every_problem_of_a_row_speaks_three_languages_and_is_documented():
    names = (
        "cell",
        "number",
        "first",
        "parent",
        "latitude",
        "longitude",
        "dated",
        "most",
        "area",
        "was",
        "now",
        "other",
    )
    told = page("docs/rooms/places.md")
    assert set(PLACE_PROBLEMS) > BLOCKING
    for code in PLACE_PROBLEMS:
        said = row_problem(2, "x", code, **dict.fromkeys(names, "x")).text(PLACE_PROBLEMS)
        assert said.languages() == {"en", "kk", "ru"}
        assert f"`{code}`" in told, code
    for code in NOT_A_MAP:
        assert f"`{code}`" in told, code


def test_every_meaning_of_a_column_is_named_and_has_headings():
    assert set(STATION_MEANINGS) == set(STATION_HEADINGS)
    assert set(AREA_MEANINGS) == set(AREA_HEADINGS)
    assert all(
        title.languages() == {"en", "kk", "ru"} for title in (*STATION_MEANINGS.values(), *AREA_MEANINGS.values())
    )
