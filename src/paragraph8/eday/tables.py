"""Tables: what a form's answers say, question by question and for one question by area, setting and type of station."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.figures import REFUSALS, Figure, Key
from paragraph8.domain.forms import COUNTED, Form, Kind, Question, Use
from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text
from paragraph8.evidence.models import Snapshot
from paragraph8.evidence.queries import figures, live
from paragraph8.missions.models import Area, Mission
from paragraph8.missions.queries import first_level_areas_of, latest_forms
from paragraph8.places.labels import KIND_TITLES, SETTING_TITLES

from .boards import Board, board
from .figures import APP, SETTINGS, answer_key
from .gates import Shown, hidden_of, is_analyst, open_to, shown
from .items import Item, Reader
from .moments import Moment, moment
from .questions import Part, UnknownChoiceError, form_keys, parts, spreads

Where = tuple[tuple[str, str], ...]
"""Dimensions of a key that say which part of the mission it is about; empty for all of it."""


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
class Counted:
    """What is counted of a question: one answer, or all that speak against good practice together."""

    title: Text
    answers: tuple[str, ...]
    negative: bool
    tone: str = ""

    def key(self, form: Form, question: Question, where: Where) -> Key:
        """The key of the figure in one part of the mission."""
        if question.kind is Kind.INTEGER:
            return Key.of(APP, "at-least", form=form.code, question=question.code, n="1", **dict(where))
        return answer_key(form, question, self.answers, **dict(where))


@dataclass(frozen=True)
class Cell:
    """One number of a table."""

    figure: Figure
    shown: Shown


@dataclass(frozen=True)
class Line:
    """One part of the mission in a table: how many answered, how many did not, and each thing counted."""

    title: Text
    where: Where
    cells: tuple[Cell, ...]

    @property
    def hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return all(cell.shown is Shown.HIDDEN for cell in self.cells)

    @property
    def answered(self) -> int:
        """Answers."""
        return self.cells[0].figure.denominator or 0

    @property
    def left_out(self) -> int:
        """Observations without an answer."""
        return self.cells[0].figure.left_out_total()


@dataclass(frozen=True)
class Group:
    """Lines that divide the mission in one way."""

    code: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Crossing:
    """One question's main number by area (rows) and by setting (columns)."""

    counted: Counted
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Cell, ...]], ...]


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
    asking = _Asking(mission, form, change, viewer, known)
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
    return REFUSALS.get("comparison-of-observations", _NO_COMPARISON)


_NO_COMPARISON = Text.of(
    {
        "en": "Two observed counts are not subtracted from each other and show no trend: other stations stand behind "
        "each. Set them side by side, each with its own number of answers and its coverage.",
        "kk": "Байқалған екі сан бір-бірінен азайтылмайды және үрдісті көрсетпейді: әрқайсысының артында басқа "
        "учаскелер тұр. Оларды жауап саны мен қамтуын көрсетіп, қатар қойыңыз.",
        "ru": "Два числа наблюдений не вычитают друг из друга, и тенденции они не показывают: за каждым стоят другие "
        "участки. Поставьте их рядом, каждое со своим числом ответов и охватом.",
    }
)


@dataclass(frozen=True)
class _Asking:
    """Who asks for figures of which form, as of which change; what is at hand is not computed again."""

    mission: Mission
    form: Form
    change: int
    viewer: Viewer
    known: Mapping[Key, Figure]

    def figures(self, keys: Iterable[Key]) -> dict[Key, Figure]:
        """The figures of these keys."""
        wanted = list(dict.fromkeys(keys))
        found = {key: figure for key in wanted if (figure := self.known.get(key)) is not None}
        missing = [key for key in wanted if key not in found]
        if missing:
            found |= figures(self.mission, missing, as_of=self.change, viewer=self.viewer)
        return found


def _whole_form(page: Tables, asking: _Asking) -> Tables:
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


def _open(items: Sequence[Item], asking: _Asking, divided: bool) -> list[Item]:
    """The questions of a part of the mission that may be shown; of the whole mission all."""
    if not divided or is_analyst(asking.mission, viewer=asking.viewer):
        return list(items)
    seen = (asking.mission, asking.viewer)
    return [item for item in items if item.negative is None or open_to(item.negative, seen[0], viewer=seen[1])]


def _one_question(page: Tables, asking: _Asking, question: Question, areas: Mapping[str, Area]) -> Tables:
    """One question: the whole, then by area, setting and type, and its main number by area and setting."""
    counts = counted(asking.form, question)
    ways = divisions(page.asked.where, areas)
    wheres = [page.asked.where, *(where for _, pairs in ways for _, where in pairs)]
    crossed = _crossed(page.asked.where, areas)
    keys = [each.key(asking.form, question, where) for where in wheres for each in counts]
    keys += [counts[0].key(asking.form, question, where) for _, row in crossed for where in row]
    found = asking.figures(keys)
    lines = _Lines(asking, question, counts, found)
    return replace(
        page,
        question=question,
        counted=counts,
        whole=lines.line(Text.of(""), page.asked.where, frozenset()),
        groups=tuple(Group(code, lines.lines(pairs)) for code, pairs in ways),
        crossing=lines.crossing(crossed) if crossed else None,
    )


@dataclass(frozen=True)
class _Lines:
    """Lines of one question's tables."""

    asking: _Asking
    question: Question
    counts: tuple[Counted, ...]
    found: Mapping[Key, Figure]

    def line(self, title: Text, where: Where, hidden: frozenset[Key]) -> Line:
        keys = [each.key(self.asking.form, self.question, where) for each in self.counts]
        return Line(title, where, tuple(self._cell(key, hidden=keys[0] in hidden) for key in keys))

    def lines(self, pairs: Sequence[tuple[Text, Where]]) -> tuple[Line, ...]:
        """Lines that divide a whole; parts of which the list has nothing are left away."""
        hidden = self._hidden([where for _, where in pairs])
        made = (self.line(title, where, hidden) for title, where in pairs)
        return tuple(line for line in made if line.answered or line.left_out)

    def crossing(self, rows: Sequence[tuple[Text, tuple[Where, ...]]]) -> Crossing:
        hidden = self._hidden([where for _, wheres in rows for where in wheres])
        cells = tuple((title, tuple(self._first(where, hidden) for where in wheres)) for title, wheres in rows)
        seen = tuple(row for row in cells if any(cell.figure.denominator for cell in row[1]))
        return Crossing(self.counts[0], tuple(SETTING_TITLES[code] for code in SETTINGS), seen)

    def _first(self, where: Where, hidden: frozenset[Key]) -> Cell:
        key = self.counts[0].key(self.asking.form, self.question, where)
        return self._cell(key, hidden=key in hidden)

    def _cell(self, key: Key, *, hidden: bool) -> Cell:
        return Cell(self.found[key], shown(self.found[key], hidden=hidden))

    def _hidden(self, wheres: Sequence[Where]) -> frozenset[Key]:
        if is_analyst(self.asking.mission, viewer=self.asking.viewer):
            return frozenset()
        keys = [self.counts[0].key(self.asking.form, self.question, where) for where in wheres]
        return frozenset(hidden_of(keys, self.found))


def counted(form: Form, question: Question) -> tuple[Counted, ...]:
    """What is counted of a question: the negative answers together first, where there are several, then each answer."""
    if question.kind is Kind.INTEGER:
        return (Counted(_AT_LEAST_ONE, (), negative=False),)
    scale, bad = form.scale(question), form.negative(question)
    options = scale.options if scale else ()
    each = [Counted(option.title, (option.code,), option.code in bad) for option in options]
    each.sort(key=lambda one: not one.negative)
    together = [option for option in options if option.code in bad]
    if len(together) < 2:
        return tuple(each)
    languages = sorted({tag for option in together for tag in option.title.languages()})
    title = Text.of({tag: ", ".join(o.title.shown(tag).string for o in together) for tag in languages})
    return (Counted(title, tuple(sorted(option.code for option in together)), negative=True), *each)


_AT_LEAST_ONE = Text.of({"en": "at least one", "kk": "кемінде бір", "ru": "не менее одного"})


def divisions(where: Where, areas: Mapping[str, Area]) -> list[tuple[str, list[tuple[Text, Where]]]]:
    """The ways in which the part can still be divided."""
    held = dict(where)

    def within(name: str, code: str) -> Where:
        return tuple(sorted({**held, name: code}.items()))

    ways = {
        "area": [(area.title(), within("area", code)) for code, area in areas.items()],
        "setting": [(SETTING_TITLES[code], within("setting", code)) for code in SETTINGS],
        "kind": [(KIND_TITLES[kind.value], within("kind", kind.value)) for kind in StationKind],
    }
    return [(name, pairs) for name, pairs in ways.items() if name not in held and pairs]


def _crossed(where: Where, areas: Mapping[str, Area]) -> list[tuple[Text, tuple[Where, ...]]]:
    """Areas by setting, unless one of them is chosen already."""
    held = dict(where)
    if {"area", "setting"} & held.keys():
        return []
    return [
        (
            area.title(),
            tuple(tuple(sorted({**held, "area": code, "setting": setting}.items())) for setting in SETTINGS),
        )
        for code, area in areas.items()
    ]


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
