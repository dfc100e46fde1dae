"""Who was heard from, when, and where last. For the security officer alone; the same query answers nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.domain.check_ins import Rhythm, Standing, State, standing
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission, Station, Team
from paragraph8.teams.queries import kinds_of

from .models import Acknowledgement, CheckIn, Recall, Schedule
from .signs import LastPlace, helps_of, places_of, signs_of, zones_of

ORDER = {state: place for place, state in enumerate(State)}


class UnknownTeamError(LookupError):
    """No such team in the mission."""


class UnknownRecallError(LookupError):
    """No such recall in the mission."""


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One team as the list shows it. `heard` is the newest sign of life, `by_report` whether that was a report."""

    team: Team
    kind: str
    standing: Standing
    heard: datetime | None
    by_report: bool
    place: LastPlace | None
    zone: str
    acknowledged: Acknowledgement | None

    @property
    def state(self) -> State:
        """How urgent it is."""
        return self.standing.state

    @property
    def what(self) -> Text | None:
        """What the people of the team are."""
        return FUNCTIONS[Function(self.kind)] if self.kind else None


@dataclass(frozen=True, kw_only=True)
class Watch:
    """The list, the most urgent first, and how many there are of each state."""

    rows: tuple[Watched, ...]
    counts: Mapping[State, int] = field(default_factory=dict)
    scheduled: bool = False

    def count(self, state: State) -> int:
        """How many teams are in that state."""
        return self.counts.get(state, 0)

    @property
    def late(self) -> int:
        """Teams that are overdue or ask for help."""
        return self.count(State.OVERDUE) + self.count(State.HELP)

    @property
    def due(self) -> int:
        """Teams that are due, or soon."""
        return self.count(State.DUE) + self.count(State.SOON)


def guarded(mission: Mission, *, viewer: Viewer) -> QuerySet[Team]:
    """The teams whose places the viewer may know of as far as institutions go: somebody of one institution has its own
    and those of none. Institutions share rosters and reports, but nothing of this."""
    own = viewer.institutions.get(mission.pk)
    teams = mission.teams.select_related("area", "institution").order_by("code")
    return teams if own is None else teams.filter(Q(institution_id=own) | Q(institution=None))


def watch(mission: Mission, *, now: datetime, viewer: Viewer) -> Watch:
    """Every team that is not dissolved, the most urgent first. Raises `NotAllowedError`."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    teams = list(guarded(mission, viewer=viewer).filter(dissolved_at=None))
    rows = _watched(mission, teams, now, viewer)
    rows.sort(key=lambda row: (ORDER[row.state], row.acknowledged is not None, -row.standing.late, row.team.code))
    scheduled = mission.check_in_schedules.exists()
    return Watch(rows=tuple(rows), counts=Counter(row.state for row in rows), scheduled=scheduled)


def watched_team(mission: Mission, pk: int, *, now: datetime, viewer: Viewer) -> Watched:
    """One team. Raises `UnknownTeamError`."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    team = guarded(mission, viewer=viewer).filter(pk=pk).first()
    if team is None:
        raise UnknownTeamError(pk)
    return _watched(mission, [team], now, viewer)[0]


def check_ins_of(team: Team, *, viewer: Viewer) -> QuerySet[CheckIn]:
    """The check-ins of a team, the newest first."""
    viewer.require(Action.SEE_SAFETY, team.mission_id)
    return team.check_ins.select_related("station", "station__area").order_by("-at", "-pk")


def acknowledgements_of(team: Team, *, viewer: Viewer) -> list[Acknowledgement]:
    """What was noted while the team was late, the newest first."""
    viewer.require(Action.SEE_SAFETY, team.mission_id)
    return list(team.acknowledgements.order_by("-pk")[:50])


def recent(mission: Mission, *, viewer: Viewer) -> QuerySet[CheckIn]:
    """Check-ins of all teams, the newest first."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    teams = guarded(mission, viewer=viewer)
    return CheckIn.objects.filter(team__in=teams.order_by()).select_related("team", "station", "station__area")


def schedules_of(mission: Mission, *, viewer: Viewer) -> list[Schedule]:
    """The schedules, the widest first."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    rows = mission.check_in_schedules.select_related("area")
    return sorted(rows, key=lambda row: (row.area.path if row.area else "", row.kind))


def own_team(mission: Mission, *, viewer: Viewer) -> Team | None:
    """The team that the viewer checks in on the small page; `None` for who may check in several, or has none."""
    scope = viewer.require(Action.CHECK_IN, mission.pk)
    if scope is Scope.MISSION:
        return None
    return mission.teams.filter(pk=viewer.teams.get(mission.pk, 0)).first()


def teams_to_check_in(mission: Mission, *, viewer: Viewer) -> list[Team]:
    """The teams that the viewer may check in, by code."""
    teams = guarded(mission, viewer=viewer).filter(dissolved_at=None)
    if viewer.may(Action.SEE_SAFETY, mission.pk):
        return list(teams)
    if viewer.require(Action.CHECK_IN, mission.pk) is Scope.MISSION:
        return list(teams)
    return list(teams.filter(pk=viewer.teams.get(mission.pk, 0)))


def station_named(mission: Mission, words: str) -> Station | None:
    """The station of the list in force that the words name by its key or label, if they do."""
    typed = words.strip()
    return mission.stations.filter(key__iexact=typed).first() or mission.stations.filter(label__iexact=typed).first()


def zone_of(mission: Mission, team: Team) -> str:
    """The zone of the team's area, or of the nearest area above that has one, or of the mission."""
    return zones_of(mission).of(team)


@dataclass(frozen=True, kw_only=True)
class RecallFile:
    """A recall with its teams; `answered` are those heard from since it was drafted."""

    recall: Recall
    teams: tuple[Team, ...]
    answered: frozenset[int]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The telephones of its teams."""
        return tuple(team.phone for team in self.teams if team.phone)

    @property
    def unreachable(self) -> tuple[Team, ...]:
        """Its teams without a telephone."""
        return tuple(team for team in self.teams if not team.phone)

    @property
    def silent(self) -> tuple[Team, ...]:
        """Its teams that were not heard from since."""
        return tuple(team for team in self.teams if team.pk not in self.answered)


def recalls_of(mission: Mission, *, viewer: Viewer) -> list[Recall]:
    """The newest recalls."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    rows = mission.recalls.filter(teams__in=guarded(mission, viewer=viewer).order_by()).distinct()
    return list(rows.prefetch_related("sent").order_by("-pk")[:20])


def recall_of(mission: Mission, pk: int, *, viewer: Viewer) -> RecallFile:
    """One recall. Raises `UnknownRecallError`."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    recall = mission.recalls.filter(pk=pk).first()
    teams = tuple(guarded(mission, viewer=viewer).filter(pk__in=recall.teams.values("pk"))) if recall else ()
    if recall is None or not teams:
        raise UnknownRecallError(pk)
    signs = signs_of(teams)
    answered = frozenset(team.pk for team in teams if team.pk in signs and signs[team.pk][0] >= recall.at)
    return RecallFile(recall=recall, teams=teams, answered=answered)


def _watched(mission: Mission, teams: Sequence[Team], now: datetime, viewer: Viewer) -> list[Watched]:
    kinds = kinds_of(mission, viewer=viewer)
    schedules = list(mission.check_in_schedules.select_related("area"))
    zones, signs, places = zones_of(mission), signs_of(teams), places_of(teams, now)
    helps = helps_of(teams)
    acknowledged: dict[int, Acknowledgement] = {}
    for row in Acknowledgement.objects.filter(team__in=teams).order_by("pk"):
        acknowledged[row.team_id] = row
    found = []
    for team in teams:
        kind, zone = kinds.get(team.pk, ""), zones.of(team)
        heard, by_report = signs.get(team.pk, (None, False))
        rhythm = rhythm_for(team, kind, schedules)
        held = standing(rhythm, heard=heard, zone=ZoneInfo(zone), now=now)
        if team.pk in helps:
            since = helps[team.pk]
            minutes = int((now - since).total_seconds()) // 60
            held = Standing(state=State.HELP, due=since, late=minutes)
        note = acknowledged.get(team.pk)
        found.append(
            Watched(
                team=team,
                kind=kind,
                standing=held,
                heard=heard,
                by_report=by_report,
                place=places.get(team.pk),
                zone=zone,
                acknowledged=note if note and note.due == held.due else None,
            )
        )
    return found


def rhythm_for(team: Team, kind: str, schedules: Sequence[Schedule]) -> Rhythm | None:
    """The rhythm of the closest schedule: of the deepest area that the team's lies in, then of its kind."""
    path = team.area.path if team.area else ""
    fitting = [
        row
        for row in schedules
        if row.kind in ("", kind) and (row.area is None or (path and path.startswith(row.area.path)))
    ]
    if not fitting:
        return None
    row = max(fitting, key=lambda each: (each.area.path.count("/") if each.area else 0, bool(each.kind)))
    return Rhythm(
        times=tuple(time.fromisoformat(at) for at in row.times),
        every=timedelta(minutes=row.every) if row.every else None,
        opens=row.opens or Rhythm.opens,
        closes=row.closes or Rhythm.closes,
        grace=timedelta(minutes=row.grace),
        early=timedelta(minutes=row.early),
        first_day=row.first_day,
        last_day=row.last_day,
        begun=row.begun,
    )


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How much is kept of where people were, and since when."""

    check_ins: int
    oldest: datetime | None


def kept(mission: Mission, *, viewer: Viewer) -> Kept:
    """How many check-ins there are, and when the oldest was."""
    viewer.require(Action.SEE_SAFETY, mission.pk)
    rows = recent(mission, viewer=viewer)
    return Kept(check_ins=rows.count(), oldest=rows.order_by("at").values_list("at", flat=True).first())
