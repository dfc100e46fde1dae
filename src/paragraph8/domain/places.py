"""Places: areas of any depth, the stations of a list, and how one list differs from the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .missions import StationKind
from .text import Text
from .transliteration import romanized

LONGEST_PATH = 400
LONGEST_CODE = 60
NO_NAME = Text(())


@dataclass(frozen=True, kw_only=True)
class AreaLine:
    """An area as a list or a tree names it. `parent` is a code, empty for the first level."""

    code: str
    name: Text
    parent: str = ""
    zone: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class StationLine:
    """A station as a list has it. `area` is the code of the deepest area; what the list does not say is `None`."""

    key: str
    area: str = ""
    label: str = ""
    name: Text = NO_NAME
    address: str = ""
    kind: StationKind = StationKind.REGULAR
    registered: int | None = None
    urban: bool | None = None
    latitude: float | None = None
    longitude: float | None = None

    def likeness(self) -> str:
        """What two stations have in common when only the number changed: name, address and area."""
        said = romanized(" ".join([*(string for _, string in self.name.strings), self.address]) or self.label)
        return f"{self.area}|{said}" if said else ""


def area_paths(parents: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """Path of each area (codes from the first level down, each followed by "/"), and the codes that have none.

    `parents` is code → code of the parent, empty for the first level. An area has no path when it stands in a cycle,
    below one, or below a parent that is not there.
    """
    paths: dict[str, str] = {}
    lost: set[str] = set()
    for code in parents:
        trail: list[str] = []
        step = code
        while step and step not in paths and step not in lost and step not in trail and step in parents:
            trail.append(step)
            step = parents[step]
        broken = bool(step) and step not in paths
        for below in reversed(trail):
            if broken:
                lost.add(below)
            else:
                paths[below] = f"{paths.get(parents[below], '')}{below}/"
    return paths, frozenset(lost)


@dataclass(frozen=True)
class Tally:
    """Stations and registered voters; `unknown` stations have no number of voters."""

    stations: int = 0
    voters: int = 0
    unknown: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.stations + other.stations, self.voters + other.voters, self.unknown + other.unknown)


def rolled_up(paths: Mapping[int, str], own: Mapping[int, Tally]) -> dict[int, Tally]:
    """What each area holds together with everything below it; `own` is what lies in each area itself."""
    of_path: dict[str, Tally] = {}
    for pk, tally in own.items():
        path = paths.get(pk, "")
        while path:
            of_path[path] = of_path.get(path, Tally()) + tally
            path = path[: path.rstrip("/").rfind("/") + 1]
    return {pk: of_path.get(path, Tally()) for pk, path in paths.items()}


@dataclass(frozen=True)
class Change:
    """One difference: what kind, the key of the station in each list, and what was said before and now."""

    kind: str
    before: str
    now: str
    label: str
    was: str = ""
    becomes: str = ""
    voters_before: int | None = None
    voters_now: int | None = None


KINDS = ("added", "closed", "moved", "renumbered", "voters")
"""Kinds of differences, in the order in which they are told."""


@dataclass
class Differences:
    """How a list differs from the one before, as counts, sums of voters, and every single change."""

    same: int = 0
    changes: list[Change] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {kind: sum(change.kind == kind for change in self.changes) for kind in KINDS}

    def to_json(self, most: int) -> dict[str, Any]:
        """Counts, sums of voters before and now by kind, and the first changes of each kind."""
        by_kind = {kind: [change for change in self.changes if change.kind == kind] for kind in KINDS}
        return {
            "same": self.same,
            "counts": {kind: len(changes) for kind, changes in by_kind.items()},
            "voters": {
                kind: [sum(c.voters_before or 0 for c in changes), sum(c.voters_now or 0 for c in changes)]
                for kind, changes in by_kind.items()
            },
            "first": {kind: [vars(change) for change in changes[:most]] for kind, changes in by_kind.items()},
        }


def differences(before: Iterable[StationLine], now: Iterable[StationLine]) -> Differences:
    """Compare two lists. The same key is the same station; a station that is gone and one that is new are the same
    under another number when name, address and area agree and no third one shares them.

    A station may be told twice: as moved and for its voters.
    """
    old = {line.key: line for line in before}
    new = {line.key: line for line in now}
    found = Differences()
    gone = [line for key, line in old.items() if key not in new]
    fresh = [line for key, line in new.items() if key not in old]
    renumbered = _renumbered(gone, fresh)
    again = set(renumbered.values())
    for line in fresh:
        if line.key not in again:
            change = Change("added", "", line.key, line.label, becomes=line.area, voters_now=line.registered)
            found.changes.append(change)
    for line in gone:
        if line.key in renumbered:
            found.changes.append(_both("renumbered", line, new[renumbered[line.key]]))
        else:
            change = Change("closed", line.key, "", line.label, was=line.area, voters_before=line.registered)
            found.changes.append(change)
    for key, line in new.items():
        if key in old:
            _compare(old[key], line, found)
    return found


def _compare(old: StationLine, new: StationLine, found: Differences) -> None:
    told = len(found.changes)
    if old.area != new.area:
        found.changes.append(_both("moved", old, new))
    if old.registered != new.registered:
        found.changes.append(_both("voters", old, new))
    found.same += told == len(found.changes)


def _renumbered(gone: Iterable[StationLine], fresh: Iterable[StationLine]) -> dict[str, str]:
    """Old key → new key of stations whose likeness occurs once on each side."""
    left, right = _by_likeness(gone), _by_likeness(fresh)
    return {
        keys[0]: right[likeness][0]
        for likeness, keys in left.items()
        if len(keys) == 1 and len(right.get(likeness, ())) == 1
    }


def _by_likeness(lines: Iterable[StationLine]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        if likeness := line.likeness():
            found.setdefault(likeness, []).append(line.key)
    return found


def _both(kind: str, old: StationLine, new: StationLine) -> Change:
    return Change(kind, old.key, new.key, new.label, old.area, new.area, old.registered, new.registered)
