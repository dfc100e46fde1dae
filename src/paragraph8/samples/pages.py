"""What the pages of the room show, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.missions import StationKind
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.domain.text import Text
from paragraph8.jobs.models import Job, State
from paragraph8.jobs.queries import jobs_of
from paragraph8.missions.models import Mission, Station
from paragraph8.places.dots import Dot, dots
from paragraph8.places.drawing import Cell, drawing, tones
from paragraph8.places.drawing import Drawing as Map
from paragraph8.statistics.sampling.design import Design, Request
from paragraph8.statistics.sampling.frame import Frame
from paragraph8.statistics.sampling.margins import CONFIDENCE, margin_of_strata, quantile

from . import queries
from .models import Commitment, Draw, Replacement, Stop
from .queries import Standing
from .words import ALLOCATIONS, KINDS, METHODS, PURPOSES, STRATA, URBAN

_OF_AREAS = (StrataBy.AREA, StrataBy.AREA_URBAN, StrataBy.TEAM)
MOST_STRATA = 400
"""Lines of a table of strata; a page of more could not be read."""


@dataclass(frozen=True)
class Line:
    """One stratum in words: stations there, stations drawn, stations taken for certain."""

    name: str
    there: int
    drawn: int
    certain: int = 0


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a request would draw. `margin` in tenths of percentage points, for a share of one half of stations."""

    lines: tuple[Line, ...]
    n: int
    there: int
    uncovered: int
    frame: str
    margin: int | None


@dataclass(frozen=True)
class DrawLine:
    """A draw in the list."""

    row: Draw
    purpose: Any
    method: Any
    open: bool


@dataclass(frozen=True, kw_only=True)
class Room:
    """The first page: the seed that waits, the draws, the job that runs or was refused."""

    commitment: Commitment | None
    awaits: bool
    draws: tuple[DrawLine, ...]
    job: Job | None
    refused: Text | None
    may_draw: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """One draw. `standing` (with what the stratum is called) and `stops` are `None` for who may not see them yet; `map`
    and `dots` show where the stations are, to nobody before polls close."""

    row: Draw
    design: Design
    lines: tuple[Line, ...]
    margin: int | None
    certain: bool
    method: Any
    allocation: Any
    purpose: Any
    strata: Any
    open: bool
    reserves: int
    standing: tuple[tuple[Standing, str], ...] | None
    replacements: tuple[Replacement, ...] | None
    stops: tuple[Stop, ...] | None
    map: Map | None
    dots: tuple[Dot, ...]
    may_draw: bool


def room(mission: Mission, *, viewer: Viewer, now: datetime) -> Room:
    """The room as the viewer sees it. Raises `NotAllowedError`."""
    commitment = queries.open_commitment(mission, viewer=viewer)
    job = jobs_of(mission.pk, viewer=viewer).filter(kind="samples.draw").first()
    draws = tuple(
        DrawLine(
            draw,
            PURPOSES[Purpose(draw.request.purpose)],
            METHODS[queries.request_of(draw.request).method],
            queries.is_open(draw, now=now),
        )
        for draw in queries.draws_of(mission, viewer=viewer)
    )
    refused = job is not None and job.state in (State.REFUSED, State.BROKEN)
    return Room(
        commitment=commitment,
        awaits=bool(commitment and commitment.source and not hasattr(commitment, "contribution")),
        draws=draws,
        job=job if job and (not job.over or refused) else None,
        refused=Text.of(job.result["text"]) if refused and job and "text" in job.result else None,
        may_draw=viewer.may(Action.DRAW_SAMPLE, mission.pk),
    )


def preview(
    mission: Mission, frame: Frame, request: Request, shares: dict[str, int], *, strata_by: StrataBy, uncovered: int
) -> Preview:
    """What the request would draw from the frame."""
    names = stratum_names(mission, strata_by)
    lines = tuple(Line(names(code), len(places), shares[code]) for code, places in sorted(frame.places.items()))
    return Preview(
        lines=lines[:MOST_STRATA],
        n=request.n,
        there=len(frame),
        uncovered=uncovered,
        frame=frame.sha256,
        margin=_margin(lines, equal=not request.method.by_size),
    )


def result(mission: Mission, draw: Draw, *, viewer: Viewer, now: datetime) -> Result:
    """One draw, with as much of it as the viewer may see now."""
    design = queries.design_of(draw)
    sees = queries.may_see(draw, viewer=viewer, now=now)
    standing = queries.standing(draw, viewer=viewer, now=now) if sees else []
    names = stratum_names(mission, StrataBy(draw.request.strata_by))
    lines = tuple(
        Line(names(stratum.code), stratum.there, stratum.drawn, stratum.certain)
        for stratum in sorted(design.strata, key=lambda stratum: stratum.code)
    )
    is_open = queries.is_open(draw, now=now)
    where = [row.place for row in standing if row.place and not row.gone] if is_open else []
    return Result(
        row=draw,
        design=design,
        lines=lines[:MOST_STRATA],
        margin=_margin(lines, equal=not design.method.by_size),
        certain=any(line.certain for line in lines),
        method=METHODS[design.method],
        allocation=ALLOCATIONS[design.allocation],
        purpose=PURPOSES[Purpose(draw.request.purpose)],
        strata=STRATA[StrataBy(draw.request.strata_by)],
        open=is_open,
        reserves=sum(len(stations) for _, stations in design.reserves),
        standing=tuple((row, names(row.stratum)) for row in standing) if sees else None,
        replacements=tuple(queries.replacements_of(draw)) if sees else None,
        stops=tuple(queries.planned_stops(draw, viewer=viewer, now=now)) if sees else None,
        map=_map(mission, where, viewer) if where else None,
        dots=dots(where),
        may_draw=viewer.may(Action.DRAW_SAMPLE, mission.pk),
    )


def _map(mission: Mission, where: Sequence[Station], viewer: Viewer) -> Map | None:
    """How many stations were drawn in each first-level area; nothing for who does not see places."""
    if not viewer.may(Action.SEE_PLACES, mission.pk):
        return None
    drawn = Counter(station.top.code for station in where if station.top)
    shades = tones(list(drawn.values()))
    areas = mission.areas.filter(parent=None).values_list("code", flat=True)
    return drawing(mission, {code: Cell(drawn[code], shades.get(drawn[code], "")) for code in areas}, viewer=viewer)


def stratum_names(mission: Mission, strata_by: StrataBy) -> Callable[[str], str]:
    """Code of a stratum → what it is called in the language of the page; a code without a name stays as it is."""
    language = get_language() or "en"
    areas = {area.code: area.name for area in mission.areas.all()} if strata_by in _OF_AREAS else {}

    def area(code: str) -> str:
        return Text.of(areas[code]).shown(language).string if code in areas else code

    def name(code: str) -> str:
        match strata_by:
            case StrataBy.NOTHING:
                return _("all stations")
            case StrataBy.KIND:
                return str(KINDS.get(StationKind(code), code))
            case StrataBy.AREA_URBAN:
                first, _slash, place = code.rpartition("/")
                return f"{area(first)}, {URBAN[place]}"
            case _:
                return area(code)

    return name


def _margin(lines: Sequence[Line], *, equal: bool) -> int | None:
    """Tenths of percentage points, rounded up; only where stations of a stratum are equally likely."""
    if not equal:
        return None
    margin = margin_of_strata([(line.there, line.drawn) for line in lines], z=quantile(CONFIDENCE))
    return None if margin is None else -int(-margin * 1000 // 1)
