"""The pages of local staff, for those alone who look after them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paragraph8.accounts.permissions import Action
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import local_staff as staff
from .erasing import erase_local
from .forms import LocalForm, SureForm
from .queries import UnknownPersonError
from .refusals import RefusedPeopleError


@page("people", question=gettext_lazy("Who of the country works for us?"), posts=True)
def local_staff(request: PageRequest, mission: Mission) -> HttpResponse:
    """The list, and the form that adds somebody."""
    request.viewer.require(Action.MANAGE_LOCAL_STAFF, mission.pk)
    form = LocalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            (row,) = staff.add_local_staff(
                mission=mission, people=[form.written()], by=request.viewer, now=timezone.now()
            )
        except RefusedPeopleError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Added as %(code)s.") % {"code": row.code})
            return redirect("local_staff", mission.slug)
    context = {
        "lines": staff.local_staff(mission, viewer=request.viewer),
        "form": form,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "roster/local_staff.html", context, status=422 if form.is_bound else 200)


@page("people", question=gettext_lazy("What do we keep of this person?"), unknown=UnknownPersonError, posts=True)
def local_person(request: PageRequest, mission: Mission, code: str) -> HttpResponse:
    """One of them: change, or erase now."""
    line = staff.local_person(mission, code, viewer=request.viewer)
    posted = request.POST if request.method == "POST" else None
    act = posted.get("act", "change") if posted is not None else ""
    form = LocalForm(posted if act == "change" else None, line=line)
    sure = SureForm(posted if act == "erase" else None)
    now = timezone.now()
    try:
        if act == "change" and form.is_valid():
            staff.change_local_person(
                mission=mission, person=line.person, written=form.written(), by=request.viewer, now=now
            )
            messages.success(request, _("Saved."))
            return redirect("local_person", mission.slug, code)
        if act == "erase" and sure.is_valid():
            erase_local(mission=mission, people=[line.person], by=request.viewer, now=now)
            messages.success(request, _("The personal data are erased."))
            return redirect("local_staff", mission.slug)
    except RefusedPeopleError as refusal:
        form.refuse(refusal)
    context = {"line": line, "form": form, "sure": sure, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, "roster/local_person.html", context, status=422 if posted is not None else 200)
