"""How the room writes hours and stretches of time."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from paragraph8.eday.clock import clock_words
from paragraph8.web.templatetags.p8 import per_cent

register = template.Library()


@register.simple_tag
def hour_of(minute: int) -> SafeString:
    """A minute of the day on a wall clock: 27:10 of election day is 03:10."""
    return format_html('<span class="nowrap">{}</span>', clock_words(minute))


@register.simple_tag
def duration(minutes: int) -> str:
    """Hours and minutes: 2 h 41 min."""
    hours, rest = divmod(minutes, 60)
    parts = [_("%(n)s h") % {"n": hours}] if hours else []
    parts += [_("%(n)s min") % {"n": rest}] if rest or not hours else []
    return "\u00a0".join(part.replace(" ", "\u00a0") for part in parts)


@register.simple_tag
def rough_percent(part: int, whole: int) -> str:
    """A percentage of fewer than 30 answers, without a decimal: it stands in brackets behind its count."""
    return per_cent((200 * part + whole) // (2 * whole))
