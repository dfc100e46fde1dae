"""Wording one sentence in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.web.paging import number_in

from .models import Document, Sentence, Wording
from .operations import write
from .queries import newest_wording, sentence_of

MOST_CHARACTERS = 4_000


class WordingForm(forms.Form):
    """A new wording. `opened_on` is the wording that the author saw when the form was opened."""

    template = forms.CharField(
        label=_("Wording"),
        help_text=_("Quote a figure as {KEY:FORMAT}. A wording with mistakes is kept, and blocks the release."),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5, "class": "voice"}),
        error_messages={"required": _("Write the sentence. To drop it, ask for it to be taken out of the document.")},
    )
    opened_on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, sentence: Sentence, language: str, viewer: Viewer) -> None:
        newest = newest_wording(sentence, language, viewer=viewer)
        initial = {"template": newest.template if newest else "", "opened_on": newest.pk if newest else 0}
        super().__init__(data, initial=initial, auto_id="word-%s")
        self.fields["template"].widget.attrs["lang"] = language
        self.sentence = sentence
        self.language = language
        self.newest = newest
        self.overtaken: Wording | None = None

    def save(self, *, by: Viewer, now: datetime) -> bool:
        """Store the wording; false when somebody worded the sentence meanwhile, and saving once more replaces that."""
        newest = self.newest.pk if self.newest else 0
        if (number_in(self.cleaned_data, "opened_on") or 0) != newest:
            self.overtaken = self.newest
            self.data = {**self.data.dict(), "opened_on": str(newest)}  # type: ignore[attr-defined]
            return False
        template = self.cleaned_data["template"]
        write(sentence=self.sentence, language=self.language, template=template, by=by, now=now)
        return True


def form_for(
    document: Document, sentence_id: int | None, language: str, data: Mapping[str, Any] | None, *, viewer: Viewer
) -> WordingForm | None:
    """The form for a sentence and a language of the document; `None` when the address asks for none.

    Raises `UnknownDocumentError` for a sentence that the document does not have.
    """
    if language not in document.mission.languages:
        return None
    sentence = sentence_of(document, sentence_id, viewer=viewer)
    return WordingForm(data, sentence=sentence, language=language, viewer=viewer)
