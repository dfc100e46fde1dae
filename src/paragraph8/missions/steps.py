"""What a new mission sets up, step by step, and which steps are done: told by the log, so that no room is asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry

from .models import Mission

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """Something that a mission sets up before election day: where, what it is, and which log entries show it done."""

    room: str
    title: Words
    done_by: tuple[str, ...]


STEPS = (
    Step("settings", _("Name the institutions that observe together"), ("institutions.added",)),
    Step("contest", _("Say what is elected and who stands"), ("contest.added", "contestants.added")),
    Step("places", _("Upload the list of polling stations and publish it"), ("list.published", "stations.added")),
    Step(
        "forms",
        _("Take forms from the library or upload your own, and publish them"),
        ("form.published", "form.stored"),
    ),
    Step("people", _("Bring the people in"), ("people.added", "roster.published")),
    Step("teams", _("Form teams"), ("teams.added", "proposal.accepted")),
    Step("samples", _("Draw a sample, if stations are to be drawn"), ("draw.made",)),
    Step("deployment", _("Plan who goes where, and print the packs"), ("plan.accepted",)),
)


@dataclass(frozen=True)
class Taken:
    """A step and whether it is done."""

    step: Step
    done: bool


def steps_of(mission: Mission, *, viewer: Viewer) -> tuple[Taken, ...]:
    """The steps in their order; none once all are done, and none for who sets nothing up."""
    if not viewer.may(Action.MANAGE_MISSION, mission.pk):
        return ()
    kinds = {kind for step in STEPS for kind in step.done_by}
    written = set(LogEntry.objects.filter(mission_id=mission.pk, kind__in=kinds).values_list("kind", flat=True))
    taken = tuple(Taken(step, bool(written & set(step.done_by))) for step in STEPS)
    return () if all(each.done for each in taken) else taken
