"""Kinds of fields that this room and others on top of it ask with, each saying in three languages what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.domain.text import Text
from paragraph8.missions.models import Area, Institution

from .queries import Member

_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")


class Languages(forms.CharField):
    """Language codes, apart by blanks or commas."""

    def clean(self, value: Any) -> Any:
        """The codes, each once."""
        typed = re.split(r"[\s,;]+", super().clean(value).strip().lower())
        codes = sorted({code for code in typed if code})
        wrong = [code for code in codes if not _LANGUAGE.match(code)]
        if wrong:
            raise forms.ValidationError(
                _("A language is two or three letters, such as kk or ru. Not understood: %(codes)s"),
                params={"codes": ", ".join(wrong)},
            )
        return frozenset(codes)


class Number(forms.IntegerField):
    """A whole number between two others."""

    def __init__(self, low: int, high: int, **kwargs: Any) -> None:
        words = _("A whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
        super().__init__(
            min_value=low,
            max_value=high,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
            **kwargs,
        )


class Day(forms.DateField):
    """A day, as a calendar field gives it or as it is typed here: 2019-06-09 or 09.06.2019."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        words = _("A day of the calendar, such as 2019-06-09 or 09.06.2019.")
        super().__init__(
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            localize=False,
            error_messages={"required": words, "invalid": words},
            **kwargs,
        )


class OneOf(forms.TypedChoiceField):
    """One row out of those offered, by its number."""

    def __init__(self, *, rows: Iterable[tuple[int, str | Promise]], empty: str | Promise = "", **kwargs: Any) -> None:
        offered = [(str(pk), words) for pk, words in rows]
        if empty or kwargs.get("required") is False:
            offered = [("", empty or "–"), *offered]
        words = _("Choose one of those offered.")
        messages = {"required": words, "invalid_choice": words}
        super().__init__(choices=offered, coerce=int, empty_value=None, error_messages=messages, **kwargs)


def plainly(text: Any) -> str:
    """A text of the mission in the language of the page."""
    return Text.of(text).shown(get_language() or "en").string if text else ""


def area_choices(areas: Iterable[Area]) -> list[tuple[int, str]]:
    """Areas to choose from."""
    return [(area.pk, f"{'· ' * (area.path.count('/') - 1)}{plainly(area.name)} ({area.code})") for area in areas]


def institution_choices(institutions: Iterable[Institution]) -> list[tuple[int, str]]:
    """Institutions to choose from."""
    return [(row.pk, plainly(row.name)) for row in institutions]


def people_choices(people: Iterable[Member]) -> list[tuple[int, str]]:
    """People to choose from, with their codes where these are not their names already."""
    return [(m.person.pk, m.name if m.name == m.person.code else f"{m.name} ({m.person.code})") for m in people]
