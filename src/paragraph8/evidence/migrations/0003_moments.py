from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from paragraph8.audit.append_only import append_only


class Migration(migrations.Migration):
    """Snapshots are made anew by the worker, so that those of before are not carried over."""

    dependencies = [("evidence", "0002_append_only"), ("missions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Legend",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("data", models.BinaryField()),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="legends", to="missions.mission"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mission", "sha256"), name="legend_once")],
            },
        ),
        migrations.CreateModel(
            name="Moment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change_number", models.BigIntegerField()),
                ("cells", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "legend",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.legend"
                    ),
                ),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moments", to="missions.mission"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("mission", "change_number"), name="moment_once")],
            },
        ),
        migrations.DeleteModel(name="Snapshot"),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change_number", models.BigIntegerField()),
                ("cells", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                (
                    "legend",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.legend"
                    ),
                ),
                (
                    "mission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="snapshot", to="missions.mission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change_number", models.BigIntegerField()),
                ("n", models.PositiveIntegerField()),
                ("differing", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "mission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="self_checks", to="missions.mission"
                    ),
                ),
            ],
        ),
        append_only("evidence_legend"),
        append_only("evidence_moment"),
        append_only("evidence_selfcheck"),
    ]
