"""How pages write numbers, shares, moments and the texts of a mission: one way, in the words of `wording`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from paragraph8.documents.labels import LABELS
from paragraph8.documents.languages import own_name
from paragraph8.domain.text import Shown, Text
from paragraph8.wording import kazakh
from paragraph8.wording.languages import NO_BREAK_SPACE, empty_value
from paragraph8.wording.numbers import format_date, format_decimals, format_integer, format_percentage, format_tenths
from paragraph8.wording.quantifiers import LEAST_FOR_SHARE

register = template.Library()

LEAST_FOR_BAR = 10
"""Fewer answers are printed as counts and not drawn."""
NOWRAP = '<span class="nowrap">{}</span>'
_NUMBER_WITH_ENDING = re.compile(r"\d-")
FIRST_LETTERS = 12
"""As much of a hash as a person compares by eye."""


class Drawn(Protocol):
    """A part of a share bar: how many, and the class that colours it."""

    @property
    def n(self) -> int:
        """How many."""

    @property
    def tone(self) -> str:
        """The class."""


@register.filter
def number(n: int | None) -> str:
    """A whole number in digits, grouped as the language groups them; a dash where there is none."""
    return empty_value(_language()) if n is None else format_integer(n, _language())


@register.filter
def tenths(n: int) -> str:
    """A number given in tenths, with its one decimal: 336 → 33.6; 33,6."""
    return format_tenths(n, _language())


@register.filter
def hundredths(n: int) -> str:
    """A number given in hundredths, with its two decimals: 87 → 0.87; −5 → −0.05."""
    return format_decimals(Decimal(n).scaleb(-2), 2, _language())


@register.filter
def signed_tenths(n: int) -> str:
    """A change given in tenths, with its sign: 21 → +2.1; -21 → −2.1; 0 → 0.0."""
    sign = "+" if n > 0 else "\u2212" if n < 0 else ""
    return sign + format_tenths(abs(n), _language())


@register.filter
def plain(n: int) -> str:
    """A whole number for a machine: an address, a style, a form."""
    return str(n)


@register.simple_tag
def part_of(part: int, whole: int) -> str:
    """The count that leads: 78 of 1,268; 1 268-дің 78-і; 78 из 1 268."""
    x, y = format_integer(part, _language()), format_integer(whole, _language())
    match _language():
        case "kk":
            return f"{y}-{kazakh.suffix(whole, 'gen')} {x}-{kazakh.suffix(part, 'poss')}"
        case "ru":
            return f"{x} из {y}"
        case _:
            return f"{x} of {y}"


@register.filter
def unbroken(words: str) -> SafeString:
    """Words in which no line breaks between a number and its Kazakh ending (71-інде)."""
    pieces = (format_html(NOWRAP if _NUMBER_WITH_ENDING.search(word) else "{}", word) for word in words.split(" "))
    return format_html_join(" ", "{}", ((piece,) for piece in pieces))


@register.simple_tag
def percent(part: int, whole: int) -> str:
    """The percentage as it stands in a table: 6.2%; 6,2%; 6,2 %. Empty where the answers are too few for one."""
    if whole < LEAST_FOR_SHARE:
        return ""
    return _with_sign(format_percentage(part, whole, _language()))


@register.simple_tag
def per_cent(n: int) -> str:
    """A whole number of per cent in a legend: 25%; 25 %."""
    return _with_sign(format_integer(n, _language()))


@register.filter
def say(text: Any) -> str | SafeString:
    """A text of the mission in the language of the page; where nobody translated it, that shows."""
    shown = _shown(text)
    if shown.language == _language() or not shown.string:
        return shown.string
    return format_html('<span class="foreign" lang="{}">{}</span>', shown.language, shown.string)


@register.filter
def plainly(text: Any) -> str:
    """The same without markup, for titles, options and attributes."""
    return _shown(text).string


register.filter("own_name", own_name)


@register.simple_tag
def label(code: str) -> str | SafeString:
    """A fixed word of released documents, so that a page and a document call one thing by one name."""
    return say(LABELS[code])


@register.simple_tag
def day(moment: datetime, zone: str) -> str:
    """The date of a moment where it happened."""
    return format_date(moment.astimezone(ZoneInfo(zone)).date(), _language())


@register.simple_tag
def calendar_day(day: date) -> str:
    """A date that has no hour, as it stands in a register."""
    return format_date(day, _language())


@register.simple_tag
def moment(moment: datetime, zone: str) -> SafeString:
    """Date and minute of a moment where it happened: 9 June 2019, 23:40."""
    local = moment.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{}, {}</time>',
        local.isoformat(timespec="seconds"),
        format_date(local.date(), _language()),
        f"{local:%H:%M}",
    )


@register.simple_tag
def clock(moment: datetime, zone: str) -> SafeString:
    """Hour, minute and second of a moment where it happened."""
    local = moment.astimezone(ZoneInfo(zone))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), f"{local:%H:%M:%S}")


@register.simple_tag
def visit(started: datetime, finished: datetime, zone: str) -> SafeString:
    """From when to when, the date once where it is the same: 9 June 2019, 12:21–12:56."""
    begin, end = (each.astimezone(ZoneInfo(zone)) for each in (started, finished))
    until = f"{end:%H:%M}" if begin.date() == end.date() else f"{format_date(end.date(), _language())}, {end:%H:%M}"
    return format_html("{}–{}", moment(started, zone), until)


@register.simple_tag
def offset(moment: datetime, zone: str) -> str:
    """How far the clocks of the place are from universal time: UTC+6."""
    minutes = int((moment.astimezone(ZoneInfo(zone)).utcoffset() or moment - moment).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02d}" if rest else "")


@register.simple_tag
def share_bar(parts: Sequence[Drawn], left_out: int, extra: str = "") -> SafeString | str:
    """The bar as long as all reports: its parts, and behind a gap what was left out. None under ten answers."""
    answered = sum(part.n for part in parts)
    if answered < LEAST_FOR_BAR:
        return ""
    everything = answered + left_out
    pieces = [(part.tone, str(part.n), "" if extra else _label(part.n, everything)) for part in parts if part.n]
    out = format_html('<i class="out" style="--v:{}"></i>', str(left_out)) if left_out else ""
    drawn = format_html_join("", '<i class="{}" style="--v:{}">{}</i>', pieces)
    return format_html('<div class="share {}" aria-hidden="true">{}{}</div>', extra, drawn, out)


@register.filter
def short(digest: str) -> str:
    """The beginning of a hash."""
    return digest[:FIRST_LETTERS]


@register.filter
def tail(uid: object) -> str:
    """The end of an identifier: of a UUIDv7 the part that was drawn at random, so that neighbours differ."""
    return str(uid)[-FIRST_LETTERS:]


def _label(n: int, everything: int) -> str:
    """The number inside a part, where the part is wide enough for it."""
    return format_integer(n, _language()) if n * 12 > everything else ""


def _with_sign(number: str) -> str:
    return f"{number}{NO_BREAK_SPACE if _language() == 'ru' else ''}%"


def _shown(text: Any) -> Shown:
    if isinstance(text, Text):
        return text.shown(_language())
    if isinstance(text, Mapping):
        return Text.of(text).shown(_language())
    return Shown(str(text or ""), _language())


def _language() -> str:
    return get_language() or "en"
