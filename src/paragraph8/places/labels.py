"""Fixed words of the room in three languages."""

from __future__ import annotations

from collections.abc import Mapping

from paragraph8.domain.missions import StationKind
from paragraph8.domain.text import Text


def _words(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


KIND_TITLES: Mapping[str, Text] = {
    StationKind.REGULAR.value: _words("regular", "кәдімгі", "обычный"),
    StationKind.HOSPITAL.value: _words("hospital", "аурухана", "больница"),
    StationKind.PRISON.value: _words("place of detention", "қамау орны", "место содержания под стражей"),
    StationKind.MILITARY.value: _words("military unit", "әскери бөлім", "воинская часть"),
    StationKind.ABROAD.value: _words("abroad", "шетелде", "за рубежом"),
    StationKind.MOBILE.value: _words("mobile", "көшпелі", "передвижной"),
    StationKind.COMMISSION.value: _words(
        "seat of a commission that tabulates", "қорытынды шығаратын комиссия", "комиссия, подводящая итоги"
    ),
}
SETTING_TITLES: Mapping[str, Text] = {
    "urban": _words("town", "қала", "город"),
    "rural": _words("village", "ауыл", "село"),
}
CHANGE_TITLES: Mapping[str, Text] = {
    "added": _words("Added", "Қосылған", "Добавлены"),
    "closed": _words("Closed", "Жабылған", "Закрыты"),
    "moved": _words("In another area", "Басқа аумақта", "В другой территории"),
    "renumbered": _words("Under another number", "Басқа нөмірмен", "Под другим номером"),
    "voters": _words("Other number of voters", "Сайлаушылар саны басқа", "Другое число избирателей"),
}
