"""How observers come to stand at a station. Only what was drawn may ever be estimated from."""

from __future__ import annotations

from enum import StrEnum


class Selection(StrEnum):
    """Why a team is at a station. A reading that does not say is of the team's own route."""

    DRAWN = "drawn"
    """By chance, with a known probability."""
    OWN_ROUTE = "own-route"
    """The team chose among the stations of its area: no probability, no estimate."""
    SUGGESTED = "suggested"
    """The mission named it, such as an opening or a count: no probability either."""


class Purpose(StrEnum):
    """What a sample is for. A second draw for the same purpose needs a reason."""

    CITIZEN = "citizen"
    """Every station drawn has its own observer, all day."""
    CORE = "core"
    """A few stops of each team's day are drawn, the others are its own."""
    OTHER = "other"
    """Such as polling stations whose protocols are copied."""


class StrataBy(StrEnum):
    """What makes the strata."""

    NOTHING = "nothing"
    AREA = "area"
    """First-level areas."""
    AREA_URBAN = "area-urban"
    """First-level areas, towns apart from villages."""
    KIND = "kind"
    """Types of polling stations."""
    TEAM = "team"
    """The areas of the teams: of areas in one another, the innermost that has a team."""
