"""What the first page of the room shows: the contests, and who stands with how far each has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.contests import ELECTIONS, ON_BALLOT, STANDINGS, Election, Standing
from paragraph8.domain.text import Text
from paragraph8.missions.models import Contest, Contestant, Mission

from .models import StandingStep
from .queries import contestants_of, contests_of, held

TONES = {
    Standing.NOMINATED: "wait",
    Standing.REGISTERED: "ok",
    Standing.ELECTED: "ok",
    Standing.REFUSED: "warn",
    Standing.DEREGISTERED: "warn",
    Standing.WITHDRAWN: "info",
}
"""The flag of a status; its words say the rest."""


@dataclass(frozen=True)
class Stands:
    """A contestant with the newest step; `since` is empty where nobody knows the day."""

    row: Contestant
    status: Text | None
    tone: str
    since: date | None
    reason: str


@dataclass(frozen=True)
class Race:
    """A contest with those who stand in it, who may be on the ballot first."""

    contest: Contest | None
    kind: Text | None
    stands: tuple[Stands, ...]
    on_ballot: int
    women: int


def races(mission: Mission, *, viewer: Viewer) -> list[Race]:
    """The contests of the mission; contestants of none stand under none."""
    everybody = contestants_of(mission, viewer=viewer)
    found = [
        _race(contest, [c for c in everybody if c.contest_id == contest.pk])
        for contest in contests_of(mission, viewer=viewer)
    ]
    without = [contestant for contestant in everybody if contestant.contest_id is None]
    return [*found, _race(None, without)] if without else found


def _race(contest: Contest | None, contestants: Sequence[Contestant]) -> Race:
    standing = sorted(contestants, key=lambda row: held(row) not in ON_BALLOT)
    on_ballot = [row for row in standing if held(row) in ON_BALLOT]
    return Race(
        contest,
        ELECTIONS[Election(contest.kind)] if contest else None,
        tuple(_stands(row) for row in standing),
        len(on_ballot),
        sum(1 for row in on_ballot if row.gender == "f"),
    )


def _stands(row: Contestant) -> Stands:
    status = held(row)
    steps: list[StandingStep] = list(row.steps.all())
    last = steps[-1] if steps else None
    return Stands(
        row,
        STANDINGS[status] if status else None,
        TONES[status] if status else "wait",
        last.day if last else None,
        last.reason if last else "",
    )


@dataclass(frozen=True)
class Step:
    """A step of a history in words."""

    row: StandingStep
    status: Text
    tone: str


def history(contestant: Contestant) -> list[Step]:
    """The steps of a contestant, newest first."""
    return [
        Step(row, STANDINGS[Standing(row.status)], TONES[Standing(row.status)])
        for row in reversed(list(contestant.steps.all()))
    ]
