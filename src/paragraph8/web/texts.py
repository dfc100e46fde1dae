"""Fields in which one meaning is written in several languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy

from paragraph8.documents.languages import own_name
from paragraph8.domain.text import Text

Words = str | Promise


def text_fields(
    name: str, label: Words, languages: Iterable[str], *, required: bool = True, most: int = 200, lines: int = 1
) -> dict[str, forms.Field]:
    """A field for each language, named "name-en"; the first language is the one that must be filled in."""
    return {
        f"{name}-{tag}": forms.CharField(
            label=format_lazy("{} ({})", label, own_name(tag)),
            required=required and place == 0,
            max_length=most,
            widget=(
                forms.Textarea(attrs={"rows": lines, "lang": tag})
                if lines > 1
                else forms.TextInput(attrs={"lang": tag})
            ),
        )
        for place, tag in enumerate(languages)
    }


def written(data: Mapping[str, Any], name: str, languages: Iterable[str]) -> Text:
    """What was written in the fields of that name."""
    return Text.of({tag: data[f"{name}-{tag}"] for tag in languages if data.get(f"{name}-{tag}")})


def initial(name: str, held: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """What the fields of that name hold when the page opens."""
    return {f"{name}-{tag}": held.get(tag, "") for tag in languages}
