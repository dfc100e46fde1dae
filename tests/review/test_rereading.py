"""A new station list: every report stands at the station of the list in force, and no earlier view changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.audit.models import LogEntry
from paragraph8.missions.operations import NewStation, add_stations, create_mission
from paragraph8.places.lists import publish
from paragraph8.places.models import Upload
from paragraph8.places.uploads import keep_upload, start_check
from paragraph8.review import rereading
from paragraph8.review.models import Reading
from paragraph8.review.queries import current, intake, problem_counts, rows_of_form

Sequenced = Callable[[], int]


def new_list(mission: SmallMission, text: str) -> None:
    """A list from its file to being in force."""
    from paragraph8.jobs.models import Job
    from paragraph8.jobs.operations import perform

    data = f"Number,Region,Voters\n{text}".encode()
    upload = keep_upload(
        mission=mission.row, data=data, kind="stations", name="list.csv", source="The authority", by=SERVER, now=NOW
    )
    mapping = {"columns": upload.mapping["columns"], "language": "en", "bring_areas": True}
    perform(Job.objects.get(pk=start_check(upload=upload, mapping=mapping, by=SERVER, now=NOW).pk))
    staged = Upload.objects.select_related("list").get(pk=upload.pk).list
    assert staged is not None
    publish(listed=staged, by=SERVER, now=NOW)
    mission.row.refresh_from_db()


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def readings(mission: SmallMission, as_of: int) -> list[Reading]:
    return list(current(mission.row, as_of=as_of, viewer=SERVER).select_related("station__top"))


def test_reports_are_read_again_by_the_new_list_and_stay_as_they_were_before_it(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A1"))
    mission.send(mission.body("Z9"))
    before = sequenced()
    new_list(mission, "A1,B,5\nZ9,A,700\n")
    after = sequenced()
    then = {row.station_key: row.station and row.station.top.code for row in readings(mission, before)}
    now = {row.station_key: row.station.top.code for row in readings(mission, after)}
    assert (then, now) == ({"A1": "A", "Z9": None}, {"A1": "B", "Z9": "A"})
    assert {row.station.list_id for row in readings(mission, after)} == {mission.row.station_list_id}
    assert {row["area"] for row in rows_of_form(mission.row, "counting", as_of=before)} == {"A", None}
    assert {row["area"] for row in rows_of_form(mission.row, "counting", as_of=after)} == {"A", "B"}
    codes = [{found.code for found in problem_counts(mission.row, as_of=n, viewer=SERVER)} for n in (before, after)]
    assert ["unknown-station" in found for found in codes] == [True, False]


def test_a_station_in_two_lists_is_one_station(
    mission: SmallMission, sequenced: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "STATION_KINDS", frozenset())
    mission.send(mission.body("A1"))
    sequenced()
    new_list(mission, "A1,A,5\nA2,A,5\n")
    mission.send(mission.body("A1"), team="T2")
    as_of = sequenced()
    assert len({row.station_id for row in readings(mission, as_of)}) == 2
    (line,) = intake(mission.row, as_of=as_of, viewer=SERVER)
    assert (line.reports, line.stations) == (2, 1)


def test_many_reports_are_read_again_in_steps_that_the_log_names(
    mission: SmallMission, sequenced: Sequenced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rereading, "STEP", 2)
    for _ in range(5):
        mission.send(mission.body("A1"))
    before = sequenced()
    new_list(mission, "A1,B,5\n")
    after = sequenced()
    steps = LogEntry.objects.filter(kind="reports.reread").order_by("pk")
    assert [json.loads(entry.body)["after"] > 0 for entry in steps] == [False, True, True]
    assert [row.station.top.code for row in readings(mission, after)] == ["B"] * 5
    assert sequenced() == after
    assert Reading.objects.filter(change_id__gt=before).count() == 5


def test_rehearsed_reports_are_read_again_and_stay_practice(mission: SmallMission, sequenced: Sequenced) -> None:
    mission.send(mission.body("A1", rehearsal=True))
    sequenced()
    new_list(mission, "A1,B,5\n")
    after = sequenced()
    assert readings(mission, after) == []
    practice = current(mission.row, as_of=after, viewer=SERVER, rehearsal=True).get()
    assert practice.station.top.code == "B"


def test_a_station_that_is_added_later_is_found_by_the_reports_that_name_it(
    mission: SmallMission, sequenced: Sequenced
) -> None:
    mission.send(mission.body("A7"))
    sequenced()
    add_stations(mission=mission.row, stations=[NewStation(key="A7", area="A")], by=SERVER, now=NOW)
    (row,) = readings(mission, sequenced())
    assert row.station.key == "A7"


def test_without_a_report_nothing_is_read_again(mission: SmallMission, sequenced: Sequenced) -> None:
    from paragraph8.domain.text import Text

    mission.send(mission.body("A1"))
    other = create_mission(slug="other", title=Text.of("Other"), by=SERVER, now=NOW)
    add_stations(mission=other, stations=[NewStation(key="A1")], by=SERVER, now=NOW)
    sequenced()
    assert not LogEntry.objects.filter(kind="reports.reread", mission_id=other.pk).exists()
