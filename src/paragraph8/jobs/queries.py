"""Reading jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Viewer

from .models import Job


class UnknownJobError(LookupError):
    """No such job, as far as the viewer may know."""


def jobs_of(mission_id: int, *, viewer: Viewer) -> QuerySet[Job]:
    """The jobs of a mission, newest first. Everybody may see how far one is; what it found, its room shows to whom
    the room lets in."""
    viewer.require(Action.SEE_MISSION, mission_id)
    return Job.objects.filter(mission_id=mission_id).order_by("-pk")


def job_of(mission_id: int, pk: int, *, viewer: Viewer) -> Job:
    """One job. Raises `UnknownJobError`."""
    job = jobs_of(mission_id, viewer=viewer).filter(pk=pk).first()
    if job is None:
        raise UnknownJobError(pk)
    return job
