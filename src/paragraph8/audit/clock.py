"""What time it is: the machine's clock, or a simulated one for rehearsals on simulated missions."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

HEADER = "X-P8-Simulated-Now"


def now_of(request: HttpRequest, *, simulated: bool = False) -> datetime:
    """The time of a request; `simulated` when it goes to a simulated mission.

    A server started with P8_SIMULATED_CLOCK believes what the sender to a simulated mission states, so that a
    simulated election day can pass in seconds; such a server refuses to make real missions. Every other server, and
    every real mission, ignores the header.
    """
    stated = request.headers.get(HEADER) if settings.SIMULATED_CLOCK and simulated else None
    if stated:
        with suppress(ValueError):
            moment = datetime.fromisoformat(stated)
            if moment.tzinfo is not None:
                return moment
    return timezone.now()
