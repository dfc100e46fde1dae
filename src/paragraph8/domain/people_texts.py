"""What functions, steps, reasons and the rest of the roster are called, in the languages of the product."""

from __future__ import annotations

from collections.abc import Mapping

from .people import Category, Duty, Function, Gender, Reason, Requirement, Status
from .text import Text


def _text(en: str, kk: str, ru: str) -> Text:
    return Text.of({"en": en, "kk": kk, "ru": ru})


FUNCTIONS: Mapping[Function, Text] = {
    Function.SPECIAL_COORDINATOR: _text("Special Co-ordinator", "арнаулы үйлестіруші", "специальный координатор"),
    Function.HEAD_OF_DELEGATION: _text("head of delegation", "делегация басшысы", "глава делегации"),
    Function.HEAD_OF_MISSION: _text("head of mission", "миссия басшысы", "глава миссии"),
    Function.DEPUTY_HEAD: _text("deputy head of mission", "миссия басшысының орынбасары", "заместитель главы миссии"),
    Function.ANALYST: _text("analyst", "талдаушы", "аналитик"),
    Function.STATISTICIAN: _text("statistician", "статистик", "статистик"),
    Function.LTO_COORDINATOR: _text(
        "co-ordinator of long-term observers",
        "ұзақ мерзімді байқаушылар үйлестірушісі",
        "координатор долгосрочных наблюдателей",
    ),
    Function.LTO: _text("long-term observer", "ұзақ мерзімді байқаушы", "долгосрочный наблюдатель"),
    Function.STO: _text("short-term observer", "қысқа мерзімді байқаушы", "краткосрочный наблюдатель"),
    Function.PARLIAMENTARIAN: _text("parliamentarian", "парламентші", "парламентарий"),
    Function.STAFF: _text("staff of a delegation", "делегация қызметкері", "сотрудник делегации"),
    Function.SECURITY: _text("security officer", "қауіпсіздік жөніндегі маман", "сотрудник по безопасности"),
    Function.PRESS: _text("press officer", "баспасөз хатшысы", "пресс-секретарь"),
    Function.TRANSLATOR: _text("translator", "аудармашы", "переводчик"),
}

CATEGORIES: Mapping[Category, Text] = {
    Category.EXPERTS: _text("core team", "негізгі топ", "основная команда"),
    Category.LTO: _text("long-term observers", "ұзақ мерзімді байқаушылар", "долгосрочные наблюдатели"),
    Category.STO: _text("short-term observers", "қысқа мерзімді байқаушылар", "краткосрочные наблюдатели"),
    Category.PARLIAMENTARIANS: _text(
        "parliamentarians and their staff", "парламентшілер және олардың қызметкерлері", "парламентарии и их сотрудники"
    ),
}

STATUSES: Mapping[Status, Text] = {
    Status.NOMINATED: _text("nominated", "ұсынылды", "предложен(а)"),
    Status.ACCREDITED: _text("accredited", "аккредиттелді", "аккредитован(а)"),
    Status.ARRIVED: _text("arrived", "келді", "прибыл(а)"),
    Status.WITHDRAWN: _text("withdrawn", "құрамнан шықты", "выбыл(а)"),
    Status.REVOKED: _text(
        "accreditation withdrawn by the authorities", "аккредиттеуі кері қайтарылып алынды", "аккредитация отозвана"
    ),
}

REASONS: Mapping[Reason, Text] = {
    Reason.PERSONAL: _text("personal reasons", "жеке себептер", "личные причины"),
    Reason.SENDER: _text("decision of who sent the person", "жіберген тараптың шешімі", "решение направившей стороны"),
    Reason.REPLACED: _text("replaced by somebody else", "орнына басқа адам келді", "замена другим человеком"),
    Reason.NO_VISA: _text("no visa", "виза берілмеді", "нет визы"),
    Reason.SECURITY: _text("security", "қауіпсіздік", "безопасность"),
    Reason.AUTHORITIES: _text("decision of the authorities", "билік органының шешімі", "решение властей"),
    Reason.CONDUCT: _text("breach of the code of conduct", "әдеп кодексін бұзу", "нарушение кодекса поведения"),
    Reason.MISTAKE: _text("typing mistake", "теру қатесі", "ошибка ввода"),
    Reason.OTHER: _text("another reason", "басқа себеп", "другая причина"),
}

GENDERS: Mapping[Gender, Text] = {
    Gender.WOMAN: _text("women", "әйелдер", "женщины"),
    Gender.MAN: _text("men", "ерлер", "мужчины"),
    Gender.OTHER: _text("stated otherwise", "басқаша көрсетілген", "указано иначе"),
    Gender.UNKNOWN: _text("not stated", "көрсетілмеген", "не указано"),
}

PERSON_GENDERS: Mapping[Gender, Text] = {
    Gender.WOMAN: _text("woman", "әйел", "женщина"),
    Gender.MAN: _text("man", "ер", "мужчина"),
    Gender.OTHER: _text("stated otherwise", "басқаша көрсетілген", "указано иначе"),
    Gender.UNKNOWN: _text("not stated", "көрсетілмеген", "не указано"),
}

DUTIES: Mapping[Duty, Text] = {
    Duty.INTERPRETER: _text("interpreter", "ауызша аудармашы", "устный переводчик"),
    Duty.DRIVER: _text("driver", "жүргізуші", "водитель"),
    Duty.ASSISTANT: _text("assistant", "көмекші", "ассистент"),
}

REQUIREMENTS: Mapping[Requirement, Text] = {
    Requirement.CARD: _text("accreditation card", "аккредиттеу картасы", "аккредитационная карта"),
    Requirement.CODE_OF_CONDUCT: _text(
        "signed code of conduct", "қол қойылған әдеп кодексі", "подписанный кодекс поведения"
    ),
    Requirement.INTERESTS: _text(
        "declaration of interests", "мүдделер туралы декларация", "декларация о конфликте интересов"
    ),
    Requirement.BRIEFING: _text("briefing", "нұсқаулық", "инструктаж"),
}
