"""Area trees: the rows of a table become areas of any depth; cycles, lost parents and doubled codes are said by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from paragraph8.domain.places import LONGEST_CODE, LONGEST_PATH, AreaLine, area_paths
from paragraph8.domain.text import Text

from .row_problems import RowProblem, row_problem
from .station_problems import BLOCKING
from .tables import Table, TableRow

_UNUSABLE = re.compile(r"[\[\]{}=,:|/\s]")
_PLACE = re.compile(r"([1-9]|1\d|20)\s*/\s*([1-9]|1\d|20)\Z", re.ASCII)


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


AREA_MEANINGS: Mapping[str, Text] = {
    "code": _words("Code", "Код", "Код"),
    "parent": _words("Code of the area above", "Жоғары аумақтың коды", "Код вышестоящей территории"),
    "name_en": _words("Name in English", "Ағылшынша атауы", "Название на английском"),
    "name_kk": _words("Name in Kazakh", "Қазақша атауы", "Название на казахском"),
    "name_ru": _words("Name in Russian", "Орысша атауы", "Название на русском"),
    "zone": _words("Time zone", "Уақыт белдеуі", "Часовой пояс"),
    "at": _words("Place in the cartogram", "Картограммадағы орны", "Место в картограмме"),
}
AREA_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "area code", "area", "код", "аумақ коды", "код территории", "kato", "като"),
    "parent": ("parent", "parent code", "above", "within", "жоғары аумақ", "родитель", "вышестоящая", "код родителя"),
    "name_en": ("name", "name en", "english"),
    "name_kk": ("name kk", "атауы", "kazakh"),
    "name_ru": ("name ru", "название", "наименование", "russian"),
    "zone": ("zone", "time zone", "timezone", "уақыт белдеуі", "часовой пояс"),
    "at": ("at", "place", "tile", "cartogram", "картограмма", "место", "орны"),
}


@dataclass(frozen=True, kw_only=True)
class AreaIntake:
    """What a file of areas holds. Every area of `areas` has a path in the whole tree, mission included."""

    areas: tuple[AreaLine, ...]
    problems: tuple[RowProblem, ...]
    rows: int

    def blocking(self) -> bool:
        """Whether the file has to be refused."""
        return any(problem.code in BLOCKING for problem in self.problems)


def read_areas(
    table: Table, columns: Mapping[str, str], known: Iterable[AreaLine], *, holding: Iterable[str] = ()
) -> AreaIntake:
    """The areas of a table. `known` are the mission's, `holding` the codes of those that stations lie in."""
    before = {area.code: area for area in known}
    problems = list(table.problems)
    read: dict[str, tuple[TableRow, AreaLine]] = {}
    for row in table.rows:
        line = _area(row, columns, before, problems)
        if line is None:
            continue
        if line.code in read:
            first = read[line.code][0].number
            problems.append(row_problem(row.number, columns["code"], "duplicate-code", area=line.code, first=first))
            continue
        read[line.code] = (row, line)
    after = {code: area.parent for code, area in before.items()} | {
        code: line.parent for code, (_, line) in read.items()
    }
    _look_at_tree(read, after, before, frozenset(holding), columns, problems)
    _look_at_places(read, before, columns, problems)
    return AreaIntake(
        areas=tuple(line for _, line in read.values()), problems=tuple(sorted(problems)), rows=len(table.rows)
    )


def _area(
    row: TableRow, columns: Mapping[str, str], before: Mapping[str, AreaLine], problems: list[RowProblem]
) -> AreaLine | None:
    cells = {meaning: " ".join(row.cells.get(column, "").split()) for meaning, column in columns.items() if column}
    code = cells.get("code", "")
    old = before.get(code)

    def say(meaning: str, problem: str, **details: str) -> None:
        problems.append(row_problem(row.number, columns.get(meaning, ""), problem, **details))

    if row.extra:
        say("", "cells-shifted")
        return None
    if not code:
        say("code", "no-code")
        return None
    if len(code) > LONGEST_CODE or _UNUSABLE.search(code):
        say("code", "code-unusable", cell=code)
        return None
    zone, at = cells.get("zone", ""), cells.get("at", "")
    if zone and zone not in available_timezones():
        say("zone", "unknown-zone", cell=zone)
    match = _PLACE.match(at)
    if at and not match:
        say("at", "bad-place", cell=at)
    name = {tag: cells[f"name_{tag}"] for tag in ("en", "kk", "ru") if cells.get(f"name_{tag}")}
    return AreaLine(
        code=code,
        # What the file does not say of an area that is known stays as it is.
        name=Text.of({**(old.name.to_json() if old else {}), **name}),
        parent=cells.get("parent", "") if columns.get("parent") else (old.parent if old else ""),
        zone=zone if columns.get("zone") else (old.zone if old else ""),
        at=f"{match[1]}/{match[2]}" if match else (old.at if old and not columns.get("at") else ""),
    )


def _look_at_tree(
    read: Mapping[str, tuple[TableRow, AreaLine]],
    after: Mapping[str, str],
    before: Mapping[str, AreaLine],
    holding: frozenset[str],
    columns: Mapping[str, str],
    problems: list[RowProblem],
) -> None:
    paths, lost = area_paths(after)
    old_paths, _ = area_paths({code: area.parent for code, area in before.items()})
    column = columns.get("parent", "")
    for code, (row, line) in read.items():
        if line.parent and line.parent not in after:
            problems.append(row_problem(row.number, column, "unknown-parent", parent=line.parent))
        elif code in lost and _circles(code, after):
            problems.append(row_problem(row.number, column, "area-cycle", area=code))
        elif len(paths.get(code, "")) > LONGEST_PATH:
            problems.append(row_problem(row.number, column, "tree-too-deep", area=code))
    rows = {code: row.number for code, (row, _) in read.items()}
    for code in sorted(holding & paths.keys() & old_paths.keys()):
        was, now = old_paths[code].split("/")[0], paths[code].split("/")[0]
        if was != now:
            mover = next((step for step in reversed(paths[code].rstrip("/").split("/")) if step in rows), code)
            details = {"area": code, "was": was, "now": now}
            problems.append(row_problem(rows.get(mover, 0), column, "moves-stations", **details))


def _circles(code: str, parents: Mapping[str, str]) -> bool:
    """Whether following the areas above leads back to the area itself."""
    seen: set[str] = set()
    step = parents.get(code, "")
    while step and step not in seen:
        if step == code:
            return True
        seen.add(step)
        step = parents.get(step, "")
    return False


def _look_at_places(
    read: dict[str, tuple[TableRow, AreaLine]],
    before: Mapping[str, AreaLine],
    columns: Mapping[str, str],
    problems: list[RowProblem],
) -> None:
    """A place in the cartogram belongs to one area, the first that claims it."""
    taken = {area.at: code for code, area in before.items() if area.at and code not in read}
    for code, (row, line) in read.items():
        if not line.at:
            continue
        other = taken.setdefault(line.at, code)
        if other != code:
            problems.append(row_problem(row.number, columns.get("at", ""), "place-taken", cell=line.at, other=other))
            read[code] = (row, AreaLine(**{**vars(line), "at": ""}))
