"""Reading what was sent."""

from __future__ import annotations

from .models import Conflict, Report


def body_of(report: Report) -> bytes:
    """The exact bytes as they came."""
    return bytes(report.body)


def conflicts_of(report: Report) -> list[Conflict]:
    """Other bodies that came under the same identifier, oldest first."""
    return list(report.conflicts.order_by("pk"))
