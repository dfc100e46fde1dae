"""The fixed words of released documents, in English, Kazakh and Russian. Other languages fall back, visibly."""

from __future__ import annotations

from paragraph8.domain.answers import Missing
from paragraph8.domain.figures import FORMS_WITHOUT_STATION, Basis, Origin
from paragraph8.domain.text import Text
from paragraph8.statistics.observations import MIXED
from paragraph8.statistics.samples import NO_REPORT

from .edition import DocumentKind


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


DEMONSTRATION = _text(
    "Demonstration with simulated observations. Not a statement of any institution.",
    "Үлгіленген байқаулар негізіндегі көрсетілім. Ешбір мекеменің мәлімдемесі емес.",
    "Демонстрация со смоделированными наблюдениями. Не является заявлением какой-либо организации.",
)
"""Stands on every page of a simulated mission that brings no notice of its own."""

LABELS: dict[str, Text] = {
    "origin-of-page": _text("Origin of this page", "Бұл беттің шығу тегі", "Происхождение этой страницы"),
    "languages": _text("Languages", "Тілдер", "Языки"),
    "heard-until": _text(
        "Data heard until {moment}", "Деректер алынған соңғы сәт: {moment}", "Данные получены до: {moment}"
    ),
    "published": _text(
        "Published {moment} (version {n})",
        "Жарияланған уақыты: {moment} ({n}-нұсқа)",
        "Опубликовано: {moment} (версия {n})",
    ),
    "moment": _text("{date}, {time}", "{date}, {time}", "{date}, {time}"),
    "opens": _text(
        "Every number below opens to what it rests on.",
        "Төмендегі әр сан өзінің негізін ашып көрсетеді.",
        "За каждым числом ниже открывается его основание.",
    ),
    "fallback": _text(
        "not translated: shown in {language}",
        "аударылмаған: мәтін {language} тілінде",
        "не переведено: текст на языке {language}",
    ),
    # Evidence cards.
    "evidence": _text("What the numbers rest on", "Сандардың негізі", "На чем основаны числа"),
    "evidence-of-sentence": _text("What this rests on", "Мұның негізі", "На чем это основано"),
    "evidence-of-chart": _text(
        "What the numbers of this chart rest on", "Осы диаграмма сандарының негізі", "На чем основаны числа диаграммы"
    ),
    "counted": _text("Counted", "Не саналды", "Что подсчитано"),
    "numerator": _text("Numerator", "Алымы", "Числитель"),
    "denominator": _text("Denominator", "Бөлімі", "Знаменатель"),
    "number": _text("Number", "Саны", "Число"),
    "share": _text("Share", "Үлесі", "Доля"),
    "answer-of-claim": _text("Is it so?", "Солай ма?", "Так ли это?"),
    "yes": _text("yes", "иә", "да"),
    "no": _text("no", "жоқ", "нет"),
    "left-out": _text("Left out", "Есепке кірмегені", "Не вошло в расчет"),
    "rest-of-bar": _text("left out", "есепке кірмегені", "не вошло в расчет"),
    "nothing-left-out": _text("none", "жоқ", "нет"),
    "unit": _text("Unit", "Бірлігі", "Единица"),
    "seen-in": _text("Seen in", "Қай жерде көрілді", "Где видели"),
    "stations": _text("polling stations: {n}", "сайлау учаскелері: {n}", "избирательных участков: {n}"),
    "teams": _text("teams: {n}", "топтар: {n}", "групп: {n}"),
    "areas": _text("regions: {n}", "өңірлер: {n}", "регионов: {n}"),
    "as-of": _text("As of", "Қай сәттегі жағдай", "По состоянию на"),
    "change": _text(
        "change\u00a0{n} of the mission log",
        "миссия журналының №\u00a0{n} өзгерісі",
        "изменение №\u00a0{n} журнала миссии",
    ),
    "method": _text("Method", "Әдісі", "Метод"),
    "basis": _text("Basis", "Негізі", "Основа"),
    "origin": _text("Origin", "Шығу тегі", "Происхождение"),
    "interval": _text("Interval", "Аралығы", "Интервал"),
    "estimated": _text("Estimated", "Бағаланған мән", "Статистическая оценка"),
    "per-cent-of": _text("{n}\u00a0per cent", "{n}\u00a0пайыз", "{n}\u00a0%"),
    "points": _text("{n}\u00a0percentage points", "{n}\u00a0пайыздық тармақ", "{n}\u00a0п.\u00a0п."),
    "standard-error": _text("Standard error", "Стандартты қате", "Стандартная ошибка"),
    "interval-of": _text(
        "{low} to {high} (confidence level {level} per cent, {method}, {df} degrees of freedom)",
        "{low} … {high} (сенім деңгейі {level} пайыз, {method}, еркіндік дәрежесі {df})",
        "от {low} до {high} (доверительная вероятность {level} %, {method}, степеней свободы: {df})",
    ),
    "sample": _text("Sample", "Іріктеме", "Выборка"),
    "sample-of": _text(
        "{drawn} drawn of {population} in the frame ({scheme}); {reported} reported, {n} answered",
        "іріктеме негізіндегі {population} бірліктен {drawn} іріктелді ({scheme}); {reported} есеп берді, {n} жауап "
        "берді",
        "отобрано {drawn} из {population} в основе выборки ({scheme}); отчеты: {reported}, ответы: {n}",
    ),
    "replaced": _text(
        "reserves that stepped in: {n}", "орнына кірген қосалқылар: {n}", "резервных, заменивших отобранные: {n}"
    ),
    "strata-empty": _text(
        "strata without a report: {n} of {strata}; the estimate does not speak for their {unreached} stations",
        "есеп келмеген қабаттар: {n} / {strata}; бағаланған мән олардағы {unreached} учаскеге қатысты емес",
        "страт без отчетов: {n} из {strata}; оценка по выборке не говорит об их участках: {unreached}",
    ),
    "strata-single": _text(
        "strata with one report: {n}; their variance is taken about the mean of all (rule {single})",
        "бір ғана есеп келген қабаттар: {n}; олардың дисперсиясы жалпы орташадан есептеледі ({single} ережесі)",
        "страт с одним отчетом: {n}; их дисперсия берется относительно общего среднего (правило {single})",
    ),
    "derived-from": _text("Derived from", "Неден шығарылды", "Выведено из"),
    "source": _text("Source", "Дереккөзі", "Источник"),
    "commitment": _text("Commitment", "Міндеттеме", "Обязательство"),
    "key": _text("Key", "Кілті", "Ключ"),
    "fingerprint": _text("Fingerprint", "Бақылау таңбасы", "Контрольный отпечаток"),
    "no-fingerprint": _text("none: no rows", "жоқ: жолдары жоқ", "нет: строк нет"),
    "note": _text("Note", "Ескертпе", "Примечание"),
    # Charts.
    "answer": _text("Answer", "Жауап", "Ответ"),
    "other-answers": _text("other answers", "басқа жауаптар", "другие ответы"),
    "reports": _text("Reports", "Есептер", "Отчеты"),
    "as-table": _text("The same as a table", "Кесте түрінде", "То же в виде таблицы"),
    "bars-explained": _text(
        "Bars are as long as all reports of that question; what was left out is hatched.",
        "Жолақтың ұзындығы – осы сұрақ бойынша барлық есеп; есепке кірмегені сызықталған.",
        "Длина полосы — все отчеты по этому вопросу; не вошедшее в расчет заштриховано.",
    ),
    "too-few-for-a-bar": _text(
        "fewer than ten: no bar is drawn", "оннан аз: жолақ сызылмайды", "меньше десяти: полоса не строится"
    ),
    "data": _text("Data", "Деректер", "Данные"),
    # What is not published.
    "not-published": _text("not published", "жарияланбайды", "не публикуется"),
    "withheld": _text("What is not published", "Не жарияланбайды", "Что не публикуется"),
    "withheld-count": _text("Figures: {n}. {reason}.", "Көрсеткіштер: {n}. {reason}.", "Показателей: {n}. {reason}."),
    # Verification.
    "check-yourself": _text("Check this yourself", "Өзіңіз тексеріңіз", "Проверьте сами"),
    "root-explained": _text(
        "This text, its data and its other formats carry one fingerprint. "
        "Compare it with the one you were given on paper.",
        "Бұл мәтіннің, оның деректері мен басқа форматтарының бақылау таңбасы бір. "
        "Оны қағаз жүзінде алған таңбаңызбен салыстырыңыз.",
        "У этого текста, его данных и других его форматов один отпечаток. "
        "Сравните его с тем, который вы получили на бумаге.",
    ),
    "root": _text("Fingerprint of the release", "Жарияланымның бақылау таңбасы", "Отпечаток публикации"),
    "signer": _text("Fingerprint of the signing key", "Қолтаңба кілтінің таңбасы", "Отпечаток ключа подписи"),
    "how-to-verify": _text(
        "The command p8 verify, given the folder of the release, recomputes the numbers and names every sentence "
        "that does not agree.",
        "p8 verify пәрменіне жарияланым қалтасын көрсетіңіз: ол сандарды қайта есептеп, сәйкес келмейтін әр сөйлемді "
        "атайды.",
        "Команда p8 verify, запущенная для папки публикации, пересчитывает числа и называет каждое предложение, "
        "которое не сходится.",
    ),
    "other-formats": _text("Other formats", "Басқа форматтар", "Другие форматы"),
    "contact": _text("Contact", "Байланыс", "Контакты"),
    "documents": _text("Documents", "Құжаттар", "Документы"),
}

KINDS: dict[DocumentKind, Text] = {
    DocumentKind.STATEMENT: _text(
        "Statement of preliminary findings and conclusions",
        "Алдын ала нәтижелер мен тұжырымдар туралы мәлімдеме",
        "Заявление о предварительных результатах и выводах",
    ),
    DocumentKind.PRESS_RELEASE: _text("Press release", "Баспасөз хабарламасы", "Пресс-релиз"),
}

REASONS: dict[str, Text] = {
    Missing.NO_ANSWER: _text("no answer", "жауап берілмеген", "нет ответа"),
    Missing.NOT_ASKED: _text("not asked", "сұралмаған", "вопрос не задавался"),
    Missing.NOT_OBSERVED: _text("not observed", "байқау мүмкін болмады", "не было возможности наблюдать"),
    Missing.NOT_AVAILABLE: _text("not available (N/A)", "мәлімет жоқ", "нет данных"),
    Missing.NOT_APPLICABLE: _text("not applicable", "қатысты емес", "неприменимо"),
    Missing.NOT_KNOWN: _text("not known", "белгісіз", "неизвестно"),
    Missing.REFUSED: _text("refused", "жауап беруден бас тартты", "отказ от ответа"),
    Missing.UNREADABLE: _text("unreadable", "оқылмады", "неразборчиво"),
    Missing.SET_ASIDE: _text("set aside by the mission", "миссия есепке алмаған", "отложено миссией"),
    MIXED: _text("several reasons", "бірнеше себеп", "несколько причин"),
    NO_REPORT: _text("no report yet", "әзірге есеп жоқ", "отчета пока нет"),
    FORMS_WITHOUT_STATION: _text("forms without a station", "учаскесі көрсетілмеген нысандар", "формы без участка"),
}
"""Why something stands outside a denominator."""

BASES: dict[Basis, Text] = {
    Basis.REGISTER: _text("register", "тізілім", "реестр"),
    Basis.OBSERVED: _text("observed", "байқалған", "наблюдение"),
    Basis.PROBABILITY: _text("random sample", "кездейсоқ іріктеме", "случайная выборка"),
    Basis.MODEL: _text("model", "модель", "модель"),
    Basis.REPORTED: _text("reported", "хабарланған", "сообщения других"),
    Basis.ASSESSED: _text("assessed", "бағаланған", "оценка аналитиков"),
}

BASES_EXPLAINED: dict[Basis, Text] = {
    Basis.REGISTER: _text(
        "taken from a register with a source",
        "дереккөзі көрсетілген тізілімнен алынған",
        "взято из реестра с указанным источником",
    ),
    Basis.OBSERVED: _text(
        "what teams saw where they went; not a sample, so there is no margin of error",
        "топтардың барған жерлерінде көргені; бұл іріктеме емес, сондықтан қателік шегі жоқ",
        "то, что группы видели там, где были; это не выборка, поэтому погрешности нет",
    ),
    Basis.PROBABILITY: _text(
        "estimated from a sample drawn at random",
        "кездейсоқ іріктемеден шығарылған бағаланған мән",
        "статистическая оценка по случайной выборке",
    ),
    Basis.MODEL: _text(
        "computed by a model under stated assumptions",
        "көрсетілген болжамдар бойынша модельмен есептелген",
        "вычислено по модели при указанных допущениях",
    ),
    Basis.REPORTED: _text("said by somebody else", "басқалардың мәліметінше", "по данным других"),
    Basis.ASSESSED: _text(
        "judged by named analysts", "аты аталған талдаушылардың бағасы", "суждение названных аналитиков"
    ),
}

ORIGINS: dict[Origin, Text] = {
    Origin.REAL: _text("real", "нақты", "реальные данные"),
    Origin.SIMULATED: _text("simulated", "үлгіленген", "смоделировано"),
    Origin.MIXED: _text("real and simulated", "нақты және үлгіленген", "реальные и смоделированные данные"),
}

METHODS_EXPLAINED: dict[str, Text] = {
    "answer": _text("share with that answer", "осы жауаптың үлесі", "доля с этим ответом"),
    "at-least": _text("share with at least that number", "кемінде осындай санның үлесі", "доля не менее этого числа"),
    "part": _text("one sum as part of another", "бір қосындының екіншісіндегі үлесі", "одна сумма как часть другой"),
    "spread": _text("five numbers of a spread", "шашыраудың бес саны", "пять чисел разброса"),
    "observations": _text("number of observations", "байқаулар саны", "число наблюдений"),
    "estimate": _text(
        "share of a sample drawn at random, weighted for stations that have not reported",
        "кездейсоқ іріктемедегі үлес, есеп бермеген учаскелер салмақпен ескерілген",
        "доля по случайной выборке, взвешенная с учетом участков без отчета",
    ),
    "register-count": _text("count in a register", "тізілімдегі саны", "подсчет в реестре"),
    "register-sum": _text("sum in a register", "тізілімдегі қосынды", "сумма по реестру"),
    "standing": _text(
        "contestants by the newest step of their history",
        "кандидаттар тарихының соңғы қадамы бойынша саны",
        "кандидаты по последнему шагу их истории",
    ),
    "newest": _text("the newest total of a register", "тізілімнің ең соңғы жиынтығы", "самый новый итог реестра"),
    "deadlines": _text(
        "legal deadlines met in time", "мерзімінде орындалған заңды талаптар", "законные сроки, соблюденные вовремя"
    ),
    "record": _text(
        "greater than at every earlier election of a complete series",
        "толық қатардағы бұрынғы сайлаулардың бәріндегіден көп",
        "больше, чем на всех прежних выборах полного ряда",
    ),
    "first-time": _text(
        "at no earlier election of a complete series",
        "толық қатардағы бұрынғы сайлаулардың ешқайсысында болмаған",
        "ни на одних прежних выборах полного ряда",
    ),
    "reported": _text(
        "as the author of the results gives it", "нәтижелер авторының берген саны", "как указал автор результатов"
    ),
    "reported-share": _text(
        "share of two numbers of one author", "бір автордың екі санының үлесі", "доля по двум числам одного автора"
    ),
    "people-present": _text(
        "people present on the day", "сол күні жұмыста болған адамдар", "прибывшие на этот день люди"
    ),
    "people-accredited": _text(
        "people accredited on the day", "сол күні аккредиттелген адамдар", "аккредитованные на этот день люди"
    ),
    "countries-present": _text(
        "countries that sent the people present, each once",
        "жұмыста болған адамдарды жіберген елдер, әрқайсысы бір рет",
        "страны, направившие прибывших людей, каждая один раз",
    ),
}
"""By the name of the method, without its version."""

WITHHELD: dict[str, Text] = {
    "few-stations": _text(
        "not published, because fewer than five polling stations stand behind it",
        "жарияланбайды, себебі оның негізінде бестен аз учаске бар",
        "не публикуется, потому что за этим стоит менее пяти участков",
    ),
    "one-team": _text(
        "not published, because one team alone stands behind this part of the table",
        "жарияланбайды, себебі кестенің бұл бөлігінің негізінде бір ғана топ бар",
        "не публикуется, потому что за этой частью таблицы стоит одна группа",
    ),
    "stations-unknown": _text(
        "not published, because it is not known how many polling stations stand behind it",
        "жарияланбайды, себебі оның негізінде неше учаске бары белгісіз",
        "не публикуется, потому что неизвестно, сколько за этим участков",
    ),
    "complementary": _text(
        "not published, because a withheld figure of another region could be worked out from it",
        "жарияланбайды, себебі одан басқа өңірдің жарияланбаған көрсеткішін есептеп шығаруға болады",
        "не публикуется, потому что по этому можно вычислить неопубликованный показатель другого региона",
    ),
    "few-reported": _text(
        "not published, because fewer than half of the drawn stations reported",
        "жарияланбайды, себебі іріктелген учаскелердің жартысынан азы есеп берді",
        "не публикуется, потому что отчеты есть меньше чем с половины отобранных участков",
    ),
    "imprecise": _text(
        "not published, because the sample says too little about it",
        "жарияланбайды, себебі іріктеме бұл туралы тым аз мәлімет береді",
        "не публикуется, потому что выборка говорит об этом слишком мало",
    ),
    "too-few-for-interval": _text(
        "not published, because too few drawn stations reported for an interval",
        "жарияланбайды, себебі сенім аралығын есептеуге іріктелген учаскелердің есебі жетпейді",
        "не публикуется, потому что для доверительного интервала отчетов с отобранных участков слишком мало",
    ),
    "reconciliation-only": _text(
        "not published, because votes, turnout and ballots seen in protocols serve reconciliation only",
        "жарияланбайды, себебі хаттамалардағы дауыстар, қатысу деңгейі және бюллетеньдер тек сандарды салыстырып "
        "тексеруге арналған",
        "не публикуется, потому что голоса, явка и бюллетени из протоколов служат только для сверки",
    ),
    "room-only": _text(
        "not published, because it is meant for the analysts of the mission",
        "жарияланбайды, себебі тек миссия талдаушыларына арналған",
        "не публикуется, потому что предназначено для аналитиков миссии",
    ),
}
"""Codes of `disclosure`: why a figure stays inside the mission."""
