"""Why a figure is refused, in words: what would be wrong with the number, and what to ask for instead."""

from __future__ import annotations

from .text import Text

REFUSALS: dict[str, Text] = {
    "interval-on-observations": Text.of(
        {
            "en": "No interval exists for observed counts: the stations were not drawn at random, so a margin of "
            "error would claim something about stations nobody visited. Say how many of how many, how far the "
            "observations reach and how the share would move if they had reached elsewhere; or draw a sample, and "
            "estimate from it.",
            "kk": "Байқалған сандар үшін сенім аралығы берілмейді: учаскелер кездейсоқ таңдалмаған, сондықтан қателік "
            "шегі ешкім бармаған учаскелер туралы тұжырым болар еді. Оның орнына қаншадан қанша екенін, байқаулардың "
            "қай жерлерді қамтығанын және басқа жерлер қамтылса, үлестің қалай өзгеретінін айтыңыз; немесе іріктеме "
            "алып, бағаланған мәнді содан шығарыңыз.",
            "ru": "Для чисел, полученных наблюдением, доверительного интервала нет: участки не отбирались случайно, и "
            "погрешность означала бы утверждение об участках, где никто не был. Скажите, сколько из скольких, куда "
            "дошли наблюдения и как изменилась бы доля, если бы они дошли до других мест; или отберите случайную "
            "выборку и дайте статистическую оценку по ней.",
        }
    ),
    "margin-on-observations": Text.of(
        {
            "en": "A margin of error measures the luck of a random draw, and nothing was drawn here: teams chose where "
            "to go. Show the coverage of the observations and the range that their share takes without one team or "
            "another; a margin of error belongs to a sample drawn at random.",
            "kk": "Қателік шегі кездейсоқ іріктеудің сәтін өлшейді, ал мұнда ештеңе іріктелмеген: қайда баратынын "
            "топтардың өзі таңдады. Байқаулардың қай жерлерді қамтығанын және бір топтың деректері алынып "
            "тасталғанда үлестің қай шекте өзгеретінін көрсетіңіз; қателік шегі кездейсоқ іріктемеде ғана болады.",
            "ru": "Погрешность измеряет случайность отбора, а здесь ничего не отбиралось: группы сами выбирали, куда "
            "ехать. Покажите охват наблюдений и пределы, в которых меняется доля без той или иной группы; погрешность "
            "бывает только у случайной выборки.",
        }
    ),
    "trend-on-observations": Text.of(
        {
            "en": "Observed counts show no trend: at another time other teams saw other stations, so a difference may "
            "be one of places and not of conduct. Print both counts with their dates and their coverage, without a "
            "difference, an arrow or a word such as “more”; a trend needs samples drawn at random at both times.",
            "kk": "Байқалған сандар үрдісті көрсетпейді: басқа уақытта басқа топтар басқа учаскелерді көрді, сондықтан "
            "айырма тәртіптің емес, орынның айырмасы болуы мүмкін. Екі санды да күні мен қамтуын көрсетіп, айырмасыз, "
            "бағдарсыз және «көбейді» деген сияқты сөзсіз беріңіз; үрдіс үшін екі уақытта да кездейсоқ іріктеме керек.",
            "ru": "Числа наблюдений не показывают тенденции: в другое время другие группы видели другие участки, и "
            "разница может быть разницей мест, а не поведения. Приведите оба числа с датами и охватом, без разности, "
            "стрелки и слов вроде «больше»; для тенденции нужны случайные выборки в оба момента.",
        }
    ),
    "comparison-of-observations": Text.of(
        {
            "en": "Two observed counts are not subtracted or tested against each other: nobody knows how the stations "
            "of one differ from those of the other. Set them side by side, each with its denominator and coverage; "
            "a tested difference needs two estimates from samples drawn at random.",
            "kk": "Байқалған екі сан бір-бірінен азайтылмайды және айырмасы статистикалық түрде тексерілмейді: бірінің "
            "учаскелері екіншісінікінен қалай ерекшеленетіні белгісіз. Оларды бөлімі мен қамтуын көрсетіп, қатар "
            "қойыңыз; айырманы тексеру үшін кездейсоқ іріктемелерден шығарылған екі бағаланған мән керек.",
            "ru": "Два числа наблюдений не вычитают и не сравнивают статистически: неизвестно, чем участки одного "
            "отличаются от участков другого. Поставьте их рядом, каждое со знаменателем и охватом; проверенная "
            "разность требует двух статистических оценок по случайным выборкам.",
        }
    ),
    "projection-on-observations": Text.of(
        {
            "en": "Observed counts are not multiplied up to the country: the stations visited stand for themselves "
            "alone. Say what was seen where teams went, and let the table of coverage say how much of the country that "
            "is; a projection needs a sample drawn at random.",
            "kk": "Байқалған сандар бүкіл елге таратылып есептелмейді: барған учаскелер тек өздерін білдіреді. Топтар "
            "барған жерде не көргенін айтыңыз, ал оның елдің қандай бөлігі екенін қамту кестесі көрсетсін; тарату "
            "үшін кездейсоқ іріктеме керек.",
            "ru": "Числа наблюдений не распространяют на страну: посещенные участки говорят только за себя. Скажите, "
            "что группы видели там, где были, а какая это часть страны, пусть скажет таблица охвата; для "
            "распространения нужна случайная выборка.",
        }
    ),
    "nothing-drawn": Text.of(
        {
            "en": "This number was counted or copied whole, or said by somebody: nothing was drawn at random, so it "
            "has no interval. Its source stands beside it.",
            "kk": "Бұл сан толық саналған, көшірілген немесе біреудің айтқаны: ештеңе кездейсоқ іріктелмеген, "
            "сондықтан оның сенім аралығы жоқ. Дереккөзі жанында тұр.",
            "ru": "Это число сосчитано или переписано целиком либо кем-то названо: ничего случайно не отбиралось, "
            "поэтому доверительного интервала у него нет. Источник указан рядом.",
        }
    ),
    "too-few-for-interval": Text.of(
        {
            "en": "Too few of the drawn stations have reported for an interval, and an estimate is never given without "
            "one. Wait for more reports, or say how many have come in.",
            "kk": "Іріктелген учаскелердің тым азынан есеп келді, сенім аралығын есептеуге жетпейді, ал бағаланған мән "
            "онсыз берілмейді. Есептер көбейгенше күтіңіз немесе қаншасы келгенін айтыңыз.",
            "ru": "Отчетов с отобранных участков слишком мало для доверительного интервала, а без него статистическая "
            "оценка не приводится. Дождитесь других отчетов или скажите, сколько поступило.",
        }
    ),
    "no-sample": Text.of(
        {
            "en": "Nothing can be estimated: this mission has drawn no such sample. What its teams saw on their own "
            "routes are counts of observations; quote those (eday.answer), with their coverage. To estimate for all "
            "stations, draw a sample before election day, or a few random stops for each team.",
            "kk": "Бағаланған мән шығаруға болмайды: миссия мұндай іріктеме алмаған. Топтардың өз бағытында көргені – "
            "байқаулар саны; соларды (eday.answer) қамтуымен бірге келтіріңіз. Барлық учаске үшін бағаланған мән "
            "керек болса, сайлау күніне дейін іріктеме алыңыз немесе әр топқа бірнеше кездейсоқ аялдама белгілеңіз.",
            "ru": "Оценить нечего: такой выборки миссия не отбирала. То, что группы видели на своих маршрутах, — числа "
            "наблюдений; приводите их (eday.answer) вместе с охватом. Чтобы дать статистическую оценку для всех "
            "участков, отберите случайную выборку до дня выборов или несколько случайных остановок для каждой группы.",
        }
    ),
    "paired-samples": Text.of(
        {
            "en": "Both estimates rest on the same drawn stations, so they move together: a difference needs their "
            "covariance. Compute the difference station by station, as one estimate.",
            "kk": "Екі бағаланған мән де бір іріктеменің учаскелеріне негізделген, сондықтан олар бірге өзгереді: "
            "айырма үшін олардың ковариациясы керек. Айырманы учаске сайын, бір бағаланған мән ретінде есептеңіз.",
            "ru": "Обе оценки опираются на одни и те же отобранные участки и меняются вместе: для разности нужна их "
            "ковариация. Вычислите разность по участкам, как одну статистическую оценку.",
        }
    ),
    "model-is-no-measurement": Text.of(
        {
            "en": "A model is not compared as if it had been measured: its interval says what follows from its "
            "assumptions. Print it with its model card, beside the counts and not against them.",
            "kk": "Модель нәтижесі өлшенген мән ретінде салыстырылмайды: оның аралығы болжамдардан не шығатынын ғана "
            "айтады. Оны модель сипаттамасымен бірге, сандарға қарсы емес, солардың қасында беріңіз.",
            "ru": "Результат модели не сравнивают как измеренный: его интервал говорит лишь о том, что следует из "
            "допущений. Приводите его с описанием модели, рядом с числами, а не против них.",
        }
    ),
    "reconciliation-only": Text.of(
        {
            "en": "Contestants' votes, turnout and ballots seen in protocols serve reconciliation only. A share, a sum "
            "over stations or a ranking from them would be a projection of the result.",
            "kk": "Хаттамалардағы кандидаттар алған дауыстар, сайлаушылардың қатысуы және бюллетеньдер тек сандарды "
            "салыстырып тексеруге арналған. Олардан шығарылған үлес, учаскелер бойынша қосынды немесе рет "
            "нәтижені болжау болар еді.",
            "ru": "Голоса за кандидатов, явка и бюллетени из протоколов служат только для сверки. Доля, сумма по "
            "участкам или порядок кандидатов по ним были бы прогнозом результата.",
        }
    ),
    "format-without-statistics": Text.of(
        {
            "en": "A mission of this format visits few polling stations and makes no systematic observation of "
            "election day: it says what its observers saw, and no share of observations.",
            "kk": "Мұндай форматтағы миссия аз ғана учаскеге барады және сайлау күнін жүйелі түрде байқамайды: ол "
            "байқаушыларының не көргенін айтады, бірақ байқаулардың үлесін келтірмейді.",
            "ru": "Миссия такого формата посещает немного участков и не ведет систематического наблюдения в день "
            "выборов: она сообщает, что видели ее наблюдатели, но не долю наблюдений.",
        }
    ),
    "room-only": Text.of(
        {
            "en": "The spread of the stations visited stays inside the mission: outside it reads as a result.",
            "kk": "Барған учаскелердегі шашырау миссия ішінде қалады: сыртта ол нәтиже ретінде оқылады.",
            "ru": "Разброс по посещенным участкам остается внутри миссии: снаружи он читается как результат.",
        }
    ),
    "no-series": Text.of(
        {
            "en": "There is no complete series of earlier elections with its sources, so nobody knows whether this is "
            "a record or happens for the first time. Complete the series in the contest room, or leave the words out.",
            "kk": "Бұрынғы сайлаулардың дереккөздері көрсетілген толық қатары жоқ, сондықтан мұның рекорд екені немесе "
            "тұңғыш рет болғаны белгісіз. Сайлау бөлімінде қатарды толықтырыңыз немесе бұл сөздерді алып тастаңыз.",
            "ru": "Полного ряда прежних выборов с источниками нет, поэтому неизвестно, рекорд ли это и впервые ли это "
            "произошло. Дополните ряд в разделе выборов или уберите эти слова.",
        }
    ),
    "unknown-key": Text.of(
        {
            "en": "No room of this mission computes a figure of that key.",
            "kk": "Миссияның бірде-бір бөлімі мұндай кілті бар көрсеткішті есептемейді.",
            "ru": "Ни один раздел миссии не вычисляет показатель с таким ключом.",
        }
    ),
}
