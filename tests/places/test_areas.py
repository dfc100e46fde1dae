"""Areas from a file of their own, and what lies in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.audit.models import LogEntry
from paragraph8.domain.figures import Key
from paragraph8.domain.places import Tally
from paragraph8.eday import figures as eday
from paragraph8.evidence.queries import by_area
from paragraph8.missions.models import Area
from paragraph8.places import queries
from paragraph8.places.areas import RefusedAreasError, check_areas, import_areas
from paragraph8.places.models import Upload
from paragraph8.places.uploads import UploadError

from .conftest import HEAD, in_force, uploaded

TREE = (
    "Code,Name,Name kk,Parent,Zone,Place\n"
    "A,North,Солтүстік,,Asia/Almaty,1/2\nA1x,Hill,,A,,\nA2x,Dale,,A1x,,\nC,West,,,,2/2\n"
)


def imported(mission: Any, text: str) -> int:
    upload = uploaded(mission, text, kind="areas", name="areas.csv")
    check_areas(upload=upload, mapping=upload.mapping, by=SERVER, now=NOW)
    return import_areas(upload=Upload.objects.get(pk=upload.pk), by=SERVER, now=NOW)


def test_areas_are_added_and_changed_in_one_step(mission: SmallMission) -> None:
    assert imported(mission.row, TREE) == 4
    areas = {area.code: area for area in mission.row.areas.all()}
    assert {code: area.path for code, area in areas.items()} == {
        "A": "A/", "A1x": "A/A1x/", "A2x": "A/A1x/A2x/", "B": "B/", "C": "C/",
    }  # fmt: skip
    assert areas["A2x"].parent == areas["A1x"]
    assert areas["A"].name == {"en": "North", "kk": "Солтүстік"}
    assert (areas["A"].zone, areas["A"].at) == ("Asia/Almaty", "1/2")
    assert LogEntry.objects.filter(kind="areas.imported").count() == 1


def test_what_lies_below_moves_along(mission: SmallMission) -> None:
    imported(mission.row, TREE)
    imported(mission.row, "Code,Parent\nA1x,C\n")
    assert Area.objects.get(code="A2x").path == "C/A1x/A2x/"


def test_a_file_with_one_bad_row_changes_nothing(mission: SmallMission) -> None:
    before = list(mission.row.areas.values())
    for text in (f"{TREE}A,Again,,,,\n", f"{TREE}X,Lost,,nowhere,,\n", "Code,Parent\nA,B\nB,A\n"):
        with pytest.raises(RefusedAreasError):
            imported(mission.row, text)
        assert list(mission.row.areas.values()) == before


def test_a_file_is_taken_once(mission: SmallMission) -> None:
    upload = uploaded(mission.row, TREE, kind="areas")
    check_areas(upload=upload, mapping=upload.mapping, by=SERVER, now=NOW)
    import_areas(upload=upload, by=SERVER, now=NOW)
    with pytest.raises(RefusedAreasError):
        import_areas(upload=upload, by=SERVER, now=NOW)


def test_a_file_without_codes_is_asked_for_the_column(mission: SmallMission) -> None:
    upload = uploaded(mission.row, "What,Else\nx,y\n", kind="areas")
    with pytest.raises(UploadError):
        check_areas(upload=upload, mapping=upload.mapping, by=SERVER, now=NOW)


def test_an_area_that_holds_stations_stays_under_its_first_level_area(mission: SmallMission) -> None:
    imported(mission.row, TREE)
    in_force(mission.row, "Number,Area code,Voters\n1,A2x,5\n")
    with pytest.raises(RefusedAreasError):
        imported(mission.row, "Code,Parent\nA1x,C\n")
    assert Area.objects.get(code="A2x").path == "A/A1x/A2x/"


def test_sums_are_made_for_every_level(mission: SmallMission) -> None:
    imported(mission.row, TREE)
    in_force(mission.row, "Number,Area code,Voters\n1,A2x,5\n2,A1x,7\n3,A,\n4,B,11\n")
    sums = {entry.area.code: (entry.tally, entry.own) for entry in queries.area_sums(mission.row, viewer=SERVER)}
    assert sums["A"] == (Tally(3, 12, 1), Tally(1, 0, 1))
    assert sums["A1x"] == (Tally(2, 12), Tally(1, 7))
    assert sums["A2x"] == (Tally(1, 5), Tally(1, 5))
    assert sums["C"] == (Tally(), Tally())
    assert list(sums) == ["A", "A1x", "A2x", "B", "C"]


def test_stations_of_an_area_are_those_below_it_too(mission: SmallMission) -> None:
    imported(mission.row, TREE)
    in_force(mission.row, "Number,Area code,Voters\n1,A2x,5\n2,A1x,7\n3,B,1\n")
    area = queries.area_of(mission.row, "A", viewer=SERVER)
    assert [s.key for s in queries.stations_of(mission.row, viewer=SERVER, area=area).order_by("key")] == ["1", "2"]


def test_a_list_may_bring_levels_that_reports_are_counted_by(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + "1,A,Hill,,,,,5,,\n2,A,Hill,,,,,6,,\n")
    station = mission.row.stations.get(key="1")
    assert (station.area.code, station.top.code) == ("A.hill", "A")


def test_figures_are_asked_for_first_level_areas_alone(mission: SmallMission, sequenced: Callable[[], int]) -> None:
    in_force(mission.row, HEAD + "A1,A,Hill,,,,,5,,\n")
    mission.send(mission.body("A1"))
    as_of = sequenced()
    share = "eday.answer[answer=yes,form=counting,question=C01]"
    assert [key.dimension("area") for key in by_area(mission.row, [Key.parse(share)])] == ["A", "B"]
    key = Key.parse("eday.observations[area=A,form=counting]")
    assert eday.compute(mission.row, [key], as_of=as_of)[key].value == 1
