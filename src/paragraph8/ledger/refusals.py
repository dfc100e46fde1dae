"""What the ledger says no to, in the languages of the product."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text
from paragraph8.domain.writing import RefusedWritingError


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


REFUSALS: Mapping[str, Text] = {
    "no-title": _text(
        "Say in one line what happened, in at least one language of the mission.",
        "Не болғанын миссия тілдерінің кемінде біреуінде бір жолмен жазыңыз.",
        "Скажите одной строкой, что произошло, хотя бы на одном языке миссии.",
    ),
    "no-source": _text(
        "Say who says so: without a source nothing stands here.",
        "Дереккөзін көрсетіңіз: дереккөзсіз мұнда ештеңе жазылмайды.",
        "Укажите источник: без него здесь ничего не записывается.",
    ),
    "no-words": _text(
        "Write what was said, in the words in which it was said.",
        "Не айтылғанын сол айтылған сөздермен жазыңыз.",
        "Запишите сказанное теми словами, какими оно было сказано.",
    ),
    "no-reason": _text("Say why.", "Себебін жазыңыз.", "Укажите причину."),
    "no-author": _text("Say who made the claim.", "Кім айтқанын жазыңыз.", "Укажите, кто это сказал."),
    "unknown-term": _text(
        "“{term}” is not in the list of terms, or was retired.",
        "«{term}» терминдер тізімінде жоқ немесе қолданыстан шығарылған.",
        "«{term}» нет в списке терминов, или термин больше не применяется.",
    ),
    "bad-amount": _text(
        "The figure does not fit what was said of it: “between” needs a lower and a higher one, the others one figure.",
        "Сан ол туралы айтылғанға сәйкес келмейді: «аралығында» екі санды, қалғандары бір санды қажет етеді.",
        "Число не подходит к сказанному: «от и до» требует двух чисел, остальное – одного.",
    ),
    "bad-period": _text(
        "The period ends before it begins.",
        "Кезең басталмай тұрып аяқталады.",
        "Период заканчивается раньше, чем начался.",
    ),
    "not-yet-said": _text(
        "A claim cannot be entered before it was made.",
        "Мәлімдемені ол айтылғанға дейін енгізуге болмайды.",
        "Утверждение нельзя внести раньше, чем оно прозвучало.",
    ),
    "unknown-area": _text(
        "There is no area “{area}” in this mission.",
        "Бұл миссияда «{area}» аумағы жоқ.",
        "В этой миссии нет территории «{area}».",
    ),
    "public-area-finer": _text(
        "The place that may be published must hold the place where it happened.",
        "Жариялауға болатын жер оқиға болған жерді қамтуы керек.",
        "Место для публикации должно охватывать место события.",
    ),
    "same-thing": _text(
        "A claim is not linked to itself, and an event is not merged with itself.",
        "Мәлімдеме өзіне байланыстырылмайды, оқиға өзімен біріктірілмейді.",
        "Утверждение не связывают с самим собой, и событие не объединяют с самим собой.",
    ),
    "other-author": _text(
        "Only the same author can say something anew. Between two authors it is a contradiction.",
        "Мәлімдемені тек сол автордың өзі жаңартады. Екі автор арасында бұл – қайшылық.",
        "Заново сказать может только тот же автор. Между двумя авторами это противоречие.",
    ),
    "code-taken": _text(
        "The code “{code}” is taken. Choose another.",
        "«{code}» коды бос емес. Басқасын таңдаңыз.",
        "Код «{code}» уже занят. Выберите другой.",
    ),
    "reading-needs-reason": _text(
        "What was sent is kept as it is; a corrected reading needs a reason.",
        "Жіберілген мәтін сол күйінде сақталады; түзетілген оқылымның себебі көрсетілуі керек.",
        "Присланное хранится как есть; исправленное прочтение требует причины.",
    ),
    "not-protected-enough": _text(
        "Of a protected meeting only the week, the first-level area and the case role may be written: {field} is too "
        "much.",
        "Қорғалатын кездесу туралы тек аптасын, бірінші деңгейлі аумағын және іс рөлін жазуға болады: {field} артық.",
        "О защищенной встрече записывают только неделю, территорию первого уровня и роль по делу: {field} – лишнее.",
    ),
    "withdrawn": _text("This was taken back already.", "Бұл бұрын қайтарып алынған.", "Это уже было отозвано."),
    "no-office": _text(
        "“Established” is signed by the head of mission and by the legal analyst.",
        "«Анықталған» деген тұжырымға миссия басшысы мен заң сарапшысы қол қояды.",
        "«Установлено» подписывают глава миссии и юрист-аналитик.",
    ),
    "too-long": _text(
        "The text is longer than {most} characters.",
        "Мәтін {most} таңбадан ұзын.",
        "Текст длиннее {most} знаков.",
    ),
}


class RefusedEntryError(RefusedWritingError):
    """Nothing was written. `reason` is a code of `REFUSALS`, `field` the field concerned."""

    def __init__(self, reason: str, *, field: str = "", **facts: object) -> None:
        self.reason, self.field, self.facts = reason, field, {"field": field, **facts}
        super().__init__(str(self.text()))

    def text(self) -> Text:
        """Why, in the languages of the product."""
        return Text.of({tag: string.format(**self.facts) for tag, string in REFUSALS[self.reason].strings})
