"""The XForm that pyxform makes of a workbook: what ODK Collect gets, and where our expressions come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .findings import Finding, finding
from .workbook import CHOICES, SETTINGS, SURVEY, Row, Sheet, Workbook

_OURS, _TITLE = "p8_", "form_title:"
_ELSEWHERE = ("submission_url", "public_key", "auto_send", "auto_delete")
"""Settings that would send answers to another server, or lock them for it."""
_ROW = re.compile(r"^\[row : (\d+)\]\s*")
_XFORMS = "{http://www.w3.org/2002/xforms}"
_CODES = {
    "PYREF_001": "bad-reference",
    "PYREF_002": "bad-reference",
    "PYREF_003": "unknown-reference",
    "NAMES_001": "same-name",
    "NAMES_004": "same-name",
    "HEADER_002": "two-columns",
}
"""What the converter refuses → what we say of it."""
_SHEET = re.compile(r"(?:On the |for sheet: )'(\w+)'")
_MOST_WARNINGS = 20


@dataclass(frozen=True)
class XForm:
    """The XForm as text, what is bound to each path, and the root's path."""

    xml: str
    binds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    root: str = "/data"


def to_xform(book: Workbook, *, title: str) -> tuple[XForm | None, list[Finding]]:
    """Convert; nothing and the reason where the converter refuses. `title` is the form's in one language: an XForm has
    room for one."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    findings = [
        finding("sent-elsewhere", sheet=SETTINGS, row=row.number, name=name)
        for row in book.sheet(SETTINGS).rows
        for name in _ELSEWHERE
        if row.cell(name) and name in ("submission_url", "public_key")
    ]
    said: list[str] = []
    try:
        made = convert(_sheets(book, title), warnings=said, validate=False, form_name="data").xform
    except PyXFormError as error:
        return None, [*findings, _refused(book, error)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        return None, [*findings, finding("pyxform", said=f"{type(error).__name__}: {error}"[:300])]
    findings += [_located(book, "xlsform-warning", text) for text in said[:_MOST_WARNINGS] if _matters(text)]
    return _parsed(made), findings


def _sheets(book: Workbook, title: str) -> dict[str, Any]:
    """What the converter gets: without our own columns, which are no business of a phone's."""
    sheets: dict[str, Any] = {"sheet_names": [name for name in (SURVEY, CHOICES, SETTINGS) if name in book.sheets]}
    for name in sheets["sheet_names"]:
        sheet: Sheet = book.sheet(name)
        kept = [column for column in sheet.columns if _goes_along(column)]
        sheets[name] = [_kept(row, kept) for row in sheet.rows]
        header = [*kept, *(["form_title"] if name == SETTINGS and "form_title" not in kept else [])]
        sheets[f"{name}_header"] = [dict.fromkeys(header)]
    for row in sheets.get(SETTINGS, ())[:1]:
        row["form_title"] = title
    return sheets


def _kept(row: Row, columns: list[str]) -> dict[str, str]:
    return {column: row.cells[column] for column in columns if row.cell(column)}


def _goes_along(column: str) -> bool:
    return not column.lower().startswith((_OURS, _TITLE)) and column.lower() not in _ELSEWHERE


def _refused(book: Workbook, error: Any) -> Finding:
    known = _CODES.get(getattr(getattr(error, "code", None), "name", ""), "")
    name = str((getattr(error, "context", None) or {}).get("q", ""))
    return _located(book, known or "pyxform", str(error), **({"name": name} if known else {}))


def _located(book: Workbook, code: str, said: str, **details: str) -> Finding:
    """The finding with the number that the row has in the file; the converter counts what it was given from 2."""
    found = _ROW.match(said)
    where = _SHEET.search(said)
    sheet = where[1] if where and where[1] in book.sheets else SURVEY
    rows = book.sheet(sheet).rows
    at = int(found[1]) - 2 if found else -1
    row = rows[at] if 0 <= at < len(rows) else None
    plain = _ROW.sub("", said).split(" Learn more:", maxsplit=1)[0].strip()[:400]
    return finding(
        code,
        sheet=sheet if row or where else "",
        row=row.number if row else 0,
        question=row.cell("name") if row and sheet == SURVEY else "",
        **(details or {"said": plain}),
    )


def _matters(warning: str) -> bool:
    """Missing translations are said in our words, and unknown columns do no harm."""
    lower = warning.lower()
    return not any(word in lower for word in ("translation", "missing columns", "validat", "java"))


def _parsed(xml: str) -> XForm:
    from defusedxml.ElementTree import fromstring

    root = fromstring(xml.encode())
    binds = {
        bind.get("nodeset", ""): {name.rpartition("}")[2]: value for name, value in bind.attrib.items()}
        for bind in root.iter(f"{_XFORMS}bind")
    }
    first = next(root.iter(f"{_XFORMS}instance"), None)
    top = first[0].tag.rpartition("}")[2] if first is not None and len(first) else "data"
    return XForm(xml, binds, f"/{top}")
