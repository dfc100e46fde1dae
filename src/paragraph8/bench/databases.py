"""A database that is thrown away, and an empty mission in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .machine import now


@contextmanager
def database() -> Iterator[Path]:
    """An empty SQLite database in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="p8-bench-") as home:
        os.environ["P8_HOME"] = home
        os.environ.pop("DATABASE_URL", None)
        (Path(home) / "var").mkdir()
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0, interactive=False)
        try:
            yield Path(home)
        finally:
            connection.close()


def empty_mission(questions: int, areas: int) -> Any:
    """A mission of 5,000 stations and one form, without reports."""
    from paragraph8.accounts.permissions import command
    from paragraph8.domain.figures import Origin
    from paragraph8.domain.forms import form_from_json
    from paragraph8.domain.text import Text
    from paragraph8.missions.operations import NewStation, add_areas, add_stations, create_mission, store_form

    by, at = command("bench"), now()
    mission = create_mission(slug="bench", title=Text.of("Bench"), by=by, now=at, origin=Origin.SIMULATED)
    add_areas(mission=mission, areas=[{"code": f"A{n}", "name": f"A{n}"} for n in range(areas)], by=by, now=at)
    stations = [NewStation(key=f"S{n}", area=f"A{n % areas}") for n in range(5000)]
    add_stations(mission=mission, stations=stations, by=by, now=at)
    form = form_from_json(
        {
            "code": "f",
            "version": "1",
            "title": "Form",
            "scales": [{"code": "yn", "options": [{"code": "yes", "title": "yes"}, {"code": "no", "title": "no"}]}],
            "blocks": [
                {
                    "code": "b",
                    "title": "Block",
                    "questions": [
                        {"code": f"Q{n}", "title": f"Q{n}", "kind": "choice", "scale": "yn"} for n in range(questions)
                    ],
                }
            ],
        }
    )
    store_form(mission=mission, form=form, by=by, now=at)
    return mission
