"""Reading what the mission set up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.forms import Form, form_from_json

from .models import Area, FormVersion, Mission


class UnknownMissionError(LookupError):
    """No mission of that slug, as far as the viewer may know."""


def mission_of(slug: str, *, viewer: Viewer, action: Action = Action.SEE_MISSION) -> Mission:
    """The mission, if the viewer may do the action in it.

    Raises `UnknownMissionError` when there is none or the viewer is an outsider to it, `NotAllowedError` when the
    viewer belongs to it without the permission.
    """
    mission = Mission.objects.filter(slug=slug).first()
    if mission is None or not viewer.may(Action.SEE_MISSION, mission.pk):
        raise UnknownMissionError(slug)
    viewer.require(action, mission.pk)
    return mission


def missions_of(viewer: Viewer) -> list[Mission]:
    """The missions that the viewer may see, by slug."""
    missions = Mission.objects.order_by("slug")
    return list(missions if viewer.system else missions.filter(pk__in=viewer.roles))


@dataclass(frozen=True)
class StoredForm:
    """A form version with its row."""

    pk: int
    form: Form


def forms_of(mission: Mission) -> list[StoredForm]:
    """All form versions of the mission, in the order in which they were stored."""
    return [
        StoredForm(pk, _form(body))
        for pk, body in FormVersion.objects.filter(mission=mission)
        .order_by("pk")
        .values_list("pk", "body")
    ]


def latest_forms(mission: Mission) -> dict[str, Form]:
    """The newest version of each form, by code."""
    return {stored.form.code: stored.form for stored in forms_of(mission)}


def areas_of(mission: Mission) -> dict[str, Area]:
    """Areas by code."""
    return {area.code: area for area in mission.areas.all()}


@lru_cache(maxsize=256)
def _form(body: str) -> Form:
    return form_from_json(json.loads(body))
