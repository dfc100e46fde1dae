"""Drawn stops stand in the room of samples alone: what plans held of them is dropped, and planned around anew."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def drop_drawn(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Take the drawn stops out of plans, with the reports that were expected of them."""
    apps.get_model("deployment", "Expected").objects.filter(stop__kind="drawn").delete()
    apps.get_model("deployment", "Assignment").objects.filter(kind="drawn").delete()


class Migration(migrations.Migration):
    dependencies = (("deployment", "0001_initial"),)

    operations = (migrations.RunPython(drop_drawn, migrations.RunPython.noop),)
