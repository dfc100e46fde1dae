"""What the election-day room reads: the snapshot that the worker keeps, question by question and area by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.models import Change, Unsequenced
from paragraph8.domain.figures import REFUSALS, Audience, Figure, Key
from paragraph8.domain.forms import Block, Form, Kind, Use
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.queries import figures, live
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.wording.quantifiers import LEAST_FOR_SHARE

from .figures import APP, answer_key
from .items import Item, Reader

There = TypeVar("There")

SLOW = timedelta(seconds=10)
"""What waits longer than this for the worker is told on the page."""
WORST = 12
"""Lines of the list of worst items."""
SHADES = ((75, "q5"), (50, "q4"), (25, "q3"), (10, "q2"), (0, "q1"))
"""From how many per cent of negative answers on an area has which shade."""


class UnknownChoiceError(LookupError):
    """The address names a form, question or area that the mission does not have."""


class State(StrEnum):
    """How the room's figures stand to what has come in."""

    LIVE = "live"
    BEHIND = "behind"
    """Something has waited for the worker longer than it should."""
    EMPTY = "empty"
    """The worker has computed nothing yet."""


@dataclass(frozen=True)
class Freshness:
    """The change that the figures are as of, and how many writes to reports they should know already and do not."""

    change: int
    state: State
    waiting: int

    def tag(self, language: str) -> str:
        """The entity tag of a page made of these figures: equal exactly when the page would be equal."""
        return f'"{self.change}-{self.state.value}-{self.waiting}-{language}"'


@dataclass(frozen=True)
class Part:
    """A block of a form with its questions."""

    block: Block
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Tile:
    """One area: negative answers (or the first answer) of one question. `tone` is empty where they are too few."""

    area: Area
    figure: Figure
    tone: str


@dataclass(frozen=True)
class ByArea:
    """One question in every area, and what is counted of it."""

    item: Item
    title: Text
    tiles: tuple[Tile, ...]
    on_map: bool


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything that the page shows. `spreads` is `None` for who is not of the mission's analysts; `refused` says why
    a mission of this format has counts of observations alone."""

    forms: tuple[tuple[Form, int], ...]
    form: Form | None
    area: Area | None
    areas: tuple[Area, ...]
    assessments: tuple[Item, ...]
    worst: tuple[Item, ...]
    parts: tuple[Part, ...]
    by_area: ByArea | None
    spreads: tuple[Figure, ...] | None
    refused: Text | None = None


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty strings leave the choice to the room."""

    form: str = ""
    area: str = ""
    question: str = ""


def freshness(mission: Mission, *, viewer: Viewer, now: datetime) -> Freshness:
    """How fresh the snapshot is. Cheap: no figure is read."""
    viewer.require(Action.SEE_FIGURES, mission.pk)
    change = Snapshot.objects.filter(mission=mission).values_list("change_number", flat=True).first()
    until, reports = now - SLOW, "report."
    unnumbered = Unsequenced.objects.filter(
        entry__mission_id=mission.pk, entry__at__lte=until, entry__kind__startswith=reports
    ).count()
    uncounted = Change.objects.filter(
        mission_id=mission.pk, number__gt=change or 0, at__lte=until, entry__kind__startswith=reports
    ).count()
    waiting = unnumbered + uncounted
    if change is None:
        return Freshness(0, State.EMPTY, waiting)
    return Freshness(change, State.BEHIND if waiting else State.LIVE, waiting)


def room(mission: Mission, asked: Asked, *, viewer: Viewer) -> Room:
    """The room as of the last snapshot, for the whole mission or one area.

    Raises `NotAllowedError`, and `UnknownChoiceError` for a form, question or area that there is not.
    """
    change, known = live(mission, viewer=viewer)
    forms, areas = latest_forms(mission), first_level_areas_of(mission)
    area = _chosen(areas, asked.area)
    if not mission.kind.observes_systematically:
        return _counted_only(Reader(known, ""), _chosen(forms, asked.form), forms, areas)
    if area is not None and known:
        known = _of_area(mission, forms, area, change, viewer)
    reader = Reader(known, area.code if area else "")
    form = _chosen(forms, asked.form) or max(forms.values(), key=reader.observations, default=None)
    items = {code: list(reader.items(each)) for code, each in forms.items()}
    own = items[form.code] if form else []
    return Room(
        forms=tuple((each, reader.observations(each)) for each in forms.values()),
        form=form,
        area=area,
        areas=tuple(areas.values()),
        assessments=tuple(item for each in items.values() for item in _assessment(each)),
        worst=_worst([item for each in items.values() for item in each]),
        parts=tuple(_parts(form, own)) if form else (),
        by_area=_by_area(mission, _asked_item(form, own, asked.question), areas, change, viewer),
        spreads=_spreads(known, form, viewer.may(Action.SEE_REPORTS, mission.pk)),
    )


def _counted_only(reader: Reader, form: Form | None, forms: Mapping[str, Form], areas: Mapping[str, Area]) -> Room:
    """The room of a mission whose format has no election-day statistics."""
    return Room(
        forms=tuple((each, reader.observations(each)) for each in forms.values()),
        form=form or next(iter(forms.values()), None),
        area=None,
        areas=tuple(areas.values()),
        assessments=(),
        worst=(),
        parts=(),
        by_area=None,
        spreads=None,
        refused=REFUSALS["format-without-statistics"],
    )


def area_keys(key: Key, areas: Mapping[str, Area]) -> dict[str, Key]:
    """The key of the same figure in each area; none for one that is of an area already, or has no areas."""
    if key.app != APP or key.measure == "spread" or key.dimension("area"):
        return {}
    return {code: key.within(code) for code in areas}


def shade(figure: Figure) -> str:
    """The class that colours an area by a share; empty under 30 answers, where no share is shown."""
    if figure.denominator is None or figure.numerator is None or figure.denominator < LEAST_FOR_SHARE:
        return ""
    return next(tone for least, tone in SHADES if figure.numerator * 100 >= least * figure.denominator)


def _of_area(mission: Mission, forms: Mapping[str, Form], area: Area, change: int, viewer: Viewer) -> dict[Key, Figure]:
    """The figures that a page about one area needs, computed as of the snapshot's change."""
    keys = [Key.of(APP, "observations", form=code, area=area.code) for code in forms]
    for form in forms.values():
        for question in form.questions():
            if question.use is not Use.PLAIN:
                continue
            if question.kind is Kind.INTEGER:
                keys.append(Key.of(APP, "at-least", form=form.code, question=question.code, n="1", area=area.code))
            scale = form.scale(question)
            bad = form.negative(question)
            options = scale.options if scale else ()
            keys += [answer_key(form, question, [option.code], area=area.code) for option in options]
            if len(bad) > 1:
                keys.append(answer_key(form, question, bad, area=area.code))
    return figures(mission, keys, as_of=change, viewer=viewer)


def _assessment(items: Sequence[Item]) -> list[Item]:
    """The overall assessment of a form: its last question on an ordered scale that has grades of good and of bad.

    How often something happened has one good answer and is no assessment.
    """
    judged = [item for item in items if _is_ordered(item) and min(_grades(item)) > 1]
    return judged[-1:]


def _is_ordered(item: Item) -> bool:
    scale = item.form.scale(item.question)
    return scale is not None and scale.ordered


def _grades(item: Item) -> tuple[int, int]:
    """How many answers speak for good practice, and how many against it."""
    against = sum(segment.negative for segment in item.segments)
    return len(item.segments) - against, against


def _worst(items: Sequence[Item]) -> tuple[Item, ...]:
    """Questions with enough answers for a share, by share of negative ones."""

    def share(item: Item) -> float:
        return (item.negative.numerator or 0) / item.answered if item.negative else 0.0

    ranked = [item for item in items if item.negative and item.negative.numerator and item.answered >= LEAST_FOR_SHARE]
    return tuple(sorted(ranked, key=share, reverse=True)[:WORST])


def _parts(form: Form, items: Sequence[Item]) -> Iterator[Part]:
    for block in form.blocks:
        codes = {question.code for question in block.questions}
        inside = tuple(item for item in items if item.question.code in codes)
        if inside:
            yield Part(block, inside)


def _asked_item(form: Form | None, items: Sequence[Item], question: str) -> Item | None:
    if question:
        found = next((item for item in items if item.question.code == question), None)
        if found is None and (form is None or form.question(question) is None):
            raise UnknownChoiceError(question)
        return found
    judged = _assessment(items) or [item for item in items if item.negative]
    return next(iter([*judged, *items]), None)


def _by_area(
    mission: Mission, item: Item | None, areas: Mapping[str, Area], change: int, viewer: Viewer
) -> ByArea | None:
    if item is None or not areas:
        return None
    titles = [segment.title for segment in item.segments if segment.negative] or [item.segments[0].title]
    spelling = str(item.negative.key) if item.negative else item.segments[0].key
    key = Key.parse(spelling)
    whole = key.without("area")
    keys = area_keys(whole, areas)
    found = figures(mission, keys.values(), as_of=change, viewer=viewer)
    tiles = tuple(Tile(areas[code], found[key], shade(found[key])) for code, key in keys.items())
    return ByArea(item, _joined(titles), tiles, any(tile.area.at for tile in tiles))


def _spreads(known: Mapping[Key, Figure], form: Form | None, analyst: bool) -> tuple[Figure, ...] | None:
    if not analyst or form is None:
        return None
    order = [question.code for question in form.questions()]
    found = [
        figure
        for key, figure in known.items()
        if figure.audience is Audience.ROOM and key.dimension("form") == form.code and figure.spread
    ]
    return tuple(sorted(found, key=lambda figure: order.index(figure.key.dimension("question"))))


def _chosen(there: Mapping[str, There], code: str) -> There | None:
    if code and code not in there:
        raise UnknownChoiceError(code)
    return there.get(code)


def _joined(titles: Sequence[Text]) -> Text:
    languages = sorted({tag for title in titles for tag in title.languages()})
    return Text.of({tag: ", ".join(title.shown(tag).string for title in titles) for tag in languages})
