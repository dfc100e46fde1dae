"""The trace: how the estimate moved as returns came in, drawn and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from paragraph8.charts import Chart, Moment, Series, axis
from paragraph8.charts import trace as drawn
from paragraph8.domain.text import Text
from paragraph8.statistics.quickcount.plans import CountPlan
from paragraph8.statistics.quickcount.traces import Look
from paragraph8.wording.numbers import format_integer

from . import spoken

MOST_LINES = 4
"""More lines cannot be told apart in one chart; the table has everybody."""
TICKS = 5


def trace_chart(looks: Sequence[Look], plan: CountPlan, names: Mapping[str, Text], *, zone: str) -> Chart | None:
    """The chart of every look that said something; nothing where fewer than two did."""
    told = [look for look in looks if look.count is not None]
    if len(told) < 2:
        return None
    last = told[-1]
    values = last.count.shares.values if last.count else ()
    order = sorted(range(len(plan.contestants)), key=lambda place: -values[place])
    titles = [names.get(plan.contestants[place], Text.of("")).shown(spoken.language()).string for place in order]
    begin, end = told[0].moment, last.moment

    def across(look: Look) -> float:
        return (look.moment - begin) / (end - begin) if end > begin else 0.0

    lines = order[:MOST_LINES]
    bounds = [look.limits[place] for look in told for place in lines]
    return drawn(
        "trace",
        _("Estimate after estimate, with its limits"),
        _description(told, titles, order),
        series=[
            Series(
                name=title,
                moments=tuple(
                    Moment(
                        x=across(look),
                        value=float(look.count.shares.values[place]),
                        low=look.limits[place].low,
                        high=look.limits[place].high,
                    )
                    for look in told
                    if look.count is not None
                ),
            )
            for title, place in zip(titles, lines, strict=False)
        ],
        across=[(across(look), spoken.clock(look.moment, zone)) for look in _spread(told)],
        axis=axis(min(b.low for b in bounds), max(b.high for b in bounds), _tick),
        header=[_("Time"), _("Reports in"), _("Level"), *titles],
        rows=[
            [
                spoken.clock(look.moment, zone),
                format_integer(look.n, spoken.language()),
                spoken.level(look.level),
                *(
                    f"{spoken.points(float(look.count.shares.values[place]))} ({spoken.bounds(look.limits[place])})"
                    for place in order
                    if look.count is not None
                ),
            ]
            for look in told
        ],
    )


def _tick(value: float) -> str:
    return spoken.whole_per_cent(value) if 0 <= value <= 1 else ""


def _spread(told: Sequence[Look]) -> list[Look]:
    """First, last and a few looks between them."""
    step = max(1, -(-(len(told) - 1) // (TICKS - 1)))
    return [*told[:-1:step], told[-1]] if (len(told) - 1) % step == 0 else [*told[:-step:step], told[-1]]


def _description(told: Sequence[Look], titles: Sequence[str], order: Sequence[int]) -> str:
    last = told[-1]
    values = last.count.shares.values if last.count else ()
    said = [
        f"{title} {spoken.per_cent(float(values[place]))} ({spoken.bounds(last.limits[place])})"
        for title, place in zip(titles, order, strict=True)
    ]
    return _("%(looks)s looks; at the last one: %(said)s.") % {
        "looks": format_integer(len(told), spoken.language()),
        "said": "; ".join(said),
    }
