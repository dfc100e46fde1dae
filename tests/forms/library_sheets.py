"""The forms of the standard library as tests read them: sheets as rows, and the XForm that pyxform makes of them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pyxform.xls2json_backends import csv_to_dict
from pyxform.xls2xform import convert

import paragraph8

PLACE = Path(paragraph8.__file__).parent / "forms" / "library"
LANGUAGES = ("English (en)", "Қазақша (kk)", "Русский (ru)")
NAMES = (
    "opening",
    "voting",
    "counting",
    "tabulation",
    "incident",
    "campaign-event",
    "commission-session",
    "voter-list",
    "complaint-hearing",
    "weekly-rating",
)
TRANSLATED = ("label", "hint", "constraint_message")
FILLED_BY_PHONE = ("hidden", "start", "end")
GROUPS = ("begin_group", "end_group")


@dataclass(frozen=True)
class Library:
    """One form; every row has all its columns."""

    name: str
    survey: tuple[dict[str, str], ...]
    choices: tuple[dict[str, str], ...]
    settings: dict[str, str]
    rules: tuple[dict[str, str], ...]

    def questions(self) -> list[dict[str, str]]:
        """Rows that hold a question, those that the phone fills in included."""
        return [row for row in self.survey if row["type"] not in GROUPS]

    def asked(self) -> list[dict[str, str]]:
        """Rows that somebody answers."""
        return [row for row in self.questions() if row["type"] not in FILLED_BY_PHONE]

    def lists(self) -> dict[str, list[dict[str, str]]]:
        """The rows of each list of answers."""
        found: dict[str, list[dict[str, str]]] = {}
        for row in self.choices:
            found.setdefault(row["list_name"], []).append(row)
        return found

    def list_of(self, row: dict[str, str]) -> list[dict[str, str]]:
        """The answers of a question; none where it is no choice."""
        return self.lists()[row["type"].split()[1]] if row["type"].startswith("select_") else []


@cache
def sheets_of(name: str) -> dict[str, list[list[str]]]:
    """The rows of each sheet, the header among them."""
    sheets: dict[str, list[list[str]]] = {}
    sheet = ""
    with (PLACE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for first, *cells in csv.reader(lines):
            if first:
                sheet = first
                sheets[sheet] = []
            else:
                sheets[sheet].append(cells)
    return sheets


@cache
def library(name: str) -> Library:
    """The form as its CSV file has it."""
    sheets = {
        sheet: [dict(zip(columns, cells, strict=True)) for cells in rows]
        for sheet, (columns, *rows) in sheets_of(name).items()
    }
    (settings,) = sheets["settings"]
    return Library(name, tuple(sheets["survey"]), tuple(sheets["choices"]), settings, tuple(sheets["p8_rules"]))


@cache
def xform(name: str) -> tuple[str, tuple[str, ...]]:
    """The XForm and pyxform's warnings. pyxform knows neither the sheet of rules nor a title in several languages."""
    sheets: dict[str, Any] = csv_to_dict(str(PLACE / f"{name}.csv"))
    kept = {key: value for key, value in sheets.items() if not key.startswith("p8_rules")}
    kept["sheet_names"] = [sheet for sheet in sheets["sheet_names"] if sheet != "p8_rules"]
    (settings,) = sheets["settings"]
    plain = {column: value for column, value in settings.items() if not column.startswith("form_title")}
    plain["form_title"] = settings[f"form_title::{LANGUAGES[0]}"]
    kept |= {"settings": [plain], "settings_header": [dict.fromkeys(plain)]}
    result = convert(kept, validate=False, pretty_print=False)
    return result.xform, tuple(result.warnings)


def table(name: str) -> list[dict[str, str]]:
    """A list that the forms share: `indicators` or `sections`."""
    with (PLACE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def everything_written() -> list[tuple[str, str, tuple[str, str, str]]]:
    """Every text in three languages, with the form or list it stands in and its column."""
    found = []
    for name in NAMES:
        form = library(name)
        rows = [*form.survey, *form.choices, form.settings]
        found += [(name, column, words) for row in rows for column, words in texts_of(row)]
    for name in ("indicators", "sections"):
        found += [(name, column, words) for row in table(name) for column, words in texts_of(row)]
    return found


def texts_of(row: dict[str, str]) -> list[tuple[str, tuple[str, str, str]]]:
    """The translated columns of a row that say anything."""
    columns = dict.fromkeys(column.partition("::")[0] for column in row if "::" in column)
    texts = [(column, tuple(row[f"{column}::{language}"] for language in LANGUAGES)) for column in columns]
    return [(column, (words[0], words[1], words[2])) for column, words in texts if any(words)]
