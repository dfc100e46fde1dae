"""Reading reports: bytes and corrections → answers and problems. No writing here."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.capture.models import Conflict, Report
from paragraph8.domain.answers import Answer, Missing, answer_to_json
from paragraph8.domain.canonical import canonical
from paragraph8.domain.checks import CHECKS, Seen, check_report
from paragraph8.domain.forms import FREE, Form
from paragraph8.domain.problems import Problem
from paragraph8.domain.reports import Sent, read_body
from paragraph8.missions.models import Mission, Station
from paragraph8.missions.queries import StoredForm, forms_of

from .models import Correction, Reading


@dataclass(frozen=True)
class Setting:
    """What a mission knows that reading needs: forms by code and version, stations by key."""

    forms: Mapping[tuple[str, str], StoredForm]
    stations: Mapping[str, Station]

    @classmethod
    def of(cls, mission: Mission, station_keys: Collection[str]) -> Setting:
        """The mission's forms, and the stations of these keys."""
        return cls(
            {(stored.form.code, stored.form.version): stored for stored in forms_of(mission)},
            {station.key: station for station in mission.stations.filter(key__in=station_keys)},
        )


@dataclass(frozen=True, kw_only=True)
class Read:
    """One report as read: what the checks see, its rows in the database, what they found."""

    report_id: int
    seen: Seen
    form_version_id: int | None
    station: Station | None
    set_aside: bool
    problems: tuple[Problem, ...]


def station_key(report: Report, corrections: Sequence[Correction]) -> str:
    """The station that the report names, or that the last correction attached it to."""
    corrected = [correction.said() for correction in corrections if correction.kind == "station"]
    return str(corrected[-1]) if corrected else read_body(bytes(report.body)).station


def read(report: Report, corrections: Sequence[Correction], conflicts: Sequence[Conflict], setting: Setting) -> Read:
    """Read one report in its mission's setting; `corrections` and `conflicts` oldest first."""
    sent = read_body(bytes(report.body))
    key = station_key(report, corrections)
    stored = setting.forms.get((sent.form, sent.version))
    form = stored.form if stored else None
    station = setting.stations.get(key)
    answers = _corrected(form, form.read(sent.answers), corrections) if form else {}
    seen = Seen(
        row=str(report.uid),
        station=key,
        station_known=station is not None,
        team=str(report.team_id or ""),
        sent=sent,
        form=form,
        form_known=any(code == sent.form for code, _ in setting.forms),
        version_known=stored is not None,
        answers=answers,
        received=report.received_at,
        registered_voters=station.registered if station else None,
    )
    problems = list(check_report(seen))
    severity = CHECKS["same-id-other-content"].severity
    problems += [
        Problem("same-id-other-content", severity, details=(("sha256", conflict.sha256[:12]),))
        for conflict in conflicts
    ]
    set_aside = [correction.said() for correction in corrections if correction.kind == "set-aside"]
    return Read(
        report_id=report.pk,
        seen=seen,
        form_version_id=stored.pk if stored else None,
        station=station,
        set_aside=bool(set_aside and set_aside[-1]),
        problems=tuple(problems),
    )


def not_read(report: Report) -> Read:
    """A report on which the software itself failed: kept, flagged, in no population, and in nobody's way."""
    problem = Problem("not-read", CHECKS["not-read"].severity)
    nothing = Seen(
        row=str(report.uid),
        station="",
        station_known=False,
        team=str(report.team_id or ""),
        sent=Sent(id=report.uid, problems=(problem,)),
        form=None,
        form_known=False,
        version_known=False,
        answers={},
        received=report.received_at,
        registered_voters=None,
    )
    return Read(
        report_id=report.pk, seen=nothing, form_version_id=None, station=None, set_aside=False, problems=(problem,)
    )


def again(reading: Reading, form: Form | None, report: Report, *, problems: Sequence[Problem]) -> Read:
    """A stored reading as the checks of a station see it; nothing is parsed anew but the stored answers."""
    answers = read_answers(reading, form)
    seen = Seen(
        row=str(report.uid),
        station=reading.station_key,
        station_known=reading.station_id is not None,
        team=str(report.team_id or ""),
        sent=Sent(id=report.uid, form=reading.form_code, started=reading.started, finished=reading.finished),
        form=form,
        form_known=form is not None,
        version_known=form is not None,
        answers=answers,
        received=report.received_at,
        registered_voters=None,
    )
    return Read(
        report_id=report.pk,
        seen=seen,
        form_version_id=reading.form_version_id,
        station=reading.station,
        set_aside=reading.set_aside,
        problems=tuple(problems),
    )


def read_answers(reading: Reading, form: Form | None) -> dict[str, Answer]:
    """The stored answers as values."""
    return form.read(json.loads(reading.answers)) if form else {}


def write_answers(form: Form | None, answers: Mapping[str, Answer]) -> str:
    """Canonical JSON of the answers without free text."""
    if form is None:
        return "{}"
    kept: dict[str, Any] = {
        question.code: answer_to_json(answers[question.code])
        for question in form.questions()
        if question.kind not in FREE and answers[question.code] is not Missing.NOT_ASKED
    }
    return canonical(kept).decode()


def write_problems(problems: Sequence[Problem]) -> str:
    """Canonical JSON of problems in a fixed order."""
    return canonical(sorted((problem.to_json() for problem in problems), key=canonical)).decode()


def read_problems(reading: Reading) -> list[Problem]:
    """The problems that a reading holds."""
    return [Problem.from_json(data) for data in json.loads(reading.problems)]


def _corrected(form: Form, answers: dict[str, Answer], corrections: Sequence[Correction]) -> dict[str, Answer]:
    changes = {correction.question: correction.said() for correction in corrections if correction.kind == "answer"}
    return {**answers, **{code: value for code, value in form.read(changes).items() if code in changes}}
