"""Fixing figures under a name: what is asked for, and the job that does it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.audit.queries import latest_change
from paragraph8.domain.canonical import canonical, digest
from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import JobRefusedError, Progress, start
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import require_tables

from . import queries
from .models import Freeze, FreezeRequest
from .operations import freezable, keep, with_rows

JOB = "freezes.make"


class RefusedFreezeError(ValueError):
    """There will be no such freeze; `reason` is a code of `REFUSALS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}: {REFUSALS[reason]}")
        self.reason = reason

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return REFUSALS[self.reason]


REFUSALS: dict[str, Text] = {
    "name-taken": Text.of(
        {
            "en": "A freeze of this mission has that name. Texts speak of freezes by name: choose another.",
            "kk": "Миссияда мұндай атауы бар бекітім бар. Мәтіндер бекітімдерді атауымен атайды: басқасын таңдаңыз.",
            "ru": "У миссии есть фиксация с таким названием. Тексты называют фиксации по имени: выберите другое.",
        }
    ),
    "not-yet": Text.of(
        {
            "en": "The mission's log has not come so far. Leave the change empty to fix what stands now.",
            "kk": "Миссия журналы әлі ол өзгеріске жеткен жоқ. Қазіргі жағдайды бекіту үшін өзгерісті бос қалдырыңыз.",
            "ru": "Журнал миссии еще не дошел до этого изменения. Чтобы зафиксировать то, что есть, оставьте поле "
            "пустым.",
        }
    ),
    "nothing-happened": Text.of(
        {
            "en": "Nothing has happened in this mission that could be fixed.",
            "kk": "Миссияда бекітетін ештеңе болған жоқ.",
            "ru": "В миссии еще не произошло ничего, что можно было бы зафиксировать.",
        }
    ),
    "no-figures": Text.of(
        {
            "en": "There is no figure to fix: neither a form nor a register or document that asks for one.",
            "kk": "Бекітетін көрсеткіш жоқ: оны сұрайтын нысан да, тізілім де, құжат та жоқ.",
            "ru": "Фиксировать нечего: нет ни формы, ни реестра, ни документа, где был бы показатель.",
        }
    ),
}
"""Why something is not fixed."""


@transaction.atomic
def ask(
    *,
    mission: Mission,
    name: str,
    purpose: str,
    keys: Iterable[Key],
    by: Viewer,
    now: datetime,
    as_of: int | None = None,
) -> Job:
    """Ask for a freeze of these keys as of a change, or of the mission's last one; the job that makes it.

    Raises `NotAllowedError`, and `RefusedFreezeError` for a name that is taken, a change that has not happened, and
    when there is nothing to fix.
    """
    require_tables(mission, viewer=by)
    by.require(Action.FREEZE, mission.pk)
    Mission.objects.select_for_update().get(pk=mission.pk)
    last = latest_change(mission.pk)
    change = last if as_of is None else as_of
    spellings = sorted({str(key) for key in keys})
    if Freeze.objects.filter(mission=mission, request__name=name).exists():
        raise RefusedFreezeError("name-taken")
    if not last:
        raise RefusedFreezeError("nothing-happened")
    if not 1 <= change <= last:
        raise RefusedFreezeError("not-yet")
    if not spellings:
        raise RefusedFreezeError("no-figures")
    entry = append(
        mission_id=mission.pk,
        kind="freeze.asked",
        subject=f"mission:{mission.pk}",
        body={"change": change, "keys": digest(spellings), "name": digest(name), "purpose": digest(purpose)},
        by=by.name,
        now=now,
    )
    asked = FreezeRequest.objects.create(
        mission=mission,
        name=name,
        purpose=purpose,
        keys=canonical(spellings).decode(),
        change=freezable(mission, change, by=by),
        by=by.name,
        at=now,
        entry=entry,
    )
    arguments = {"request": asked.pk}
    return start(mission_id=mission.pk, kind=JOB, arguments=arguments, action=Action.FREEZE, by=by, now=now)


def make(job: Job, progress: Progress) -> Mapping[str, Any]:
    """The job: compute what was asked for, then keep it in one short transaction. Figures that a room refuses are left
    out and counted. Refused when another freeze has taken the name, or when every figure is refused."""
    asked = FreezeRequest.objects.select_related("mission", "change").get(pk=job.arguments["request"])
    by = Viewer(job.by, system=True)
    found, refused = _computed(asked, by, progress)
    if not found:
        raise JobRefusedError({"text": REFUSALS["no-figures"].to_json()})
    figures = with_rows(asked.mission, found, as_of=asked.change_id, by=by)
    moment = queries.packed_at(asked.mission, as_of=asked.change_id)
    with transaction.atomic():
        Mission.objects.select_for_update().get(pk=asked.mission_id)
        if Freeze.objects.filter(mission_id=asked.mission_id, request__name=asked.name).exists():
            raise JobRefusedError({"text": REFUSALS["name-taken"].to_json()})
        made = keep(
            mission=asked.mission,
            change=asked.change,
            figures=figures,
            texts={},
            moment=moment,
            by=by,
            now=job.moment(),
            request=asked,
        )
    return {"freeze": made.pk, "refused": len(refused)}


def keys_of(asked: FreezeRequest) -> list[Key]:
    """The keys that were asked for."""
    return [Key.parse(spelling) for spelling in json.loads(asked.keys)]


def _computed(asked: FreezeRequest, by: Viewer, progress: Progress) -> tuple[dict[Key, Figure], dict[Key, str]]:
    """What can be computed, form by form so that somebody who waits sees it go on, with what figures derive from."""
    wanted = keys_of(asked)
    parts: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in wanted:
        parts[key.app, key.dimension("form")].append(key)
    found: dict[Key, Figure] = {}
    refused: dict[Key, str] = {}
    for _, keys in sorted(parts.items()):
        progress(len(found) + len(refused), len(wanted))
        some, against = queries.computable(asked.mission, keys, as_of=asked.change_id, viewer=by)
        found |= some
        refused |= against
    inputs = {key for figure in found.values() for key in figure.inputs}
    return found | queries.with_inputs(asked.mission, inputs, as_of=asked.change_id, viewer=by), refused
