"""Numbers of a quick count in words and digits: one decimal, limits rounded outward so that rounding makes nothing
surer than it is."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paragraph8.statistics.quickcount.counts import Limits
from paragraph8.wording.numbers import format_decimals, format_integer

NARROW = "\u00a0"
DAY = "%d.%m"


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


def points(number: float, rounding: str = ROUND_HALF_UP) -> str:
    """Hundredths with one decimal: 0.53351 → 53.4."""
    hundred = Decimal(repr(number)).scaleb(2)
    return format_decimals(hundred.quantize(Decimal("0.1"), rounding), 1, language())


def per_cent(number: float, rounding: str = ROUND_HALF_UP) -> str:
    """The same with its sign: 53.4%; 53,4 %."""
    return f"{points(number, rounding)}{NARROW if language() == 'ru' else ''}%"


def whole_per_cent(number: float) -> str:
    """A share in whole per cent, 100 only when it is all and 0 only when it is none."""
    whole = int(Decimal(repr(number)).scaleb(2).quantize(Decimal(1), ROUND_HALF_UP))
    shown = min(max(whole, 1 if number > 0 else 0), 99 if number < 1 else 100)
    return f"{format_integer(shown, language())}{NARROW if language() == 'ru' else ''}%"


def bounds(limits: Limits) -> str:
    """Both limits, rounded outward: 53.0–53.8."""
    low, high = points(limits.low, ROUND_FLOOR), points(limits.high, ROUND_CEILING)
    return f"{low}–{high}" if limits.low >= 0 else _("%(low)s to %(high)s") % {"low": low, "high": high}


def probability(p: float | None) -> str:
    """A probability as it may be said: never 0 and never 1."""
    if p is None:
        return _("cannot be said")
    if p < 0.01:
        return _("under %(limit)s") % {"limit": whole_per_cent(0.01)}
    if p > 0.99:
        return _("over %(limit)s") % {"limit": whole_per_cent(0.99)}
    return whole_per_cent(p)


def level(number: float) -> str:
    """A level of confidence: 95%, 99.5%."""
    hundred = Decimal(repr(round(number, 6))).scaleb(2).normalize()
    places = min(max(0, -int(hundred.as_tuple().exponent)), 2)
    return f"{format_decimals(round(hundred, places), places, language())}{NARROW if language() == 'ru' else ''}%"


def clock(moment: float, zone: str) -> str:
    """The hour and minute of a moment where it happened."""
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(zone)):%H:%M}"
