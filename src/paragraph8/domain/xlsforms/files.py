"""The sheets of an XLSForm as the bytes of a file: a workbook, or one CSV. The same sheets give the same bytes."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO

Sheets = Mapping[str, Sequence[Sequence[str]]]

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook holds no zone
_MADE_IN_ZIP = (2000, 1, 1, 0, 0, 0)
_WIDE, _WIDEST = 12, 60


def to_csv(sheets: Sheets) -> bytes:
    """All sheets in one file, each behind a line with its name."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for name, rows in sheets.items():
        width = max(len(row) for row in rows)
        writer.writerow([name, *[""] * width])
        writer.writerows(["", *row] for row in rows)
    return out.getvalue().encode()


def to_xlsx(sheets: Sheets) -> bytes:
    """A workbook. Every cell is text, so that no cell can be taken for a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = "paragraph8"
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row, start=1):
                if text:
                    cell = sheet.cell(number, place)
                    cell.value = text
                    cell.data_type = "s"
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
                    cell.font = Font(bold=number == 1)
        for place in range(1, len(rows[0]) + 1):
            longest = max((len(row[place - 1]) for row in rows if len(row) >= place), default=0)
            sheet.column_dimensions[get_column_letter(place)].width = min(max(longest, _WIDE), _WIDEST)
        sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return _undated(out.getvalue())


def _undated(workbook: bytes) -> bytes:
    """The same package without the time at which it was written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _MADE_IN_ZIP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _without_modified(name, source.read(name)))
    return out.getvalue()


def _without_modified(name: str, part: bytes) -> bytes:
    """The writer stamps its own time into the properties."""
    if name != "docProps/core.xml":
        return part
    start, mark, rest = part.partition(b"<dcterms:modified")
    _old, end, after = rest.partition(b"</dcterms:modified>")
    return start + after if mark and end else part
