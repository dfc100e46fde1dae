"""One small named mission, and the people around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from paragraph8.accounts.models import Device
from paragraph8.accounts.operations import add_device
from paragraph8.accounts.permissions import Role, Viewer, command
from paragraph8.audit.sequencer import sequence_all
from paragraph8.capture.operations import Receipt, Sender, receive
from paragraph8.domain.figures import Origin
from paragraph8.domain.forms import Form, form_from_json
from paragraph8.domain.ids import new_id
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission, Team
from paragraph8.missions.operations import NewStation, add_areas, add_stations, add_teams, create_mission, store_form

NOW = datetime(2019, 6, 9, 18, 0, tzinfo=UTC)
SERVER = command("test")

COUNT_FORM = {
    "code": "counting",
    "version": "1",
    "process": "counting",
    "title": {"en": "Count", "kk": "Санау", "ru": "Подсчет"},
    "scales": [
        {"code": "yn", "options": [{"code": "yes", "title": "yes"}, {"code": "no", "title": "no", "negative": True}]},
        {
            "code": "overall",
            "ordered": True,
            "options": [
                {"code": "very-good", "title": "very good"},
                {"code": "good", "title": "good"},
                {"code": "bad", "title": "bad", "negative": True},
                {"code": "very-bad", "title": "very bad", "negative": True},
            ],
        },
    ],
    "blocks": [
        {
            "code": "all",
            "title": "All",
            "questions": [
                {"code": "C01", "title": "Choice shown to all", "kind": "choice", "scale": "yn"},
                {"code": "C02", "title": "Overall", "kind": "choice", "scale": "overall"},
                {"code": "C03", "title": "Voters on the list", "kind": "integer", "low": 0, "high": 5000},
                {"code": "C04", "title": "Ballots in the box", "kind": "integer", "use": "reconciliation"},
                {"code": "C05", "title": "Comment", "kind": "text", "use": "comment"},
            ],
        }
    ],
    "rules": [{"check": "above", "questions": ["C04", "C03"]}],
}


def pytest_configure() -> None:
    """On SQLite, tests do not wait for the disk: what is lost when the machine stops does not matter to them.

    Tests that kill a server start one of their own, with the settings of the product.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@dataclass
class SmallMission:
    """Two areas, four stations, two teams, one form, one device per team."""

    row: Mission
    form: Form
    teams: dict[str, Team]
    devices: dict[str, Device]
    tokens: dict[str, str]

    def body(self, station: str = "A1", **changes: Any) -> bytes:
        """A report as a phone would send it; keyword arguments replace its fields."""
        report = {
            "report": 1,
            "id": str(new_id()),
            "form": "counting",
            "version": "1",
            "station": station,
            "started": "2019-06-09T21:00:00+06:00",
            "finished": "2019-06-09T23:30:00+06:00",
            "answers": {"C01": "yes", "C02": "good", "C03": 900, "C04": 700},
        }
        return json.dumps({**report, **changes}).encode()

    def send(self, body: bytes, team: str = "T1", now: datetime = NOW) -> Receipt:
        """Receive a body from the team's device, as the web address does."""
        device = self.devices[team]
        sender = Sender(name=f"device:{device.pk}", channel="http", device_id=device.pk, team_id=self.teams[team].pk)
        return receive(mission_id=self.row.pk, body=body, sender=sender, now=now)

    def viewer(self, role: Role, team: str = "") -> Viewer:
        """Somebody of the mission."""
        teams = {self.row.pk: self.teams[team].pk} if team else {}
        return Viewer(role.value, roles={self.row.pk: role}, teams=teams)


@pytest.fixture
def mission(db: None) -> SmallMission:
    return small_mission()


def small_mission(slug: str = "small") -> SmallMission:
    """Make the small mission in the database at hand."""
    row = create_mission(
        slug=slug,
        title=Text.of("A small mission"),
        by=SERVER,
        now=NOW,
        origin=Origin.SIMULATED,
        zone="Asia/Almaty",
        notice=Text.of({"en": "Simulated.", "kk": "Үлгіленген.", "ru": "Смоделировано."}),
    )
    add_areas(mission=row, areas=[{"code": "A", "name": "North"}, {"code": "B", "name": "South"}], by=SERVER, now=NOW)
    stations = [NewStation(key=f"{area}{n}", area=area, registered=1000) for area in "AB" for n in (1, 2)]
    add_stations(mission=row, stations=stations, by=SERVER, now=NOW)
    add_teams(mission=row, codes=["T1", "T2"], by=SERVER, now=NOW)
    form = form_from_json(COUNT_FORM)
    store_form(mission=row, form=form, by=SERVER, now=NOW)
    teams = {team.code: team for team in row.teams.all()}
    devices, tokens = {}, {}
    for code, team in teams.items():
        devices[code], tokens[code] = add_device(
            mission_id=row.pk, team_id=team.pk, name=f"phone-{code}", by=SERVER, now=NOW
        )
    return SmallMission(row, form, teams, devices, tokens)


@pytest.fixture
def sequenced() -> Callable[[], int]:
    """Number and read everything that waits; returns the last change number."""

    def run() -> int:
        from paragraph8.audit.queries import latest_change

        sequence_all(clock=ticking())
        return latest_change()

    return run


def ticking(start: datetime = NOW) -> Callable[[], datetime]:
    """A clock that moves a second at each look."""
    moments: Iterator[datetime] = (start + timedelta(seconds=n) for n in range(1_000_000))
    return lambda: next(moments)


@pytest.fixture
def committed(django_db_blocker: Any, django_db_setup: None) -> Iterator[None]:
    """A database whose writes really commit, so that a second connection sees them; emptied afterwards.

    Emptying needs the protection of the evidence tables lifted for a moment, which only a test may do.
    """
    from django.core.management import call_command
    from django.db import connection

    with django_db_blocker.unblock():
        yield
        lift_protection()
        try:
            call_command("flush", verbosity=0, interactive=False)
        finally:
            restore_protection()
        connection.close()


EVIDENCE_TABLES = (
    "audit_logentry",
    "audit_change",
    "capture_report",
    "capture_conflict",
    "contest_calendarentry",
    "contest_resultline",
    "contest_resultversion",
    "contest_seriesrow",
    "contest_seriesspan",
    "contest_standingstep",
    "contest_votersnapshot",
    "evidence_freeze",
    "evidence_legend",
    "evidence_moment",
    "evidence_selfcheck",
    "forms_formfile",
    "forms_formsource",
    "forms_formstep",
    "missions_formversion",
    "publishing_release",
    "publishing_wording",
    "review_correction",
    "review_foundproblem",
    "review_reading",
    "samples_commitment",
    "samples_contribution",
    "samples_drawrequest",
    "samples_draw",
    "samples_replacement",
    "roster_personversion",
    "roster_statusstep",
)


def lift_protection() -> None:
    from django.db import connection

    from paragraph8.audit.append_only import lifting

    with connection.cursor() as cursor:
        for table in EVIDENCE_TABLES:
            for statement in lifting(table, connection.vendor):
                cursor.execute(statement)


def restore_protection() -> None:
    from django.db import connection

    from paragraph8.audit.append_only import protection

    with connection.cursor() as cursor:
        for table in EVIDENCE_TABLES:
            for statement in protection(table, connection.vendor):
                cursor.execute(statement)
