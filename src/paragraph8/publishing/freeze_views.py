"""Freezes: what was fixed and when, one of them, two of them compared; and what late reports would change."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from paragraph8.accounts.permissions import Action
from paragraph8.evidence import comparison
from paragraph8.evidence.freezes import UnknownFreezeError, file_of, freeze_of
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp
from paragraph8.web.paging import number_in

from . import freeze_pages
from .freezing import FreezeForm
from .late import UnknownReleaseError, late_page, newest_release


@page("freezes", posts=True)
def freezes(request: PageRequest, mission: Mission) -> HttpResponse:
    """Every freeze, newest first; who may freeze asks for another here."""
    may_freeze = request.viewer.may(Action.FREEZE, mission.pk)
    if request.method == "POST":
        request.viewer.require(Action.FREEZE, mission.pk)
    posted = request.POST if request.method == "POST" else None
    form = FreezeForm(posted, mission=mission, viewer=request.viewer) if may_freeze else None
    if form and form.is_bound and form.is_valid() and form.save(by=request.viewer, now=timezone.now()):
        messages.success(request, _("The freeze was asked for. It stands here as soon as it is worked out."))
        return redirect("freezes", mission.slug)
    context = {
        "room": freeze_pages.room(mission, viewer=request.viewer, before=number_in(request.GET, "before")),
        "form": form,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "publishing/freezes.html", context, status=422 if form and form.is_bound else 200)


@page("freezes", question=gettext_lazy("What was fixed here?"), unknown=UnknownFreezeError)
def freeze(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One freeze with its figures."""
    opened = freeze_of(mission, pk, viewer=request.viewer)
    context = {
        "shown": freeze_pages.freeze_page(mission, opened, request.GET, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer, as_of=opened.row.change_id),
    }
    return render(request, "publishing/freeze.html", context)


@page("freezes", unknown=UnknownFreezeError)
def freeze_file(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One freeze as a file."""
    opened = freeze_of(mission, pk, viewer=request.viewer)
    name = f"{mission.slug}-freeze-{pk}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file_of(opened, viewer=request.viewer), content_type="application/json", headers=headers)


@page("freezes", question=gettext_lazy("What differs between these two?"), unknown=UnknownFreezeError)
def freeze_comparison(request: PageRequest, mission: Mission, pk: int, other: int) -> HttpResponse:
    """Two freezes figure by figure, the earlier one first."""
    pair = [freeze_of(mission, each, viewer=request.viewer) for each in (pk, other)]
    before, after = sorted(pair, key=lambda opened: (opened.row.change_id, opened.row.pk))
    sees_rows = request.viewer.may(Action.SEE_REPORTS, mission.pk)
    lines = (freeze_pages.line(before.row), freeze_pages.line(after.row))
    context = {
        "both": lines,
        "before": lines[0],
        "after": lines[1],
        "shown": freeze_pages.differences(comparison.compare(before.figures, after.figures), request.GET),
        "rows": comparison.compare_rows(mission, before, after, viewer=request.viewer) if sees_rows else None,
        "forms": freeze_pages.form_titles(mission),
        "stamp": stamp(mission, viewer=request.viewer, as_of=after.row.change_id),
    }
    return render(request, "publishing/freeze_comparison.html", context)


@page(
    "releases",
    question=gettext_lazy("Would anything that was published read differently now?"),
    unknown=UnknownReleaseError,
)
def late(request: PageRequest, mission: Mission) -> HttpResponse:
    """The newest release, or the one of `?version=`, against what stands now."""
    known = stamp(mission, viewer=request.viewer)
    release = newest_release(mission, number_in(request.GET, "version"), viewer=request.viewer)
    language = get_language() or "en"
    page_of = partial(late_page, mission, as_of=known.change, viewer=request.viewer, language=language)
    context = {
        "late": page_of(release) if release else None,
        "stamp": known,
    }
    return render(request, "publishing/late.html", context)
