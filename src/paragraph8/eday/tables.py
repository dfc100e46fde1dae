"""Tables: what a form's answers say, question by question and for one question by area, setting and type of station."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.figures import REFUSALS, Figure, Key
from paragraph8.domain.forms import COUNTED, Form, Question, Use
from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.queries import live
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.places.labels import KIND_TITLES, SETTING_TITLES

from .boards import Board, board
from .divisions import Asking, Counted, Crossing, Group, Line, Lines, Where, counted, crossed, divisions
from .figures import APP, SETTINGS
from .gates import is_analyst, open_to
from .items import Item, Reader
from .moments import Moment, moment
from .questions import Part, UnknownChoiceError, form_keys, parts, spreads


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty strings narrow nothing. `compare` asks for a comparison over time."""

    form: str = ""
    question: str = ""
    area: str = ""
    setting: str = ""
    kind: str = ""
    as_of: str = ""
    at: str = ""
    compare: str = ""

    @property
    def where(self) -> Where:
        """The part of the mission."""
        named = (("area", self.area), ("kind", self.kind), ("setting", self.setting))
        return tuple(pair for pair in named if pair[1])

    @property
    def past(self) -> bool:
        """Whether it is not the present."""
        return bool(self.as_of or self.at)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """What stays in the address when the hour changes."""
        named = (("form", self.form), ("question", self.question), *self.where)
        return tuple(pair for pair in named if pair[1])


@dataclass(frozen=True)
class Reached:
    """Stations visited of those on the list, in the part that is shown, by reports of any form."""

    visited: int
    frame: int


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Everything that the page shows. With a question chosen, `groups` and `crossing` are of it, else `parts` hold all
    questions of the form. `base` counts the observations; `compared` is why a comparison is refused."""

    asked: Asked
    moment: Moment
    forms: tuple[Form, ...]
    areas: tuple[Area, ...]
    kinds: tuple[tuple[str, Text], ...]
    form: Form | None = None
    question: Question | None = None
    base: Figure | None = None
    hidden: bool = False
    reached: Reached | None = None
    parts: tuple[Part, ...] = ()
    spreads: tuple[Figure, ...] = ()
    counted: tuple[Counted, ...] = ()
    whole: Line | None = None
    groups: tuple[Group, ...] = ()
    crossing: Crossing | None = None
    refused: Text | None = None
    compared: Text | None = None

    @property
    def settings(self) -> tuple[tuple[str, Text], ...]:
        """Town and village."""
        return tuple(SETTING_TITLES.items())


def tables(mission: Mission, asked: Asked, *, viewer: Viewer, now: datetime) -> Tables:
    """The tables that the address asks for.

    Raises `UnknownChoiceError` and `UnknownMomentError` for what there is not, and `NotAllowedError`.
    """
    change = Snapshot.objects.filter(mission=mission).values_list("change_number", flat=True).first() or 0
    at = moment(mission, as_of=asked.as_of, at=asked.at, live=change, now=now, viewer=viewer)
    change, known = live(mission, viewer=viewer, as_of=at.change if asked.past else None)
    forms, areas = latest_forms(mission), first_level_areas_of(mission)
    _require(asked, forms, areas)
    reader = Reader(known)
    form = forms.get(asked.form) or max(forms.values(), key=reader.observations, default=None)
    page = Tables(
        asked=asked,
        moment=at,
        forms=tuple(forms.values()),
        areas=tuple(areas.values()),
        kinds=tuple(KIND_TITLES.items()),
        form=form,
        compared=comparison_refused() if asked.compare else None,
    )
    if form is None or not change:
        return page
    if not mission.kind.observes_systematically:
        return replace(page, refused=REFUSALS["format-without-statistics"])
    asking = Asking(mission, form, change, viewer, known)
    kept = board(mission, as_of=change, viewer=viewer, now=None if asked.past else now)
    question = _question(form, asked.question)
    base = asking.figures([Key.of(APP, "observations", form=form.code, **dict(asked.where))])
    page = replace(page, base=next(iter(base.values())), reached=_reached(kept, asked.where))
    if page.base is not None and asked.where and not open_to(page.base, mission, viewer=viewer):
        return replace(page, hidden=True)
    if question is None:
        return _whole_form(page, asking)
    return _one_question(page, asking, question, areas)


def comparison_refused() -> Text:
    """Why observed counts of two moments are not compared."""
    return REFUSALS["comparison-of-observations"]


def _whole_form(page: Tables, asking: Asking) -> Tables:
    """All questions of the form in the part that is asked for."""
    where = dict(page.asked.where)
    found = asking.figures(form_keys(asking.form, **where))
    items = list(Reader(found, where).items(asking.form))
    analyst = is_analyst(asking.mission, viewer=asking.viewer)
    return replace(
        page,
        parts=tuple(parts(asking.form, _open(items, asking, bool(where)))),
        spreads=spreads(asking.known, asking.form) if analyst and not where else (),
    )


def _open(items: Sequence[Item], asking: Asking, divided: bool) -> list[Item]:
    """The questions of a part of the mission that may be shown; of the whole mission all."""
    if not divided or is_analyst(asking.mission, viewer=asking.viewer):
        return list(items)
    seen = (asking.mission, asking.viewer)
    return [item for item in items if item.negative is None or open_to(item.negative, seen[0], viewer=seen[1])]


def _one_question(page: Tables, asking: Asking, question: Question, areas: Mapping[str, Area]) -> Tables:
    """One question: the whole, then by area, setting and type, and its main number by area and setting."""
    counts = counted(asking.form, question)
    ways = divisions(page.asked.where, areas)
    wheres = [page.asked.where, *(where for _, pairs in ways for _, where in pairs)]
    rows = crossed(page.asked.where, areas)
    keys = [each.key(asking.form, question, where) for where in wheres for each in counts]
    keys += [counts[0].key(asking.form, question, where) for _, row in rows for where in row]
    found = asking.figures(keys)
    lines = Lines(asking, question, counts, found)
    return replace(
        page,
        question=question,
        counted=counts,
        whole=lines.line(Text.of(""), page.asked.where, frozenset()),
        groups=tuple(Group(code, lines.lines(pairs)) for code, pairs in ways),
        crossing=lines.crossing(rows) if rows else None,
    )


def _reached(kept: Board, where: Where) -> Reached:
    held = dict(where)

    def inside(spot: tuple[str, str, str]) -> bool:
        area, setting, kind = spot
        here = {"area": area, "setting": setting, "kind": kind}
        return all(here[name] == value for name, value in held.items())

    return Reached(
        sum(n for spot, n in kept.visited.items() if inside(spot)),
        sum(n for spot, n in kept.frame.items() if inside(spot)),
    )


def _require(asked: Asked, forms: Mapping[str, Form], areas: Mapping[str, Area]) -> None:
    """Raises `UnknownChoiceError` for a choice that the mission does not have."""
    for code, known in (
        (asked.form, set(forms)),
        (asked.area, set(areas)),
        (asked.setting, set(SETTINGS)),
        (asked.kind, {kind.value for kind in StationKind}),
    ):
        if code and code not in known:
            raise UnknownChoiceError(code)


def _question(form: Form, code: str) -> Question | None:
    """The question of that code, if it has answers to count."""
    if not code:
        return None
    question = form.question(code)
    if question is None or question.use is not Use.PLAIN or question.kind not in COUNTED:
        raise UnknownChoiceError(code)
    return question
