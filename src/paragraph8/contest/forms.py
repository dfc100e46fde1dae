"""What people type about contests and contestants. The operations decide what is right; a form only reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.contests import ELECTIONS, NEXT, STANDINGS, Election, Standing
from paragraph8.missions.entries import MOST_WORDS, NOT_KNOWN, Day, Told, choices, code_field, texts_of
from paragraph8.missions.models import Contest, Contestant, Mission

from .entry_form import EntryForm
from .operations import add_contest, add_contestant, change_contest, change_contestant, may_follow, take_step


class ContestForm(EntryForm):
    """A contest, new or described anew."""

    def __init__(self, data: Any, *, mission: Mission, contest: Contest | None = None) -> None:
        self.described = contest
        initial: dict[str, Any] = {"round": 1}
        if contest:
            initial = {
                **texts_of("name", contest.name),
                **texts_of("system", contest.system),
                "kind": contest.kind,
                "early": {True: "early", False: "regular", None: ""}[contest.early],
                "round": contest.round,
                "held_on": contest.held_on,
                "area": contest.area.code if contest.area else "",
                "source": contest.source,
            }
        super().__init__(data, mission=mission, initial=initial)

    def build(self) -> None:
        """Add the fields."""
        if self.described is None:
            self.fields["code"] = code_field()
        self.add_texts("name", _("Name"), required=True)
        self.fields["kind"] = forms.ChoiceField(label=_("Election"), choices=choices(ELECTIONS))
        calling = [NOT_KNOWN, ("early", _("early")), ("regular", _("at its regular time"))]
        self.fields["early"] = forms.ChoiceField(label=_("When it was due"), choices=calling, required=False)
        self.fields["round"] = forms.IntegerField(
            label=_("Round"),
            min_value=1,
            max_value=9,
            error_messages={"invalid": _("Rounds count from 1.")},
        )
        self.fields["held_on"] = Day(
            label=_("Election day"),
            required=False,
            help_text=_("Leave it empty when it is the election day of the mission."),
        )
        self.add_area_field(_("Held in"))
        self.add_texts("system", _("Electoral system"), rows=3)
        self.fields["source"] = Told(required=False)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add or describe the contest."""
        typed = self.cleaned_data
        facts: dict[str, Any] = {
            "name": self.text("name"),
            "kind": Election(typed["kind"]),
            "early": {"early": True, "regular": False}.get(typed["early"]),
            "round": typed["round"],
            "held_on": typed["held_on"],
            "area": self.area(),
            "system": self.text("system"),
            "source": typed["source"],
        }
        if self.described:
            return change_contest(contest=self.described, by=by, now=now, **facts)
        return add_contest(mission=self.mission, code=typed["code"], by=by, now=now, **facts)


class ContestantForm(EntryForm):
    """A contestant, new with the first step, or described anew."""

    def __init__(self, data: Any, *, mission: Mission, contestant: Contestant | None = None) -> None:
        self.described = contestant
        initial: dict[str, Any] = {}
        if contestant:
            initial = {
                **texts_of("name", contestant.name),
                **texts_of("nominator", contestant.nominator),
                **texts_of("incumbent", contestant.incumbent),
                "contest": contestant.contest.code if contestant.contest else "",
                "gender": contestant.gender,
                "spellings": "\n".join(contestant.spellings),
                "source": contestant.source,
            }
        super().__init__(data, mission=mission, initial=initial)

    def build(self) -> None:
        """Add the fields."""
        if self.described is None:
            self.fields["code"] = code_field()
        self.add_texts("name", _("Name in the house spelling"), required=True)
        self.fields["spellings"] = forms.CharField(
            label=_("Other spellings that are met"),
            help_text=_("One on each line."),
            max_length=MOST_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.add_contest_field()
        genders = [NOT_KNOWN, ("f", _("woman")), ("m", _("man")), ("x", _("neither"))]
        self.fields["gender"] = forms.ChoiceField(label=_("Gender"), choices=genders, required=False)
        self.add_texts("nominator", _("Nominated by"))
        self.add_texts("incumbent", _("Office held now"))
        if self.described is None:
            self.fields["status"] = forms.ChoiceField(
                label=_("First known step"),
                choices=choices(STANDINGS, NEXT[None]),
            )
            self.fields["day"] = Day(label=_("Day of that step"), required=False)
            self.fields["reason"] = _reason_field()
        self.fields["source"] = Told(required=self.described is None)

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add or describe the contestant."""
        typed = self.cleaned_data
        facts: dict[str, Any] = {
            "name": self.text("name"),
            "contest": self.contest(),
            "gender": typed["gender"],
            "nominator": self.text("nominator"),
            "incumbent": self.text("incumbent"),
            "spellings": typed["spellings"].splitlines(),
            "source": typed["source"],
        }
        if self.described:
            return change_contestant(contestant=self.described, by=by, now=now, **facts)
        step = {"status": Standing(typed["status"]), "day": typed["day"], "reason": typed["reason"]}
        return add_contestant(mission=self.mission, code=typed["code"], by=by, now=now, **step, **facts)


class StepForm(EntryForm):
    """The next step of a contestant."""

    def __init__(self, data: Any, *, mission: Mission, contestant: Contestant) -> None:
        self.contestant = contestant
        super().__init__(data, mission=mission)

    def build(self) -> None:
        """Add the fields."""
        self.fields["status"] = forms.ChoiceField(
            label=_("Step"), choices=choices(STANDINGS, may_follow(self.contestant))
        )
        self.fields["day"] = Day(
            label=_("From this day on"), required=False, help_text=_("Leave it empty when nobody knows.")
        )
        self.fields["reason"] = _reason_field()
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Take the step."""
        typed = self.cleaned_data
        return take_step(
            contestant=self.contestant,
            status=Standing(typed["status"]),
            day=typed["day"],
            reason=typed["reason"],
            source=typed["source"],
            by=by,
            now=now,
        )


def _reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        help_text=_("Needed for a refusal, a withdrawal and a de-registration."),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
