"""The fixed words of a paper form, in English, Kazakh and Russian."""

from __future__ import annotations

from paragraph8.domain.text import Text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


FIELDS: dict[str, Text] = {
    "serial": _text("Form No.", "Нысан №", "Форма №"),
    "team": _text("Team", "Топ", "Группа"),
    "station": _text("Polling station No.", "Сайлау учаскесінің №", "Избирательный участок №"),
    "area": _text("Region, district", "Облыс, аудан", "Область, район"),
    "date": _text("Date", "Күні", "Дата"),
    "arrived": _text("Time in", "Келген уақыты", "Время прибытия"),
    "left": _text("Time out", "Кеткен уақыты", "Время ухода"),
}
"""What the head of every form asks for; the keys of `filled`."""

LABELS: dict[str, Text] = {
    "version": _text("version {version}", "{version}-нұсқа", "версия {version}"),
    "question": _text("Question", "Сұрақ", "Вопрос"),
    "answer": _text("Answer", "Жауап", "Ответ"),
    "not-observed": _text("Not observed", "Байқау мүмкін болмады", "Не было возможности наблюдать"),
    "several": _text("Tick all that apply.", "Сәйкес келетіннің бәрін белгілеңіз.", "Отметьте все подходящее."),
    "only-if": _text("Only if {condition}", "Тек мына жағдайда: {condition}", "Только если {condition}"),
    "only-sometimes": _text(
        "Not always asked: the phone shows when.",
        "Әрқашан сұралмайды: қай кезде екенін телефон көрсетеді.",
        "Задается не всегда: когда, показывает телефон.",
    ),
    "required": _text("must be answered", "жауап міндетті", "ответ обязателен"),
    "count": _text("Count", "Саны", "Число"),
    "photo": _text("Photo taken; its number: ", "Фотосурет түсірілді; нөмірі: ", "Сделана фотография; ее номер: "),
    "file": _text("Recorded; its number: ", "Жазып алынды; нөмірі: ", "Сделана запись; ее номер: "),
    "latitude": _text("Latitude", "Ендік", "Широта"),
    "longitude": _text("Longitude", "Бойлық", "Долгота"),
    "beyond": _text(
        "Not on paper, in ODK Collect only: {names}",
        "Қағазда жоқ, тек ODK Collect бағдарламасында: {names}",
        "Нет на бумаге, только в ODK Collect: {names}",
    ),
    "how": _text(
        "Tick one box for each question unless it says otherwise. If you could not see something, tick “not observed”: "
        "it is an answer, and never counts as “no”. Write what you saw, not what you were told, unless the question "
        "asks for it. Name nobody in the comments.",
        "Басқаша көрсетілмесе, әр сұраққа бір шаршыны белгілеңіз. Бір нәрсені көре алмасаңыз, «байқау мүмкін болмады» "
        "дегенді белгілеңіз: бұл да жауап, ол ешқашан «жоқ» деп есептелмейді. Сұрақ басқаны сұрамаса, айтқанды емес, "
        "көргеніңізді жазыңыз. Түсініктемеде ешкімнің атын атамаңыз.",
        "На каждый вопрос отметьте одну клетку, если не указано иное. Если вы чего-то не могли видеть, отметьте «не "
        "было возможности наблюдать»: это тоже ответ, и он никогда не считается ответом «нет». Пишите то, что видели, "
        "а не то, что вам сказали, если вопрос не об этом. В комментариях никого не называйте.",
    ),
    "keep": _text(
        "Keep this paper until your phone shows the receipt of the mission.",
        "Телефоныңызда миссияның түбіртегі көрінгенше осы қағазды сақтаңыз.",
        "Храните этот лист, пока телефон не покажет квитанцию миссии.",
    ),
    "page": _text("page", "бет", "стр."),
}
