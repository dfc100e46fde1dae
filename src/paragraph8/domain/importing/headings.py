"""Headings of a list: which column means what, guessed from its name in three languages and corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from paragraph8.domain.names import folded

_NUMBERED = re.compile(r"#\d+\Z")


def guess_columns(columns: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Meaning → column, each column once.

    `known` gives the headings of each meaning, the likelier ones first. A heading that is the same, letter case and
    marks aside, wins over one that begins the same way, and that over one that merely has the words in it.
    """
    names = {column: folded(_NUMBERED.sub("", column)) for column in columns}
    found: dict[str, str] = {}
    for fits in (_equal, _begins, _holds):
        for meaning, headings in known.items():
            if meaning in found:
                continue
            column = _first(names, [folded(heading) for heading in headings], fits, set(found.values()))
            if column:
                found[meaning] = column
    return found


def _first(names: Mapping[str, str], headings: Sequence[str], fits: Callable[[str, str], bool], taken: set[str]) -> str:
    for heading in headings:
        for column, name in names.items():
            if heading and column not in taken and fits(name, heading):
                return column
    return ""


def _equal(name: str, heading: str) -> bool:
    return name == heading


def _begins(name: str, heading: str) -> bool:
    return name.startswith(f"{heading} ")


def _holds(name: str, heading: str) -> bool:
    return len(heading) > 4 and f" {heading} " in f" {name} "
