"""Messages that call teams back, written beforehand in the languages of the product, so that nobody words them in a
hurry.

The short text fits one SMS in each language (160 places of the GSM alphabet, 70 in Cyrillic letters); the long one is
for the phone app and for e-mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .text import Text


class Call(StrEnum):
    """What teams are called on to do."""

    RETURN = "return"
    STAY = "stay"
    LEAVE = "leave"
    ANSWER = "answer"


class Channel(StrEnum):
    """The ways a recall goes out. None of them is sent from here: it is drafted, copied and noted as sent."""

    SMS = "sms"
    APP = "app"
    MAIL = "mail"
    CALLS = "calls"


@dataclass(frozen=True)
class Wording:
    """One call: its name, the short text, the long one."""

    title: Text
    short: Text
    long: Text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


WORDINGS: Mapping[Call, Wording] = {
    Call.RETURN: Wording(
        _text("Return to your base", "Базаға оралу", "Вернуться на базу"),
        _text(
            "RECALL. Stop observing and go to your base now. Confirm to the security desk.",
            "КЕРІ ШАҚЫРУ. Байқауды тоқтатып, базаға қайтыңыз. Растаңыз.",
            "ОТЗЫВ. Прекратите наблюдение, вернитесь на базу. Подтвердите.",
        ),
        _text(
            "All teams named in this message stop observing now and go to their base by the safest way. Take your "
            "materials with you. Tell nobody outside the mission why. Confirm to the security desk when you leave and "
            "when you have arrived.",
            "Осы хабарламада аталған барлық топтар байқауды дереу тоқтатып, ең қауіпсіз жолмен базасына қайтады. "
            "Материалдарыңызды өзіңізбен алыңыз. Себебін миссиядан тыс ешкімге айтпаңыз. Жолға шыққанда және жеткенде "
            "қауіпсіздік қызметіне растаңыз.",
            "Все группы, названные в этом сообщении, немедленно прекращают наблюдение и самым безопасным путем "
            "возвращаются на базу. Возьмите материалы с собой. Никому вне миссии не называйте причину. Подтвердите "
            "службе безопасности выезд и прибытие.",
        ),
    ),
    Call.STAY: Wording(
        _text("Stay where you are", "Орнында қалу", "Оставаться на месте"),
        _text(
            "STAY where you are, indoors. Do not travel. Confirm your place to the security desk.",
            "ОРНЫҢЫЗДА, ғимарат ішінде болыңыз. Жолға шықпаңыз. Растаңыз.",
            "ОСТАВАЙТЕСЬ на месте, в помещении. Не выезжайте. Подтвердите.",
        ),
        _text(
            "All teams named in this message stay where they are, inside a building and away from windows and crowds. "
            "Do not travel until you are told so. Tell the security desk where you are and whether you are well.",
            "Осы хабарламада аталған барлық топтар өз орнында, ғимарат ішінде, терезелер мен жиналған жұрттан алыс "
            "қалады. Айтылғанша жолға шықпаңыз. Қауіпсіздік қызметіне қайда екеніңізді және амандығыңызды хабарлаңыз.",
            "Все группы, названные в этом сообщении, остаются на месте, в помещении, вдали от окон и скоплений людей. "
            "Не выезжайте, пока не получите указание. Сообщите службе безопасности, где вы и все ли в порядке.",
        ),
    ),
    Call.LEAVE: Wording(
        _text("Leave the area", "Аймақтан кету", "Покинуть район"),
        _text(
            "LEAVE the area now by the safest way. Call the security desk as soon as you are out.",
            "АЙМАҚТАН қауіпсіз жолмен дереу кетіңіз. Шыққанда қоңырау шалыңыз.",
            "ПОКИНЬТЕ район самым безопасным путем. Выехав, позвоните.",
        ),
        _text(
            "All teams named in this message leave the area at once by the safest way they know. Do not go through "
            "crowds or roadblocks. Call the security desk as soon as you are out, and from the place you stop at.",
            "Осы хабарламада аталған барлық топтар өздері білетін ең қауіпсіз жолмен аймақтан дереу кетеді. Жиналған "
            "жұрт пен жол тосқауылдары арқылы өтпеңіз. Аймақтан шыққан бойда және тоқтаған жерден қауіпсіздік "
            "қызметіне қоңырау шалыңыз.",
            "Все группы, названные в этом сообщении, немедленно покидают район самым безопасным из известных им путей. "
            "Не проезжайте через скопления людей и заграждения. Позвоните службе безопасности, как только выедете из "
            "района, и с места остановки.",
        ),
    ),
    Call.ANSWER: Wording(
        _text("Answer now", "Дереу жауап беру", "Немедленно ответить"),
        _text(
            "CHECK-IN. Answer now: where are you, and are you well?",
            "ТЕКСЕРУ. Дереу жауап беріңіз: қайдасыз, бәрі аман ба?",
            "ПРОВЕРКА. Ответьте сейчас: где вы, все ли в порядке?",
        ),
        _text(
            "The security desk asks all teams named in this message to answer at once: where you are, and whether you "
            "are well. Nothing else is asked of you for now.",
            "Қауіпсіздік қызметі осы хабарламада аталған барлық топтардан дереу жауап беруді сұрайды: қайдасыз және "
            "бәріңіз амансыз ба. Әзірге басқа ештеңе талап етілмейді.",
            "Служба безопасности просит все группы, названные в этом сообщении, немедленно ответить: где вы и все ли в "
            "порядке. Больше пока ничего не требуется.",
        ),
    ),
}
