"""All figures of a large mission."""

from __future__ import annotations

import random
from typing import Any

from .databases import database, empty_mission
from .machine import Result, now, timed, with_machine


def figures() -> Result:
    """All figures of 20,000 reports with 60 questions in 17 areas: every answer, for the mission and for each area."""
    reports, questions, areas = 20_000, 60, 17
    with database():
        from paragraph8.eday.figures import catalogue, compute
        from paragraph8.evidence.queries import by_area

        mission = big_mission(reports, questions, areas)
        whole = [spec.key for spec in catalogue(mission)]
        keys = whole + by_area(mission, [key for key in whole if key.measure == "answer"])
        from paragraph8.audit.queries import latest_change

        as_of = latest_change()
        seconds, found = timed(lambda: compute(mission, keys, as_of=as_of))
    return with_machine(
        {
            "bench": "figures",
            "reports": reports,
            "questions": questions,
            "areas": areas,
            "figures": len(found),
            "seconds": seconds,
            "limit_seconds": 2.0,
        }
    )


def big_mission(reports: int, questions: int, areas: int) -> Any:
    """Readings written straight into the tables; receiving and checking are other benches."""
    from paragraph8.audit.models import Change, LogEntry
    from paragraph8.capture.models import Report
    from paragraph8.domain.canonical import canonical
    from paragraph8.domain.ids import new_id
    from paragraph8.missions.models import FormVersion, Station
    from paragraph8.review.models import Reading

    mission = empty_mission(questions, areas)
    chance, at = random.Random(1), now()  # noqa: S311 - simulated answers
    said: list[Any] = ["yes", "no", "no", "no", {"missing": "not-observed"}]
    stations = list(Station.objects.filter(mission=mission))
    version = FormVersion.objects.get(mission=mission)
    first = Change.objects.count() + 1
    entries = LogEntry.objects.bulk_create(
        (
            LogEntry(mission_id=mission.pk, kind="report.received", subject="", actor="", at=at, body="{}", digest="")
            for _ in range(reports)
        ),
        batch_size=500,
    )
    Change.objects.bulk_create(
        (
            Change(number=first + n, entry=entry, mission_id=mission.pk, at=at, chain="")
            for n, entry in enumerate(entries)
        ),
        batch_size=500,
    )
    rows = Report.objects.bulk_create(
        (
            Report(mission=mission, uid=new_id(), body=b"", sha256="", channel="", received_at=at, entry=entry)
            for entry in entries
        ),
        batch_size=500,
    )
    Reading.objects.bulk_create(
        (
            Reading(
                mission=mission,
                report=row,
                change_id=first + n,
                form_version=version,
                form_code="f",
                station=stations[n % len(stations)],
                answers=canonical({f"Q{q}": chance.choice(said) for q in range(questions)}).decode(),
                problems="[]",
            )
            for n, row in enumerate(rows)
        ),
        batch_size=500,
    )
    return mission
