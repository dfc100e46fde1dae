"""Rendering a release."""

from __future__ import annotations

from .databases import database
from .machine import Result, quiet, timed, with_machine


def release() -> Result:
    """Render the reference statement and press release in three languages and three formats, both folders."""
    with database() as home:
        from paragraph8.accounts.permissions import command
        from paragraph8.demo.mission import build
        from paragraph8.publishing.models import Release
        from paragraph8.publishing.operations import render_freeze

        build(seed=2019, say=quiet)
        made = Release.objects.select_related("freeze").get()
        seconds, _ = timed(lambda: render_freeze(made.freeze, home / "again", by=command("bench")))
        sizes = [path.stat().st_size for path in (home / "again").rglob("*") if path.is_file()]
    return with_machine(
        {
            "bench": "release",
            "files": len(sizes),
            "bytes": sum(sizes),
            "seconds": seconds,
            "limit_seconds": 10.0,
        }
    )
