"""Which column of somebody's list of people holds what: headings recognised in English, Kazakh and Russian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from paragraph8.domain.names import folded
from paragraph8.domain.text import Text


class Column(StrEnum):
    """What a column of the list can hold."""

    FAMILY = "family"
    GIVEN = "given"
    NAME = "name"
    OTHER_NAME = "other-name"
    FUNCTION = "function"
    INSTITUTION = "institution"
    ALSO = "also"
    COUNTRY = "country"
    CITIZENSHIP = "citizenship"
    GENDER = "gender"
    LANGUAGES = "languages"
    MISSIONS = "missions"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    CARD = "card"
    CARD_EXPIRES = "card-expires"
    NOMINATED = "nominated"
    ACCREDITED = "accredited"
    ARRIVED = "arrived"
    CODE_SIGNED = "code-signed"
    INTERESTS = "interests-declared"
    BRIEFED = "briefed"


# column → title in en, kk, ru; then further headings under which it is met
_COLUMNS: tuple[tuple[Column, str, str, str, str], ...] = (
    (
        Column.FAMILY,
        "family name",
        "тегі",
        "фамилия",
        "surname; last name; familyname; lastname; family; аты жөні тегі",
    ),
    (Column.GIVEN, "given name", "аты", "имя", "first name; firstname; given names; forename; имя отчество; есімі"),
    (
        Column.NAME,
        "full name",
        "аты-жөні",
        "ФИО",
        "name; observer; name of observer; fullname; ф и о; фамилия имя; фамилия имя отчество; имя и фамилия; "
        "аты жөні; тегі аты; байқаушы; наблюдатель; name and surname; name surname",
    ),
    (
        Column.OTHER_NAME,
        "name in another alphabet",
        "басқа әліпбимен аты-жөні",
        "имя другим алфавитом",
        "name in cyrillic; cyrillic name; name in latin; имя латиницей; имя кириллицей; латынша аты; local name",
    ),
    (
        Column.FUNCTION,
        "function",
        "қызметі",
        "функция",
        "role; position; capacity; lto sto; category; type; должность; роль; категория; лауазымы; рөлі; санаты",
    ),
    (
        Column.INSTITUTION,
        "institution",
        "мекеме",
        "организация",
        "organisation; organization; delegation; mission; делегация; ұйым; мекемесі; институт",
    ),
    (Column.ALSO, "second institution", "екінші мекеме", "вторая организация", "also; second organisation"),
    (
        Column.COUNTRY,
        "seconding country",
        "жіберген ел",
        "направившая страна",
        "country; seconded by; participating state; sending country; state; страна; направляющая страна; ел; мемлекет; "
        "елі; seconding state; pays",
    ),
    (
        Column.CITIZENSHIP,
        "citizenship",
        "азаматтығы",
        "гражданство",
        "nationality; passport country; country of citizenship; азаматтық",
    ),
    (Column.GENDER, "gender", "жынысы", "пол", "sex; m f; f m; жыныс; m w; title"),
    (Column.LANGUAGES, "languages", "тілдері", "языки", "language; language skills; тілдер; язык; владение языками"),
    (
        Column.MISSIONS,
        "missions before",
        "бұрынғы миссиялар саны",
        "прежних миссий",
        "experience; number of missions; previous missions; missions; опыт; число миссий; тәжірибесі; миссиялар саны",
    ),
    (Column.EMAIL, "e-mail", "электрондық пошта", "электронная почта", "email; e mail address; mail; почта; эл почта"),
    (Column.PHONE, "phone", "телефон", "телефон", "mobile; telephone; phone number; mobile phone; тел; ұялы телефон"),
    (Column.ADDRESS, "address", "мекенжайы", "адрес", "home address; мекенжай; почтовый адрес"),
    (
        Column.CARD,
        "card number",
        "карта нөмірі",
        "номер карты",
        "accreditation number; accreditation card; badge; badge number; card; номер аккредитации; номер карточки; "
        "аккредиттеу нөмірі",
    ),
    (
        Column.CARD_EXPIRES,
        "card valid until",
        "картаның жарамдылық мерзімі",
        "карта действительна до",
        "card expiry; expiry; expires; valid until; expiry date; срок действия; действительна до; жарамдылық мерзімі",
    ),
    (Column.NOMINATED, "nominated on", "ұсынылған күні", "дата выдвижения", "nominated; date of nomination; выдвинут"),
    (
        Column.ACCREDITED,
        "accredited on",
        "аккредиттелген күні",
        "дата аккредитации",
        "accredited; accreditation date; date of accreditation; аккредитован; аккредиттелген",
    ),
    (
        Column.ARRIVED,
        "arrived on",
        "келген күні",
        "дата прибытия",
        "arrived; arrival; arrival date; date of arrival; прибыл; прибытие; дата приезда; келді",
    ),
    (
        Column.CODE_SIGNED,
        "code of conduct signed on",
        "әдеп кодексіне қол қойған күні",
        "кодекс поведения подписан",
        "code of conduct; coc; coc signed; code of conduct signed; кодекс поведения; әдеп кодексі",
    ),
    (
        Column.INTERESTS,
        "interests declared on",
        "мүдделер туралы мәлімдеген күні",
        "декларация интересов подана",
        "conflict of interest; coi; declaration of interests; interests declared; конфликт интересов; "
        "мүдделер қақтығысы",
    ),
    (
        Column.BRIEFED,
        "briefed on",
        "нұсқаулық өткен күні",
        "инструктаж пройден",
        "briefing; briefed; инструктаж; нұсқаулық",
    ),
)

COLUMN_TITLES: Mapping[Column, Text] = {
    column: Text.of({"en": en, "kk": kk, "ru": ru}) for column, en, kk, ru, _ in _COLUMNS
}
"""What a column is called on the page where columns are assigned."""

_HEADINGS: Mapping[str, Column] = {
    folded(heading): column
    for column, en, kk, ru, others in _COLUMNS
    for heading in (column.value, en, kk, ru, *others.split(";"))
}


def recognised(headings: Iterable[str]) -> dict[str, Column]:
    """Heading → what it holds, for those that are recognised; of two that hold the same, the first."""
    found: dict[str, Column] = {}
    for heading in headings:
        column = _HEADINGS.get(folded(heading))
        if column is not None and column not in found.values():
            found[heading] = column
    return found
