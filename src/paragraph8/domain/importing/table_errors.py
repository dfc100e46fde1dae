"""Why bytes hold no table, in the languages of the product."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


NOT_A_TABLE: Mapping[str, Text] = {
    "empty": _words(
        "The file is empty: there is no line with names of columns.",
        "Файл бос: баған атаулары бар жол жоқ.",
        "Файл пуст: нет строки с именами столбцов.",
    ),
    "workbook": _words(
        "This is a workbook of a spreadsheet program. Save the sheet as CSV and import that file.",
        "Бұл электрондық кесте бағдарламасының файлы. Парақты CSV түрінде сақтап, сол файлды импорттаңыз.",
        "Это файл программы электронных таблиц. Сохраните лист как CSV и импортируйте полученный файл.",
    ),
    "old-workbook": _words(
        "This is a workbook in an old or binary format (.xls, .xlsb). Save it as .xlsx or CSV and import that file.",
        "Бұл – ескі немесе екілік пішімдегі кесте (.xls, .xlsb). Оны .xlsx не CSV түрінде сақтап, сол файлды "
        "импорттаңыз.",
        "Это книга в старом или двоичном формате (.xls, .xlsb). Сохраните ее как .xlsx или CSV и импортируйте "
        "полученный файл.",
    ),
    "open-document": _words(
        "This is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV and import that file.",
        "Бұл – OpenDocument кестесі (.ods). Оны .xlsx не CSV түрінде сақтап, сол файлды импорттаңыз.",
        "Это таблица OpenDocument (.ods). Сохраните ее как .xlsx или CSV и импортируйте полученный файл.",
    ),
    "locked-workbook": _words(
        "The workbook is protected with a password. Save it without one and import that file.",
        "Кесте құпиясөзбен қорғалған. Оны құпиясөзсіз сақтап, сол файлды импорттаңыз.",
        "Книга защищена паролем. Сохраните ее без пароля и импортируйте полученный файл.",
    ),
    "no-workbook": _words(
        "This is a packed file, but no workbook. Import an .xlsx or CSV file.",
        "Бұл – қысылған файл, бірақ кесте емес. .xlsx немесе CSV файлын импорттаңыз.",
        "Это упакованный файл, но не книга с таблицами. Импортируйте файл .xlsx или CSV.",
    ),
    "broken-workbook": _words(
        "The workbook is damaged and cannot be read. Open it in the spreadsheet program, save it anew and try again.",
        "Кесте файлы бүлінген, оны оқу мүмкін емес. Оны кесте бағдарламасында ашып, қайта сақтап, тағы байқап көріңіз.",
        "Файл книги поврежден и не читается. Откройте его в программе электронных таблиц, сохраните заново и "
        "попробуйте еще раз.",
    ),
    "huge-workbook": _words(
        "The workbook unpacks to more than can be read safely. Keep the sheet that is needed alone, delete empty rows "
        "and columns after the last cell, and save it again; or save it as CSV.",
        "Кесте қауіпсіз оқуға болатын көлемнен асып ашылады. Тек керек парақты қалдырып, соңғы ұяшықтан кейінгі бос "
        "жолдар мен бағандарды жойып, қайта сақтаңыз; немесе CSV түрінде сақтаңыз.",
        "Книга распаковывается в больший объем, чем можно безопасно прочитать. Оставьте только нужный лист, удалите "
        "пустые строки и столбцы после последней ячейки и сохраните снова; или сохраните лист как CSV.",
    ),
    "declaring-workbook": _words(
        "The workbook declares XML entities, which no spreadsheet program writes. It was not opened.",
        "Кесте XML нысандарын жариялайды, ал кесте бағдарламалары мұндайды жазбайды. Файл ашылмады.",
        "Книга объявляет сущности XML, чего программы электронных таблиц не делают. Файл не открыт.",
    ),
    "unknown-sheet": _words(
        "The workbook has no sheet “{sheet}”. Its sheets: {sheets}.",
        "Кестеде «{sheet}» парағы жоқ. Парақтары: {sheets}.",
        "В книге нет листа «{sheet}». Ее листы: {sheets}.",
    ),
    "which-sheet": _words(
        "No sheet begins with names of columns. Choose one of: {sheets}.",
        "Бірде-бір парақ баған атауларынан басталмайды. Мыналардың бірін таңдаңыз: {sheets}.",
        "Ни один лист не начинается с имен столбцов. Выберите один из листов: {sheets}.",
    ),
    "too-many-merged": _words(
        "Sheet “{sheet}” is full of merged cells. Unmerge them, so that every row stands for itself, and import again.",
        "«{sheet}» парағы біріктірілген ұяшықтарға толы. Әр жол дербес болуы үшін оларды ажыратып, қайта импорттаңыз.",
        "На листе «{sheet}» слишком много объединенных ячеек. Разъедините их, чтобы каждая строка была "
        "самостоятельной, и импортируйте снова.",
    ),
}
"""Code → what is wrong and what to do."""


class NotATableError(ValueError):
    """The bytes hold no table at all. `reason` is a code of `NOT_A_TABLE`; `details` are what its text quotes."""

    def __init__(self, reason: str, **details: str) -> None:
        self.reason = reason
        self.details = details
        super().__init__(str(self.text()))

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return Text.of({tag: string.format(**self.details) for tag, string in NOT_A_TABLE[self.reason].strings})
