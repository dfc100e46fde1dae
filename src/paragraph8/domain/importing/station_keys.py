"""Station keys: one spelling for one polling station, out of the columns in which people name it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from paragraph8.domain.text import Text

from .cells import unspaced

LONGEST_KEY = 100
LONGEST_LABEL = 200
LONGEST_AREA = 60
_BREAKS_A_KEY = re.compile(r"[\[\]{}=,:|\s]+")

STEPS: Mapping[str, Callable[[str], str]] = {
    "strip": str.strip,
    "casefold": str.casefold,
    "collapse-spaces": lambda text: " ".join(text.split()),
    "remove-spaces": lambda text: "".join(text.split()),
    "strip-leading-zeros": lambda text: text.lstrip("0") or text[-1:],
}
"""Name of a step of normalisation → what it does; a mapping lists the steps in the order in which they are taken."""


@dataclass(frozen=True)
class StationKey:
    """The polling station of one row.

    `key` is what the row says, normalised. `attached` is false when it says nothing or what cannot be a key: then the
    report is kept and belongs to no station. `area` is the code of the area, empty if there is none.
    """

    key: str
    label: str = ""
    area: str = ""
    attached: bool = True


NO_STATION = StationKey("", attached=False)


@dataclass(frozen=True)
class AreaName:
    """An area as the file names it; `code` may stand in the key of a figure."""

    code: str
    name: Text

    def to_json(self) -> dict[str, object]:
        """The object that `missions.operations.add_areas` takes."""
        return {"code": self.code, "name": self.name.to_json()}


@dataclass(frozen=True)
class KeyPart:
    """One column of the key and the names of the steps that normalise it."""

    column: str
    steps: tuple[str, ...]

    def normalise(self, cell: str) -> str:
        """The part as it stands in the key."""
        for step in self.steps:
            cell = STEPS[step](cell)
        return cell


@dataclass(frozen=True, kw_only=True)
class StationColumns:
    """How a file names polling stations. `missing` are the unspaced codes that name none."""

    parts: tuple[KeyPart, ...]
    join: str
    missing: frozenset[str]
    label: str = ""
    area: str = ""
    area_language: str = "en"
    area_names: Mapping[str, Text]

    def columns(self) -> tuple[str, ...]:
        """The columns that the key is made of."""
        return tuple(part.column for part in self.parts)

    def station(self, cells: Mapping[str, str]) -> StationKey:
        """The station that the cells name. It is unattached only when every part of the key is a code for missing."""
        given = [cells.get(part.column, "") for part in self.parts]
        if not any(given):
            return NO_STATION
        key = self.join.join(part.normalise(cell) for part, cell in zip(self.parts, given, strict=True))
        named = any(unspaced(cell) not in self.missing for cell in given)
        return StationKey(
            key=key,
            label=self._filled(cells, self.label)[:LONGEST_LABEL],
            area=area_code(self._filled(cells, self.area)),
            attached=named and len(key) <= LONGEST_KEY,
        )

    def area_cell(self, cells: Mapping[str, str]) -> str:
        """The name of the area as the row spells it; empty when it is missing."""
        return self._filled(cells, self.area)

    def area_name(self, code: str, spellings: Counter[str]) -> AreaName:
        """The area under the name that the mapping gives it, else under its commonest spelling."""
        return AreaName(code, self.area_names.get(code) or Text.of({self.area_language: commonest(spellings)}))

    def _filled(self, cells: Mapping[str, str], column: str) -> str:
        cell = " ".join(cells.get(column, "").split()) if column else ""
        return "" if unspaced(cell) in self.missing else cell


def area_code(name: str) -> str:
    """The code of an area named so: one case, hyphens between words. Empty when the name can have none."""
    code = _BREAKS_A_KEY.sub("-", unicodedata.normalize("NFC", name).strip().casefold()).strip("-")
    return code if len(code) <= LONGEST_AREA else ""


def commonest(values: Counter[str]) -> str:
    """The value met most often; among equals the first by spelling, so that the order of rows does not matter."""
    return min(values, key=lambda value: (-values[value], value), default="")


def one_station(key: str, seen: Iterable[StationKey]) -> StationKey:
    """The station of several rows: under the label and in the area that most of them give."""
    rows = list(seen)
    labels = Counter(row.label for row in rows if row.label)
    areas = Counter(row.area for row in rows if row.area)
    return StationKey(key, commonest(labels), commonest(areas))
