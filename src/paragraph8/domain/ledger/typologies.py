"""The terms in which events are described: data in three languages, to which a mission may add and which it may reword.

A term keeps its code; a later version of a typology may reword it or retire it, and events keep the code they were
given. These are our own short lists; a mission that works with the Events Standard Formats of HURIDOCS imports its
reviewed list instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from paragraph8.domain.text import Text


class Typology(StrEnum):
    """What a list of terms is for."""

    EVENT = "event"
    ACT = "act"
    ROLE = "role"
    """Who does something, or to whom it is done: a role, never a person."""
    OUTCOME = "outcome"
    """What came of it, and what claims count."""
    RIGHT = "right"


class Phase(StrEnum):
    """When in the election something happened."""

    BEFORE = "before"
    CAMPAIGN = "campaign"
    SILENCE = "silence"
    ELECTION_DAY = "election-day"
    AFTER = "after"


PHASES: Mapping[Phase, Text] = {
    Phase.BEFORE: Text.of({"en": "before the campaign", "kk": "үгітке дейін", "ru": "до кампании"}),
    Phase.CAMPAIGN: Text.of({"en": "campaign", "kk": "сайлауалды үгіт", "ru": "агитационная кампания"}),
    Phase.SILENCE: Text.of({"en": "election silence", "kk": "үгітке тыйым салынған күн", "ru": "день тишины"}),
    Phase.ELECTION_DAY: Text.of({"en": "election day", "kk": "сайлау күні", "ru": "день выборов"}),
    Phase.AFTER: Text.of({"en": "after election day", "kk": "сайлау күнінен кейін", "ru": "после дня выборов"}),
}


@dataclass(frozen=True)
class Term:
    """One term of a typology."""

    code: str
    title: Text


def _terms(*rows: tuple[str, str, str, str]) -> tuple[Term, ...]:
    return tuple(Term(code, Text.of({"en": en, "kk": kk, "ru": ru})) for code, en, kk, ru in rows)


STANDARD: Mapping[Typology, tuple[Term, ...]] = {
    Typology.EVENT: _terms(
        ("assembly", "assembly or protest", "жиналыс немесе наразылық", "собрание или протест"),
        ("detention", "detention of people", "адамдарды ұстау", "задержание людей"),
        (
            "pressure",
            "pressure on voters or employees",
            "сайлаушыларға немесе қызметкерлерге қысым",
            "давление на избирателей или работников",
        ),
        ("violence", "violence", "зорлық-зомбылық", "насилие"),
        (
            "obstruction-observers",
            "obstruction of observers",
            "байқаушыларға кедергі жасау",
            "препятствие наблюдателям",
        ),
        (
            "obstruction-media",
            "obstruction of media",
            "БАҚ-қа кедергі жасау",
            "препятствие средствам массовой информации",
        ),
        ("blocking", "blocking of internet services", "интернет-сервистерді бұғаттау", "блокировка интернет-сервисов"),
        ("campaign-event", "campaign event", "үгіт шарасы", "агитационное мероприятие"),
        (
            "misuse",
            "misuse of administrative resources",
            "әкімшілік ресурсты теріс пайдалану",
            "злоупотребление административным ресурсом",
        ),
        ("court", "court proceeding", "сот отырысы", "судебное разбирательство"),
        ("statement", "public statement", "көпшілік алдындағы мәлімдеме", "публичное заявление"),
        ("other", "other event", "басқа оқиға", "другое событие"),
    ),
    Typology.ACT: _terms(
        ("detains", "detains", "ұстайды", "задерживает"),
        ("disperses", "disperses", "таратып жібереді", "разгоняет"),
        ("uses-force", "uses force against", "күш қолданады", "применяет силу против"),
        ("threatens", "threatens", "қорқытады", "угрожает"),
        ("pressures", "puts pressure on", "қысым жасайды", "оказывает давление на"),
        (
            "instructs",
            "instructs to vote or attend",
            "дауыс беруді немесе қатысуды тапсырады",
            "дает указание голосовать или прийти",
        ),
        ("fines", "fines", "айыппұл салады", "штрафует"),
        ("jails", "jails", "қамауға алады", "подвергает аресту"),
        ("blocks", "blocks access of", "қолжетімділігін бұғаттайды", "блокирует доступ для"),
        ("expels", "expels from a place", "бір жерден шығарып жібереді", "удаляет из помещения"),
        ("denies", "denies a right to", "құқығын бермейді", "отказывает в праве"),
        ("bribes", "offers an advantage to", "пайда ұсынады", "предлагает выгоду"),
    ),
    Typology.ROLE: _terms(
        ("police", "police", "полиция", "полиция"),
        ("security-service", "security service", "қауіпсіздік қызметі", "служба безопасности"),
        ("local-authority", "local authority", "жергілікті билік", "местная власть"),
        ("central-authority", "central authority", "орталық билік", "центральная власть"),
        ("commission", "election commission", "сайлау комиссиясы", "избирательная комиссия"),
        ("court", "court", "сот", "суд"),
        ("employer", "employer", "жұмыс беруші", "работодатель"),
        ("university", "university or school", "университет немесе мектеп", "университет или школа"),
        ("party", "party or campaign", "партия немесе сайлау штабы", "партия или штаб"),
        ("protesters", "protesters", "наразылық білдірушілер", "протестующие"),
        ("voters", "voters", "сайлаушылар", "избиратели"),
        (
            "public-employees",
            "public sector employees",
            "мемлекеттік сектор қызметкерлері",
            "работники бюджетной сферы",
        ),
        ("students", "students", "студенттер", "студенты"),
        ("journalists", "journalists", "журналистер", "журналисты"),
        ("rights-defenders", "human rights defenders", "құқық қорғаушылар", "правозащитники"),
        ("observers", "observers", "байқаушылар", "наблюдатели"),
        ("activists", "activists", "белсенділер", "активисты"),
        ("passers-by", "passers-by", "өтіп бара жатқан адамдар", "прохожие"),
        ("unknown", "not known", "белгісіз", "неизвестно"),
    ),
    Typology.OUTCOME: _terms(
        ("detained", "detained", "ұсталған", "задержаны"),
        ("found-liable", "found liable", "жауапқа тартылған", "привлечены к ответственности"),
        ("jailed", "jailed", "қамауға алынған", "арестованы"),
        ("fined", "fined", "айыппұл салынған", "оштрафованы"),
        ("warned", "warned", "ескерту жасалған", "предупреждены"),
        ("released", "released", "босатылған", "отпущены"),
        ("held", "still held", "әлі ұсталып отырған", "остаются под стражей"),
        ("charged", "charged", "айып тағылған", "предъявлено обвинение"),
        ("sentenced", "sentenced", "үкім шығарылған", "осуждены"),
        ("injured", "injured", "жарақаттанған", "пострадали"),
        ("attended", "attended", "қатысқан", "присутствовали"),
        ("blocked", "blocked", "бұғатталған", "заблокировано"),
        ("none", "no consequence known", "салдары белгісіз", "последствия неизвестны"),
    ),
    Typology.RIGHT: _terms(
        ("assembly", "peaceful assembly", "бейбіт жиналыс бостандығы", "свобода мирных собраний"),
        ("expression", "freedom of expression", "сөз бостандығы", "свобода выражения мнения"),
        ("information", "access to information", "ақпаратқа қол жеткізу", "доступ к информации"),
        ("association", "freedom of association", "бірлесу бостандығы", "свобода объединений"),
        ("free-vote", "free expression of the voters' will", "сайлаушының еркін таңдауы", "свободное волеизъявление"),
        ("secrecy", "secrecy of the vote", "дауыс беру құпиялылығы", "тайна голосования"),
        (
            "liberty",
            "liberty and security of person",
            "жеке бас бостандығы мен қауіпсіздігі",
            "свобода и личная неприкосновенность",
        ),
        ("fair-trial", "fair hearing", "әділ сот", "справедливое разбирательство"),
        ("observe", "observation of elections", "сайлауды байқау", "наблюдение за выборами"),
        ("remedy", "effective remedy", "тиімді қорғау құралы", "эффективное средство защиты"),
    ),
}
