"""Who may do what: one table of mission role × action × scope. Operations and queries ask it, templates never."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a person may be in one mission. The function on the roster (head of delegation, interpreter, …) is another
    matter: `domain.people.Function`."""

    ADMINISTRATOR = "administrator"
    HEAD = "head"
    """Head and deputy head of mission, Special Co-ordinator, heads of delegation."""
    ANALYST = "analyst"
    STATISTICIAN = "statistician"
    """An analyst who also draws the sample."""
    OPERATIONS = "operations"
    """Deputy head, operations and logistics officers: people, teams, cars, packs."""
    COORDINATOR = "coordinator"
    """Co-ordinator of long-term observers: areas, teams, deployment."""
    SECURITY = "security"
    PRESS = "press"
    TRANSLATOR = "translator"
    LONG_TERM = "long-term"
    """A long-term observer: the own areas."""
    OBSERVER = "observer"
    """A short-term observer: the own team."""
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
    CLOSE_MISSION = "close-mission"
    SEE_ROSTER = "see-roster"
    MANAGE_ROSTER = "manage-roster"
    MANAGE_LOCAL_STAFF = "manage-local-staff"
    SEE_TEAMS = "see-teams"
    MANAGE_TEAMS = "manage-teams"
    SEE_PLACES = "see-places"
    MANAGE_PLACES = "manage-places"
    SEE_CONTEST = "see-contest"
    MANAGE_CONTEST = "manage-contest"
    SEE_FORMS = "see-forms"
    MANAGE_FORMS = "manage-forms"
    SEE_DEPLOYMENT = "see-deployment"
    MANAGE_DEPLOYMENT = "manage-deployment"
    SEE_SAMPLE = "see-sample"
    """Seed, frame order and drawn stations before polls close."""
    DRAW_SAMPLE = "draw-sample"
    SEE_SAFETY = "see-safety"
    CHECK_IN = "check-in"


READING = frozenset(action for action in Action if action.startswith("see-"))
"""What changes nothing; of a closed mission, all that is left."""


class Scope(StrEnum):
    """How far a permission reaches."""

    SELF = "self"
    TEAM = "team"
    AREAS = "areas"
    INSTITUTION = "institution"
    MISSION = "mission"


_ALL = dict.fromkeys(Action, Scope.MISSION)
_SETTING = (
    Action.SEE_MISSION,
    Action.SEE_ROSTER,
    Action.SEE_TEAMS,
    Action.SEE_PLACES,
    Action.SEE_CONTEST,
    Action.SEE_FORMS,
    Action.SEE_DEPLOYMENT,
)
"""What everybody of the core team sees of how the mission is set up."""
_ANALYSIS = (
    *_SETTING,
    Action.SEE_REPORTS,
    Action.SEE_FIGURES,
    Action.SEE_STATEMENT,
    Action.SEE_LOG,
    Action.CORRECT_REPORTS,
    Action.IMPORT_REPORTS,
    Action.WRITE_STATEMENT,
    Action.FREEZE,
    Action.MANAGE_CONTEST,
    Action.MANAGE_FORMS,
)


def _but(*actions: Action) -> dict[Action, Scope]:
    return {action: scope for action, scope in _ALL.items() if action not in actions}


def _only(*actions: Action) -> dict[Action, Scope]:
    return dict.fromkeys(actions, Scope.MISSION)


TABLE: Mapping[Role, Mapping[Action, Scope]] = {
    # Where people are, and which stations were drawn, is not an administrator's to read.
    Role.ADMINISTRATOR: _but(Action.RELEASE, Action.SEE_SAFETY, Action.SEE_SAMPLE, Action.DRAW_SAMPLE),
    Role.HEAD: _but(Action.SEE_SAFETY),
    Role.ANALYST: _only(*_ANALYSIS),
    Role.STATISTICIAN: _only(*_ANALYSIS, Action.MANAGE_PLACES, Action.SEE_SAMPLE, Action.DRAW_SAMPLE),
    Role.OPERATIONS: _only(
        *_SETTING,
        Action.SEE_FIGURES,
        Action.SEE_LOG,
        Action.MANAGE_ROSTER,
        Action.MANAGE_LOCAL_STAFF,
        Action.MANAGE_TEAMS,
        Action.MANAGE_PLACES,
        Action.MANAGE_DEPLOYMENT,
    ),
    Role.COORDINATOR: _only(
        *_SETTING,
        Action.SEE_REPORTS,
        Action.SEE_FIGURES,
        Action.MANAGE_TEAMS,
        Action.MANAGE_PLACES,
        Action.MANAGE_DEPLOYMENT,
    ),
    Role.SECURITY: _only(
        Action.SEE_MISSION, Action.SEE_TEAMS, Action.SEE_PLACES, Action.SEE_DEPLOYMENT, Action.SEE_SAFETY
    ),
    Role.PRESS: _only(Action.SEE_MISSION, Action.SEE_FIGURES, Action.SEE_STATEMENT, Action.SEE_CONTEST),
    Role.TRANSLATOR: _only(
        Action.SEE_MISSION, Action.SEE_FIGURES, Action.SEE_STATEMENT, Action.SEE_CONTEST, Action.SEE_FORMS
    ),
    Role.LONG_TERM: {
        **_only(Action.SEE_MISSION, Action.SEE_PLACES, Action.SEE_CONTEST, Action.SEE_FORMS),
        **dict.fromkeys((Action.SEE_REPORTS, Action.SEE_TEAMS, Action.SEE_DEPLOYMENT), Scope.AREAS),
        Action.CHECK_IN: Scope.TEAM,
    },
    Role.OBSERVER: {
        Action.SEE_MISSION: Scope.MISSION,
        **dict.fromkeys((Action.SEE_REPORTS, Action.SEE_DEPLOYMENT, Action.CHECK_IN), Scope.TEAM),
    },
    Role.READER: _only(Action.SEE_MISSION, Action.SEE_FIGURES, Action.SEE_STATEMENT),
}


class NotAllowedError(Exception):
    """The viewer has no permission for the action in the mission. Outsiders learn nothing, not even that it exists."""

    def __init__(self, viewer: Viewer, action: Action, mission_id: int) -> None:
        super().__init__(f"{viewer.name} may not {action} in mission {mission_id}")
        self.outsider = mission_id not in viewer.roles


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks: a name for the log, and for each mission the role, the team, the areas (with everything below
    them) and the institution that the person belongs to. Who has no institution there belongs to the mission as a
    whole.

    Of a `closed` mission everybody may only see what the role sees. `system` is a command on the server itself, which
    whoever holds the machine may run. `founder` may make missions.
    """

    name: str
    roles: Mapping[int, Role] = field(default_factory=dict)
    teams: Mapping[int, int] = field(default_factory=dict)
    areas: Mapping[int, frozenset[int]] = field(default_factory=dict)
    institutions: Mapping[int, int] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    system: bool = False
    founder: bool = False

    def scope(self, action: Action, mission_id: int) -> Scope | None:
        """How far the viewer may do it, or `None`."""
        if self.system:
            return Scope.MISSION
        if mission_id in self.closed and action not in READING:
            return None
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
