"""Writing down what is elected and who stands. Contests and contestants are rows of `missions`, and are described
anew; the steps of a contestant are added and never changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.audit.operations import append
from paragraph8.domain.contests import NEXT, STANDINGS, Election, Standing
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Contest, Contestant, Mission

from .models import StandingStep
from .refusals import RefusedEntryError

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
NEEDS_REASON = frozenset({Standing.REFUSED, Standing.WITHDRAWN, Standing.DEREGISTERED})


@transaction.atomic
def add_contest(
    *,
    mission: Mission,
    code: str,
    name: Text,
    kind: Election,
    by: Viewer,
    now: datetime,
    system: Text | None = None,
    early: bool | None = None,
    round: int = 1,  # noqa: A002 - the field's own word
    held_on: date | None = None,
    area: Area | None = None,
    source: str = "",
) -> Contest:
    """A new contest. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_code(code, taken=mission.contests.filter(code=code).exists())
    require_name(name)
    contest = Contest.objects.create(
        mission=mission,
        code=code,
        name=name.to_json(),
        kind=kind.value,
        system=system.to_json() if system else {},
        early=early,
        round=round,
        held_on=held_on,
        area=area,
        source=source.strip(),
    )
    _log(mission, "contest.added", f"contest:{contest.pk}", {"code": code, "kind": kind.value}, by, now)
    return contest


@transaction.atomic
def change_contest(
    *,
    contest: Contest,
    name: Text,
    kind: Election,
    by: Viewer,
    now: datetime,
    system: Text | None = None,
    early: bool | None = None,
    round: int = 1,  # noqa: A002
    held_on: date | None = None,
    area: Area | None = None,
    source: str = "",
) -> None:
    """Say it otherwise; the code stays. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, contest.mission_id)
    require_name(name)
    contest.name, contest.kind, contest.system = name.to_json(), kind.value, system.to_json() if system else {}
    contest.early, contest.round, contest.held_on = early, round, held_on
    contest.area, contest.source = area, source.strip()
    contest.save()
    body = {"code": contest.code, "kind": kind.value, "round": round}
    _log(contest.mission, "contest.changed", f"contest:{contest.pk}", body, by, now)


@transaction.atomic
def add_contestant(
    *,
    mission: Mission,
    code: str,
    name: Text,
    status: Standing,
    source: str,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    day: date | None = None,
    reason: str = "",
    gender: str = "",
    nominator: Text | None = None,
    incumbent: Text | None = None,
    spellings: Sequence[str] = (),
) -> Contestant:
    """A contestant with the first step of the history. Raises `NotAllowedError` and `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_code(code, taken=mission.contestants.filter(code=code).exists())
    require_name(name)
    contestant = Contestant.objects.create(
        mission=mission,
        contest=contest,
        code=code,
        name=name.to_json(),
        spellings=_each_once(spellings),
        gender=gender,
        nominator=nominator.to_json() if nominator else {},
        incumbent=incumbent.to_json() if incumbent else {},
        status="",
        source=source.strip(),
    )
    _log(mission, "contestant.added", f"contestant:{contestant.pk}", {"code": code}, by, now)
    take_step(contestant=contestant, status=status, day=day, reason=reason, source=source, by=by, now=now)
    return contestant


@transaction.atomic
def change_contestant(
    *,
    contestant: Contestant,
    name: Text,
    by: Viewer,
    now: datetime,
    contest: Contest | None = None,
    gender: str = "",
    nominator: Text | None = None,
    incumbent: Text | None = None,
    spellings: Sequence[str] = (),
    source: str = "",
) -> None:
    """Other names, spellings, nominator or office; the history stays. Raises `NotAllowedError`, `RefusedEntryError`."""
    by.require(Action.MANAGE_CONTEST, contestant.mission_id)
    require_name(name)
    contestant.name, contestant.spellings = name.to_json(), _each_once(spellings)
    contestant.contest, contestant.gender = contest, gender
    contestant.nominator = nominator.to_json() if nominator else {}
    contestant.incumbent = incumbent.to_json() if incumbent else {}
    contestant.source = source.strip()
    contestant.save()
    _log(
        contestant.mission,
        "contestant.changed",
        f"contestant:{contestant.pk}",
        {"code": contestant.code, "gender": gender, "contest": contest.code if contest else ""},
        by,
        now,
    )


def may_follow(contestant: Contestant) -> frozenset[Standing]:
    """The steps that may follow the status that holds; also a first step, where nobody wrote the history."""
    held = Standing(contestant.status) if contestant.status else None
    return NEXT[held] if contestant.steps.exists() else NEXT[held] | NEXT[None]


@transaction.atomic
def take_step(
    *,
    contestant: Contestant,
    status: Standing,
    source: str,
    by: Viewer,
    now: datetime,
    day: date | None = None,
    reason: str = "",
) -> StandingStep:
    """The next step of a contestant. Raises `NotAllowedError`, and `RefusedEntryError` when it cannot follow.

    A contestant whose history nobody wrote may begin it at the beginning, or go on from the status that is known.
    """
    mission = contestant.mission
    by.require(Action.MANAGE_CONTEST, mission.pk)
    require_source(source)
    if status in NEEDS_REASON and not reason.strip():
        raise RefusedEntryError("no-reason", "reason")
    require_past(day, mission, now, "day")
    held = Standing(contestant.status) if contestant.status else None
    if status not in may_follow(contestant):
        words = STANDINGS[held] if held else Text.of("–")
        raise RefusedEntryError("cannot-follow", "status", step=STANDINGS[status], held=words)
    known = max((step.day for step in contestant.steps.all() if step.day), default=None)
    if known and day and day < known:
        raise RefusedEntryError("before-last", "day", day=known.isoformat())
    body = {"code": contestant.code, "status": status.value, "day": day.isoformat() if day else ""}
    entry = _log(mission, "contestant.stepped", f"contestant:{contestant.pk}", body, by, now)
    step = StandingStep.objects.create(
        contestant=contestant,
        status=status.value,
        day=day,
        reason=reason.strip(),
        source=source.strip(),
        by=by.name,
        at=now,
        entry=entry,
    )
    contestant.status = status.value
    contestant.save(update_fields=["status"])
    return step


def require_code(code: str, *, taken: bool = False) -> None:
    """Raise `RefusedEntryError` for a code of another shape, and for one that is taken."""
    if not CODE.match(code):
        raise RefusedEntryError("bad-code", "code")
    if taken:
        raise RefusedEntryError("code-taken", "code", code=code)


def require_name(name: Text) -> None:
    """Raise `RefusedEntryError` for a name in no language."""
    if not any(string.strip() for _, string in name.strings):
        raise RefusedEntryError("no-name")


def require_source(source: str) -> None:
    """Raise `RefusedEntryError` for what nobody says."""
    if not source.strip():
        raise RefusedEntryError("no-source", "source")


def require_past(day: date | None, mission: Mission, now: datetime, field: str) -> None:
    """Raise `RefusedEntryError` for a day that lies ahead where the mission is."""
    if day and day > now.astimezone(ZoneInfo(mission.zone)).date():
        raise RefusedEntryError("day-ahead", field, day=day.isoformat())


def _each_once(spellings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(word for spelling in spellings if (word := " ".join(spelling.split()))))


def _log(mission: Mission, kind: str, subject: str, body: Mapping[str, Any], by: Viewer, now: datetime) -> LogEntry:
    return append(mission_id=mission.pk, kind=kind, subject=subject, body=body, by=by.name, now=now)
