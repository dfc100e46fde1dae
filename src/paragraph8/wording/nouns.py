"""The nouns that numbers stand before, in three languages, and the unit of a figure that each of them names.

The words are those of the project's glossary. A noun that names a unit may only stand with a figure of that unit; a
noun of something no figure counts yet (region, hour) is the author's word for what the sentence says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from paragraph8.domain.figures import Unit
from paragraph8.domain.text import Text

from .kazakh import KazakhNoun
from .languages import plural_class
from .russian import RussianNoun

CASES = ("nom", "gen", "loc")
"""The cases a template may ask for. English has none and takes any of them without a change."""


@dataclass(frozen=True)
class Noun:
    """One entry of the lexicon. `key` is how templates name it; `units` are the units of figures it may stand with,
    empty when no unit is its own."""

    key: str
    units: frozenset[Unit]
    english: tuple[str, str]
    kazakh: KazakhNoun
    russian: RussianNoun

    def fits(self, unit: Unit) -> bool:
        """Whether a number of this unit may be called by this noun."""
        return not self.units or unit in self.units

    def counted(self, n: int, language: str, case: str = "nom") -> str:
        """The form after the whole number `n`, without the number.

        Raises `KeyError` on a language that is not shipped and on a case outside `CASES`.
        """
        if language == "en":
            return self.english[plural_class(n, "en") != "one"]
        return {"kk": lambda: self.kazakh.form(case), "ru": lambda: self.russian.form(n, case)}[language]()

    def name(self) -> Text:
        """The noun itself, for messages."""
        return Text.of({"en": self.english[0], "kk": self.kazakh.nominative, "ru": self.russian.nominative[0]})


def _noun(
    key: str, units: tuple[Unit, ...], english: tuple[str, str], kazakh: tuple[str, ...], russian: RussianNoun
) -> Noun:
    return Noun(key, frozenset(units), english, KazakhNoun(*kazakh), russian)


# Kazakh: nominative, genitive, locative, plural genitive, plural locative.
# Russian: gender; nominative after 1, 2, 5; nominative plural without a number; genitive after 1 and others;
# prepositional after 1 and others.
LEXICON: Mapping[str, Noun] = MappingProxyType(
    {
        noun.key: noun
        for noun in (
            _noun(
                "observation",
                (Unit.OBSERVATION,),
                ("observation", "observations"),
                ("байқау", "байқаудың", "байқауда", "байқаулардың", "байқауларда"),
                RussianNoun(
                    "n",
                    ("наблюдение", "наблюдения", "наблюдений"),
                    "наблюдения",
                    ("наблюдения", "наблюдений"),
                    ("наблюдении", "наблюдениях"),
                ),
            ),
            _noun(
                "report",
                (Unit.OBSERVATION,),
                ("report", "reports"),
                ("есеп", "есептің", "есепте", "есептердің", "есептерде"),
                RussianNoun(
                    "m", ("отчет", "отчета", "отчетов"), "отчеты", ("отчета", "отчетов"), ("отчете", "отчетах")
                ),
            ),
            _noun(
                "polling-station",
                (Unit.STATION,),
                ("polling station", "polling stations"),
                (
                    "сайлау учаскесі",
                    "сайлау учаскесінің",
                    "сайлау учаскесінде",
                    "сайлау учаскелерінің",
                    "сайлау учаскелерінде",
                ),
                RussianNoun(
                    "m",
                    ("избирательный участок", "избирательных участка", "избирательных участков"),
                    "избирательные участки",
                    ("избирательного участка", "избирательных участков"),
                    ("избирательном участке", "избирательных участках"),
                    "на",
                ),
            ),
            _noun(
                "station",
                (Unit.STATION,),
                ("station", "stations"),
                ("учаске", "учаскенің", "учаскеде", "учаскелердің", "учаскелерде"),
                RussianNoun(
                    "m",
                    ("участок", "участка", "участков"),
                    "участки",
                    ("участка", "участков"),
                    ("участке", "участках"),
                    "на",
                ),
            ),
            _noun(
                "observer",
                (Unit.OBSERVER,),
                ("observer", "observers"),
                ("байқаушы", "байқаушының", "байқаушыда", "байқаушылардың", "байқаушыларда"),
                RussianNoun(
                    "m",
                    ("наблюдатель", "наблюдателя", "наблюдателей"),
                    "наблюдатели",
                    ("наблюдателя", "наблюдателей"),
                    ("наблюдателе", "наблюдателях"),
                ),
            ),
            _noun(
                "team",
                (Unit.TEAM,),
                ("team", "teams"),
                ("топ", "топтың", "топта", "топтардың", "топтарда"),
                RussianNoun("f", ("группа", "группы", "групп"), "группы", ("группы", "групп"), ("группе", "группах")),
            ),
            _noun(
                "voter",
                (Unit.VOTER,),
                ("voter", "voters"),
                ("сайлаушы", "сайлаушының", "сайлаушыда", "сайлаушылардың", "сайлаушыларда"),
                RussianNoun(
                    "m",
                    ("избиратель", "избирателя", "избирателей"),
                    "избиратели",
                    ("избирателя", "избирателей"),
                    ("избирателе", "избирателях"),
                ),
            ),
            _noun(
                "contestant",
                (Unit.CONTESTANT,),
                ("contestant", "contestants"),
                ("кандидат", "кандидаттың", "кандидатта", "кандидаттардың", "кандидаттарда"),
                RussianNoun(
                    "m",
                    ("кандидат", "кандидата", "кандидатов"),
                    "кандидаты",
                    ("кандидата", "кандидатов"),
                    ("кандидате", "кандидатах"),
                ),
            ),
            _noun(
                "candidate",
                (Unit.CONTESTANT,),
                ("candidate", "candidates"),
                ("кандидат", "кандидаттың", "кандидатта", "кандидаттардың", "кандидаттарда"),
                RussianNoun(
                    "m",
                    ("кандидат", "кандидата", "кандидатов"),
                    "кандидаты",
                    ("кандидата", "кандидатов"),
                    ("кандидате", "кандидатах"),
                ),
            ),
            _noun(
                "country",
                (Unit.COUNTRY,),
                ("country", "countries"),
                ("ел", "елдің", "елде", "елдердің", "елдерде"),
                RussianNoun("f", ("страна", "страны", "стран"), "страны", ("страны", "стран"), ("стране", "странах")),
            ),
            _noun(
                "person",
                (Unit.PERSON,),
                ("person", "people"),
                ("адам", "адамның", "адамда", "адамдардың", "адамдарда"),
                RussianNoun(
                    "m",
                    ("человек", "человека", "человек"),
                    "люди",
                    ("человека", "человек"),
                    ("человеке", "людях"),
                    plural_genitive="людей",
                ),
            ),
            _noun(
                "commission-member",
                (Unit.PERSON,),
                ("commission member", "commission members"),
                (
                    "комиссия мүшесі",
                    "комиссия мүшесінің",
                    "комиссия мүшесінде",
                    "комиссия мүшелерінің",
                    "комиссия мүшелерінде",
                ),
                RussianNoun(
                    "m",
                    ("член комиссии", "члена комиссии", "членов комиссий"),
                    "члены комиссий",
                    ("члена комиссии", "членов комиссий"),
                    ("члене комиссии", "членах комиссий"),
                ),
            ),
            _noun(
                "independent-source",
                (Unit.PERSON,),
                ("independent source", "independent sources"),
                (
                    "тәуелсіз дереккөз",
                    "тәуелсіз дереккөздің",
                    "тәуелсіз дереккөзде",
                    "тәуелсіз дереккөздердің",
                    "тәуелсіз дереккөздерде",
                ),
                RussianNoun(
                    "m",
                    ("независимый источник", "независимых источника", "независимых источников"),
                    "независимые источники",
                    ("независимого источника", "независимых источников"),
                    ("независимом источнике", "независимых источниках"),
                ),
            ),
            _noun(
                "peaceful-protester",
                (Unit.PERSON,),
                ("peaceful protester", "peaceful protesters"),
                (
                    "бейбіт наразылыққа қатысушы",
                    "бейбіт наразылыққа қатысушының",
                    "бейбіт наразылыққа қатысушыда",
                    "бейбіт наразылыққа қатысушылардың",
                    "бейбіт наразылыққа қатысушыларда",
                ),
                RussianNoun(
                    "m",
                    ("участник мирного протеста", "участника мирного протеста", "участников мирного протеста"),
                    "участники мирного протеста",
                    ("участника мирного протеста", "участников мирного протеста"),
                    ("участнике мирного протеста", "участниках мирного протеста"),
                ),
            ),
            _noun(
                "vote",
                (Unit.VOTE,),
                ("vote", "votes"),
                ("дауыс", "дауыстың", "дауыста", "дауыстардың", "дауыстарда"),
                RussianNoun(
                    "m", ("голос", "голоса", "голосов"), "голоса", ("голоса", "голосов"), ("голосе", "голосах")
                ),
            ),
            _noun(
                "ballot",
                (Unit.BALLOT,),
                ("ballot", "ballots"),
                ("бюллетень", "бюллетеньнің", "бюллетеньде", "бюллетеньдердің", "бюллетеньдерде"),
                RussianNoun(
                    "m",
                    ("бюллетень", "бюллетеня", "бюллетеней"),
                    "бюллетени",
                    ("бюллетеня", "бюллетеней"),
                    ("бюллетене", "бюллетенях"),
                ),
            ),
            _noun(
                "commission",
                (Unit.STATION,),
                ("commission", "commissions"),
                ("комиссия", "комиссияның", "комиссияда", "комиссиялардың", "комиссияларда"),
                RussianNoun(
                    "f",
                    ("комиссия", "комиссии", "комиссий"),
                    "комиссии",
                    ("комиссии", "комиссий"),
                    ("комиссии", "комиссиях"),
                ),
            ),
            _noun(
                "region",
                (),
                ("region", "regions"),
                ("өңір", "өңірдің", "өңірде", "өңірлердің", "өңірлерде"),
                RussianNoun(
                    "m", ("регион", "региона", "регионов"), "регионы", ("региона", "регионов"), ("регионе", "регионах")
                ),
            ),
            _noun(
                "complaint",
                (),
                ("complaint", "complaints"),
                ("шағым", "шағымның", "шағымда", "шағымдардың", "шағымдарда"),
                RussianNoun("f", ("жалоба", "жалобы", "жалоб"), "жалобы", ("жалобы", "жалоб"), ("жалобе", "жалобах")),
            ),
            _noun(
                "deadline",
                (Unit.DEADLINE,),
                ("deadline", "deadlines"),
                ("мерзім", "мерзімнің", "мерзімде", "мерзімдердің", "мерзімдерде"),
                RussianNoun("m", ("срок", "срока", "сроков"), "сроки", ("срока", "сроков"), ("сроке", "сроках")),
            ),
            _noun(
                "hour",
                (),
                ("hour", "hours"),
                ("сағат", "сағаттың", "сағатта", "сағаттардың", "сағаттарда"),
                RussianNoun("m", ("час", "часа", "часов"), "часы", ("часа", "часов"), ("часе", "часах")),
            ),
            _noun(
                "recommendation",
                (),
                ("recommendation", "recommendations"),
                ("ұсыным", "ұсынымның", "ұсынымда", "ұсынымдардың", "ұсынымдарда"),
                RussianNoun(
                    "f",
                    ("рекомендация", "рекомендации", "рекомендаций"),
                    "рекомендации",
                    ("рекомендации", "рекомендаций"),
                    ("рекомендации", "рекомендациях"),
                ),
            ),
            _noun(
                "priority-recommendation",
                (),
                ("priority recommendation", "priority recommendations"),
                (
                    "басым ұсыным",
                    "басым ұсынымның",
                    "басым ұсынымда",
                    "басым ұсынымдардың",
                    "басым ұсынымдарда",
                ),
                RussianNoun(
                    "f",
                    ("приоритетная рекомендация", "приоритетные рекомендации", "приоритетных рекомендаций"),
                    "приоритетные рекомендации",
                    ("приоритетной рекомендации", "приоритетных рекомендаций"),
                    ("приоритетной рекомендации", "приоритетных рекомендациях"),
                ),
            ),
            _noun(
                "provider",
                (),
                ("provider", "providers"),
                ("провайдер", "провайдердің", "провайдерде", "провайдерлердің", "провайдерлерде"),
                RussianNoun(
                    "m",
                    ("провайдер", "провайдера", "провайдеров"),
                    "провайдеры",
                    ("провайдера", "провайдеров"),
                    ("провайдере", "провайдерах"),
                ),
            ),
        )
    }
)

UNIT_NOUNS: Mapping[Unit, str] = MappingProxyType(
    {
        Unit.OBSERVATION: "observation",
        Unit.STATION: "polling-station",
        Unit.OBSERVER: "observer",
        Unit.TEAM: "team",
        Unit.VOTER: "voter",
        Unit.CONTESTANT: "contestant",
        Unit.COUNTRY: "country",
        Unit.PERSON: "person",
        Unit.VOTE: "vote",
        Unit.BALLOT: "ballot",
        Unit.DEADLINE: "deadline",
    }
)
"""What the word `unit` in a template stands for."""


def noun_of(unit: Unit) -> Noun:
    """The noun of a figure's own unit."""
    return LEXICON[UNIT_NOUNS[unit]]
