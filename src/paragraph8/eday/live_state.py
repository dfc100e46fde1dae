"""The counts of every form of a mission, as the worker keeps them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from paragraph8.domain.figures import Figure, Key, Origin
from paragraph8.domain.forms import Form
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import latest_forms
from paragraph8.review.queries import ROWS, Placed, changed_rows, last_reading, newest_readings, rows_of_readings
from paragraph8.statistics.tallies import Tallies

from .counting import figures_of

KEPT_UP = frozenset({"answer", "at-least", "observations", "spread"})
"""Measures of which every figure follows from the counts."""


class LiveState:
    """See `evidence.registry.LiveState`. `read_until` is the number of the newest reading that is counted."""

    def __init__(self, mission: Mission) -> None:
        self.mission = mission
        self.read_until = 0
        self._tallies: defaultdict[str, Tallies] = defaultdict(Tallies)
        self._forms: dict[str, Form] = {}
        self.renew(mission)

    def renew(self, mission: Mission) -> None:
        """Something of the mission's own changed: forms are read anew. What reports say is not touched by it."""
        self.mission, self._forms = mission, latest_forms(mission)

    def load(self, *, as_of: int) -> Iterator[None]:
        """Count all rows as of a change, a thousand a step."""
        self._tallies.clear()
        self.read_until = last_reading(self.mission, as_of=as_of)
        numbers = newest_readings(self.mission, as_of=as_of)
        for first in range(0, len(numbers), ROWS):
            self._count(rows_of_readings(numbers[first : first + ROWS]).values(), 1)
            yield

    def advance(self, *, as_of: int) -> None:
        """Take in the readings that came since, up to a change."""
        self.read_until, changed = changed_rows(self.mission, after=self.read_until, as_of=as_of)
        self._count([each.old for each in changed if each.old], -1)
        self._count([each.new for each in changed if each.new], 1)

    def figures(self, keys: Iterable[Key], *, as_of: int) -> Mapping[Key, Figure]:
        """The figures as they stand; what does not follow from the counts of one form is left out."""
        wanted: dict[str, list[Key]] = defaultdict(list)
        for key in keys:
            if key.measure in KEPT_UP:
                wanted[key.dimension("form")].append(key)
        found: dict[Key, Figure] = {}
        for code, of_form in wanted.items():
            if code in self._forms:
                origin = Origin(self.mission.origin)
                found |= figures_of(self._tallies[code], self._forms[code], of_form, origin=origin, as_of=as_of)
        return found

    def _count(self, rows: Iterable[Placed], times: int) -> None:
        of_forms = defaultdict(list)
        for code, row in rows:
            of_forms[code].append(row)
        for code, of_form in of_forms.items():
            self._tallies[code].add(of_form, times)
