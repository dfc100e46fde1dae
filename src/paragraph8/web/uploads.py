"""Files that people send from a page: how large they may be, and what is said when one is not what it should be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1_000_000
MOST_MB = 60
"""A list of 100,000 stations is about 10."""


class UploadField(forms.FileField):
    """A file of at most so many megabytes; a larger one is refused by its length, before it is read. `accept` are the
    endings that the page offers."""

    default_error_messages = {  # noqa: RUF012 - as Django writes it
        "required": _("Choose a file."),
        "invalid": _("Choose a file."),
        "missing": _("Choose a file."),
        "empty": _("The file is empty. Choose the file again."),
        "too-large": _("The file is larger than %(most)s MB. Nothing of it was kept: save what is needed alone."),
    }

    def __init__(self, *, most_mb: int = MOST_MB, accept: str = "", **options: Any) -> None:
        widget = forms.FileInput(attrs={"accept": accept} if accept else {})
        super().__init__(widget=widget, **options)
        self.most_mb = most_mb

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        """The file. Raises `ValidationError`."""
        if data is not None and (data.size or 0) > self.most_mb * MEGABYTE:
            raise forms.ValidationError(
                self.error_messages["too-large"], code="too-large", params={"most": self.most_mb}
            )
        return super().to_python(data)
