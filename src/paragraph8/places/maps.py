"""The mission's own map: stored as a small drawing, never as tiles from elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from paragraph8.accounts.permissions import Action, Viewer
from paragraph8.audit.operations import append
from paragraph8.domain.outlines import Outlines, read_outlines
from paragraph8.missions.files import keep_file
from paragraph8.missions.models import Mission

from .models import CountryMap
from .uploads import files_root


def store_map(*, mission: Mission, name: str, data: bytes, source: str, by: Viewer, now: datetime) -> Outlines:
    """Draw the first-level areas from a GeoJSON file and make that the mission's map.

    Raises `NotAMapError`; then the map that was there stays.
    """
    by.require(Action.MANAGE_PLACES, mission.pk)
    areas = mission.areas.filter(parent=None)
    outlines = read_outlines(data, {area.code: list(area.name.values()) for area in areas})
    sha256, _ = keep_file(files_root(), mission.slug, data)
    with transaction.atomic():
        CountryMap.objects.update_or_create(
            mission=mission,
            defaults={
                "name": name[:255],
                "sha256": sha256,
                "property": outlines.property[:100],
                "source": source,
                "shapes": dict(outlines.shapes),
                "width": outlines.width,
                "height": outlines.height,
                "made_at": now,
                "made_by": by.name,
            },
        )
        body = {"sha256": sha256, "areas": sorted(outlines.shapes), "strange": outlines.strange}
        append(
            mission_id=mission.pk,
            kind="map.stored",
            subject=f"mission:{mission.pk}",
            body=body,
            by=by.name,
            now=now,
        )
    return outlines


@transaction.atomic
def remove_map(*, mission: Mission, by: Viewer, now: datetime) -> None:
    """Go back to the cartogram. The file stays kept."""
    by.require(Action.MANAGE_PLACES, mission.pk)
    gone = CountryMap.objects.filter(mission=mission).first()
    if gone is None:
        return
    gone.delete()
    append(
        mission_id=mission.pk,
        kind="map.removed",
        subject=f"mission:{mission.pk}",
        body={"sha256": gone.sha256},
        by=by.name,
        now=now,
    )
