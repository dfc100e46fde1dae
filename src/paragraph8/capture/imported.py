"""Completed forms from a file: every row becomes a report or is listed, and importing twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.importing.intake import Intake, Mapping
from paragraph8.domain.importing.row_problems import RowProblem
from paragraph8.domain.importing.tables import read_table
from paragraph8.missions.files import keep_file
from paragraph8.missions.models import Mission
from paragraph8.missions.operations import NewStation, add_areas, add_stations, create_mission, store_form
from paragraph8.missions.queries import UnknownMissionError, mission_of

from .operations import Sender, State, receive_many

BATCH = 100


class NoMissionFactsError(ValueError):
    """The mapping says nothing about a mission, so none can be made from it."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a file. Every line is accounted for: `lines` = header and empty lines + rows + `listed`;
    `rows` = `attached` + `not_attached`. `practice` of the reports came in a rehearsal and enter no figure."""

    sha256: str
    rows: int
    attached: int
    not_attached: int
    listed: int
    states: Counter[State]
    practice: int
    problems: tuple[RowProblem, ...]

    def problem_counts(self) -> list[tuple[str, int]]:
        """How often each kind of row problem was found, most frequent first."""
        return Counter(problem.code for problem in self.problems).most_common()

    def to_json(self) -> dict[str, Any]:
        """For `p8 import --json`."""
        return {
            "file_sha256": self.sha256,
            "rows": self.rows,
            "attached": self.attached,
            "not_attached": self.not_attached,
            "listed": self.listed,
            "reports": {state.value: n for state, n in sorted(self.states.items())},
            "practice": self.practice,
            "problem_counts": dict(self.problem_counts()),
            "problems": [{**problem.to_json(), "text": str(problem.text())} for problem in self.problems],
        }


def import_observations(
    data: bytes,
    *,
    slug: str,
    mapping: Mapping,
    create: bool,
    by: Viewer,
    clock: Callable[[], datetime],
    progress: Callable[[str], None],
) -> Imported:
    """Read the file by the mapping and receive each row as a report of the mission.

    With `create` the mission, form, areas and stations that mapping and file describe are made where they lack.
    Raises `NotATableError`, `UnknownMissionError`, `NotAllowedError`, and `NoMissionFactsError` when the mission has
    to be made and the mapping does not describe it. The file itself is kept, so that lines that are no row are too.
    """
    intake, listed = _read(data, mapping, progress)
    mission = _mission(slug, mapping, create=create, by=by, now=clock())
    by.require(Action.IMPORT_REPORTS, mission.pk)
    if create:
        _set_up(mission, mapping, intake, by=by, now=clock())
    digest = _keep(mission, data, intake, by=by, now=clock())
    sender = Sender(name=by.name, channel="file")
    states: Counter[State] = Counter()
    practice = 0
    for start in range(0, len(intake.rows), BATCH):
        bodies = [row.body for row in intake.rows[start : start + BATCH]]
        receipts = receive_many(mission_id=mission.pk, bodies=bodies, sender=sender, now=clock())
        states.update(receipt.state for receipt in receipts)
        practice += sum(receipt.rehearsal for receipt in receipts)
        progress(f"{min(start + BATCH, len(intake.rows))} of {len(intake.rows)} rows kept")
    return Imported(
        sha256=digest,
        rows=len(intake.rows),
        attached=intake.attached,
        not_attached=intake.not_attached,
        listed=listed,
        states=states,
        practice=practice,
        problems=intake.problems,
    )


def _read(data: bytes, mapping: Mapping, progress: Callable[[str], None]) -> tuple[Intake, int]:
    progress("reading the file")
    table = read_table(data)
    return mapping.read(table), len(table.listed)


def _mission(slug: str, mapping: Mapping, *, create: bool, by: Viewer, now: datetime) -> Mission:
    try:
        return mission_of(slug, viewer=by)
    except UnknownMissionError:
        if not create:
            raise
    facts = mapping.mission
    if facts is None:
        raise NoMissionFactsError(slug)
    return create_mission(
        slug=slug,
        title=facts.title,
        origin=facts.origin,
        languages=facts.languages,
        zone=facts.zone,
        election_date=facts.election_date,
        notice=facts.notice,
        by=by,
        now=now,
    )


@transaction.atomic
def _set_up(mission: Mission, mapping: Mapping, intake: Intake, *, by: Viewer, now: datetime) -> None:
    store_form(mission=mission, form=mapping.form(), by=by, now=now)
    add_areas(mission=mission, areas=[area.to_json() for area in intake.areas], by=by, now=now)
    stations = [NewStation(key=station.key, area=station.area, label=station.label) for station in intake.stations]
    add_stations(mission=mission, stations=stations, by=by, now=now)


@transaction.atomic
def _keep(mission: Mission, data: bytes, intake: Intake, *, by: Viewer, now: datetime) -> str:
    digest, new = keep_file(settings.VAR / "files", mission.slug, data)
    if not new:
        return digest
    append(
        mission_id=mission.pk,
        kind="file.imported",
        subject=f"file:{digest[:16]}",
        body={"sha256": digest, "bytes": len(data), "rows": len(intake.rows), "problems": len(intake.problems)},
        by=by.name,
        now=now,
    )
    return digest
