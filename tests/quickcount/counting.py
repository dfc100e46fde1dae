"""A quick count of the small mission, for tests: forty stations more, a sample of twenty, a form, a plan, returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from conftest import NOW, SERVER, SmallMission
from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.contests import Standing
from paragraph8.domain.forms import form_from_json
from paragraph8.domain.text import Text
from paragraph8.missions.models import Contestant
from paragraph8.missions.operations import NewStation, add_contestants, add_stations, store_form
from paragraph8.quickcount.models import Plan
from paragraph8.quickcount.operations import declare_sample, fix_plan
from paragraph8.quickcount.sampled import Chosen, Frame, chosen_for
from paragraph8.samples.models import Draw
from paragraph8.statistics.quickcount.gate import Rule
from paragraph8.statistics.quickcount.plans import Adjustment, Base, CountPlan
from paragraph8.statistics.sampling.design import Method, Request
from samples.drawing import drawn

FORM = {
    "code": "protocol",
    "version": "1",
    "process": "counting",
    "title": {"en": "Protocol", "kk": "Хаттама", "ru": "Протокол"},
    "scales": [],
    "blocks": [
        {
            "code": "all",
            "title": "All",
            "questions": [
                {"code": code, "title": title, "kind": "integer", "use": "reconciliation", "low": 0, "high": 5000}
                for code, title in (
                    ("P1", "Votes for Anna"),
                    ("P2", "Votes for Berik"),
                    ("P3", "Valid votes"),
                    ("P4", "Ballots"),
                )
            ],
        }
    ],
    "rules": [{"check": "above", "questions": ["P3", "P4"]}],
}
PLAN = CountPlan(
    form="protocol",
    votes=(("anna", "P1"), ("berik", "P2")),
    base_is=Base.VALID,
    base=("P3",),
    ballots=("P4",),
    adjustment=Adjustment.STRATA,
    rule=Rule(overall=0.8, kind=0.5, empty=0, steady=1),
    first=(NOW + timedelta(hours=4)).isoformat(),
    last=(NOW + timedelta(hours=8)).isoformat(),
    minutes=60,
)


@dataclass
class Counting:
    """The mission with its draw, its plan and the stations of the sample."""

    mission: SmallMission
    draw: Draw
    plan: Plan | None = None
    stations: list[str] = field(default_factory=list)

    def fix(self, plan: CountPlan = PLAN, **changes: Any) -> Plan:
        """Fix a plan."""
        facts: dict[str, Any] = {"by": SERVER, "now": NOW + timedelta(minutes=5), **changes}
        self.plan = fix_plan(mission=self.mission.row, basis=self.draw, plan=plan, **facts)
        self.stations = [chosen.station for chosen in chosen_for(self.plan)]
        return self.plan

    def send(
        self, station: str, votes: tuple[int, int] = (300, 200), *, at: datetime | None = None, **more: Any
    ) -> None:
        """A protocol of one station: valid votes are those of both, and ten ballots more were counted."""
        answers = {"P1": votes[0], "P2": votes[1], "P3": sum(votes), "P4": sum(votes) + 10, **more}
        moment = at or NOW + timedelta(hours=5)
        finished = moment.isoformat()
        body = self.mission.body(station, form="protocol", answers=answers, started=finished, finished=finished)
        self.mission.send(body, now=moment)


def counting(mission: SmallMission) -> Counting:
    """Forty stations more, half of them rural, a form, two who stand, and twenty stations drawn in two areas."""
    stations = [
        NewStation(key=f"{area}{n}", area=area, registered=1000, urban=n % 2 == 0)
        for area in "AB"
        for n in range(10, 30)
    ]
    add_stations(mission=mission.row, stations=stations, by=SERVER, now=NOW)
    store_form(mission=mission.row, form=form_from_json(FORM), by=SERVER, now=NOW)
    stand(mission)
    draw = drawn(mission, request=Request(method=Method.SIMPLE, n=20, minimum=2, reserves=2))
    return Counting(mission, draw)


def stand(mission: SmallMission) -> None:
    """Two who stand, where nobody of that code does yet."""
    known = set(mission.row.contestants.values_list("code", flat=True))
    contestants = [
        Contestant(
            mission=mission.row,
            code=code,
            name=Text.of({"en": name, "kk": name, "ru": name}).to_json(),
            status=Standing.REGISTERED.value,
            source="the list of the commission",
        )
        for code, name in (("anna", "Анна"), ("berik", "Берік"))
        if code not in known
    ]
    add_contestants(mission=mission.row, contestants=contestants, by=SERVER, now=NOW)


def of_four(mission: SmallMission, *, by: Viewer, now: datetime) -> Plan:
    """A plan on the four stations of the small mission as they are, drawn elsewhere of eight."""
    stand(mission)
    store_form(mission=mission.row, form=form_from_json(FORM), by=SERVER, now=NOW)
    frame = Frame.of_cells({("north", "urban"): 4, ("south", "rural"): 4})
    chosen = [
        Chosen(f"{area}{n}", stratum, kind, 1000)
        for area, stratum, kind in (("A", "north", "urban"), ("B", "south", "rural"))
        for n in (1, 2)
    ]
    sample = declare_sample(
        mission=mission.row, name="Four", source="Drawn at a table", frame=frame, stations=chosen, by=by, now=now
    )
    return fix_plan(mission=mission.row, basis=sample, plan=PLAN, by=by, now=now)
