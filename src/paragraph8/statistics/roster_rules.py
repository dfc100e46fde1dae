"""The rules by which people and countries are counted, as they are printed beside the numbers.

The rules are written here once; `roster.py` beside this file follows them, and a test holds each to a case.
"""

from __future__ import annotations

from dataclasses import dataclass

from paragraph8.domain.text import Text


@dataclass(frozen=True)
class CountingRule:
    """One rule, in the languages of the product."""

    code: str
    text: Text


def _rule(code: str, en: str, kk: str, ru: str) -> CountingRule:
    return CountingRule(code, Text.of({"en": en, "kk": kk, "ru": ru}))


COUNTING_RULES: tuple[CountingRule, ...] = (
    _rule(
        "present",
        "A person counts from the day of arrival to the day before a withdrawal or the withdrawal of the accreditation "
        "holds.",
        "Адам келген күнінен бастап құрамнан шыққан немесе аккредиттеуі кері қайтарылып алынған күнге дейін саналады.",
        "Человек учитывается со дня прибытия; со дня, с которого действует выбытие или отзыв аккредитации, он больше "
        "не учитывается.",
    ),
    _rule(
        "returns",
        "Who withdrew counts again after a new arrival. Whose accreditation was withdrawn counts again after a new "
        "accreditation.",
        "Құрамнан шыққан адам қайта келгеннен кейін ғана саналады. Аккредиттеуі кері қайтарылып алынған адам жаңадан "
        "аккредиттелгеннен кейін ғана саналады.",
        "Выбывший учитывается снова после нового прибытия. Тот, чья аккредитация отозвана, учитывается снова после "
        "новой аккредитации.",
    ),
    _rule(
        "one-institution",
        "A person who belongs to two institutions counts once, with the institution named first on the roster. So the "
        "institutions add up to the mission.",
        "Екі мекемеге тиесілі адам тізімде бірінші аталған мекеме бойынша бір рет саналады. Сондықтан мекемелердің "
        "қосындысы миссия санына тең.",
        "Человек, принадлежащий к двум организациям, учитывается один раз, по той, что названа в списке первой. "
        "Поэтому сумма по организациям равна числу для миссии.",
    ),
    _rule(
        "one-category",
        "Every function belongs to one part of the mission, so the parts add up.",
        "Әрбір қызмет миссияның бір бөлігіне жатады, сондықтан бөліктердің қосындысы жалпы санға тең.",
        "Каждая функция относится к одной части миссии, поэтому части дают в сумме целое.",
    ),
    _rule(
        "country",
        "The country is the one that sent the person, not that of the passport. Who was sent by an institution and by "
        "no country adds none.",
        "Ел – адамды жіберген ел, паспорт берген ел емес. Елден емес, мекемеден жіберілген адам ел санына қосылмайды.",
        "Страна – та, которая направила человека, а не страна паспорта. Кто направлен организацией, а не страной, "
        "числа стран не увеличивает.",
    ),
    _rule(
        "country-once",
        "A country that sent people to several institutions counts once for the mission and once for each of them. So "
        "the countries of the institutions do not add up to those of the mission.",
        "Бірнеше мекемеге адам жіберген ел миссия бойынша бір рет және сол мекемелердің әрқайсысында бір рет саналады. "
        "Сондықтан мекемелер бойынша елдердің қосындысы миссия елдерінің санына тең болмауы мүмкін.",
        "Страна, направившая людей в несколько организаций, учитывается один раз для миссии и по одному разу для "
        "каждой из них. Поэтому сумма стран по организациям может не совпадать с числом стран миссии.",
    ),
    _rule(
        "local-staff",
        "Interpreters, drivers and assistants hired in the country are no observers and are counted nowhere here.",
        "Елде жалданған аудармашылар, жүргізушілер мен көмекшілер байқаушы емес және мұнда еш жерде саналмайды.",
        "Нанятые в стране переводчики, водители и ассистенты не являются наблюдателями и здесь нигде не учитываются.",
    ),
)
