"""How long ago something was, in templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

HOUR, DAY = 60, 24 * 60


@register.filter
def age(minutes: int) -> str:
    """Minutes in words: 35 min; 2 h 05 min; 3 d 4 h."""
    if minutes < HOUR:
        return _("%(minutes)s min") % {"minutes": minutes}
    if minutes < DAY:
        return _("%(hours)s h %(minutes)s min") % {"hours": minutes // HOUR, "minutes": f"{minutes % HOUR:02d}"}
    return _("%(days)s d %(hours)s h") % {"days": minutes // DAY, "hours": minutes % DAY // HOUR}
