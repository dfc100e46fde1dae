"""What the room refuses, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paragraph8.planning.routes import Lack

REFUSED: Mapping[str, str | Promise] = {
    "no-date": _("The mission has no election date yet, so no day can be planned. Set it first."),
    "no-list": _("The mission has no station list yet. Load one in the room of places first."),
    "no-team": _("Choose at least one team."),
    "no-station": _("No polling station lies in the areas of these teams. Give the teams areas that have stations."),
    "unknown-team": _("There is no such team in this plan."),
    "unknown-station": _("There is no such polling station on the list of this plan: {station}"),
    "unknown-area": _("There is no such area: {area}"),
    "not-a-draft": _("Only a draft can be changed. Make a draft from this plan, and change that."),
    "twice": _("This station is in the plan of the team already."),
    "taken": _("Another team stops at this station already: {team}. Take it out there first, or exchange the two."),
    "role-twice": _("A team has one opening and one count. Take the other one out first."),
    "no-stop": _("There is no such stop in this plan any more. Load the page again."),
    "no-such-stop": _("No team of this plan stops at the station {station}, as far as you may see."),
    "empty": _("The plan has no team, so it cannot be accepted."),
    "unfinished": _("The plan is still being worked out."),
    "refused": _("This plan was never worked out. Make another one."),
    "broken": _("The work stopped half-way, and nothing of it was kept. Make the plan again."),
    "drawn-given": _("Drawn stops are given to these teams. Only who may see the sample can plan around them."),
    "two-drawn": _("Team {team} has more than one drawn stop and cannot stay all day at one. Give it a whole route."),
    "shown-late": _(
        "Team {team} is to stay all day, but its drawn stop is shown only after the opening. Show it earlier."
    ),
    "one-all-day": _("A team that stays all day has one station."),
    "unknown-form": _("The mission has no form of this code: {form}"),
    "no-form": _("The mission has no form yet, so no report can be expected. Add forms first."),
    "window": _("The end lies before the beginning."),
    "no-code": _("There is no code of this number."),
    "no-plan": _("Accept a plan first."),
}


class RefusedError(ValueError):
    """The room said no; `words` tells why in the language of the reader."""

    def __init__(self, reason: str, **details: str) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details

    @property
    def words(self) -> str:
        """For the page."""
        return str(REFUSED[self.reason]).format(**self.details)


LACKS: Mapping[Lack, str | Promise] = {
    Lack.NO_OPENING: _("no opening"),
    Lack.NO_COUNT: _("no count"),
    Lack.FEW_VISITS: _("fewer visits than wanted"),
    Lack.LATE_OPENING: _("comes too late for the opening"),
    Lack.CLOSED: _("the station is closed during the visit"),
    Lack.LATE_COUNT: _("comes too late for the count"),
    Lack.LATE_RETURN: _("comes back too late"),
    Lack.OUTSIDE: _("outside the areas of the team"),
    Lack.TWICE: _("two teams at one station"),
    Lack.OVERLAP: _("cannot be there in time after the stop before"),
}
