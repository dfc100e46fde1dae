"""What stands in the cells of a list of people: functions, genders, languages, names, as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from paragraph8.domain.names import folded
from paragraph8.domain.people import Function, Gender
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.transliteration import alphabets

_ALSO_FUNCTIONS: Mapping[Function, str] = {
    Function.SPECIAL_COORDINATOR: "special coordinator; спецкоординатор; особый координатор",
    Function.HEAD_OF_DELEGATION: "hod; head of the delegation; руководитель делегации",
    Function.HEAD_OF_MISSION: "hom; head of the mission; глава миссии; руководитель миссии",
    Function.DEPUTY_HEAD: "dhom; deputy head; deputy hom; заместитель главы; зам главы миссии",
    Function.ANALYST: "expert; core team; core team expert; legal analyst; election analyst; media analyst; "
    "political analyst; эксперт; сарапшы; член основной команды",
    Function.STATISTICIAN: "statistical analyst; data analyst; статистический аналитик",
    Function.LTO_COORDINATOR: "lto coordinator; ltoc; координатор дн",
    Function.LTO: "lto; long term observer; дн; дсн; ұмб",
    Function.STO: "sto; short term observer; кн; ксн; қмб",
    Function.PARLIAMENTARIAN: "mp; member of parliament; mep; senator; депутат; сенатор; член парламента",
    Function.STAFF: "delegation staff; secretariat; staff; сотрудник; секретариат; персонал; қызметкер",
    Function.SECURITY: "security; security expert; безопасность; қауіпсіздік",
    Function.PRESS: "press; media officer; пресса; баспасөз",
    Function.TRANSLATOR: "mission translator; переводчик миссии",
}
_GENDERS: Mapping[Gender, str] = {
    Gender.WOMAN: "f; female; w; woman; ms; mrs; miss; ж; жен; женский; женщина; г жа; ә; әйел; ханым",
    Gender.MAN: "m; male; man; mr; м; муж; мужской; мужчина; г н; е; ер; еркек; мырза",
    Gender.OTHER: "x; other; другой; иное; басқа; mx",
}
_LANGUAGE_BREAKS = re.compile(r"[,;/+&\n]|\s-\s|\s(?:and|және|и)\s")
_PARTS = re.compile(r"\s+")
_YES = frozenset({"yes", "y", "true", "1", "x", "ok", "✓", "✔", "+", "да", "иә", "signed", "done", "подписано", "бар"})
_NO = frozenset({"no", "n", "false", "0", "-", "–", "—", "нет", "жоқ", "not yet", "pending"})


def function_in(cell: str) -> Function | None:
    """The function that a cell names."""
    return _functions().get(folded(cell))


def gender_in(cell: str) -> Gender | None:
    """The gender that a cell names; `None` for what is none."""
    return _genders().get(folded(cell))


def languages_in(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes of the languages in a cell, and the words that name none. Levels in brackets are left out."""
    codes: list[str] = []
    unknown: list[str] = []
    for part in _LANGUAGE_BREAKS.split(re.sub(r"\([^)]*\)", " ", cell)):
        word = folded(part)
        code = _languages().get(word)
        if code is not None and code not in codes:
            codes.append(code)
        elif word and code is None:
            unknown.append(part.strip())
    return tuple(codes), tuple(unknown)


def language_name(code: str, language: str) -> str:
    """The name of a language in another; the code where there is none."""
    from babel import Locale

    return str(Locale(language).languages.get(code, code))


def answered(cell: str) -> bool | None:
    """Yes, no, or neither."""
    word = cell.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parts_of(name: str) -> tuple[str, str, bool]:
    """Family and given name in a full name, and whether the order had to be assumed.

    A comma parts them, family name first; else words in capitals are the family name; else the last word is, or in
    Cyrillic the first, as lists there are kept.
    """
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip(), False
    words = _PARTS.split(name.strip())
    if len(words) < 2:
        return name.strip(), "", False
    loud = [word for word in words if word.isupper() and len(word.strip(".")) > 1]
    if loud and len(loud) < len(words):
        return " ".join(loud), " ".join(word for word in words if word not in loud), False
    if "cyrillic" in alphabets(name):
        return words[0], " ".join(words[1:]), True
    return words[-1], " ".join(words[:-1]), True


@cache
def _functions() -> dict[str, Function]:
    names = {folded(function.value): function for function in Function}
    for function, text in FUNCTIONS.items():
        names |= {folded(string): function for _, string in text.strings}
        names |= {folded(other): function for other in _ALSO_FUNCTIONS[function].split(";")}
    return names


@cache
def _genders() -> dict[str, Gender]:
    return {folded(word): gender for gender, words in _GENDERS.items() for word in words.split(";")}


@cache
def _languages() -> dict[str, str]:
    from babel import Locale

    names: dict[str, str] = {}
    for tag in ("ru", "kk", "en"):
        for given, name in Locale(tag).languages.items():
            code = str(given)
            if len(code) in (2, 3):
                names[folded(str(name))] = code
                names[folded(str(name).removesuffix(" тілі"))] = code
    return names | {str(code): str(code) for code in Locale("en").languages if len(str(code)) == 2}
