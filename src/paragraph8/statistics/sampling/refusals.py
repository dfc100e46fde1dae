"""Why a draw is refused, in words."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.text import Text

REFUSALS: Mapping[str, Text] = {
    "bad-seed": Text.of(
        {
            "en": "A seed is 32 bytes, written as 64 hexadecimal digits.",
            "kk": "Бастапқы сан – 32 байт, ол 64 он алтылық цифрмен жазылады.",
            "ru": "Начальное число – 32 байта, записанные 64 шестнадцатеричными цифрами.",
        }
    ),
    "empty-frame": Text.of(
        {
            "en": "There are fewer than two stations to draw from.",
            "kk": "Іріктеп алуға болатын учаске екеуден аз.",
            "ru": "Участков, из которых можно отбирать, меньше двух.",
        }
    ),
    "uneven-frame": Text.of(
        {
            "en": "The columns of the frame are not of one length.",
            "kk": "Іріктеме негізі бағандарының ұзындығы бірдей емес.",
            "ru": "Столбцы основы выборки разной длины.",
        }
    ),
    "duplicate-station": Text.of(
        {
            "en": "Station {station} stands in the frame twice: it would be drawn twice as often as it should.",
            "kk": "{station} учаскесі іріктеме негізінде екі рет тұр: ол тиістісінен екі есе жиі іріктелер еді.",
            "ru": "Участок {station} стоит в основе дважды: он отбирался бы вдвое чаще, чем следует.",
        }
    ),
    "too-few": Text.of(
        {
            "en": "At least one station has to be drawn; {n} were asked for.",
            "kk": "Кемінде бір учаске іріктелуі керек; сұралғаны – {n}.",
            "ru": "Нужно отобрать хотя бы один участок; запрошено: {n}.",
        }
    ),
    "too-many": Text.of(
        {
            "en": "{n} stations were asked for, and there are {there}.",
            "kk": "Сұралған учаске саны – {n}, ал бары – {there}.",
            "ru": "Запрошено участков: {n}, а всего их {there}.",
        }
    ),
    "fewer-than-minimum": Text.of(
        {
            "en": "The minimum of {minimum} in each of {strata} strata needs {needed} stations; {n} were asked for.",
            "kk": "{strata} қабаттың әрқайсысында кемінде {minimum} учаске болуы үшін {needed} керек; сұралғаны – {n}.",
            "ru": "Для минимума {minimum} в каждой из страт (их {strata}) нужно участков: {needed}; запрошено: {n}.",
        }
    ),
    "no-minimum": Text.of(
        {
            "en": "Every stratum needs at least one station, otherwise its stations have no chance at all.",
            "kk": "Әр қабатта кемінде бір учаске болуы керек, әйтпесе оның учаскелеріне мүмкіндік тимейді.",
            "ru": "В каждой страте нужен хотя бы один участок, иначе у ее участков нет никакого шанса.",
        }
    ),
    "empty-stratum": Text.of(
        {
            "en": "Stratum {stratum} has no station.",
            "kk": "{stratum} қабатында бірде-бір учаске жоқ.",
            "ru": "В страте {stratum} нет ни одного участка.",
        }
    ),
    "stratum-too-small": Text.of(
        {
            "en": "{n} stations were asked for in stratum {stratum}, which has {there}.",
            "kk": "{stratum} қабатынан {n} учаске сұралды, ал онда бары – {there}.",
            "ru": "В страте {stratum} запрошено участков: {n}, а есть {there}.",
        }
    ),
    "no-stratum": Text.of(
        {
            "en": "Station {station} is in no stratum.",
            "kk": "{station} учаскесі ешбір қабатқа кірмейді.",
            "ru": "Участок {station} не входит ни в одну страту.",
        }
    ),
    "no-spread": Text.of(
        {
            "en": "Neyman allocation needs the standard deviation within stratum {stratum}, a number from 0 up.",
            "kk": "Нейман бойынша бөлуге {stratum} қабатының стандартты ауытқуы керек, ол 0-ден кем болмайды.",
            "ru": "Для размещения по Нейману нужно стандартное отклонение внутри страты {stratum}, не меньше 0.",
        }
    ),
    "all-spreads-zero": Text.of(
        {
            "en": "Every standard deviation is 0: then nothing says where more stations should go.",
            "kk": "Барлық стандартты ауытқу 0-ге тең: онда қай қабатқа көбірек учаске керегі белгісіз.",
            "ru": "Все стандартные отклонения равны 0: тогда ничто не говорит, где нужно больше участков.",
        }
    ),
    "no-size": Text.of(
        {
            "en": "{n} stations have no number of voters above 0, such as {station}: they could never be drawn.",
            "kk": "{n} учаскеде 0-ден көп сайлаушы саны жоқ, мысалы {station}: ондайлар ешқашан іріктелмес еді.",
            "ru": "Участков без числа избирателей больше 0: {n}, например {station}. Они не были бы отобраны никогда.",
        }
    ),
    "no-coordinates": Text.of(
        {
            "en": "{n} stations have no coordinates, such as {station}: a sample cannot be spread over places unknown.",
            "kk": "{n} учаскенің координаты жоқ, мысалы {station}: орны белгісіз учаскелер бойынша тарату мүмкін емес.",
            "ru": "Участков без координат: {n}, например {station}. Нельзя распределить выборку по неизвестным местам.",
        }
    ),
    "bad-request": Text.of(
        {
            "en": "The design cannot be read: {field}.",
            "kk": "Іріктеме жоспарын оқу мүмкін емес: {field}.",
            "ru": "План выборки не читается: {field}.",
        }
    ),
}
"""Code → sentence; what stands in braces is filled in."""


class RefusedDrawError(ValueError):
    """Nothing was drawn. `code` is one of `REFUSALS`."""

    def __init__(self, code: str, **details: str | int) -> None:
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details

    def text(self) -> Text:
        """The reason in every language."""
        return Text.of({tag: string.format(**self.details) for tag, string in REFUSALS[self.code].strings})
