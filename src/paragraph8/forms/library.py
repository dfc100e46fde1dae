"""The standard library: XLSForms in three languages that a mission takes as they are, or changes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from paragraph8.domain.forms import PROCESSES
from paragraph8.domain.text import Text
from paragraph8.domain.xlsforms.columns import Columns
from paragraph8.domain.xlsforms.settings import settings_of
from paragraph8.domain.xlsforms.structure import structure_of
from paragraph8.domain.xlsforms.workbook import FormRefusedError, read_workbook

NAMES = ("sections", "indicators")
"""Tables beside the forms: what the codes of sections and indicators are called."""


@dataclass(frozen=True)
class Entry:
    """A form of the library, by the name of its file."""

    name: str
    code: str
    version: str
    title: Text
    process: str
    questions: int


@cache
def entries() -> tuple[Entry, ...]:
    """The forms in the order of the processes; none where the library is not installed."""
    found = [entry for name in _files() if name not in NAMES and (entry := _entry(name))]
    return tuple(sorted(found, key=lambda entry: (PROCESSES.index(entry.process), entry.name)))


def bytes_of_entry(name: str) -> bytes:
    """The file of a form of the library. Raises `KeyError`."""
    if name not in {entry.name for entry in entries()}:
        raise KeyError(name)
    return files(__package__).joinpath("library", f"{name}.csv").read_bytes()


@cache
def names_of(table: str) -> dict[str, Text]:
    """The titles of sections or indicators by their codes."""
    place = files(__package__).joinpath("library", f"{table}.csv")
    if not place.is_file():
        return {}
    from paragraph8.domain.importing.tables import read_table

    rows = read_table(place.read_bytes())
    columns = Columns(rows.columns)
    found = {}
    for row in rows.rows:
        strings = {tag: row.cells.get(column, "") for tag, column in columns.of("title")}
        found[row.cells.get("code", "")] = Text.of(strings)
    return found


def _files() -> Iterator[str]:
    folder = files(__package__).joinpath("library")
    if folder.is_dir():
        yield from sorted(file.name.removesuffix(".csv") for file in folder.iterdir() if file.name.endswith(".csv"))


def _entry(name: str) -> Entry | None:
    try:
        book = read_workbook(files(__package__).joinpath("library", f"{name}.csv").read_bytes())
    except FormRefusedError:
        return None
    settings = settings_of(book, [])
    items = structure_of(book).items
    asked = sum(item.type.kind is not None and item.type.kind not in _NOT_ASKED for item in items)
    return Entry(name, settings.code, settings.version, settings.title, settings.process, asked)


_NOT_ASKED = ("note", "calculation")
