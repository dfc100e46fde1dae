"""Two states of the same figures, figure by figure, and of the rows that they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import Figure, Key, Population
from paragraph8.domain.missions import Subject
from paragraph8.missions.models import Mission
from paragraph8.missions.queries import TeamsSeen, teams_seen

from .freezes import Opened
from .registry import apps

SAME_ANYWAY = ("as_of", "rows", "title")
"""What may differ between two figures that say the same: when, on which rows, under which words."""
_OF_FORM = re.compile(r"(observations|sample-\d+)-(?P<form>.+)")
SHOWN = 50
"""Reports that are named of each kind of change; the others are counted."""


@dataclass(frozen=True)
class Difference:
    """A figure that says something else; one side is `None` where only the other has the figure."""

    key: Key
    before: Figure | None
    after: Figure | None

    @property
    def figure(self) -> Figure:
        """The side that there is, the later one first."""
        found = self.after or self.before
        if found is None:
            raise ValueError(f"{self.key} differs in nothing")
        return found


@dataclass(frozen=True)
class Compared:
    """What differs, in the order of the keys, and how many figures say the same in both."""

    differences: tuple[Difference, ...]
    unchanged: int


@dataclass(frozen=True)
class RowsCompared:
    """How the rows of one population differ. The tuples name reports, as many as a page can show. `without_history`:
    the rows are of a register that is kept in its last state alone, so that nobody can tell what changed."""

    population: str
    form: str
    added: int
    removed: int
    changed: int
    reports_added: tuple[str, ...] = ()
    reports_removed: tuple[str, ...] = ()
    reports_changed: tuple[str, ...] = ()
    without_history: bool = False


def compare(before: Mapping[Key, Figure], after: Mapping[Key, Figure]) -> Compared:
    """Figure by figure: different in any number, in what was left out, in basis, origin or method."""
    keys = sorted({*before, *after}, key=str)
    found = [Difference(key, before.get(key), after.get(key)) for key in keys]
    differing = tuple(each for each in found if not says_the_same(each.before, each.after))
    return Compared(differing, len(found) - len(differing))


def says_the_same(before: Figure | None, after: Figure | None) -> bool:
    """Whether two figures of one key say the same."""
    return before is not None and after is not None and _said(before) == _said(after)


def compare_rows(mission: Mission, before: Opened, after: Opened, *, viewer: Viewer) -> list[RowsCompared]:
    """Of each population that figures of both freezes rest on and that differs: how many rows came, went and changed,
    and which reports these are, of the teams of which the viewer sees rows.

    Populations with equal digests are equal; the others are read again as of both changes. Raises `NotAllowedError`
    for who may see no reports.
    """
    seen = teams_seen(mission, viewer=viewer, action=Action.SEE_REPORTS, subject=Subject.ROWS)
    digests = [
        {figure.rows.population: figure.rows for figure in opened.figures.values() if figure.rows}
        for opened in (before, after)
    ]
    differing = {name for name in digests[0].keys() & digests[1].keys() if digests[0][name] != digests[1][name]}
    if not differing:
        return []
    codes = _codes(mission, seen)
    first, second = (_populations(mission, differing, opened) for opened in (before, after))
    nothing = Population("", ())
    return [
        _rows_compared(name, first.get(name, nothing), second.get(name, nothing), codes) for name in sorted(differing)
    ]


def _said(figure: Figure) -> dict[str, Any]:
    data = figure.to_json()
    return {name: value for name, value in data.items() if name not in SAME_ANYWAY}


def _codes(mission: Mission, seen: TeamsSeen) -> set[str | None] | None:
    """The codes of the teams of which rows are shown; `None` for all."""
    if seen.ids is None:
        return None
    codes = mission.teams.filter(pk__in=seen.ids).values_list("code", flat=True)
    return {*codes, *([None] if seen.teamless else [])}


def _populations(mission: Mission, names: set[str], opened: Opened) -> dict[str, Population]:
    """The rows of these names as of the freeze's change, from the rooms that have them and no others."""
    rooms = {figure.key.app for figure in opened.figures.values() if figure.rows and figure.rows.population in names}
    found: dict[str, Population] = {}
    for name in sorted(rooms):
        found |= apps()[name].populations(mission, as_of=opened.row.change_id)
    return {name: population for name, population in found.items() if name in names}


def _seen(population: Population, codes: set[str | None] | None) -> dict[str, Mapping[str, Any]]:
    return {
        str(row["row"]): row for row in population.rows if codes is None or "team" not in row or row["team"] in codes
    }


def _rows_compared(name: str, before: Population, after: Population, codes: set[str | None] | None) -> RowsCompared:
    first, second = _seen(before, codes), _seen(after, codes)
    added = sorted(second.keys() - first.keys())
    removed = sorted(first.keys() - second.keys())
    changed = sorted(row for row in first.keys() & second.keys() if first[row] != second[row])
    named = _OF_FORM.match(name)
    return RowsCompared(
        population=name,
        form=named["form"] if named else "",
        added=len(added),
        removed=len(removed),
        changed=len(changed),
        reports_added=tuple(_reports(added, second)),
        reports_removed=tuple(_reports(removed, first)),
        reports_changed=tuple(_reports(changed, second)),
        without_history=before.rows == after.rows,
    )


def _reports(rows: Sequence[str], inside: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Those rows that are reports: they have answers and a page. Of the rows of a drawn sample no report is named:
    before polls close, that would tell which stations were drawn."""
    yield from [row for row in rows if "answers" in inside[row] and "probability" not in inside[row]][:SHOWN]
