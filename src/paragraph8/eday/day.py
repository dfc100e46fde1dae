"""What the room knows besides figures, kept up to date report by report: when what came in, where observers were, what
checks found, who was heard from.

`Day` takes the marks of readings one after the other; a later mark of a report replaces the one before. Taking them all
at once or one by one gives the same board, so that the worker's running state and a look back are one code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .turnout import five

Spot = tuple[str, str, str]
"""Code of the first-level area, "urban", "rural" or nothing, and type of a station."""
Found = tuple[str, str, str]
"""Code of a check, name of its rule, severity."""
NEWEST = 8
"""Incidents that the board names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the room needs of the reading of one report. `received` is a minute of the day, `ended` the
    instant at which its visit ended (in seconds), or where it does not say, at which it came in."""

    report: int
    uid: str
    form: str
    team: str
    station: str
    spot: Spot
    received: int
    ended: float
    set_aside: bool = False
    incident: bool = False
    problems: tuple[Found, ...] = ()
    turnout: tuple[tuple[str, int], ...] = ()


@dataclass
class Day:
    """The running state. Nothing in it is a figure."""

    marks: dict[int, Mark] = field(default_factory=dict)
    came: Counter[tuple[str, int]] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    visits: dict[Spot, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    turnout: dict[tuple[str, str], Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    problems: dict[Found, dict[int, Mark]] = field(default_factory=lambda: defaultdict(dict))
    incidents: dict[int, Mark] = field(default_factory=dict)
    teams: dict[str, list[int]] = field(default_factory=dict)
    """Of each team: how many reports came, and the minute of the last."""
    groups: dict[tuple[str, str], dict[int, Mark]] = field(default_factory=lambda: defaultdict(dict))
    """By team and form what can answer an expectation."""
    heard: int | None = None
    """The minute of the last report."""
    changed: set[tuple[str, str]] = field(default_factory=set)
    """Groups that changed since somebody looked."""

    def take(self, mark: Mark) -> None:
        """Let the mark stand for its report."""
        before = self.marks.get(mark.report)
        if before is not None:
            self._count(before, -1)
        else:
            self._hear(mark)
        self.marks[mark.report] = mark
        self._count(mark, 1)

    def _hear(self, mark: Mark) -> None:
        """A report is received once, whatever is read out of it later."""
        self.heard = mark.received if self.heard is None else max(self.heard, mark.received)
        if mark.team:
            n, last = self.teams.get(mark.team, [0, mark.received])
            self.teams[mark.team] = [n + 1, max(last, mark.received)]

    def _count(self, mark: Mark, by: int) -> None:
        self._keep(self.groups[mark.team, mark.form], mark, by)
        self.changed.add((mark.team, mark.form))
        for found in mark.problems:
            self._keep(self.problems[found], mark, by)
        if mark.set_aside:
            self.aside[mark.form] += by
            return
        self.came[mark.form, mark.received // 60] += by
        if mark.station:
            self.visits[mark.spot][mark.station] += by
        for question, value in mark.turnout:
            self.turnout[mark.form, question][value] += by
        if mark.incident:
            self._keep(self.incidents, mark, by)

    @staticmethod
    def _keep(into: dict[int, Mark], mark: Mark, by: int) -> None:
        if by > 0:
            into[mark.report] = mark
        else:
            into.pop(mark.report, None)

    def told(self) -> dict[str, Any]:
        """The board's part that comes from reports, as JSON data in a fixed order."""
        return {
            "heard": self.heard,
            "came": [[form, hour, n] for (form, hour), n in sorted(self.came.items()) if n],
            "aside": {form: n for form, n in sorted(self.aside.items()) if n},
            "visited": [
                [*spot, stations]
                for spot, counts in sorted(self.visits.items())
                if (stations := sum(n > 0 for n in counts.values()))
            ],
            "turnout": [
                [form, question, sum(counts.values()), list(numbers)]
                for (form, question), counts in sorted(self.turnout.items())
                if (numbers := five({value: n for value, n in counts.items() if n > 0}))
            ],
            "problems": [self._problem(found, marks) for found, marks in sorted(self.problems.items()) if marks],
            "incidents": {
                "areas": dict(sorted(Counter(mark.spot[0] for mark in self.incidents.values()).items())),
                "newest": [
                    [mark.uid, mark.form, mark.spot[0], mark.received]
                    for mark in sorted(self.incidents.values(), key=lambda mark: (-mark.received, mark.uid))[:NEWEST]
                ],
            },
            "teams": {team: list(heard) for team, heard in sorted(self.teams.items())},
        }

    @staticmethod
    def _problem(found: Found, marks: Mapping[int, Mark]) -> list[Any]:
        stations = {mark.station for mark in marks.values() if mark.station}
        return [*found, len(marks), len(stations), min(mark.received for mark in marks.values())]
