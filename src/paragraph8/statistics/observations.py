"""The rows of one form: their tallies, made once for all figures, and what each row contributed to a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from paragraph8.domain.figures import Key

from .columns import REGULAR
from .counts import Row
from .said import SET_ASIDE, SEVERAL, Said, outcome, said, spelled
from .shapes import MIXED, THRESHOLD, Tally
from .tallies import Tallies

__all__ = ["MIXED", "PARTS", "REGULAR", "SEVERAL", "Observations", "Tally"]

PARTS = ("area", "setting", "kind")
"""Dimensions that divide the rows by where they come from."""

ELSEWHERE = "elsewhere"
"""The outcome of a row that comes from elsewhere than the figure."""


@dataclass
class Observations:
    """The rows of an observation population, see `counts.Row`."""

    rows: Sequence[Row]
    _said: dict[str, list[Said]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row] | Observations) -> Observations:
        """The rows, unless they are that already."""
        return rows if isinstance(rows, Observations) else cls(rows)

    @cached_property
    def tallies(self) -> Tallies:
        """The counts of all questions."""
        return Tallies.of(self.rows)

    def outcomes(self, key: Key) -> list[str]:
        """Of each row: "in", "out", the reason it was left out, or "elsewhere" when it is no row of the figure's."""
        return [
            contributed if _is_within(row, key) else ELSEWHERE
            for row, contributed in zip(self.rows, self._contributed(key), strict=True)
        ]

    def _contributed(self, key: Key) -> list[str]:
        """What each row contributed, wherever it is."""
        question, other = key.dimension("question"), key.dimension("of")
        if key.measure in ("answer", "at-least"):
            wanted = key.dimension("answer") or f"{THRESHOLD}{key.dimension('n', '1')}"
            values = self._said_to(question)
            outcomes = {value: outcome(value, wanted) for value in set(values)}
            return [outcomes[value] for value in values]
        if not question:
            return ["in"] * len(self.rows)
        columns = [self._said_to(each) for each in (question, other) if each]
        return ["/".join(map(spelled, values)) for values in zip(*columns, strict=True)]

    def _said_to(self, question: str) -> list[Said]:
        if question not in self._said:
            self._said[question] = [
                SET_ASIDE if "set_aside" in row else said(row["answers"].get(question)) for row in self.rows
            ]
        return self._said[question]


def _is_within(row: Row, key: Key) -> bool:
    area, setting, kind = (key.dimension(part) for part in PARTS)
    if area and row["area"] != area:
        return False
    if not setting and not kind:
        return True
    placed = row["station"] is not None
    return placed and setting in ("", row.get("setting")) and kind in ("", row.get("kind", REGULAR))
