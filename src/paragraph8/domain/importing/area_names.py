"""Areas as a station list names them, found in the mission's tree or added to it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from paragraph8.domain.places import LONGEST_CODE, LONGEST_PATH, AreaLine
from paragraph8.domain.text import Text

from .cells import unspaced
from .station_keys import area_code


class AreaError(ValueError):
    """A row names no usable area: a code of `PLACE_PROBLEMS` and what its text quotes."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class AreaNames:
    """The areas of a mission by code and by name, and those that a list brings along (`brought`, by code).

    A name is looked for below the area that the row names before it, so that every region may have its own Central
    district. With `bring`, an unknown name becomes a new area.
    """

    def __init__(self, areas: Iterable[AreaLine], *, bring: bool, language: str) -> None:
        self.brought: dict[str, AreaLine] = {}
        self._bring = bring
        self._language = language
        self._parents: dict[str, str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._by_code: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        for area in areas:
            self._know(area)
        self.found = lru_cache(maxsize=65536)(self._found)

    def top(self, code: str) -> str:
        """The first-level area above."""
        while self._parents.get(code):
            code = self._parents[code]
        return code

    def used(self, codes: Iterable[str]) -> tuple[AreaLine, ...]:
        """Those brought along in or above which one of these areas lies, each behind the one above it."""
        needed = {step for code in set(codes) for step in self._trail(code)}
        return tuple(area for code, area in self.brought.items() if code in needed)

    def coded(self, cell: str) -> str:
        """The code of an area that the cell gives by code, or by a name that one area alone has."""
        cell = " ".join(cell.split())
        code = self._by_code.get(unspaced(cell))
        if code:
            return code
        named = {code for (_, name), code in self._by_name.items() if name == unspaced(cell)}
        if len(named) == 1:
            return named.pop()
        raise AreaError("unknown-area", cell=cell)

    def _found(self, names: tuple[str, ...]) -> str:
        """The code of the deepest area that the cells name, from the first level down. Levels between may be empty."""
        parent = ""
        names = tuple(" ".join(name.split()) for name in names)
        if not names[0]:
            raise AreaError("no-area")
        for name in names:
            if name:
                parent = self._below(parent, name)
        return parent

    def _below(self, parent: str, name: str) -> str:
        code = self._by_name.get((parent, unspaced(name)))
        if code:
            return code
        coded = self._by_code.get(unspaced(name))
        if coded and self._parents[coded] == parent:
            return coded
        if coded:
            above = self._parents[coded]
            raise AreaError("area-elsewhere", cell=name, parent=self._titles.get(above, "–"))
        if not self._bring:
            raise AreaError("unknown-area", cell=name)
        return self._new(parent, name)

    def _new(self, parent: str, name: str) -> str:
        own = area_code(name).replace("/", "-")
        code = f"{parent}.{own}" if parent and own else own
        path = len(code) + 1 + sum(len(step) + 1 for step in self._trail(parent))
        if not own or len(code) > LONGEST_CODE or path > LONGEST_PATH:
            raise AreaError("area-name-unusable", cell=name)
        area = AreaLine(code=code, name=Text.of({self._language: name}), parent=parent)
        self.brought[code] = area
        self._know(area)
        return code

    def _trail(self, code: str) -> list[str]:
        trail = []
        while code:
            trail.append(code)
            code = self._parents[code]
        return trail

    def _know(self, area: AreaLine) -> None:
        self._parents[area.code] = area.parent
        self._by_code[unspaced(area.code)] = area.code
        self._titles[area.code] = str(area.name) or area.code
        for _, name in area.name.strings:
            self._by_name.setdefault((area.parent, unspaced(name)), area.code)
