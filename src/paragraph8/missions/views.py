"""Which missions there are for the viewer, how one is set up, and who did what in it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from paragraph8.accounts.models import User
from paragraph8.accounts.operations import found, remove_member, revoke_device
from paragraph8.accounts.permissions import Role
from paragraph8.jobs.queries import UnknownJobError, job_of
from paragraph8.web.paging import number_in, older

from .access import ROLES, DeviceForm, MemberForm
from .forms import FORMATS, ContactForm, InstitutionForm, MissionForm, SharingForm
from .log import lines
from .models import Mission
from .pages import PageRequest, page
from .queries import device_names, log_of, missions_of, stamp
from .setting_up import mention_first, remove_contact


@require_safe
@login_required
def missions(request: PageRequest) -> HttpResponse:
    """The missions of the viewer; with one only, that one, unless the viewer may make more."""
    found_missions = missions_of(request.viewer)
    if len(found_missions) == 1 and not request.viewer.founder:
        return redirect("mission", found_missions[0].slug)
    return render(request, "missions/missions.html", {"missions": found_missions})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_mission(request: PageRequest) -> HttpResponse:
    """Make a mission, and become its head."""
    if not request.viewer.founder or not isinstance(request.user, User):
        raise PermissionDenied
    form = MissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        with transaction.atomic():
            mission = form.create(by=request.viewer, now=now)
            found(user=request.user, mission_id=mission.pk, now=now)
        messages.success(request, _("The mission is made, and you are its head."))
        return redirect("mission", mission.slug)
    return render(request, "missions/new_mission.html", {"form": form}, status=422 if form.is_bound else 200)


@page("settings", posts=True)
def settings(request: PageRequest, mission: Mission) -> HttpResponse:
    """Facts, institutions, contacts, and what institutions share: one form of the page is open at a time."""
    if request.method == "POST" and (pk := number_in(request.POST, "first")):
        institution = mission.institutions.filter(pk=pk).first()
        if institution:
            mention_first(institution=institution, by=request.viewer, now=timezone.now())
        return redirect("settings", mission.slug)
    if request.method == "POST" and (pk := number_in(request.POST, "remove")):
        contact = mission.contact_book.filter(pk=pk).first()
        if contact:
            remove_contact(contact=contact, by=request.viewer, now=timezone.now())
            messages.success(request, _("The contact was removed."))
        return redirect("settings", mission.slug)
    asked = request.GET.get("edit", "")
    posted = request.POST if request.method == "POST" else None
    form = _settings_form(mission, asked, posted)
    if form and posted is not None and form.is_valid() and form.save(by=request.viewer, now=timezone.now()):
        messages.success(request, _("Saved."))
        return redirect("settings", mission.slug)
    context = {
        "form": form,
        "asked": asked,
        "format": FORMATS[mission.kind],
        "institutions": mission.institutions.all(),
        "contacts": mission.contact_book.select_related("institution").order_by("institution__position", "pk"),
        "sharing": SharingForm(mission=mission) if asked != "sharing" else form,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    return render(request, "missions/settings.html", context, status=422 if form and form.is_bound else 200)


def _settings_form(
    mission: Mission, asked: str, posted: object
) -> MissionForm | InstitutionForm | ContactForm | SharingForm | None:
    """The form that the address asks for: facts, sharing, contact, institution, or "institution:CODE"."""
    data = posted or None
    what, _colon, code = asked.partition(":")
    match what:
        case "facts":
            return MissionForm(data, mission=mission)  # type: ignore[arg-type]
        case "sharing":
            return SharingForm(data, mission=mission)  # type: ignore[arg-type]
        case "contact":
            return ContactForm(data, mission=mission)  # type: ignore[arg-type]
        case "institution":
            institution = mission.institutions.filter(code=code).first() if code else None
            if code and institution is None:
                raise Http404
            return InstitutionForm(data, mission=mission, institution=institution)  # type: ignore[arg-type]
    return None


@page("settings", question=_("Who signs in, and which devices send?"), posts=True)
def access(request: PageRequest, mission: Mission) -> HttpResponse:
    """People with roles, and devices. A new device's token is on the page that answers the form, and nowhere else."""
    now, what = timezone.now(), request.POST.get("do", "") if request.method == "POST" else ""
    member = MemberForm(request.POST if what == "member" else None, mission=mission)
    device = DeviceForm(request.POST if what == "device" else None, mission=mission)
    token = ""
    if what == "member" and member.is_valid() and member.save(by=request.viewer, now=now):
        messages.success(request, _("The person has the role from now on."))
        return redirect("access", mission.slug)
    if what == "device" and device.is_valid():
        token = device.save(by=request.viewer, now=now)
    if what in ("remove", "revoke"):
        _take_away(request, mission, what)
        return redirect("access", mission.slug)
    context = {
        "member": member,
        "device": device,
        "token": token,
        "members": [
            (row, ROLES[Role(row.role)])
            for row in mission.memberships.select_related("user", "team", "institution").order_by("user__username")
        ],
        "devices": mission.devices.select_related("team").order_by("revoked_at", "name"),
        "stamp": stamp(mission, viewer=request.viewer),
    }
    failed = any((form.is_bound and not form.is_valid()) or form.errors for form in (member, device))
    return render(request, "missions/access.html", context, status=422 if failed else 200)


def _take_away(request: PageRequest, mission: Mission, what: str) -> None:
    pk, now = number_in(request.POST, "row") or 0, timezone.now()
    if what == "remove":
        membership = mission.memberships.filter(pk=pk).select_related("user").first()
        if membership and membership.user == request.user:
            messages.warning(request, _("You cannot take your own role away: ask another administrator."))
        elif membership:
            remove_member(membership=membership, by=request.viewer, now=now)
            messages.success(request, _("The role was taken away."))
        return
    device = mission.devices.filter(pk=pk).first()
    if device:
        revoke_device(device=device, by=request.viewer, now=now)
        messages.success(request, _("The device was closed; what it sent before stays."))


@page("home", question=_("How far is it?"), unknown=UnknownJobError)
def job(request: PageRequest, mission: Mission, pk: int) -> HttpResponse:
    """How far a job is; asked by its own script it answers with the progress alone, and makes the page that shows it
    load anew when the job is over."""
    found_job = job_of(mission.pk, pk, viewer=request.viewer)
    if request.htmx:
        if found_job.over:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "jobs/parts/progress.html", {"job": found_job})
    return render(request, "jobs/job.html", {"job": found_job, "stamp": stamp(mission, viewer=request.viewer)})


@page("log")
def log(request: PageRequest, mission: Mission) -> HttpResponse:
    """Every write of the mission, newest first."""
    changes = older(log_of(mission, viewer=request.viewer), number_in(request.GET, "before"), by="number")
    told = lines(changes.rows, device_names(mission, viewer=request.viewer))
    context = {"page": changes, "lines": told, "stamp": stamp(mission, viewer=request.viewer)}
    return render(request, "missions/log.html", context)
