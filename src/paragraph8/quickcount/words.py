"""What the room calls what it shows."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.statistics.quickcount.gate import Condition
from paragraph8.statistics.quickcount.looks import Spending
from paragraph8.statistics.quickcount.plans import Adjustment, Arrival, Base

Words = str | Promise

KINDS: Mapping[str, Words] = {
    "urban": _("urban"),
    "rural": _("rural"),
    "mixed": _("part urban, part rural"),
    "unknown": _("not known"),
    "": _("not known"),
}
"""Kinds of stations that have a name; another is shown as its sample spells it."""

ADJUSTMENTS: Mapping[Adjustment, Words] = {
    Adjustment.STRATA: _("by stratum"),
    Adjustment.CELLS: _("by stratum and kind of station, where enough are in"),
    Adjustment.KINDS: _("by stratum, then fitted to the number of stations of each kind"),
}
BASES: Mapping[Base, Words] = {
    Base.VALID: _("valid votes"),
    Base.BALLOTS: _("ballots counted"),
}
ARRIVALS: Mapping[Arrival, Words] = {
    Arrival.RECEIVED: _("when the system received it"),
    Arrival.STATED: _("when the report says that it was finished (for files collected elsewhere)"),
}
SPENDINGS: Mapping[Spending, Words] = {
    Spending.FIXED: _("one wide level for every look before the gate is open"),
    Spending.OBRIEN_FLEMING: _("the error is spent look by look (O'Brien and Fleming)"),
}
CONDITIONS: Mapping[Condition, Words] = {
    Condition.RETURNS: _("Stations of the sample that are in"),
    Condition.KIND: _("Stations that are in, by kind"),
    Condition.EMPTY: _("Strata without a report"),
    Condition.DOUBTFUL: _("Lead if every report kept apart went to the second"),
    Condition.STEADY: _("Last looks inside the present limits"),
    Condition.TIME: _("Not before"),
}
"""What the gate asks for."""


def kind_name(code: str) -> Words:
    """What a kind of station is called."""
    return KINDS.get(code, code)
