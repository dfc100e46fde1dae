"""What somebody types to fix figures under a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.domain.figures import Key
from paragraph8.evidence.freezing import RefusedFreezeError, ask
from paragraph8.evidence.queries import by_area, catalogue
from paragraph8.jobs.models import Job
from paragraph8.missions.models import Mission

from .queries import documents_of, quoted_in

ALL, ALL_BY_AREA = "all", "all-by-area"
DOCUMENT = "document:"
MOST = 10**15


class FreezeForm(forms.Form):
    """Which figures, as of when, under which name, and what for. The operation decides what is right."""

    name = forms.CharField(
        label=_("Name"), help_text=_("Such as: Tables of 9 o'clock. Texts speak of the freeze by it."), max_length=120
    )
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Who reads this later must understand why. Name no person."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    figures = forms.ChoiceField(label=_("Which figures"))
    change = forms.IntegerField(
        label=_("As of change"),
        help_text=_("Leave empty for what stands now. The log names every change with its time."),
        required=False,
        min_value=1,
        max_value=MOST,
        localize=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, mission: Mission, viewer: Viewer) -> None:
        super().__init__(data, auto_id="freeze-%s")
        self.mission = mission
        seen = documents_of(mission, viewer=viewer) if viewer.may(Action.SEE_STATEMENT, mission.pk) else []
        self.documents = {document.code: document for document in seen}
        choices: list[tuple[str, Any]] = [
            (ALL, _("All figures of the mission")),
            (ALL_BY_AREA, _("All figures, shares also by region")),
        ]
        named = get_language() or "en"
        for code, document in self.documents.items():
            title = document.title.get(named) or next(iter(document.title.values()), code)
            choices.append((DOCUMENT + code, _("Figures that a document quotes: %(title)s") % {"title": title}))
        self.fields["figures"].choices = choices  # type: ignore[attr-defined]

    def keys(self, viewer: Viewer) -> list[Key]:
        """The keys of what was chosen."""
        chosen = self.cleaned_data["figures"]
        if chosen.startswith(DOCUMENT):
            return quoted_in(self.documents[chosen.removeprefix(DOCUMENT)], viewer=viewer)
        keys = [spec.key for spec in catalogue(self.mission, viewer=viewer)]
        return keys + by_area(self.mission, keys) if chosen == ALL_BY_AREA else keys

    def save(self, *, by: Viewer, now: datetime) -> Job | None:
        """Ask for the freeze; `None` when that is refused, which then stands on top of the form."""
        typed = self.cleaned_data
        try:
            return ask(
                mission=self.mission,
                name=typed["name"],
                purpose=typed["purpose"],
                keys=self.keys(by),
                as_of=typed["change"],
                by=by,
                now=now,
            )
        except RefusedFreezeError as refused:
            place = {"name-taken": "name", "not-yet": "change"}.get(refused.reason)
            self.add_error(place, refused.text().shown(get_language() or "en").string)
            return None
