"""Setting the reference mission up: everything goes through the operations that a mission's own people would use."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from paragraph8.accounts.operations import add_device
from paragraph8.accounts.permissions import Viewer
from paragraph8.deployment.expectations import set_rules, usual_rules
from paragraph8.deployment.models import Mode
from paragraph8.deployment.operations import accept_plan, make_plan
from paragraph8.deployment.parameters import Parameters
from paragraph8.domain.figures import Origin
from paragraph8.domain.missions import StationKind
from paragraph8.domain.people import Reason, Status
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.domain.text import Text
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Mission, RegisterLine, StationList
from paragraph8.missions.operations import add_areas, add_register_lines, create_mission, store_form
from paragraph8.missions.setting_up import NewContact, add_contact, add_institutions, change_institution
from paragraph8.places.lists import publish
from paragraph8.places.models import Upload
from paragraph8.places.uploads import keep_upload, start_check
from paragraph8.roster.operations import add_people, step
from paragraph8.samples.operations import ask, commit_seed, perform_draw
from paragraph8.statistics.sampling.design import Method, Request
from paragraph8.teams.operations import add_teams, seat

from .contest import write_contest
from .data import sources
from .facts import Reference, forms
from .people import draw_roster
from .places import Station
from .simulation import Simulation

COLUMNS = ("Number", "Code of the area", "Name en", "Name kk", "Name ru", "Type", "Urban", "Registered voters")
SAMPLE = 200
"""Stations of the demonstration's sample."""
CHANGED = 40
"""Stations whose number of voters the later list corrects."""
BRIEFED = timedelta(days=5)
"""Teams are formed this long before election day."""
KINDS = {
    "hospital": StationKind.HOSPITAL,
    "military": StationKind.MILITARY,
    "commission": StationKind.COMMISSION,
}
"""Premises that make a polling station one of a type of its own."""
PRESS = Text.of({"en": "Press", "kk": "Баспасөз", "ru": "Пресса"})
DESK = Text.of({"en": "Desk", "kk": "Кезекші үстел", "ru": "Дежурный стол"})


def prepare(*, facts: Reference, simulation: Simulation, by: Viewer, now: datetime) -> tuple[Mission, dict[str, str]]:
    """The mission as it stands some days before election day, and the token of each phone by its name."""
    mission = create_mission(
        slug=facts.slug,
        title=facts.title,
        origin=Origin.SIMULATED,
        languages=facts.languages,
        zone=facts.zone,
        election_date=facts.election_date,
        notice=facts.notice,
        contacts=[_line(institution.name.to_json(), institution.email) for institution in facts.institutions],
        by=by,
        now=now,
    )
    _institutions(mission, facts, by, now)
    areas = [{"code": area.code, "name": area.name.to_json(), "zone": area.zone, "at": area.at} for area in facts.areas]
    add_areas(mission=mission, areas=areas, by=by, now=now)
    _lists(mission, simulation.stations, by, now)
    mission.refresh_from_db()
    write_contest(mission=mission, facts=facts, by=by, now=now)
    add_register_lines(mission=mission, lines=_register_lines(mission, facts), by=by, now=now)
    for form in forms():
        store_form(mission=mission, form=form, by=by, now=now)
    tokens = _people(mission, simulation, by, now)
    _draw(mission, by, now)
    _plan(mission, simulation, by, now)
    return mission, tokens


def _institutions(mission: Mission, facts: Reference, by: Viewer, now: datetime) -> None:
    """The two fictitious ones, each with a public contact, and the desk's private one."""
    add_institutions(mission=mission, names={each.code: each.name for each in facts.institutions}, by=by, now=now)
    for each in facts.institutions:
        row = mission.institutions.get(code=each.code)
        change_institution(institution=row, name=each.name, short=each.short, delegation=Text.of({}), by=by, now=now)
        contact = NewContact(office=PRESS, institution=each.code, email=each.email, phone=each.phone, public=True)
        add_contact(mission=mission, contact=contact, by=by, now=now)
    add_contact(mission=mission, contact=NewContact(office=DESK, phone="+44 20 7946 0103"), by=by, now=now)


def _lists(mission: Mission, stations: Sequence[Station], by: Viewer, now: datetime) -> None:
    """Two versions of the station list, as simulated: the later one adds a station and counts some voters anew."""
    for days_ago, rows, changed in ((14, stations[:-1], CHANGED), (1, stations, 0)):
        day = (now - timedelta(days=days_ago)).date()
        upload = keep_upload(
            mission=mission,
            kind=Upload.STATIONS,
            name=f"simulated-stations-{day.isoformat()}.csv",
            data=_as_csv(rows, changed),
            source="Simulated list of polling stations",
            dated=day,
            by=by,
            now=now,
        )
        perform(start_check(upload=upload, mapping=upload.mapping, by=by, now=now))
        publish(listed=StationList.objects.get(mission=mission, published_at=None), by=by, now=now)


def _as_csv(stations: Sequence[Station], changed: int) -> bytes:
    """The list as a commission might publish it; `changed` of the first stations have other numbers of voters."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for place, station in enumerate(stations):
        names = station.name.to_json()
        voters = station.registered
        if voters is not None and place < changed:
            voters -= 1 + place % 7
        table.writerow(
            [
                station.key,
                station.area,
                *(names[tag] for tag in ("en", "kk", "ru")),
                KINDS.get(station.kind, StationKind.REGULAR).value,
                "urban" if station.urban else "rural",
                "" if voters is None else voters,
            ]
        )
    return text.getvalue().encode()


def _people(mission: Mission, simulation: Simulation, by: Viewer, now: datetime) -> dict[str, str]:
    """The roster, the teams with their two observers, and a phone for each team; the tokens of the phones."""
    if mission.election_date is None:
        raise ValueError(mission.slug)
    roster = draw_roster(Random(f"{simulation.seed}/people"), simulation.teams, mission.election_date)  # noqa: S311
    people = add_people(mission=mission, people=roster.people, by=by, now=now)
    step(
        mission=mission,
        people=[people[roster.revoked]],
        status=Status.REVOKED,
        day=roster.revoked_on,
        reason=Reason.AUTHORITIES,
        by=by,
        now=now,
    )
    office = mission.institutions.get(code="office")
    tokens: dict[str, str] = {}
    for area in mission.areas.filter(parent=None):
        crews = [team for team in simulation.teams if team.area == area.code]
        codes = [team.code for team in crews]
        teams = add_teams(mission=mission, codes=codes, institution=office, area=area, by=by, now=now)
        for team, crew in zip(teams, crews, strict=True):
            for place in roster.crews[team.code]:
                seat(team=team, person=people[place], day=mission.election_date - BRIEFED, by=by, now=now)
            _, tokens[crew.device] = add_device(
                mission_id=mission.pk, team_id=team.pk, name=crew.device, by=by, now=now
            )
    return tokens


def _draw(mission: Mission, by: Viewer, now: datetime) -> None:
    """A sample of stations, as a mission with a probability core would draw one; too few of its stations are
    visited for an estimate."""
    commit_seed(mission=mission, by=by, now=now)
    asked = ask(
        mission=mission,
        name="Demonstration sample",
        purpose=Purpose.OTHER,
        request=Request(method=Method.SIMPLE, n=SAMPLE, reserves=1),
        strata_by=StrataBy.AREA,
        by=by,
        now=now,
    )
    perform_draw(asked=asked, by=by, now=now)


def _plan(mission: Mission, simulation: Simulation, by: Viewer, now: datetime) -> None:
    """Each team gets its area, the suggestion of one opening and one count, and a number of visits between them."""
    modes = {team.code: Mode.SUGGESTED for team in simulation.teams}
    rules = usual_rules(mission, Parameters())
    set_rules(mission=mission, rules=rules, by=by, now=now)
    plan = make_plan(mission=mission, modes=modes, parameters=Parameters(), seed=simulation.seed, by=by, now=now)
    if plan.job:
        perform(plan.job)
    plan.refresh_from_db()
    accept_plan(plan=plan, by=by, now=now)


def _register_lines(mission: Mission, facts: Reference) -> list[RegisterLine]:
    """The newest total of each register line; older ones are history that no figure rests on yet."""
    newest = {(line.register, line.institution): line for line in sorted(facts.registers, key=lambda line: line.as_of)}
    return [
        RegisterLine(
            mission=mission,
            register=line.register,
            code=line.code,
            institution=line.institution,
            n=line.n,
            source=str(sources()[line.source]),
        )
        for line in newest.values()
    ]


def _line(names: Mapping[str, str], email: str) -> dict[str, str]:
    return {tag: f"{name}: {email}" for tag, name in names.items()}
