"""What the statistician types. The operations decide what is right; a form only reads it."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.missions import StationKind
from paragraph8.domain.selection import Purpose, StrataBy
from paragraph8.missions.models import Mission
from paragraph8.statistics.sampling.allocation import Allocation
from paragraph8.statistics.sampling.design import Method, Request
from paragraph8.statistics.sampling.margins import CONFIDENCE, quantile, size_for_share, whole

from .frames import POLLING
from .queries import polls_close_of
from .words import ALLOCATIONS, KINDS, METHODS, PURPOSES, STRATA

MOST = 100_000
"""No sample is larger than this."""
_LOCAL = "%Y-%m-%dT%H:%M"


class LocalMoment(forms.CharField):
    """A date and time on the clock of the mission's zone."""

    def __init__(self, *, zone: str, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)
        super().__init__(widget=widget, max_length=30, **kwargs)
        self.zone = zone

    def clean(self, value: Any) -> datetime | None:
        """The moment, with its zone."""
        typed = super().clean(value)
        if not typed:
            return None
        for form in (_LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"):
            try:
                return datetime.strptime(typed, form).replace(tzinfo=ZoneInfo(self.zone))
            except ValueError:
                continue
        raise forms.ValidationError(_("Write date and time like 2019-06-09 20:00."))


class CommitmentForm(forms.Form):
    """A seed, alone or with something from outside."""

    source = forms.CharField(
        label=_("What will be mixed in, if anything"),
        help_text=_("Such as: three dice thrown at the briefing; the numbers of a lottery of that evening."),
        required=False,
        max_length=300,
    )

    def __init__(self, data: Any, *, mission: Mission) -> None:
        super().__init__(data, auto_id="seed-%s")
        self.fields["due"] = LocalMoment(
            zone=mission.zone, label=_("When it can be known at the earliest"), required=False
        )


class ContributionForm(forms.Form):
    """What came from outside."""

    value = forms.CharField(
        label=_("What was thrown or drawn"),
        help_text=_("Exactly as it was announced; everybody will be able to read it. Name no person."),
        max_length=200,
    )


class DrawForm(forms.Form):
    """The design of a sample. `refused` is what the operation said; it stands on top of the form."""

    name = forms.CharField(label=_("Name of the sample"), max_length=120)
    purpose = forms.ChoiceField(label=_("What is it for?"))
    strata_by = forms.ChoiceField(label=_("Strata"))
    method = forms.ChoiceField(label=_("How stations are drawn in a stratum"))
    allocation = forms.ChoiceField(label=_("How the stations are shared out among strata"), required=False)
    n = forms.IntegerField(label=_("Stations to draw"), required=False, min_value=1, max_value=MOST, localize=False)
    margin = forms.DecimalField(
        label=_("Or the margin to be reached, in percentage points"),
        help_text=_("At 95 per cent, for one half of stations drawn one by one: the number follows from it."),
        required=False,
        min_value=Decimal("0.1"),
        max_value=50,
        decimal_places=2,
        localize=True,
    )
    per_team = forms.IntegerField(
        label=_("Stops for each team"),
        help_text=_("Only for the areas of the teams: two to four, the others are the team's own."),
        required=False,
        min_value=1,
        max_value=20,
    )
    minimum = forms.IntegerField(
        label=_("At least in each stratum"),
        help_text=_("With fewer than two, a stratum has no margin of its own."),
        initial=2,
        min_value=1,
        max_value=1_000,
    )
    reserves = forms.IntegerField(
        label=_("Reserves in each stratum"),
        help_text=_("Drawn now, so that nobody chooses one later."),
        initial=2,
        min_value=0,
        max_value=1_000,
    )
    spreads = forms.CharField(
        label=_("Standard deviation in each stratum, for Neyman"),
        help_text=_("One line a stratum: its code, a blank, the number. Take them from the last election."),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Types of polling stations"), widget=forms.CheckboxSelectMultiple, required=False
    )
    reason = forms.CharField(
        label=_("Why another sample for this purpose"),
        help_text=_("Only if there is one already; both stay visible. Name no person."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, mission: Mission) -> None:
        self.mission = mission
        close = polls_close_of(mission)
        shown = close.astimezone(ZoneInfo(mission.zone)).strftime(_LOCAL) if close else ""
        super().__init__(data, initial={"polls_close": shown, "kinds": [StationKind.REGULAR.value]}, auto_id="draw-%s")
        for name, words in (("purpose", PURPOSES), ("strata_by", STRATA), ("method", METHODS)):
            self.fields[name].choices = list(words.items())  # type: ignore[attr-defined]
        offered = [(a.value, words) for a, words in ALLOCATIONS.items() if a is not Allocation.GIVEN]
        self.fields["allocation"].choices = offered  # type: ignore[attr-defined]
        self.fields["kinds"].choices = list(KINDS.items())  # type: ignore[attr-defined]
        self.fields["polls_close"] = LocalMoment(
            zone=mission.zone,
            label=_("When polls close"),
            help_text=_("Until then only head and statistician see which stations were drawn."),
            required=False,
        )
        self.order_fields(
            [
                "name",
                "purpose",
                "strata_by",
                "method",
                "n",
                "margin",
                "per_team",
                "allocation",
                "minimum",
                "reserves",
                "kinds",
                "polls_close",
                "spreads",
                "reason",
            ]
        )

    def clean(self) -> dict[str, Any]:
        """A number of stations, or of stops for each team where the strata are the teams' areas."""
        typed = super().clean() or {}
        by_team = typed.get("strata_by") == StrataBy.TEAM.value
        if by_team and "per_team" in typed and not typed["per_team"]:
            self.add_error("per_team", _("Say how many stops each team gets."))
        if not by_team and "n" in typed and not typed["n"] and not typed.get("margin"):
            self.add_error("n", _("Say how many stations to draw, or which margin is to be reached."))
        return typed

    def clean_spreads(self) -> tuple[tuple[str, str], ...]:
        """Code and number of each line."""
        found = []
        for number, line in enumerate(self.cleaned_data["spreads"].splitlines(), start=1):
            if not line.strip():
                continue
            parts = re.split(r"[\s;\t]+", line.strip())
            if len(parts) != 2:
                raise forms.ValidationError(
                    _("Line %(number)s is not a code, a blank and a number."), params={"number": number}
                )
            found.append((parts[0], parts[1]))
        return tuple(found)

    def request(self) -> Request:
        """What is asked of the draw."""
        typed = self.cleaned_data
        allocation = Allocation(typed["allocation"] or Allocation.PROPORTIONAL)
        return Request(
            method=Method(typed["method"]),
            n=typed["n"] or self._stations_for_margin(),
            allocation=allocation,
            minimum=typed["minimum"],
            reserves=typed["reserves"],
            spreads=typed["spreads"] if allocation is Allocation.NEYMAN else (),
        )

    def _stations_for_margin(self) -> int:
        """The number of stations that the margin needs in the list in force; 0 where none is asked for."""
        margin = self.cleaned_data["margin"]
        if not margin:
            return 0
        kinds = self.cleaned_data["kinds"] or POLLING
        there = self.mission.stations.filter(kind__in=kinds).count()
        return whole(size_for_share(float(margin) / 100, z=quantile(CONFIDENCE), there=there)) if there else 0

    def arguments(self) -> dict[str, Any]:
        """What `request_for` and `ask` take besides."""
        typed = self.cleaned_data
        return {
            "request": self.request(),
            "strata_by": StrataBy(typed["strata_by"]),
            "kinds": typed["kinds"],
            "per_team": typed["per_team"] or 0,
        }

    def asked(self) -> dict[str, Any]:
        """What `ask` takes."""
        typed = self.cleaned_data
        return {
            **self.arguments(),
            "name": typed["name"],
            "purpose": Purpose(typed["purpose"]),
            "polls_close": typed["polls_close"],
            "reason": typed["reason"],
        }


class StopsForm(forms.Form):
    """When drawn stops appear on phones."""

    minutes = forms.IntegerField(
        label=_("Minutes between two stops of a team"),
        help_text=_("0 shows all of them at once."),
        initial=120,
        min_value=0,
        max_value=1_440,
    )

    def __init__(self, data: Any, *, mission: Mission) -> None:
        super().__init__(data, auto_id="stops-%s")
        self.fields["first"] = LocalMoment(zone=mission.zone, label=_("When the first stop is shown"))
        self.order_fields(["first", "minutes"])


class ReplacementForm(forms.Form):
    """A station that cannot be reached."""

    station = forms.CharField(label=_("Station that cannot be reached"), max_length=100)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Who reads this later must understand why. Name no person."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
