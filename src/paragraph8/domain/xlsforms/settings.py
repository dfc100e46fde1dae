"""The sheet "settings": code, version, title and what the form watches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paragraph8.domain.text import Text

from .columns import UNKNOWN_LANGUAGE, Columns, tag_of
from .findings import Finding, finding
from .meaning import process_of
from .workbook import SETTINGS, Row, Workbook

MOST_OF_CODE, MOST_OF_VERSION = 60, 30
_CODE = re.compile(r"[^\[\]{}=,:|\s/]+\Z")


@dataclass(frozen=True)
class Settings:
    """What the sheet says; `language` is that of texts whose column names none."""

    code: str
    version: str
    title: Text
    process: str
    language: str


def settings_of(book: Workbook, findings: list[Finding]) -> Settings:
    """Read the sheet; what is missing or cannot be stands in `findings`."""
    sheet = book.sheet(SETTINGS)
    row = sheet.rows[0] if sheet.rows else Row(0, {})
    language = tag_of(row.cell("default_language")) if row.cell("default_language") else "en"
    if language == UNKNOWN_LANGUAGE:
        language = "en"
    code = row.cell("form_id") or row.cell("id_string")
    version = row.cell("version")
    title = Columns(sheet.columns, language).text(row, "form_title") or Columns(sheet.columns, language).text(
        row, "title"
    )
    _say(row, findings, "no-form-id" if not code else "bad-form-id", code, _is_code(code))
    fits = len(version) <= MOST_OF_VERSION and " " not in version and "/" not in version
    _say(row, findings, "no-version" if not version else "bad-version", version, bool(version) and fits)
    if title is None:
        findings.append(finding("no-title", sheet=SETTINGS, row=row.number))
    return Settings(
        code=code,
        version=version,
        title=title or Text.of(code or "?", language=language),
        process=process_of(row, findings),
        language=language,
    )


def _is_code(code: str) -> bool:
    return len(code) <= MOST_OF_CODE and bool(_CODE.match(code))


def _say(row: Row, findings: list[Finding], problem: str, name: str, fits: bool) -> None:
    if not fits:
        findings.append(finding(problem, sheet=SETTINGS, row=row.number, name=name))
