"""The plan of a quick count: everything that is fixed before the first return, so that nobody can choose afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .gate import Rule
from .looks import Looks, Spending
from .refusals import RefusedCountError

LEAST_CELL = 10
"""Fewer returns than this are no response cell of their own (statistics of practice; see `weights.response_cells`)."""


class Base(StrEnum):
    """What shares of votes are shares of."""

    VALID = "valid"
    """All valid votes."""
    BALLOTS = "ballots"
    """All ballots counted, the invalid ones too."""


class Adjustment(StrEnum):
    """How the stations that are in speak for those that are out."""

    STRATA = "strata"
    """Within their stratum: N_h / r_h."""
    CELLS = "cells"
    """Within their stratum and kind of station, where enough are in."""
    KINDS = "kinds"
    """Within their stratum, then fitted to how many stations of each kind there are (post-stratification)."""


class Arrival(StrEnum):
    """Which moment counts as the arrival of a return."""

    RECEIVED = "received"
    """When the system kept the report."""
    STATED = "stated"
    """When the report says that it was finished: for files of returns that were collected elsewhere."""


@dataclass(frozen=True, kw_only=True)
class CountPlan:
    """What is counted and under which rules. Questions are codes of the form; all answers are whole numbers.

    `votes` are pairs of contestant and question. `base` adds up to what shares are of (empty: the contestants' votes
    together), `ballots` to those who voted (empty: no turnout); `registered` is asked of the form where it is given,
    else of the frame. `threshold` is from 0 to 1. Looks are at `first` and every `minutes` after it until `last`, ISO
    moments with an offset; both empty: no times were fixed, and every look is an interim one until the gate opens.
    """

    form: str
    votes: tuple[tuple[str, str], ...]
    base_is: Base = Base.VALID
    base: tuple[str, ...] = ()
    ballots: tuple[str, ...] = ()
    registered: str = ""
    adjustment: Adjustment = Adjustment.CELLS
    least_cell: int = LEAST_CELL
    threshold: float = 0.5
    rule: Rule = field(default_factory=Rule)
    looks: Looks = field(default_factory=Looks)
    first: str = ""
    last: str = ""
    minutes: int = 30
    arrival: Arrival = Arrival.RECEIVED

    def __post_init__(self) -> None:
        contestants = [contestant for contestant, _ in self.votes]
        if len(contestants) < 2 or len(set(contestants)) != len(contestants):
            raise RefusedCountError("too-few-contestants")
        if not 0 < self.threshold < 1:
            raise RefusedCountError("bad-rule", field="0 < threshold < 1")
        if bool(self.first) is not bool(self.last):
            raise RefusedCountError("bad-rule", field="first, last")
        if self.least_cell < 2 or self.minutes < 1:
            raise RefusedCountError("bad-rule", field="least_cell ≥ 2, minutes ≥ 1")

    @property
    def contestants(self) -> tuple[str, ...]:
        """Codes of the contestants, in the order of the plan."""
        return tuple(contestant for contestant, _ in self.votes)

    @property
    def questions(self) -> tuple[str, ...]:
        """Every question that the plan reads, once each."""
        asked = [*(question for _, question in self.votes), *self.base, *self.ballots]
        return tuple(dict.fromkeys([*asked, *([self.registered] if self.registered else [])]))

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; numbers that are no whole ones as decimal strings."""
        return {
            "form": self.form,
            "votes": [list(pair) for pair in self.votes],
            "base_is": self.base_is.value,
            "base": list(self.base),
            "ballots": list(self.ballots),
            "registered": self.registered,
            "adjustment": self.adjustment.value,
            "least_cell": self.least_cell,
            "threshold": _spelled(self.threshold),
            "gate": {
                "overall": _spelled(self.rule.overall),
                "kind": _spelled(self.rule.kind),
                "empty": self.rule.empty,
                "steady": self.rule.steady,
                "opens_at": None if self.rule.opens_at is None else _spelled(self.rule.opens_at),
            },
            "levels": {
                "final": _spelled(self.looks.final),
                "interim": _spelled(self.looks.interim),
                "spending": self.looks.spending.value,
            },
            "first": self.first,
            "last": self.last,
            "minutes": self.minutes,
            "arrival": self.arrival.value,
        }


def plan_from_json(data: Mapping[str, Any]) -> CountPlan:
    """The inverse of `CountPlan.to_json`. Raises `RefusedCountError` for anything that is no plan."""
    try:
        gate, levels = data["gate"], data["levels"]
        return CountPlan(
            form=str(data["form"]),
            votes=tuple((str(contestant), str(question)) for contestant, question in data["votes"]),
            base_is=Base(data["base_is"]),
            base=tuple(map(str, data["base"])),
            ballots=tuple(map(str, data["ballots"])),
            registered=str(data["registered"]),
            adjustment=Adjustment(data["adjustment"]),
            least_cell=int(data["least_cell"]),
            threshold=_read(data["threshold"]),
            rule=Rule(
                overall=_read(gate["overall"]),
                kind=_read(gate["kind"]),
                empty=int(gate["empty"]),
                steady=int(gate["steady"]),
                opens_at=None if gate["opens_at"] is None else _read(gate["opens_at"]),
            ),
            looks=Looks(
                final=_read(levels["final"]),
                interim=_read(levels["interim"]),
                spending=Spending(levels["spending"]),
            ),
            first=str(data["first"]),
            last=str(data["last"]),
            minutes=int(data["minutes"]),
            arrival=Arrival(data["arrival"]),
        )
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise RefusedCountError("bad-rule", field=str(error)) from error
    except ValueError as error:
        if isinstance(error, RefusedCountError):
            raise
        raise RefusedCountError("bad-rule", field=str(error)) from error


def _spelled(number: float) -> str:
    spelled = format(Decimal(repr(float(number))), "f")
    return spelled.rstrip("0").rstrip(".") if "." in spelled else spelled


def _read(spelled: str) -> float:
    return float(Decimal(spelled))
