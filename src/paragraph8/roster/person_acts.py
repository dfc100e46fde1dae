"""What can be done from the pages about people: one function an act, each says what it did. Some acts take several
people at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.people import Requirement
from paragraph8.missions.models import Mission

from .erasing import erase
from .forms import PersonForm, RequirementForm, StepForm, SureForm
from .merging import undo_merge
from .models import Person
from .operations import change_person, meet, step, take_back
from .queries import PersonFile, UnknownPersonError


@dataclass(frozen=True)
class Act:
    """Something that somebody sent about people. `forms` hold what was typed."""

    mission: Mission
    people: tuple[Person, ...]
    forms: Mapping[str, Any]
    data: Mapping[str, Any]
    by: Viewer
    now: datetime


def forms_for_several(posted: Mapping[str, Any] | None, *, today: date) -> dict[str, Any]:
    """The forms that take several people, by their act; the one that was sent holds what was typed."""
    act = posted.get("act", "") if posted is not None else ""
    return {
        "step": StepForm(posted if act == "step" else None, today=today),
        "meet": RequirementForm(posted if act == "meet" else None, today=today),
    }


def forms_for(
    mission: Mission, file: PersonFile, posted: Mapping[str, Any] | None, *, today: date, edit: bool
) -> dict[str, Any]:
    """The forms of a person's page."""
    act = posted.get("act", "") if posted is not None else ""
    forms = forms_for_several(posted, today=today)
    forms["erase"] = SureForm(posted if act == "erase" else None)
    if (edit or act == "change") and file.personal is not None:
        forms["change"] = PersonForm(posted if act == "change" else None, mission=mission, file=file)
    return forms


def perform_for_several(act: Act) -> str:
    """Do what was sent for people who were ticked; what to say, or nothing when a form has to be shown again or the act
    is unknown. Raises what the operations raise."""
    name = act.data.get("act", "")
    return _FOR_SEVERAL[name](act) if name in _FOR_SEVERAL and act.forms[name].is_valid() else ""


def perform(act: Act, file: PersonFile) -> str:
    """The same on the page of one person."""
    name = act.data.get("act", "")
    match name:
        case "take-back":
            return _take_back(act, file)
        case "part":
            return _part(act, file)
        case "change" | "erase" if name in act.forms and act.forms[name].is_valid():
            return _change(act, file) if name == "change" else _erase(act)
    return perform_for_several(act)


def moved(made: int, asked: int) -> str:
    """How many people took a step."""
    if not made:
        return _("Nothing to change: that is how it stands on that day already.")
    words = ngettext("The step was added for %(n)s person.", "The step was added for %(n)s people.", made) % {"n": made}
    return words if made == asked else f"{words} {_('The others stand there already.')}"


def _step(act: Act) -> str:
    form: StepForm = act.forms["step"]
    made = step(
        mission=act.mission,
        people=act.people,
        status=form.status_chosen(),
        day=form.cleaned_data["day"],
        reason=form.reason_chosen(),
        by=act.by,
        now=act.now,
    )
    return moved(len(made), len(act.people))


def _meet(act: Act) -> str:
    typed = act.forms["meet"].cleaned_data
    need = Requirement(typed["requirement"])
    meet(mission=act.mission, people=act.people, requirement=need, day=typed["met"], by=act.by, now=act.now)
    return _("Noted.")


def _change(act: Act, file: PersonFile) -> str:
    form: PersonForm = act.forms["change"]
    change_person(
        mission=act.mission,
        person=file.person,
        facts=form.facts(),
        personal=form.personal(),
        retain_until=form.cleaned_data["kept_until"],
        by=act.by,
        now=act.now,
    )
    return _("Saved.")


def _erase(act: Act) -> str:
    erase(mission=act.mission, people=act.people, by=act.by, now=act.now)
    return _("The personal data are erased. The counts stay.")


def _take_back(act: Act, file: PersonFile) -> str:
    taken = next((each for each in file.steps if str(each.pk) == act.data.get("step")), None)
    if taken is None:
        raise UnknownPersonError(file.person.code)
    take_back(mission=act.mission, taken=taken, by=act.by, now=act.now)
    return _("The step is taken back. It stays readable and counts no more.")


def _part(act: Act, file: PersonFile) -> str:
    undo_merge(mission=act.mission, gone=file.person, by=act.by, now=act.now)
    return _("The entries are two again.")


_FOR_SEVERAL: Mapping[str, Callable[[Act], str]] = {"step": _step, "meet": _meet}
