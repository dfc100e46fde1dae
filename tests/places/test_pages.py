"""The way of a list through the pages, and what the pages say to bad input."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import Role
from paragraph8.domain.importing.sheets import read_sheet
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import perform
from paragraph8.missions.operations import add_areas
from paragraph8.places import uploads
from paragraph8.places.drawing import Cell, drawing
from paragraph8.places.maps import remove_map, store_map
from paragraph8.places.models import CountryMap, Upload

from .conftest import HEAD, in_force

ROWS = "A1,A,,School of the hill,Main street 5,,urban,900,,\nC1,C,West,Club,,,rural,40,,\n"
PLACES = "/m/small/places/"


@pytest.fixture
def desk(mission: SmallMission) -> Client:
    user = User.objects.create_user(username="ops")
    add_member(username="ops", password="", mission_id=mission.row.pk, role=Role.OPERATIONS, by=SERVER, now=NOW)
    client = Client()
    client.force_login(user)
    return client


def post_file(desk: Client, data: bytes, name: str = "list.csv", **typed: str) -> Any:
    typed = {"kind": "stations", "source": "The authority", "dated": "01.06.2019", **typed}
    return desk.post(f"{PLACES}imports/", {**typed, "file": SimpleUploadedFile(name, data)})


def check(desk: Client, address: str, **more: str) -> Any:
    columns = Upload.objects.latest("pk").mapping["columns"]
    chosen = {f"column_{meaning}": column for meaning, column in columns.items()}
    response = desk.post(address, {"do": "check", "language": "en", "bring_areas": "on", **chosen, **more})
    for job in Job.objects.filter(state="waiting"):
        perform(job)
    return response


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_list_goes_from_upload_to_being_in_force_by_pressing_buttons(mission: SmallMission, desk: Client) -> None:
    address = post_file(desk, (HEAD + ROWS).encode()).headers["Location"]
    page = text(desk.get(address))
    assert "School of the hill" in page
    assert '<option value="Number" selected>' in page
    assert check(desk, address).status_code == 302
    page = text(desk.get(address))
    assert "Differences to the list in force" in page
    assert 'value="publish"' in page
    assert desk.post(address, {"do": "publish"}).headers["Location"] == f"{PLACES}lists/"
    mission.row.refresh_from_db()
    assert set(mission.row.stations.values_list("key", flat=True)) == {"A1", "C1"}
    assert "The authority" in text(desk.get(PLACES))
    assert 'value="publish"' not in text(desk.get(address))


def test_a_workbook_is_taken_and_another_sheet_can_be_chosen(mission: SmallMission, desk: Client) -> None:
    from openpyxl import Workbook

    workbook, file = Workbook(), io.BytesIO()
    for sheet in (workbook.active, workbook.create_sheet("Second")):
        for row in (("Number", "Region", "Voters"), ("1" if sheet.title == "Second" else "9", "A", 5)):
            sheet.append(row)
    workbook.save(file)
    address = post_file(desk, file.getvalue(), "list.xlsx").headers["Location"]
    assert "Read this sheet" in text(desk.get(address))
    assert desk.post(address, {"do": "sheet", "sheet": "Second"}).status_code == 302
    refused = desk.post(address, {"do": "sheet", "sheet": "Third"})
    assert refused.status_code == 422
    assert "Third" in text(refused)
    check(desk, address)
    desk.post(address, {"do": "publish"})
    mission.row.refresh_from_db()
    assert [station.key for station in mission.row.stations] == ["1"]


@pytest.mark.parametrize(
    ("data", "typed", "said"),
    [
        (b"", {}, "The file is empty."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, {}, "old or binary format"),
        (b"a,b\n1,2\n", {"source": ""}, "Say who published the list"),
        (b"a,b\n1,2\n", {"dated": "3/4/2019"}, "cannot be read as one day"),
        (b"a,b\n1,2\n", {"dated": "soon"}, "cannot be read as one day"),
        (b"a,b\n1,2\n", {"kind": "people"}, "Select a valid choice"),
    ],
)
def test_a_bad_upload_is_said_and_nothing_is_kept(desk: Client, data: bytes, typed: dict[str, str], said: str) -> None:
    response = post_file(desk, data, **typed)
    assert response.status_code == 422
    assert said in text(response)
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_is_refused_by_its_size(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paragraph8.web.uploads.MEGABYTE", 0)
    monkeypatch.setattr(uploads, "read_sheet", lambda _: pytest.fail("the file was read"))
    assert "larger than 60 MB" in text(post_file(desk, b"a,b\n1,2\n3,4\n"))


def test_a_form_without_a_file_is_asked_for_one(desk: Client) -> None:
    response = desk.post(f"{PLACES}imports/", {"kind": "stations", "source": "x"})
    assert response.status_code == 422
    assert "Choose a file." in text(response)


@pytest.mark.parametrize(("language", "said"), [("en", "stands in row 2"), ("kk", "2-жолда бар"), ("ru", "в строке 2")])
def test_a_refused_list_says_why_by_row_in_the_language_of_the_reader(desk: Client, language: str, said: str) -> None:
    address = post_file(desk, (HEAD + ROWS + "A1,A,,,,,,5,,\n").encode()).headers["Location"]
    check(desk, address)
    desk.cookies["django_language"] = language
    page = text(desk.get(address))
    assert said in page
    assert 'value="publish"' not in page
    saved = list(csv.DictReader(io.StringIO(desk.get(f"{address}?save=csv").content.decode("utf-8-sig"))))
    assert [(line["row"], line["code"], line["blocks"]) for line in saved] == [("4", "duplicate-number", "yes")]
    assert said in saved[0][language]


def test_two_meanings_for_one_column_are_refused_and_what_was_chosen_is_kept(desk: Client) -> None:
    address = post_file(desk, (HEAD + ROWS).encode()).headers["Location"]
    response = check(desk, address, column_address="Number")
    assert response.status_code == 422
    assert "chosen for two meanings" in text(response)
    assert text(response).count('<option value="Number" selected>') == 2
    assert "which column holds the number" in text(check(desk, address, column_number=""))


def test_an_unknown_button_is_no_page(desk: Client) -> None:
    address = post_file(desk, (HEAD + ROWS).encode()).headers["Location"]
    assert desk.post(address, {"do": "explode"}).status_code == 404
    assert desk.post(address, {}).status_code == 404


def test_publishing_twice_is_said(desk: Client) -> None:
    address = post_file(desk, (HEAD + ROWS).encode()).headers["Location"]
    check(desk, address)
    desk.post(address, {"do": "publish"})
    assert desk.post(address, {"do": "publish"}).status_code == 422
    assert desk.post(address, {"do": "discard"}).status_code == 422


def test_areas_are_imported_by_the_same_steps(mission: SmallMission, desk: Client) -> None:
    address = post_file(desk, b"Code,Name,Parent\nA7,Seven,A\n", kind="areas").headers["Location"]
    assert check(desk, address).status_code == 302
    assert desk.post(address, {"do": "publish"}).status_code == 302
    assert "Seven" in text(desk.get(f"{PLACES}areas/"))
    assert "Seven" in text(desk.get(f"{PLACES}areas/A/"))


def test_areas_in_a_circle_are_refused_on_the_page(mission: SmallMission, desk: Client) -> None:
    address = post_file(desk, b"Code,Name,Parent\nA7,Seven,A8\nA8,Eight,A7\n", kind="areas").headers["Location"]
    check(desk, address)
    page = text(desk.get(address))
    assert "lies in itself" in page
    assert 'value="publish"' not in page
    assert desk.post(address, {"do": "publish"}).status_code == 422
    assert set(mission.row.areas.values_list("code", flat=True)) == {"A", "B"}


def test_searching_as_one_types_answers_with_the_results_alone(mission: SmallMission, desk: Client) -> None:
    in_force(mission.row, HEAD + ROWS)
    whole = text(desk.get(f"{PLACES}search/?q=hill"))
    piece = text(desk.get(f"{PLACES}search/?q=hill", headers={"HX-Request": "true"}))
    assert "School of the hill" in whole
    assert "School of the hill" in piece
    assert "<html" in whole
    assert "<html" not in piece
    assert "No station fits." in text(desk.get(f"{PLACES}search/?q=<script>"))
    assert "<script>" not in text(desk.get(f"{PLACES}search/?q=<script>", headers={"HX-Request": "true"}))


def test_the_saved_list_can_be_imported_again_and_carries_its_origin(mission: SmallMission, desk: Client) -> None:
    in_force(mission.row, HEAD + ROWS + '=1+1,A,,"=HYPERLINK(1)",,,,5,,\n')
    data = desk.get(f"{PLACES}?save=csv").getvalue()
    table = read_sheet(data)
    assert {row.cells["origin"] for row in table.rows} == {"simulated"}
    assert all(not cell.startswith("=") for row in table.rows for cell in row.cells.values())
    address = post_file(desk, data).headers["Location"]
    check(desk, address)
    staged = Upload.objects.select_related("list").get(pk=int(address.rstrip("/").split("/")[-1])).list
    assert staged is not None
    assert (staged.n, staged.registered) == (3, 945)


def test_long_areas_are_shown_in_pages(mission: SmallMission, desk: Client) -> None:
    in_force(mission.row, HEAD + "".join(f"{n:03d},A,,,,,,1,,\n" for n in range(60)))
    first = text(desk.get(f"{PLACES}areas/A/"))
    assert "after=049" in first
    second = text(desk.get(f"{PLACES}areas/A/?after=049"))
    assert ">059<" in second
    assert ">049<" not in second


def test_what_is_not_there_is_no_page(mission: SmallMission, desk: Client) -> None:
    for address in ("areas/Z/", "stations/?key=nowhere", "stations/", "lists/99/", "imports/99/"):
        assert desk.get(PLACES + address).status_code == 404, address


def test_a_draft_is_no_page_to_read(mission: SmallMission, desk: Client) -> None:
    address = post_file(desk, (HEAD + ROWS).encode()).headers["Location"]
    check(desk, address)
    assert desk.get(f"{PLACES}lists/2/").status_code == 404
    assert desk.get(f"{PLACES}stations/?key=C1").status_code == 404
    assert desk.get(f"{PLACES}areas/c/").status_code == 404


def outlines(name: str = "North") -> bytes:
    ring = [[60, 50], [61, 50], [61, 51], [60, 51], [60, 50]]
    feature = {"properties": {"n": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_the_map_is_a_list_then_tiles_then_the_missions_own_outlines(mission: SmallMission) -> None:
    cells = {"A": Cell(7, "q2", "teams")}
    assert drawing(mission.row, cells, viewer=SERVER).form == "list"
    add_areas(mission=mission.row, areas=[{"code": "C", "name": "C", "at": "2/5"}], by=SERVER, now=NOW)
    tiles = drawing(mission.row, cells, viewer=SERVER)
    assert (tiles.form, tiles.columns, [place.area.code for place in tiles.drawn()]) == ("tiles", 5, ["C"])
    store_map(mission=mission.row, name="m", data=outlines(), source="Ours", by=SERVER, now=NOW)
    own = drawing(mission.row, cells, viewer=SERVER)
    assert (own.form, [place.area.code for place in own.drawn()]) == ("outlines", ["A"])
    assert own.drawn()[0].cell == Cell(7, "q2", "teams")
    remove_map(mission=mission.row, by=SERVER, now=NOW)
    assert drawing(mission.row, cells, viewer=SERVER).form == "tiles"


def test_a_map_is_uploaded_drawn_and_removed_on_its_page(mission: SmallMission, desk: Client) -> None:
    for data, said in ((b"{}", "no GeoJSON"), (outlines("Nowhere"), "names areas of the mission")):
        response = desk.post(f"{PLACES}map/", {"source": "x", "file": SimpleUploadedFile("m.json", data)})
        assert response.status_code == 422
        assert said in text(response)
    desk.post(f"{PLACES}map/", {"source": "Ours", "file": SimpleUploadedFile("m.json", outlines())})
    page = text(desk.get(f"{PLACES}map/"))
    assert '<path class="q5" d="M0.0,' in page
    assert "Ours" in page
    desk.post(f"{PLACES}map/", {"remove": "1"})
    assert not CountryMap.objects.exists()


def test_names_of_stations_are_shown_in_the_language_of_the_reader(mission: SmallMission, desk: Client) -> None:
    in_force(mission.row, "Number,Region,name en,name kk,name ru\nA1,A,Lyceum,Лицей мектебі,Лицей\n")
    for language, said in (("en", "Lyceum"), ("kk", "Лицей мектебі"), ("ru", "Лицей")):
        desk.cookies["django_language"] = language
        assert f"</b> {said}<" in text(desk.get(f"{PLACES}areas/A/"))
