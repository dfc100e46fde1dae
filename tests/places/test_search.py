"""Stations are found by number, and by the beginnings of words in either script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.missions.operations import NewStation, add_stations
from paragraph8.places import queries

from .conftest import HEAD, in_force

ROWS = (
    "12,A,,Средняя школа №5,ул. Жамбыла 40,,,5,,\n"
    "120,A,,Lyceum,Central street 7,,,5,,\n"
    "7,B,,Қарағанды мектебі,Достық 12,,,5,,\n"
    "1 2 3,B,,Club,,,,5,,\n"
)


@pytest.fixture
def found(mission: SmallMission) -> Callable[[str], list[str]]:
    in_force(mission.row, HEAD + ROWS)

    def find(typed: str, **more: Any) -> list[str]:
        return [station.key for station in queries.search(mission.row, typed, viewer=SERVER, **more)]

    return find


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("12", ["12", "120", "123"]),
        ("120", ["120"]),
        ("40", ["12"]),
        ("shkola", ["12"]),
        ("Школ", ["12"]),
        ("srednyaya jambyl", ["12"]),
        ("қарағанды", ["7"]),
        ("Qaragandy", ["7"]),
        ("street lyc", ["120"]),
        ("hool", []),
        ("", []),
        ("%", []),
        ("' or 1=1 --", []),
        ("_", []),
    ],
)
def test_what_is_typed_finds(found: Callable[[str], list[str]], typed: str, keys: list[str]) -> None:
    assert found(typed) == keys


def test_not_more_are_found_than_asked_for(found: Callable[..., list[str]]) -> None:
    assert found("12", most=2) == ["12", "120"]
    assert found("x" * 5000) == []


def test_only_the_list_in_force_is_searched(mission: SmallMission, found: Callable[[str], list[str]]) -> None:
    in_force(mission.row, HEAD + "900,A,,New school,,,,5,,\n")
    assert found("12") == []
    assert found("school") == ["900"]


def test_stations_added_one_by_one_are_found_too(mission: SmallMission) -> None:
    new = NewStation(key="X9", area="A", label="Дворец", name={"kk": "Сарай"})
    add_stations(mission=mission.row, stations=[new], by=SERVER, now=NOW)
    assert [s.key for s in queries.search(mission.row, "dvorets sarai", viewer=SERVER)] == ["X9"]
    assert [s.key for s in queries.search(mission.row, "X9", viewer=SERVER)] == ["X9"]


def test_a_mission_without_a_list_finds_nothing(mission: SmallMission) -> None:
    mission.row.station_list = None
    assert queries.search(mission.row, "A", viewer=SERVER) == []


def test_who_may_not_see_places_finds_nothing(mission: SmallMission) -> None:
    with pytest.raises(NotAllowedError):
        queries.search(mission.row, "A", viewer=mission.viewer(Role.READER))


def test_a_station_is_told_through_the_lists(mission: SmallMission) -> None:
    in_force(mission.row, HEAD + "A1,B,,Renamed,,,,7,,\n")
    told = [(row.list.number, row.registered) for row in queries.station_of(mission.row, "A1", viewer=SERVER)]
    assert told == [(2, 7), (1, 1000)]
    with pytest.raises(queries.UnknownPlaceError):
        queries.station_of(mission.row, "nowhere", viewer=SERVER)
