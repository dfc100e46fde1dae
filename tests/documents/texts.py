"""The texts of the sample mission, in the shape of edition.json."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from paragraph8.domain.figures import Key

LANGUAGES = ("en", "kk", "ru")
AREAS = ("akmola", "almaty", "atyrau", "karagandy", "kostanay", "zhambyl")
TITLES = {
    "akmola": ("Akmola", "Ақмола облысы", "Акмолинская область"),
    "almaty": ("Almaty region", "Алматы облысы", "Алматинская область"),
    "atyrau": ("Atyrau", "Атырау облысы", "Атырауская область"),
    "karagandy": ("Karagandy", "Қарағанды облысы", "Карагандинская область"),
    "kostanay": ("Kostanay", "Қостанай облысы", "Костанайская область"),
    "zhambyl": ("Zhambyl", "Жамбыл облысы", "Жамбылская область"),
}
ASSESSMENTS = ("very-good", "good", "bad", "very-bad")
NOTICE = {
    "en": "Demonstration with simulated observations. Not a statement of any institution.",
    "kk": "Үлгіленген байқаулар негізіндегі көрсетілім. Ешбір мекеменің мәлімдемесі емес.",
    "ru": "Демонстрация со смоделированными наблюдениями. Не является заявлением какой-либо организации.",
}


def trilingual(en: str, kk: str, ru: str) -> dict[str, str]:
    return {"en": en, "kk": kk, "ru": ru}


def share(form: str, answer: str, question: str = "overall", area: str = "") -> str:
    where = {"area": area} if area else {}
    return str(Key.of("eday", "answer", form=form, question=question, answer=answer, **where))


VOTING = share("voting", "good+very-good")
COUNT = share("counting", "bad+very-bad")
SHOWN = share("counting", "no", "shown")
REPORTS = "eday.observations[form=voting]"
OBSERVERS = "missions.observers"


def sentence(name: str, en: str, kk: str, ru: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "texts": trilingual(en, kk, ru), "literals": [], "sources": [], "commitments": [], **more}


def said(*sentences: dict[str, Any]) -> dict[str, Any]:
    return {"sentences": list(sentences)}


def edition_json(**changes: Any) -> dict[str, Any]:
    edition = {
        "edition": 1,
        "mission": {
            "slug": "meridian-2019",
            "title": trilingual(
                "Early presidential election, 9 June 2019",
                "Кезектен тыс Президент сайлауы, 2019 жылғы 9 маусым",
                "Внеочередные выборы Президента, 9 июня 2019 года",
            ),
            "simulated": True,
            "notice": NOTICE,
            "institutions": [
                trilingual("Meridian Office", "Меридиан бюросы", "Бюро «Меридиан»"),
                trilingual("Meridian Assembly", "Меридиан ассамблеясы", "Ассамблея «Меридиан»"),
            ],
            "contacts": [{"en": "office@example.org"}, {"en": "assembly@example.org"}],
        },
        "freeze": {"change": 1234, "heard_until": "2019-06-10T03:30:00+06:00", "zone": "Asia/Almaty"},
        "released": {"at": "2019-06-10T15:00:00+06:00", "by": "head", "version": 1},
        "languages": list(LANGUAGES),
        "documents": [_statement(), _press_release()],
    }
    return deepcopy({**edition, **changes})


ST_001 = sentence(
    "st-001",
    f"Voting was assessed positively in {{{VOTING}:share}} of observations ({{{VOTING}:of}}).",
    f"Дауыс беру барысы байқаулардың {{{VOTING}:share|loc}} ({{{VOTING}:of}}) оң бағаланды.",
    f"Ход голосования был оценен положительно в {{{VOTING}:share}} наблюдений (в {{{VOTING}:of}}).",
)
ST_003 = sentence(
    "st-003",
    f"The figures rest on {{{REPORTS}:x|observation}} of voting.",
    f"Көрсеткіштер дауыс беру барысындағы {{{REPORTS}:x|observation}} негізінде есептелген.",
    f"Показатели основаны на {{{REPORTS}:x|observation:loc}} за ходом голосования.",
)
ST_004 = sentence(
    "st-004",
    "The mission makes no statement on polling stations that nobody visited.",
    "Миссия ешкім бармаған сайлау учаскелері туралы ештеңе айтпайды.",
    "Миссия ничего не утверждает об избирательных участках, на которых никто не был.",
)
ST_005 = sentence(
    "st-005",
    f"The mark on the ballot was not shown to those present in {{{SHOWN}:of}} of the count; in a "
    f"further {{{SHOWN}:left|unit}} the team could not see this step.",
    f"Дауыстарды санау кезіндегі {{{SHOWN}:of}} бюллетеньдегі белгі санауға қатысып отырғандарға "
    f"көрсетілмеді; тағы {{{SHOWN}:left|unit:loc}} бұл әрекетті байқау мүмкін болмады.",
    f"В {{{SHOWN}:of}} за подсчетом голосов отметка в бюллетене не была показана присутствующим; "
    f"еще в {{{SHOWN}:left|unit:loc}} не было возможности наблюдать это действие.",
)
PR_001 = sentence(
    "pr-001",
    f"The mission had {{{OBSERVERS}:x|unit}}, 12 of them in the core team.",
    f"Миссия құрамында {{{OBSERVERS}:x|unit}} болды, оның 12-сі негізгі топта.",
    f"В миссии {{{OBSERVERS}:x|unit}}, 12 из них в основной команде.",
    literals=[{"string": trilingual("12", "12-сі", "12"), "source": "roster, 1 June 2019"}],
    sources=[trilingual("roster of the mission", "миссия тізімі", "список миссии")],
)


def count_sentence() -> dict[str, Any]:
    return sentence(
        "st-002",
        f"The count was assessed negatively in {{{COUNT}:share}} of observations ({{{COUNT}:of}}).",
        f"Дауыстарды санау байқаулардың {{{COUNT}:share|loc}} ({{{COUNT}:of}}) теріс бағаланды.",
        f"Подсчет голосов был оценен отрицательно в {{{COUNT}:share}} наблюдений (в {{{COUNT}:of}}).",
        commitments=[
            trilingual("Copenhagen 1990, paragraph 7.4", "Копенгаген 1990, 7.4-тармақ", "Копенгаген 1990, пункт 7.4")
        ],
    )


def _statement() -> dict[str, Any]:
    return {
        "code": "statement",
        "kind": "statement",
        "title": trilingual(
            "What did observers see on election day, and how do they know?",
            "Байқаушылар сайлау күні не көрді және оны қайдан біледі?",
            "Что наблюдатели видели в день выборов и откуда они это знают?",
        ),
        "dateline": trilingual(
            "Nur-Sultan, 10 June 2019", "Нұр-Сұлтан, 2019 жылғы 10 маусым", "Нур-Султан, 10 июня 2019 года"
        ),
        "lead": "st-002",
        "sections": [
            {
                "code": "voting",
                "title": trilingual("Voting", "Дауыс беру", "Голосование"),
                "paragraphs": [
                    said(
                        ST_001,
                        ST_003,
                    ),
                    said(ST_004),
                ],
                "bars": [
                    {
                        "title": trilingual(
                            "Voting was mostly assessed well, the count mostly badly",
                            "Дауыс беру көбіне жақсы, дауыстарды санау көбіне нашар бағаланды",
                            "Голосование чаще оценивалось хорошо, подсчет — чаще плохо",
                        ),
                        "answers": [
                            trilingual("very good", "өте жақсы", "очень хорошо"),
                            trilingual("good", "жақсы", "хорошо"),
                            trilingual("bad", "нашар", "плохо"),
                            trilingual("very bad", "өте нашар", "очень плохо"),
                        ],
                        "rows": [
                            {"title": title, "keys": [share(form, answer) for answer in ASSESSMENTS]}
                            for form, title in (
                                ("opening", trilingual("Opening", "Учаскені ашу", "Открытие")),
                                ("voting", trilingual("Voting", "Дауыс беру", "Голосование")),
                                ("counting", trilingual("Count", "Дауыстарды санау", "Подсчет голосов")),
                            )
                        ],
                    }
                ],
            },
            {
                "code": "count",
                "title": trilingual("The count", "Дауыстарды санау", "Подсчет голосов"),
                "paragraphs": [
                    said(
                        count_sentence(),
                        ST_005,
                    )
                ],
                "bars": [
                    {
                        "title": trilingual(
                            "Was the mark on the ballot shown, by region?",
                            "Бюллетеньдегі белгі көрсетілді ме? Өңірлер бойынша",
                            "Показывали ли отметку в бюллетене? По регионам",
                        ),
                        "answers": [trilingual("yes", "иә", "да"), trilingual("no", "жоқ", "нет")],
                        "rows": [
                            {
                                "title": trilingual(*TITLES[area]),
                                "keys": [share("counting", answer, "shown", area) for answer in ("yes", "no")],
                            }
                            for area in AREAS
                        ],
                    }
                ],
            },
        ],
    }


def _press_release() -> dict[str, Any]:
    return {
        "code": "press-release",
        "kind": "press-release",
        "title": trilingual(
            "Observers saw orderly voting and a poor count",
            "Байқаушылар тәртіпті дауыс беру мен нашар санауды көрді",
            "Наблюдатели увидели упорядоченное голосование и плохой подсчет",
        ),
        "dateline": trilingual(
            "Nur-Sultan, 10 June 2019", "Нұр-Сұлтан, 2019 жылғы 10 маусым", "Нур-Султан, 10 июня 2019 года"
        ),
        "lead": "",
        "sections": [
            {
                "code": "findings",
                "title": trilingual("In short", "Қысқаша", "Коротко"),
                "paragraphs": [
                    said(
                        count_sentence(),
                        PR_001,
                    )
                ],
                "bars": [],
            }
        ],
    }
