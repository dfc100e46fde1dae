"""What an observed share would be if the observations had been others: three ranges instead of a margin of error.

Nothing here is an interval in the sense of sampling. Each function changes one thing about the observations that were
made and prints the share that comes out; how far it moves says how much the share depends on where teams went, on
one team, and on answers that are missing. All results are exact fractions of whole numbers.

Sources: Manski, Partial Identification of Probability Distributions (2003), for the bounds; Lohr, Sampling: Design and
Analysis, on reweighting to known totals; AAPOR (2016) on what may be said of nonprobability samples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

IN, OUT = "in", "out"
"""What an observation says; any other word is the reason why it says nothing."""
NOT_MISSING = frozenset({"not-applicable", "not-asked", "elsewhere"})
"""Reasons for which there is no answer that could be given: they have no place in the bounds."""


@dataclass(frozen=True)
class Reweighted:
    """The share when each cell of the frame counts with its stations: `share`, and how far it `moved` from the share
    observed. `covered` is the part of the frame in cells with an answer; the others cannot be spoken for."""

    share: Fraction
    moved: Fraction
    covered: Fraction
    cells: int
    cells_without: int


@dataclass(frozen=True)
class WithoutTeam:
    """The least and the greatest share when one team's observations are taken out, with the teams; `least_team` and
    `greatest_team` stay inside the mission."""

    least: Fraction
    greatest: Fraction
    least_team: str
    greatest_team: str
    teams: int

    def width(self) -> Fraction:
        """How far the share moves with one team or another."""
        return self.greatest - self.least


@dataclass(frozen=True)
class Bounds:
    """The share if each of the `missing` answers had been another one, and if each had been this one."""

    least: Fraction
    greatest: Fraction
    missing: int


@dataclass(frozen=True)
class Sensitivity:
    """The three together, beside the share observed. A part is `None` where it cannot be computed."""

    numerator: int
    denominator: int
    reweighted: Reweighted | None
    without_team: WithoutTeam | None
    bounds: Bounds | None


def sensitivity(
    said: Sequence[str],
    *,
    cells: Sequence[str | None],
    frame: Mapping[str, int],
    teams: Sequence[str | None],
) -> Sensitivity:
    """How the share of observations that are "in" depends on what was observed.

    `said`, `cells`, `teams` have one entry per observation: "in", "out" or a reason; the cell of its station in the
    frame (`None` outside it); its team. `frame` counts the stations of each cell. Raises `ValueError` on columns of
    unequal length.
    """
    if not len(said) == len(cells) == len(teams):
        raise ValueError("said, cells and teams are not of one length")
    answered = [k for k, word in enumerate(said) if word in (IN, OUT)]
    return Sensitivity(
        numerator=sum(said[k] == IN for k in answered),
        denominator=len(answered),
        reweighted=reweighted([said[k] for k in answered], [cells[k] for k in answered], frame),
        without_team=without_team([said[k] for k in answered], [teams[k] for k in answered]),
        bounds=bounds(said),
    )


def reweighted(said: Sequence[str], cells: Sequence[str | None], frame: Mapping[str, int]) -> Reweighted | None:
    """Σ_c N_c·x_c/y_c / Σ_c N_c over cells with an answer: N_c stations of the frame, x_c of y_c observations "in".

    Observations outside the frame do not count. `None` where no observation lies in a cell of the frame.
    """
    answered: Counter[str] = Counter()
    yes: Counter[str] = Counter()
    for word, cell in zip(said, cells, strict=True):
        if cell is not None and frame.get(cell, 0) > 0:
            answered[cell] += 1
            yes[cell] += word == IN
    if not answered:
        return None
    whole = sum(frame.values())
    spoken = sum(frame[cell] for cell in answered)
    share = sum((Fraction(frame[cell] * yes[cell], n) for cell, n in answered.items()), Fraction(0)) / spoken
    observed = Fraction(sum(word == IN for word in said), len(said))
    return Reweighted(
        share=share,
        moved=share - observed,
        covered=Fraction(spoken, whole),
        cells=len(answered),
        cells_without=sum(n > 0 for n in frame.values()) - len(answered),
    )


def without_team(said: Sequence[str], teams: Sequence[str | None]) -> WithoutTeam | None:
    """The share without each team in turn; `None` with fewer than two teams. Observations of no team stay in all."""
    answered = Counter(teams)
    yes = Counter(team for word, team in zip(said, teams, strict=True) if word == IN)
    named = sorted(team for team in answered if team is not None)
    rest = len(said)
    if len(named) < 2:
        return None
    total = sum(yes.values())
    shares = [(Fraction(total - yes[team], rest - answered[team]), team) for team in named if rest > answered[team]]
    least, greatest = min(shares), max(shares)
    return WithoutTeam(least[0], greatest[0], least[1], greatest[1], len(named))


def bounds(said: Sequence[str]) -> Bounds | None:
    """x / (y + m) and (x + m) / (y + m) with m answers missing; `None` where nothing was asked.

    Not applicable and not asked are no missing answers.
    """
    counts = Counter(word for word in said if word not in NOT_MISSING)
    whole = sum(counts.values())
    if not whole:
        return None
    missing = whole - counts[IN] - counts[OUT]
    return Bounds(Fraction(counts[IN], whole), Fraction(counts[IN] + missing, whole), missing)
