"""A new list is a new version: staged unseen, compared, put in force by one step, or gone without a trace."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import NotAllowedError, Role
from paragraph8.audit.models import LogEntry
from paragraph8.jobs.models import Job, State
from paragraph8.missions.files import kept_file
from paragraph8.missions.models import Area, Station, StationList
from paragraph8.missions.operations import NewStation, add_areas, add_stations
from paragraph8.places import lists
from paragraph8.places.lists import StaleListError, discard, publish, sweep
from paragraph8.places.models import Upload
from paragraph8.places.uploads import UploadError, files_root, keep_upload, start_check

from .conftest import HEAD, checked, in_force, uploaded

ROWS = "A1,A,,,,,,1000,,\nA2,A,,,,,,1000,,\nB1,B,,,,,,1000,,\nB2,B,,,,,,1000,,\n"


def keys(mission: Any) -> set[str]:
    mission.refresh_from_db()
    return set(mission.stations.values_list("key", flat=True))


def test_a_list_is_seen_only_when_it_is_put_in_force(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS + "C1,C,West,,,,,500,,\n"))
    assert upload.job is not None
    assert upload.job.state == State.DONE
    assert upload.list is not None
    assert (upload.list.number, upload.list.n, upload.list.registered) == (2, 5, 4500)
    assert keys(mission.row) == {"A1", "A2", "B1", "B2"}
    assert set(mission.row.areas.values_list("code", flat=True)) == {"A", "B"}
    publish(listed=upload.list, by=SERVER, now=NOW)
    assert keys(mission.row) == {"A1", "A2", "B1", "B2", "C1"}
    assert set(mission.row.areas.values_list("code", flat=True)) == {"A", "B", "c", "c.west"}
    new = mission.row.stations.get(key="C1")
    assert (new.area.code, new.top.code, new.area.path) == ("c.west", "c", "c/c.west/")


def test_stations_of_an_old_list_never_change(mission: SmallMission) -> None:
    before = list(Station.objects.filter(list=mission.row.station_list).order_by("key").values())
    in_force(mission.row, HEAD + "A1,B,,New name,,,,7,,\n")
    assert list(Station.objects.filter(list__number=1).order_by("key").values()) == before


def test_putting_a_list_in_force_is_one_entry_with_hash_and_counts_and_no_names(mission: SmallMission) -> None:
    upload = in_force(mission.row, HEAD + "A1,A,,Secret school,Hidden street,,,7,,\n")
    entry = LogEntry.objects.get(kind="list.published")
    body = json.loads(entry.body)
    assert (body["n"], body["registered"], body["sha256"]) == (1, 7, upload.sha256)
    assert "Secret" not in entry.body
    assert "Hidden" not in entry.body


def test_differences_are_told_by_kind_with_sums_of_voters(mission: SmallMission) -> None:
    head = "Number,Region,Name,Address,Voters\n"
    in_force(
        mission.row, head + "1,A,School,Main st,100\n2,A,Hall,Low st,200\n3,A,Mill,,300\n4,B,Inn,,400\n5,B,Zoo,,5\n"
    )
    upload = in_force(
        mission.row, head + "1,B,School,Main st,100\n9,A,Hall,Low st,250\n3,A,Mill,,350\n6,B,New,,6\n4,B,Inn,,400\n"
    )
    assert upload.list is not None
    told = StationList.objects.get(pk=upload.list.pk).differences
    assert told["counts"] == {"added": 1, "closed": 1, "moved": 1, "renumbered": 1, "voters": 1}
    assert told["voters"]["voters"] == [300, 350]
    assert told["voters"]["renumbered"] == [200, 250]
    assert told["same"] == 1
    assert told["first"]["moved"][0] | {} == {
        "kind": "moved", "before": "1", "now": "1", "label": "School",
        "was": "A", "becomes": "B", "voters_before": 100, "voters_now": 100,
    }  # fmt: skip
    data = kept_file(files_root(), mission.row.slug, StationList.objects.get(pk=upload.list.pk).differences_sha256)
    told_lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {(line["kind"], line["number_before"], line["number_now"]) for line in told_lines} == {
        ("added", "", "6"), ("closed", "5", ""), ("moved", "1", "1"), ("renumbered", "2", "9"), ("voters", "3", "3"),
    }  # fmt: skip


def test_one_bad_row_refuses_the_whole_list_and_nothing_remains(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS + "A1,A,,,,,,5,,\nC1,C,,,,,,5,,\n"))
    assert upload.job is not None
    assert upload.job.state == State.REFUSED
    assert upload.list is None
    assert upload.findings["counts"] == {"duplicate-number": 1}
    assert StationList.objects.filter(mission=mission.row).count() == 1
    assert not Area.everything.filter(mission=mission.row, code="c").exists()
    assert b"duplicate-number" in kept_file(files_root(), mission.row.slug, upload.report_sha256)


def test_bad_rows_are_left_out_when_somebody_says_so(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS + "A1,A,,,,,,5,,\n,A,,,,,,5,,\n"), leave_out=True)
    assert upload.list is not None
    assert (upload.list.n, upload.findings["left_out"]) == (4, 2)


def test_an_unknown_area_refuses_unless_the_list_may_bring_areas(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + "C1,C,,,,,,5,,\n"), bring_areas=False)
    assert upload.findings["counts"] == {"unknown-area": 1}


def test_numbers_may_begin_anew_in_each_area(mission: SmallMission) -> None:
    text = HEAD + "1,A,,,,,,5,,\n1,B,,,,,,6,,\n"
    assert checked(uploaded(mission.row, text)).findings["counts"] == {"duplicate-number": 1}
    in_force(mission.row, text, per_area=True)
    assert keys(mission.row) == {"A-1", "B-1"}


def test_a_fault_while_staging_leaves_nothing(mission: SmallMission, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(lists, "_compare", broken)
    upload = uploaded(mission.row, HEAD + ROWS + "C1,C,,,,,,5,,\n")
    with pytest.raises(OSError, match="full"):
        checked(upload)
    assert Job.objects.get().state == State.BROKEN
    assert StationList.objects.count() == 1
    assert Station.objects.count() == 4
    assert Area.everything.count() == 2


def test_what_a_killed_job_left_is_swept_by_the_next(mission: SmallMission, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(lists, "_remove", lambda _: None)
        patch.setattr(lists, "_compare", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            checked(uploaded(mission.row, HEAD + ROWS + "C1,C,,,,,,5,,\n"))
    assert Station.objects.count() == 9
    assert keys(mission.row) == {"A1", "A2", "B1", "B2"}
    upload = checked(uploaded(mission.row, HEAD + ROWS))
    assert Station.objects.count() == 8
    assert upload.list is not None
    assert not Area.everything.filter(code="c").exists()


def test_sweeping_spares_a_list_that_waits_to_be_put_in_force(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS))
    assert sweep(mission.row) == 0
    assert StationList.objects.filter(pk=upload.list_id).exists()


def test_only_one_list_is_under_way_at_a_time(mission: SmallMission) -> None:
    first = checked(uploaded(mission.row, HEAD + ROWS))
    with pytest.raises(UploadError):
        checked(uploaded(mission.row, HEAD + ROWS))
    discard(upload=first, by=SERVER, now=NOW)
    assert checked(uploaded(mission.row, HEAD + ROWS)).list is not None


def test_a_discarded_list_is_gone_and_its_file_is_kept(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS + "C1,C,,,,,,5,,\n"))
    discard(upload=upload, by=SERVER, now=NOW)
    assert Station.objects.count() == 4
    assert not Area.everything.filter(code="c").exists()
    assert kept_file(files_root(), mission.row.slug, upload.sha256)
    with pytest.raises(StaleListError):
        discard(upload=upload, by=SERVER, now=NOW)


def test_a_list_that_another_overtook_is_not_put_in_force(mission: SmallMission) -> None:
    upload = checked(uploaded(mission.row, HEAD + ROWS))
    assert upload.list is not None
    other = StationList.objects.create(mission=mission.row, number=7, made_at=NOW, made_by="x", published_at=NOW)
    type(mission.row).objects.filter(pk=mission.row.pk).update(station_list=other)
    with pytest.raises(StaleListError):
        publish(listed=upload.list, by=SERVER, now=NOW)


def test_a_list_cannot_be_put_in_force_twice(mission: SmallMission) -> None:
    upload = in_force(mission.row, HEAD + ROWS)
    assert upload.list is not None
    with pytest.raises(StaleListError):
        publish(listed=upload.list, by=SERVER, now=NOW + timedelta(days=1))
    with pytest.raises(StaleListError):
        discard(upload=upload, by=SERVER, now=NOW)


def test_a_published_list_is_never_removed_by_what_removes_drafts(mission: SmallMission) -> None:
    sweep(mission.row)
    assert keys(mission.row) == {"A1", "A2", "B1", "B2"}


def test_stations_can_still_be_added_one_by_one_while_a_list_waits(mission: SmallMission) -> None:
    checked(uploaded(mission.row, HEAD + ROWS + "C1,C,,,,,,5,,\n"))
    add_areas(mission=mission.row, areas=[{"code": "c", "name": "West"}], by=SERVER, now=NOW)
    add_stations(mission=mission.row, stations=[NewStation(key="C9", area="c")], by=SERVER, now=NOW)
    assert "C9" in keys(mission.row)
    assert mission.row.stations.get(key="C9").top.code == "c"


def test_a_mission_without_a_list_gets_its_first(db: None) -> None:
    from paragraph8.domain.figures import Origin
    from paragraph8.domain.text import Text
    from paragraph8.missions.operations import create_mission

    made = create_mission(slug="new", title=Text.of("New"), by=SERVER, now=NOW, origin=Origin.SIMULATED)
    upload = in_force(made, HEAD + ROWS)
    assert upload.list is not None
    assert (upload.list.number, upload.list.differences) == (1, {})
    assert keys(made) == {"A1", "A2", "B1", "B2"}


def test_reports_are_read_against_the_list_in_force(mission: SmallMission, sequenced: Any) -> None:
    from paragraph8.review.models import Reading

    in_force(mission.row, HEAD + "A1,A,,Lyceum,,,,700,,\n")
    mission.send(mission.body("A1"))
    sequenced()
    station = Reading.objects.get().station
    assert station is not None
    assert (station.list_id, station.registered, str(station.title())) == (mission.row.station_list_id, 700, "Lyceum")


@pytest.mark.parametrize("role", [Role.READER, Role.OBSERVER, Role.ANALYST, Role.SECURITY])
def test_who_may_not_manage_places_changes_nothing(mission: SmallMission, role: Role) -> None:
    viewer = mission.viewer(role, team="T1" if role is Role.OBSERVER else "")
    upload = checked(uploaded(mission.row, HEAD + ROWS))
    assert upload.list is not None
    mapping = {"columns": {"number": "Number"}}
    for act in (
        lambda: keep_upload(mission=mission.row, kind="stations", name="x", data=b"a,b\n1,2\n", by=viewer, now=NOW),
        lambda: start_check(upload=upload, mapping=mapping, by=viewer, now=NOW),
        lambda: publish(listed=upload.list, by=viewer, now=NOW),
        lambda: discard(upload=upload, by=viewer, now=NOW),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert Upload.objects.count() == 1
