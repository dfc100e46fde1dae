"""The pages of lists that somebody brings: the file, and what it would change."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.domain.importing.sheets import NotATableError
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import imports, lists
from .forms import plainly
from .list_forms import ColumnsForm, UploadForm
from .models import RosterImport
from .refusals import RefusedPeopleError

SHOWN = 200
"""Rows without anything to say that the page prints; the rest are counted."""


@page("people", question=gettext_lazy("Which list of people do you bring?"), posts=True)
def people_lists(request: PageRequest, mission: Mission) -> HttpResponse:
    """The form that takes a file, and the lists that were brought."""
    request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None, mission=mission)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            entry = imports.keep_list(
                mission=mission,
                data=file.read(),
                name=file.name or "",
                sheet=form.cleaned_data["sheet"].strip(),
                institution=form.institution(),
                function=form.function(),
                by=request.viewer,
                now=timezone.now(),
            )
        except (NotATableError, imports.ListRefusedError) as refusal:
            form.add_error("file", plainly(refusal.text()))
        else:
            return redirect("people_list", mission.slug, entry.pk)
    context = {
        "form": form,
        "lists": lists.lists_of(mission, viewer=request.viewer),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/lists.html", context, status=422 if posted else 200)


@page(
    "people",
    question=gettext_lazy("What would this list change?"),
    unknown=lists.UnknownListError,
    posts=True,
)
def people_list(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """One list: columns, rows, decisions; published whole or dropped."""
    entry = lists.list_of(mission, pk, viewer=request.viewer)
    known = stamp(mission, viewer=request.viewer)
    if not entry.open:
        return render(request, "roster/list_over.html", {"entry": entry, "stamp": known})
    now = timezone.now()
    posted = request.POST if request.method == "POST" else None
    act = posted.get("act", "") if posted is not None else ""
    found = lists.preview(mission, entry, viewer=request.viewer, now=now)
    form = ColumnsForm(posted if act == "columns" else None, mission=mission, entry=entry, preview=found)
    refused = ""
    if posted is not None:
        try:
            said = _act(request, mission, entry, act, form)
        except RefusedPeopleError as refusal:
            refused, said = plainly(refusal.text()), ""
        if said:
            messages.success(request, said)
            return redirect("people_list", mission.slug, pk)
    told = [line for line in found.lines if line.matches or line.person.problems or line.decided]
    quiet = [line for line in found.lines if line not in told]
    context = {
        "entry": entry,
        "preview": found,
        "form": form,
        "told": told,
        "quiet": quiet[:SHOWN],
        "further": max(0, len(quiet) - SHOWN),
        "refused": refused,
        "stamp": known,
    }
    return render(request, "roster/list.html", context, status=422 if posted is not None else 200)


def _act(request: PageRequest, mission: Mission, entry: RosterImport, act: str, form: ColumnsForm) -> str:
    """Do what was sent; what to say, or nothing when the form has to be shown again."""
    by, now = request.viewer, timezone.now()
    match act:
        case "columns":
            if not form.is_valid():
                return ""
            imports.assign_columns(
                mission=mission,
                entry=entry,
                columns=form.columns(),
                order=form.order(),
                institution=form.institution(),
                function=form.function(),
                by=by,
            )
            return _("Read again with these columns.")
        case "decide":
            typed = (
                (name.removeprefix("row-"), str(request.POST[name])) for name in request.POST if name[:4] == "row-"
            )
            decisions = {int(row): value for row, value in typed if row.isascii() and row.isdigit()}
            imports.decide(mission=mission, entry=entry, decisions=decisions, by=by)
            return _("Decisions saved.")
        case "publish":
            added, joined = imports.publish(mission=mission, entry=entry, by=by, now=now)
            return _("Added to the roster: %(added)s. Joined with people on it: %(joined)s.") % {
                "added": added,
                "joined": joined,
            }
        case "drop":
            imports.drop(mission=mission, entry=entry, by=by, now=now)
            return _("Dropped. Nothing of the list is kept.")
    return ""
