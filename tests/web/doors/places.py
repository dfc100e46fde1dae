"""Areas and stations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paragraph8.accounts.permissions import Action

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "places": Action.SEE_PLACES,
    "station_search": Action.SEE_PLACES,
    "areas": Action.SEE_PLACES,
    "area": Action.SEE_PLACES,
    "station": Action.SEE_PLACES,
    "station_lists": Action.SEE_PLACES,
    "station_list": Action.SEE_PLACES,
    "country_map": Action.SEE_PLACES,
    "place_imports": Action.MANAGE_PLACES,
    "place_import": Action.MANAGE_PLACES,
}
FORMS = {"country_map", "place_imports", "place_import"}
LIST = b"Number,Region,Voters\nA1,A,900\nA3,A,x\n"


def addresses(pages: Pages) -> dict[str, str]:
    upload, number = _behind(pages)
    return {
        "places": pages.at("places/"),
        "station_search": pages.at("places/search/"),
        "areas": pages.at("places/areas/"),
        "area": pages.at("places/areas/A/"),
        "station": pages.at("places/stations/?key=A1"),
        "station_lists": pages.at("places/lists/"),
        "station_list": pages.at(f"places/lists/{number}/"),
        "country_map": pages.at("places/map/"),
        "place_imports": pages.at("places/imports/"),
        "place_import": pages.at(f"places/imports/{upload}/"),
    }


def _behind(pages: Pages) -> tuple[int, int]:
    """An upload that was refused, and a list that was in force before the one that is."""
    from conftest import NOW, SERVER
    from paragraph8.missions.files import keep_file
    from paragraph8.missions.models import StationList
    from paragraph8.places.models import Upload
    from paragraph8.places.uploads import files_root, keep_upload

    mission = pages.mission.row
    upload = Upload.objects.filter(mission=mission).first()
    if upload is None:
        kept = {"kind": "stations", "name": "list.csv", "data": LIST, "source": "The authority"}
        upload = keep_upload(mission=mission, by=SERVER, now=NOW, **kept)
        sha256, _ = keep_file(files_root(), mission.slug, b"row,column\r\n")
        Upload.objects.filter(pk=upload.pk).update(report_sha256=sha256)
        StationList.objects.create(
            mission=mission,
            number=2,
            made_at=NOW,
            made_by="head",
            staged_at=NOW,
            published_at=NOW,
            differences_sha256=sha256,
        )
    return upload.pk, 2
