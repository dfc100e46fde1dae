"""A mission that can be planned: the small one with more stations, forms of each process, an election date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from conftest import COUNT_FORM, NOW, SERVER, SmallMission, small_mission
from paragraph8.deployment.models import Mode, Plan
from paragraph8.deployment.operations import accept_plan, make_plan
from paragraph8.deployment.parameters import Parameters
from paragraph8.domain.forms import form_from_json
from paragraph8.domain.missions import StationKind
from paragraph8.jobs.models import Job
from paragraph8.jobs.operations import perform
from paragraph8.missions.models import Area, Station
from paragraph8.missions.operations import NewStation, add_stations, store_form
from paragraph8.samples.models import Draw, Stop

SMALL = {"visits": 5, "least": 4}


@pytest.fixture
def mission(db: None) -> SmallMission:
    return planned_mission()


def planned_mission(slug: str = "small") -> SmallMission:
    """Twelve stations in each of two areas, with coordinates; team 1 works in the north, team 2 in the south."""
    made = small_mission(slug)
    row = made.row
    row.election_date = date(2019, 6, 9)
    row.save(update_fields=["election_date"])
    more = [NewStation(key=f"{area}{n}", area=area, registered=500 + n) for area in "AB" for n in range(3, 13)]
    hospital = NewStation(key="AH", area="A", kind=StationKind.HOSPITAL)
    centre = NewStation(key="AC", area="A", kind=StationKind.COMMISSION)
    add_stations(mission=row, stations=[*more, hospital, centre], by=SERVER, now=NOW)
    for n, station in enumerate(Station.objects.filter(list=row.station_list).order_by("key")):
        station.latitude, station.longitude = 48 + (n % 5) * 0.05 + (station.key[0] == "B"), 67 + (n // 5) * 0.05
        station.save()
    areas = {area.code: area for area in Area.objects.filter(mission=row)}
    for code, area in (("T1", "A"), ("T2", "B")):
        made.teams[code].area = areas[area]
        made.teams[code].save()
    for process in ("opening", "voting"):
        store_form(
            mission=row, form=form_from_json({**COUNT_FORM, "code": process, "process": process}), by=SERVER, now=NOW
        )
    return made


Planning = Callable[..., Plan]
MORNING = datetime(2019, 6, 9, 0, 0, tzinfo=UTC)
"""Six o'clock of election day where the small mission is."""


def given(mission: SmallMission, stops: dict[str, list[str]], *, show_at: datetime = MORNING) -> list[Stop]:
    """Drawn stops of teams, as the room of samples gives them: the stations are chosen here and not drawn."""
    from samples.drawing import drawn

    draw = Draw.objects.filter(mission=mission.row).first() or drawn(mission)
    keys = {station.key: station for station in mission.row.stations.all()}
    return [
        Stop.objects.create(draw=draw, team=mission.teams[team], station=keys[key], order=order, show_at=show_at)
        for team, of_team in stops.items()
        for order, key in enumerate(of_team, start=1)
    ]


@pytest.fixture
def plan_of(mission: SmallMission) -> Planning:
    """Make a plan and work it out."""

    def make(mode: Mode = Mode.ROUTE, *, accept: bool = False, **options: Any) -> Plan:
        modes = options.pop("modes", dict.fromkeys(mission.teams, mode))
        parameters = Parameters(**{**SMALL, **options.pop("parameters", {})})
        options = {"by": SERVER, "seed": 1, **options}
        plan = make_plan(mission=mission.row, modes=modes, parameters=parameters, now=NOW, **options)
        perform(Job.objects.get(pk=plan.job_id))
        plan = Plan.objects.select_related("mission", "station_list").get(pk=plan.pk)
        if accept:
            accept_plan(plan=plan, by=SERVER, now=NOW)
        return plan

    return make
