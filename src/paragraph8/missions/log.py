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
    "figures.differed": _("Figures that were shown differed from a recomputation, and were made anew"),
    "statement.released": _("The statement was released"),
    # Settings
    "mission.changed": _("The facts of the mission were changed"),
    "institution.changed": _("The names of an institution were changed"),
    "institutions.ordered": _("The order of the institutions was changed"),
    "sharing.changed": _("What institutions show to each other was changed"),
    "contact.added": _("A contact was added"),
    "contact.removed": _("A contact was removed"),
    # Roster
    "people.added": _("People were added to the roster"),
    "person.changed": _("A person's entry was changed"),
    "status.recorded": _("A step of people was recorded"),
    "status.retracted": _("A step was taken back"),
    "requirement.noted": _("It was noted who met a requirement"),
    "people.merged": _("Two entries were joined as one person"),
    "people.parted": _("Joined entries were parted again"),
    "people.distinguished": _("Two entries were said to be two people"),
    "people.erased": _("Personal data of people were erased"),
    "roster.read": _("A list of people was read"),
    "roster.published": _("A list of people was published"),
    "roster.dropped": _("A list of people was dropped"),
    "local-staff.added": _("Local staff were added"),
    "local-staff.changed": _("An entry of local staff was changed"),
    "local-staff.erased": _("Personal data of local staff were erased"),
    # Teams
    "team.seated": _("Somebody came into a team"),
    "team.left": _("Somebody left a team"),
    "team.exchanged": _("Two people of two teams changed places"),
    "team.locked": _("A team was locked"),
    "team.unlocked": _("A team was unlocked"),
    "team.dissolved": _("A team was dissolved"),
    "team.equipped": _("Car, telephone, region or institution of a team was changed"),
    "teams.equipped": _("Cars and telephones of teams were changed"),
    "pair.parted": _("Two people were kept apart"),
    "pair.allowed": _("Two people may travel together again"),
    "languages.asked": _("Languages of a region were set"),
    "proposal.made": _("Teams were proposed"),
    "proposal.accepted": _("Proposed teams were accepted"),
    "proposal.discarded": _("Proposed teams were discarded"),
    # Places
    "list.uploaded": _("A file of stations or areas was uploaded"),
    "list.sheet-chosen": _("A sheet of an uploaded workbook was chosen"),
    "list.check-started": _("The reading of a station list was started"),
    "list.staged": _("A station list was read"),
    "list.published": _("A station list was put in force"),
    "list.discarded": _("An uploaded file was discarded"),
    "areas.imported": _("Areas were imported"),
    "map.stored": _("A map was stored"),
    "map.removed": _("The map was removed"),
    # Contest
    "contest.added": _("A contest was added"),
    "contest.changed": _("A contest was described anew"),
    "contestant.added": _("A candidate was added"),
    "contestant.changed": _("A candidate was described anew"),
    "contestant.stepped": _("A candidate's status changed"),
    "calendar.written": _("A line of the calendar was written"),
    "voters.added": _("A total of a voter register was added"),
    "series.written": _("An earlier election was added to a series"),
    "series.spanned": _("It was said how complete a series is"),
    "results.added": _("A version of the results was added"),
    "mission.carried-over": _("A second round was carried over from the first"),
    "mission.closed": _("The mission was closed and personal data erased"),
    # Forms
    "form.uploaded": _("A form was uploaded"),
    "form.drafted": _("A form became a draft"),
    "form.published": _("A form was published"),
    "form.retired": _("A form was retired"),
    # Samples
    "seed.committed": _("The seed of a sample was committed to"),
    "seed.contributed": _("Somebody contributed to the seed of a sample"),
    "draw.asked": _("A draw was asked for"),
    "draw.made": _("A sample was drawn"),
    "draw.replaced": _("A station of a sample gave way to a reserve"),
    "stops.planned": _("Drawn stops were given to teams"),
    # Rehearsal
    "rehearsal.started": _("A rehearsal was started"),
    "rehearsal.ended": _("The rehearsal was ended"),
    "rehearsal.received": _("A report of a rehearsal was received"),
    "rehearsal.conflicting": _("Other content came under the number of a report of a rehearsal"),
    "rehearsal.corrected": _("A report of a rehearsal was corrected"),
    # Assignments
    "areas.given": _("A team was given its areas"),
    "plan.begun": _("A deployment plan was begun"),
    "plan.solved": _("A deployment plan was worked out"),
    "plan.copied": _("A draft was made from a deployment plan"),
    "plan.changed": _("A deployment plan was changed by hand"),
    "plan.accepted": _("A deployment plan was accepted"),
    "rules.set": _("It was set which reports are expected"),
    "packs.ordered": _("Packs of the teams were ordered"),
    "packs.made": _("Packs of the teams were made"),
    "enrolment.prepared": _("A code for a phone was prepared"),
    "enrolment.activated": _("A code for a phone was activated"),
    "enrolment.withdrawn": _("A code for a phone was withdrawn"),
    "enrolment.redeemed": _("A phone used its code and became a device"),
    # Safety
    "checkin.noted": _("A team was heard from"),
    "checkins.erased": _("Check-ins were erased"),
    "alarm.acknowledged": _("Somebody looks after a team that is late"),
    "schedule.changed": _("A schedule of check-ins was set"),
    "schedule.ended": _("A schedule of check-ins was ended"),
    "recall.drafted": _("A recall was drafted"),
    "recall.worded": _("A recall was reworded"),
    "recall.marked": _("A recall was noted as sent"),
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
