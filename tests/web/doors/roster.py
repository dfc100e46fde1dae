"""People."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import NOW, SERVER
from paragraph8.accounts.permissions import Action
from paragraph8.domain.people import Duty, Function
from paragraph8.missions.models import Mission
from paragraph8.roster.imports import keep_list
from paragraph8.roster.lists import lists_of
from paragraph8.roster.local_staff import NewLocalPerson, add_local_staff
from paragraph8.roster.operations import Facts, NewPerson, add_people
from paragraph8.roster.personal import Personal

if TYPE_CHECKING:
    from web.conftest import Pages

NEEDED = {
    "people": Action.SEE_ROSTER,
    "person": Action.SEE_ROSTER,
    "person_new": Action.MANAGE_ROSTER,
    "people_lists": Action.MANAGE_ROSTER,
    "people_list": Action.MANAGE_ROSTER,
    "same_people": Action.MANAGE_ROSTER,
    "badges": Action.MANAGE_ROSTER,
    "local_staff": Action.MANAGE_LOCAL_STAFF,
    "local_person": Action.MANAGE_LOCAL_STAFF,
}
FORMS = {
    "people",
    "person",
    "person_new",
    "people_lists",
    "people_list",
    "same_people",
    "local_staff",
    "local_person",
}
LIST = "family name;given name;function\nAbenova;Saule;LTO\n"


def addresses(pages: Pages) -> dict[str, str]:
    mission = pages.mission.row
    if not mission.people.exists():
        _people(mission)
    waiting = lists_of(mission, viewer=SERVER)[0]
    return {
        "people": pages.at("people/"),
        "person": pages.at("people/P0001/"),
        "person_new": pages.at("people/new/"),
        "people_lists": pages.at("people/lists/"),
        "people_list": pages.at(f"people/lists/{waiting.pk}/"),
        "same_people": pages.at("people/same/"),
        "badges": pages.at("people/badges/"),
        "local_staff": pages.at("people/local/"),
        "local_person": pages.at("people/local/L001/"),
    }


def _people(mission: Mission) -> None:
    """One observer, one interpreter, one list that waits."""
    observer = NewPerson(personal=Personal(family="Әбенова", given="Сәуле"), facts=Facts(function=Function.LTO))
    add_people(mission=mission, people=[observer], by=SERVER, now=NOW)
    interpreter = NewLocalPerson(personal=Personal(family="Localname"), duty=Duty.INTERPRETER)
    add_local_staff(mission=mission, people=[interpreter], by=SERVER, now=NOW)
    keep_list(mission=mission, data=LIST.encode(), name="list.csv", by=SERVER, now=NOW)
