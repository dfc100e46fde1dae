"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def page(request: HttpRequest) -> dict[str, Any]:
    """The product's languages, the place in a mission that the page belongs to, and the address to come back to."""
    return {
        "product_languages": settings.LANGUAGES,
        "viewer": getattr(request, "viewer", None),
        "place": getattr(request, "place", None),
        "here": request.get_full_path(),
        "here_language": get_language(),
    }
