"""What is said about the sheet of a workbook: row problems that a plain text file cannot have."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


SHEET_PROBLEMS: Mapping[str, Text] = {
    "above-header": _words(
        "Stands above the names of the columns; it is no row of the list: {raw}",
        "Баған атауларынан жоғары тұр; бұл тізімнің жолы емес: {raw}",
        "Стоит выше имен столбцов; это не строка списка: {raw}",
    ),
    "other-sheets": _words(
        "Sheet “{sheet}” was read. The workbook has others, which were not: {sheets}.",
        "«{sheet}» парағы оқылды. Кестеде оқылмаған басқа парақтар бар: {sheets}.",
        "Прочитан лист «{sheet}». В книге есть и другие, они не прочитаны: {sheets}.",
    ),
    "hidden-sheets": _words(
        "The workbook has hidden sheets, which were not read: {sheets}.",
        "Кестеде оқылмаған жасырын парақтар бар: {sheets}.",
        "В книге есть скрытые листы, они не прочитаны: {sheets}.",
    ),
    "hidden-sheet-read": _words(
        "Sheet “{sheet}”, which was read, is hidden in the workbook.",
        "Оқылған «{sheet}» парағы кестеде жасырылған.",
        "Прочитанный лист «{sheet}» в книге скрыт.",
    ),
    "hidden-rows": _words(
        "Hidden rows in the sheet: {n}. They were read like all others.",
        "Парақтағы жасырын жолдар: {n}. Олар да басқалары сияқты оқылды.",
        "Скрытых строк на листе: {n}. Они прочитаны как все остальные.",
    ),
    "formula-cell": _words(
        "Cell {cell} holds a formula. Its stored result may be out of date and was not "
        "read; put the value itself there.",
        "{cell} ұяшығында формула тұр. Оның сақталған нәтижесі ескірген болуы мүмкін, сондықтан оқылмады; орнына "
        "мәннің өзін жазыңыз.",
        "В ячейке {cell} стоит формула. Ее сохраненный результат мог устареть и не прочитан; впишите само значение.",
    ),
    "error-cell": _words(
        "Cell {cell} holds an error of the spreadsheet program ({value}); it counts as empty.",
        "{cell} ұяшығында кесте бағдарламасының қатесі тұр ({value}); ол бос деп саналды.",
        "В ячейке {cell} ошибка программы электронных таблиц ({value}); она считается пустой.",
    ),
    "rounded-number": _words(
        "Cell {cell} holds a number of more than 15 digits; the spreadsheet program has rounded it. Enter it as text.",
        "{cell} ұяшығындағы санда 15-тен көп цифр бар; кесте бағдарламасы оны дөңгелектеген. Оны "
        "мәтін ретінде енгізіңіз.",
        "В ячейке {cell} число, в котором больше 15 цифр; программа электронных таблиц его округлила. Введите его как "
        "текст.",
    ),
    "merged-cells": _words(
        "Cells {range} are merged; the value was read for the first of them alone, the others count as empty.",
        "{range} ұяшықтары біріктірілген; мән тек біріншісі үшін оқылды, қалғандары бос деп саналды.",
        "Ячейки {range} объединены; значение прочитано только для первой, остальные считаются пустыми.",
    ),
}
"""Code → what is said about it."""
