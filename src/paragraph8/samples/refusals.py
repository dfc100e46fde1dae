"""Why something about a sample is refused, in words."""

from __future__ import annotations

from paragraph8.domain.text import Text


class RefusedSampleError(ValueError):
    """Nothing was written; `text` says why in three languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


OPEN_SEED = _text(
    "A seed has been committed to that no draw has used yet. Nobody may choose between seeds.",
    "Міндеттелген, бірақ әлі ешбір іріктеуде қолданылмаған бастапқы сан бар. Сандардың арасынан таңдауға болмайды.",
    "Уже есть обязательство по начальному числу, которое еще не использовано. Выбирать между числами нельзя.",
)
NO_SEED = _text(
    "Commit to a seed first: only then can nobody have chosen the sample.",
    "Алдымен бастапқы санды міндеттеңіз: сонда ғана іріктемені ешкім таңдай алмайды.",
    "Сначала возьмите обязательство по начальному числу: только тогда никто не мог подобрать выборку.",
)
SEED_USED = _text(
    "This seed has served its draw. Commit to a new one.",
    "Бұл бастапқы сан өз іріктеуінде қолданылды. Жаңасын міндеттеңіз.",
    "Это начальное число уже использовано. Возьмите обязательство по новому.",
)
NOT_AWAITED = _text(
    "Nothing is to be contributed to this seed, or it has been.",
    "Бұл бастапқы санға үлес күтілмейді немесе ол қосылып қойған.",
    "К этому начальному числу вклад не ожидается или уже внесен.",
)
TOO_EARLY = _text(
    "It cannot be known yet: the time that was announced has not come.",
    "Ол әлі белгілі бола алмайды: жарияланған уақыт келген жоқ.",
    "Это еще не может быть известно: объявленное время не наступило.",
)
NO_CONTRIBUTION = _text(
    "The contribution that was announced is still missing.",
    "Жарияланған үлес әлі қосылған жоқ.",
    "Объявленный вклад еще не внесен.",
)
NO_VALUE = _text(
    "Write down what was thrown or drawn, in at most 200 characters.",
    "Не түскенін немесе не шыққанын жазыңыз, 200 таңбадан аспасын.",
    "Запишите, что выпало или было вытянуто, не более 200 знаков.",
)
NO_DUE = _text(
    "Say from what time it can be known, in the future: what is known now can be chosen.",
    "Оның қашан белгілі болатынын айтыңыз, ол болашақта болуы керек: қазір белгілі нәрсені таңдауға болады.",
    "Укажите, с какого времени это может быть известно, – в будущем: известное сейчас можно подобрать.",
)
NO_SOURCE = _text(
    "Say where the contribution will come from.",
    "Үлестің қайдан алынатынын айтыңыз.",
    "Укажите, откуда возьмется вклад.",
)
NO_LIST = _text(
    "The mission has no station list in force. Publish one in the room Places.",
    "Миссияда күшінде тұрған учаскелер тізімі жоқ. Оны «Орындар» бөлмесінде жариялаңыз.",
    "У миссии нет действующего списка участков. Опубликуйте его в комнате «Места».",
)
NO_REASON = _text(
    "A sample for this purpose was drawn before. Write why there has to be another; both stay visible.",
    "Осы мақсатқа іріктеме бұрын алынған. Тағы біреуі не үшін керегін жазыңыз; екеуі де көрініп тұрады.",
    "Выборка для этой цели уже была. Напишите, зачем нужна еще одна; обе останутся видны.",
)
NO_WORDS = _text("Write a reason.", "Себебін жазыңыз.", "Укажите причину.")
CLOSES_TOO_EARLY = _text(
    "Polls close later than that on election day; until then nobody else may know the stations.",
    "Сайлау күні дауыс беру бұдан кеш аяқталады; оған дейін учаскелерді өзге ешкім білмеуі керек.",
    "В день выборов голосование заканчивается позже; до тех пор больше никто не должен знать участки.",
)
NO_CLOSE = _text(
    "Say when polls close: the mission has no election day yet.",
    "Дауыс беру қашан аяқталатынын айтыңыз: миссияда сайлау күні әлі белгіленбеген.",
    "Укажите, когда закончится голосование: день выборов у миссии еще не указан.",
)
FRAME_CHANGED = _text(
    "The station list has changed since the draw was asked for. Ask again.",
    "Іріктеу сұралғаннан бері учаскелер тізімі өзгерді. Қайта сұраңыз.",
    "Список участков изменился после запроса. Запросите отбор снова.",
)
NO_TEAMS = _text(
    "No team has an area. Give the teams their areas in the room Teams.",
    "Ешбір топтың аумағы жоқ. «Топтар» бөлмесінде топтарға аумақ беріңіз.",
    "Ни у одной группы нет территории. Назначьте территории в комнате «Группы».",
)
NOT_IN_SAMPLE = _text(
    "This station is not in the sample, or has given way already.",
    "Бұл учаске іріктемеде жоқ немесе орнын босатып қойған.",
    "Этого участка нет в выборке, или он уже заменен.",
)
NO_RESERVE = _text(
    "No reserve is left in its stratum. The station stays in the sample and counts as not reached.",
    "Оның қабатында қосалқы учаске қалмады. Учаске іріктемеде қалады және жетпеген болып есептеледі.",
    "В его страте резерва не осталось. Участок остается в выборке и считается недостигнутым.",
)
CLOSED = _text(
    "Polls have closed: from now on nothing in the sample may be replaced.",
    "Дауыс беру аяқталды: енді іріктемеде ештеңе алмастырылмайды.",
    "Голосование закончилось: в выборке больше ничего нельзя заменить.",
)
FORMAT = _text(
    "A mission of this format observes no stations systematically, and so it draws no sample.",
    "Мұндай форматтағы миссия учаскелерді жүйелі түрде байқамайды, сондықтан іріктеме алмайды.",
    "Миссия такого формата не наблюдает участки систематически и поэтому не проводит выборку.",
)
