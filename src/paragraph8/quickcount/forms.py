"""What the statistician types into a plan, and the head at the gate. The operations decide what is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.forms import Form, Kind
from paragraph8.domain.text import Text
from paragraph8.missions.models import Mission
from paragraph8.samples.forms import LocalMoment
from paragraph8.samples.models import Draw
from paragraph8.statistics.quickcount.gate import Rule
from paragraph8.statistics.quickcount.looks import Looks, Spending
from paragraph8.statistics.quickcount.plans import Adjustment, Arrival, Base, CountPlan

from . import spoken
from .models import DeclaredSample
from .words import ADJUSTMENTS, ARRIVALS, BASES, SPENDINGS

VOTES = "votes_"


class ShutForm(forms.Form):
    """Why the gate is shut again."""

    reason = forms.CharField(
        label=_("Why it is shut again"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class AtForm(forms.Form):
    """The moment at which one looks."""

    def __init__(self, data: Any, *, mission: Mission) -> None:
        super().__init__(data)
        self.fields["at"] = LocalMoment(zone=mission.zone, label=_("As it was known at"), required=False)


class ChoiceForm(forms.Form):
    """On which sample and which form a plan rests."""

    sample = forms.ChoiceField(label=_("Sample"))
    form = forms.ChoiceField(label=_("Form on which stations report the count"))

    def __init__(
        self, data: Any, *, draws: Sequence[Draw], declared: Sequence[DeclaredSample], known: Mapping[str, Form]
    ) -> None:
        super().__init__(data)
        self.bases: dict[str, Draw | DeclaredSample] = {
            **{f"draw-{draw.pk}": draw for draw in draws},
            **{f"declared-{sample.pk}": sample for sample in declared},
        }
        self.known = known
        self.fields["sample"].choices = [(code, str(basis)) for code, basis in self.bases.items()]  # type: ignore[attr-defined]
        self.fields["form"].choices = [(code, _named(form)) for code, form in known.items()]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Draw | DeclaredSample, Form]:
        """Sample and form."""
        return self.bases[self.cleaned_data["sample"]], self.known[self.cleaned_data["form"]]


class PlanForm(forms.Form):
    """The plan: which question holds whose votes, what shares are of, and the rules of the night."""

    base_is = forms.ChoiceField(label=_("Shares are of"))
    base = forms.MultipleChoiceField(
        label=_("Questions that add up to it"),
        help_text=_("None: the votes of the contestants together."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ballots = forms.MultipleChoiceField(
        label=_("Questions that add up to those who voted"),
        help_text=_("None: no turnout is estimated."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    registered = forms.ChoiceField(label=_("Registered voters"), required=False)
    adjustment = forms.ChoiceField(label=_("Stations that are in speak for those that are out"))
    threshold = forms.DecimalField(
        label=_("Threshold, in per cent"),
        help_text=_("Such as 50 for an absolute majority."),
        min_value=Decimal("0.1"),
        max_value=Decimal("99.9"),
        decimal_places=2,
        initial=50,
        localize=True,
    )
    overall = forms.IntegerField(
        label=_("Gate: at least so many per cent of the sample in"), min_value=1, max_value=100, initial=85
    )
    kind = forms.IntegerField(
        label=_("Gate: at least so many per cent of each kind of station in"), min_value=0, max_value=100, initial=70
    )
    empty = forms.IntegerField(
        label=_("Gate: strata without a report, at most"), min_value=0, max_value=1000, initial=0
    )
    steady = forms.IntegerField(
        label=_("Gate: so many of the last looks inside the present limits"), min_value=0, max_value=50, initial=3
    )
    final = forms.DecimalField(
        label=_("Level of confidence behind the gate, in per cent"),
        min_value=Decimal(50),
        max_value=Decimal("99.9"),
        decimal_places=2,
        initial=95,
        localize=True,
    )
    interim = forms.DecimalField(
        label=_("Level of confidence before the gate is open, in per cent"),
        help_text=_("Wider, because whoever looks often is wrong more often."),
        min_value=Decimal(50),
        max_value=Decimal("99.99"),
        decimal_places=2,
        initial=99,
        localize=True,
    )
    spending = forms.ChoiceField(label=_("Limits of interim looks"))
    minutes = forms.IntegerField(label=_("Minutes between looks"), min_value=1, max_value=720, initial=30)
    arrival = forms.ChoiceField(label=_("When a return counts as arrived"))
    reason = forms.CharField(
        label=_("Why another plan"),
        help_text=_("Only if there is one already; all versions stay visible. Name no person."),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, mission: Mission, form: Form, contestants: Mapping[str, Text]) -> None:
        super().__init__(data, auto_id="plan-%s")
        self.form, self.contestants = form, contestants
        asked = [(q.code, f"{q.code} · {_said(q.title)}") for q in form.questions() if q.kind is Kind.INTEGER]
        for contestant, title in contestants.items():
            self.fields[VOTES + contestant] = forms.ChoiceField(
                label=_("Votes: %(name)s") % {"name": _said(title)},
                choices=[("", _("not counted")), *asked],
                required=False,
            )
        for name in ("base", "ballots"):
            self.fields[name].choices = asked  # type: ignore[attr-defined]
        self.fields["registered"].choices = [("", _("as on the station list")), *asked]  # type: ignore[attr-defined]
        for name, words in (
            ("base_is", BASES),
            ("adjustment", ADJUSTMENTS),
            ("spending", SPENDINGS),
            ("arrival", ARRIVALS),
        ):
            self.fields[name].choices = [(code.value, text) for code, text in words.items()]  # type: ignore[attr-defined]
        self.fields["adjustment"].initial = Adjustment.CELLS.value
        for name, label in (("first", _("First look")), ("last", _("Last look"))):
            self.fields[name] = LocalMoment(
                zone=mission.zone,
                label=label,
                help_text=_("Empty: no times are fixed.") if name == "first" else "",
                required=False,
            )
        self.fields["opens_at"] = LocalMoment(
            zone=mission.zone,
            label=_("Gate: not before"),
            help_text=_("Such as the close of all polls."),
            required=False,
        )
        self.order_fields(
            [*(VOTES + code for code in contestants), *(name for name in self.fields if name != "reason")]
        )

    def clean(self) -> dict[str, Any]:
        """At least two contestants, interim limits no narrower than final ones, and both ends of the looks or none."""
        typed = super().clean() or {}
        if sum(bool(typed.get(VOTES + code)) for code in self.contestants) < 2:
            self.add_error(None, _("Say for at least two contestants which question holds their votes."))
        final, interim = typed.get("final"), typed.get("interim")
        if final is not None and interim is not None and interim < final:
            self.add_error("interim", _("Interim limits cannot be narrower than final ones."))
        if "first" in typed and "last" in typed and bool(typed["first"]) is not bool(typed["last"]):
            self.add_error("last", _("Give the first and the last look, or neither."))
        return typed

    def plan(self) -> CountPlan:
        """The plan as typed."""
        typed = self.cleaned_data
        opens_at: datetime | None = typed["opens_at"]
        return CountPlan(
            form=self.form.code,
            votes=tuple((code, typed[VOTES + code]) for code in self.contestants if typed[VOTES + code]),
            base_is=Base(typed["base_is"]),
            base=tuple(typed["base"]),
            ballots=tuple(typed["ballots"]),
            registered=typed["registered"],
            adjustment=Adjustment(typed["adjustment"]),
            threshold=float(typed["threshold"] / 100),
            rule=Rule(
                overall=typed["overall"] / 100,
                kind=typed["kind"] / 100,
                empty=typed["empty"],
                steady=typed["steady"],
                opens_at=opens_at.timestamp() if opens_at else None,
            ),
            looks=Looks(
                final=float(typed["final"] / 100),
                interim=float(typed["interim"] / 100),
                spending=Spending(typed["spending"]),
            ),
            first=typed["first"].isoformat() if typed["first"] else "",
            last=typed["last"].isoformat() if typed["last"] else "",
            minutes=typed["minutes"],
            arrival=Arrival(typed["arrival"]),
        )


def _said(text: Text) -> str:
    return text.shown(spoken.language()).string


def _named(form: Form) -> str:
    return f"{form.code} · {_said(form.title)}"
