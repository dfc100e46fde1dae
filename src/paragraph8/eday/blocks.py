"""The blocks of the room: what came in against what was expected, where observers were, what needs somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paragraph8.accounts.permissions import Action, Viewer, command
from paragraph8.domain.checks import CHECKS, Check
from paragraph8.domain.forms import PROCESSES, Form
from paragraph8.domain.missions import Subject
from paragraph8.domain.problems import Severity
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission, Team
from paragraph8.missions.queries import teams_seen
from paragraph8.places.drawing import Cell, Drawing, drawing
from paragraph8.places.labels import KIND_TITLES, SETTING_TITLES

from .boards import INCIDENT, Board
from .turnout import LEAST_FOR_BOX, Step, steps

HOURS = range(36)
"""Hours of election day and the night after that a chart can show."""
QUIET = 90
"""Minutes without a report after which a team that owes one is silent."""
SCALES = {
    25: (("q1", 0), ("q2", 10), ("q3", 25), ("q4", 50), ("q5", 75)),
    0: (("q1", 0), ("q2", 1), ("q3", 2), ("q4", 5), ("q5", 10)),
}
"""From how many per cent of its stations on an area has which shade: a mission that visits a quarter of all stations
and one that visits a few in a hundred cannot be read on one scale."""
Scale = tuple[tuple[str, int], ...]
SHOWN = 6
"""Lines of a block; the rest is counted and stands behind a link."""


@dataclass(frozen=True, kw_only=True)
class FormIntake:
    """One form: how many reports came by the hour, and how many were due. `due` and `planned` are `None` where nothing
    is planned for the form; `answered` are those of the due ones that came."""

    code: str
    title: Text
    came: int
    hours: Mapping[int, int]
    due_hours: Mapping[int, int] | None
    due: int | None = None
    answered: int = 0
    planned: int | None = None

    @property
    def missing(self) -> int:
        """Due, and not come."""
        return (self.due or 0) - self.answered


@dataclass(frozen=True, kw_only=True)
class Intake:
    """All forms. `unread` are reports of no form, `outside` those that came at no hour of the day, `aside` those that
    were set aside and are in none of the other numbers."""

    rows: tuple[FormIntake, ...]
    hours: tuple[int, ...]
    unread: int
    outside: int
    aside: int
    planned: bool

    @property
    def came(self) -> int:
        """Reports of all forms."""
        return sum(row.came for row in self.rows)

    @property
    def due(self) -> int:
        """Reports that should be here by now."""
        return sum(row.due or 0 for row in self.rows)

    @property
    def answered(self) -> int:
        """Of these, how many are."""
        return sum(row.answered for row in self.rows)

    @property
    def missing(self) -> int:
        """Of these, how many are not."""
        return self.due - self.answered


@dataclass(frozen=True)
class Seen:
    """Turnout at the stations visited, by one hour: how many reports, and five numbers in tenths of a per cent where
    they are enough for a spread."""

    form: Form
    step: Step
    n: int
    five: tuple[int, ...] | None


@dataclass(frozen=True)
class Reach:
    """Stations visited of the stations on the list: of one area, setting or type."""

    title: Text
    visited: int
    frame: int
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Where observers were."""

    visited: int
    frame: int
    areas: tuple[Reach, ...]
    settings: tuple[Reach, ...]
    kinds: tuple[Reach, ...]
    map: Drawing
    scale: Scale

    @property
    def lowest(self) -> int:
        """Per cent below which an area has the palest shade."""
        return self.scale[1][1]

    @property
    def reached(self) -> int:
        """Areas with at least one visit."""
        return sum(area.visited > 0 for area in self.areas)


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


def intake(board: Board, forms: Mapping[str, Form], *, now: int) -> Intake:
    """Reports in by form and hour against what is expected by `now`, a minute of the day."""
    came: dict[str, Counter[int]] = {code: Counter() for code in forms}
    unread = 0
    for form, hour, n in board.came:
        if form in came:
            came[form][hour] += n
        else:
            unread += n
    rows = tuple(_form_intake(board, form, came[code], now) for code, form in in_order(forms).items())
    seen = [hour for row in rows for hours in (row.hours, row.due_hours or {}) for hour in hours if hour in HOURS]
    return Intake(
        rows=rows,
        hours=tuple(range(min(seen), max(seen) + 1)) if seen else (),
        unread=unread,
        outside=sum(n for row in rows for hour, n in row.hours.items() if hour not in HOURS),
        aside=sum(board.aside.values()),
        planned=board.due is not None,
    )


def _form_intake(board: Board, form: Form, hours: Counter[int], now: int) -> FormIntake:
    due = [(at, n, came) for code, at, n, came in board.due or () if code == form.code]
    by_hour: Counter[int] = Counter()
    for at, n, _ in due:
        by_hour[max(0, at - 1) // 60] += n
    return FormIntake(
        code=form.code,
        title=form.title,
        came=sum(hours.values()),
        hours=hours,
        due_hours=by_hour if due else None,
        due=sum(n for at, n, _ in due if at <= now) if due else None,
        answered=sum(came for at, _, came in due if at <= now),
        planned=sum(n for _, n, _ in due) if due else None,
    )


def in_order(forms: Mapping[str, Form]) -> dict[str, Form]:
    """Forms by code in the order of the day, those of incidents last."""
    known = [process for process in PROCESSES if process != INCIDENT]

    def place(code: str) -> tuple[int, str]:
        process = forms[code].process
        return (known.index(process) if process in known else len(known), code)

    return {code: forms[code] for code in sorted(forms, key=place)}


def turnout(board: Board, forms: Mapping[str, Form]) -> tuple[Seen, ...]:
    """Turnout through the day at the stations visited, hour by hour; for the mission's analysts only."""
    known = {(form, question): (n, five) for form, question, n, five in board.turnout}
    found = []
    for form in forms.values():
        for step in steps(form):
            n, five = known.get((form.code, step.question), (0, ()))
            found.append(Seen(form, step, n, five if n >= LEAST_FOR_BOX else None))
    return tuple(sorted(found, key=lambda seen: (seen.form.code, seen.step.minute)))


def coverage(
    mission: Mission,
    board: Board,
    areas: Mapping[str, Area],
    *,
    addresses: Mapping[str, str],
    of: Mapping[str, str],
    silent: frozenset[str],
) -> Coverage:
    """Stations visited of those on the list, by area, setting and type. `of` are the words under the number on a tile,
    by area; `silent` are areas with a silent team."""
    frame, visited = _by(board.frame, 0), _by(board.visited, 0)
    scale = scale_of(visited.total(), frame.total())
    cells = {}
    for code in areas:
        shade = tone(visited[code], frame[code], scale)
        mark = f"{shade} silent" if code in silent else shade
        cells[code] = Cell(visited[code], mark, of.get(code, ""), addresses.get(code, ""))
    return Coverage(
        visited=sum(board.visited.values()),
        frame=sum(board.frame.values()),
        areas=tuple(
            Reach(area.title(), visited[code], frame[code], code in silent)
            for code, area in areas.items()
            if frame[code] or visited[code]
        ),
        settings=tuple(_reaches(SETTING_TITLES, _by(board.visited, 1), _by(board.frame, 1))),
        kinds=tuple(_reaches(KIND_TITLES, _by(board.visited, 2), _by(board.frame, 2))),
        # The outlines of the country are no secret of the places room.
        map=drawing(mission, cells, viewer=command("election day")),
        scale=scale,
    )


def frame_of(board: Board) -> Counter[str]:
    """Stations on the list by area."""
    return _by(board.frame, 0)


def _by(spots: Mapping[tuple[str, str, str], int], place: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for spot, n in spots.items():
        counts[spot[place]] += n
    return counts


def _reaches(titles: Mapping[str, Text], visited: Mapping[str, int], frame: Mapping[str, int]) -> Iterable[Reach]:
    return (
        Reach(title, visited.get(code, 0), frame.get(code, 0))
        for code, title in titles.items()
        if frame.get(code) or visited.get(code)
    )


def scale_of(visited: int, frame: int) -> Scale:
    """The scale on which areas are shaded: by the part of all stations that were visited."""
    return next(scale for least, scale in SCALES.items() if visited * 100 >= least * frame)


def tone(visited: int, frame: int, scale: Scale) -> str:
    """The shade of an area by the part of its stations that were visited; none where the list has no station."""
    return next(shade for shade, least in reversed(scale) if visited * 100 >= least * frame) if frame else ""


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
