"""The room's charts: blocks in, drawings with the words of the page's language out."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from paragraph8.charts import Box, Chart, Hours, axis, hours, spreads
from paragraph8.domain.text import Text
from paragraph8.web.templatetags.p8 import number, part_of, plainly, tenths

from .clock import clock_words
from .intake import FormIntake, Intake, Seen


def intake_chart(intake: Intake, *, now: int) -> Chart | None:
    """Bars of what came by hour under the step of what was expected; none where nothing falls on the day."""
    if not intake.hours:
        return None
    first, last = intake.hours[0], intake.hours[-1] + 1
    present = (now / 60 - first) / (last - first)
    shown = [row for row in intake.rows if row.came or row.planned]
    header = [_("Hour"), *(f"{said(row.title)}: {what}" for row in shown for what in _columns(row))]
    return hours(
        "hours",
        _("Reports in by hour, against expected"),
        "; ".join(f"{said(row.title)}: {intake_words(row)}" for row in shown),
        rows=[
            Hours(
                name=said(row.title),
                note=intake_words(row),
                came=tuple(row.hours.get(hour, 0) for hour in intake.hours),
                expected=None if row.due_hours is None else tuple(row.due_hours.get(hour, 0) for hour in intake.hours),
            )
            for row in shown
        ],
        labels=[f"{hour % 24:02d}" for hour in intake.hours],
        header=header,
        cells=[
            [clock_words(hour * 60), *(cell for row in shown for cell in _cells(row, hour))] for hour in intake.hours
        ],
        now=present if 0 < present < 1 else None,
    )


def intake_words(row: FormIntake) -> str:
    """How many of the expected reports of a form are in; where nothing is planned or due yet, how many came."""
    return part_of(row.answered, row.due) if row.due else number(row.came)


def _columns(row: FormIntake) -> list[str]:
    return [_("received")] if row.due_hours is None else [_("received"), _("expected")]


def _cells(row: FormIntake, hour: int) -> list[str]:
    came = number(row.hours.get(hour, 0))
    return [came] if row.due_hours is None else [came, number(row.due_hours.get(hour, 0))]


def turnout_chart(seen: Sequence[Seen]) -> Chart | None:
    """The spread over the stations visited, hour by hour. No line joins the hours: different stations stand in each."""
    if not any(each.n for each in seen):
        return None
    highest = max([1000, *(each.five[-1] for each in seen if each.five)])
    return spreads(
        "turnout",
        _("Turnout at the stations visited, by hour"),
        "; ".join(
            _("%(hour)s: half of %(n)s stations between %(low)s and %(high)s, the middle one at %(middle)s")
            % {
                "hour": clock_words(each.step.minute),
                "n": number(each.n),
                "low": per_cent(each.five[1]),
                "high": per_cent(each.five[3]),
                "middle": per_cent(each.five[2]),
            }
            for each in seen
            if each.five
        )
        or _("Too few stations for a spread."),
        boxes=[
            Box(
                name=clock_words(each.step.minute),
                note=f"n {number(each.n)}",
                five=_five(each.five),
            )
            for each in seen
        ],
        axis=axis(0, highest, lambda value: f"{number(round(value / 10))}{_sign()}"),
        header=[_("Hour"), _("Reports"), _("least"), _("quarter"), _("middle"), _("three quarters"), _("greatest")],
        rows=[
            [
                clock_words(each.step.minute),
                number(each.n),
                *([per_cent(value) for value in each.five] if each.five else [_("too few")] * 5),
            ]
            for each in seen
        ],
    )


def _five(five: tuple[int, ...] | None) -> tuple[float, float, float, float, float] | None:
    if five is None:
        return None
    least, low, middle, high, greatest = five
    return (least, low, middle, high, greatest)


def tile_words(stations: int) -> str:
    """What stands under the number of visited stations on a tile."""
    return _("of %(n)s") % {"n": number(stations)}


def per_cent(in_tenths: int) -> str:
    """A number of tenths of a per cent with its sign."""
    return f"{tenths(in_tenths)}{_sign()}"


def said(text: Text) -> str:
    """A text in the language of the page, without markup."""
    return plainly(text)


def _sign() -> str:
    return "\u00a0%" if get_language() == "ru" else "%"
