"""What the election-day room reads: the snapshot of figures and the board that the worker keeps, as of one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Max
from django.urls import reverse

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change, LogEntry, Unsequenced
from paragraph8.charts import Chart
from paragraph8.domain.figures import REFUSALS, Figure, Key
from paragraph8.domain.forms import Form
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.queries import live
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms

from . import blocks, models
from .blocks import Coverage, Incidents, Intake, Problems, Seen, Silence
from .boards import Board, board
from .drawings import intake_chart, tile_words, turnout_chart
from .gates import open_to
from .items import Item, Reader
from .moments import Moment, moment
from .questions import assessment, few, worst

SLOW = timedelta(seconds=10)
"""What waits longer than this for the worker is told on the page."""
MOST_WAITING = 500
"""Entries without a number that are looked at; so many mean that the worker stands still."""
PLACES = 2
"""Areas that a line of the worst items names."""


class State(StrEnum):
    """How the room's figures stand to what has come in."""

    LIVE = "live"
    BEHIND = "behind"
    """Something has waited for the worker longer than it should."""
    EMPTY = "empty"
    """The worker has computed nothing yet."""


@dataclass(frozen=True)
class Freshness:
    """The change that the figures are as of, and how many writes to reports they should know already and do not.
    `board` is the change of the newest board, `minute` the hour by which things are judged."""

    change: int
    state: State
    waiting: int
    board: int = 0
    minute: int = 0

    def tag(self, language: str) -> str:
        """The entity tag of a page made of these figures: equal exactly when the page would be equal."""
        return f'"{self.change}-{self.board}-{self.minute}-{self.state.value}-{self.waiting}-{language}"'


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a change or an hour, and whether the page hangs on a wall."""

    as_of: str = ""
    at: str = ""
    wall: bool = False

    @property
    def past(self) -> bool:
        """Whether it is not the present."""
        return bool(self.as_of or self.at)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What stays in the address when the hour changes."""
        return ()


@dataclass(frozen=True)
class Where:
    """One area with its part of an item's negative answers."""

    area: Text
    figure: Figure


@dataclass(frozen=True)
class Worst:
    """One question whose answers speak against good practice most often, and where they were given."""

    item: Item
    figure: Figure
    where: tuple[Where, ...]


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything that the page shows. `turnout`, `problems` and `silence` are `None` for who may not see reports;
    `refused` says why a mission of this format has counts of observations alone."""

    moment: Moment
    forms: tuple[Form, ...]
    intake: Intake
    intake_chart: Chart | None
    assessments: tuple[Item, ...] = ()
    worst: tuple[Worst, ...] = ()
    few: tuple[Item, ...] = ()
    turnout: tuple[Seen, ...] | None = None
    turnout_chart: Chart | None = None
    coverage: Coverage | None = None
    incidents: Incidents | None = None
    problems: Problems | None = None
    silence: Silence | None = None
    refused: Text | None = None


def freshness(mission: Mission, *, viewer: Viewer, now: datetime) -> Freshness:
    """How fresh the snapshot is. Cheap: no figure is read."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    change = Snapshot.objects.filter(mission=mission).values_list("change_number", flat=True).first()
    held = models.Board.objects.filter(mission=mission).aggregate(newest=Max("change_number"))["newest"] or 0
    waiting = _waiting(mission, change or 0, now - SLOW)
    if change is None:
        return Freshness(0, State.EMPTY, waiting)
    minute = moment(mission, live=change, now=now, viewer=viewer).minute
    return Freshness(change, State.BEHIND if waiting else State.LIVE, waiting, held, minute)


def _waiting(mission: Mission, change: int, until: datetime) -> int:
    """Writes to reports that have waited since then: unnumbered ones, unless the worker has numbered others since (in a
    simulated mission they state a time of their own), and numbered ones that the snapshot does not know."""
    reports = "report."
    unnumbered = 0
    newest = Change.objects.order_by("-number").values_list("at", flat=True).first()
    if newest is None or newest <= until:
        waiting = list(Unsequenced.objects.values_list("pk", flat=True)[:MOST_WAITING])
        unnumbered = LogEntry.objects.filter(
            pk__in=waiting, mission_id=mission.pk, at__lte=until, kind__startswith=reports
        ).count()
    return (
        unnumbered
        + Change.objects.filter(
            mission_id=mission.pk, number__gt=change, at__lte=until, entry__kind__startswith=reports
        ).count()
    )


def room(mission: Mission, asked: Asked, *, viewer: Viewer, now: datetime) -> Room:
    """The room as of the last snapshot, or of the moment that is asked for.

    Raises `NotAllowedError`, and `UnknownMomentError` for a moment that there is not.
    """
    change = Snapshot.objects.filter(mission=mission).values_list("change_number", flat=True).first() or 0
    at = moment(mission, as_of=asked.as_of, at=asked.at, live=change, now=now, viewer=viewer)
    change, known = live(mission, viewer=viewer, as_of=at.change if asked.past else None)
    kept = board(mission, as_of=change, viewer=viewer, now=None if asked.past else now)
    forms, areas = latest_forms(mission), first_level_areas_of(mission)
    came = blocks.intake(kept, forms, now=at.minute)
    chart = intake_chart(came, now=at.minute)
    incidents = blocks.incidents(kept, forms, areas, named=viewer.may(Action.SEE_REPORTS, mission.pk))
    if not mission.kind.observes_systematically:
        refused = REFUSALS["format-without-statistics"]
        return Room(
            moment=at,
            forms=tuple(forms.values()),
            intake=came,
            intake_chart=chart,
            incidents=incidents,
            refused=refused,
        )
    analyst = viewer.may(Action.SEE_REPORTS, mission.pk)
    items = {code: list(Reader(known).items(form)) for code, form in blocks.in_order(forms).items()}
    every = [item for each in items.values() for item in each]
    seen = blocks.turnout(kept, forms) if analyst else None
    return Room(
        moment=at,
        forms=tuple(forms.values()),
        intake=came,
        intake_chart=chart,
        assessments=tuple(item for each in items.values() for item in assessment(each)),
        worst=tuple(_worst(item, known, areas, mission, viewer) for item in worst(every)),
        few=few(every),
        turnout=seen,
        turnout_chart=turnout_chart(seen) if seen else None,
        coverage=_coverage(mission, kept, areas, at, viewer),
        incidents=incidents,
        problems=blocks.problems(kept) if analyst else None,
        silence=blocks.silence(mission, kept, now=at.minute, viewer=viewer),
    )


def _coverage(mission: Mission, kept: Board, areas: Mapping[str, Area], at: Moment, viewer: Viewer) -> Coverage:
    tables = reverse("election_day_tables", args=[mission.slug])
    return blocks.coverage(
        mission,
        kept,
        areas,
        addresses={code: f"{tables}?area={code}" for code in areas},
        of={code: tile_words(n) for code, n in blocks.frame_of(kept).items()},
        silent=blocks.silent_areas(mission, kept, now=at.minute, viewer=viewer),
    )


def _worst(
    item: Item, known: Mapping[Key, Figure], areas: Mapping[str, Area], mission: Mission, viewer: Viewer
) -> Worst:
    """The item with the areas from which most of its negative answers came."""
    if item.negative is None:
        raise ValueError(item.question.code)
    found = ((area, known.get(item.negative.key.within(code))) for code, area in areas.items())
    shown = [
        Where(area.title(), figure)
        for area, figure in found
        if figure is not None and figure.numerator and open_to(figure, mission, viewer=viewer)
    ]
    return Worst(item, item.negative, tuple(_most(shown)))


def _most(places: Sequence[Where]) -> list[Where]:
    return sorted(places, key=lambda place: -(place.figure.numerator or 0))[:PLACES]
