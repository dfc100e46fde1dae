"""Tables as files: CSV, XLSX and Parquet, each with its codebook, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from paragraph8.domain.text import Text

from .table_rows import COLUMNS, Row, codebook

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet program."""
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same table is the same bytes."""


class MissingExtraError(RuntimeError):
    """The format needs the extra `big`, which is not installed."""


@dataclass(frozen=True)
class File:
    """A file to download."""

    name: str
    media: str
    data: bytes


def table_file(kind: str, stem: str, rows: Sequence[Row], *, notice: Text | None, language: str) -> File:
    """The table in one format. Raises `MissingExtraError`, and `KeyError` for a format that there is not."""
    lines = _readme(notice, language)
    return KINDS[kind](stem, rows, lines)


def _csv(stem: str, rows: Sequence[Row], readme: str) -> File:
    table = _written([[column.name for column in COLUMNS], *([_cell(v) for v in row.values()] for row in rows)])
    return _zip(f"{stem}.csv", table, stem, readme)


def _xlsx(stem: str, rows: Sequence[Row], readme: str) -> File:
    """A workbook with the table, the codebook and what the file says of itself."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("table")
    sheet.append([column.name for column in COLUMNS])
    for row in rows:
        sheet.append([_guarded(value) for value in row.values()])
    codes = book.create_sheet("codebook")
    for line in (("column", "kind", "meaning"), *codebook()):
        codes.append(list(line))
    about = book.create_sheet("about")
    for text in readme.splitlines():
        about.append([_guarded(text)])
    held = io.BytesIO()
    book.save(held)
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return File(f"{stem}.xlsx", media, held.getvalue())


def _parquet(stem: str, rows: Sequence[Row], readme: str) -> File:
    """Parquet with typed columns. Nothing runs a cell of it, so that texts stand as they are."""
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError("big") from error
    types = {"text": polars.String, "integer": polars.Int64, "number": polars.Float64}
    schema = {column.name: types[column.kind] for column in COLUMNS}
    frame = polars.DataFrame([dict(row) for row in rows], schema=schema, orient="row")
    held = io.BytesIO()
    frame.write_parquet(held)
    return _zip(f"{stem}.parquet", held.getvalue(), stem, readme)


KINDS: Mapping[str, Callable[[str, Sequence[Row], str], File]] = {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}
"""What a table can be downloaded as."""


def _zip(name: str, table: bytes, stem: str, readme: str) -> File:
    """The table with its codebook and a few words in one archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        files = ((name, table), ("codebook.csv", _codes()), ("README.txt", readme.encode()))
        for each, data in files:
            archive.writestr(zipfile.ZipInfo(each, _STAMP), data, zipfile.ZIP_DEFLATED)
    ending = name.rpartition(".")[2]
    return File(f"{stem}-{ending}.zip", "application/zip", held.getvalue())


def _codes() -> bytes:
    return _written([("column", "kind", "meaning"), *codebook()])


def _written(lines: Iterable[Sequence[object]]) -> bytes:
    """CSV as RFC 4180 has it, in UTF-8 with the mark that spreadsheet programs need."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: object) -> str:
    return "" if value is None else str(_guarded(value))


def _guarded(value: object) -> object:
    """A text that no spreadsheet program takes for a formula; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _readme(notice: Text | None, language: str) -> str:
    words = {
        "en": "Counts of observations: of the stations that observers visited, which nobody drew at random. They are "
        "no estimate for the country, have no margin of error, and are not compared over time. Each row names its "
        "figure (key) and the change of the mission log that it is as of (as_of).",
        "kk": "Байқаулар саны: байқаушылар барған, ешкім кездейсоқ таңдамаған учаскелер бойынша. Бұл ел бойынша "
        "бағалау емес, қателік шегі жоқ, уақыт бойынша салыстырылмайды. Әр жолда көрсеткіштің кілті (key) мен миссия "
        "журналының өзгеріс нөмірі (as_of) бар.",
        "ru": "Числа наблюдений: на участках, где были наблюдатели и которые никто не отбирал случайно. Это не оценка "
        "по стране, погрешности у них нет, и во времени их не сравнивают. В каждой строке назван показатель (key) и "
        "номер изменения журнала миссии, на который он приведен (as_of).",
    }
    said = [notice.shown(language).string] if notice else []
    return "\n\n".join([*said, words.get(language, words["en"])]) + "\n"
