"""A folder for kept files, and the way of a list from bytes to being in force."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import NOW, SERVER
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Mission
from paragraph8.places.lists import publish
from paragraph8.places.models import Upload
from paragraph8.places.uploads import keep_upload, start_check

HEAD = "Number,Region,District,Name,Address,Type,Urban,Voters,Latitude,Longitude\n"


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def uploaded(mission: Mission, text: str | bytes, **facts: Any) -> Upload:
    data = text if isinstance(text, bytes) else text.encode()
    facts = {"kind": "stations", "name": "list.csv", "source": "The authority, 1 June 2019", **facts}
    return keep_upload(mission=mission, data=data, by=SERVER, now=NOW, **facts)


def checked(upload: Upload, **choices: Any) -> Upload:
    """Read by the guessed columns, as the job does it."""
    mapping = {"columns": upload.mapping["columns"], "language": "en", "bring_areas": True, **choices}
    job = start_check(upload=upload, mapping=mapping, by=SERVER, now=NOW)
    perform(Job.objects.get(pk=job.pk))
    return Upload.objects.select_related("list", "job", "mission").get(pk=upload.pk)


def in_force(mission: Mission, text: str | bytes, **choices: Any) -> Upload:
    upload = checked(uploaded(mission, text), **choices)
    assert upload.job is not None
    assert upload.list is not None, json.dumps(upload.findings)
    publish(listed=upload.list, by=SERVER, now=NOW)
    mission.refresh_from_db()
    return upload


@pytest.fixture
def lists() -> Callable[..., Upload]:
    return in_force
