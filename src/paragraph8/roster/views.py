"""The pages of the room: everybody, one person, badges, entries that may be one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.domain.people import Function, Status
from paragraph8.domain.people_texts import FUNCTIONS, REQUIREMENTS, STATUSES
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import merging
from .forms import PersonForm, plainly, titles
from .operations import NewPerson, add_people, current_day
from .person_acts import Act, forms_for, forms_for_several, perform, perform_for_several
from .queries import PRESENT, Filter, UnknownPersonError, people_seen, person_file, roster
from .refusals import RefusedPeopleError
from .roster_page import UnknownDayError, chosen, roster_page, tallies


@page("people", unknown=UnknownDayError, posts=True)
def people(request: PageRequest, mission: Mission) -> HttpResponse:
    """Everybody on a day, with the sums; several people take a step together. `?as=csv` gives the sums as a file."""
    now = timezone.now()
    asked = chosen(mission, request.GET, now)
    if request.GET.get("as") == "csv":
        text = tallies(mission, asked, viewer=request.viewer)
        name = f"{mission.slug}-people-{asked.day.isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)
    may_manage = request.viewer.may(Action.MANAGE_ROSTER, mission.pk)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    forms = forms_for_several(posted, today=asked.day) if may_manage else {}
    picked = set(posted.getlist("person")) if posted is not None else set()
    refused = ""
    if posted is not None:
        several = tuple(people_seen(mission, viewer=request.viewer).filter(code__in=picked))
        try:
            done = perform_for_several(Act(mission, several, forms, posted, request.viewer, now))
        except RefusedPeopleError as refusal:
            refused, done = plainly(refusal.text()), ""
        if done:
            messages.success(request, done)
            return redirect(request.get_full_path())
    context = {
        "page": roster_page(mission, asked, viewer=request.viewer, last=request.GET.get("after", "")),
        "forms": forms,
        "refused": refused,
        "picked": picked,
        "may_manage": may_manage,
        "may_local": request.viewer.may(Action.MANAGE_LOCAL_STAFF, mission.pk),
        "options": _options(mission),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/people.html", context, status=422 if posted is not None else 200)


@page("people", question=gettext_lazy("Who joins the mission?"), posts=True)
def person_new(request: PageRequest, mission: Mission) -> HttpResponse:
    """Add one person."""
    request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    posted = request.POST if request.method == "POST" else None
    form = PersonForm(posted, mission=mission)
    if form.is_valid():
        new = NewPerson(personal=form.personal(), facts=form.facts(), retain_until=form.cleaned_data["kept_until"])
        try:
            (row,) = add_people(mission=mission, people=[new], by=request.viewer, now=timezone.now())
        except RefusedPeopleError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Added as %(code)s, nominated from today.") % {"code": row.code})
            return redirect("person", mission.slug, row.code)
    context = {"form": form, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, "roster/person_new.html", context, status=422 if form.is_bound else 200)


@page("people", question=gettext_lazy("Who is this, and how far?"), unknown=UnknownPersonError, posts=True)
def person(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One person with the history; whoever manages the roster writes here."""
    now = timezone.now()
    today = current_day(mission, now)
    file = person_file(mission, code, day=today, viewer=request.viewer)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    may_manage = request.viewer.may(Action.MANAGE_ROSTER, mission.pk)
    forms = forms_for(mission, file, posted, today=today, edit="edit" in request.GET) if may_manage else {}
    refused = ""
    if posted is not None:
        try:
            done = perform(Act(mission, (file.person,), forms, posted, request.viewer, now), file)
        except RefusedPeopleError as refusal:
            refused, done = plainly(refusal.text()), ""
        if done:
            messages.success(request, done)
            return redirect("person", mission.slug, code)
    context = {
        "file": file,
        "today": today,
        "may_manage": may_manage,
        "forms": forms,
        "refused": refused,
        "taken_back": {each.takes_back_id for each in file.steps if each.takes_back_id},
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/person.html", context, status=422 if posted is not None else 200)


@page("people", question=gettext_lazy("Which badges are to be printed?"), unknown=UnknownDayError)
def badges(request: PageRequest, mission: Mission) -> HttpResponse:
    """A badge for everybody who fits the filter and is not gone, to be printed."""
    request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    asked = chosen(mission, request.GET, timezone.now())
    found = roster(mission, day=asked.day, wanted=asked.wanted, viewer=request.viewer)
    listed = [each for each in found.people if each.personal and each.standing.ended is None]
    context = {
        "people": sorted(listed, key=lambda each: each.personal.listed if each.personal else ""),
        "asked": asked,
        "options": _options(mission),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/badges.html", context)


@page("people", question=gettext_lazy("Who stands on the roster twice?"), posts=True)
def same_people(request: PageRequest, mission: Mission) -> HttpResponse:
    """Entries that may be one person: joined, or said to be two, by whoever looks."""
    request.viewer.require(Action.MANAGE_ROSTER, mission.pk)
    refused = ""
    if request.method == "POST":
        now = timezone.now()
        pair = [
            people_seen(mission, viewer=request.viewer).filter(code=request.POST.get(name, "")[:20]).first()
            for name in ("kept", "gone")
        ]
        kept, gone = pair
        try:
            if kept is None or gone is None:
                raise RefusedPeopleError("nobody")
            if request.POST.get("act") == "merge":
                merging.merge(mission=mission, kept=kept, gone=gone, by=request.viewer, now=now)
                said = _("%(gone)s is joined with %(kept)s. Both histories are kept.")
            else:
                merging.refuse(mission=mission, one=kept, other=gone, by=request.viewer, now=now)
                said = _("%(gone)s and %(kept)s are two people and will not be proposed again.")
            messages.success(request, said % {"gone": gone.code, "kept": kept.code})
            return redirect("same_people", mission.slug)
        except RefusedPeopleError as refusal:
            refused = plainly(refusal.text())
    context = {
        "proposals": merging.proposed(mission, viewer=request.viewer),
        "joined": people_seen(mission, viewer=request.viewer).exclude(merged_into=None).select_related("merged_into"),
        "refused": refused,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/same_people.html", context, status=422 if refused else 200)


def _options(mission: Mission) -> dict[str, Any]:
    """What the filter offers."""
    return {
        "institutions": mission.institutions.all(),
        "functions": titles({each: FUNCTIONS[each] for each in Function}),
        "statuses": [(PRESENT, _("present")), *titles({each: STATUSES[each] for each in Status})],
        "needs": titles(REQUIREMENTS),
        "nothing": Filter(),
    }
