"""Rehearsals: from when to when what comes in is practice. Real devices, real forms, no figure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.text import Text

from .models import Mission


class RefusedRehearsalError(ValueError):
    """A rehearsal cannot begin or end now; `text` says why in three languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@transaction.atomic
def start_rehearsal(*, mission: Mission, by: Viewer, now: datetime) -> None:
    """From now on, whatever comes in is practice, until somebody ends it or election day begins.

    Raises `RefusedRehearsalError` while the mission rehearses already, and from the beginning of election day on.
    """
    by.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    if held.rehearses(now):
        raise RefusedRehearsalError(_ALREADY)
    if _day_has_begun(held, now):
        raise RefusedRehearsalError(_TOO_LATE)
    held.rehearsing_since = now
    held.save(update_fields=["rehearsing_since"])
    mission.rehearsing_since = now
    append(
        mission_id=mission.pk,
        kind="rehearsal.started",
        subject=f"mission:{mission.pk}",
        body={},
        by=by.name,
        now=now,
    )


@transaction.atomic
def end_rehearsal(*, mission: Mission, by: Viewer, now: datetime) -> None:
    """From now on, what comes in counts, unless the sender says that it was begun in the rehearsal.

    Raises `RefusedRehearsalError` when none was started. One that election day has ended already is put away.
    """
    by.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    if held.rehearsing_since is None:
        raise RefusedRehearsalError(_NONE)
    since = held.rehearsing_since
    held.rehearsing_since = None
    held.save(update_fields=["rehearsing_since"])
    mission.rehearsing_since = None
    append(
        mission_id=mission.pk,
        kind="rehearsal.ended",
        subject=f"mission:{mission.pk}",
        body={"since": since.isoformat()},
        by=by.name,
        now=now,
    )


def _day_has_begun(mission: Mission, now: datetime) -> bool:
    """Whether it is election day or later in the mission's zone, in a mission whose reports are real."""
    if mission.election_date is None or mission.simulated:
        return False
    return now.astimezone(ZoneInfo(mission.zone)).date() >= mission.election_date


_ALREADY = Text.of(
    {
        "en": "The mission is rehearsing already.",
        "kk": "Миссия қазірдің өзінде жаттығып жатыр.",
        "ru": "Репетиция уже идет.",
    }
)
_NONE = Text.of(
    {
        "en": "There is no rehearsal to end.",
        "kk": "Аяқтайтын жаттығу жоқ.",
        "ru": "Репетиция не идет, завершать нечего.",
    }
)
_TOO_LATE = Text.of(
    {
        "en": "Election day has begun: what comes in now is real, and a rehearsal would keep it out of all figures.",
        "kk": "Сайлау күні басталды: енді келетін есептер нақты, ал жаттығу оларды ешбір көрсеткішке қоспас еді.",
        "ru": "День выборов наступил: теперь отчеты настоящие, а репетиция не пустила бы их ни в один показатель.",
    }
)
