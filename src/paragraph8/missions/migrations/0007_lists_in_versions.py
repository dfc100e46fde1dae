"""Lists are staged, compared and published; stations are searched in one spelling for two scripts."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from paragraph8.domain.transliteration import search_key

BATCH = 500


def refold(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    Station = apps.get_model("missions", "Station")
    batch = []
    for station in Station.objects.only("key", "label", "name", "address").iterator(chunk_size=BATCH):
        station.folded = search_key(station.key, station.label, *station.name.values(), station.address)
        batch.append(station)
        if len(batch) == BATCH:
            Station.objects.bulk_update(batch, ["folded"])
            batch = []
    Station.objects.bulk_update(batch, ["folded"])


class Migration(migrations.Migration):
    dependencies = [("missions", "0006_rehearsals")]

    operations = [
        migrations.AddField(
            model_name="area",
            name="draft_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafted_areas",
                to="missions.stationlist",
            ),
        ),
        migrations.AddField(
            model_name="stationlist", name="staged_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddField(
            model_name="stationlist",
            name="base",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="missions.stationlist",
            ),
        ),
        migrations.AddField(model_name="stationlist", name="differences", field=models.JSONField(default=dict)),
        migrations.AddField(
            model_name="stationlist", name="differences_sha256", field=models.CharField(blank=True, max_length=64)
        ),
        migrations.RunPython(refold, migrations.RunPython.noop),
    ]
