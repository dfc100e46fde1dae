"""The mission's log in words: what each kind of entry is called, and who acted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.audit.models import Change

KINDS: dict[str, str | Promise] = {
    "mission.created": _("The mission was made"),
    "founder.named": _("Somebody may make missions"),
    "institutions.added": _("Institutions were added"),
    "areas.added": _("Regions were added"),
    "stations.added": _("Polling stations were added"),
    "teams.added": _("Teams were added"),
    "contestants.added": _("Candidates were added"),
    "register.added": _("Register totals were added"),
    "form.stored": _("A form was stored"),
    "member.added": _("A person was given a role"),
    "member.removed": _("A person's role was taken away"),
    "device.added": _("A device was registered"),
    "device.revoked": _("A device was closed"),
    "file.imported": _("A file was imported"),
    "report.received": _("A report was received"),
    "report.conflicting": _("Other content came under the number of a report"),
    "report.corrected": _("A report was corrected"),
    "document.created": _("A document was made"),
    "sentence.worded": _("A sentence was worded"),
    "figures.frozen": _("Figures were frozen"),
    "statement.released": _("The statement was released"),
    # Settings
    "mission.changed": _("The facts of the mission were changed"),
    "institution.changed": _("The names of an institution were changed"),
    "institutions.ordered": _("The order of the institutions was changed"),
    "sharing.changed": _("What institutions show to each other was changed"),
    "contact.added": _("A contact was added"),
    "contact.removed": _("A contact was removed"),
    # Roster
    # Teams
    # Places
    # Contest
    # Forms
    "form.uploaded": _("A form was uploaded"),
    "form.drafted": _("A form became a draft"),
    "form.published": _("A form was published"),
    "form.retired": _("A form was retired"),
    # Samples
    # Assignments
    # Safety
}
"""Kind → words; a kind without words is shown as it is written."""

REPORT = "report:"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One change as the page shows it. `report` is the identifier of the report it concerns, if it does."""

    number: int
    at: datetime
    what: str | Promise
    who: str
    report: str
    subject: str
    chain: str


def lines(changes: Iterable[Change], devices: Mapping[str, str]) -> list[Line]:
    """The changes in words; `devices` are names of devices by actor, see `queries.device_names`."""
    return [
        Line(
            number=change.number,
            at=change.entry.at,
            what=KINDS.get(change.entry.kind, change.entry.kind),
            who=devices.get(change.entry.actor, change.entry.actor),
            report=change.entry.subject.removeprefix(REPORT) if change.entry.subject.startswith(REPORT) else "",
            subject=change.entry.subject,
            chain=change.chain,
        )
        for change in changes
    ]
