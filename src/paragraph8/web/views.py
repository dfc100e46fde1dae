"""Pages that belong to no room: errors, language, health."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.i18n import set_language

__all__ = ["broken", "forbidden", "health", "not_found", "set_language"]


def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Whether the process answers and reaches its database, and what the rooms named in settings.HEALTH say."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"ok": True, **{name: import_string(path)() for name, path in settings.HEALTH.items()}})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """The viewer may not do this."""
    return render(request, "web/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """There is nothing here, or nothing that the viewer may know of."""
    return render(request, "web/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something went wrong on our side. The page reads nothing from the database: that may be what broke."""
    return render(request, "web/500.html", status=500)
