"""The address that phones post to."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from paragraph8.accounts.queries import device_asking
from paragraph8.audit.clock import now_of
from paragraph8.domain.reports import MOST_BYTES

from . import operations
from .operations import Receipt, Sender, State


@csrf_exempt
@require_POST
def receive(request: HttpRequest, slug: str) -> JsonResponse:
    """Keep one report: 201 new, 200 had already, 202 kept but somebody must look. See docs/sending.md."""
    device = device_asking(request.headers.get("Authorization", ""))
    if device is None:
        return _refuse(401, "no-device", _("This device is not known. Ask your co-ordinator for a new code."))
    if device.revoked_at is not None or device.mission.slug != slug:
        return _refuse(403, "device-closed", _("This device may no longer send. Keep your reports and call your desk."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _too_large()
    try:
        body = request.read(MOST_BYTES + 1)
    except (UnreadablePostError, RawPostDataException):
        return _refuse(400, "cut-off", _("The connection broke before everything arrived. Send again."))
    sender = Sender(name=f"device:{device.pk}", channel="http", device_id=device.pk, team_id=device.team_id)
    now = now_of(request, simulated=device.mission.simulated)
    try:
        receipt = operations.receive(mission_id=device.mission_id, body=body, sender=sender, now=now)
    except operations.TooLargeError:
        return _too_large()
    return _answer(receipt)


def _answer(receipt: Receipt) -> JsonResponse:
    messages = {
        State.NEW: _("Received."),
        State.REPEATED: _("Received before; nothing was counted twice."),
        State.CONFLICT: _("Another report with this number was received before. Both are kept; your desk will look."),
        State.UNREADABLE: _("Kept as it came, but it cannot be read as a report. Your desk will look."),
    }
    status = {State.NEW: 201, State.REPEATED: 200}.get(receipt.state, 202)
    return JsonResponse(
        {
            **receipt.facts(),
            "state": receipt.state.value,
            **({"rehearsal": True} if receipt.rehearsal else {}),
            "problems": [problem.to_json() for problem in receipt.sent.problems],
            "message": messages[receipt.state],
            "signature": receipt.signature(),
        },
        status=status,
    )


def _too_large() -> JsonResponse:
    message = _("The report is larger than 20 MB and was not kept. Send pictures separately.")
    return _refuse(413, "too-large", message)


def _refuse(status: int, code: str, message: str) -> JsonResponse:
    response = JsonResponse({"error": code, "message": message}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
