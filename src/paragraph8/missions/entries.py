"""The shape of a form that writes an entry of a room, and the fields that such forms share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.documents.languages import own_name
from paragraph8.domain.importing.cells import whole_number
from paragraph8.domain.text import Text
from paragraph8.domain.writing import RefusedWritingError

from .models import Mission

MOST_CHARACTERS = 500
MOST_WORDS = 1_000
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
NOT_KNOWN = ("", _("not known"))


class Day(forms.DateField):
    """A day, typed or picked: 2019-06-09, 09.06.2019 or 09/06/2019."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        errors = {"invalid": _("This is no day. Write it as 2019-06-09 or 09.06.2019."), "required": _("Give the day.")}
        super().__init__(input_formats=DAYS, widget=widget, error_messages=errors, **options)


class Clock(forms.TimeField):
    """A time of day: 18:00."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        errors = {"invalid": _("This is no time of day. Write it as 18:00.")}
        super().__init__(input_formats=("%H:%M",), widget=widget, error_messages=errors, required=False, **options)


class Number(forms.CharField):
    """A whole number from 0 on, as people write it: 11960364, 11 960 364."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=30, widget=widget, error_messages={"required": _("Give the number.")}, **options)

    def clean(self, value: Any) -> int | None:
        """The number. Raises `ValidationError`."""
        typed = super().clean(value)
        if not typed:
            return None
        n = whole_number(typed)
        if n is None or not 0 <= n < 10**15:
            raise forms.ValidationError(_("This is no whole number from 0 on."))
        return n


class Told(forms.CharField):
    """Who says so, on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Source"),
            help_text=_("Who says so, and when: an authority, a gazette, an article with its date."),
            max_length=MOST_CHARACTERS,
            error_messages={"required": _("Say who says so: without a source nothing stands here.")},
            **options,
        )


class EntryForm(forms.Form):
    """A form of the room. `save` says false when the operation refused what was typed, and the form says why."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, mission: Mission, initial: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files, initial=initial, auto_id=f"{type(self).__name__.lower()}-%s")
        self.mission = mission
        self.build()

    def build(self) -> None:
        """Add the fields that depend on the mission."""

    def write(self, *, by: Viewer, now: datetime) -> Any:
        """Call the operation."""
        raise NotImplementedError

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Write what was typed."""
        try:
            self.written = self.write(by=by, now=now)
        except RefusedWritingError as error:
            field = error.field if error.field in self.fields else None
            self.add_error(field, say(error.text()))
            return False
        return True

    def add_texts(self, name: str, label: Any, *, required: bool = False, rows: int = 0) -> None:
        """One field per language of the mission."""
        for tag in self.mission.languages:
            attributes = {"lang": tag, **({"rows": rows} if rows else {})}
            widget = forms.Textarea(attrs=attributes) if rows else forms.TextInput(attrs=attributes)
            self.fields[f"{name}_{tag}"] = forms.CharField(
                label=f"{label} ({own_name(tag)})",
                max_length=MOST_WORDS if rows else MOST_CHARACTERS,
                required=False,
                widget=widget,
            )
        if required:
            self.required_text = name

    required_text = ""

    def text(self, name: str) -> Text:
        """What was typed in the languages of the mission."""
        typed = {tag: " ".join(self.cleaned_data.get(f"{name}_{tag}", "").split()) for tag in self.mission.languages}
        return Text.of({tag: string for tag, string in typed.items() if string})

    def clean(self) -> dict[str, Any]:
        """A text that is needed must be written in one language at least."""
        typed = super().clean() or {}
        name = self.required_text
        if name and not any(typed.get(f"{name}_{tag}") for tag in self.mission.languages):
            first = f"{name}_{self.mission.languages[0]}"
            self.add_error(first, _("Write it in at least one language of the mission."))
        return typed

    def add_area_field(self, label: Any) -> None:
        """Which area."""
        options = [("", _("the whole country")), *((a.code, plainly(a.name)) for a in self.mission.areas.all())]
        self.fields["area"] = forms.ChoiceField(label=label, choices=options, required=False)

    def area(self) -> Any:
        """The area chosen."""
        return self.mission.areas.filter(code=self.cleaned_data.get("area") or "").first()


def texts_of(name: str, value: Mapping[str, str]) -> dict[str, str]:
    """Initial values of the fields of a text."""
    return {f"{name}_{tag}": string for tag, string in value.items()}


def code_field() -> forms.CharField:
    """The code of something new."""
    return forms.CharField(
        label=_("Code"),
        help_text=_("Small Latin letters, digits and hyphens; it stands in keys of figures and never changes."),
        max_length=60,
        error_messages={"required": _("Give a code.")},
    )


def choices(words: Mapping[Any, Text], only: Iterable[Any] | None = None) -> list[tuple[str, str]]:
    """The members of an enumeration in their order, in the language of the page."""
    return [(code.value, say(text)) for code, text in words.items() if only is None or code in only]


def say(text: Text) -> str:
    """In the language of the page."""
    return text.shown(get_language() or "en").string


def plainly(names: Mapping[str, str]) -> str:
    """A name of the mission in the language of the page."""
    return say(Text.of(names))
