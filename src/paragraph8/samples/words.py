"""What methods, allocations and purposes are called on pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from paragraph8.domain.missions import StationKind
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.statistics.sampling.allocation import Allocation
from paragraph8.statistics.sampling.design import Method

METHODS = {
    Method.SIMPLE: _("simple random"),
    Method.SYSTEMATIC: _("systematic, along areas"),
    Method.SPATIAL: _("spread over the map (needs coordinates)"),
    Method.PPS_SYSTEMATIC: _("by number of voters, systematic"),
    Method.PPS_BREWER: _("by number of voters, draw by draw (Brewer)"),
}
ALLOCATIONS = {
    Allocation.PROPORTIONAL: _("by number of stations"),
    Allocation.NEYMAN: _("Neyman: more where stations differ more"),
    Allocation.EQUAL: _("as many in each"),
    Allocation.GIVEN: _("so many for each team"),
}
STRATA = {
    StrataBy.AREA: _("regions of the first level"),
    StrataBy.AREA_URBAN: _("regions, towns apart from villages"),
    StrataBy.KIND: _("types of polling stations"),
    StrataBy.NOTHING: _("no strata"),
    StrataBy.TEAM: _("areas of the teams (probability core)"),
}
PURPOSES = {
    Purpose.CITIZEN: _("an observer at every station drawn"),
    Purpose.CORE: _("a core of drawn stops for every team"),
    Purpose.OTHER: _("another purpose"),
}
KINDS = {
    StationKind.REGULAR: _("regular"),
    StationKind.HOSPITAL: _("hospital"),
    StationKind.PRISON: _("prison"),
    StationKind.MILITARY: _("military"),
    StationKind.ABROAD: _("abroad"),
    StationKind.MOBILE: _("mobile"),
}
URBAN = {"urban": _("towns"), "rural": _("villages"), "unknown": _("town or village unknown")}
