"""Phones: the desk's page of codes, the address at which a phone redeems its code, and that of its schedule."""

from __future__ import annotations

import json
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from paragraph8.accounts.enrolling import (
    MOST_TRIES,
    Refusal,
    RefusedCodeError,
    activate_enrolment,
    prepare_enrolment,
    redeem,
    withdraw_enrolment,
)
from paragraph8.accounts.models import Enrolment
from paragraph8.accounts.permissions import Action
from paragraph8.accounts.queries import device_asking, enrolments_of
from paragraph8.audit.clock import now_of
from paragraph8.missions.models import Mission
from paragraph8.missions.pages import PageRequest, page
from paragraph8.missions.queries import stamp

from . import queries
from .forms import EnrolForm
from .phone_schedule import schedule_of
from .queries import UnknownPlanError
from .refusals import REFUSED

MOST_BYTES = 2000
REASONS: dict[Refusal, str | Promise] = {
    Refusal.MISTYPED: gettext_lazy("This code is mistyped. Compare it with your pack, letter by letter."),
    Refusal.UNKNOWN: gettext_lazy("This mission has no such code, or a newer pack has replaced it. Call your desk."),
    Refusal.NOT_ACTIVATED: gettext_lazy("Your desk has not activated this code yet. Call it, and try again."),
    Refusal.USED: gettext_lazy("A phone has used this code already. If it was not yours, call your desk at once."),
    Refusal.EXPIRED: gettext_lazy("The time of this code is over. Call your desk to activate it again."),
    Refusal.TOO_MANY: gettext_lazy("There were too many wrong codes. Wait a minute, and compare the code again."),
}


@csrf_exempt
@require_POST
def enrol(request: HttpRequest, slug: str) -> JsonResponse:
    """Make a phone a device: 201 with its token, which is shown this once; 403 with a reason. See docs/sending.md."""
    typed = _typed(request)
    if typed is None:
        return _refuse(400, "no-code", _('Send one JSON object with the code: {"code": "ABCD-…"}.'))
    try:
        enrolled = redeem(slug=slug, typed=typed, now=timezone.now())
    except RefusedCodeError as refused:
        status = 429 if refused.reason is Refusal.TOO_MANY else 403
        return _refuse(status, refused.reason.value, str(REASONS[refused.reason]))
    device = enrolled.device
    answer = {
        "token": enrolled.token,
        "device": device.name,
        "team": device.team.code if device.team else "",
        "mission": slug,
        "message": _("This phone is enrolled. Keep the token; it is not shown again."),
    }
    response = JsonResponse(answer, status=201)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> str | None:
    body = request.read(MOST_BYTES + 1)
    try:
        data = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        return None
    code = data.get("code") if isinstance(data, dict) else None
    return code if isinstance(code, str) else None


def _refuse(status: int, code: str, message: str) -> JsonResponse:
    response = JsonResponse({"error": code, "message": message}, status=status)
    response["Cache-Control"] = "no-store"
    if status == 429:
        response["Retry-After"] = "60"
    return response


@require_GET
def schedule(request: HttpRequest, slug: str) -> JsonResponse:
    """The schedule of the team whose phone asks: stops that are shown by now, expected reports, forms. See
    docs/sending.md."""
    device = device_asking(request.headers.get("Authorization", ""))
    if device is None:
        response = _refuse(401, "no-device", _("This device is not known. Ask your co-ordinator for a new code."))
        response["WWW-Authenticate"] = "Bearer"
        return response
    if device.revoked_at is not None or device.mission.slug != slug:
        return _refuse(403, "device-closed", _("This device is closed. Call your desk."))
    response = JsonResponse(schedule_of(device, now=now_of(request, simulated=device.mission.simulated)))
    response["Cache-Control"] = "private, no-store"
    return response


@page(
    "deployment", question=gettext_lazy("Which phones wait for their code?"), unknown=UnknownPlanError, posts=True
)  # fmt: skip
def phones(request: PageRequest, mission: Mission) -> HttpResponse:
    """Open codes, to be activated when an observer calls."""
    request.viewer.require(Action.MANAGE_DEPLOYMENT, mission.pk)
    teams = queries.teams_of(mission, viewer=request.viewer)
    form, status, shown = EnrolForm(None, teams=teams), 200, None
    if request.method == "POST":
        done = request.POST.get("do", "")
        if done in ("activate", "withdraw"):
            return _settle(request, mission, done)
        form, status = EnrolForm(request.POST, teams=teams), 422
        if form.is_valid():
            team = next(team for team in teams if team.code == form.cleaned_data["team"])
            shown = prepare_enrolment(
                mission_id=mission.pk,
                team_id=team.pk,
                device_name=form.cleaned_data["device"].strip(),
                by=request.viewer,
                now=timezone.now(),
            )
            form, status = EnrolForm(None, teams=teams), 200
    now, asked = timezone.now(), request.GET.get("team", "").strip()
    rows = enrolments_of(mission.pk, viewer=request.viewer)
    if asked:
        rows = rows.filter(team__code__iexact=asked)
    context = {
        "form": form,
        "prepared": shown,
        "asked": asked,
        "rows": [(row, _state(row, now)) for row in rows[:MOST_ROWS]],
        "tries": MOST_TRIES,
        "stamp": stamp(mission, viewer=request.viewer),
    }
    response = render(request, "deployment/phones.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


MOST_ROWS = 300


def _settle(request: PageRequest, mission: Mission, done: str) -> HttpResponse:
    number = request.POST.get("number", "")
    known = Enrolment.objects.filter(
        mission=mission, number=int(number) if number.isdecimal() and len(number) < 9 else 0
    )
    enrolment = known.select_related("team").first()
    if enrolment is None:
        messages.error(request, str(REFUSED["no-code"]))
    elif done == "activate" and activate_enrolment(enrolment=enrolment, by=request.viewer, now=timezone.now()):
        told = _("Code {number} of team {team} can be used for 24 hours.")
        messages.success(request, told.format(number=enrolment.number, team=enrolment.team.code))
    elif done == "withdraw" and withdraw_enrolment(enrolment=enrolment, by=request.viewer, now=timezone.now()):
        messages.success(request, _("Code {number} opens nothing any more.").format(number=enrolment.number))
    else:
        messages.error(request, _("This code was used or replaced before. Nothing was changed."))
    return redirect("deployment_phones", mission.slug)


def _state(row: Enrolment, now: datetime) -> str:
    """How far a code is."""
    if row.redeemed_at:
        return "used"
    if row.withdrawn_at:
        return "withdrawn"
    if row.activated_at is None:
        return "waiting"
    return "active" if row.expires_at and row.expires_at > now else "expired"
