"""People of a mission: what each does there, how far each has come, what each still owes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class Function(StrEnum):
    """What a person does in the mission, as its roster and its statement call it."""

    SPECIAL_COORDINATOR = "special-coordinator"
    HEAD_OF_DELEGATION = "head-of-delegation"
    HEAD_OF_MISSION = "head-of-mission"
    DEPUTY_HEAD = "deputy-head"
    ANALYST = "analyst"
    STATISTICIAN = "statistician"
    LTO_COORDINATOR = "lto-coordinator"
    LTO = "lto"
    STO = "sto"
    PARLIAMENTARIAN = "parliamentarian"
    STAFF = "staff"
    SECURITY = "security"
    PRESS = "press"
    TRANSLATOR = "translator"


class Category(StrEnum):
    """The parts that a statement divides a mission into; every function belongs to one, so that they add up."""

    EXPERTS = "experts"
    LTO = "lto"
    STO = "sto"
    PARLIAMENTARIANS = "parliamentarians-and-staff"


_CATEGORIES: Mapping[Function, Category] = {
    Function.LTO: Category.LTO,
    Function.STO: Category.STO,
    Function.SPECIAL_COORDINATOR: Category.PARLIAMENTARIANS,
    Function.HEAD_OF_DELEGATION: Category.PARLIAMENTARIANS,
    Function.PARLIAMENTARIAN: Category.PARLIAMENTARIANS,
    Function.STAFF: Category.PARLIAMENTARIANS,
}


def category_of(function: Function) -> Category:
    """The part of the mission that a function belongs to; whoever is in no other part is of the core team."""
    return _CATEGORIES.get(function, Category.EXPERTS)


class Status(StrEnum):
    """How far a person has come; each step has the day from which it holds."""

    NOMINATED = "nominated"
    ACCREDITED = "accredited"
    ARRIVED = "arrived"
    WITHDRAWN = "withdrawn"
    REVOKED = "accreditation-revoked"


ENDINGS = frozenset({Status.WITHDRAWN, Status.REVOKED})
"""Steps after which a person no longer counts, and which need a reason."""


class Reason(StrEnum):
    """Why a person left, or why a step was taken back. Illness is a personal reason: nobody's health is recorded."""

    PERSONAL = "personal"
    SENDER = "sender-decided"
    REPLACED = "replaced"
    NO_VISA = "no-visa"
    SECURITY = "security"
    AUTHORITIES = "authorities-decided"
    CONDUCT = "code-of-conduct"
    MISTAKE = "typing-mistake"
    OTHER = "other"


class Gender(StrEnum):
    """As the person stated it; unknown is not the same as none of these."""

    WOMAN = "f"
    MAN = "m"
    OTHER = "x"
    UNKNOWN = ""


class Duty(StrEnum):
    """What a person hired in the host country does. Local staff are no observers, and stand on a list of their own."""

    INTERPRETER = "interpreter"
    DRIVER = "driver"
    ASSISTANT = "assistant"


class Requirement(StrEnum):
    """What everybody owes the mission before going out."""

    CARD = "card"
    CODE_OF_CONDUCT = "code-of-conduct"
    INTERESTS = "conflict-of-interest"
    BRIEFING = "briefing"


KEPT_DAYS = 90
"""For how many days after election day personal data are kept, unless a person's own date says otherwise."""
LOCAL_KEPT_DAYS = 30
"""The same for local staff, who stay in the country and are erased first."""


def retention_date(election: date | None, today: date, *, local: bool = False) -> date:
    """The day on which a person's data are erased; it counts from today where election day is past or not known."""
    return max(election or today, today) + timedelta(days=LOCAL_KEPT_DAYS if local else KEPT_DAYS)
