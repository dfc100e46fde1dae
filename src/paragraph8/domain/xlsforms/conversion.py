"""The questions of a workbook and the expressions of its XForm → a form of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from paragraph8.domain.expressions import Expression, Tree, both
from paragraph8.domain.forms import Block, Form
from paragraph8.domain.questions import Kind, Question, Scale
from paragraph8.domain.text import Text
from paragraph8.domain.xpaths import OutsideGrammarError, tree_of

from . import meaning
from .columns import Columns
from .findings import Finding, finding
from .settings import Settings
from .structure import Group, Item, Structure, repeats_of
from .texts import ODK_ONLY, OUTSIDE, PARTS
from .workbook import CHOICES, SURVEY, Row, Workbook
from .xform import XForm

_ATTRIBUTES = {"relevant": "relevant", "constraint": "constraint", "required": "required", "calculation": "calculate"}
"""What is said of a part → the attribute of the bind that holds it."""


class Conversion:
    """One conversion; `findings` grows while it goes on."""

    def __init__(self, book: Workbook, structure: Structure, xform: XForm, settings: Settings) -> None:
        self.book = book
        self.structure = structure
        self.xform = xform
        self.settings = settings
        self.findings: list[Finding] = []
        self.columns = Columns(book.sheet(SURVEY).columns, settings.language)
        self.codes = {self._path(item.path): item.name for item in structure.items if not item.repeats}
        self.scales: dict[str, Scale] = {}

    def form(self) -> Form:
        """The form."""
        asked = [item for item in self.structure.items if not item.repeats]
        choices = Columns(self.book.sheet(CHOICES).columns, self.settings.language)
        used = {item.type.list_name for item in asked}
        for code, rows in self.structure.lists.items():
            if code not in used:
                continue
            self.scales[code] = meaning.scale_of(code, rows, choices, self.findings)
        blocks = tuple(self._blocks(asked))
        names = {item.name: item for item in asked if item.type.kind is not Kind.NOTE}
        return Form(
            code=self.settings.code,
            version=self.settings.version,
            process=self.settings.process,
            title=self.settings.title,
            scales=tuple(self.scales.values()),
            blocks=blocks,
            rules=meaning.rules_of(self.book, names, self.findings),
            beyond=tuple(self._beyond()),
        )

    def _path(self, path: str) -> str:
        """A path as the XForm has it."""
        return self.xform.root + path.removeprefix("/data")

    def _beyond(self) -> Iterator[str]:
        inside: dict[str, list[Item]] = {}
        for item in self.structure.items:
            if item.repeats:
                inside.setdefault(item.repeats, []).append(item)
        self.findings += repeats_of(inside)
        for items in inside.values():
            yield from (item.name for item in items)

    def _blocks(self, items: Sequence[Item]) -> Iterator[Block]:
        """Questions that follow each other in the same group stand together."""
        used: dict[str, int] = {}
        for groups, inside in groupby(items, key=lambda item: item.groups):
            code = groups[-1].name if groups else "form"
            used[code] = used.get(code, 0) + 1
            relevant = self._of_groups(groups)
            yield Block(
                code=code if used[code] == 1 else f"{code}-{used[code]}",
                title=self._title_of(groups),
                questions=tuple(self._question(item, within=relevant) for item in inside),
                relevant=relevant,
            )

    def _title_of(self, groups: Sequence[Group]) -> Text:
        """The titles of the groups that are open, one inside the other; the form's where none has any."""
        titles = [title for group in groups if (title := self.columns.text(group.row, "label"))]
        if not titles:
            return self.settings.title
        languages = dict.fromkeys(tag for title in titles for tag, _ in title.strings)
        return Text.of({tag: " – ".join(title.shown(tag).string for title in titles) for tag in languages})

    def _of_groups(self, groups: Sequence[Group]) -> Expression | None:
        """The condition of all groups that are open."""
        met = [
            expression
            for group in groups
            if (expression := self._expression("relevant", group.path, group.row, group.name))
        ]
        if not met:
            return None
        xpath = met[0].xpath if len(met) == 1 else " and ".join(f"({each.xpath})" for each in met)
        tree: Tree | None = met[0].tree
        for each in met[1:]:
            tree = both(tree, each.tree) if tree is not None and each.tree is not None else None
        return Expression(xpath, tree)

    def _expression(self, what: str, path: str, row: Row, name: str) -> Expression | None:
        """An expression of a bind; what lies outside the grammar is said."""
        own = self._path(path)
        xpath = self.xform.binds.get(own, {}).get(_ATTRIBUTES[what], "").strip()
        if not xpath or (what == "required" and xpath == "false()"):
            return None
        try:
            return Expression(xpath, tree_of(xpath, self.codes, own, condition=what != "calculation"))
        except OutsideGrammarError as error:
            said = _with_word(OUTSIDE[error.reason], error.word)
            part = PARTS[what]
            self._say("outside-grammar", row, name, what=part, said=said)
            return Expression(xpath)

    def _question(self, item: Item, *, within: Expression | None) -> Question:
        row, kind = item.row, item.type.kind or Kind.TEXT
        scale = self.scales.get(item.type.list_name)
        question = Question(
            code=item.name,
            title=self.columns.text(row, "label") or Text.of(item.name, language=self.settings.language),
            kind=kind,
            scale=item.type.list_name if kind in (Kind.CHOICE, Kind.CHOICES) else "",
            use=meaning.use_of(row, kind, self.findings),
            column=item.name,
            negative=meaning.negative_of(row, scale, self.findings),
            hint=self.columns.text(row, "hint"),
            indicator=row.cell("p8_indicator"),
            section=row.cell("p8_section").lower(),
            commitments=tuple(row.cell("p8_commitment").replace(",", " ").split()),
            constraint_text=self.columns.text(row, "constraint_message"),
            relevant=self._expression("relevant", item.path, row, item.name),
            constraint=self._expression("constraint", item.path, row, item.name),
            required=self._expression("required", item.path, row, item.name),
            calculate=self._expression("calculation", item.path, row, item.name),
        )
        question = self._bounded(item, question)
        reasons = list(self._only_odk(item, question, within))
        for reason in reasons:
            self._say("odk-only", row, item.name, said=reason)
        if reasons and question.required is not None:
            self._say("phone-cannot-send", row, item.name)
        return replace(question, phone=not reasons)

    def _bounded(self, item: Item, question: Question) -> Question:
        if item.type.range:
            return self._of_range(item, question)
        if question.kind is Kind.INTEGER and question.constraint and question.constraint.tree:
            low, high = bounds(question.constraint.tree, question.code)
            return replace(question, low=low, high=high) if low is None or high is None or low <= high else question
        return question

    def _of_range(self, item: Item, question: Question) -> Question:
        written = dict(part.partition("=")[::2] for part in item.row.cell("parameters").split())
        try:
            low, high, step = (float(written.get(name, default)) for name, default in _RANGE)
        except ValueError:
            low, high, step = 1.0, 0.0, 1.0
        if not (low < high and step > 0):
            self._say("bad-range", item.row, item.name)
            return question
        if not (low.is_integer() and step.is_integer()):
            return replace(question, kind=Kind.DECIMAL)
        return replace(question, low=int(low), high=int(high))

    def _only_odk(self, item: Item, question: Question, within: Expression | None) -> Iterator[Text]:
        """Why the phone app cannot ask it."""
        row = item.row
        if item.type.file:
            yield ODK_ONLY["list-in-file"]
        elif item.type.odk_only or (question.kind is Kind.PHOTO and row.cell("appearance") in _DRAWN):
            yield _with_word(ODK_ONLY["type"], row.cell("type"))
        if row.cell("choice_filter"):
            yield ODK_ONLY["choice-filter"]
        if item.type.or_other:
            yield ODK_ONLY["or-other"]
        if row.cell("read_only") or row.cell("readonly"):
            yield ODK_ONLY["read-only"]
        if any(each is not None and each.tree is None for each in (question.relevant, within, question.calculate)):
            yield ODK_ONLY["relevant"]

    def _say(self, code: str, row: Row, question: str, **details: str | int | Text) -> None:
        self.findings.append(finding(code, sheet=SURVEY, row=row.number, question=question, **details))


_RANGE = (("start", "1"), ("end", "10"), ("step", "1"))
_DRAWN = frozenset({"signature", "draw", "annotate"})


def bounds(tree: Tree, own: str) -> tuple[int | None, int | None]:
    """The lowest and the highest whole number that a constraint lets through, where it says so plainly."""
    low: int | None = None
    high: int | None = None
    for operator, one, other in _conjuncts(tree):
        if one != ("answer", own) or other[0] != "num" or "." in other[1]:
            return None, None
        if operator in (">", ">="):
            low = int(other[1]) + (operator == ">")
        elif operator in ("<", "<="):
            high = int(other[1]) - (operator == "<")
        else:
            return None, None
    return low, high


def _conjuncts(tree: Tree) -> Iterator[tuple[str, Tree, Tree]]:
    if tree[0] == "and":
        yield from _conjuncts(tree[1])
        yield from _conjuncts(tree[2])
    elif len(tree) == 3 and isinstance(tree[1], tuple) and isinstance(tree[2], tuple):
        yield tree[0], tree[1], tree[2]
    else:
        yield "", ("", ""), ("", "")


def _with_word(text: Text, word: str) -> Text:
    return Text.of({tag: string.replace("{word}", word) for tag, string in text.strings})


def by_name(structure: Structure) -> Mapping[str, Item]:
    """The questions by their names."""
    return {item.name: item for item in structure.items}
