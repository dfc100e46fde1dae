"""Who may do what: one table of mission role × action × scope. Operations and queries ask it, templates never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person is in one mission."""

    ADMINISTRATOR = "administrator"
    HEAD = "head"
    ANALYST = "analyst"
    OBSERVER = "observer"
    READER = "reader"


class Action(StrEnum):
    """What can be done; the name is what docs/operating.md explains."""

    SEE_MISSION = "see-mission"
    SEE_REPORTS = "see-reports"
    SEE_FIGURES = "see-figures"
    SEE_STATEMENT = "see-statement"
    SEE_LOG = "see-log"
    CORRECT_REPORTS = "correct-reports"
    IMPORT_REPORTS = "import-reports"
    WRITE_STATEMENT = "write-statement"
    FREEZE = "freeze"
    RELEASE = "release"
    MANAGE_MISSION = "manage-mission"


class Scope(StrEnum):
    """How far a permission reaches."""

    TEAM = "team"
    MISSION = "mission"


_ALL = dict.fromkeys(Action, Scope.MISSION)

TABLE: Mapping[Role, Mapping[Action, Scope]] = {
    Role.ADMINISTRATOR: {action: scope for action, scope in _ALL.items() if action is not Action.RELEASE},
    Role.HEAD: _ALL,
    Role.ANALYST: dict.fromkeys(
        (
            Action.SEE_MISSION,
            Action.SEE_REPORTS,
            Action.SEE_FIGURES,
            Action.SEE_STATEMENT,
            Action.SEE_LOG,
            Action.CORRECT_REPORTS,
            Action.IMPORT_REPORTS,
            Action.WRITE_STATEMENT,
            Action.FREEZE,
        ),
        Scope.MISSION,
    ),
    Role.OBSERVER: {
        Action.SEE_MISSION: Scope.MISSION,
        Action.SEE_REPORTS: Scope.TEAM,
    },
    Role.READER: dict.fromkeys((Action.SEE_MISSION, Action.SEE_FIGURES, Action.SEE_STATEMENT), Scope.MISSION),
}


class NotAllowedError(Exception):
    """The viewer has no permission for the action in the mission. Outsiders learn nothing, not even that it exists."""

    def __init__(self, viewer: Viewer, action: Action, mission_id: int) -> None:
        super().__init__(f"{viewer.name} may not {action} in mission {mission_id}")
        self.outsider = mission_id not in viewer.roles


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: a name for the log, the role in each mission, the team in each mission.

    `system` is a command on the server itself, which whoever holds the machine may run.
    """

    name: str
    roles: Mapping[int, Role] = field(default_factory=dict)
    teams: Mapping[int, int] = field(default_factory=dict)
    system: bool = False

    def scope(self, action: Action, mission_id: int) -> Scope | None:
        """How far the viewer may do it, or `None`."""
        if self.system:
            return Scope.MISSION
        role = self.roles.get(mission_id)
        return TABLE[role].get(action) if role else None

    def may(self, action: Action, mission_id: int) -> bool:
        """Whether the viewer may do it at all."""
        return self.scope(action, mission_id) is not None

    def require(self, action: Action, mission_id: int) -> Scope:
        """The scope, or `NotAllowedError`."""
        scope = self.scope(action, mission_id)
        if scope is None:
            raise NotAllowedError(self, action, mission_id)
        return scope


NOBODY = Viewer("nobody")


def command(name: str) -> Viewer:
    """The viewer of a command run on the server."""
    return Viewer(f"command {name}", system=True)
