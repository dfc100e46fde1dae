"""Row problems: what an import lists by row and column instead of losing or guessing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paragraph8.domain.text import Text

from .sheet_problems import SHEET_PROBLEMS

_MOST_CHARACTERS = 80


@dataclass(frozen=True, order=True)
class RowProblem:
    """One finding about a file.

    `row` is the line of the file on which the record starts (the header is usually line 1; 0 speaks of the whole
    file); `column` is the name of the column, empty where the whole row is meant; `details` are the values that the
    text of the code quotes. A line that became no row has its whole text in the detail `raw`.
    """

    row: int
    column: str
    code: str
    details: tuple[tuple[str, str | int], ...] = ()

    def text(self, more: Mapping[str, Text] | None = None) -> Text:
        """What was found and what became of it, in the languages of the product; long cells are cut.

        `more` are the texts of codes that a room has of its own.
        """
        values = {name: _short(value) for name, value in self.details}
        said = {**SHEET_PROBLEMS, **ROW_PROBLEMS, **(more or {})}[self.code]
        return Text.of({tag: string.format(**values) for tag, string in said.strings})

    def to_json(self) -> dict[str, Any]:
        """Canonical JSON data; the details are whole."""
        return {"row": self.row, "column": self.column, "code": self.code, "details": dict(self.details)}


def row_problem(row: int, column: str, code: str, **details: str | int) -> RowProblem:
    """A problem with its details in the order of their names."""
    return RowProblem(row, column, code, tuple(sorted(details.items())))


def _short(value: str | int) -> str | int:
    if isinstance(value, int) or len(value) <= _MOST_CHARACTERS:
        return value
    return value[:_MOST_CHARACTERS] + "…"


LISTED = frozenset({"unsplit-line", "repeated-header", "above-header"})
"""Codes of the lines that became no row: rows, listed lines and empty lines together are the lines of the file."""


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


ROW_PROBLEMS: Mapping[str, Text] = {
    "not-utf-8": _words(
        "Not written in UTF-8; read as {assumed}.",
        "UTF-8 кодтауымен жазылмаған; {assumed} деп оқылды.",
        "Записано не в UTF-8; прочитано как {assumed}.",
    ),
    "undecodable": _words(
        "Some bytes are no characters of {assumed}; “\ufffd” stands in their place.",
        "Кейбір байт {assumed} таңбасына сәйкес келмейді; орнында «\ufffd» тұр.",
        "Некоторые байты не являются знаками {assumed}; на их месте стоит «\ufffd».",
    ),
    "nul-character": _words(
        "The cell holds NUL characters, shown as “␀”: {cell}",
        "Ұяшықта NUL таңбасы бар, ол «␀» түрінде көрсетілген: {cell}",
        "В ячейке есть символы NUL, они показаны как «␀»: {cell}",
    ),
    "broken-quote": _words(
        "A quotation mark is out of place or never closes; the line was split as if it were a letter: {raw}",
        "Тырнақша орнында тұрған жоқ немесе жабылмаған; жол оны әріп деп санап бөлінді: {raw}",
        "Кавычка стоит не на месте или не закрыта; строка разделена так, будто это буква: {raw}",
    ),
    "unsplit-line": _words(
        "The line cannot be split into the columns of the file; its text is kept: {raw}",
        "Жолды файлдың бағандарына бөлу мүмкін емес; мәтіні сақталды: {raw}",
        "Строку нельзя разделить на столбцы файла; ее текст сохранен: {raw}",
    ),
    "repeated-header": _words(
        "The names of the columns stand here again; the line is no report.",
        "Бағандардың атаулары осы жерде қайталанған; бұл жол есеп емес.",
        "Здесь повторены имена столбцов; эта строка не отчет.",
    ),
    "duplicate-column": _words(
        "The header holds this name more than once; this column is kept as {name}.",
        "Бұл атау тақырыпта бірнеше рет кездеседі; осы баған {name} ретінде сақталды.",
        "Это имя встречается в заголовке несколько раз; данный столбец сохранен как {name}.",
    ),
    "unnamed-column": _words(
        "The column has no name; it is kept as {name}.",
        "Бағанның атауы жоқ; ол {name} ретінде сақталды.",
        "У столбца нет имени; он сохранен как {name}.",
    ),
    "too-short": _words(
        "Cells in the row: {cells}, columns in the file: {columns}; from here on the row counts as empty.",
        "Жолдағы ұяшықтар: {cells}, файлдағы бағандар: {columns}; осы жерден бастап жол бос деп саналды.",
        "Ячеек в строке: {cells}, столбцов в файле: {columns}; отсюда строка считается пустой.",
    ),
    "too-long": _words(
        "Cells in the row: {cells}, columns in the file: {columns}; which cell belongs to which column cannot be "
        "told, so no answer is read. All cells are kept.",
        "Жолдағы ұяшықтар: {cells}, файлдағы бағандар: {columns}; қай ұяшық қай бағанға жататыны белгісіз, сондықтан "
        "жауаптар оқылмады. Барлық ұяшық сақталды.",
        "Ячеек в строке: {cells}, столбцов в файле: {columns}; какая ячейка к какому столбцу относится, установить "
        "нельзя, поэтому ответы не прочитаны. Все ячейки сохранены.",
    ),
    "unmapped-column": _words(
        "The mapping does not name this column; its cells are kept with each report.",
        "Бұл баған сәйкестендіру файлында аталмаған; ұяшықтары әр есеппен бірге сақталды.",
        "Этот столбец не назван в файле соответствий; его ячейки сохранены с каждым отчетом.",
    ),
    "missing-column": _words(
        "The mapping names this column and the file lacks it; its question counts as not asked.",
        "Баған сәйкестендіру файлында аталған, бірақ файлда жоқ; сұрақ қойылмаған деп саналды.",
        "Столбец назван в файле соответствий, но в файле его нет; вопрос считается не заданным.",
    ),
    "unreadable-cell": _words(
        "“{cell}” is no answer to this question; it is kept as written and counted as unreadable.",
        "«{cell}» бұл сұрақтың жауабы емес; жазылғандай сақталды және оқылмаған деп есептелді.",
        "«{cell}» не является ответом на этот вопрос; сохранено как написано и учтено как нечитаемое.",
    ),
    "no-station": _words(
        "The polling station cannot be told (“{station}”); the report is kept without one.",
        "Сайлау учаскесі белгісіз («{station}»); есеп учаскесіз сақталды.",
        "Избирательный участок не установлен («{station}»); отчет сохранен без участка.",
    ),
    "unreadable-area": _words(
        "“{cell}” cannot be the name of an area; the polling station is kept without one.",
        "«{cell}» аумақ атауы бола алмайды; учаске аумақсыз сақталды.",
        "«{cell}» не может быть названием территории; участок сохранен без нее.",
    ),
    "repeated-record": _words(
        "The record of row {first} again, with the same cells; it is one report.",
        "{first}-жолдағы жазба дәл сол ұяшықтармен қайталанған; бұл бір есеп.",
        "Повтор записи из строки {first} с теми же ячейками; это один отчет.",
    ),
    "conflicting-record": _words(
        "The identifier of row {first} again, with other cells; both are kept, this one as a conflict.",
        "{first}-жолдағы идентификатор басқа ұяшықтармен қайталанған; екеуі де сақталды, мынасы – қайшылық ретінде.",
        "Идентификатор из строки {first} повторен с другими ячейками; сохранены обе записи, эта — как конфликт.",
    ),
    "station-in-several-areas": _words(
        "Reports put polling station {station} in different areas ({areas}); it is placed in the one named most.",
        "Есептерде {station} учаскесі әртүрлі аумаққа жатқызылған ({areas}); ол ең жиі аталған аумаққа қойылды.",
        "В отчетах участок {station} отнесен к разным территориям ({areas}); он помещен в ту, что названа чаще.",
    ),
}
"""Code → what is said about it; `SHEET_PROBLEMS` holds those of workbooks."""
