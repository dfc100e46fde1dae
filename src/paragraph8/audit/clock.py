"""What time it is: the machine's clock, or a simulated one for rehearsals on simulated missions."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

HEADER = "X-P8-Simulated-Now"


def now_of(request: HttpRequest) -> datetime:
    """The time of a request.

    A server started with P8_SIMULATED_CLOCK believes the time that the sender states, so that a simulated election
    day can pass in seconds; such a server refuses to make real missions. Every other server ignores the header.
    """
    stated = request.headers.get(HEADER) if settings.SIMULATED_CLOCK else None
    if stated:
        moment = datetime.fromisoformat(stated)
        if moment.tzinfo is not None:
            return moment
    return timezone.now()
