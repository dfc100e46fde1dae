"""Awkward sentences with their numbers filled in, as a careful translator would write them."""

from __future__ import annotations

import pytest

from paragraph8.domain.figures import Basis, Unit
from paragraph8.wording.linter import lint
from paragraph8.wording.sentences import render
from wording.small_mission import by_key, count, share


def of(x, y, unit=Unit.OBSERVATION, left=0):
    return share("a.b", x, y, unit, left=left, basis=Basis.REGISTER)


def n(number, unit=Unit.OBSERVER):
    return count("a.n", number, unit)


MISSION = (
    count("m.observers", 341, Unit.OBSERVER),
    count("m.observers[institution=assembly]", 41, Unit.OBSERVER),
    count("m.observers[institution=office]", 300, Unit.OBSERVER),
    count("m.countries", 21, Unit.COUNTRY),
)
HARD_CASES = [
    (
        "kk",
        MISSION,
        "Миссия құрамында {m.countries:x} елден келген {m.observers:x} байқаушы болды: оның "
        "{m.observers[institution=office]:x|pacc} Бюро, {m.observers[institution=assembly]:x|pacc} Ассамблея жіберді.",
        "Миссия құрамында 21 елден келген 341 байқаушы болды: оның 300-ін Бюро, 41-ін Ассамблея жіберді.",
    ),
    (
        "ru",
        MISSION,
        "Общая численность миссии — {m.observers:x|unit:nom} из {m.countries:x|unit:gen}: "
        "{m.observers[institution=office]:x} от Бюро и {m.observers[institution=assembly]:x} от Ассамблеи.",
        "Общая численность миссии — 341\u00a0наблюдатель из 21\u00a0страны: 300 от Бюро и 41 от Ассамблеи.",
    ),
    (
        "ru",
        (n(1_121, Unit.OBSERVATION), count("a.s", 981, Unit.STATION)),
        "Показатели по голосованию основаны на {a.n:x|report:loc} с {a.s:x|unit:gen}.",
        "Показатели по голосованию основаны на 1\u00a0121\u00a0отчете с 981\u00a0избирательного участка.",
    ),
    (
        "kk",
        (of(369, 1_099),),
        "Дауыстарды санау кезіндегі {a.b:y} байқаудың {a.b:x|in} ({a.b:p} пайызында) бюллетеньдегі белгі санауға "
        "қатысып отырғандарға көрсетілмеді.",
        "Дауыстарды санау кезіндегі 1\u00a0099 байқаудың 369-ында (33,6 пайызында) бюллетеньдегі белгі санауға "
        "қатысып отырғандарға көрсетілмеді.",
    ),
    (
        "kk",
        (of(2, 21),),
        "Дауыстарды санау кезіндегі {a.b:y} байқаудың {a.b:x|in} бюллетеньдегі белгі көрсетілмеді.",
        "Дауыстарды санау кезіндегі 21 байқаудың 2-сінде бюллетеньдегі белгі көрсетілмеді.",
    ),
    (
        "ru",
        (of(2, 21),),
        "В {a.b:of} за подсчетом голосов отметка в бюллетене не была показана присутствующим.",
        "В 2 из 21\u00a0наблюдения за подсчетом голосов отметка в бюллетене не была показана присутствующим.",
    ),
    (
        "kk",
        (of(50, 91),),
        "Дауыстарды санау {a.b:more-than-half} ({a.b:y} байқаудың {a.b:x|in}) теріс бағаланды.",
        "Дауыстарды санау байқаулардың жартысынан көбінде (91 байқаудың 50-інде) теріс бағаланды.",
    ),
    (
        "kk",
        (of(40, 41),),
        "Дауыс беру барысы байқаулардың {a.b:p} пайызында ({a.b:y} байқаудың {a.b:x|in}) оң бағаланды.",
        "Дауыс беру барысы байқаулардың 97,6 пайызында (41 байқаудың 40-ында) оң бағаланды.",
    ),
    (
        "ru",
        (of(369, 1_099, left=1),),
        "Еще в {a.b:left|unit:loc} у группы не было возможности увидеть это действие; такие случаи в расчет доли не "
        "включены.",
        "Еще в 1\u00a0наблюдении у группы не было возможности увидеть это действие; такие случаи в расчет доли не "
        "включены.",
    ),
    (
        "en",
        (of(369, 1_099, left=1),),
        "In a further {a.b:left|unit} the team could not see this step; such cases are not part of the share.",
        "In a further 1\u00a0observation the team could not see this step; such cases are not part of the share.",
    ),
    (
        "kk",
        (of(10, 130), share("a.r", 6, 17, Unit.STATION)),
        "Бюллетеньдерді топтап салу белгілері дауыстарды санау кезіндегі {a.b:y} байқаудың {a.b:x|in}, миссия жұмыс "
        "істеген {a.r:y} өңірдің {a.r:x|in} тіркелді.",
        "Бюллетеньдерді топтап салу белгілері дауыстарды санау кезіндегі 130 байқаудың 10-ында, миссия жұмыс істеген "
        "17 өңірдің 6-сында тіркелді.",
    ),
    (
        "ru",
        (of(3, 101),),
        "Отмечены единичные случаи голосования за другое лицо (в {a.b:of}).",
        "Отмечены единичные случаи голосования за другое лицо (в 3 из 101\u00a0наблюдения).",
    ),
    (
        "kk",
        (share("a.w", 700, 1_000, Unit.PERSON), of(20, 21, Unit.STATION)),
        "Байқаушылар барған учаскелерде комиссия мүшелерінің {a.w:p} пайызы әйелдер болды; {a.b:y} комиссияның "
        "{a.b:x|pacc} әйелдер басқарды.",
        "Байқаушылар барған учаскелерде комиссия мүшелерінің 70,0 пайызы әйелдер болды; 21 комиссияның 20-сын әйелдер "
        "басқарды.",
    ),
    (
        "ru",
        (share("a.w", 700, 1_000, Unit.PERSON), of(20, 21, Unit.STATION)),
        "На посещенных участках женщины составляли {a.w:share} членов комиссий и возглавляли {a.b:of|commission}.",
        "На посещенных участках женщины составляли 70,0\u00a0% членов комиссий и возглавляли 20 из 21\u00a0комиссии.",
    ),
    (
        "ru",
        (n(21, Unit.PERSON), count("a.r", 1, Unit.STATION)),
        "По сообщениям, полученным наблюдателями от {a.n:x|independent-source:gen} в {a.r:x|region:loc}, должностные "
        "лица давали работникам бюджетной сферы указание посещать агитационные мероприятия.",
        "По сообщениям, полученным наблюдателями от 21\u00a0независимого источника в 1\u00a0регионе, должностные лица "
        "давали работникам бюджетной сферы указание посещать агитационные мероприятия.",
    ),
    (
        "ru",
        (n(121, Unit.PERSON),),
        "Задержание {a.n:at-least=121|peaceful-protester}, в том числе журналистов, вызвало обеспокоенность "
        "относительно соблюдения свободы собраний.",
        "Задержание не менее 121\u00a0участника мирного протеста, в том числе журналистов, вызвало обеспокоенность "
        "относительно соблюдения свободы собраний.",
    ),
    (
        "kk",
        (of(9_261_461, 11_960_364, Unit.VOTER),),
        "ОСК мәліметінше, сағат 22:10-дағы жағдай бойынша {a.b:x} сайлаушы (тіркелгендердің {a.b:p} пайызы) бюллетень "
        "алған.",
        "ОСК мәліметінше, сағат 22:10-дағы жағдай бойынша 9\u00a0261\u00a0461 сайлаушы (тіркелгендердің 77,4 пайызы) "
        "бюллетень алған.",
    ),
    (
        "ru",
        (n(21, Unit.STATION), share("a.c", 1, 100, Unit.PERSON)),
        "Из {a.n:x|hour:gen} отслеженных новостных программ {a.c:share} было посвящено Дании Еспаевой.",
        "Из 21\u00a0часа отслеженных новостных программ 1,0\u00a0% было посвящено Дании Еспаевой.",
    ),
    (
        "kk",
        (of(12, 17, Unit.STATION),),
        "2015 жылғы {a.b:y} басым ұсынымның {a.b:x|poss} орындалмаған.",
        "2015 жылғы 17 басым ұсынымның 12-сі орындалмаған.",
    ),
    (
        "ru",
        (of(1, 21, Unit.STATION),),
        "Из {a.b:y|priority-recommendation:gen} 2015 года не выполнено {a.b:x}.",
        "Из 21\u00a0приоритетной рекомендации 2015 года не выполнено 1.",
    ),
    (
        "kk",
        (n(40, Unit.PERSON), count("a.r", 31, Unit.PERSON)),
        "2019 жылғы 9 маусымға дейін ОСК-ға {a.n:x} шағым түсті, оның {a.r:x|poss} мәні бойынша қаралмады.",
        "2019 жылғы 9 маусымға дейін ОСК-ға 40 шағым түсті, оның 31-і мәні бойынша қаралмады.",
    ),
    (
        "ru",
        (n(1_201, Unit.STATION), share("a.t", 713, 1_000, Unit.PERSON)),
        "По случайной выборке из {a.n:x|unit:gen} явка оценивается в {a.t:share}.",
        "По случайной выборке из 1\u00a0201\u00a0избирательного участка явка оценивается в 71,3\u00a0%.",
    ),
    (
        "kk",
        (n(368), count("a.r", 369, Unit.OBSERVER)),
        "Бұл нұсқада 2019 жылғы 10 маусымда жарияланған {a.n:x} көрсеткіші түзетілді; дұрысы – {a.r:x}.",
        "Бұл нұсқада 2019 жылғы 10 маусымда жарияланған 368 көрсеткіші түзетілді; дұрысы – 369.",
    ),
]


@pytest.mark.parametrize(("language", "figures", "template", "written"), HARD_CASES)
def test_the_sentence_is_written_exactly_so(language, figures, template, written):
    assert render(template, by_key(*figures), language).text == written


@pytest.mark.parametrize(("language", "figures", "template", "written"), HARD_CASES)
def test_its_template_passes_the_linter_and_its_text_typed_by_hand_does_not(language, figures, template, written):
    assert lint(template, language, by_key(*figures), ()) == ()
    typed = [finding for finding in lint(written, language, {}, ()) if finding.code == "hand-number"]
    assert len(typed) >= len(figures)
