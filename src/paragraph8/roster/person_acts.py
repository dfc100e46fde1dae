"""What can be done on a person's page: one function an act, each says what it did."""

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
from .operations import change_person, meet, step, take_back
from .queries import PersonFile, UnknownPersonError


@dataclass(frozen=True)
class Act:
    """Something that somebody sent from the page of a person. `forms` hold what was typed."""

    mission: Mission
    file: PersonFile
    forms: Mapping[str, Any]
    data: Mapping[str, Any]
    by: Viewer
    now: datetime


def forms_for(
    mission: Mission, file: PersonFile, posted: Mapping[str, Any] | None, *, today: date, edit: bool
) -> dict[str, Any]:
    """The forms of the page by their act; the one that was sent holds what was typed."""
    act = posted.get("act", "") if posted is not None else ""
    forms: dict[str, Any] = {
        "step": StepForm(posted if act == "step" else None, today=today),
        "meet": RequirementForm(posted if act == "meet" else None, today=today),
        "erase": SureForm(posted if act == "erase" else None),
    }
    if (edit or act == "change") and file.personal is not None:
        forms["change"] = PersonForm(posted if act == "change" else None, mission=mission, file=file)
    return forms


def perform(act: Act) -> str:
    """Do what was sent; what to say, or nothing when a form has to be shown again or the act is unknown. Raises what
    the operations raise."""
    name = act.data.get("act", "")
    form = act.forms.get(name)
    if name not in _ACTS or (form is None and name in _WITH_FORM) or (form is not None and not form.is_valid()):
        return ""
    return _ACTS[name](act)


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
        people=[act.file.person],
        status=form.status_chosen(),
        day=form.cleaned_data["day"],
        reason=form.reason_chosen(),
        by=act.by,
        now=act.now,
    )
    return moved(len(made), 1)


def _meet(act: Act) -> str:
    typed = act.forms["meet"].cleaned_data
    need = Requirement(typed["requirement"])
    people = [act.file.person]
    meet(mission=act.mission, people=people, requirement=need, day=typed["met"], by=act.by, now=act.now)
    return _("Noted.")


def _change(act: Act) -> str:
    form: PersonForm = act.forms["change"]
    change_person(
        mission=act.mission,
        person=act.file.person,
        facts=form.facts(),
        personal=form.personal(),
        by=act.by,
        now=act.now,
    )
    return _("Saved.")


def _erase(act: Act) -> str:
    erase(mission=act.mission, people=[act.file.person], by=act.by, now=act.now)
    return _("The personal data are erased. The counts stay.")


def _take_back(act: Act) -> str:
    taken = next((each for each in act.file.steps if str(each.pk) == act.data.get("step")), None)
    if taken is None:
        raise UnknownPersonError(act.file.person.code)
    take_back(mission=act.mission, taken=taken, by=act.by, now=act.now)
    return _("The step is taken back. It stays readable and counts no more.")


def _part(act: Act) -> str:
    undo_merge(mission=act.mission, gone=act.file.person, by=act.by, now=act.now)
    return _("The entries are two again.")


_ACTS: Mapping[str, Callable[[Act], str]] = {
    "step": _step,
    "meet": _meet,
    "change": _change,
    "erase": _erase,
    "take-back": _take_back,
    "part": _part,
}
_WITH_FORM = frozenset({"step", "meet", "change", "erase"})
