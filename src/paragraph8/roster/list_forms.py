"""What people choose about a list that they bring: the file, what its columns hold, who its rows are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.importing.dates import Order
from paragraph8.domain.importing.roster_columns import COLUMN_TITLES, Column
from paragraph8.domain.people import Function
from paragraph8.domain.people_texts import FUNCTIONS
from paragraph8.domain.text import Text
from paragraph8.missions.models import Institution, Mission
from paragraph8.web.uploads import UploadField

from .forms import PeopleForm, plainly, titles
from .imports import MOST_MB
from .lists import Preview
from .models import RosterImport

ORDERS = [
    (Order.UNKNOWN.value, _("not said: dates that can be read in two ways are refused")),
    (Order.DAY_FIRST.value, _("day first: 09/06/2019 is 9 June")),
    (Order.MONTH_FIRST.value, _("month first: 06/09/2019 is 9 June")),
]


class ForAll(PeopleForm):
    """What stands for everybody where a cell is empty."""

    def __init__(self, data: Mapping[str, Any] | None, *, mission: Mission, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.mission = mission
        institutions = [(row.code, plainly(Text.of(row.name))) for row in mission.institutions.all()]
        self.fields["institution"] = forms.ChoiceField(
            label=_("Institution of everybody without one in the list"),
            required=False,
            choices=[("", _("none")), *institutions],
        )
        self.fields["function"] = forms.ChoiceField(
            label=_("Function of everybody without one in the list"),
            required=False,
            choices=titles(FUNCTIONS, _("none")),
        )

    def institution(self) -> Institution | None:
        """The institution chosen."""
        return self.mission.institutions.filter(code=self.cleaned_data["institution"]).first()

    def function(self) -> Function | None:
        """The function chosen."""
        return Function(self.cleaned_data["function"]) if self.cleaned_data["function"] else None


class UploadForm(ForAll):
    """The file."""

    file = UploadField(
        label=_("File"),
        help_text=_("A workbook (.xlsx) or a CSV file with names of columns in its first line."),
        most_mb=MOST_MB,
        accept=".csv,.txt,.tsv,.xlsx,.xlsm",
    )
    sheet = forms.CharField(
        label=_("Sheet"),
        required=False,
        max_length=100,
        help_text=_("Only where the workbook has several sheets with people."),
    )

    def __init__(self, data: Mapping[str, Any] | None, files: MultiValueDict[str, Any] | None, **kwargs: Any) -> None:
        super().__init__(data, files=files, auto_id="upload-%s", **kwargs)


class ColumnsForm(ForAll):
    """What each column of the file holds, and how its dates with slashes are written."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, mission: Mission, entry: RosterImport, preview: Preview
    ) -> None:
        initial = {
            "institution": entry.institution.code if entry.institution else "",
            "function": entry.mapping["function"],
            "order": entry.mapping["order"],
        }
        super().__init__(data, mission=mission, auto_id="columns-%s", initial=initial)
        self.headings = preview.headings
        self.fields["order"] = forms.ChoiceField(
            label=_("Dates with slashes"), required=False, choices=ORDERS, initial=entry.mapping["order"]
        )
        options = [("", _("is left out")), *titles(COLUMN_TITLES)]
        for number, heading in enumerate(preview.headings):
            held = preview.columns.get(heading)
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading, required=False, choices=options, initial=held.value if held else ""
            )

    def clean(self) -> dict[str, Any]:
        """No two columns hold the same, and one holds the name."""
        typed = super().clean() or {}
        chosen = [value for name, value in typed.items() if name.startswith("column-") and value]
        doubled = sorted({value for value in chosen if chosen.count(value) > 1})
        if doubled:
            words = ", ".join(plainly(COLUMN_TITLES[Column(value)]) for value in doubled)
            raise forms.ValidationError(_("Two columns cannot hold the same: %(words)s."), params={"words": words})
        if not {Column.FAMILY.value, Column.NAME.value} & set(chosen):
            raise forms.ValidationError(_("Say which column holds the names."))
        return typed

    def columns(self) -> dict[int, Column]:
        """Place of the column → what it holds."""
        chosen = ((number, self.cleaned_data[f"column-{number}"]) for number in range(len(self.headings)))
        return {number: Column(value) for number, value in chosen if value}

    def order(self) -> Order:
        """How dates with slashes are written."""
        return Order(self.cleaned_data["order"])
