"""Disclosure control: which figures may leave the mission, and why the others stay.

A figure of a handful of stations would tell who said what. It is withheld, and so is enough beside it that nobody can
work it out from the whole (complementary suppression, as national statistical offices do it for tables of counts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paragraph8.domain.figures import Audience, Basis, Figure, Key
from paragraph8.statistics.estimation.gates import LEAST_TEAMS
from paragraph8.wording.admission import refuse_withheld
from paragraph8.wording.refusals import WordingError

LEAST_STATIONS = 5
"""Observed figures with fewer stations behind them are withheld."""

SEEN_BY_TEAMS = frozenset({Basis.OBSERVED, Basis.PROBABILITY})
"""Behind these figures stand single stations that teams went to, on their own routes or because they were drawn."""

CELLS = ("area", "setting", "kind")
"""Figures with one of these dimensions are cells of a table: where one team alone filled it, the cell tells what that
team reported."""

ANSWER_DIMENSIONS = frozenset({"answer", "n", *CELLS})
"""Figures that differ only in these dimensions divide up the same reports."""


@dataclass(frozen=True)
class Disclosed:
    """The publishable figures in the order of their keys, and key → reason (a code of `labels.WITHHELD`)."""

    figures: tuple[Figure, ...]
    withheld: Mapping[str, str]


def disclose(figures: Iterable[Figure]) -> Disclosed:
    """Decide about every figure; the answer depends on the figures alone, not on their order."""
    ordered = sorted(figures, key=lambda figure: str(figure.key))
    withheld: dict[str, str] = {}
    for figure in ordered:
        reason = own_reason(figure)
        if reason:
            withheld[str(figure.key)] = reason
    for group in _divisions(ordered):
        for key in _complementary(group, withheld):
            withheld[key] = "complementary"
    published = tuple(figure for figure in ordered if str(figure.key) not in withheld)
    return Disclosed(published, dict(sorted(withheld.items())))


def own_reason(figure: Figure) -> str:
    """Why this figure is withheld whatever stands beside it; empty when it is not.

    What no sentence may hold, no data file may hold either: the rule is that of the wording.
    """
    try:
        refuse_withheld(figure)
    except WordingError as refusal:
        return refusal.code
    if figure.basis not in SEEN_BY_TEAMS:
        return ""
    if figure.n_stations is None:
        return "stations-unknown"
    if figure.n_stations < LEAST_STATIONS:
        return "few-stations"
    return "one-team" if _alone(figure) and any(figure.key.dimension(name) for name in CELLS) else ""


def _alone(figure: Figure) -> bool:
    return figure.n_teams is not None and 0 < figure.n_teams < LEAST_TEAMS


def _divisions(figures: Sequence[Figure]) -> Iterable[list[Figure]]:
    """Observed and estimated figures by area, setting, type or several of these, grouped by all else but the answer."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        by = tuple(name for name in CELLS if figure.key.dimension(name))
        if by and figure.basis in SEEN_BY_TEAMS and figure.audience is Audience.PUBLIC:
            groups[by, *_whole(figure.key)].append(figure)
    return groups.values()


def _part(key: Key) -> str:
    """Which part of the reports the key is about."""
    return "/".join(key.dimension(name) for name in CELLS)


def _whole(key: Key) -> tuple[object, ...]:
    rest = tuple(pair for pair in key.dimensions if pair[0] not in ANSWER_DIMENSIONS)
    return (key.app, rest) if key.dimension("question") else (key.app, key.measure, rest)


def _complementary(group: Sequence[Figure], withheld: Mapping[str, str]) -> list[str]:
    """Keys to withhold besides, so that what is withheld together has two areas and enough stations."""
    by_area: dict[str, list[Figure]] = defaultdict(list)
    for figure in group:
        by_area[_part(figure.key)].append(figure)
    hidden = {area for area, inside in by_area.items() if any(str(figure.key) in withheld for figure in inside)}
    if not hidden:
        return []
    shown = sorted(set(by_area) - hidden, key=lambda area: (_stations(by_area[area]), area))
    together = sum(_stations(by_area[area]) for area in hidden)
    while shown and (len(hidden) < 2 or together < LEAST_STATIONS):
        area = shown.pop(0)
        hidden.add(area)
        together += _stations(by_area[area])
    return [str(figure.key) for area in sorted(hidden) for figure in by_area[area] if str(figure.key) not in withheld]


def _stations(figures: Iterable[Figure]) -> int:
    return min(figure.n_stations or 0 for figure in figures)
