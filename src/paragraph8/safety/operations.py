"""Checking in, looking after who is late, recalling, erasing. The log keeps that it was done; neither who was heard
from, nor where, nor what was noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, NotAllowedError, Scope, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.canonical import digest
from paragraph8.domain.check_ins import How
from paragraph8.domain.recalls import WORDINGS, Call, Channel
from paragraph8.missions.models import Area, Mission, Station, Team

from .models import Acknowledgement, CheckIn, Recall, RecallSent, Schedule
from .queries import guarded

CLOCK_SLACK = timedelta(minutes=2)
LONGEST_SHORT, LONGEST_LONG = 400, 4_000


class RefusedCheckInError(ValueError):
    """What was asked for cannot be; `words` say why, to the person who asked."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(str(words))
        self.words = words


@transaction.atomic
def check_in(
    *,
    team: Team,
    at: datetime,
    how: How,
    by: Viewer,
    now: datetime,
    station: Station | None = None,
    place: str = "",
    needs_help: bool = False,
) -> CheckIn:
    """Note that a team was heard from. The security officer may do so for every team, a member for the own one.

    Raises `NotAllowedError`, and `RefusedCheckInError` for a time to come, a station of another mission or a team that
    is dissolved.
    """
    if not may_check_in(team, by):
        raise NotAllowedError(by, Action.CHECK_IN, team.mission_id)
    if at > now + CLOCK_SLACK:
        raise RefusedCheckInError(_("That time is still to come."))
    if team.dissolved_at:
        raise RefusedCheckInError(_("This team is dissolved."))
    if station is not None and station.mission_id != team.mission_id:
        raise RefusedCheckInError(_("The mission has no such polling station."))
    row = CheckIn.objects.create(
        team=team,
        at=min(at, now),
        how=how.value,
        needs_help=needs_help,
        station=station,
        place="" if station else place.strip(),
        noted_at=now,
        by=by.name,
    )
    _log(team.mission_id, "checkin.noted", f"checkin:{row.pk}", {}, by, now)
    return row


def may_check_in(team: Team, viewer: Viewer) -> bool:
    """Whether the viewer may check this team in."""
    own = viewer.institutions.get(team.mission_id)
    if own is not None and team.institution_id not in (own, None):
        return False
    if viewer.may(Action.SEE_SAFETY, team.mission_id):
        return True
    scope = viewer.scope(Action.CHECK_IN, team.mission_id)
    return scope is Scope.MISSION or (scope is not None and viewer.teams.get(team.mission_id) == team.pk)


@transaction.atomic
def acknowledge(*, team: Team, due: datetime, note: str, by: Viewer, now: datetime) -> Acknowledgement:
    """Note that somebody looks after a team that is late since `due`, and what is done. It stays late until heard."""
    by.require(Action.SEE_SAFETY, team.mission_id)
    if not may_check_in(team, by):
        raise NotAllowedError(by, Action.SEE_SAFETY, team.mission_id)
    row = Acknowledgement.objects.create(team=team, due=due, note=note.strip()[:300], at=now, by=by.name)
    _log(team.mission_id, "alarm.acknowledged", f"alarm:{row.pk}", {}, by, now)
    return row


@transaction.atomic
def set_schedule(
    *,
    mission: Mission,
    by: Viewer,
    now: datetime,
    area: Area | None = None,
    kind: str = "",
    times: Collection[time] = (),
    every: int | None = None,
    opens: time | None = None,
    closes: time | None = None,
    grace: int = 5,
    early: int = 60,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Schedule:
    """Say when the teams of an area and kind are to be heard from; what was said of exactly these is replaced, and
    nothing is due that was due before now. Raises `RefusedCheckInError`."""
    by.require(Action.SEE_SAFETY, mission.pk)
    if bool(times) == bool(every):
        raise RefusedCheckInError(_("Either times of the day, or a number of minutes: one of the two."))
    if opens and closes and opens >= closes:
        raise RefusedCheckInError(_("The day ends before it begins."))
    if first_day and last_day and last_day < first_day:
        raise RefusedCheckInError(_("The last day is before the first."))
    facts: dict[str, Any] = {
        "times": sorted({f"{at:%H:%M}" for at in times}),
        "every": every,
        "opens": opens,
        "closes": closes,
        "grace": grace,
        "early": early,
        "first_day": first_day,
        "last_day": last_day,
    }
    row, _new = Schedule.objects.update_or_create(
        mission=mission, area=area, kind=kind, defaults={**facts, "begun": now, "by": by.name}
    )
    body = {"facts": digest({name: str(value) for name, value in facts.items()})}
    _log(mission.pk, "schedule.changed", f"schedule:{row.pk}", body, by, now)
    return row


@transaction.atomic
def end_schedule(*, schedule: Schedule, by: Viewer, now: datetime) -> None:
    """Nobody is to be heard from by this schedule any more."""
    by.require(Action.SEE_SAFETY, schedule.mission_id)
    subject = f"schedule:{schedule.pk}"
    schedule.delete()
    _log(schedule.mission_id, "schedule.ended", subject, {}, by, now)


@transaction.atomic
def draft_recall(*, mission: Mission, call: Call, teams: Collection[Team], by: Viewer, now: datetime) -> Recall:
    """Draft a message to teams in every language and for every channel. Nothing is sent."""
    by.require(Action.SEE_SAFETY, mission.pk)
    if not teams:
        raise RefusedCheckInError(_("Choose at least one team."))
    if not all(may_check_in(team, by) for team in teams):
        raise NotAllowedError(by, Action.SEE_SAFETY, mission.pk)
    wording = WORDINGS[call]
    recall = Recall.objects.create(
        mission=mission,
        call=call.value,
        short=wording.short.to_json(),
        long=wording.long.to_json(),
        at=now,
        by=by.name,
    )
    recall.teams.set(teams)
    _log(mission.pk, "recall.drafted", f"recall:{recall.pk}", {"n": len(teams)}, by, now)
    return recall


@transaction.atomic
def word_recall(
    *, recall: Recall, short: Mapping[str, str], long: Mapping[str, str], by: Viewer, now: datetime
) -> None:
    """Word a draft otherwise. Raises `RefusedCheckInError` once it went out through any channel."""
    by.require(Action.SEE_SAFETY, recall.mission_id)
    if recall.sent.exists():
        raise RefusedCheckInError(_("It went out already: what was sent is not reworded. Draft another one."))
    if not all(text.strip() for text in (*short.values(), *long.values())):
        raise RefusedCheckInError(_("A text is empty: every language needs both."))
    recall.short, recall.long = dict(short), dict(long)
    recall.save(update_fields=["short", "long"])
    _log(recall.mission_id, "recall.worded", f"recall:{recall.pk}", {}, by, now)


@transaction.atomic
def mark_sent(*, recall: Recall, channel: Channel, by: Viewer, now: datetime) -> None:
    """Note that somebody sent the message through a channel. Doing it twice changes nothing."""
    by.require(Action.SEE_SAFETY, recall.mission_id)
    _row, new = RecallSent.objects.get_or_create(
        recall=recall, channel=channel.value, defaults={"at": now, "by": by.name}
    )
    if new:
        _log(recall.mission_id, "recall.marked", f"recall:{recall.pk}", {"channel": channel.value}, by, now)


@transaction.atomic
def erase_check_ins(*, mission: Mission, before: datetime, by: Viewer, now: datetime) -> int:
    """Delete check-ins, what was noted about late teams, and recalls from before a moment; how many rows. For the
    security officer at any time (of one institution: of the teams watched over), and for who closes the mission down.
    """
    if by.may(Action.CLOSE_MISSION, mission.pk):
        teams = mission.teams.all()
    else:
        by.require(Action.SEE_SAFETY, mission.pk)
        teams = guarded(mission, viewer=by).order_by()
    n = 0
    for rows in (
        CheckIn.objects.filter(team__in=teams, at__lt=before),
        Acknowledgement.objects.filter(team__in=teams, at__lt=before),
        Recall.objects.filter(mission=mission, at__lt=before).exclude(
            teams__in=mission.teams.exclude(pk__in=teams.values("pk"))
        ),
    ):
        n += rows.count()
        rows.delete()
    _log(mission.pk, "checkins.erased", f"mission:{mission.pk}", {"before": before.isoformat(), "n": n}, by, now)
    return n


def _log(mission_id: int, kind: str, subject: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> None:
    append(mission_id=mission_id, kind=kind, subject=subject, body=body, by=by.name, now=now)
