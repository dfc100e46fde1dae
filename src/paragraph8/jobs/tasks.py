"""The one task that the queue knows: run the job of this number."""

from __future__ import annotations

from django_tasks import task


@task()
def run(job_id: int) -> None:
    """Run one job; a job that was taken back is not there."""
    from .models import Job
    from .operations import perform

    job = Job.objects.filter(pk=job_id).first()
    if job:
        perform(job)
