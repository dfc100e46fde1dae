import django.db.models.deletion
from django.db import migrations, models

from paragraph8.audit.append_only import append_only, lifted


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("evidence", "0003_moments"),
        ("missions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FreezeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("purpose", models.TextField()),
                ("keys", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                ("change", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="audit.change")),
                ("entry", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="audit.logentry")),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="freeze_requests",
                        to="missions.mission",
                    ),
                ),
            ],
        ),
        append_only("evidence_freezerequest"),
        lifted("evidence_freeze"),
        migrations.AddField(
            model_name="freeze",
            name="request",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="freeze",
                to="evidence.freezerequest",
            ),
        ),
        append_only("evidence_freeze"),
    ]
