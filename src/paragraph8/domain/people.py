"""People of a mission: what each does there, and how far each has come."""

from __future__ import annotations

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


class Status(StrEnum):
    """How far a person has come; each step has the day from which it holds."""

    NOMINATED = "nominated"
    ACCREDITED = "accredited"
    ARRIVED = "arrived"
    WITHDRAWN = "withdrawn"
    REVOKED = "accreditation-revoked"


class Gender(StrEnum):
    """As the person stated it; unknown is not the same as none of these."""

    WOMAN = "f"
    MAN = "m"
    OTHER = "x"
    UNKNOWN = ""
