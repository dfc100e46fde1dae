"""The certificate of a closed mission as people read it, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORDS: Mapping[str, Mapping[str, str]] = {
    "title": {
        "en": "Certificate of erasure",
        "kk": "Деректерді жою туралы куәлік",
        "ru": "Свидетельство об уничтожении данных",
    },
    "mission": {"en": "Mission", "kk": "Миссия", "ru": "Миссия"},
    "closed": {"en": "Closed", "kk": "Жабылған уақыты", "ru": "Закрыта"},
    "simulated": {
        "en": "Demonstration with simulated data",
        "kk": "Үлгіленген деректермен көрсетілім",
        "ru": "Демонстрация со смоделированными данными",
    },
    "erased": {"en": "Erased", "kk": "Жойылғаны", "ru": "Уничтожено"},
    "local-staff": {
        "en": "local staff, personal data",
        "kk": "жергілікті қызметкерлердің дербес деректері",
        "ru": "персональные данные местных сотрудников",
    },
    "people": {
        "en": "people of the mission, personal data",
        "kk": "миссия мүшелерінің дербес деректері",
        "ru": "персональные данные членов миссии",
    },
    "lists": {"en": "lists of people", "kk": "адамдар тізімдері", "ru": "списки людей"},
    "private-contacts": {"en": "private contacts", "kk": "жария емес байланыстар", "ru": "непубличные контакты"},
    "team-telephones": {
        "en": "cars and telephones of teams",
        "kk": "топтардың көліктері мен телефондары",
        "ru": "автомобили и телефоны групп",
    },
    "devices": {"en": "devices closed", "kk": "жабылған құрылғылар", "ru": "закрытые устройства"},
    "check-ins": {
        "en": "check-ins and recalls",
        "kk": "байланысқа шығулар мен шақырулар",
        "ru": "отметки о связи и отзывы",
    },
    "left": {
        "en": "Keys of personal data that are left",
        "kk": "Қалған дербес деректер кілттері",
        "ru": "Осталось ключей персональных данных",
    },
    "archive": {"en": "Archive", "kk": "Мұрағат", "ru": "Архив"},
    "log": {"en": "Last change of the log", "kk": "Журналдың соңғы өзгерісі", "ru": "Последнее изменение журнала"},
    "signer": {"en": "Signing key", "kk": "Қолтаңба кілті", "ru": "Ключ подписи"},
    "not": {
        "en": "Not erased by this: reports as they were sent, names in the mission's own log, accounts that sign in, "
        "and copies of the database and its folder that were made before. Whoever keeps such copies must destroy them.",
        "kk": "Мұнымен жойылмайды: жіберілген күйіндегі есептер, миссияның өз журналындағы аттар, кіру тіркелгілері "
        "және дерекқор мен оның қалтасының бұрын жасалған көшірмелері. Мұндай көшірмелерді сақтаған адам оларды жоюы "
        "керек.",
        "ru": "Этим не уничтожены: отчеты в том виде, как они присланы, имена в собственном журнале миссии, учетные "
        "записи и ранее сделанные копии базы данных и ее папки. Кто хранит такие копии, должен их уничтожить.",
    },
}


def certificate_text(facts: Mapping[str, Any]) -> str:
    """The certificate on paper: the same facts in each language, one after another."""
    return "\n\n".join(_in(language, facts) for language in ("en", "kk", "ru")) + "\n"


def _in(language: str, facts: Mapping[str, Any]) -> str:
    def word(code: str) -> str:
        return WORDS[code][language]

    title = facts["title"].get(language) or next(iter(facts["title"].values()), "")
    left = sum(facts["left"].values())
    lines = [
        word("title"),
        f"{word('mission')}: {title} ({facts['mission']})",
        *([word("simulated")] if facts["simulated"] else []),
        f"{word('closed')}: {facts['closed_at']}",
        f"{word('erased')}:",
        *(f"  {word(name)}: {n}" for name, n in facts["erased"].items()),
        f"{word('left')}: {left}",
        f"{word('archive')}: {facts['archive']['name']}, SHA-256 {facts['archive']['sha256']}",
        f"{word('log')}: {facts['log']['change']}, {facts['log']['chain']}",
        f"{word('signer')}: {facts['signer']}",
        word("not"),
    ]
    return "\n".join(lines)
