"""Why something about a quick count is refused, in words."""

from __future__ import annotations

from paragraph8.domain.text import Text


class RefusedPlanError(ValueError):
    """Nothing was written; `text` says why in three languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


NO_FORM = _text(
    "The mission has no published form of that code.",
    "Миссияда мұндай коды бар жарияланған нысан жоқ.",
    "В миссии нет опубликованной формы с таким кодом.",
)
NO_QUESTION = _text(
    "The form has no question {question}, or its answer is no whole number.",
    "Нысанда {question} сұрағы жоқ немесе оның жауабы бүтін сан емес.",
    "В форме нет вопроса {question}, или ответ на него не целое число.",
)
NO_CONTESTANT = _text(
    "Nobody stands under the code {contestant}.",
    "{contestant} кодымен ешкім кандидат емес.",
    "Кандидата с кодом {contestant} нет.",
)
BY_SIZE = _text(
    "Stations of this sample were drawn by their size. A quick count needs a sample in which the stations of a stratum "
    "had equal chances.",
    "Бұл іріктеменің учаскелері мөлшеріне қарай алынған. Параллель санауға қабаттағы учаскелердің мүмкіндігі тең "
    "болған іріктеме керек.",
    "Участки этой выборки отбирались по размеру. Для параллельного подсчета нужна выборка, где у участков одной страты "
    "были равные шансы.",
)
NO_REASON = _text(
    "There is a plan already. Write why another one is needed: both stay visible.",
    "Жоспар бар. Тағы біреуі не үшін керек екенін жазыңыз: екеуі де көрінеді.",
    "План уже есть. Напишите, зачем нужен еще один: видны будут оба.",
)
NO_SOURCE = _text(
    "Say who drew the sample, when, from which list and how.",
    "Іріктемені кім, қашан, қай тізімнен және қалай алғанын жазыңыз.",
    "Укажите, кто, когда, из какого списка и как отобрал выборку.",
)
SHUT = _text(
    "The gate stays shut: not every condition that was fixed in advance is met.",
    "Көрсеткіштер жабық қалады: алдын ала белгіленген жариялау шарттарының бәрі орындалған жоқ.",
    "Показатели остаются закрытыми: выполнены не все условия публикации, установленные заранее.",
)
OPEN_ALREADY = _text(
    "The gate is open already.",
    "Көрсеткіштер ашық тұр.",
    "Показатели уже открыты.",
)
SHUT_ALREADY = _text(
    "The gate is shut already.",
    "Көрсеткіштер жабық тұр.",
    "Показатели уже закрыты.",
)
NO_WORDS = _text(
    "Write why it is shut again: figures may have been said aloud.",
    "Неліктен қайта жабылатынын жазыңыз: көрсеткіштер жарияланып кеткен болуы мүмкін.",
    "Напишите, почему показатели снова закрываются: показатели могли быть уже названы.",
)
BAD_LOOKS = _text(
    "The first look comes after the last one, or there would be more than 200 looks.",
    "Бірінші қарау соңғысынан кейін тұр немесе қарау саны 200-ден асады.",
    "Первый просмотр позже последнего, или просмотров получилось бы больше 200.",
)
FORMAT = _text(
    "A mission of this format visits few polling stations; a quick count rests on a sample of all of them.",
    "Мұндай форматтағы миссия аз учаскеге барады; параллель санау барлық учаскелердің іріктемесіне сүйенеді.",
    "Миссия такого формата посещает немного участков; параллельный подсчет опирается на выборку из всех.",
)


def filled(text: Text, **details: str) -> Text:
    """The text with what stands in braces filled in."""
    return Text.of({tag: string.format(**details) for tag, string in text.strings})
