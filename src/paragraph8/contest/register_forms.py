"""What people type about the calendar, voter registers, earlier elections and results."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.domain.contests import MEASURES, RESULT_STAGES, VOTERS, Measure, ResultStage, Voters
from paragraph8.missions.entries import MOST_CHARACTERS, Clock, Day, Number, Told, choices, code_field, say, texts_of
from paragraph8.missions.models import Mission
from paragraph8.web.uploads import UploadField

from .entry_form import EntryForm
from .models import CalendarEntry, ResultUpload
from .refusals import said
from .registers import add_voters, claim_span, write_calendar, write_series
from .results import upload_results


class CalendarForm(EntryForm):
    """A line of the calendar, new or said anew."""

    def __init__(self, data: Any, *, mission: Mission, entry: CalendarEntry | None = None) -> None:
        self.described = entry
        initial: dict[str, Any] = {}
        if entry:
            names = ("legal_basis", "due_on", "due_time", "happened_on", "happened_time", "did_not_happen", "source")
            initial = {**texts_of("title", entry.title), **{name: getattr(entry, name) for name in names}}
        super().__init__(data, mission=mission, initial=initial)

    def build(self) -> None:
        """Add the fields."""
        if self.described is None:
            self.fields["code"] = code_field()
        self.add_texts("title", _("What"), required=True)
        self.fields["legal_basis"] = forms.CharField(
            label=_("Legal basis"),
            help_text=_("The article that sets the deadline, such as “Election Law, article 59”."),
            max_length=MOST_CHARACTERS,
            required=False,
        )
        self.fields["due_on"] = Day(
            label=_("Deadline"), required=False, help_text=_("Leave it empty for an event without one.")
        )
        self.fields["due_time"] = Clock(label=_("Hour of the deadline"), help_text=_("Empty means until midnight."))
        self.fields["happened_on"] = Day(
            label=_("Happened on"), required=False, help_text=_("Leave it empty while nobody knows that it happened.")
        )
        self.fields["happened_time"] = Clock(label=_("Hour at which it happened"))
        self.fields["did_not_happen"] = forms.BooleanField(label=_("It is known not to have happened"), required=False)
        if self.described is not None:
            self.fields["removed"] = forms.BooleanField(label=_("Take this line out of the calendar"), required=False)
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Write the line."""
        typed = self.cleaned_data
        names = ("legal_basis", "due_on", "due_time", "happened_on", "happened_time", "did_not_happen", "source")
        return write_calendar(
            mission=self.mission,
            code=self.described.code if self.described else typed["code"],
            title=self.text("title"),
            removed=bool(typed.get("removed")),
            by=by,
            now=now,
            **{name: typed[name] for name in names},
        )

    def clean(self) -> dict[str, Any]:
        """A new line needs a code that is free."""
        typed = super().clean()
        taken = self.described is None and self.mission.calendar.filter(code=typed.get("code", "")).exists()
        if taken:
            self.add_error("code", say(said("code-taken", code=typed["code"])))
        return typed


class VotersForm(EntryForm):
    """A total of a voter register."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["category"] = forms.ChoiceField(label=_("Which voters"), choices=choices(VOTERS))
        self.add_area_field(_("Where"))
        self.fields["day"] = Day(label=_("As of"))
        self.fields["n"] = Number(label=_("How many"))
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Add the total."""
        typed = self.cleaned_data
        return add_voters(
            mission=self.mission,
            category=Voters(typed["category"]),
            area=self.area(),
            day=typed["day"],
            n=typed["n"],
            source=typed["source"],
            by=by,
            now=now,
        )


class SeriesRowForm(EntryForm):
    """One earlier election in a series."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["measure"] = _measure_field()
        self.add_contest_field()
        self.fields["election"] = Day(label=_("Day of the earlier election"))
        self.fields["n"] = Number(
            label=_("How many"), required=False, help_text=_("Leave it empty when no source says: the gap stays open.")
        )
        self.fields["removed"] = forms.BooleanField(label=_("Take this election out of the series"), required=False)
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Write the election."""
        typed = self.cleaned_data
        return write_series(
            mission=self.mission,
            measure=Measure(typed["measure"]),
            contest=self.contest(),
            election=typed["election"],
            n=typed["n"],
            removed=typed["removed"],
            source=typed["source"],
            by=by,
            now=now,
        )


class SeriesSpanForm(EntryForm):
    """From when on a series is complete, or that it is not."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["measure"] = _measure_field()
        self.add_contest_field()
        self.fields["since"] = Day(label=_("Holds every election since"))
        self.fields["complete"] = forms.ChoiceField(
            label=_("Is it complete?"),
            choices=[
                ("no", _("no, elections or numbers are missing")),
                ("yes", _("yes, every election of that time is in it")),
            ],
        )
        self.fields["source"] = Told()

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Write the claim."""
        typed = self.cleaned_data
        return claim_span(
            mission=self.mission,
            measure=Measure(typed["measure"]),
            contest=self.contest(),
            since=typed["since"],
            complete=typed["complete"] == "yes",
            source=typed["source"],
            by=by,
            now=now,
        )


class ResultsForm(EntryForm):
    """A version of the results as a file."""

    written: tuple[ResultUpload, Any]

    def build(self) -> None:
        """Add the fields."""
        self.fields["file"] = UploadField(
            label=_("File"),
            help_text=_("CSV or XLSX with the columns line, contestant, area, station, n, share."),
            accept=".csv,.txt,.tsv,.xlsx,.xlsm",
        )
        self.fields["code"] = code_field()
        self.fields["stage"] = forms.ChoiceField(label=_("How final"), choices=choices(RESULT_STAGES))
        self.add_contest_field()
        self.add_texts("author", _("Who gives these results"), required=True)
        self.fields["told_on"] = Day(label=_("Day on which they were given"))
        self.fields["told_time"] = Clock(label=_("Hour"), help_text=_("Leave it empty when nobody knows."))
        self.fields["source"] = Told()

    def clean_file(self) -> bytes:
        """The bytes of the file."""
        return bytes(self.cleaned_data["file"].read())

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Keep the file and start the job."""
        typed = self.cleaned_data
        return upload_results(
            mission=self.mission,
            name=str(getattr(self.files["file"], "name", "")),
            data=typed["file"],
            code=typed["code"],
            stage=ResultStage(typed["stage"]),
            contest=self.contest(),
            author=self.text("author"),
            told_on=typed["told_on"],
            told_time=typed["told_time"],
            source=typed["source"],
            by=by,
            now=now,
        )


def _measure_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Series"), choices=choices(MEASURES))
