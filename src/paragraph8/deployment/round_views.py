"""The page on which a second round is begun."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from paragraph8.accounts.permissions import Viewer
from paragraph8.contest.queries import contestants_of
from paragraph8.domain.contests import ON_BALLOT
from paragraph8.domain.text import Text
from paragraph8.jobs.queries import jobs_of
from paragraph8.missions.forms import SHORT_NAME
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.web.texts import text_fields, written

from .second_round import RefusedRoundError, rounds_after, start_round


class RoundForm(forms.Form):
    """What is new in the second round: its name, its day, and who is still in the race."""

    slug = forms.CharField(
        label=_("Short name in addresses"),
        help_text=_("It cannot be changed later."),
        max_length=60,
        validators=[SHORT_NAME],
    )
    election_date = forms.DateField(label=_("Election day"), widget=forms.DateInput(attrs={"type": "date"}))
    one = forms.ChoiceField(label=_("Who is still in the race"))
    other = forms.ChoiceField(label=_("Against whom"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, mission: Mission, viewer: Viewer) -> None:
        super().__init__(data, initial={"slug": f"{mission.slug}-2"}, auto_id="round-%s")
        shown, self.tags = get_language() or "en", tuple(mission.languages)
        standing = [row for row in contestants_of(mission, viewer=viewer) if row.status in ON_BALLOT]
        choices = [("", "–"), *((row.code, Text.of(row.name).shown(shown).string) for row in standing)]
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields.update(text_fields("title", _("Title"), self.tags))
        self.order_fields([f"title-{tag}" for tag in self.tags])

    def start(self, mission: Mission, *, viewer: Viewer) -> bool:
        """Begin the round; false when it was refused, and the form says why."""
        said = self.cleaned_data
        try:
            start_round(
                mission=mission,
                slug=said["slug"],
                title=written(said, "title", self.tags),
                election_date=said["election_date"],
                contestants=(said["one"], said["other"]),
                by=viewer,
                now=timezone.now(),
            )
        except RefusedRoundError as refused:
            fields = {"slug-taken": "slug", "not-later": "election_date", "two-contestants": "other"}
            self.add_error(fields[refused.reason], refused.text().shown(get_language() or "en").string)
            return False
        return True


@page("settings", question=_("Is there a second round?"), posts=True)
def second_round(request: PageRequest, mission: Mission) -> HttpResponse:
    """Begin the second round as a mission of its own, and see how far it is. Only founders make missions."""
    may = request.viewer.founder
    form = RoundForm(request.POST if request.method == "POST" and may else None, mission=mission, viewer=request.viewer)
    if form.is_bound and form.is_valid() and form.start(mission, viewer=request.viewer):
        return redirect("second_round", mission.slug)
    context = {
        "form": form if may else None,
        "job": jobs_of(mission.pk, viewer=request.viewer).filter(kind="second-round").first(),
        "rounds": rounds_after(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "deployment/second_round.html", context, status=422 if form.is_bound else 200)
