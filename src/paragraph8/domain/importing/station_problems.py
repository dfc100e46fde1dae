"""What is said about single rows of a station list or an area tree, and which findings refuse the list."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


BLOCKING = frozenset(
    {
        "no-number",
        "number-too-long",
        "duplicate-number",
        "cells-shifted",
        "no-area",
        "unknown-area",
        "area-elsewhere",
        "area-name-unusable",
        "broken-letters",
        "no-code",
        "code-unusable",
        "duplicate-code",
        "unknown-parent",
        "area-cycle",
        "moves-stations",
        "unknown-zone",
        "tree-too-deep",
    }
)
"""With one of these the row cannot be taken, so that the file is refused unless such rows are to be left out."""

PLACE_PROBLEMS: Mapping[str, Text] = {
    "no-number": _words("The row has no station number.", "Жолда учаске нөмірі жоқ.", "В строке нет номера участка."),
    "number-too-long": _words(
        "“{cell}” is too long for a station number.",
        "«{cell}» учаске нөмірі үшін тым ұзын.",
        "«{cell}» слишком длинно для номера участка.",
    ),
    "duplicate-number": _words(
        "Station number {number} stands in row {first} already.",
        "{number} нөмірлі учаске {first}-жолда бар.",
        "Участок с номером {number} уже есть в строке {first}.",
    ),
    "cells-shifted": _words(
        "The row has more cells than there are columns, so that nobody can tell which belongs where.",
        "Жолдағы ұяшық бағаннан көп, сондықтан қайсысы қайда жататыны белгісіз.",
        "В строке больше ячеек, чем столбцов, поэтому неясно, какая куда относится.",
    ),
    "no-area": _words("The row names no area.", "Жолда аумақ көрсетілмеген.", "В строке не указана территория."),
    "unknown-area": _words(
        "The mission knows no area “{cell}”. Add it to the areas first, or let the list bring its areas.",
        "Миссия «{cell}» аумағын білмейді. Алдымен оны аумақтарға қосыңыз немесе тізім өз аумақтарын әкелсін.",
        "Территории «{cell}» миссия не знает. Сначала добавьте ее к территориям или разрешите списку принести свои.",
    ),
    "area-elsewhere": _words(
        "Area “{cell}” lies in “{parent}”, not where this row puts it.",
        "«{cell}» аумағы «{parent}» ішінде, бұл жол оны басқа жерге қояды.",
        "Территория «{cell}» находится в «{parent}», а строка помещает ее в другое место.",
    ),
    "area-name-unusable": _words(
        "“{cell}” cannot be the name of an area.",
        "«{cell}» аумақ атауы бола алмайды.",
        "«{cell}» не может быть названием территории.",
    ),
    "broken-letters": _words(
        "“{cell}” looks like letters that were read in a wrong encoding. Save the file as UTF-8 and import it again.",
        "«{cell}» қате кодтаумен оқылған әріптерге ұқсайды. Файлды UTF-8 түрінде сақтап, қайта импорттаңыз.",
        "«{cell}» похоже на буквы, прочитанные в неверной кодировке. Сохраните файл в UTF-8 и импортируйте снова.",
    ),
    "unknown-type": _words(
        "“{cell}” is no type of station; it counts as a regular one.",
        "«{cell}» учаске түрі емес; учаске кәдімгі деп саналды.",
        "«{cell}» не является типом участка; участок считается обычным.",
    ),
    "unknown-setting": _words(
        "“{cell}” says neither town nor village; that stays unknown.",
        "«{cell}» қала не ауыл екенін білдірмейді; бұл белгісіз болып қалады.",
        "«{cell}» не говорит, город это или село; это остается неизвестным.",
    ),
    "voters-not-a-number": _words(
        "“{cell}” is no number of voters; the number stays unknown.",
        "«{cell}» сайлаушылар саны емес; сан белгісіз болып қалады.",
        "«{cell}» не является числом избирателей; число остается неизвестным.",
    ),
    "voters-negative": _words(
        "{cell} voters are less than none; the number stays unknown.",
        "{cell} сайлаушы нөлден аз; сан белгісіз болып қалады.",
        "{cell} избирателей меньше нуля; число остается неизвестным.",
    ),
    "voters-too-many": _words(
        "{cell} voters are more than a station can have; the number stays unknown.",
        "{cell} сайлаушы бір учаскеде болуы мүмкін саннан көп; сан белгісіз болып қалады.",
        "{cell} избирателей больше, чем может быть на участке; число остается неизвестным.",
    ),
    "coordinates-unreadable": _words(
        "“{cell}” is no coordinate; the station is kept without its place.",
        "«{cell}» координата емес; учаске орнынсыз сақталды.",
        "«{cell}» не является координатой; участок сохранен без места на карте.",
    ),
    "coordinates-out-of-range": _words(
        "Latitude {latitude} and longitude {longitude} are no place on earth; the station is kept without its place.",
        "{latitude} ендігі мен {longitude} бойлығы Жер бетіндегі орын емес; учаске орнынсыз сақталды.",
        "Широта {latitude} и долгота {longitude} не задают места на Земле; участок сохранен без места на карте.",
    ),
    "coordinates-swapped": _words(
        "Latitude {latitude} and longitude {longitude} seem to be the other way round; the station is kept without "
        "its place.",
        "{latitude} ендігі мен {longitude} бойлығы ауысып кеткен сияқты; учаске орнынсыз сақталды.",
        "Широта {latitude} и долгота {longitude}, похоже, переставлены; участок сохранен без места на карте.",
    ),
    "date-unreadable": _words("“{cell}” is no date.", "«{cell}» күн емес.", "«{cell}» не является датой."),
    "date-doubtful": _words(
        "“{cell}” may be read with day or month first; write it as 2019-06-09.",
        "«{cell}» күнінен де, айынан да басталып оқылуы мүмкін; оны 2019-06-09 түрінде жазыңыз.",
        "«{cell}» можно прочитать и с дня, и с месяца; напишите как 2019-06-09.",
    ),
    "date-differs": _words(
        "The row is dated {cell}, the list {dated}.",
        "Жолдың күні {cell}, тізімдікі {dated}.",
        "Строка датирована {cell}, список — {dated}.",
    ),
    "cell-cut": _words(
        "The cell is too long and was cut after {most} characters.",
        "Ұяшық тым ұзын, {most} таңбадан кейін қиылды.",
        "Ячейка слишком длинная и обрезана после {most} знаков.",
    ),
    "no-code": _words("The row has no code.", "Жолда код жоқ.", "В строке нет кода."),
    "code-unusable": _words(
        "“{cell}” cannot be a code: no blanks, none of [ ] {{ }} = , : | /, at most 60 characters.",
        "«{cell}» код бола алмайды: бос орын және [ ] {{ }} = , : | / таңбалары болмайды, ең көбі 60 таңба.",
        "«{cell}» не может быть кодом: без пробелов и знаков [ ] {{ }} = , : | /, не больше 60 знаков.",
    ),
    "duplicate-code": _words(
        "Code {area} stands in row {first} already.",
        "{area} коды {first}-жолда бар.",
        "Код {area} уже есть в строке {first}.",
    ),
    "unknown-parent": _words(
        "The area above, {parent}, stands neither in the file nor in the mission.",
        "Жоғары тұрған {parent} аумағы файлда да, миссияда да жоқ.",
        "Вышестоящей территории {parent} нет ни в файле, ни в миссии.",
    ),
    "area-cycle": _words(
        "Area {area} lies in itself: following the areas above leads back to it.",
        "{area} аумағы өз ішінде жатыр: жоғары аумақтармен жүрсе, өзіне қайтып келеді.",
        "Территория {area} лежит сама в себе: путь по вышестоящим возвращается к ней.",
    ),
    "moves-stations": _words(
        "Area {area} holds stations, and its first-level area would change from {was} to {now}. Figures by area would "
        "change backwards; give the area a new code instead.",
        "{area} аумағында учаскелер бар, ал оның бірінші деңгейдегі аумағы {was} орнына {now} болар еді. Аумақ бойынша "
        "көрсеткіштер кері күшпен өзгерер еді; оның орнына аумаққа жаңа код беріңіз.",
        "В территории {area} есть участки, а ее территория первого уровня сменилась бы с {was} на {now}. Показатели по "
        "территориям изменились бы задним числом; дайте территории новый код.",
    ),
    "unknown-zone": _words(
        "“{cell}” is no time zone such as Asia/Almaty.",
        "«{cell}» Asia/Almaty сияқты уақыт белдеуі емес.",
        "«{cell}» не является часовым поясом вроде Asia/Almaty.",
    ),
    "bad-place": _words(
        "“{cell}” is no place in the cartogram such as 2/4 (row/column); the area is kept without one.",
        "«{cell}» картограммадағы 2/4 (жол/баған) сияқты орын емес; аумақ орынсыз сақталды.",
        "«{cell}» не является местом в картограмме вроде 2/4 (строка/столбец); территория сохранена без места.",
    ),
    "place-taken": _words(
        "Place {cell} in the cartogram is taken by {other}; the area is kept without one.",
        "Картограммадағы {cell} орнын {other} алып тұр; аумақ орынсыз сақталды.",
        "Место {cell} в картограмме занято территорией {other}; территория сохранена без места.",
    ),
    "tree-too-deep": _words(
        "The codes of {area} and of the areas above it are too long together.",
        "{area} коды мен одан жоғары аумақтардың кодтары бірге тым ұзын.",
        "Коды {area} и вышестоящих территорий вместе слишком длинные.",
    ),
}
"""Code → what is said about the row."""
