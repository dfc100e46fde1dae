"""What is typed in this room. The operations decide what is right; a form only reads what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.check_ins import How
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.recalls import WORDINGS, Call
from paragraph8.missions.models import Area, Mission, Station, Team
from paragraph8.teams.fields import Day, Number, OneOf, area_choices, plainly
from paragraph8.teams.queries import TRAVELLING

from .models import CheckIn, Recall
from .operations import LONGEST_LONG, LONGEST_SHORT, check_in
from .queries import station_named, zone_of

Data = Mapping[str, Any] | None
HOWS = (
    (How.CALL, _("by telephone")),
    (How.SMS, _("by SMS")),
    (How.MEETING, _("met in person")),
    (How.OTHER, _("otherwise")),
)
_NO_CLOCK = _("Hours and minutes, 24-hour clock: 07:30. Not understood: %(typed)s")
_CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})\Z")


class ClockTime(forms.CharField):
    """A time of day on a 24-hour clock: 07:30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The time, or `None` when nothing was typed."""
        typed = super().clean(value).strip()
        return self.read(typed) if typed else None

    def read(self, typed: str) -> time:
        """One time out of what was typed."""
        read = _CLOCK.match(typed)
        if read is None or int(read[1]) > 23 or int(read[2]) > 59:
            raise forms.ValidationError(_NO_CLOCK, params={"typed": typed[:20]})
        return time(int(read[1]), int(read[2]))


class ClockTimes(ClockTime):
    """Several of them, apart by blanks or commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = None
        self.validators = []

    def clean(self, value: Any) -> Any:
        """The times, each once."""
        typed = re.split(r"[\s,;]+", forms.CharField.clean(self, value).strip())
        if len(typed) > 24:
            raise forms.ValidationError(_("No more than 24 times a day."))
        return sorted({self.read(each) for each in typed if each})


class CheckInForm(forms.Form):
    """A sign of life: of which team, where, and whether all is well."""

    place = forms.CharField(
        label=_("Where"),
        help_text=_("Number of the polling station, or a few words. May stay empty. Name nobody."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Data, *, mission: Mission, teams: Sequence[Team], auto_id: str = "check-%s") -> None:
        super().__init__(data, auto_id=auto_id)
        self.mission, self.teams = mission, {team.pk: team for team in teams}
        if len(teams) != 1:
            choice = OneOf(rows=[(team.pk, team.code) for team in teams], label=_("Team"), empty=_("choose"))
            self.fields = {"team": choice, **self.fields}

    def team(self) -> Team:
        """The team that was heard from."""
        return self.teams[self.cleaned_data["team"]] if "team" in self.fields else next(iter(self.teams.values()))

    def where(self) -> tuple[Station | None, str]:
        """The station that the words name, or the words."""
        words = self.cleaned_data["place"]
        return (station_named(self.mission, words) if words else None), words

    def save(self, *, how: How, needs_help: bool, at: datetime, by: Viewer, now: datetime) -> CheckIn:
        """Note it."""
        station, place = self.where()
        return check_in(
            team=self.team(), at=at, how=how, station=station, place=place, needs_help=needs_help, by=by, now=now
        )


class DeskForm(CheckInForm):
    """A sign of life that reached the desk, for example by telephone."""

    how = forms.ChoiceField(label=_("How"), choices=[(how.value, words) for how, words in HOWS])
    when = ClockTime(
        label=_("When"),
        required=False,
        help_text=_("Local time of the team. Empty: now. A time that is still to come was yesterday's."),
    )
    needs_help = forms.BooleanField(label=_("The team needs help"), required=False)

    def at(self, now: datetime) -> datetime:
        """The newest moment at which the team's clocks showed that time."""
        when = self.cleaned_data["when"]
        if when is None:
            return now
        zone = ZoneInfo(zone_of(self.mission, self.team()))
        local = now.astimezone(zone)
        moment = datetime.combine(local.date(), when, tzinfo=zone)
        return moment if moment <= local else datetime.combine(local.date() - timedelta(days=1), when, tzinfo=zone)


class AcknowledgeForm(forms.Form):
    """Somebody looks after a team that is late."""

    note = forms.CharField(
        label=_("What is being done"),
        help_text=_("Such as “phone off, driver called”. It is erased with the check-ins."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write in a few words what is being done.")},
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, auto_id="ack-%s")


class ScheduleForm(forms.Form):
    """When teams are to be heard from."""

    times = ClockTimes(
        label=_("At these times"), required=False, help_text=_("Local times, apart by blanks: 08:00 14:00 21:00.")
    )
    every = Number(
        10,
        1440,
        label=_("Or: at most so many minutes after the last sign"),
        required=False,
    )
    opens = ClockTime(label=_("Then not before"), required=False, help_text=_("Empty: 07:00."))
    closes = ClockTime(label=_("And not after"), required=False, help_text=_("Empty: 22:00."))
    grace = Number(
        0,
        240,
        label=_("Minutes until it is an alarm"),
        initial=5,
    )
    early = Number(
        0,
        720,
        label=_("Minutes that a sign may come early"),
        initial=60,
    )
    first_day = Day(label=_("First day"), required=False)
    last_day = Day(label=_("Last day"), required=False)

    def __init__(self, data: Data, *, areas: Iterable[Area]) -> None:
        super().__init__(data, auto_id="schedule-%s")
        area = OneOf(rows=area_choices(areas), label=_("Region"), required=False, empty=_("everywhere"))
        kinds = [("", _("everybody")), *((k.value, plainly(FUNCTIONS[Function(k)].to_json())) for k in TRAVELLING)]
        self.fields = {
            "area": area,
            "kind": forms.ChoiceField(choices=kinds, label=_("Whom"), required=False),
            **self.fields,
        }


class RecallForm(forms.Form):
    """Whom to call, and to what."""

    def __init__(self, data: Data, *, areas: Sequence[Area], teams: Sequence[Team]) -> None:
        super().__init__(data, auto_id="recall-%s")
        self.areas, self.teams = {str(area.pk): area for area in areas}, {str(team.pk): team for team in teams}
        calls = [(call.value, plainly(wording.title.to_json())) for call, wording in WORDINGS.items()]
        self.fields["call"] = forms.ChoiceField(label=_("What they are to do"), choices=calls)
        self.fields["everybody"] = forms.BooleanField(label=_("All teams"), required=False)
        self.fields["areas"] = forms.MultipleChoiceField(
            label=_("The teams of these regions"),
            choices=[(str(pk), words) for pk, words in area_choices(areas)],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "files"}),
            required=False,
        )
        self.fields["teams"] = forms.MultipleChoiceField(
            label=_("And these teams"),
            choices=[(pk, team.code) for pk, team in self.teams.items()],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "files"}),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """At least one team."""
        typed = super().clean() or {}
        if not self.errors and not self.chosen():
            raise forms.ValidationError(_("No team is chosen, or none is in the regions chosen."))
        return typed

    def call(self) -> Call:
        """What they are called on to do."""
        return Call(self.cleaned_data["call"])

    def chosen(self) -> list[Team]:
        """The teams."""
        if self.cleaned_data["everybody"]:
            return list(self.teams.values())
        paths = tuple(self.areas[pk].path for pk in self.cleaned_data["areas"])
        return [
            team
            for pk, team in self.teams.items()
            if pk in self.cleaned_data["teams"] or (paths and team.area and team.area.path.startswith(paths))
        ]


class WordingForm(forms.Form):
    """The two texts of a recall in each language."""

    def __init__(self, data: Data, *, recall: Recall, languages: Mapping[str, str]) -> None:
        super().__init__(data, auto_id="word-%s")
        self.languages = languages
        for tag, name in languages.items():
            self.fields[f"short_{tag}"] = forms.CharField(
                label=_("SMS, %(language)s") % {"language": name},
                max_length=LONGEST_SHORT,
                widget=forms.Textarea(attrs={"rows": 2, "lang": tag}),
                initial=recall.short.get(tag, ""),
            )
            self.fields[f"long_{tag}"] = forms.CharField(
                label=_("Phone app and e-mail, %(language)s") % {"language": name},
                max_length=LONGEST_LONG,
                widget=forms.Textarea(attrs={"rows": 5, "lang": tag}),
                initial=recall.long.get(tag, ""),
            )

    def texts(self, which: str) -> dict[str, str]:
        """The texts of one length by language."""
        return {tag: self.cleaned_data[f"{which}_{tag}"].strip() for tag in self.languages}


class EraseForm(forms.Form):
    """How much of what is known of places is erased."""

    days = Number(
        0,
        3650,
        label=_("Erase what is older than so many days"),
        help_text=_("0 erases everything that there is."),
    )
    sure = forms.BooleanField(
        label=_("I know that this cannot be undone"),
        error_messages={"required": _("Confirm that you want to erase.")},
    )

    def __init__(self, data: Data) -> None:
        super().__init__(data, auto_id="erase-%s")
