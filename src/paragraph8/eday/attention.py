"""What needs somebody: incidents, problems that checks found, teams that are silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.checks import CHECKS, Check
from paragraph8.domain.forms import Form
from paragraph8.domain.missions import Subject
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission, Team
from paragraph8.missions.queries import teams_seen

from .boards import INCIDENT, Board

QUIET = 90
"""Minutes without a report after which a team that owes one is silent."""

SHOWN = 6
"""Lines of a block; the rest is counted and stands behind a link."""


@dataclass(frozen=True)
class Incident:
    """One report of an incident: its identifier, form, area and minute."""

    uid: str
    form: Text
    area: Text | None
    minute: int


@dataclass(frozen=True)
class Incidents:
    """Incident reports; `forms` is empty where the mission has no form for them. `newest` is empty for who may not see
    reports."""

    forms: tuple[Form, ...]
    total: int
    areas: tuple[tuple[Text, int], ...]
    newest: tuple[Incident, ...]


@dataclass(frozen=True)
class Open:
    """One kind of problem that current reports have, and since when the oldest waits."""

    check: Check
    rule: str
    severity: str
    reports: int
    stations: int
    oldest: int

    @property
    def code(self) -> str:
        """How the address of the desk names it."""
        return f"{self.check.code}:{self.rule}" if self.rule else self.check.code


@dataclass(frozen=True)
class Problems:
    """What the checks found in current reports, the heaviest first; `more` kinds are not among the `rows`."""

    rows: tuple[Open, ...]
    kinds: int

    @property
    def more(self) -> int:
        """Kinds that are not shown."""
        return self.kinds - len(self.rows)


@dataclass(frozen=True)
class Quiet:
    """A team that was not heard from: the minute of its last report, or `None` if there is none."""

    team: Team
    last: int | None
    minutes: int


@dataclass(frozen=True)
class Silence:
    """Teams that owe a report and have sent none for `QUIET` minutes, the longest first; `of` teams are seen."""

    rows: tuple[Quiet, ...]
    n: int
    of: int
    limit: int = QUIET

    @property
    def more(self) -> int:
        """Teams that are not shown."""
        return self.n - len(self.rows)


def incidents(board: Board, forms: Mapping[str, Form], areas: Mapping[str, Area], *, named: bool) -> Incidents:
    """Incident reports, and for who may see reports (`named`) the newest of them."""
    own = {code: form for code, form in forms.items() if form.process == INCIDENT}
    by_area = [(areas[code].title(), n) for code, n in board.incidents.items() if code in areas]
    newest = tuple(
        Incident(uid, own[form].title, areas[area].title() if area in areas else None, minute)
        for uid, form, area, minute in board.newest
        if form in own
    )
    return Incidents(
        tuple(own.values()),
        sum(board.incidents.values()),
        tuple(sorted(by_area, key=lambda pair: -pair[1])),
        newest[:SHOWN] if named else (),
    )


def problems(board: Board) -> Problems:
    """The kinds of problems of current reports, what blocks first, then by how many reports have each."""
    weights = {severity.value: place for place, severity in enumerate(Severity)}
    rows = [
        Open(CHECKS[code], rule, severity, reports, stations, oldest)
        for code, rule, severity, reports, stations, oldest in board.problems
        if code in CHECKS and severity != Severity.INFO.value
    ]
    rows.sort(key=lambda row: (weights[row.severity], -row.reports, row.code))
    return Problems(tuple(rows[:SHOWN]), len(rows))


def silence(mission: Mission, board: Board, *, now: int, viewer: Viewer) -> Silence | None:
    """Teams that owe a report and are silent, of those whose reports the viewer may see; `None` for who sees none.

    It knows reports alone: who checks in with the security officer stands in the safety room, and is nobody else's.
    """
    if not viewer.may(Action.SEE_REPORTS, mission.pk):
        return None
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_REPORTS, subject=Subject.REPORTS)
    teams = [
        team
        for team in mission.teams.filter(dissolved_at=None).select_related("area").order_by("code")
        if seen.ids is None or team.pk in seen.ids
    ]
    quiet = sorted(
        (found for team in teams if (found := _quiet(board, team, now))), key=lambda row: (-row.minutes, row.team.code)
    )
    return Silence(tuple(quiet[:SHOWN]), len(quiet), len(teams))


def silent_areas(mission: Mission, board: Board, *, now: int, viewer: Viewer) -> frozenset[str]:
    """First-level areas in which a team is silent, for who may see teams' reports."""
    if not viewer.may(Action.SEE_REPORTS, mission.pk) or viewer.institutions.get(mission.pk):
        return frozenset()
    teams = mission.teams.filter(dissolved_at=None, area__isnull=False).select_related("area")
    return frozenset(team.area.path.partition("/")[0] for team in teams if team.area and _quiet(board, team, now))


def _quiet(board: Board, team: Team, now: int) -> Quiet | None:
    owed = [minute for minute in board.owed.get(team.code, ()) if minute <= now]
    if board.due is not None and not owed:
        return None
    heard = board.teams.get(team.code)
    since = heard[1] if heard else owed[0] if owed else None
    if since is None or now - since <= QUIET:
        return None
    return Quiet(team, heard[1] if heard else None, now - since)
