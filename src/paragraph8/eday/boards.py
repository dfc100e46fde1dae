"""The room as of a change, besides its figures: made from readings, kept by the worker, read by pages."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet

from paragraph8.accounts.permissions import Action, Viewer, command
from paragraph8.audit.queries import heard_until
from paragraph8.deployment.expectations import Due
from paragraph8.deployment.models import Expected, PlanState
from paragraph8.deployment.queries import Arrived, expectations, matched
from paragraph8.domain.canonical import canonical
from paragraph8.domain.forms import Form
from paragraph8.domain.missions import StationKind
from paragraph8.missions.models import Mission, Station
from paragraph8.missions.queries import latest_forms
from paragraph8.review.models import Reading
from paragraph8.review.queries import current, since
from paragraph8.samples.queries import drawn_stops

from . import models
from .clock import Clock
from .day import Day, Mark, Spot
from .turnout import Step, steps

INCIDENT = "incident"
"""The process of a form on which teams tell of incidents."""
DUE_STEP = 5
"""Minutes to which the time is rounded at which a report is due."""
PATIENCE = timedelta(minutes=1)
"""How long a page that follows the worker shows the last board there is."""
_WORKER = command("election day")
_FIELDS = (
    "report_id",
    "report__uid",
    "form_code",
    "report__team__code",
    "station__key",
    "station__top__code",
    "station__urban",
    "station__kind",
    "station__registered",
    "report__received_at",
    "finished",
    "set_aside",
    "problems",
    "answers",
)


@dataclass(frozen=True, kw_only=True)
class Board:
    """Everything that the room knows besides figures. `due` is `None` where no plan holds: (form, minute at which it is
    due, how many are expected, how many of them came), and `owed` are the minutes at which each team should have sent
    what has not come. `heard` is the minute of the last report.

    `frame` counts stations of the list in force, `visited` those of them that reports came from, both by area, setting
    and type.
    """

    change: int
    heard: int | None
    came: tuple[tuple[str, int, int], ...]
    aside: Mapping[str, int]
    due: tuple[tuple[str, int, int, int], ...] | None
    owed: Mapping[str, tuple[int, ...]]
    frame: Mapping[Spot, int]
    visited: Mapping[Spot, int]
    turnout: tuple[tuple[str, str, int, tuple[int, ...]], ...]
    problems: tuple[tuple[str, str, str, int, int, int], ...]
    incidents: Mapping[str, int]
    newest: tuple[tuple[str, str, str, int], ...]
    teams: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Board:
        """The board of its JSON data."""
        return cls(
            change=data["change"],
            heard=data["heard"],
            came=tuple((form, hour, n) for form, hour, n in data["came"]),
            aside=data["aside"],
            due=None if data["due"] is None else tuple((form, at, n, came) for form, at, n, came in data["due"]),
            owed={team: tuple(minutes) for team, minutes in data["owed"].items()},
            frame=_polling(data["frame"]),
            visited=_polling(data["visited"]),
            turnout=tuple((form, question, n, tuple(five)) for form, question, n, five in data["turnout"]),
            problems=tuple((code, rule, grade, n, at, old) for code, rule, grade, n, at, old in data["problems"]),
            incidents=data["incidents"]["areas"],
            newest=tuple((uid, form, area, at) for uid, form, area, at in data["incidents"]["newest"]),
            teams={team: (n, last) for team, (n, last) in data["teams"].items()},
        )


def _polling(counted: Sequence[Sequence[Any]]) -> dict[Spot, int]:
    """Counts by area, setting and type, without seats of commissions that tabulate: these are no polling stations."""
    return {(area, setting, kind): n for area, setting, kind, n in counted if kind != StationKind.COMMISSION}


def clock_of(mission: Mission, *, heard: datetime | None = None) -> Clock:
    """The clock of election day; of a mission without one, of the day of its last report."""
    return Clock(mission.zone, mission.election_date or (heard.date() if heard else date(1970, 1, 1)))


class Running:
    """The state of one mission's day: what its readings say, what its plan expects, what its station list holds."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.day = Day()
        self.change = 0
        self._forms: dict[str, Form] = {}
        self._steps: dict[str, tuple[Step, ...]] = {}
        self._frame: tuple[int | None, list[list[Any]]] = (None, [])
        self._plan: tuple[Any, dict[tuple[str, str], list[Due]]] | None = None
        self._answered: dict[tuple[str, str], frozenset[int]] = {}

    def catch_up(self, as_of: int) -> None:
        """Take what changes up to this one brought: all of it the first time, afterwards what is new."""
        readings: QuerySet[Reading]
        if self.change == 0:
            readings = current(self.mission, as_of=as_of, viewer=_WORKER)
        else:
            readings = since(self.mission, after=self.change, as_of=as_of, viewer=_WORKER)
        self._forms = latest_forms(self.mission)
        self._steps = {code: steps(form) for code, form in self._forms.items()}
        clock = clock_of(self.mission, heard=heard_until(as_of, self.mission.pk))
        for row in readings.values_list(*_FIELDS).iterator(chunk_size=2000):
            self.day.take(self._mark(row, clock))
        self.change = as_of

    def told(self) -> dict[str, Any]:
        """The board as JSON data."""
        return {"change": self.change, **self.day.told(), **self._planned(), "frame": self._of_list()}

    def _mark(self, row: Sequence[Any], clock: Clock) -> Mark:
        (report, uid, form, team, key, area, urban, kind, registered, received, finished, aside, problems, answers) = (
            row
        )
        series = self._steps.get(form, ())
        said = json.loads(answers) if series else {}
        turnout = [(step.question, step.per_mille(said, registered)) for step in series]
        known = self._forms.get(form)
        return Mark(
            report=report,
            uid=str(uid),
            form=form,
            team=team or "",
            station=key or "",
            spot=(area or "", _setting(urban), kind or ""),
            received=clock.minute(received),
            ended=(finished or received).timestamp(),
            set_aside=aside,
            incident=known is not None and known.process == INCIDENT,
            problems=tuple(_found(problems)),
            turnout=tuple((question, value) for question, value in turnout if value is not None),
        )

    def _of_list(self) -> list[list[Any]]:
        """How many stations the list in force has of each area, setting and type."""
        listed = self.mission.station_list_id
        if self._frame[0] != listed or listed is None:
            rows = (
                Station.objects.filter(list_id=listed)
                .order_by("top__code", "urban", "kind")
                .values_list("top__code", "urban", "kind")
                .annotate(n=Count("pk"))
            )
            self._frame = (listed, [[area or "", _setting(urban), kind, n] for area, urban, kind, n in rows])
        return self._frame[1]

    def _planned(self) -> dict[str, Any]:
        """What the plan expects by form and time, how much of it came, and what each team owes."""
        groups = self._expected()
        if groups is None:
            return {"due": None, "owed": {}}
        clock = clock_of(self.mission)
        expected: Counter[tuple[str, int]] = Counter()
        came: Counter[tuple[str, int]] = Counter()
        owed: dict[str, list[int]] = {}
        for (team, form), rows in groups.items():
            answered = self._answered[team, form]
            for n, row in enumerate(rows):
                at = _due_at(row, clock)
                expected[form, at] += 1
                if n in answered:
                    came[form, at] += 1
                else:
                    owed.setdefault(team, []).append(at)
        return {
            "due": [[form, at, n, came[form, at]] for (form, at), n in sorted(expected.items())],
            "owed": {team: sorted(minutes) for team, minutes in sorted(owed.items())},
        }

    def _expected(self) -> dict[tuple[str, str], list[Due]] | None:
        """What the accepted plan and drawn stops expect, by team and form, matched with what came; only groups that
        changed are matched again. `None` where nothing is expected."""
        plan = self.mission.plans.filter(state=PlanState.ACCEPTED).values_list("pk", flat=True).first()
        newest = Expected.objects.filter(plan=plan).aggregate(newest=Max("pk"))["newest"] if plan else None
        drawn = drawn_stops(self.mission).aggregate(n=Count("pk"), newest=Max("pk"))
        state = (plan, newest, drawn["n"], drawn["newest"])
        if self._plan is None or self._plan[0] != state:
            groups: dict[tuple[str, str], list[Due]] = {}
            for row in expectations(self.mission, viewer=_WORKER):
                groups.setdefault((row.team, row.form), []).append(row)
            self._plan, self._answered = (state, groups), {}
        for group, rows in self._plan[1].items():
            if group in self.day.changed or group not in self._answered:
                self._answered[group] = self._matched(group, rows)
        self.day.changed.clear()
        return self._plan[1] or None

    def _matched(self, group: tuple[str, str], rows: Sequence[Due]) -> frozenset[int]:
        """Which expectations of one team and form a report answers, by their places."""
        marks = [mark for mark in self.day.groups[group].values() if not mark.set_aside]
        arrived = [
            Arrived(mark.uid, rows[0].team_id, mark.form, mark.station, datetime.fromtimestamp(mark.ended, UTC))
            for mark in sorted(marks, key=lambda mark: (mark.ended, mark.uid))
        ]
        return frozenset(matched(rows, arrived))


def board(mission: Mission, *, as_of: int, viewer: Viewer, now: datetime | None = None) -> Board:
    """The board as of a change: a kept one where it says the same, else made from the readings.

    With `now` a board that is a moment older will do, so that a page that follows the worker never waits for it.
    """
    viewer.require(Action.SEE_FIGURES, mission.pk)
    kept = models.Board.objects.filter(mission=mission, change_number__lte=as_of).order_by("-change_number").first()
    if kept and (_is_fresh(kept, now) or _says_the_same(kept, as_of)):
        return Board.of(json.loads(kept.body))
    return made(mission, as_of=as_of)


def _is_fresh(kept: models.Board, now: datetime | None) -> bool:
    return now is not None and now - kept.made_at < PATIENCE


def _says_the_same(kept: models.Board, as_of: int) -> bool:
    """Whether no reading came in between."""
    return (
        kept.change_number == as_of
        or not since(kept.mission, after=kept.change_number, as_of=as_of, viewer=_WORKER).exists()
    )


def made(mission: Mission, *, as_of: int) -> Board:
    """The board as of a change, from scratch."""
    running = Running(mission)
    running.catch_up(as_of)
    return Board.of(running.told())


def written(data: Mapping[str, Any]) -> str:
    """A board as it is kept."""
    return canonical(data).decode()


def _found(problems: str) -> Iterator[tuple[str, str, str]]:
    if problems != "[]":
        for problem in json.loads(problems):
            yield problem["code"], problem.get("rule", ""), problem["severity"]


def _setting(urban: bool | None) -> str:
    return "" if urban is None else "urban" if urban else "rural"


def _due_at(row: Due, clock: Clock) -> int:
    minute = clock.minute(row.ends)
    return minute + -minute % DUE_STEP
