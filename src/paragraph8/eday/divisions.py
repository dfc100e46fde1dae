"""Dividing a question: lines by area, setting and type of station, each as much as the viewer may see of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.figures import Figure, Key
from paragraph8.domain.forms import Form, Kind, Question
from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text
from paragraph8.evidence.queries import figures
from paragraph8.missions.models import Area, Mission
from paragraph8.places.labels import KIND_TITLES, SETTING_TITLES

from .figures import APP, SETTINGS, answer_key
from .gates import Shown, hidden_of, is_analyst, shown

Where = tuple[tuple[str, str], ...]
"""Dimensions of a key that say which part of the mission it is about; empty for all of it."""


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
class Asking:
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


@dataclass(frozen=True)
class Lines:
    """Lines of one question's tables."""

    asking: Asking
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


def crossed(where: Where, areas: Mapping[str, Area]) -> list[tuple[Text, tuple[Where, ...]]]:
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
