"""The parts of a mission that a second round carries over. Each skips what is there already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction

from paragraph8.accounts.permissions import Viewer
from paragraph8.contest.operations import add_contest, add_contestant
from paragraph8.contest.queries import current_series, current_span
from paragraph8.contest.registers import claim_span, write_series
from paragraph8.domain.contests import Election, Measure, Standing
from paragraph8.domain.people import Function, Gender, Status
from paragraph8.domain.text import Text
from paragraph8.missions.models import (
    Area,
    Contact,
    Contest,
    Contestant,
    Institution,
    Mission,
    Sharing,
    Station,
    StationList,
    Team,
)
from paragraph8.roster.models import Person
from paragraph8.roster.operations import REQUIREMENTS, Facts, NewPerson, add_people
from paragraph8.roster.personal import opened
from paragraph8.teams.operations import add_teams, equip, seat
from paragraph8.teams.queries import standings

BATCH = 500

Row = TypeVar("Row")


@transaction.atomic
def carry_frame(first: Mission, made: Mission) -> None:
    """Institutions, contacts, what institutions share, and areas of every depth."""
    if made.institutions.exists() or made.areas.exists():
        return
    for row in first.institutions.all():
        Institution.objects.create(
            mission=made,
            code=row.code,
            name=row.name,
            short=row.short,
            delegation=row.delegation,
            position=row.position,
        )
    institutions = {row.code: row for row in made.institutions.all()}
    for contact in first.contact_book.select_related("institution"):
        contact.pk = None
        contact.institution = institutions[contact.institution.code] if contact.institution else None
        contact.mission = made
        Contact.objects.bulk_create([contact])
    for sharing in first.sharings.select_related("owner", "reader"):
        owner, reader = institutions[sharing.owner.code], institutions[sharing.reader.code]
        Sharing.objects.create(mission=made, owner=owner, reader=reader, subject=sharing.subject)
    areas: dict[str, Area] = {}
    for area in sorted(first.areas.select_related("parent"), key=lambda row: row.path.count("/")):
        areas[area.code] = Area.objects.create(
            mission=made,
            code=area.code,
            name=area.name,
            zone=area.zone,
            at=area.at,
            parent=areas.get(area.parent.code) if area.parent else None,
            path=area.path,
        )


@transaction.atomic
def carry_contest(first: Mission, made: Mission, standing: Sequence[Contestant], by: Viewer, now: datetime) -> None:
    """The contest one round later with the two who stand, and the series of earlier elections."""
    if made.contestants.exists():
        return
    old = standing[0].contest
    contest: Contest | None = None
    if old:
        contest = add_contest(
            mission=made,
            code=old.code,
            name=Text.of(old.name),
            kind=Election(old.kind),
            system=Text.of(old.system),
            early=old.early,
            round=old.round + 1,
            area=made.areas.filter(code=old.area.code).first() if old.area else None,
            source=old.source,
            by=by,
            now=now,
        )
    for row in standing:
        last = row.steps.last()
        add_contestant(
            mission=made,
            contest=contest,
            code=row.code,
            name=Text.of(row.name),
            spellings=row.spellings,
            gender=row.gender,
            nominator=Text.of(row.nominator),
            incumbent=Text.of(row.incumbent),
            status=Standing.REGISTERED,
            day=last.day if last else None,
            source=(last.source if last else row.source) or f"First round: {first.slug}",
            by=by,
            now=now,
        )
    for measure in Measure:
        for earlier in current_series(first, measure):
            write_series(
                mission=made,
                measure=measure,
                election=earlier.election,
                early=earlier.early,
                n=earlier.n,
                source=earlier.source,
                by=by,
                now=now,
            )
        span = current_span(first, measure)
        if span:
            claim_span(
                mission=made,
                measure=measure,
                since=span.since,
                complete=span.complete and bool(current_series(made, measure)),
                source=span.source,
                by=by,
                now=now,
            )


def carry_people(first: Mission, made: Mission, by: Viewer, now: datetime) -> None:
    """Who is still there, under a new key and a new retention date; who was erased stays erased."""
    today = now.astimezone(ZoneInfo(made.zone)).date()
    there = set(made.people.values_list("code", flat=True))
    people = [
        row
        for row in first.people.filter(merged_into=None, key__isnull=False).select_related("institution", "also")
        if row.code not in there
    ]
    held = standings(first, people, day=today)
    staying = [row for row in people if held[row.pk].ended is None]
    for batch in _batches(staying):
        personal = opened(batch)
        new = [
            NewPerson(
                personal=personal[row.pk],
                facts=_facts(row),
                code=row.code,
                steps=tuple((status, today) for status in _reached(held[row.pk].accredited, held[row.pk].arrived)),
                met={need: day for need, field in REQUIREMENTS.items() if (day := getattr(row, field))},
            )
            for row in batch
            if row.pk in personal
        ]
        add_people(mission=made, people=new, by=by, now=now)


def _facts(row: Person) -> Facts:
    return Facts(
        function=Function(row.function),
        institution=row.institution.code if row.institution else "",
        also=row.also.code if row.also else "",
        country=row.country,
        citizenship=row.citizenship,
        gender=Gender(row.gender),
        languages=tuple(row.languages),
        missions_before=row.missions_before,
        card_expires=row.card_expires,
    )


def _reached(accredited: bool, arrived: bool) -> tuple[Status, ...]:
    """How far somebody is when the second round begins."""
    steps = [Status.NOMINATED]
    steps += [Status.ACCREDITED] if accredited else []
    steps += [Status.ARRIVED] if arrived else []
    return tuple(steps)


def carry_teams(first: Mission, made: Mission, by: Viewer, now: datetime) -> None:
    """Teams that are not dissolved, with car, telephone and area, and those of their people who came along."""
    today = now.astimezone(ZoneInfo(made.zone)).date()
    there = set(made.teams.values_list("code", flat=True))
    people = {person.code: person for person in made.people.all()}
    areas = {area.code: area for area in made.areas.all()}
    institutions = {row.code: row for row in made.institutions.all()}
    teams = (
        first.teams.filter(dissolved_at=None).select_related("area", "institution").prefetch_related("seats__person")
    )
    for team in teams.order_by("code"):
        if team.code not in there:
            _carry_team(team, made, areas, institutions, by, now)
        new = made.teams.get(code=team.code)
        seated = set(new.seats.filter(until=None).values_list("person__code", flat=True))
        for place in team.seats.all():
            person = people.get(place.person.code)
            if place.until is None and person is not None and person.code not in seated:
                seat(team=new, person=person, day=today, by=by, now=now)


@transaction.atomic
def _carry_team(
    team: Team,
    made: Mission,
    areas: dict[str, Area],
    institutions: dict[str, Institution],
    by: Viewer,
    now: datetime,
) -> None:
    area = areas.get(team.area.code) if team.area else None
    institution = institutions.get(team.institution.code) if team.institution else None
    (new,) = add_teams(mission=made, codes=[team.code], institution=institution, area=area, by=by, now=now)
    equip(team=new, car=team.car, phone=team.phone, area=area, institution=institution, by=by, now=now)


def carry_stations(first: Mission, made: Mission, by: Viewer, now: datetime) -> StationList | None:
    """The list in force as the first list of the new mission, not published; what an earlier call left is dropped."""
    old = first.station_list
    if old is None:
        return None
    StationList.objects.filter(mission=made, published_at=None).delete()
    new = StationList.objects.create(
        mission=made,
        number=1,
        dated=old.dated,
        source=old.source,
        name=old.name,
        sha256=old.sha256,
        n=old.n,
        registered=old.registered,
        made_at=now,
        made_by=by.name,
    )
    areas = {area.code: area.pk for area in made.areas.all()}
    codes = {area.pk: area.code for area in first.areas.all()}
    for batch in _batches(Station.objects.filter(list=old).order_by("pk").iterator(chunk_size=BATCH)):
        for station in batch:
            station.pk = None
            station.mission, station.list = made, new
            station.area_id = areas.get(codes.get(station.area_id or 0, ""))
            station.top_id = areas.get(codes.get(station.top_id or 0, ""))
        Station.objects.bulk_create(batch)
    return new


def _batches(rows: Sequence[Row] | Iterator[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
