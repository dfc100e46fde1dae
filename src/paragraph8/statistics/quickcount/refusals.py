"""Why a quick count is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text

REFUSALS: Mapping[str, Text] = {
    "uneven": Text.of(
        {
            "en": "The columns are not of one length.",
            "kk": "Бағандардың ұзындығы бірдей емес.",
            "ru": "Столбцы разной длины.",
        }
    ),
    "no-stations": Text.of(
        {
            "en": "No station was drawn.",
            "kk": "Бірде-бір учаске іріктелмеген.",
            "ru": "Не отобран ни один участок.",
        }
    ),
    "station-twice": Text.of(
        {
            "en": "Station {station} stands in the sample twice.",
            "kk": "{station} учаскесі іріктемеде екі рет тұр.",
            "ru": "Участок {station} стоит в выборке дважды.",
        }
    ),
    "no-population": Text.of(
        {
            "en": "Nobody knows how many stations stratum {stratum} has; without that number its sample has no weight.",
            "kk": "{stratum} қабатында қанша учаске бары белгісіз; бұл сансыз оның іріктемесінің салмағы болмайды.",
            "ru": "Неизвестно, сколько участков в страте {stratum}; без этого числа у ее выборки нет веса.",
        }
    ),
    "too-many-drawn": Text.of(
        {
            "en": "{drawn} stations were drawn in stratum {stratum}, which has {there}.",
            "kk": "{stratum} қабатынан {drawn} учаске іріктелген, ал онда бары – {there}.",
            "ru": "В страте {stratum} отобрано участков: {drawn}, а всего их {there}.",
        }
    ),
    "too-few-contestants": Text.of(
        {
            "en": "A quick count needs at least two contestants, each named once.",
            "kk": "Параллель санауға әрқайсысы бір рет аталған кемінде екі кандидат керек.",
            "ru": "Для параллельного подсчета нужно не меньше двух кандидатов, каждый назван один раз.",
        }
    ),
    "not-counts": Text.of(
        {
            "en": "Station {station} reports numbers that cannot be: below zero, or more votes than ballots counted.",
            "kk": "{station} учаскесі мүмкін емес сандар хабарлады: нөлден аз немесе дауыс саналған бюллетеньнен көп.",
            "ru": "Участок {station} сообщает невозможные числа: меньше нуля или голосов больше, чем бюллетеней.",
        }
    ),
    "too-few-returns": Text.of(
        {
            "en": "{n} stations are in so far: no estimate can be made of fewer than two, or without any stratum that "
            "has two.",
            "kk": "Әзірге {n} учаскеден дерек келді: екіден азынан немесе екі учаскесі бар бірде-бір қабатсыз бағалау "
            "жасалмайды.",
            "ru": "Пока поступили данные участков: {n}. По менее чем двум или без единой страты, в которой их два, "
            "оценку сделать нельзя.",
        }
    ),
    "no-votes": Text.of(
        {
            "en": "The stations that are in report no vote at all.",
            "kk": "Дерегі келген учаскелерде бірде-бір дауыс жоқ.",
            "ru": "Поступившие участки не сообщают ни одного голоса.",
        }
    ),
    "no-kinds": Text.of(
        {
            "en": "Nobody knows how many stations of each kind there are, so the sample cannot be fitted to them.",
            "kk": "Әр түрдегі учаскелердің саны белгісіз, сондықтан іріктемені оларға сәйкестендіру мүмкін емес.",
            "ru": "Неизвестно, сколько участков каждого вида, поэтому выборку нельзя привести к ним.",
        }
    ),
    "bad-rule": Text.of(
        {
            "en": "The rule cannot be: {field}.",
            "kk": "Мұндай ереже болуы мүмкін емес: {field}.",
            "ru": "Такое правило невозможно: {field}.",
        }
    ),
}
"""Code → sentence; what stands in braces is filled in."""


class RefusedCountError(ValueError):
    """Nothing was estimated. `code` is one of `REFUSALS`."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details

    def text(self) -> Text:
        """The reason in every language."""
        return Text.of({tag: string.format(**self.details) for tag, string in REFUSALS[self.code].strings})
