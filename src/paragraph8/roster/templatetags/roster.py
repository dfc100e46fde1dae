"""How the roster writes dates without a clock, countries, languages and codes of the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django import template
from django.utils.translation import get_language

from paragraph8.domain.countries import country_name
from paragraph8.domain.importing.roster_values import language_name
from paragraph8.domain.likeness import REASONS as LIKENESS
from paragraph8.domain.people import Category, Duty, Function, Gender, Reason, Requirement, Status
from paragraph8.domain.people_texts import (
    CATEGORIES,
    DUTIES,
    FUNCTIONS,
    GENDERS,
    PERSON_GENDERS,
    REASONS,
    REQUIREMENTS,
    STATUSES,
)
from paragraph8.domain.text import Text
from paragraph8.wording.numbers import format_date, format_short_date

register = template.Library()


@register.filter
def dated(day: date | str) -> str:
    """A date in words: 9 June 2019."""
    return format_date(_day(day), get_language() or "en")


@register.filter
def short_day(day: date | str) -> str:
    """A date in figures: 09/06/2019."""
    return format_short_date(_day(day), get_language() or "en")


@register.filter
def country(code: str) -> Text:
    """The name of a country."""
    return country_name(code)


@register.filter
def tongues(codes: list[str]) -> str:
    """The names of languages."""
    return ", ".join(language_name(code, get_language() or "en") for code in codes)


KINDS: Mapping[str, tuple[type[StrEnum], Mapping[Any, Text]]] = {
    "function": (Function, FUNCTIONS),
    "category": (Category, CATEGORIES),
    "status": (Status, STATUSES),
    "reason": (Reason, REASONS),
    "genders": (Gender, GENDERS),
    "gender": (Gender, PERSON_GENDERS),
    "duty": (Duty, DUTIES),
    "requirement": (Requirement, REQUIREMENTS),
}


@register.filter
def called(code: str, kind: str) -> Text:
    """What a code is called: `{{ person.function|called:"function" }}`."""
    codes, texts = KINDS[kind]
    return texts[codes(code)]


@register.filter
def likeness(code: str) -> Text:
    """Why two entries may be one person."""
    return LIKENESS[code]


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
