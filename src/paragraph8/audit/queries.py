"""Reading the log."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, QuerySet

from .models import Change, Unsequenced


def latest_change(mission_id: int | None = None) -> int:
    """The highest change number there is (of one mission when given); 0 when there is none."""
    changes = Change.objects.all() if mission_id is None else Change.objects.filter(mission_id=mission_id)
    return changes.aggregate(last=Max("number"))["last"] or 0


def change_at(moment: datetime) -> int:
    """The last change that was sequenced by then."""
    return Change.objects.filter(at__lte=moment).aggregate(last=Max("number"))["last"] or 0


def heard_until(as_of: int, mission_id: int) -> datetime | None:
    """When the last report within `as_of` came in or was corrected."""
    change = (
        Change.objects.filter(number__lte=as_of, mission_id=mission_id, entry__kind__startswith="report.")
        .select_related("entry")
        .order_by("-number")
        .first()
    )
    return change.entry.at if change else None


def waiting() -> int:
    """How many entries have no change number yet."""
    return Unsequenced.objects.count()


def trail(mission_id: int, *, subject: str = "") -> QuerySet[Change]:
    """The mission's changes, newest first; of one subject when given."""
    changes = Change.objects.filter(mission_id=mission_id).select_related("entry").order_by("-number")
    return changes.filter(entry__subject=subject) if subject else changes
