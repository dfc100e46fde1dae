"""Who was heard from, when, and where last. For the security officer alone; the same query answers nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.capture.models import Report
from paragraph8.domain.check_ins import Rhythm, Standing, State, standing
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.review.models import Reading
from paragraph8.teams.queries import kinds_of

from .models import Acknowledgement, CheckIn, Recall, Schedule

ORDER = {state: place for place, state in enumerate(State)}


class UnknownTeamError(LookupError):
    """No such team in the mission."""


class UnknownRecallError(LookupError):
    """No such recall in the mission."""


@dataclass(frozen=True, kw_only=True)
class LastPlace:
    """Where a team was last known to be: a station, or words; since when; and how many minutes that is ago."""

    station: Station | None
    words: str
    at: datetime
    minutes: int
    by_report: bool


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
    return _zones(mission).of(team)


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
    signs = _signs(teams)
    answered = frozenset(team.pk for team in teams if team.pk in signs and signs[team.pk][0] >= recall.at)
    return RecallFile(recall=recall, teams=teams, answered=answered)


def _watched(mission: Mission, teams: Sequence[Team], now: datetime, viewer: Viewer) -> list[Watched]:
    kinds = kinds_of(mission, viewer=viewer)
    schedules = list(mission.check_in_schedules.select_related("area"))
    zones, signs, places = _zones(mission), _signs(teams), _places(teams, now)
    helps = _helps(teams)
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


def _signs(teams: Sequence[Team]) -> dict[int, tuple[datetime, bool]]:
    """Team → when it was last heard from, and whether that was a report from one of its devices. What the desk imports
    from a file says nothing of when its team was alive."""
    calls = dict(CheckIn.objects.filter(team__in=teams).values_list("team_id").annotate(newest=Max("at")).order_by())
    reports = dict(
        Report.objects.filter(team__in=teams, device__isnull=False)
        .values_list("team_id")
        .annotate(newest=Max("received_at"))
        .order_by()
    )
    signs: dict[int, tuple[datetime, bool]] = {pk: (at, False) for pk, at in calls.items()}
    for pk, at in reports.items():
        if pk is not None and (pk not in signs or at > signs[pk][0]):
            signs[pk] = (at, True)
    return signs


def _helps(teams: Sequence[Team]) -> dict[int, datetime]:
    """Teams whose newest check-in asks for help, with the time since when."""
    newest = CheckIn.objects.filter(team=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    rows = CheckIn.objects.filter(
        pk__in=Team.objects.filter(pk__in=[team.pk for team in teams])
        .annotate(newest=Subquery(newest))
        .values("newest"),
        needs_help=True,
    )
    return dict(rows.values_list("team_id", "at"))


def _places(teams: Sequence[Team], now: datetime) -> dict[int, LastPlace]:
    """Team → the last place that is known: of the newest check-in that names one, or of the newest report's station,
    whichever is later. A report was where it was when it was finished, at the latest when it came in."""
    ids = [team.pk for team in teams]
    told = CheckIn.objects.filter(team=OuterRef("pk")).exclude(station=None, place="").order_by("-at", "-pk")
    written = Coalesce(Least(F("finished"), F("report__received_at")), F("report__received_at"))
    read = (
        Reading.objects.filter(report__team=OuterRef("pk"), report__device__isnull=False, station__isnull=False)
        .annotate(written=written)
        .order_by("-written", "-pk")
    )
    newest = Team.objects.filter(pk__in=ids).annotate(
        told=Subquery(told.values("pk")[:1]), read=Subquery(read.values("pk")[:1])
    )
    pairs = list(newest.values_list("told", "read"))
    places: dict[int, LastPlace] = {}
    for row in CheckIn.objects.filter(pk__in=[pk for pk, _ in pairs if pk]).select_related("station", "station__area"):
        places[row.team_id] = _place(row.station, row.place, row.at, now, by_report=False)
    readings = Reading.objects.filter(pk__in=[pk for _, pk in pairs if pk]).annotate(written=written)
    for reading in readings.select_related("report", "station", "station__area").defer("report__body", "answers"):
        team_id, at = reading.report.team_id, reading.written
        if team_id is not None and (team_id not in places or at > places[team_id].at):
            places[team_id] = _place(reading.station, "", at, now, by_report=True)
    return places


def _place(station: Station | None, words: str, at: datetime, now: datetime, *, by_report: bool) -> LastPlace:
    minutes = max(0, int((now - at).total_seconds()) // 60)
    return LastPlace(station=station, words=words, at=at, minutes=minutes, by_report=by_report)


@dataclass(frozen=True)
class _Zones:
    """The zones that areas name, by path."""

    named: Mapping[str, str]
    otherwise: str

    def of(self, team: Team) -> str:
        path = team.area.path if team.area else ""
        while path:
            if path in self.named:
                return self.named[path]
            path = path.rstrip("/").rpartition("/")[0]
            path = f"{path}/" if path else ""
        return self.otherwise


def _zones(mission: Mission) -> _Zones:
    named = Area.objects.filter(mission=mission).exclude(zone="").values_list("path", "zone")
    return _Zones(dict(named), mission.zone)


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
