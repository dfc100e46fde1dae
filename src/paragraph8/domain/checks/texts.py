"""The words of the checks on one report as sent: for each code a title and a sentence in English, Kazakh and Russian.

A sentence quotes the details of a problem as `{name}`. `{q1}`, `{q2}` are the titles of the questions concerned and
`{a1}`, `{a2}` the answers to them. No ending is put on a quoted number or title, because it is not known when the
sentence is written.
"""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text


def words(*, en: tuple[str, str], kk: tuple[str, str], ru: tuple[str, str]) -> tuple[Text, Text]:
    """The title and the sentence of one check, from a pair for each language."""
    pairs = {"en": en, "kk": kk, "ru": ru}
    return (
        Text.of({language: title for language, (title, _) in pairs.items()}),
        Text.of({language: sentence for language, (_, sentence) in pairs.items()}),
    )


ENVELOPE: Mapping[str, tuple[Text, Text]] = {
    "unreadable": words(
        en=(
            "Not readable as a report",
            "What was sent cannot be read as a report: {reason} (position {position}). It is kept as it came.",
        ),
        kk=(
            "Есеп ретінде оқылмайды",
            "Жіберілген деректерді есеп ретінде оқу мүмкін болмады: {reason} "
            "(орны: {position}). Олар жіберілген күйінде сақталды.",
        ),
        ru=(
            "Не читается как отчет",
            "Присланные данные не удалось прочитать как отчет: {reason} "
            "(позиция: {position}). Они сохранены в полученном виде.",
        ),
    ),
    "not-read": words(
        en=(
            "Reading failed",
            "The software failed when it read this report. It is kept as it came and counts nowhere; "
            "tell whoever looks after the system.",
        ),
        kk=(
            "Оқу сәтсіз аяқталды",
            "Бұл есепті оқу кезінде бағдарламада қате болды. Есеп жіберілген күйінде сақталды, "
            "бірақ еш жерде есептелмейді; жүйеге жауапты адамға хабарлаңыз.",
        ),
        ru=(
            "Сбой при чтении",
            "При чтении этого отчета в программе произошла ошибка. Отчет сохранен в полученном виде "
            "и нигде не учтен; сообщите тому, кто отвечает за систему.",
        ),
    ),
    "no-id": words(
        en=(
            "Report without an identifier",
            "The sender gave no identifier. One was made of what was sent, "
            "so that a repeated sending is still one report.",
        ),
        kk=(
            "Сәйкестендіргіші жоқ есеп",
            "Жіберуші сәйкестендіргіш көрсетпеген. Ол жіберілген деректердің өзінен "
            "жасалды, сондықтан қайта жіберілген есеп бір есеп болып саналады.",
        ),
        ru=(
            "Отчет без идентификатора",
            "Отправитель не указал идентификатор. Он составлен из самих данных, "
            "поэтому повторная отправка остается одним отчетом.",
        ),
    ),
    "wrong-type": words(
        en=(
            "Field of the wrong type",
            "The field “{field}” does not hold what it should. It was left empty; what was sent is kept.",
        ),
        kk=(
            "Өрістің түрі дұрыс емес",
            "«{field}» өрісінде тиісті түрдегі мән жоқ. Өріс бос қалдырылды; жіберілген деректер сақталды.",
        ),
        ru=(
            "Неверный тип поля",
            "Поле «{field}» содержит значение неподходящего типа. Оно оставлено пустым; присланные данные сохранены.",
        ),
    ),
    "unknown-shape": words(
        en=(
            "Unknown shape of report",
            "The field “{field}” names a shape of report that the server does not know. "
            "The report was read as the first shape.",
        ),
        kk=(
            "Есептің пішімі белгісіз",
            "«{field}» өрісінде серверге белгісіз есеп пішімі көрсетілген. Есеп бірінші пішім бойынша оқылды.",
        ),
        ru=(
            "Неизвестный формат отчета",
            "В поле «{field}» указан формат отчета, неизвестный серверу. Отчет прочитан по первому формату.",
        ),
    ),
    "same-id-other-content": words(
        en=(
            "Same identifier, other content",
            "Different contents were received under one identifier. Both are kept, and neither replaces the other.",
        ),
        kk=(
            "Сәйкестендіргіші бір, мазмұны басқа",
            "Бір сәйкестендіргішпен мазмұны әртүрлі деректер жетті. Екеуі де сақталды, бірі екіншісін алмастырмайды.",
        ),
        ru=(
            "Один идентификатор, разное содержание",
            "Под одним идентификатором получено разное содержание. Сохранено и то и другое, одно не заменяет другое.",
        ),
    ),
    "unknown-form": words(
        en=("Unknown form", "The mission has no form “{form}”. The answers are kept as they came."),
        kk=("Белгісіз нысан", "Миссияда «{form}» нысаны жоқ. Жауаптар жіберілген күйінде сақталды."),
        ru=("Неизвестная форма", "В миссии нет формы «{form}». Ответы сохранены в полученном виде."),
    ),
    "unknown-version": words(
        en=("Unknown version of the form", "The form “{form}” has no version “{version}”."),
        kk=("Нысанның белгісіз нұсқасы", "«{form}» нысанының «{version}» нұсқасы жоқ."),
        ru=("Неизвестная версия формы", "У формы «{form}» нет версии «{version}»."),
    ),
    "unknown-station": words(
        en=("Unknown polling station", "The register of the mission has no polling station “{station}”."),
        kk=("Белгісіз сайлау учаскесі", "Миссияның тізілімінде «{station}» сайлау учаскесі жоқ."),
        ru=("Неизвестный избирательный участок", "В реестре миссии нет избирательного участка «{station}»."),
    ),
    "station-code-missing": words(
        en=("Polling station not named", "The report does not say which polling station it is about."),
        kk=("Сайлау учаскесі көрсетілмеген", "Есепте оның қай сайлау учаскесіне қатысты екені көрсетілмеген."),
        ru=("Избирательный участок не указан", "В отчете не указано, к какому избирательному участку он относится."),
    ),
    "finished-before-started": words(
        en=("Finished before it started", "The visit is reported to have ended {minutes} min before it began."),
        kk=("Аяқталуы басталуынан бұрын", "Есеп бойынша учаскеге бару басталуынан {minutes} минут бұрын аяқталған."),
        ru=("Окончание раньше начала", "По отчету, посещение участка закончилось за {minutes} мин до его начала."),
    ),
    "finished-in-the-future": words(
        en=(
            "Finished in the future",
            "The visit is reported to have ended {minutes} min after the report was "
            "received. The clock of the device may be wrong.",
        ),
        kk=(
            "Аяқталу уақыты болашақта",
            "Есеп бойынша учаскеге бару есеп серверге жеткеннен {minutes} минут кейін "
            "аяқталған. Құрылғының сағаты дұрыс болмауы мүмкін.",
        ),
        ru=(
            "Окончание в будущем",
            "По отчету, посещение участка закончилось через {minutes} мин после получения "
            "отчета. Возможно, часы устройства идут неверно.",
        ),
    ),
    "sent-long-after": words(
        en=(
            "Received long after the visit",
            "The report was received {minutes} min after the end of the visit (at most {limit} min expected).",
        ),
        kk=(
            "Есеп кеш жетті",
            "Есеп учаскеге бару аяқталғаннан кейін {minutes} минут өткенде жетті (күтілетіні: ең көбі {limit} минут).",
        ),
        ru=(
            "Получен намного позже посещения",
            "Отчет получен через {minutes} мин после окончания посещения участка (ожидается: не более {limit} мин).",
        ),
    ),
    "visit-too-short": words(
        en=("Very short visit", "The visit lasted {minutes} min (at least {limit} min expected)."),
        kk=("Учаскеге өте қысқа бару", "Учаскеге бару {minutes} минутқа созылды (күтілетіні: кемінде {limit} минут)."),
        ru=("Очень короткое посещение", "Посещение участка длилось {minutes} мин (ожидается: не менее {limit} мин)."),
    ),
    "visit-too-long": words(
        en=("Very long visit", "The visit lasted {minutes} min (at most {limit} min expected)."),
        kk=("Учаскеге өте ұзақ бару", "Учаскеге бару {minutes} минутқа созылды (күтілетіні: ең көбі {limit} минут)."),
        ru=("Очень долгое посещение", "Посещение участка длилось {minutes} мин (ожидается: не более {limit} мин)."),
    ),
}

ANSWERS: Mapping[str, tuple[Text, Text]] = {
    "unknown-question": words(
        en=(
            "Answers to unknown questions",
            "The form has no such questions: {names} (answers: {count}). They are kept as they came.",
        ),
        kk=(
            "Белгісіз сұрақтарға жауаптар",
            "Нысанда мұндай сұрақтар жоқ: {names} (жауап саны: {count}). Олар жіберілген күйінде сақталды.",
        ),
        ru=(
            "Ответы на неизвестные вопросы",
            "В форме нет таких вопросов: {names} (число ответов: {count}). Они сохранены в полученном виде.",
        ),
    ),
    "unknown-answer": words(
        en=("Answer that is not on the scale", "“{value}” is not an answer to “{q1}”."),
        kk=("Шкалада жоқ жауап", "«{q1}» сұрағының «{value}» деген жауабы жоқ."),
        ru=("Ответа нет на шкале", "У вопроса «{q1}» нет ответа «{value}»."),
    ),
    "not-a-number": words(
        en=("Not a whole number", "“{q1}” asks for a whole number; “{value}” was sent."),
        kk=("Бүтін сан емес", "«{q1}» сұрағының жауабы бүтін сан болуы керек; жіберілгені: «{value}»."),
        ru=("Не целое число", "На вопрос «{q1}» ожидается целое число; прислано: «{value}»."),
    ),
    "not-a-time": words(
        en=("Not a clock time", "“{q1}” asks for a time; “{value}” was sent."),
        kk=("Уақыт емес", "«{q1}» сұрағының жауабы уақыт болуы керек; жіберілгені: «{value}»."),
        ru=("Не время", "На вопрос «{q1}» ожидается время; прислано: «{value}»."),
    ),
    "unreadable-answer": words(
        en=(
            "Answer that cannot be read",
            "What was sent for “{q1}” cannot be read as an answer. It is kept as it came.",
        ),
        kk=(
            "Оқылмайтын жауап",
            "«{q1}» сұрағы бойынша жіберілгенді жауап ретінде оқу мүмкін болмады. Ол жіберілген күйінде сақталды.",
        ),
        ru=(
            "Ответ не читается",
            "Присланное на вопрос «{q1}» не удалось прочитать как ответ. Оно сохранено в полученном виде.",
        ),
    ),
    "negative-number": words(
        en=("Number below zero", "“{q1}” is {a1}; a count cannot be below zero."),
        kk=("Нөлден кіші сан", "«{q1}»: {a1}; сан нөлден кіші бола алмайды."),
        ru=("Число меньше нуля", "«{q1}»: {a1}; количество не может быть меньше нуля."),
    ),
    "implausible-number": words(
        en=("Number larger than any count", "The number in “{q1}” is larger than any count of people or ballots."),
        kk=("Тым үлкен сан", "«{q1}» сұрағындағы сан адамдардың немесе бюллетеньдердің саны болуы үшін тым үлкен."),
        ru=("Слишком большое число", "Число в ответе на вопрос «{q1}» слишком велико для числа людей или бюллетеней."),
    ),
    "range": words(
        en=("Number out of range", "“{q1}” is {a1} (expected: {expected})."),
        kk=("Сан шектен тыс", "«{q1}»: {a1} (күтілетіні: {expected})."),
        ru=("Число вне допустимых пределов", "«{q1}»: {a1} (ожидается: {expected})."),
    ),
    "nothing-answered": words(
        en=("Nothing answered", "No question of the form has an answer."),
        kk=("Бірде-бір жауап жоқ", "Нысанның бірде-бір сұрағына жауап берілмеген."),
        ru=("Нет ни одного ответа", "Ни на один вопрос формы нет ответа."),
    ),
    "constraint-broken": words(
        en=("Against the form's own limit", "The answer to “{q1}” is not one that the form lets through."),
        kk=("Нысанның өз шегіне қайшы", "«{q1}» сұрағының жауабы нысан өткізетін жауап емес."),
        ru=("Вопреки ограничению формы", "Ответ на вопрос «{q1}» не из тех, что форма пропускает."),
    ),
    "required-missing": words(
        en=("A required answer is missing", "“{q1}” must be answered, and is not."),
        kk=("Міндетті жауап жоқ", "«{q1}» сұрағына жауап міндетті, бірақ берілмеген."),
        ru=("Нет обязательного ответа", "На вопрос «{q1}» нужно ответить, а ответа нет."),
    ),
    "answered-though-not-asked": words(
        en=("Answered though not asked", "“{q1}” is answered, and the other answers say that it was not to be asked."),
        kk=(
            "Сұралмаса да, жауап берілген",
            "«{q1}» сұрағына жауап бар, бірақ басқа жауаптар бойынша ол сұралмайды.",
        ),
        ru=(
            "Ответ на незаданный вопрос",
            "На вопрос «{q1}» есть ответ, а по другим ответам он не задается.",
        ),
    ),
}
