"""People of the small mission who open its pages, and a document, a report and a release to look at."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from conftest import NOW, SERVER, SmallMission, small_mission
from paragraph8.accounts.models import User
from paragraph8.accounts.operations import add_member
from paragraph8.accounts.permissions import TABLE, Role
from paragraph8.audit.operations import append
from paragraph8.domain.figures import Key
from paragraph8.eday.operations import Keeper
from paragraph8.evidence.operations import freeze, snapshot
from paragraph8.jobs.models import Job
from paragraph8.publishing.models import Document, Release
from paragraph8.publishing.operations import store_document

from . import doors

OBSERVATIONS = "eday.observations[form=counting]"
NEGATIVE = "eday.answer[answer=bad+very-bad,form=counting,question=C02]"
SPREAD = "eday.spread[form=counting,question=C04]"
PROJECTION = "eday.answer[answer=1,form=counting,question=C04]"

DOCUMENT: dict[str, Any] = {
    "code": "statement",
    "kind": "statement",
    "title": {"en": "Statement", "kk": "Мәлімдеме", "ru": "Заявление"},
    "sections": [
        {
            "code": "count",
            "title": {"en": "The count", "kk": "Санау", "ru": "Подсчет"},
            "paragraphs": [
                {
                    "sentences": [
                        {
                            "id": "s1",
                            "texts": {
                                "en": f"The mission made {{{OBSERVATIONS}:x|unit}} of the count.",
                                "kk": f"Миссия санау кезінде {{{OBSERVATIONS}:x|unit}} жасады.",
                                "ru": f"Миссия провела {{{OBSERVATIONS}:x|unit}} подсчета.",
                            },
                        },
                        {"id": "s2", "texts": {"en": "Nobody counted 12 boxes.", "kk": "Ашық.", "ru": "Открыто."}},
                    ]
                }
            ],
        }
    ],
}


@dataclass
class Pages:
    """The small mission with something on every page: reports of both teams, a document, a release, every role."""

    mission: SmallMission
    clients: dict[str, Client]
    uids: dict[str, uuid.UUID]
    document: Document
    released: Path
    job: int
    figure: str = NEGATIVE
    made: dict[str, str] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.mission.row.slug

    def at(self, rest: str = "") -> str:
        """The address of a page of the mission."""
        return f"/m/{self.slug}/{rest}"

    def may_open(self, name: str) -> Client:
        """Somebody who may open the page: the head, or for the few pages that are not the head's, who may."""
        action = doors.needed()[name]
        role = next(role for role in (Role.HEAD, *Role) if action in TABLE[role])
        return self.clients[role.value]

    def addresses(self) -> dict[str, str]:
        """Every address of the mission by the name of its pattern, each with something behind it, made at first use."""
        self.made = self.made or doors.addresses(self)
        return self.made


@pytest.fixture
def pages(mission: SmallMission, sequenced: Callable[[], int], tmp_path: Path) -> Pages:
    """Both teams have reported, twice each; the second team's reports are assessed badly."""
    uids = {}
    for team, station in (("T1", "A1"), ("T2", "B1")):
        answers = {
            "C01": "yes",
            "C02": "good" if team == "T1" else "bad",
            "C03": 900,
            "C04": 950,
            "C05": f"said {team}",
        }
        for _ in range(2):
            uids[team] = mission.send(mission.body(station, answers=answers), team=team).sent.id
    document = store_document(mission=mission.row, document=DOCUMENT, by=SERVER, now=NOW)
    change = sequenced()
    released = release_folder(mission, change, tmp_path)
    sequenced()
    made = snapshot(mission=mission.row, now=NOW)
    Keeper().keep(mission=mission.row, as_of=made.change_number, now=NOW)
    job = Job.objects.create(mission=mission.row, kind="test", by="analyst", started_at=NOW)
    return Pages(mission, sign_everybody_in(mission), uids, document, released, job.pk)


def release_folder(mission: SmallMission, change: int, home: Path) -> Path:
    """A release whose folders hold one page and one secret; what documents look like is tested elsewhere."""
    folder = home / "small-v1"
    for part, name, text in (
        ("public", "index.html", "<!doctype html><title>Index</title>"),
        ("public", "statement.kk.html", "<!doctype html><title>Мәлімдеме</title>"),
        ("public", "figures.csv", "key;value\n"),
        ("sealed", "rows.jsonl", "protected\n"),
    ):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / name).write_text(text, encoding="utf-8")
    (home / "beside.txt").write_text("protected\n")
    frozen = freeze(mission=mission.row, keys=[Key.parse(OBSERVATIONS)], texts={}, as_of=change, by=SERVER, now=NOW)
    entry = append(mission_id=mission.row.pk, kind="statement.released", subject="mission", body={}, by="head", now=NOW)
    Release.objects.create(
        mission=mission.row,
        freeze=frozen,
        version=1,
        folder=str(folder),
        root="ab" * 32,
        author="head",
        at=NOW,
        entry=entry,
    )
    return folder


def sign_everybody_in(mission: SmallMission) -> dict[str, Client]:
    """A client for each role, by its name; "outsider" heads another mission; "nobody" has not signed in."""
    other = small_mission("other")
    clients = {"nobody": Client()}
    for role in Role:
        team = mission.teams["T1"] if role in (Role.OBSERVER, Role.LONG_TERM) else None
        clients[role.value] = _signed_in(role.value, role, mission, team_id=team.pk if team else None)
    clients["outsider"] = _signed_in("outsider", Role.HEAD, other)
    return clients


def _signed_in(name: str, role: Role, mission: SmallMission, team_id: int | None = None) -> Client:
    user = User.objects.create_user(username=name)
    add_member(
        username=name, password="unused", mission_id=mission.row.pk, role=role, team_id=team_id, by=SERVER, now=NOW
    )
    client = Client()
    client.force_login(user)
    return client


def in_language(client: Client, language: str) -> Client:
    """The client as somebody who chose a language."""
    client.cookies["django_language"] = language
    return client


def text_of(response: Any) -> str:
    """What the server answered, as text."""
    return str(response.content.decode(errors="replace"))


def many(mission: SmallMission, n: int, **answers: Any) -> None:
    """So many more reports from the first team with these answers."""
    for _ in range(n):
        given = {"C01": "yes", "C02": "good", "C03": 900, "C04": 700, **answers}
        mission.send(json.dumps({**json.loads(mission.body()), "answers": given}).encode())
