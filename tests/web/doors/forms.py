"""Forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action
from paragraph8.forms.operations import upload

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "forms": Action.SEE_FORMS,
    "form_upload": Action.MANAGE_FORMS,
    "form_entry": Action.SEE_FORMS,
    "form_file": Action.SEE_FORMS,
    "form": Action.SEE_FORMS,
    "form_preview": Action.SEE_FORMS,
    "form_paper": Action.SEE_FORMS,
    "form_download": Action.SEE_FORMS,
    "form_copy": Action.SEE_FORMS,
}
FORMS = {"form_upload", "form_entry", "form_file", "form", "form_copy"}

SHEETS = b"""survey,,,,
,type,name,label::English (en),p8_section
,integer,V01,Voters on the list,voting
settings,,,,
,form_id,version,form_title::English (en),p8_process
,visit,1,Visit,voting
"""


def addresses(pages: Pages) -> dict[str, str]:
    kept = upload(mission=pages.mission.row, name="visit.csv", data=SHEETS, by=SERVER, now=NOW).file
    assert kept
    pk = pages.mission.row.forms.get(code="counting").pk
    return {
        "forms": pages.at("forms/"),
        "form_upload": pages.at("forms/new/"),
        "form_entry": pages.at("forms/library/opening/"),
        "form_file": pages.at(f"forms/files/{kept.sha256}/"),
        "form": pages.at(f"forms/{pk}/"),
        "form_preview": pages.at(f"forms/{pk}/preview/"),
        "form_paper": pages.at(f"forms/{pk}/paper/en.pdf"),
        "form_download": pages.at(f"forms/{pk}/files/xlsx"),
        "form_copy": pages.at(f"forms/{pk}/copy/"),
    }
