"""The shape of every form of the room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from paragraph8.missions import entries
from paragraph8.missions.entries import plainly
from paragraph8.missions.models import Contest


class EntryForm(entries.EntryForm):
    """A form of the room, which may ask for a contest."""

    def add_contest_field(self) -> None:
        """Which contest; only where there are any."""
        contests = list(self.mission.contests.all())
        if contests:
            options = [("", _("the election as a whole")), *((c.code, plainly(c.name)) for c in contests)]
            self.fields["contest"] = forms.ChoiceField(label=_("Contest"), choices=options, required=False)

    def contest(self) -> Contest | None:
        """The contest chosen."""
        return self.mission.contests.filter(code=self.cleaned_data.get("contest") or "").first()
