"""What a person types in this room. Operations decide what is right; a form only reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.importing.area_rows import AREA_MEANINGS
from paragraph8.domain.importing.dates import read_date
from paragraph8.domain.importing.station_headings import STATION_MEANINGS
from paragraph8.domain.outlines import MOST_BYTES
from paragraph8.web.uploads import MEGABYTE, UploadField

from .models import Upload

_LANGUAGES = (("en", "English"), ("kk", "Қазақша"), ("ru", "Русский"))


class UploadForm(forms.Form):
    """A file of stations or areas, and who says so."""

    kind = forms.ChoiceField(
        label=_("What the file holds"),
        choices=((Upload.STATIONS, _("a station list")), (Upload.AREAS, _("areas alone"))),
    )
    file = UploadField(
        label=_("File"),
        help_text=_("CSV or XLSX, one row for each station or area, at most 60 MB."),
        accept=".csv,.txt,.tsv,.xlsx,.xlsm",
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("Who published the list and where; figures quote it."),
        error_messages={"required": _("Say who published the list: its figures quote that.")},
    )
    dated = forms.CharField(
        label=_("Date of the list"), max_length=20, required=False, help_text=_("Such as 2019-06-09 or 09.06.2019.")
    )

    def clean_dated(self) -> Any:
        """The day, if one was typed."""
        typed = self.cleaned_data["dated"].strip()
        if not typed:
            return None
        read = read_date(typed)
        if read.day is None:
            raise forms.ValidationError(_("This cannot be read as one day. Write it as 2019-06-09."))
        return read.day


class MappingForm(forms.Form):
    """Which column means what, and how the list is taken."""

    def __init__(self, data: Mapping[str, Any] | None, *, upload: Upload) -> None:
        super().__init__(data, auto_id="map-%s")
        stations = upload.kind == Upload.STATIONS
        columns = [(column, column) for column in upload.head["columns"]]
        mapped = upload.mapping.get("columns", {})
        language = get_language() or "en"
        self.meanings = STATION_MEANINGS if stations else AREA_MEANINGS
        for meaning, title in self.meanings.items():
            self.fields[f"column_{meaning}"] = forms.ChoiceField(
                label=title.shown(language).string,
                choices=[("", _("not in the file")), *columns],
                required=False,
                initial=mapped.get(meaning, ""),
            )
        if stations:
            self._add_choices(upload, language)

    def _add_choices(self, upload: Upload, language: str) -> None:
        mapping = upload.mapping
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the names of areas"),
            choices=_LANGUAGES,
            initial=mapping.get("language", language),
        )
        self.fields["bring_areas"] = forms.BooleanField(
            label=_("Add areas that the mission does not know yet"),
            required=False,
            initial=mapping.get("bring_areas", True),
        )
        self.fields["per_area"] = forms.BooleanField(
            label=_("Numbers begin anew in each area of the first level"),
            required=False,
            initial=mapping.get("per_area", False),
            help_text=_("Then the code of the area becomes part of the station's key."),
        )
        self.fields["leave_out"] = forms.BooleanField(
            label=_("Leave out rows that cannot be taken"),
            required=False,
            initial=mapping.get("leave_out", False),
            help_text=_("Without this, one such row refuses the whole list. The report names each of them."),
        )

    def columns(self) -> list[forms.BoundField]:
        """The fields that choose a column."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def choices(self) -> list[forms.BoundField]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """No column means two things."""
        typed = super().clean() or {}
        chosen = [value for name, value in typed.items() if name.startswith("column_") and value]
        twice = sorted({column for column in chosen if chosen.count(column) > 1})
        if twice:
            raise forms.ValidationError(
                _("Column “%(column)s” is chosen for two meanings."), params={"column": ", ".join(twice)}
            )
        return typed

    def mapping(self) -> dict[str, Any]:
        """The mapping as an upload keeps it."""
        typed = self.cleaned_data
        columns = {meaning: typed[f"column_{meaning}"] for meaning in self.meanings if typed[f"column_{meaning}"]}
        return {"columns": columns, **{name: value for name, value in typed.items() if not name.startswith("column_")}}


class MapForm(forms.Form):
    """The mission's own map."""

    file = UploadField(
        label=_("GeoJSON file"),
        help_text=_("Outlines of the first-level areas in WGS 84; one property holds their codes or names."),
        most_mb=MOST_BYTES // MEGABYTE,
        accept=".geojson,.json",
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=500,
        help_text=_("Whose outlines they are; it stands below the map."),
        error_messages={"required": _("Say whose outlines they are.")},
    )
