"""Signs of life, last known places, zones of teams: what the list is made of.

Nothing here asks who is asking; `queries` does, before it calls any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, Least

from paragraph8.capture.models import Report
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.review.models import Reading

from .models import CheckIn


@dataclass(frozen=True, kw_only=True)
class LastPlace:
    """Where a team was last known to be: a station, or words; since when; and how many minutes that is ago."""

    station: Station | None
    words: str
    at: datetime
    minutes: int
    by_report: bool


def signs_of(teams: Sequence[Team]) -> dict[int, tuple[datetime, bool]]:
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


def helps_of(teams: Sequence[Team]) -> dict[int, datetime]:
    """Teams whose newest check-in asks for help, with the time since when."""
    newest = CheckIn.objects.filter(team=OuterRef("pk")).order_by("-at", "-pk").values("pk")[:1]
    rows = CheckIn.objects.filter(
        pk__in=Team.objects.filter(pk__in=[team.pk for team in teams])
        .annotate(newest=Subquery(newest))
        .values("newest"),
        needs_help=True,
    )
    return dict(rows.values_list("team_id", "at"))


def places_of(teams: Sequence[Team], now: datetime) -> dict[int, LastPlace]:
    """Team → the last place that is known: of the newest check-in that names one, or of the newest report's station,
    whichever is later. A report was where it was when it was finished, at the latest when it came in; what a rehearsal
    invents says nothing of where anybody is."""
    ids = [team.pk for team in teams]
    told = CheckIn.objects.filter(team=OuterRef("pk")).exclude(station=None, place="").order_by("-at", "-pk")
    written = Coalesce(Least(F("finished"), F("report__received_at")), F("report__received_at"))
    read = (
        Reading.objects.filter(
            report__team=OuterRef("pk"), report__device__isnull=False, station__isnull=False, rehearsal=False
        )
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
class Zones:
    """The zones that areas name, by path."""

    named: Mapping[str, str]
    otherwise: str

    def of(self, team: Team) -> str:
        """The zone of a team."""
        path = team.area.path if team.area else ""
        while path:
            if path in self.named:
                return self.named[path]
            path = path.rstrip("/").rpartition("/")[0]
            path = f"{path}/" if path else ""
        return self.otherwise


def zones_of(mission: Mission) -> Zones:
    named = Area.objects.filter(mission=mission).exclude(zone="").values_list("path", "zone")
    return Zones(dict(named), mission.zone)
