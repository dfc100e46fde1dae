"""A quick count out of files: a small mission with its sample and plan, and a report for every return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.capture.operations import Sender, State, receive_many
from paragraph8.domain.contests import Standing
from paragraph8.domain.importing.returns import BASE, FORM, VOTES, ReturnsMapping
from paragraph8.domain.missions import Format
from paragraph8.missions.files import keep_file
from paragraph8.missions.models import Contestant, Mission
from paragraph8.missions.operations import NewStation, add_contestants, add_stations, create_mission, store_form
from paragraph8.missions.queries import UnknownMissionError, mission_of
from paragraph8.statistics.quickcount.gate import Rule
from paragraph8.statistics.quickcount.looks import Looks
from paragraph8.statistics.quickcount.plans import Adjustment, Arrival, Base, CountPlan
from paragraph8.statistics.quickcount.refusals import RefusedCountError

from .models import Plan
from .operations import declare_sample, fix_plan
from .sampled import Chosen, Frame

BATCH = 100
_URBAN = {"urban": True, "rural": False}


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of the returns: rows of the file, and how many reports were new, repeated, in conflict."""

    rows: int
    states: Counter[State]
    plan: int | None

    def to_json(self) -> dict[str, Any]:
        """For `p8 import --json`."""
        return {
            "rows": self.rows,
            "reports": {state.value: n for state, n in sorted(self.states.items())},
            "plan": self.plan,
        }


def import_returns(
    data: bytes,
    *,
    slug: str,
    mapping: ReturnsMapping,
    sample: bytes | None,
    frame: bytes | None,
    create: bool,
    by: Viewer,
    clock: Callable[[], datetime],
    progress: Callable[[str], None],
) -> Loaded:
    """Receive every row as a report of the mission; with `create` make the mission, its sample and its plan first.

    Importing twice changes nothing. Raises `NotATableError`, `UnknownMissionError`, `NotAllowedError`, `ReturnsError`,
    `RefusedPlanError` and `RefusedCountError`; then nothing of the file was received.
    """
    bodies = mapping.bodies(data)
    try:
        mission = mission_of(slug, viewer=by)
    except UnknownMissionError:
        if not create or sample is None or frame is None:
            raise
        mission = _create(slug, mapping, sample, frame, by=by, now=clock())
    by.require(Action.IMPORT_REPORTS, mission.pk)
    _keep(mission, data, rows=len(bodies), by=by, now=clock())
    sender = Sender(name=by.name, channel="file")
    states: Counter[State] = Counter()
    for start in range(0, len(bodies), BATCH):
        batch = bodies[start : start + BATCH]
        receipts = receive_many(mission_id=mission.pk, bodies=batch, sender=sender, now=clock())
        states.update(receipt.state for receipt in receipts)
        progress(f"{min(start + BATCH, len(bodies))} of {len(bodies)} rows kept")
    newest = Plan.objects.filter(mission=mission).order_by("-version").first()
    return Loaded(rows=len(bodies), states=states, plan=newest.version if newest else None)


@transaction.atomic
def _create(slug: str, mapping: ReturnsMapping, sample: bytes, frame: bytes, *, by: Viewer, now: datetime) -> Mission:
    """The mission, who stands, the stations of the sample, the form, the sample and the plan. All or nothing."""
    facts = mapping.mission
    mission = create_mission(
        slug=slug,
        title=facts.title,
        format=Format.CITIZEN,
        origin=facts.origin,
        languages=facts.languages,
        zone=facts.zone,
        election_date=facts.election_date,
        notice=facts.notice,
        by=by,
        now=now,
    )
    contestants = [
        Contestant(
            mission=mission,
            code=row.code,
            name=row.name.to_json(),
            status=Standing.REGISTERED.value,
            source=row.source,
        )
        for row in mapping.contestants
    ]
    add_contestants(mission=mission, contestants=contestants, by=by, now=now)
    sampled = mapping.sampled(sample)
    stations = [NewStation(key=row.station, registered=row.registered, urban=_URBAN.get(row.kind)) for row in sampled]
    add_stations(mission=mission, stations=stations, by=by, now=now)
    store_form(mission=mission, form=mapping.form(), by=by, now=now)
    declared = declare_sample(
        mission=mission,
        name=mapping.name,
        source=mapping.source,
        frame=Frame.of_cells(mapping.cells_of(frame)),
        stations=[Chosen(row.station, row.stratum, row.kind, row.registered) for row in sampled],
        by=by,
        now=now,
    )
    fix_plan(mission=mission, basis=declared, plan=plan_of(mapping), by=by, now=now)
    return mission


def plan_of(mapping: ReturnsMapping) -> CountPlan:
    """The plan that the mapping describes; what it leaves out has the defaults of the product. Returns that were
    collected elsewhere arrived when they say so. Raises `RefusedCountError`."""
    said: Mapping[str, Any] = mapping.plan
    known = {"adjustment", "threshold", "overall", "kind", "empty", "steady", "final", "interim", "first", "last"}
    unknown = sorted(set(said) - known - {"minutes"})
    if unknown:
        raise RefusedCountError("bad-rule", field=f"plan.{unknown[0]}")
    rule, looks = Rule(), Looks()
    try:
        return CountPlan(
            form=FORM,
            votes=tuple((row.code, VOTES + row.code) for row in mapping.contestants),
            base_is=Base.VALID if mapping.valid else Base.BALLOTS,
            base=(BASE,),
            ballots=() if mapping.valid else (BASE,),
            adjustment=Adjustment(said.get("adjustment", Adjustment.CELLS.value)),
            threshold=float(said.get("threshold", 0.5)),
            rule=Rule(
                overall=float(said.get("overall", rule.overall)),
                kind=float(said.get("kind", rule.kind)),
                empty=int(said.get("empty", rule.empty)),
                steady=int(said.get("steady", rule.steady)),
            ),
            looks=Looks(final=float(said.get("final", looks.final)), interim=float(said.get("interim", looks.interim))),
            first=_moment(said.get("first")),
            last=_moment(said.get("last")),
            minutes=int(said.get("minutes", 30)),
            arrival=Arrival.STATED,
        )
    except (TypeError, ValueError) as error:
        if isinstance(error, RefusedCountError):
            raise
        raise RefusedCountError("bad-rule", field=f"plan: {error}") from error


def _moment(given: Any) -> str:
    """A moment of the TOML file, which names its offset. Raises `ValueError`."""
    if given is None:
        return ""
    if not isinstance(given, datetime) or given.tzinfo is None:
        raise ValueError(f"{given} names no offset from universal time")
    return given.isoformat()


@transaction.atomic
def _keep(mission: Mission, data: bytes, *, rows: int, by: Viewer, now: datetime) -> None:
    digest, new = keep_file(settings.VAR / "files", mission.slug, data)
    if new:
        append(
            mission_id=mission.pk,
            kind="file.imported",
            subject=f"file:{digest[:16]}",
            body={"sha256": digest, "bytes": len(data), "rows": rows, "problems": 0},
            by=by.name,
            now=now,
        )
