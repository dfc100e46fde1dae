"""The canonical rows that the room's figures are computed from, as of a change, read once each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from paragraph8.domain.contests import RESULT_STAGES, Count, DeadlineState, Gap, Measure, ResultStage, Standing, Voters
from paragraph8.domain.figures import Key
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Contest, Contestant, Mission
from paragraph8.statistics.contests import newest, reported_share, standing
from paragraph8.statistics.series import CURRENT, SPAN, gap

from .models import CalendarEntry, ResultVersion, VoterSnapshot
from .queries import as_json, calendar_lines, current_series, current_span, lines_of, moment_of, steps_of, within

STANDING, VOTER_SNAPSHOTS, DEADLINES = "standing", "voter-snapshots", "deadlines"
_CURRENT: Mapping[Measure, tuple[str, dict[str, str]]] = {
    Measure.CANDIDATES: ("contestants", {}),
    Measure.WOMEN: ("contestants", {"gender": "f"}),
    Measure.NOMINEES: ("contestants", {"ever": Standing.NOMINATED.value}),
    Measure.WOMEN_NOMINEES: ("contestants", {"ever": Standing.NOMINATED.value, "gender": "f"}),
    Measure.VOTERS: ("voters", {}),
}
"""Which figure of the election observed a series is compared with."""


class Populations:
    """The rows of a mission by the name of the population. `as_of` is a change; `None` is everything there is."""

    def __init__(self, mission: Mission, as_of: int | None = None) -> None:
        self.mission = mission
        self.as_of = as_of
        self._rows: dict[str, list[dict[str, Any]]] = {}

    def names(self) -> list[str]:
        """All populations that there can be."""
        series = [
            self.series(Key.of("contest", "record", measure=m.value, **where))
            for m in Measure
            for where in ({}, *({"contest": code} for code in self.contests()))
        ]
        return [STANDING, VOTER_SNAPSHOTS, DEADLINES, *series, *(f"results-{v.code}" for v in self.versions())]

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of one population; none where there is none of that name."""
        if name not in self._rows:
            self._rows[name] = self._read(name)
        return self._rows[name]

    def whole(self, version: str) -> list[dict[str, Any]]:
        """The lines of a version for the whole, without areas and stations, which may be many thousands."""
        name = f"whole-{version}"
        if name not in self._rows:
            lines = lines_of([self._versions[version]], areas=False)[version]
            self._rows[name] = [as_json(line) for line in lines]
        return self._rows[name]

    def behind(self, key: Key, population: str) -> list[dict[str, Any]]:
        """The rows that decide a figure: of results those of the whole, unless the key asks for a place."""
        asks_for_place = key.dimension("area") or key.dimension("station")
        if key.measure in ("votes", "turnout") and not asks_for_place:
            return self.whole(key.dimension("version"))
        return self.rows(population)

    @staticmethod
    def series(key: Key) -> str:
        """The population of a record or a first time."""
        parts = ["series", key.dimension("measure"), key.dimension("contest")]
        return ".".join(filter(None, parts))

    def gap(self, key: Key) -> Gap | None:
        """Why a record or a first time cannot be computed; nothing for every other key."""
        if key.measure not in ("record", "first"):
            return None
        return gap(self.rows(self.series(key)))

    def inputs(self, key: Key) -> tuple[Key, ...]:
        """The figures that a claim is derived from."""
        if key.measure not in ("record", "first"):
            return ()
        return (self._compared(Measure(key.dimension("measure")), key.dimension("contest")),)

    def source(self, key: Key, population: str) -> str:
        """Who says so. Of results: the author first, and when."""
        if key.measure in ("votes", "turnout"):
            version = self._versions[key.dimension("version")]
            return f"{Text.of(version.author)}, {version.told_on.isoformat()}: {version.source}"
        return "; ".join(dict.fromkeys(row["source"] for row in self.rows(population) if row.get("source")))

    def turnout(self, version: str) -> bool:
        """Whether the version gives both numbers of the whole."""
        tally = reported_share(self.whole(version), Key.of("contest", "turnout", version=version))
        return tally.numerator is not None and tally.denominator is not None

    # What keys may name.

    def fits(self, given: Mapping[str, str]) -> bool:
        """Whether the values of these dimensions exist in the mission."""
        known: dict[str, Any] = {
            "contest": self.contests(),
            "area": self._areas,
            "contestant": self._contestants,
            "version": self._versions,
            "status": set(Standing),
            "ever": set(Standing),
            "category": set(Voters),
            "line": set(Count) - {Count.VOTES},
            "gender": {"f", "m", "x"},
        }
        return all(value in known[name] for name, value in given.items() if name in known) and _is_day(given)

    def contests(self) -> dict[str, Contest]:
        """The contests by code."""
        return self._contests

    def versions(self) -> list[ResultVersion]:
        """The versions of results."""
        return list(self._versions.values())

    def name_of_contest(self, code: str) -> Text:
        """Empty for none."""
        return Text.of(self._contests[code].name) if code in self._contests else Text.of("")

    def name_of_area(self, code: str) -> Text:
        """Empty for none."""
        return Text.of(self._areas[code].name) if code in self._areas else Text.of("")

    def name_of_contestant(self, code: str) -> Text:
        """Empty for none."""
        return Text.of(self._contestants[code].name) if code in self._contestants else Text.of("")

    def name_of_version(self, code: str) -> Text:
        """“final results (author)”."""
        version = self._versions[code]
        stage, author = RESULT_STAGES[ResultStage(version.stage)], Text.of(version.author)
        return Text.of({tag: f"{stage.shown(tag).string} ({author.shown(tag).string})" for tag in ("en", "kk", "ru")})

    # Rows.

    def _read(self, name: str) -> list[dict[str, Any]]:
        if name == STANDING:
            return self._standing()
        if name == VOTER_SNAPSHOTS:
            return self._voters()
        if name == DEADLINES:
            return self._deadlines()
        kind, _, rest = name.partition("." if name.startswith("series") else "-")
        if kind == "series":
            measure, _, contest = rest.partition(".")
            return self._series(Measure(measure), contest) if measure in set(Measure) else []
        if kind == "results" and rest in self._versions:
            version = self._versions[rest]
            return [as_json(line) for line in lines_of([version])[rest]]
        return []

    def _standing(self) -> list[dict[str, Any]]:
        steps = steps_of(self.mission, as_of=self.as_of)
        ever = set(steps) if self.as_of is None else set(steps_of(self.mission))
        rows = []
        for contestant in self._contestants.values():
            facts = {
                "contestant": contestant.code,
                "contest": contestant.contest.code if contestant.contest else "",
                "gender": contestant.gender,
            }
            for n, step in enumerate(steps.get(contestant.pk, ()), start=1):
                day = step.day.isoformat() if step.day else ""
                row = f"{contestant.code}-{n}"
                rows.append({"row": row, **facts, "status": step.status, "day": day, "n": n, "source": step.source})
            if contestant.pk not in ever and contestant.status in set(Standing):
                source = {"status": contestant.status, "day": "", "n": 0, "source": contestant.source}
                rows.append({"row": f"{contestant.code}-0", **facts, **source})
        return rows

    def _voters(self) -> list[dict[str, Any]]:
        snapshots = within(VoterSnapshot.objects.filter(mission=self.mission), self.as_of).select_related("area")
        return [
            {
                "row": f"{row.category}-{row.pk}",
                "category": row.category,
                "area": row.area.code if row.area else "",
                "day": row.day.isoformat(),
                "n": row.n,
                "number": number,
                "source": row.source,
            }
            for number, row in enumerate(snapshots.order_by("pk"), start=1)
        ]

    def _deadlines(self) -> list[dict[str, Any]]:
        at = self._moment
        if at is None:
            return []
        entries = within(CalendarEntry.objects.filter(mission=self.mission), self.as_of).order_by("pk")
        return [
            {
                "row": line.entry.code,
                "due": line.entry.due_on.isoformat() if line.entry.due_on else "",
                "happened": line.entry.happened_on.isoformat() if line.entry.happened_on else "",
                "state": line.kept.state.value,
                "days": line.kept.days,
                "source": line.entry.source,
            }
            for line in calendar_lines(entries, at=at)
            if line.kept.state is not DeadlineState.NO_DEADLINE
        ]

    def _series(self, measure: Measure, code: str) -> list[dict[str, Any]]:
        contest = self._contests.get(code)
        if code and contest is None:
            return []
        earlier = current_series(self.mission, measure, contest, as_of=self.as_of)
        span = current_span(self.mission, measure, contest, as_of=self.as_of)
        day = contest.day if contest else self.mission.election_date
        if not earlier and span is None:
            return []
        rows: list[dict[str, Any]] = [
            {"row": row.election.isoformat(), "election": row.election.isoformat(), "n": row.n, "source": row.source}
            for row in earlier
        ]
        if span:
            rows.append(
                {"row": SPAN, "since": span.since.isoformat(), "complete": span.complete, "source": span.source}
            )
        compared = self._compared(measure, code)
        if day is not None:
            n = self._value(compared)
            rows.append({"row": CURRENT, "election": day.isoformat(), "n": n, "figure": str(compared), "source": ""})
        return rows

    def _compared(self, measure: Measure, contest: str) -> Key:
        name, dimensions = _CURRENT[measure]
        where = {"contest": contest} if contest and name == "contestants" else {}
        return Key.of("contest", name, **dimensions, **where)

    def _value(self, key: Key) -> int | None:
        if key.measure == "voters":
            return newest(self.rows(VOTER_SNAPSHOTS), key).value
        return standing(self.rows(STANDING), key).value if self.rows(STANDING) else None

    @cached_property
    def _moment(self) -> datetime | None:
        if self.as_of is None:
            from paragraph8.audit.queries import latest_change

            return moment_of(latest_change())
        return moment_of(self.as_of)

    @cached_property
    def _contests(self) -> dict[str, Contest]:
        return {contest.code: contest for contest in self.mission.contests.select_related("mission")}

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {area.code: area for area in self.mission.areas.all()}

    @cached_property
    def _contestants(self) -> dict[str, Contestant]:
        return {row.code: row for row in self.mission.contestants.select_related("contest").order_by("code")}

    @cached_property
    def _versions(self) -> dict[str, ResultVersion]:
        rows = within(ResultVersion.objects.filter(mission=self.mission), self.as_of)
        return {row.code: row for row in rows.order_by("told_on", "told_time", "pk")}


def _is_day(given: Mapping[str, str]) -> bool:
    if "day" not in given:
        return True
    try:
        return datetime.fromisoformat(given["day"]).date().isoformat() == given["day"]
    except ValueError:
        return False
