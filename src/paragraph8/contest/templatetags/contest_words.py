"""How the pages of the room write days without a time, and per cents as their authors printed them."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import get_language

from paragraph8.wording.languages import NO_BREAK_SPACE
from paragraph8.wording.numbers import format_date

register = template.Library()


@register.simple_tag
def date_of(day: date) -> str:
    """A day: 9 June 2019; 2019 жылғы 9 маусым; 9 июня 2019 года."""
    return format_date(day, get_language() or "en")


@register.simple_tag
def printed_share(share: str) -> str:
    """A per cent with the digits that its author printed: 70.96%; 70,96%; 70,96 %."""
    if get_language() == "en":
        return f"{share}%"
    return share.replace(".", ",") + (f"{NO_BREAK_SPACE}%" if get_language() == "ru" else "%")
