"""Starting jobs, telling how far they are, ending them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from paragraph8.accounts.permissions import Action, Viewer

from .models import Job, State
from .tasks import run

Progress = Callable[[int, int], None]
"""Told how much is done and how much there is."""
Work = Callable[[Job, Progress], Mapping[str, Any]]
"""What a room registers in `settings.JOBS`: does the job in short transactions of its own, and returns the result."""
TakeBack = Callable[[Job, datetime], None]
"""What a room may register in `settings.JOBS_TAKEN_BACK`: takes back what a job has left that was refused, failed, or
was killed; the job says which."""
logger = logging.getLogger(__name__)


class JobRefusedError(ValueError):
    """The work said no before it changed anything; `result` tells the page why."""

    def __init__(self, result: Mapping[str, Any]) -> None:
        super().__init__(str(result))
        self.result = result


def start(
    *, mission_id: int, kind: str, arguments: Mapping[str, Any], action: Action, by: Viewer, now: datetime
) -> Job:
    """Queue a job of a kind that `settings.JOBS` knows. `action` is what the viewer needs for it.

    The job joins the caller's transaction: taken back with it, and started only once it is committed.
    """
    by.require(action, mission_id)
    if kind not in settings.JOBS:
        raise KeyError(kind)
    job = Job.objects.create(mission_id=mission_id, kind=kind, arguments=dict(arguments), by=by.name, started_at=now)
    transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


def perform(job: Job) -> None:
    """Do the work of one waiting job and note how it ended. A fault ends the job as broken and is raised again."""
    claimed = Job.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.RUNNING)
    if not claimed:
        return
    work: Work = import_string(settings.JOBS[job.kind])
    try:
        result = work(job, lambda done, total: _tell(job.pk, done, total))
    except JobRefusedError as refused:
        _end(job.pk, State.REFUSED, refused.result)
    except BaseException:
        _end(job.pk, State.BROKEN, {})
        raise
    else:
        _end(job.pk, State.DONE, result)


def end_abandoned() -> int:
    """Mark jobs that ran when their process ended as broken, and let their rooms take back what they had begun; how
    many. Called when the only job process starts."""
    abandoned = list(Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True))
    for pk in abandoned:
        _end(pk, State.BROKEN, {})
    return len(abandoned)


def _tell(pk: int, done: int, total: int) -> None:
    Job.objects.filter(pk=pk).update(done=done, total=total)


def _end(pk: int, state: State, result: Mapping[str, Any]) -> None:
    """Note how a job ended. A job that ended without a result is first shown to its room, which takes back what is
    left of it; when even that fails, the job has ended all the same."""
    job = Job.objects.select_related("mission").get(pk=pk)
    job.state, job.result, job.ended_at = state.value, dict(result), timezone.now()
    path = settings.JOBS_TAKEN_BACK.get(job.kind) if state is not State.DONE else None
    if path:
        take_back: TakeBack = import_string(path)
        try:
            take_back(job, job.ended_at)
        except Exception:
            logger.exception("what job %s had begun could not be taken back", pk)
    job.save(update_fields=["state", "result", "ended_at"])
