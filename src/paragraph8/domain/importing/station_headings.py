"""What the columns of a station list may mean, how they are headed in three languages, and the words in their cells."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text

from .cells import unspaced


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


LEVELS = ("level1", "level2", "level3", "level4")
"""Meanings of the columns that name areas, from the first level down."""

STATION_MEANINGS: Mapping[str, Text] = {
    "number": _words("Number of the station", "Учаске нөмірі", "Номер участка"),
    "level1": _words("Area of the first level", "Бірінші деңгейдегі аумақ", "Территория первого уровня"),
    "level2": _words("Area of the second level", "Екінші деңгейдегі аумақ", "Территория второго уровня"),
    "level3": _words("Area of the third level", "Үшінші деңгейдегі аумақ", "Территория третьего уровня"),
    "level4": _words("Area of the fourth level", "Төртінші деңгейдегі аумақ", "Территория четвертого уровня"),
    "area": _words("Code of the area", "Аумақ коды", "Код территории"),
    "name_en": _words("Name in English", "Ағылшынша атауы", "Название на английском"),
    "name_kk": _words("Name in Kazakh", "Қазақша атауы", "Название на казахском"),
    "name_ru": _words("Name in Russian", "Орысша атауы", "Название на русском"),
    "address": _words("Address", "Мекенжай", "Адрес"),
    "kind": _words("Type", "Түрі", "Тип"),
    "urban": _words("Town or village", "Қала немесе ауыл", "Город или село"),
    "registered": _words("Registered voters", "Тіркелген сайлаушылар", "Зарегистрированные избиратели"),
    "latitude": _words("Latitude", "Ендік", "Широта"),
    "longitude": _words("Longitude", "Бойлық", "Долгота"),
    "dated": _words("Date of the line", "Жолдың күні", "Дата строки"),
}
"""Meaning → what the page calls it."""

STATION_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "number", "station", "station number", "polling station", "polling station number", "ps number", "ps", "pec",
        "no", "code", "station code", "key", "учаске нөмірі", "сайлау учаскесі", "учаске", "нөмірі", "уск", "участка",
        "номер участка", "номер избирательного участка", "избирательный участок", "участок", "номер", "уик", "n",
    ),
    "level1": (
        "region", "oblast", "province", "level 1", "area", "county", "облыс", "өңір", "область", "регион",
        "субъект", "аймақ", "governorate", "state",
    ),
    "level2": ("district", "rayon", "level 2", "municipality", "аудан", "қала ауданы", "район", "муниципалитет", "tec"),
    "level3": (
        "settlement", "locality", "town", "city", "level 3", "елді мекен", "ауылдық округ", "населенный пункт",
        "сельский округ", "village",
    ),
    "level4": ("level 4", "neighbourhood", "ward", "шағын аудан", "микрорайон"),
    "area": ("area code", "code of the area", "аумақ коды", "код территории", "kato", "като"),
    "name_en": ("name", "name en", "station name", "name of the station", "premises", "name english", "location"),
    "name_kk": ("атауы", "name kk", "учаске атауы", "орналасқан жері", "қазақша атауы", "name kazakh"),
    "name_ru": (
        "название", "наименование", "name ru", "наименование участка", "место расположения", "name russian",
        "местонахождение", "помещение",
    ),
    "address": ("address", "мекенжайы", "мекенжай", "адрес", "address en", "address ru", "address kk"),
    "kind": ("type", "kind", "station type", "түрі", "типі", "тип", "вид", "тип участка", "вид участка"),
    "urban": (
        "urban", "urban rural", "town or village", "setting", "қала ауыл", "қала немесе ауыл", "город село",
        "город или село", "тип местности",
    ),
    "registered": (
        "registered", "registered voters", "voters", "electors", "number of voters", "number of registered voters",
        "тіркелген сайлаушылар", "сайлаушылар саны", "сайлаушылар", "избиратели", "число избирателей",
        "количество избирателей", "зарегистрировано избирателей", "зарегистрированные избиратели",
    ),
    "latitude": ("latitude", "lat", "y", "ендік", "широта"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "бойлық", "долгота"),
    "dated": ("date", "as of", "dated", "күні", "дата", "по состоянию на"),
}  # fmt: skip
"""Meaning → how the column is headed, the likelier first."""

_KIND_WORDS: Mapping[StationKind, str] = {
    StationKind.REGULAR: "regular ordinary general normal жалпы кәдімгі қалыпты обычный общий стационарный",
    StationKind.HOSPITAL: "hospital clinic sanatorium аурухана емхана шипажай больница больничный стационар санаторий "
    "медицинский медициналық",
    StationKind.PRISON: "prison detention penitentiary sizo түрме тергеу изолятор сизо тюрьма колония пенитенциарный",
    StationKind.MILITARY: "military army barracks әскери воинский военный воинская часть",
    StationKind.ABROAD: "abroad embassy consulate foreign overseas шетел шетелдегі елшілік консулдық посольство "
    "консульство заграничный зарубежный",
    StationKind.MOBILE: "mobile travelling көшпелі жылжымалы передвижной мобильный выездной",
    StationKind.COMMISSION: "commission tec dec комиссия тик",
}
_URBAN_WORDS = "urban town city u 1 yes true қала қалалық город городской городская г"
_RURAL_WORDS = "rural village r 0 no false ауыл ауылдық село сельский сельская деревня с"

_KINDS = {unspaced(word): kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_URBAN = dict.fromkeys(map(unspaced, _URBAN_WORDS.split()), True) | dict.fromkeys(
    map(unspaced, _RURAL_WORDS.split()), False
)


def station_kind(cell: str) -> StationKind | None:
    """The type that a cell names, by any word in it; `None` when it names none."""
    for word in [cell, *cell.replace("-", " ").split()]:
        if kind := _KINDS.get(unspaced(word)):
            return kind
    return None


def is_urban(cell: str) -> bool | None:
    """Whether a cell says town; `None` when it says neither town nor village."""
    return _URBAN.get(unspaced(cell))
