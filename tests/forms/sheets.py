"""Small XLSForms as tests write them: rows as dictionaries, out comes the text or the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from paragraph8.domain.xlsforms.files import to_csv, to_xlsx
from paragraph8.domain.xlsforms.reading import Reading, read_xlsform

Row = dict[str, str]

YES_NO: list[Row] = [
    {"list_name": "yn", "name": "yes", "label::en": "Yes", "label::ru": "Да"},
    {"list_name": "yn", "name": "no", "label::en": "No", "label::ru": "Нет", "p8_negative": "yes"},
    {"list_name": "yn", "name": "unseen", "label::en": "Not seen", "label::ru": "Нет", "p8_missing": "not-observed"},
]
SETTINGS: Row = {
    "form_id": "visit",
    "version": "1",
    "form_title::en": "Visit",
    "form_title::ru": "Посещение",
    "p8_process": "voting",
}


def q(kind: str, name: str, **cells: str) -> Row:
    """A row of a survey with words in two languages and a section, unless said otherwise."""
    words = {"label::en": f"Question {name}", "label::ru": f"Вопрос {name}", "p8_section": "voting"}
    return {"type": kind, "name": name, **words, **{name.replace("__", "::"): cell for name, cell in cells.items()}}


def sheets(
    *survey: Row, choices: Sequence[Row] = YES_NO, rules: Sequence[Row] = (), **settings: str
) -> dict[str, list[list[str]]]:
    tables = {"survey": list(survey), "choices": list(choices), "settings": [{**SETTINGS, **settings}]}
    if rules:
        tables["p8_rules"] = list(rules)
    return {name: _table(rows) for name, rows in tables.items() if rows}


def _table(rows: Sequence[Row]) -> list[list[str]]:
    header = list(dict.fromkeys(column for row in rows for column in row))
    return [header, *([row.get(column, "") for column in header] for row in rows)]


def text(*survey: Row, **more: Any) -> bytes:
    return to_csv(sheets(*survey, **more))


def workbook(*survey: Row, **more: Any) -> bytes:
    return to_xlsx(sheets(*survey, **more))


def read(*survey: Row, languages: Sequence[str] = ("en", "ru"), **more: Any) -> Reading:
    return read_xlsform(text(*survey, **more), languages=languages)


def codes(reading: Reading) -> list[str]:
    return [found.code for found in reading.findings]
