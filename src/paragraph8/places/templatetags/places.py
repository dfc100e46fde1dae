"""How the room writes the date of a list."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import get_language

from paragraph8.wording.numbers import format_date

register = template.Library()


@register.filter
def dated(day: date) -> str:
    """A day that belongs to no zone: 9 June 2019."""
    return format_date(day, get_language() or "en")
