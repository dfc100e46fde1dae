"""Reading samples: what everybody may know, and what only few may before polls close."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, replace
from datetime import datetime, time
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from paragraph8.accounts.permissions import Action, Scope, Viewer
from paragraph8.domain.canonical import canonical
from paragraph8.domain.missions import Subject
from paragraph8.domain.selection import Purpose
from paragraph8.missions.models import Mission, Station, Team
from paragraph8.missions.queries import teams_seen
from paragraph8.statistics.sampling.design import Design, Request
from paragraph8.statistics.sampling.disclosure import disclosed
from paragraph8.statistics.sampling.frame import Frame
from paragraph8.statistics.sampling.randomness import mixed

from .models import Commitment, Draw, DrawRequest, Replacement, Stop
from .sealing import unseal

CLOSE = time(20, 0)
"""When polls close unless the mission says otherwise, in the westernmost of its zones."""


class UnknownDrawError(LookupError):
    """No such draw, as far as the viewer may know."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One station of the sample as it stands. `replaced` is the station that it stepped in for, `gone` that it gave way
    itself; `place` is what the list says of it."""

    station: str
    stratum: str
    probability: Fraction
    certain: bool
    place: Station | None
    replaced: str = ""
    gone: str = ""

    @property
    def weight(self) -> float:
        """For how many stations it speaks."""
        return float(1 / self.probability)

    @property
    def weight_tenths(self) -> int:
        """The same in tenths."""
        return round(10 / self.probability)


def commitments_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments, newest first: hash and times are public within the mission, the seed is not among them."""
    viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    rows = Commitment.objects.filter(mission=mission).defer("sealed").order_by("-pk")
    return rows.select_related("contribution", "draw")


def open_commitment(mission: Mission, *, viewer: Viewer) -> Commitment | None:
    """The seed that waits for its draw."""
    return commitments_of(mission, viewer=viewer).filter(draw=None).first()


def draws_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Draw]:
    """All draws, newest first. A draw is never taken away, whatever came after it."""
    viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    return Draw.objects.filter(mission=mission).select_related("request", "commitment").order_by("-pk")


def draw_of(mission: Mission, pk: int, *, viewer: Viewer) -> Draw:
    """One draw. Raises `UnknownDrawError`."""
    found = draws_of(mission, viewer=viewer).filter(pk=pk).first()
    if found is None:
        raise UnknownDrawError(pk)
    return found


def is_open(draw: Draw, *, now: datetime) -> bool:
    """Whether polls have closed, so that the sample is no secret any more."""
    return now >= draw.request.polls_close


def may_see(draw: Draw, *, viewer: Viewer, now: datetime) -> bool:
    """Whether the viewer may see seed, frame order and stations: few before polls close, then who sees deployment."""
    if viewer.may(Action.SEE_SAMPLE, draw.mission_id):
        return True
    return is_open(draw, now=now) and viewer.may(Action.SEE_DEPLOYMENT, draw.mission_id)


def require_sight(draw: Draw, *, viewer: Viewer, now: datetime) -> None:
    """Raises `NotAllowedError` for who may not see stations and seed yet."""
    viewer.require(Action.SEE_DEPLOYMENT, draw.mission_id)
    if not may_see(draw, viewer=viewer, now=now):
        viewer.require(Action.SEE_SAMPLE, draw.mission_id)


def design_of(draw: Draw) -> Design:
    """The design as it was drawn, for estimates: frame digest, strata, probabilities, reserves; its `seed` is empty.

    The station list is `draw.request.station_list`, the seed's reference `draw.commitment.sha256`. It is not asked who
    wants to know: an estimate shows no station, and whoever shows stations asks `require_sight`.
    """
    return Design.from_json(json.loads(draw.design))


def request_of(asked: DrawRequest) -> Request:
    """What was asked of the draw."""
    return Request.from_json(json.loads(asked.design))


def frame_drawn_from(draw: Draw) -> Frame:
    """The frame in its order, for the same callers as `design_of`."""
    return Frame.from_rows(json.loads(zlib.decompress(bytes(draw.frame))))


def replacements_of(draw: Draw) -> list[Replacement]:
    """Who gave way to whom, oldest first, for the same callers as `design_of`."""
    return list(draw.replacements.order_by("pk"))


def standing(draw: Draw, *, viewer: Viewer, now: datetime) -> list[Standing]:
    """The stations of the sample with those that stepped in after those that they replace. Raises `NotAllowedError`."""
    require_sight(draw, viewer=viewer, now=now)
    design = design_of(draw)
    gave_way = {row.out: row.reserve for row in replacements_of(draw)}
    names = [unit.station for unit in design.drawn] + list(gave_way.values())
    there = Station.objects.filter(list_id=draw.request.station_list_id, key__in=names).select_related("area", "top")
    places = {station.key: station for station in there}
    found = []
    for unit in design.drawn:
        station, before = unit.station, ""
        while True:
            after = gave_way.get(station, "")
            found.append(
                Standing(
                    station=station,
                    stratum=unit.stratum,
                    probability=unit.probability,
                    certain=unit.certain,
                    place=places.get(station),
                    replaced=before,
                    gone=after,
                )
            )
            if not after:
                break
            station, before = after, station
    return found


def disclosure_of(draw: Draw, *, viewer: Viewer, now: datetime) -> bytes:
    """The disclosure file: everything that a stranger needs to draw again. Raises `NotAllowedError`."""
    require_sight(draw, viewer=viewer, now=now)
    seed = unseal(bytes(draw.commitment.sealed), mission_id=draw.mission_id)
    contribution = getattr(draw.commitment, "contribution", None)
    design = design_of(draw)
    frame = frame_drawn_from(draw)
    value = contribution.value if contribution else ""
    return canonical(
        disclosed(
            mission=draw.mission.slug,
            purpose=draw.request.purpose,
            seed=seed,
            committed_at=draw.commitment.at,
            contribution=value,
            contributed_at=contribution.at if contribution else None,
            request=request_of(draw.request),
            frame=frame,
            design=replace(design, seed=mixed(seed, value).hex()),
            drawn_at=draw.at,
        )
    )


def polls_close_of(mission: Mission) -> datetime | None:
    """20:00 of election day in the zone of the mission or its areas where it comes last; `None` without a day."""
    if mission.election_date is None:
        return None
    zones = {mission.zone, *mission.areas.exclude(zone="").values_list("zone", flat=True)}
    return max(datetime.combine(mission.election_date, CLOSE, tzinfo=ZoneInfo(zone)) for zone in zones)


def earlier_for(mission: Mission, purpose: Purpose, *, viewer: Viewer) -> Draw | None:
    """The newest draw for the same purpose."""
    return draws_of(mission, viewer=viewer).filter(request__purpose=purpose.value).first()


def drawn_stops(mission: Mission) -> QuerySet[Stop]:
    """Every drawn stop of the mission as it stands, by team and order; for planning around them and for counting. It
    is not asked who wants to know: whoever shows a stop asks `stops_seen`."""
    stops = Stop.objects.filter(draw__mission=mission).order_by("team__code", "order", "pk")
    stops = stops.select_related("station", "station__area", "station__top", "team", "draw__request")
    return stops.defer("draw__frame", "draw__design", "draw__request__design")


def stops_seen(mission: Mission, *, viewer: Viewer, now: datetime) -> QuerySet[Stop]:
    """The drawn stops that the viewer may see now: who belongs to a team that team's once they are shown, who may see
    the sample all of them, everybody else of the mission none before polls close."""
    scope = viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    own = viewer.teams.get(mission.pk)
    stops = drawn_stops(mission)
    if own is not None or scope in (Scope.TEAM, Scope.SELF):
        return stops.filter(team_id=own or 0, show_at__lte=now)
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_DEPLOYMENT, subject=Subject.ROWS)
    stops = stops.filter(seen.where("team"))
    if viewer.may(Action.SEE_SAMPLE, mission.pk):
        return stops
    return stops.filter(show_at__lte=now, draw__request__polls_close__lte=now)


def my_stops(mission: Mission, *, viewer: Viewer, now: datetime) -> list[Stop]:
    """Of the drawn stops that the viewer may see, those that are shown to their teams by now."""
    return list(stops_seen(mission, viewer=viewer, now=now).filter(show_at__lte=now))


def stops_for(team: Team, *, now: datetime) -> list[Stop]:
    """Drawn stops that the team's phone may show by now, in their order. For the team's own device."""
    return list(drawn_stops(team.mission).filter(team=team, show_at__lte=now))


def next_for(team: Team, *, now: datetime) -> datetime | None:
    """When the team's next stop appears. For the team's own device."""
    return _next(team.mission, team.pk, now)


def next_stop_at(mission: Mission, *, viewer: Viewer, now: datetime) -> datetime | None:
    """When the next stop of the viewer's own team appears; it tells no more than that."""
    viewer.require(Action.SEE_DEPLOYMENT, mission.pk)
    return _next(mission, viewer.teams.get(mission.pk, 0), now)


def _next(mission: Mission, team_id: int, now: datetime) -> datetime | None:
    coming = Stop.objects.filter(draw__mission=mission, team_id=team_id, show_at__gt=now).order_by("show_at")
    return coming.values_list("show_at", flat=True).first()


def planned_stops(draw: Draw, *, viewer: Viewer, now: datetime) -> list[Stop]:
    """All stops of a draw, due or not. Raises `NotAllowedError`."""
    require_sight(draw, viewer=viewer, now=now)
    return list(drawn_stops(draw.mission).filter(draw=draw))
