"""Reading areas, lists and stations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.db.models.functions import StrIndex

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import LogEntry
from paragraph8.domain.missions import StationKind
from paragraph8.domain.places import AreaLine, StationLine, Tally, rolled_up
from paragraph8.domain.text import Text
from paragraph8.domain.transliteration import romanized
from paragraph8.missions.models import Area, Mission, Station, StationList

from .models import CountryMap, Upload

MOST_FOUND = 20
MOST_TYPED = 100


class UnknownPlaceError(LookupError):
    """No such list, station, area or upload, as far as the viewer may know."""


def lists_of(mission: Mission, *, viewer: Viewer) -> QuerySet[StationList]:
    """The published lists, newest first."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    return mission.station_lists.filter(published_at__isnull=False).order_by("-number")


def list_of(mission: Mission, number: int, *, viewer: Viewer) -> StationList:
    """One published list. Raises `UnknownPlaceError`."""
    found = lists_of(mission, viewer=viewer).filter(number=number).select_related("base").first()
    if found is None:
        raise UnknownPlaceError(number)
    return found


def list_as_of(mission: Mission, *, as_of: int) -> StationList | None:
    """The list that was in force as of the change: the one whose publishing came last by then, and before that the
    list with which the mission began, to which stations were added one by one. For figures."""
    entries = LogEntry.objects.filter(mission_id=mission.pk, kind="list.published")
    newest = entries.filter(change__number__lte=as_of).order_by("-change__number").first()
    if newest is not None:
        return mission.station_lists.get(pk=_list_pk(newest.subject))
    published = [_list_pk(subject) for subject in entries.values_list("subject", flat=True)]
    return mission.station_lists.exclude(published_at=None).exclude(pk__in=published).order_by("number").first()


def _list_pk(subject: str) -> int:
    return int(subject.removeprefix("list:"))


def uploads_of(mission: Mission, *, viewer: Viewer) -> QuerySet[Upload]:
    """Files on their way in, newest first."""
    viewer.require(Action.MANAGE_PLACES, mission.pk)
    return Upload.objects.filter(mission=mission).order_by("-pk")


def upload_of(mission: Mission, pk: int, *, viewer: Viewer) -> Upload:
    """One upload. Raises `UnknownPlaceError`."""
    found = uploads_of(mission, viewer=viewer).select_related("job", "list", "mission").filter(pk=pk).first()
    if found is None:
        raise UnknownPlaceError(pk)
    return found


@dataclass(frozen=True)
class AreaSum:
    """An area with what lies in it and below it."""

    area: Area
    tally: Tally
    own: Tally

    @property
    def indent(self) -> int:
        """How deep it stands, 0 for the first level."""
        return self.area.depth - 1


def area_sums(mission: Mission, *, viewer: Viewer, listed: StationList | None = None) -> list[AreaSum]:
    """Every area in the order of the tree with stations and voters of a list, the one in force unless given."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    list_id = listed.pk if listed else mission.station_list_id
    own = {
        row["area_id"]: Tally(row["n"], row["voters"] or 0, row["n"] - row["known"])
        for row in Station.objects.filter(list_id=list_id, area__isnull=False)
        .order_by()
        .values("area_id")
        .annotate(n=Count("pk"), voters=Sum("registered"), known=Count("registered"))
    }
    areas = sorted(mission.areas.all(), key=lambda area: area.path.split("/"))
    sums = rolled_up({area.pk: area.path for area in areas}, own)
    return [AreaSum(area, sums[area.pk], own.get(area.pk, Tally())) for area in areas]


def area_of(mission: Mission, code: str, *, viewer: Viewer) -> Area:
    """One area by its code. Raises `UnknownPlaceError`."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    found = mission.areas.filter(code=code).first()
    if found is None:
        raise UnknownPlaceError(code)
    return found


@dataclass(frozen=True)
class KindSum:
    """How many stations of a type there are in town and village, and their voters."""

    kind: str
    tally: Tally
    urban: int
    rural: int


def kind_sums(mission: Mission, *, viewer: Viewer, listed: StationList | None = None) -> list[KindSum]:
    """Stations of a list by type, in the order of the types."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    list_id = listed.pk if listed else mission.station_list_id
    counted = {
        row["kind"]: row
        for row in Station.objects.filter(list_id=list_id)
        .order_by()
        .values("kind")
        .annotate(
            n=Count("pk"),
            voters=Sum("registered"),
            known=Count("registered"),
            in_town=Count("pk", filter=Q(urban=True)),
            in_village=Count("pk", filter=Q(urban=False)),
        )
    }
    return [
        KindSum(kind, Tally(row["n"], row["voters"] or 0, row["n"] - row["known"]), row["in_town"], row["in_village"])
        for kind in StationKind
        if (row := counted.get(kind.value))
    ]


def stations_of(
    mission: Mission, *, viewer: Viewer, area: Area | None = None, kind: str = "", listed: StationList | None = None
) -> QuerySet[Station]:
    """The stations of the list in force, or of another; in an area with everything below it, of one type."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    found = Station.objects.filter(list_id=listed.pk if listed else mission.station_list_id)
    if area is not None:
        found = found.filter(area__path__startswith=area.path, area__mission=mission)
    if kind:
        found = found.filter(kind=kind)
    return found.select_related("area", "top")


def search(mission: Mission, typed: str, *, viewer: Viewer, most: int = MOST_FOUND) -> list[Station]:
    """Stations of the list in force whose number begins with what was typed, then those whose name or address has a
    word that begins with each word of it; in whichever script. Not more than `most`, and none of the second kind when
    a number was typed and stations have it."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    typed = " ".join(typed[:MOST_TYPED].split())
    words = romanized(typed).split()
    if not words or mission.station_list_id is None:
        return []
    stations = mission.stations.select_related("area", "top").order_by("key")
    found = list(stations.filter(key__gte=typed, key__lt=f"{typed}\U0010ffff")[:most]) if " " not in typed else []
    if len(found) < most and not (found and typed.isdigit()):
        named = stations
        for n, word in enumerate(sorted(words, key=len, reverse=True)):
            # Plain search for a piece of text, which both databases do faster than LIKE.
            named = named.alias(**{f"word{n}": StrIndex("folded", Value(f" {word}"))}).filter(**{f"word{n}__gt": 0})
        found += list(named.exclude(pk__in=[station.pk for station in found])[: most - len(found)])
    return found


def station_of(mission: Mission, key: str, *, viewer: Viewer) -> list[Station]:
    """The station of a key through the published lists, newest first. Raises `UnknownPlaceError` when none has it."""
    lists = lists_of(mission, viewer=viewer)
    found = list(
        Station.objects.filter(key=key, list__in=lists).select_related("list", "area", "top").order_by("-list__number")
    )
    if not found:
        raise UnknownPlaceError(key)
    return found


def map_of(mission: Mission, *, viewer: Viewer) -> CountryMap | None:
    """The mission's own map, if it has one."""
    viewer.require(Action.SEE_PLACES, mission.pk)
    return CountryMap.objects.filter(mission=mission).first()


def area_lines(mission: Mission) -> list[AreaLine]:
    """The areas of a mission as the domain knows them; for operations."""
    areas = list(mission.areas.all())
    codes = {area.pk: area.code for area in areas}
    return [
        AreaLine(
            code=area.code,
            name=Text.of(area.name),
            parent=codes.get(area.parent_id or 0, ""),
            zone=area.zone,
            at=area.at,
        )
        for area in areas
    ]


def station_lines(list_id: int) -> Iterator[StationLine]:
    """The stations of a list with what a comparison needs; for operations."""
    rows: Sequence[str] = ("key", "area__code", "label", "name", "address", "registered")
    stations = Station.objects.filter(list_id=list_id).order_by("key").values_list(*rows)
    for key, area, label, name, address, registered in stations.iterator(chunk_size=2000):
        yield StationLine(
            key=key, area=area or "", label=label, name=Text.of(name), address=address, registered=registered
        )
