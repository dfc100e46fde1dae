"""The rows of a survey as a tree: which question stands in which group, under which path of the XForm.

What is wrong with the rows themselves is found here, before the converter for ODK is asked, so that it is said in the
reader's language and for all rows at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from paragraph8.domain.questions import Kind

from .columns import Columns, few
from .findings import Finding, finding
from .types import Part, Type, type_of
from .workbook import CHOICES, SURVEY, Row, Workbook

_NAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_CHOICE = re.compile(r"[^\[\]{}=,:|\s]+\Z")
_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^{}\s]+)\s*\}")
_OFF = frozenset({"yes", "true", "true()", "1"})
_MOST_FOUND = 200


@dataclass(frozen=True)
class Group:
    """A group that is open where a question stands."""

    name: str
    path: str
    row: Row
    repeats: bool = False


@dataclass(frozen=True)
class Item:
    """A question with where it stands."""

    name: str
    type: Type
    row: Row
    path: str
    groups: tuple[Group, ...]

    @property
    def repeats(self) -> str:
        """The repeat that it stands in, if it stands in one."""
        return next((group.name for group in self.groups if group.repeats), "")


@dataclass
class Structure:
    """The questions in the order of the form, the answers by list, what devices fill in, files that are looked into."""

    items: list[Item] = field(default_factory=list)
    lists: dict[str, list[Row]] = field(default_factory=dict)
    metadata: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    depth: int = 0
    findings: list[Finding] = field(default_factory=list)


def structure_of(book: Workbook, root: str = "/data") -> Structure:
    """Walk the rows. Errors stand in `findings`."""
    found = Structure()
    found.lists = _lists(book, found.findings)
    _Walk(book, found, root).walk()
    del found.findings[_MOST_FOUND:]
    return found


def disabled(row: Row) -> bool:
    """Whether the row is switched off."""
    return row.cell("disabled").lower() in _OFF


def list_name(row: Row) -> str:
    """The list that an answer belongs to, in both spellings of the column."""
    return row.cell("list_name") or row.cell("list name")


def _lists(book: Workbook, findings: list[Finding]) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    seen: set[tuple[str, str]] = set()
    columns = Columns(book.sheet(CHOICES).columns)
    for row in book.sheet(CHOICES).rows:
        listed, name = list_name(row), row.cell("name") or row.cell("value")
        problem = _choice_problem(row, listed, name, seen)
        if problem is None and columns.text(row, "label") is None:
            problem = finding("choice-without-label", sheet=CHOICES, row=row.number, list=listed, name=name)
        if problem:
            findings.append(problem)
        else:
            seen.add((listed, name))
            lists.setdefault(listed, []).append(row)
    return lists


def _choice_problem(row: Row, listed: str, name: str, seen: set[tuple[str, str]]) -> Finding | None:
    if not listed:
        return finding("choice-without-list", sheet=CHOICES, row=row.number, name=name)
    if not name:
        return finding("choice-without-name", sheet=CHOICES, row=row.number, list=listed)
    if not _CHOICE.match(name):
        return finding("bad-choice-name", sheet=CHOICES, row=row.number, name=name)
    if (listed, name) in seen:
        return finding("duplicate-choice", sheet=CHOICES, row=row.number, list=listed, name=name)
    return None


class _Walk:
    """From row to row, with the groups that are open."""

    def __init__(self, book: Workbook, found: Structure, root: str) -> None:
        self.rows = [row for row in book.sheet(SURVEY).rows if not disabled(row)]
        self.found = found
        self.root = root
        self.open: list[Group] = []
        self.columns = Columns(book.sheet(SURVEY).columns)
        self.names: dict[str, int] = {}

    def walk(self) -> None:
        for row in self.rows:
            for problem in self._row(row):
                self.found.findings.append(problem)
        for group in self.open:
            self._say("unbalanced", group.row)
        self._references()

    def _references(self) -> None:
        """Every question that a cell refers to must be there."""
        known = {row.cell("name") for row in self.rows} | set(self.found.metadata)
        for row in self.rows:
            cells = (cell for column, cell in row.cells.items() if column != "name")
            lacking = {name for cell in cells for name in _REFERENCE.findall(cell) if name not in known}
            for name in sorted(lacking):
                self._say("unknown-reference", row, name=name)

    def _say(self, code: str, row: Row, **details: str | int) -> None:
        self.found.findings.append(finding(code, sheet=SURVEY, row=row.number, question=row.cell("name"), **details))

    def _row(self, row: Row) -> Iterator[Finding]:
        written = row.cell("type")
        meant = type_of(written) if written else None
        if meant is None:
            code = "unknown-type" if written else "no-type"
            yield finding(code, sheet=SURVEY, row=row.number, question=row.cell("name"), type=written)
        elif meant.part in (Part.END_GROUP, Part.END_REPEAT):
            self._close(meant.part, row)
        elif meant.part is Part.METADATA:
            self.found.metadata.append(written)
        elif meant.part is Part.EXTERNAL:
            self.found.files.append(f"{row.cell('name')}.{written[:3].lower()}")
        elif self._named(row, group=meant.part is not Part.QUESTION):
            self._place(meant, row)

    def _close(self, part: Part, row: Row) -> None:
        repeats = part is Part.END_REPEAT
        if not self.open or self.open[-1].repeats is not repeats:
            self._say("unbalanced", row)
        else:
            self.open.pop()

    def _named(self, row: Row, *, group: bool) -> bool:
        name = row.cell("name")
        if not name:
            self._say("no-name", row)
            return group
        if not _NAME.match(name):
            self._say("bad-name", row, name=name)
            return False
        if name in self.names and not group:
            self._say("duplicate-name", row, other=self.names[name])
            return False
        if not group:
            self.names[name] = row.number
        return True

    def _place(self, meant: Type, row: Row) -> None:
        name = row.cell("name")
        above = self.open[-1].path if self.open else self.root
        if meant.part is not Part.QUESTION:
            self.open.append(Group(name, f"{above}/{name}", row, meant.part is Part.BEGIN_REPEAT))
            self.found.depth = max(self.found.depth, len(self.open))
            return
        if meant.list_name and meant.list_name not in self.found.lists and not meant.list_name.startswith("${"):
            self._say("no-list", row, list=meant.list_name)
            return
        if row.cell("type").strip().lower() == "calculate" and not row.cell("calculation"):
            self._say("no-calculation", row)
            return
        if meant.kind is not Kind.CALCULATION and not any(self.columns.text(row, part) for part in ("label", "hint")):
            self._say("no-label", row)
            return
        if meant.file:
            self.found.files.append(meant.file)
        self.found.items.append(Item(name, meant, row, f"{above}/{name}", tuple(self.open)))


def repeats_of(items: Mapping[str, list[Item]]) -> Iterator[Finding]:
    """What stands in repeats, one finding for each."""
    for name, inside in items.items():
        row = next(group.row for group in inside[0].groups if group.name == name)
        names = few(item.name for item in inside)
        yield finding("repeat", sheet=SURVEY, row=row.number, question=name, names=names)
