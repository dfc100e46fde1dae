"""Days of a calendar in templates."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import get_language

from paragraph8.wording.numbers import format_date

register = template.Library()


@register.filter
def calendar(day: date | None) -> str:
    """A day as the language of the page writes it: 9 June 2019."""
    return format_date(day, get_language() or "en") if day else ""
