"""Writing events: what happened, what became of it, which two entries are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.capture.models import Report
from paragraph8.domain.ledger.typologies import Phase, Typology
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission

from .models import Event, EventVersion, Merging, OutcomeStep
from .refusals import RefusedEntryError
from .terms import require_terms

PRECISIONS = ("minute", "hour", "part-of-day", "day", "week", "month", "unknown")
NOTHING = Text(())
LONGEST_NOTE = 200_000
"""Characters of a note; longer ones are exhibits."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """Who did what to whom: codes of roles and of an act; `n` where somebody counted."""

    by: str
    act: str
    to: str
    n: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data."""
        return {"by": self.by, "act": self.act, "to": self.to, "n": self.n}


@dataclass(frozen=True, kw_only=True)
class EventFacts:
    """What is known of an event; see `models.EventVersion`."""

    kind: str
    title: Text
    phase: Phase
    zone: str
    summary: Text = NOTHING
    note: str = ""
    area: Area | None = None
    public_area: Area | None = None
    place: str = ""
    since: date | None = None
    until: date | None = None
    clock: time | None = None
    precision: str = "day"
    verbatim: str = ""
    reading: str = ""
    reading_because: str = ""
    acts: Sequence[Act] = ()
    rights: Sequence[str] = ()
    commitments: Sequence[str] = field(default=())
    protected: bool = False


@transaction.atomic
def add_event(*, mission: Mission, facts: EventFacts, by: Viewer, now: datetime, report: Report | None = None) -> Event:
    """A new event, numbered in the mission. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.WRITE_LEDGER, mission.pk)
    _check(mission, facts)
    n = Event.objects.select_for_update().filter(mission=mission).count() + 1
    event = Event.objects.create(mission=mission, code=f"E{n:04d}", report=report)
    _version(event, facts, "event.added", by, now)
    return event


@transaction.atomic
def change_event(*, event: Event, facts: EventFacts, by: Viewer, now: datetime) -> EventVersion:
    """What is known of it now; what was known before stays. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.WRITE_LEDGER, event.mission_id)
    _check(event.mission, facts)
    return _version(event, facts, "event.changed", by, now)


@transaction.atomic
def add_outcome(
    *, event: Event, outcome: str, source: str, by: Viewer, now: datetime, n: int | None = None, day: date | None = None
) -> OutcomeStep:
    """What came of the event for some people. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.WRITE_LEDGER, event.mission_id)
    require_terms(event.mission, Typology.OUTCOME, [outcome], field="outcome")
    if not source.strip():
        raise RefusedEntryError("no-source", field="source")
    entry = log(event.mission_id, "outcome.added", f"event:{event.pk}", {"outcome": outcome, "n": n}, by, now)
    return OutcomeStep.objects.create(
        event=event, outcome=outcome, n=n, day=day, source=source.strip(), by=by.name, at=now, entry=entry
    )


@transaction.atomic
def merge(*, kept: Event, gone: Event, reason: str, by: Viewer, now: datetime, undo: bool = False) -> Merging:
    """Read `gone` as `kept` from now on, or (with `undo`) as itself again. Raises as above."""
    by.require(Action.WRITE_LEDGER, kept.mission_id)
    if kept.pk == gone.pk or kept.mission_id != gone.mission_id:
        raise RefusedEntryError("same-thing")
    if not reason.strip():
        raise RefusedEntryError("no-reason", field="reason")
    body = {"kept": kept.code, "gone": gone.code}
    entry = log(kept.mission_id, "events.parted" if undo else "events.merged", f"event:{kept.pk}", body, by, now)
    return Merging.objects.create(
        kept=kept, gone=gone, undone=undo, reason=reason.strip(), by=by.name, at=now, entry=entry
    )


def log(mission_id: int, kind: str, subject: str, body: dict[str, Any], by: Viewer, now: datetime) -> LogEntry:
    """One entry of the ledger in the log of the mission."""
    return append(mission_id=mission_id, kind=kind, subject=subject, body=body, by=by.name, now=now)


def _check(mission: Mission, facts: EventFacts) -> None:
    if not facts.title.languages():
        raise RefusedEntryError("no-title", field="title")
    if len(facts.note) > LONGEST_NOTE:
        raise RefusedEntryError("too-long", field="note", most=LONGEST_NOTE)
    if facts.since and facts.until and facts.until < facts.since:
        raise RefusedEntryError("bad-period", field="until")
    if facts.precision not in PRECISIONS:
        raise RefusedEntryError("unknown-term", field="precision", term=facts.precision)
    if facts.reading and not (facts.verbatim and facts.reading_because.strip()):
        raise RefusedEntryError("reading-needs-reason", field="reading_because")
    for area in (facts.area, facts.public_area):
        if area is not None and area.mission_id != mission.pk:
            raise RefusedEntryError("unknown-area", field="area", area=area.code)
    if facts.area and facts.public_area and not facts.area.path.startswith(facts.public_area.path):
        raise RefusedEntryError("public-area-finer", field="public_area")
    require_terms(mission, Typology.EVENT, [facts.kind], field="kind")
    require_terms(mission, Typology.ACT, [act.act for act in facts.acts], field="acts")
    require_terms(mission, Typology.ROLE, [role for act in facts.acts for role in (act.by, act.to)], field="acts")
    require_terms(mission, Typology.RIGHT, facts.rights, field="rights")
    if facts.protected:
        _check_protected(facts)


def _check_protected(facts: EventFacts) -> None:
    """What a protected event may not say: whatever narrows down who told of it."""
    too_much = {
        "place": bool(facts.place),
        "clock": facts.clock is not None,
        "precision": facts.precision not in ("week", "month", "unknown"),
        "area": facts.area is not None and facts.area.parent_id is not None,
    }
    for name, written in too_much.items():
        if written:
            raise RefusedEntryError("not-protected-enough", field=name)


def _version(event: Event, facts: EventFacts, kind: str, by: Viewer, now: datetime) -> EventVersion:
    body = {"code": event.code, "kind": facts.kind, "protected": facts.protected}
    entry = log(event.mission_id, kind, f"event:{event.pk}", body, by, now)
    return EventVersion.objects.create(
        event=event,
        kind=facts.kind,
        title=facts.title.to_json(),
        summary=facts.summary.to_json(),
        note=facts.note,
        phase=facts.phase.value,
        area=facts.area,
        public_area=facts.public_area,
        place=facts.place,
        since=facts.since,
        until=facts.until,
        clock=facts.clock,
        precision=facts.precision,
        zone=facts.zone,
        verbatim=facts.verbatim,
        reading=facts.reading,
        reading_because=facts.reading_because,
        acts=[act.to_json() for act in facts.acts],
        rights=list(facts.rights),
        commitments=list(facts.commitments),
        protected=facts.protected,
        by=by.name,
        at=now,
        entry=entry,
    )
