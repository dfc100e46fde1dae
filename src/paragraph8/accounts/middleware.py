"""Every request knows its viewer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .models import User
from .permissions import NOBODY, Viewer
from .queries import viewer_of

GetResponse = Callable[[HttpRequest], HttpResponse]


def viewer(get_response: GetResponse) -> GetResponse:
    """Set `request.viewer`, read from the database only when somebody asks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _viewer(request: HttpRequest) -> Viewer:
    return viewer_of(request.user) if isinstance(request.user, User) else NOBODY
