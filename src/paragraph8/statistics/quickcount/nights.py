"""A night as rows: the plan and the stations of the sample as canonical JSON, from which anybody computes again.

The first row is `{"row": "plan", "plan": …, "gate": "open" | "shut", "strata": {stratum: N_h}, "kinds": {kind: N},
"cells": [[stratum, kind, N], …]}`. Each other row is a station of the sample as it stands:
`{"row", "station", "team", "area", "stratum", "kind", "registered", "state", "why", "arrived", "votes", "base",
"ballots"}`, where `state` is "in", "out" or "apart" (kept apart until somebody has looked, `why` says for what reason),
`arrived` an ISO moment, and numbers are `null` where nothing was reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import numpy as np

from .plans import CountPlan, plan_from_json
from .refusals import RefusedCountError
from .returns import DrawnSample, Returns

PLAN = "plan"
"""Identifier of the row that holds the plan."""


class State(StrEnum):
    """How a station of the sample stands."""

    IN = "in"
    OUT = "out"
    APART = "apart"


@dataclass(frozen=True, eq=False, kw_only=True)
class Night:
    """Plan and returns, and whether the gate is open."""

    plan: CountPlan
    returns: Returns
    open: bool

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]] | Night) -> Night:
        """The night that the rows tell of, in any order. Raises `RefusedCountError` for rows that tell of none."""
        if isinstance(rows, Night):
            return rows
        head = next((row for row in rows if row["row"] == PLAN), None)
        if head is None:
            raise RefusedCountError("bad-rule", field=PLAN)
        plan = plan_from_json(head["plan"])
        stations = sorted((row for row in rows if row["row"] != PLAN), key=lambda row: str(row["row"]))
        sample = DrawnSample.of(
            [row["station"] for row in stations],
            strata=[row["stratum"] for row in stations],
            populations=head["strata"],
            kinds=[row["kind"] for row in stations],
            kind_populations=head["kinds"],
            cell_populations={(stratum, kind): n for stratum, kind, n in head["cells"]},
            registered=[row["registered"] for row in stations],
        )
        nothing = [None] * len(plan.votes)
        votes = [
            [row["votes"].get(contestant) for contestant in plan.contestants] if row["votes"] else nothing
            for row in stations
        ]
        returns = Returns.of(
            sample,
            contestants=plan.contestants,
            votes=np.array(votes, dtype=np.float64).reshape(len(stations), len(plan.votes)),
            base=_column(stations, "base"),
            ballots=_column(stations, "ballots"),
            arrived=np.array([seconds(row["arrived"]) for row in stations], dtype=np.float64),
            doubtful=[row["state"] == State.APART for row in stations],
        )
        return cls(plan=plan, returns=returns, open=head["gate"] == "open")


def seconds(moment: str | None) -> float:
    """An ISO moment in seconds of Unix time; nan for none."""
    return datetime.fromisoformat(moment).timestamp() if moment else float("nan")


def _column(rows: Sequence[Mapping[str, Any]], name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([row[name] for row in rows], dtype=np.float64)
