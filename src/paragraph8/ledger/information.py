"""Writing how an event is known, what a source allows and what it took back, and signing that it is established."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.capture.models import Report
from paragraph8.domain.ledger.consent import Consent
from paragraph8.domain.ledger.corroboration import Credibility, Mode, Reliability
from paragraph8.missions.models import Area

from .events import log
from .models import Establishing, Event, Information, Withdrawal
from .refusals import RefusedEntryError

LONGEST_ACCOUNT = 200_000
OFFICES = ("head", "legal-analyst")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One way in which an event is known; see `models.Information`. `shares` are pseudonyms of what the source has in
    common with others; of a protected source they are sealed pseudonyms that only its handlers can read back."""

    mode: Mode
    reliability: Reliability = Reliability.F
    credibility: Credibility = Credibility.NOT_JUDGED
    language: str = ""
    consent: Consent = Consent.INTERNAL
    consent_until: date | None = None
    week: date | None = None
    area: Area | None = None
    group: str = ""
    shares: tuple[str, ...] = ()
    account: str = ""
    source: str = ""
    report: Report | None = None
    authenticated: bool = False


@transaction.atomic
def add_information(*, event: Event, told: Told, by: Viewer, now: datetime) -> Information:
    """What the mission saw, read or was told openly. What was told in protection goes through `protect_information`.

    Raises `NotAllowedError` and `RefusedEntryError`.
    """
    by.require(Action.WRITE_LEDGER, event.mission_id)
    if told.mode in (Mode.DOCUMENT, Mode.OPEN_SOURCE) and not told.source.strip():
        raise RefusedEntryError("no-source", field="source")
    return _write(event, told, by.name, now, protected=False)


@transaction.atomic
def protect_information(*, event: Event, told: Told, role: str, by: Viewer, now: datetime) -> Information:
    """What a protected source told: kept under the case role of its handler, with the week and the first-level area.

    The entry in the log names the role, and its time is the beginning of the week in which it is written. Raises
    `NotAllowedError` and `RefusedEntryError` ("not-protected-enough") for whatever would narrow the source down.
    """
    by.require(Action.HANDLE_SOURCES, event.mission_id)
    too_much = {
        "source": bool(told.source),
        "report": told.report is not None,
        "week": told.week is not None and told.week.weekday() != 0,
        "area": told.area is not None and told.area.parent_id is not None,
    }
    for name, written in too_much.items():
        if written:
            raise RefusedEntryError("not-protected-enough", field=name)
    return _write(event, told, f"case:{role}", week_of(now), protected=True)


@transaction.atomic
def withdraw(*, information: Information, reason: str, by: Viewer, now: datetime) -> Withdrawal:
    """The source took it back. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.WRITE_LEDGER, information.mission_id)
    if not reason.strip():
        raise RefusedEntryError("no-reason", field="reason")
    if information.withdrawals.exists():
        raise RefusedEntryError("withdrawn")
    entry = log(information.mission_id, "information.withdrawn", f"event:{information.event_id}", {}, by, now)
    return Withdrawal.objects.create(information=information, reason=reason.strip(), by=by.name, at=now, entry=entry)


@transaction.atomic
def establish(*, event: Event, office: str, reason: str, by: Viewer, now: datetime, undo: bool = False) -> Establishing:
    """Sign, as head of mission or as legal analyst, that the event is established; two people sign.

    Raises `NotAllowedError` and `RefusedEntryError` ("no-office" for an office that is not the viewer's, or when the
    same person signed for the other one).
    """
    by.require(Action.ESTABLISH, event.mission_id)
    role = by.roles.get(event.mission_id)
    if office not in OFFICES or (role is not None and (role == "head") != (office == "head")):
        raise RefusedEntryError("no-office", field="office")
    if not undo and event.establishings.filter(by=by.name, undone=False).exclude(office=office).exists():
        raise RefusedEntryError("no-office", field="office")
    if not reason.strip():
        raise RefusedEntryError("no-reason", field="reason")
    body = {"office": office, "undone": undo}
    entry = log(event.mission_id, "event.established", f"event:{event.pk}", body, by, now)
    return Establishing.objects.create(
        event=event, office=office, reason=reason.strip(), undone=undo, by=by.name, at=now, entry=entry
    )


def week_of(now: datetime) -> datetime:
    """The first moment of the week."""
    day = now - timedelta(days=now.weekday())
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _write(event: Event, told: Told, actor: str, at: datetime, *, protected: bool) -> Information:
    if len(told.account) > LONGEST_ACCOUNT:
        raise RefusedEntryError("too-long", field="account", most=LONGEST_ACCOUNT)
    if told.area is not None and told.area.mission_id != event.mission_id:
        raise RefusedEntryError("unknown-area", field="area", area=told.area.code)
    entry = log(
        event.mission_id,
        "information.added",
        f"event:{event.pk}",
        {"mode": told.mode.value, "protected": protected},
        Viewer(actor),
        at,
    )
    return Information.objects.create(
        mission=event.mission,
        event=event,
        mode=told.mode.value,
        reliability=told.reliability.value,
        credibility=told.credibility.value,
        language=told.language,
        consent=told.consent.value,
        consent_until=told.consent_until,
        week=told.week,
        area=told.area,
        group=told.group,
        shares=sorted(told.shares),
        account=told.account,
        source=told.source.strip(),
        report=told.report,
        authenticated=told.authenticated,
        protected=protected,
        by=actor,
        at=at,
        entry=entry,
    )
