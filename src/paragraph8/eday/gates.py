"""Which cells of a table may be shown to whom, and how much of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import Figure, Key
from paragraph8.missions.models import Mission
from paragraph8.statistics.estimation.gates import (
    LEAST_FOR_PERCENTAGE,
    LEAST_FOR_SHARE,
    LEAST_STATIONS,
    LEAST_TEAMS,
)


class Shown(StrEnum):
    """How a share stands in a table."""

    HIDDEN = "hidden"
    """It would point at a team."""
    NONE = "none"
    """Nobody answered."""
    COUNT = "count"
    """Fewer than ten answers: the count alone."""
    BRACKETS = "brackets"
    """Ten to 29: the count, the percentage in brackets with a mark."""
    SHARE = "share"


def is_analyst(mission: Mission, *, viewer: Viewer) -> bool:
    """Whether the viewer sees the reports of every team anyway."""
    return viewer.may(Action.SEE_REPORTS, mission.pk) and viewer.institutions.get(mission.pk) is None


def open_to(figure: Figure, mission: Mission, *, viewer: Viewer) -> bool:
    """Whether the figure tells the viewer of no single team what it may not be told."""
    return is_analyst(mission, viewer=viewer) or not points_at_a_team(figure)


def points_at_a_team(figure: Figure) -> bool:
    """Whether so few teams or stations stand behind a part of the mission that the number would tell, outside the room
    of the analysts, who said it."""
    if not figure.denominator and not figure.value:
        return False
    return (figure.n_teams or 0) < LEAST_TEAMS or (figure.n_stations or 0) < LEAST_STATIONS


def shown(figure: Figure, *, hidden: bool) -> Shown:
    """How much of a share is printed."""
    if hidden:
        return Shown.HIDDEN
    n = figure.denominator or 0
    if n == 0:
        return Shown.NONE
    if n < LEAST_FOR_PERCENTAGE:
        return Shown.COUNT
    return Shown.BRACKETS if n < LEAST_FOR_SHARE else Shown.SHARE


def hidden_of(parts: Sequence[Key], known: Mapping[Key, Figure]) -> set[Key]:
    """Of parts that together make a whole (the areas of a country), the keys to hide: those that point at a team, and
    where that is one alone the smallest besides, since the whole less the others would tell it."""
    hidden = {key for key in parts if points_at_a_team(known[key])}
    rest = sorted(
        (key for key in parts if key not in hidden and (known[key].denominator or known[key].value)),
        key=lambda key: (known[key].n_stations or 0, str(key)),
    )
    if len(hidden) == 1 and rest:
        hidden.add(rest[0])
    return hidden
