"""Stations that were there before station lists had versions become the first version."""

from django.db import migrations
from django.db.models import Count, F, Sum
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils import timezone


def make_first_lists(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    Mission = apps.get_model("missions", "Mission")
    Area = apps.get_model("missions", "Area")
    Station = apps.get_model("missions", "Station")
    StationList = apps.get_model("missions", "StationList")
    for area in Area.objects.all():
        Area.objects.filter(pk=area.pk).update(path=f"{area.code}/")
    for mission in Mission.objects.all():
        stations = Station.objects.filter(mission=mission)
        found = stations.aggregate(n=Count("pk"), registered=Sum("registered"))
        if not found["n"]:
            continue
        now = timezone.now()
        first = StationList.objects.create(
            mission=mission,
            number=1,
            n=found["n"],
            registered=found["registered"] or 0,
            made_at=now,
            made_by="migration",
            published_at=now,
        )
        stations.update(list=first, top=F("area"), folded=F("key"))
        Mission.objects.filter(pk=mission.pk).update(station_list=first)


class Migration(migrations.Migration):
    dependencies = [("missions", "0003_mission_room")]

    operations = [migrations.RunPython(make_first_lists, migrations.RunPython.noop)]
